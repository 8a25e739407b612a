"""The units that texts mean, each text worked out once: a list has few units and many rows."""

from __future__ import annotations

import re
from dataclasses import replace

from .communes import Meaning
from .gazetteer import Gazetteer
from .mentions import Mention, mentioned
from .notices import Notice
from .places import OTHER_BODY, in_group, reading, suggestion
from .spelling import plain, shown

MOST_SUGGESTIONS = 300
#: What is said of a part of a text that may stand there for a place in a commune, or for a district.
NOT_ALONE = {"unit-within", OTHER_BODY, "also-a-town", "unit-without-marks"}
#: Texts are kept as long as there are no more of them than this.
MOST_KEPT = 5_000


class UnitReader:
    """Only the first unknown texts get a suggestion: where there are more, the column is the wrong one."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[tuple[str, bool], Meaning] = {}
        self._suggested: dict[str, Meaning] = {}
        self._mentioned: dict[str, list[Mention]] = {}

    def __call__(self, text: str, *, is_old: bool = False) -> Meaning:
        if (text, is_old) not in self._known:
            self._known[text, is_old] = reading(self._gazetteer, text, is_old=is_old)
        return self._known[text, is_old]

    def suggesting(self, text: str, *, is_old: bool = False) -> Meaning:
        """The same; what is unknown with a suggestion, or as one of a group of agencies."""
        found = self(text, is_old=is_old)
        if found.seat and self._are_several(text):
            return Meaning(notices=(Notice(code="units-in-cell", values={"written": shown(text)}),))
        if all(notice.code != "unknown-unit" for notice in found.notices):
            return found
        if text not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS:
            self._suggested[text] = self._suggestion(text, found)
        return self._suggested.get(text, found)

    def _are_several(self, text: str) -> bool:
        """Whether it names communes of today beside each other; a name alone may be that of a district."""
        seats = {each.meaning.seat for each in self.mentions(text)}
        for part in re.split(r"\s*[,;/]\s*|\s+(?:và|-|–)\s+", plain(text)):
            found = self(part)
            if not {notice.code for notice in found.notices} & NOT_ALONE:
                seats.add(found.seat)
        return len({seat for seat in seats if seat and seat.level == "commune"}) > 1

    def _suggestion(self, text: str, found: Meaning) -> Meaning:
        near = suggestion(self._gazetteer, text)
        if not near and (group := in_group(self._gazetteer, text)):
            return group
        return Meaning(notices=tuple(replace(each, suggestion=near) for each in found.notices))

    def mentions(self, text: str) -> list[Mention]:
        """The units named anywhere in a text."""
        if text not in self._mentioned:
            if len(self._mentioned) >= MOST_KEPT:
                self._mentioned.clear()
            self._mentioned[text] = mentioned(self._gazetteer, text)
        return self._mentioned[text]

    def in_group(self, text: str) -> bool:
        """Whether a text is a body that the programme may have in a group only."""
        return in_group(self._gazetteer, text) is not None

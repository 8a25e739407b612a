"""A pasted list of names, matched with the people of a unit; a preview, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...programme.vietnamese import folded
from ...records.people import Person

Fate = Literal["found", "several", "unknown", "twice"]
#: The most lines of a list, and the longest of them that is read.
MOST, LONGEST = 500, 200


@dataclass(frozen=True, kw_only=True)
class PastedLine:
    """A line as written, and whom it names. `found` by the marks too, where that tells two apart."""

    written: str
    fate: Fate
    people: tuple[Person, ...] = ()


def lines(text: str, people: Sequence[Person]) -> tuple[PastedLine, ...]:
    """Each line with whom it names; numbers and bullets before a name are passed over."""
    seen: set[str] = set()
    by_name: dict[str, list[Person]] = {}
    for one in people:
        if one.full_name:
            by_name.setdefault(folded(one.full_name), []).append(one)
    return tuple(_line(name, tuple(by_name.get(folded(name), ())), seen) for name in _names(text))


def folded_names(text: str) -> frozenset[str]:
    """The names of a list as the records are searched for them."""
    return frozenset(folded(name) for name in _names(text))


def _names(text: str) -> Iterable[str]:
    for raw in text.splitlines()[:MOST]:
        # A cell pasted from a table brings its neighbours after a tab.
        cells = [cell.strip() for cell in raw[:LONGEST].replace("\xa0", " ").split("\t")]
        name = next((cell for cell in cells if any(sign.isalpha() for sign in cell)), "")
        name = name.lstrip("0123456789.)-–•* ").partition(",")[0]
        if name := " ".join(name.split()):
            yield name


def _line(name: str, alike: tuple[Person, ...], seen: set[str]) -> PastedLine:
    exact = tuple(one for one in alike if (one.full_name or "").casefold() == name.casefold())
    found = exact if len(exact) == 1 else alike
    if not found:
        return PastedLine(written=name, fate="unknown")
    if len(found) > 1:
        return PastedLine(written=name, fate="several", people=found)
    if found[0].id in seen:
        return PastedLine(written=name, fate="twice", people=found)
    seen.add(found[0].id)
    return PastedLine(written=name, fate="found", people=found)

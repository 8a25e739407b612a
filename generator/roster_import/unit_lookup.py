"""Looks up a written unit: one of the programme's units, or the notice why there is none.

Names are looked up with their marks; only those typed without any are looked up without.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..programme.vietnamese import folded
from .gazetteer import (
    UNKNOWN,
    Gazetteer,
    Meaning,
    PlaceNames,
    Seat,
    Signs,
    commune_by_name,
    commune_with_kind,
    expand_abbreviations,
    listed_names,
)
from .grid import Notice
from .unit_mentions import Mention, find_mentions
from .vocabulary import Words, begins_with, plain, quoted, vocabulary, words

CODE = re.compile(r"\d{3,6}")
CODE_LENGTH = 5
LONGEST_UNIT = 200
SEPARATORS = re.compile(r"\s*[,;/()\[\]–—|]\s*|\s+-\s+")
#: The unit that a former one belongs to now, to the end of the text or of the brackets.
NOW = re.compile(r"\bnay\s+(?:là|thuộc|về)?\s*([^()]+)", re.IGNORECASE)
#: The notice of a body that is named after a commune, but that communes do not have.
OTHER_BODY = "body-in-commune"
#: The likeness from which a name is suggested for another, and the most suggestions.
ALIKE, MOST_SUGGESTED = 0.8, 3


def find_unit(gazetteer: Gazetteer, text: str, *, is_old: bool = False) -> Meaning:
    """Returns what `text` means: a name, a commune's code, even without its leading zeros, an agency's id.

    `is_old` where the row shows signs of the time before, such as a district.
    """
    if len(text) > LONGEST_UNIT:
        return Meaning(notices=(Notice(code="unit-too-long", values={"most": str(LONGEST_UNIT)}),))
    if seat := gazetteer.by_id.get(text):
        return Meaning(seat=seat)
    if CODE.fullmatch(text) and (seat := gazetteer.by_id.get(text.zfill(CODE_LENGTH))):
        without_zeros = Notice(code="code-without-zeros", values={"code": seat.id})
        return Meaning(seat=seat, notices=(without_zeros,)).of_text(text)
    # The unit of today may stand beside a former one: Xã Nậm Chà cũ (nay thuộc xã Mường Mô).
    now = NOW.search(plain(text))
    meaning = _by_name(gazetteer, now[1], is_old=False) if now else UNKNOWN
    meaning = _within(replace(meaning, notices=())) if meaning.seat else _by_name(gazetteer, text, is_old)
    if meaning == UNKNOWN:  # another notice for a kind without a name: UBND xã, Trạm Y tế phường
        whole, known = expand_abbreviations(text), vocabulary()
        kinds = [words(kind) for kind in known.kinds.values()]
        has_no_name = words(whole) in known.itself or any(
            words(whole)[-len(each) :] == each for each in kinds
        )
        values = {"understood": f" ({quoted(whole)})" if whole != plain(text) else ""}
        code = "unit-unnamed" if has_no_name else "unknown-unit"
        meaning = Meaning(notices=(Notice(code=code, values=values),))
    return meaning.of_text(text)


def _by_name(gazetteer: Gazetteer, text: str, is_old: bool) -> Meaning:
    """Reads the text with its short forms written out, then as it is; then both without marks."""
    texts = tuple(dict.fromkeys((expand_abbreviations(text), text)))
    for each in texts:
        if (meaning := _meaning(gazetteer, gazetteer.marked, each, is_old)) != UNKNOWN:
            return meaning
    for each in texts if text.isascii() else ():
        if (meaning := _meaning(gazetteer, gazetteer.unmarked, folded(each), is_old)) != UNKNOWN:
            return meaning.saying(Notice(code="unit-without-marks")) if meaning.seat else meaning
    return UNKNOWN


def find_in_group(gazetteer: Gazetteer, text: str) -> Meaning | None:
    """Returns a province's body that the programme does not list, by the agency that stands for it."""
    known = vocabulary()
    text_words = _without_province(gazetteer, gazetteer.marked, words(expand_abbreviations(text)))[-1]
    is_provincial = text_words[-1:] == known.province and not begins_with(text_words, known.itself)
    if begins_with(text_words, known.organisations) and (
        is_provincial or begins_with(text_words, known.agencies)
    ):
        seat = gazetteer.organisations or gazetteer.open_group
    elif len(text_words) > 1 and (is_provincial or begins_with(text_words, known.agencies)):
        seat = gazetteer.open_group
    else:
        return None
    if seat is None:
        return None
    notice = Notice(code="agency-in-group", values={"written": quoted(text), "unit": seat.name})
    return Meaning(seat=seat, notices=(notice,), department=plain(text))


def _meaning(gazetteer: Gazetteer, names: PlaceNames, text: str, is_old: bool) -> Meaning:
    """Returns what a text means in one spelling; a piece with a seat goes before one that only tells."""
    if seat := _agency(gazetteer, names, names.key(text)):
        return _open_groups(seat)
    variants = _without_province(gazetteer, names, names.key(text))
    if now := next((names.gone[each] for each in variants if each in names.gone), ""):
        return Meaning(notices=(Notice(code="agency-gone", values={"now": now}),))
    if vocabulary().group.search(text):
        return Meaning(notices=(Notice(code="unit-is-a-group"),))
    pieces, signs = _pieces(gazetteer, names, text)
    around = replace(signs, district=signs.district or is_old)
    meanings = [_meaning_of_piece(gazetteer, names, piece, around) for piece in pieces]
    telling = [each for each in meanings if each.seat] or [each for each in meanings if each.notices]
    meaning = telling[0] if telling else UNKNOWN
    if meaning == UNKNOWN and signs.district:
        return Meaning(notices=(Notice(code="district-gone"),))
    if meaning.seat and len(pieces) > 1:
        meaning = _within(meaning)
    return meaning.saying(Notice(code="district-mentioned")) if meaning.seat and signs.district else meaning


def _within(meaning: Meaning) -> Meaning:
    notice = Notice(code="unit-within")
    return meaning if notice in meaning.notices else meaning.saying(notice)


# --- agencies --------------------------------------------------------------------------------


def _agency(gazetteer: Gazetteer, names: PlaceNames, written: Words) -> Seat | None:
    """Returns an agency by its name or its initials, with or without the province's name after it."""
    for variant in _without_province(gazetteer, names, written):
        seat = names.agencies.get(variant) or gazetteer.initials.get(folded("".join(variant)))
        if seat:
            return seat
    return None


def _without_province(gazetteer: Gazetteer, names: PlaceNames, written: Words) -> list[Words]:
    """Returns the words as they are, without the name of the province, and without its kind too.

    The last is empty where that was all.
    """
    kind, *short = names.key(gazetteer.province)
    if written[-len(short) :] != tuple(short):
        return [written]
    shorter = written[: -len(short)]
    return [written, shorter, *([shorter[:-1]] if shorter[-1:] == (kind,) else [])]


def _open_groups(seat: Seat) -> Meaning:
    return Meaning(seat=seat, notices=(Notice(code="open-group"),) if seat.is_open else ())


# --- pieces of an address --------------------------------------------------------------------


def _pieces(gazetteer: Gazetteer, names: PlaceNames, text: str) -> tuple[list[Words], Signs]:
    """Returns the parts of a text that may name a unit, and the signs around them.

    Known names with their kind come first, as another one may be a district's; then the last parts.
    """
    pieces, signs, words_of = [], Signs(), vocabulary()
    for part in filter(None, map(names.key, SEPARATORS.split(text))):
        if (start := _district(names, part)) is not None:
            part, signs = part[:start], replace(signs, district=True)
        if part[-1:] == names.key(" ".join(words_of.former)):
            part, signs = part[:-1], replace(signs, former=True)
        elif part[-1:] == names.key(" ".join(words_of.current)):
            part, signs = part[:-1], replace(signs, current=True)
        if _without_province(gazetteer, names, part)[-1]:
            pieces.append(part)

    known = {
        each
        for each in pieces
        if any(kind and name in names.spellings for kind, name, _ in _names_in(names, each))
    }
    return sorted(pieces[::-1], key=lambda piece: piece not in known), signs


def _district(names: PlaceNames, part: Words) -> int | None:
    """Returns where a district's name begins; a short form such as “H.” counts only at the start."""
    for start in range(len(part) - 1):
        for kind in names.districts:
            is_there = part[start : start + len(kind)] == kind and len(part) > start + len(kind)
            if is_there and (start == 0 or len("".join(kind)) > 2):
                return start
    return None


def _meaning_of_piece(gazetteer: Gazetteer, names: PlaceNames, piece: Words, signs: Signs) -> Meaning:
    for start in range(len(piece)):
        if seat := _agency(gazetteer, names, piece[start:]):
            return _open_groups(seat) if start == 0 else _within(_open_groups(seat))
    named = list(_names_in(names, _without_province(gazetteer, names, piece)[-1]))
    if not named:
        return UNKNOWN
    kind, name, start = next((each for each in named if each[1] in names.spellings), named[-1])
    if not kind and start and begins_with(piece, map(names.key, vocabulary().wide)):
        return Meaning(notices=(Notice(code="body-of-several"),))
    if len(names.spellings.get(name, ())) > 1:
        return UNKNOWN
    meaning = (
        commune_with_kind(gazetteer, names, kind, name, signs)
        if kind
        else commune_by_name(gazetteer, names, name, signs)
    )
    if not meaning.seat or not start:
        return meaning
    return _within(meaning) if kind or _is_of_communes(piece) else meaning.saying(Notice(code=OTHER_BODY))


def _is_of_communes(piece: Words) -> bool:
    """Returns whether a piece begins like a commune's body; a border post only stands in one."""
    known = vocabulary()
    starts = (*known.inner, *known.itself, *known.posts)
    return begins_with(piece, (*starts, *(words(folded(" ".join(start))) for start in starts)))


def _names_in(names: PlaceNames, piece: Words) -> Iterator[tuple[str, Words, int]]:
    """Yields kind, name and start: first all with a kind, then known names without one."""
    for start in range(len(piece)):
        for written, kind in names.kinds.items():
            name = piece[start + len(written) :]
            if name and piece[start : start + len(written)] == written:
                yield kind, name, start
    for start in range(len(piece)):
        if piece[start:] in names.spellings:
            yield "", piece[start:], start


# --- suggestions -----------------------------------------------------------------------------


def suggest_units(gazetteer: Gazetteer, text: str) -> str:
    """Returns the seats whose name, short name or former name looks most like the text."""
    wanted = " ".join(words(folded(plain(text))))
    known = gazetteer.by_look
    near = difflib.get_close_matches(wanted, known, n=MOST_SUGGESTED, cutoff=ALIKE)
    near = [name for name in near if name == wanted] or near
    return listed_names(seat for name in near for seat in known[name])


MOST_SUGGESTIONS = 300
#: The notices for a part of a text that may be a place in a commune, or a district.
NOT_ALONE = {"unit-within", OTHER_BODY, "also-a-town", "unit-without-marks"}
#: The most texts whose meaning is kept.
MOST_KEPT = 5_000


@dataclass(frozen=True)
class UnitReader:
    """Reads units; suggests for the first unknown texts only, as many of them mean a wrong column."""

    gazetteer: Gazetteer
    _known: dict[tuple[str, bool], Meaning] = field(default_factory=dict)
    _suggested: dict[str, Meaning] = field(default_factory=dict)
    _mentioned: dict[str, list[Mention]] = field(default_factory=dict)

    def __call__(self, text: str, *, is_old: bool = False) -> Meaning:
        if (text, is_old) not in self._known:
            self._known[text, is_old] = find_unit(self.gazetteer, text, is_old=is_old)
        return self._known[text, is_old]

    def suggesting(self, text: str, *, is_old: bool = False) -> Meaning:
        """Returns what a text means, with a suggestion if unknown, or as one of a group of agencies.

        One that names several communes of today means none; a name alone may be that of a district.
        """
        meaning = self(text, is_old=is_old)
        if meaning.seat:
            seats = {each.meaning.seat for each in self.mentions(text)}
            for part in re.split(r"\s*[,;/]\s*|\s+(?:và|-|–)\s+", plain(text)):
                meant = self(part)
                if not {notice.code for notice in meant.notices} & NOT_ALONE:
                    seats.add(meant.seat)
            if len({seat for seat in seats if seat and seat.level == "commune"}) > 1:
                return Meaning(notices=(Notice(code="units-in-cell", values={"written": quoted(text)}),))
        if all(notice.code != "unknown-unit" for notice in meaning.notices):
            return meaning
        if text not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS:
            self._suggested[text] = self._suggestion(text, meaning)
        return self._suggested.get(text, meaning)

    def _suggestion(self, text: str, meaning: Meaning) -> Meaning:
        near = suggest_units(self.gazetteer, text)
        if not near and (group := find_in_group(self.gazetteer, text)):
            return group
        return Meaning(notices=tuple(replace(each, suggestion=near) for each in meaning.notices))

    def mentions(self, text: str) -> list[Mention]:
        """Returns the units named anywhere in a text, with their kind.

        It is read as it is, else with short forms written out; each time with marks, else without any.
        """
        if text not in self._mentioned:
            if len(self._mentioned) >= MOST_KEPT:
                self._mentioned.clear()
            places = self.gazetteer
            readings = (
                list(find_mentions(places, names, written))
                for written in dict.fromkeys((plain(text), expand_abbreviations(text)))
                for names in (places.marked, *((places.unmarked,) if written.isascii() else ()))
            )
            self._mentioned[text] = next(filter(None, readings), [])
        return self._mentioned[text]

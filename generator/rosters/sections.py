"""Rows over the people they are about: a unit, or a part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .communes import Meaning
from .letterhead import Origin
from .mentions import Mention, said_of
from .names import is_like_name
from .notices import Notice, Spot
from .rows import ENUMERATOR, PeopleRow
from .spelling import shown, titled, words
from .unitreader import UnitReader
from .vocabulary import Words, begins, vocabulary

#: I. Xã Bình Lư; II- UBND xã …; 1. Phường Tân Phong; I Xã Bình Lư.
NUMBERED = re.compile(
    r"\(?(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.)/:–-]+\s*(?=\w)|[IVX]{1,5}\s+(?=\w)"
)
#: Xã Bình Lư (12 người); Xã Bình Lư: 12 đồng chí.
COUNTED = re.compile(
    r"(?:[\s:;,–-]+\(?|\()\s*(?:gồm|có|tổng số:?)?\s*\d+\s*"
    r"(?:người|đồng chí|đ/c|cán bộ|học viên|đại biểu)?\s*\)?[\s.:;]*$",
    re.IGNORECASE,
)
LONGEST = 200
#: What begins like a unit and has more words is a sentence.
LONGEST_UNIT = 8


@dataclass(frozen=True, kw_only=True)
class Section:
    """A row over people says their unit, or nothing of it where `origin` is None.

    `style` is how it is numbered: I, A or 1.
    """

    origin: Origin | None
    notices: tuple[Notice, ...] = ()
    style: str = ""


def section(row: PeopleRow, read: UnitReader, *, is_numbered_list: bool, style: str = "") -> Section | None:
    """The row as one over people; None where it is a person's. `style` is that of the unit above."""
    lone = row.lone()
    if lone is None or row.is_within_areas or not _is_its_place(row, lone[0]):
        return None
    column, text = lone
    if len(text) > LONGEST or "\n" in row.row.cells[column].text.strip():
        return None
    spot = row.grid.spot(row.row.number, column)
    own_style = _style(row, text)
    if found := _unit(row, text, spot, read, is_numbered_list=is_numbered_list):
        return replace(found, style=own_style)
    if style and style == own_style and not _is_inner(text):
        unknown = Notice(code="unknown-unit", spot=spot, values={"written": shown(text), "understood": ""})
        return Section(origin=Origin(seat=None, notices=(unknown,)), notices=(unknown,), style=style)
    if _is_part(row, text, column):
        return Section(origin=None, notices=(_said(_code_of_part(text), text, spot),))
    is_like_no_name = "position" in row.found.columns and titled(text) != text
    is_unnumbered = not row.is_numbered and (is_numbered_list or is_like_no_name)
    if (is_unnumbered or row.is_merged_across) and column == row.found.columns["name"]:
        return _unclear(text, spot)
    return None


def _code_of_part(text: str) -> str:
    """Đoàn Văn Hậu and A. Lò Thị Xuân may be people: what passes over them is asked."""
    return "part-or-person" if is_like_name(NUMBERED.sub("", text, count=1)) else "part-row"


def _style(row: PeopleRow, text: str) -> str:
    """How a row is numbered, in a cell of its own or before its text."""
    ordinal, found = row.text("ordinal"), NUMBERED.match(text)
    written = ordinal if ENUMERATOR.fullmatch(ordinal) else found[0] if found else ""
    mark = written.strip(" .)(:/–-")
    if not mark or mark.isdecimal():
        return mark and "1"
    return "I" if set(mark) <= set("IVX") else "A"


def _is_inner(text: str) -> bool:
    """Whether it may be a part of the unit above: II. Trạm Y tế, after I. UBND xã Bình Lư."""
    found, known = words(NUMBERED.sub("", text, count=1)), vocabulary()
    starts = (*known.inner, *known.itself, *known.organisations, *known.posts)
    return begins(found, starts) and not begins(found, map(words, known.wide))


def _unclear(text: str, spot: Spot) -> Section:
    """A name that may be a person's or that of a unit or a part: Lê Lợi."""
    return Section(origin=None, notices=(_said("section-row", text, spot),))


def _said(code: str, text: str, spot: Spot) -> Notice:
    return Notice(code=code, spot=spot, values={"written": shown(text)})


def _is_its_place(row: PeopleRow, column: int) -> bool:
    """Whether it stands in a column of a person or before it; further right there are notes."""
    columns = row.found.columns
    return (
        column in {columns.get(role) for role in ("name", "unit", "position", "ordinal")}
        or column < columns["name"]
    )


def _unit(
    row: PeopleRow, text: str, spot: Spot, read: UnitReader, *, is_numbered_list: bool
) -> Section | None:
    bare = COUNTED.sub("", NUMBERED.sub("", text, count=1)).strip(" .:;–-")
    mentions = read.mentions(bare)
    seats = list(dict.fromkeys(each.meaning.seat for each in mentions if each.meaning.seat))
    if len(seats) > 1 and any(seat.level == "commune" for seat in seats):
        values = {"first": seats[0].name, "second": seats[-1].name}
        return Section(
            origin=Origin(seat=None), notices=(Notice(code="units-disagree", spot=spot, values=values),)
        )
    if mentions:
        if _says_somebody(row, mentions):
            return _unclear(text, spot)
        return _over_people(row, text, mentions[-1].meaning, spot)
    if begins(words(bare), _certain()) and len(words(bare)) <= LONGEST_UNIT:
        return _over_people(row, text, read.suggesting(bare), spot)
    meant = next((found for each in (bare, text) if (found := read(each)).seat), None)
    if meant is None or spot.column != row.found.columns["name"]:
        return _over_people(row, text, meant, spot) if meant else None
    if row.is_numbered:
        return None
    is_plain = is_numbered_list or row.is_merged_across
    return _over_people(row, text, meant, spot) if is_plain else _unclear(text, spot)


def _says_somebody(row: PeopleRow, mentions: list[Mention]) -> bool:
    """Whether a name or a post stands around the unit: Lò Văn Tỉnh - PCT UBND xã Nậm Tăm."""
    text, starts, ends = mentions[0].text, mentions[0].start, mentions[-1].end
    before, after = (
        [part.strip() for part in re.split(r"[^\w' ]+", side) if part.strip()]
        for side in (text[:starts], text[ends:])
    )
    posts = before if row.is_numbered else before[1:]
    return any(is_like_name(part) and not begins(words(part), _bodies()) for part in before + after) or any(
        begins(words(part), vocabulary().posts) for part in posts
    )


def _bodies() -> tuple[Words, ...]:
    known = vocabulary()
    return (*known.inner, *known.itself, *known.posts, *_certain())


def _over_people(row: PeopleRow, text: str, meant: Meaning, spot: Spot) -> Section:
    """The row as one that says the unit; in the column of units it may lack a name, so that it is told."""
    said = [notice.at(spot) for notice in said_of(meant) if notice.code != "agency-in-group"]
    if spot.column == row.found.columns.get("unit"):
        said.append(_said("part-row", text, spot))
    origin = Origin(
        seat=meant.seat, code="unit-from-heading", written=shown(text), department=meant.department
    )
    return Section(origin=origin, notices=tuple(said))


def _certain() -> tuple[Words, ...]:
    """First words that only a unit has."""
    known = vocabulary()
    return (*known.agencies, *known.organisations, *(words(kind) for kind in known.kinds.values()))


def _is_part(row: PeopleRow, text: str, column: int) -> bool:
    """Whether it names a part of a unit or of the list: Khối Đảng, đoàn thể; A. Lãnh đạo; Phòng Tổ chức."""
    columns, known = row.found.columns, vocabulary()
    found = words(NUMBERED.sub("", text, count=1))
    if len(found) > LONGEST_UNIT and begins(found, _certain()):
        return True
    if begins(found, known.titles_of_lists) or begins(found, known.aside) or begins(found, known.attached):
        return True
    if column not in (columns["name"], columns.get("position"), columns.get("unit")):
        return column == columns.get("ordinal") or row.is_merged_across
    if column != columns["name"] or row.is_numbered:
        return False
    is_enumerated = bool(row.text("ordinal")) or bool(NUMBERED.match(text))
    return is_enumerated or begins(found, known.inner) or begins(found, known.itself)

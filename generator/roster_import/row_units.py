"""The unit of a row's people: by its cell, else a row over them, the rows above or the letterhead."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .gazetteer import UNKNOWN, Meaning, Seat, expand_abbreviations
from .grid import Area, Notice, Spot
from .letterhead import NOWHERE, Origin
from .person_names import Cleaned, clean_text, is_like_name
from .rows import ENUMERATOR, PeopleRow
from .tables import PeopleTable
from .unit_lookup import UnitReader
from .unit_mentions import Mention, inferred_notices, only_seat, without_mentions
from .vocabulary import Words, begins_with, capitalised, comparable, plain, quoted, vocabulary, words

#: Ways to repeat the cell above; the last signs are ditto marks.
SAME_AS_ABOVE = re.compile(r"\W*(?:nt|n\.t|như trên|như hàng trên)\W*|[-\s]*[\"”“″〃']{1,2}[-\s]*")
#: PC04, a room of the police.
ROOM_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}")
#: The notices for a cell that may be a part of the unit above the list: UBND xã.
UNRESOLVED = frozenset({"unknown-unit", "unit-unnamed", "body-of-several", "unit-is-a-group"})


@dataclass(frozen=True, kw_only=True)
class UnitColumn:
    """The way the column of units of a list is filled in."""

    is_grouped: bool = False
    has_units: bool = False


@dataclass(kw_only=True)
class Above:
    """Keeps what the rows so far mean for those below: the last unit and post, a section, merged cells."""

    origin: Origin
    is_section: bool = False
    unit: Meaning = UNKNOWN
    post: str = ""
    units: dict[Area, Meaning] = field(default_factory=dict)
    posts: dict[Area, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """A unit, and the post without the words that named the unit, or with the department that did."""

    unit: Meaning
    post: str


def unit_column(table: PeopleTable, read: UnitReader) -> UnitColumn:
    """Returns the column, grouped where no row repeats the unit above: empty cells then mean that unit."""
    at = table.headings.columns.get("unit", 0)
    texts = [plain(row.cells[at].text) if at in row.cells else "" for row in table.rows]
    is_repeated = any(first == second != "" for first, second in pairwise(texts))
    written = dict.fromkeys(text for text in texts if text and not SAME_AS_ABOVE.fullmatch(text.casefold()))
    seats = (read(text).seat for text in written)
    return UnitColumn(is_grouped=not is_repeated, has_units=any(seats))


def unit_of_row(
    row: PeopleRow, post: str, read: UnitReader, above: Above, column: UnitColumn, text: str | None = None
) -> Belonging:
    """Returns the unit of a row's people. `text` is its cell's text where that was cut."""
    written = row.text("unit") if text is None else text
    if above.unit != UNKNOWN and SAME_AS_ABOVE.fullmatch(written.casefold()):
        return _as_above(row, post, above.unit, "unit-as-above", quoted(written))
    if written:
        return _as_written(row, post, written, read, above)
    area = row.areas.get("unit")
    if area and area in above.units and above.units[area] != UNKNOWN:
        return _as_above(row, post, above.units[area], "unit-merged", "")
    if from_post := _from_post(row, post, read):
        return from_post
    is_grouped = column.is_grouped and "unit" in row.headings.columns
    if not above.is_section and is_grouped and above.unit != UNKNOWN:
        return _as_above(row, post, above.unit, "unit-blank", "")
    if above.is_section or not column.has_units:
        return _from_origin(row, post, above.origin)
    return _nowhere(row, post)


def _nowhere(row: PeopleRow, post: str) -> Belonging:
    return Belonging(unit=Meaning(notices=(Notice(code="missing-unit", spot=row.spot("unit")),)), post=post)


def _as_above(row: PeopleRow, post: str, unit: Meaning, code: str, written: str) -> Belonging:
    if not unit.seat:
        return Belonging(unit=UNKNOWN, post=post)
    notice = Notice(code=code, spot=row.spot("unit"), values={"written": written, "unit": unit.seat.name})
    meaning = Meaning(seat=unit.seat, notices=(notice,), department=unit.department)
    return Belonging(unit=meaning, post=with_department(post, unit.department))


def _from_origin(row: PeopleRow, post: str, origin: Origin) -> Belonging:
    if origin.seat is None:
        if origin is NOWHERE:
            return _nowhere(row, post)
        return Belonging(unit=Meaning(notices=origin.notices), post=post)
    values = {"written": origin.written, "unit": origin.seat.name}
    notices = (Notice(code=origin.code, spot=row.spot(), values=values), *origin.notices)
    return Belonging(
        unit=Meaning(seat=origin.seat, notices=notices), post=with_department(post, origin.department)
    )


# --- cells of units ---------------------------------------------------------------------------


def _as_written(row: PeopleRow, post: str, written: str, read: UnitReader, above: Above) -> Belonging:
    cell = row.cell("unit")
    cleaned = clean_text(replace(cell, text=written)) if cell else Cleaned(text=written)
    if not cleaned.text:
        return Belonging(
            unit=Meaning(notices=tuple(each.at(row.spot("unit")) for each in cleaned.notices)), post=post
        )
    if "position" not in row.headings.columns and (cut := _post_in_unit(row, cleaned.text, read)):
        return cut
    meant = read.suggesting(cleaned.text, is_old=row.is_old)
    if meant.successor:
        meant = _of_today(meant, meant.successor)
    if meant.seat is None and _is_within(cleaned.text, meant, above.origin):
        return _department(row, post, cleaned.text, above.origin)
    notices = tuple(notice.at(row.spot("unit")) for notice in meant.notices)
    return Belonging(
        unit=replace(meant, notices=(*(each.at(row.spot("unit")) for each in cleaned.notices), *notices)),
        post=with_department(post, meant.department),
    )


def _of_today(meant: Meaning, successor: Seat) -> Meaning:
    """Returns the unit of today that a former commune became part of; the office has to agree to it."""
    notices = (
        replace(each, code="former-unit-now", suggestion="", values={**each.values, "unit": successor.name})
        for each in meant.notices
    )
    return replace(meant, seat=successor, notices=tuple(notices))


def _is_within(text: str, meant: Meaning, origin: Origin) -> bool:
    """Returns whether a text is a part of the unit above: Phòng Nghiệp vụ Y; UBND xã."""
    known, codes = vocabulary(), {notice.code for notice in meant.notices}
    if origin.seat is None or not codes <= UNRESOLVED:
        return False
    if "body-of-several" in codes and origin.seat.level != "province":
        return False
    text_words = words(expand_abbreviations(text))
    return (
        begins_with(text_words, known.inner)
        or begins_with(text_words, known.itself)
        or bool(ROOM_CODE.fullmatch(text))
    )


def _department(row: PeopleRow, post: str, text: str, origin: Origin) -> Belonging:
    assert origin.seat
    text_words = words(expand_abbreviations(text))
    kinds = {words(kind) for kind in vocabulary().kinds.values()}
    is_itself = any(text_words in (body, *(body + kind for kind in kinds)) for body in vocabulary().itself)
    is_itself |= origin.seat.level == "commune" and not begins_with(text_words, vocabulary().rooms)
    department = "" if is_itself else quoted(text)
    values = {"written": quoted(text), "unit": origin.seat.name, "source": origin.written}
    code = "unit-itself" if is_itself else "unit-department"
    notice = Notice(code=code, spot=row.spot("unit"), values=values)
    meaning = Meaning(seat=origin.seat, notices=(notice, *origin.notices), department=department)
    return Belonging(unit=meaning, post=with_department(post, department))


def with_department(post: str, department: str) -> str:
    """Returns the post with the department after it, unless it is said there already."""
    if not department or comparable(department) in comparable(post):
        return post
    return f"{post}, {department}" if post else department


# --- units in posts ---------------------------------------------------------------------------


def _from_post(row: PeopleRow, post: str, read: UnitReader) -> Belonging | None:
    """Returns the unit that a post names: Phó Chủ tịch UBND xã Tả Lèng; None if it names none."""
    if not post:
        return None
    mentions = [each for each in read.mentions(post) if each.before[-1:] not in vocabulary().not_of]
    outside = [each for each in mentions if not each.is_in_brackets]
    named = outside if any(each.meaning.seat for each in outside) else mentions
    if not named:
        return None
    seat, spot = only_seat(named), row.spot("position")
    if seat is None:
        notices = tuple(notice.at(spot) for each in named for notice in each.meaning.notices)
        several = Notice(code="units-in-post", spot=spot, values={"written": quoted(post)})
        return Belonging(unit=Meaning(notices=notices or (several,)), post=post)
    meaning = next(each.meaning for each in named if each.meaning.seat == seat)
    inferred = Notice(code="unit-from-post", spot=spot, values={"unit": seat.name})
    others = tuple(notice.at(spot) for notice in inferred_notices(meaning))
    return Belonging(unit=Meaning(seat=seat, notices=(inferred, *others)), post=without_mentions(mentions))


def _post_in_unit(row: PeopleRow, text: str, read: UnitReader) -> Belonging | None:
    """Returns a post in the column of units, where there is no column of posts; else None."""
    mentions = read.mentions(text)
    if not mentions or not begins_with(words(text), vocabulary().posts) or not (seat := only_seat(mentions)):
        return None
    inferred = Notice(code="unit-from-post", spot=row.spot("unit"), values={"unit": seat.name})
    others = tuple(notice.at(row.spot("unit")) for notice in inferred_notices(mentions[0].meaning))
    return Belonging(unit=Meaning(seat=seat, notices=(inferred, *others)), post=without_mentions(mentions))


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
#: The most words of a unit; longer texts that begin like one are sentences.
LONGEST_UNIT = 8


@dataclass(frozen=True, kw_only=True)
class Section:
    """A row over people that names their unit; `origin` is None where it names none.

    `style` is how it is numbered: I, A or 1.
    """

    origin: Origin | None
    notices: tuple[Notice, ...] = ()
    style: str = ""


def section_of(
    row: PeopleRow, read: UnitReader, *, is_numbered_list: bool, style: str = ""
) -> Section | None:
    """Returns a row as one over people; None where it is a person's. `style` is that of the unit above."""
    lone = row.lone()
    if lone is None or row.is_within_areas or not _is_its_place(row, lone[0]):
        return None
    column, text = lone
    if len(text) > LONGEST or "\n" in row.row.cells[column].text.strip():
        return None
    spot = row.grid.spot(row.row.number, column)
    own_style = _number_style(row, text)
    if section := _unit(row, text, spot, read, is_numbered_list=is_numbered_list):
        return replace(section, style=own_style)
    if style and style == own_style and not _is_inner(text):
        unknown = Notice(code="unknown-unit", spot=spot, values={"written": quoted(text), "understood": ""})
        return Section(origin=Origin(seat=None, notices=(unknown,)), notices=(unknown,), style=style)
    if _is_part(row, text, column):
        return Section(origin=None, notices=(_section_notices(_code_of_part(text), text, spot),))
    is_like_no_name = "position" in row.headings.columns and capitalised(text) != text
    is_unnumbered = not row.is_numbered and (is_numbered_list or is_like_no_name)
    if (is_unnumbered or row.is_merged_across) and column == row.headings.columns["name"]:
        return _unclear(text, spot)
    return None


def _code_of_part(text: str) -> str:
    """Returns the notice's code: Đoàn Văn Hậu and A. Lò Thị Xuân may be people, so that is asked."""
    return "part-or-person" if is_like_name(NUMBERED.sub("", text, count=1)) else "part-row"


def _number_style(row: PeopleRow, text: str) -> str:
    """Returns how a row is numbered, in a cell of its own or before its text."""
    ordinal, match = row.text("ordinal"), NUMBERED.match(text)
    written = ordinal if ENUMERATOR.fullmatch(ordinal) else match[0] if match else ""
    mark = written.strip(" .)(:/–-")
    if not mark or mark.isdecimal():
        return mark and "1"
    return "I" if set(mark) <= set("IVX") else "A"


def _is_inner(text: str) -> bool:
    """Returns whether it may be a part of the unit above: II. Trạm Y tế, after I. UBND xã Bình Lư."""
    text_words, known = words(NUMBERED.sub("", text, count=1)), vocabulary()
    starts = (*known.inner, *known.itself, *known.organisations, *known.posts)
    return begins_with(text_words, starts) and not begins_with(text_words, map(words, known.wide))


def _unclear(text: str, spot: Spot) -> Section:
    """Returns a section for a name that may be a person's or that of a unit or a part: Lê Lợi."""
    return Section(origin=None, notices=(_section_notices("section-row", text, spot),))


def _section_notices(code: str, text: str, spot: Spot) -> Notice:
    return Notice(code=code, spot=spot, values={"written": quoted(text)})


def _is_its_place(row: PeopleRow, column: int) -> bool:
    """Returns whether it stands in or before a column of a person; further right there are notes."""
    columns = row.headings.columns
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
    if begins_with(words(bare), _certain_unit()) and len(words(bare)) <= LONGEST_UNIT:
        return _over_people(row, text, read.suggesting(bare), spot)
    meant = next((meaning for each in (bare, text) if (meaning := read(each)).seat), None)
    if meant is None or spot.column != row.headings.columns["name"]:
        return _over_people(row, text, meant, spot) if meant else None
    if row.is_numbered:
        return None
    is_plain = is_numbered_list or row.is_merged_across
    return _over_people(row, text, meant, spot) if is_plain else _unclear(text, spot)


def _says_somebody(row: PeopleRow, mentions: list[Mention]) -> bool:
    """Returns whether a name or a post stands by the unit: Lò Văn Tỉnh - PCT UBND xã Nậm Tăm."""
    text, starts, ends = mentions[0].text, mentions[0].start, mentions[-1].end
    before, after = (
        [part.strip() for part in re.split(r"[^\w' ]+", side) if part.strip()]
        for side in (text[:starts], text[ends:])
    )
    posts = before if row.is_numbered else before[1:]
    return any(
        is_like_name(part) and not begins_with(words(part), _bodies()) for part in before + after
    ) or any(begins_with(words(part), vocabulary().posts) for part in posts)


def _bodies() -> tuple[Words, ...]:
    known = vocabulary()
    return (*known.inner, *known.itself, *known.posts, *_certain_unit())


def _over_people(row: PeopleRow, text: str, meant: Meaning, spot: Spot) -> Section:
    """Returns the row as one that names the unit; one in the unit column that lacks a name is noted."""
    notices = [notice.at(spot) for notice in inferred_notices(meant) if notice.code != "agency-in-group"]
    if spot.column == row.headings.columns.get("unit"):
        notices.append(_section_notices("part-row", text, spot))
    origin = Origin(
        seat=meant.seat, code="unit-from-heading", written=quoted(text), department=meant.department
    )
    return Section(origin=origin, notices=tuple(notices))


def _certain_unit() -> tuple[Words, ...]:
    """Returns the first words that only a unit has."""
    known = vocabulary()
    return (*known.agencies, *known.organisations, *(words(kind) for kind in known.kinds.values()))


def _is_part(row: PeopleRow, text: str, column: int) -> bool:
    """Returns whether it names a part of a unit or list: Khối Đảng, đoàn thể; A. Lãnh đạo; Phòng Tổ chức."""
    columns, known = row.headings.columns, vocabulary()
    text_words = words(NUMBERED.sub("", text, count=1))
    if len(text_words) > LONGEST_UNIT and begins_with(text_words, _certain_unit()):
        return True
    if (
        begins_with(text_words, known.titles_of_lists)
        or begins_with(text_words, known.aside)
        or begins_with(text_words, known.attached)
    ):
        return True
    if column not in (columns["name"], columns.get("position"), columns.get("unit")):
        return column == columns.get("ordinal") or row.is_merged_across
    if column != columns["name"] or row.is_numbered:
        return False
    is_enumerated = bool(row.text("ordinal")) or bool(NUMBERED.match(text))
    return is_enumerated or begins_with(text_words, known.inner) or begins_with(text_words, known.itself)

"""The unit of a row's people: what its cell says, else what stands above or beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .abbreviations import expanded
from .book import Area
from .communes import UNKNOWN, Meaning
from .letterhead import NOWHERE, Origin
from .mentions import said_of, the_seat, without
from .names import Cleaned, tidy
from .notices import Notice
from .rows import PeopleRow
from .spelling import keyed, plain, shown, words
from .tables import PeopleTable
from .unitreader import UnitReader
from .vocabulary import begins, vocabulary

#: Ways to write that a cell says what the one above it says; the last signs are ditto marks.
SAME_AS_ABOVE = re.compile(r"\W*(?:nt|n\.t|như trên|như hàng trên)\W*|[-\s]*[\"”“″〃']{1,2}[-\s]*")
#: PC04, a room of the police.
ROOM_CODE = re.compile(r"[A-Z]{1,3}\d{1,3}")
#: What is said of a cell that may be a part of the unit above the list: UBND xã.
UNRESOLVED = frozenset({"unknown-unit", "unit-unnamed", "body-of-several", "unit-is-a-group"})


@dataclass(frozen=True, kw_only=True)
class UnitColumn:
    """How the column of units of a list is filled in."""

    is_grouped: bool = False
    has_units: bool = False


@dataclass(kw_only=True)
class Above:
    """Keeps what the rows so far say of those below: the last unit and post, a section, merged cells."""

    sheet: Origin
    section: Origin | None = None
    unit: Meaning = UNKNOWN
    post: str = ""
    units: dict[Area, Meaning] = field(default_factory=dict)
    posts: dict[Area, str] = field(default_factory=dict)

    @property
    def origin(self) -> Origin:
        return self.section or self.sheet


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """A unit, and the post without what in it named the unit or with the department that did."""

    unit: Meaning
    post: str


def column_of(table: PeopleTable, read: UnitReader) -> UnitColumn:
    """Grouped where no row has the unit of the row above written again: an empty cell then says that one."""
    at = table.headings.columns.get("unit", 0)
    texts = [plain(row.cells[at].text) if at in row.cells else "" for row in table.rows]
    is_repeated = any(first == second != "" for first, second in pairwise(texts))
    written = dict.fromkeys(text for text in texts if text and not SAME_AS_ABOVE.fullmatch(text.casefold()))
    seats = (read(text).seat for text in written)
    return UnitColumn(is_grouped=not is_repeated, has_units=any(seats))


def belonging(
    row: PeopleRow, post: str, read: UnitReader, above: Above, column: UnitColumn, text: str | None = None
) -> Belonging:
    """Where the people of a row belong. `text` is what its cell says where that was cut."""
    written = row.text("unit") if text is None else text
    if above.unit != UNKNOWN and SAME_AS_ABOVE.fullmatch(written.casefold()):
        return _as_above(row, post, above.unit, "unit-as-above", shown(written))
    if written:
        return _written(row, post, written, read, above)
    area = row.area("unit")
    if area and area in above.units and above.units[area] != UNKNOWN:
        return _as_above(row, post, above.units[area], "unit-merged", "")
    if from_post := _from_post(row, post, read):
        return from_post
    is_grouped = column.is_grouped and "unit" in row.found.columns
    if above.section is None and is_grouped and above.unit != UNKNOWN:
        return _as_above(row, post, above.unit, "unit-blank", "")
    if above.section or not column.has_units:
        return _from_origin(row, post, above.origin)
    return _nowhere(row, post)


def _nowhere(row: PeopleRow, post: str) -> Belonging:
    return Belonging(unit=Meaning(notices=(Notice(code="missing-unit", spot=row.spot("unit")),)), post=post)


def _as_above(row: PeopleRow, post: str, unit: Meaning, code: str, written: str) -> Belonging:
    if not unit.seat:
        return Belonging(unit=UNKNOWN, post=post)
    said = Notice(code=code, spot=row.spot("unit"), values={"written": written, "unit": unit.seat.name})
    meaning = Meaning(seat=unit.seat, notices=(said,), department=unit.department)
    return Belonging(unit=meaning, post=with_department(post, unit.department))


def _from_origin(row: PeopleRow, post: str, origin: Origin) -> Belonging:
    if origin.seat is None:
        if origin is NOWHERE:
            return _nowhere(row, post)
        return Belonging(unit=Meaning(notices=origin.notices), post=post)
    values = {"written": origin.written, "unit": origin.seat.name}
    said = (Notice(code=origin.code, spot=row.spot(), values=values), *origin.notices)
    return Belonging(
        unit=Meaning(seat=origin.seat, notices=said), post=with_department(post, origin.department)
    )


# --- what a cell says -------------------------------------------------------------------------


def _written(row: PeopleRow, post: str, written: str, read: UnitReader, above: Above) -> Belonging:
    cell = row.cell("unit")
    found = tidy(replace(cell, text=written)) if cell else Cleaned(text=written)
    if not found.text:
        return Belonging(
            unit=Meaning(notices=tuple(each.at(row.spot("unit")) for each in found.notices)), post=post
        )
    if "position" not in row.found.columns and (cut := _post_in_unit(row, found.text, read)):
        return cut
    meant = _of_today(read.suggesting(found.text, is_old=row.is_old))
    if meant.seat is None and _is_within(found.text, meant, above.origin):
        return _department(row, post, found.text, above.origin)
    said = tuple(notice.at(row.spot("unit")) for notice in meant.notices)
    return Belonging(
        unit=replace(meant, notices=(*(each.at(row.spot("unit")) for each in found.notices), *said)),
        post=with_department(post, meant.department),
    )


def _of_today(meant: Meaning) -> Meaning:
    """A former commune as the one of today that it became part of, which the office has to agree to."""
    if meant.successor is None:
        return meant
    said = tuple(replace(each, code="former-unit-now", suggestion="") for each in meant.notices)
    named = tuple(replace(each, values={**each.values, "unit": meant.successor.name}) for each in said)
    return replace(meant, seat=meant.successor, notices=named)


def _is_within(text: str, meant: Meaning, origin: Origin) -> bool:
    """Whether a text that is no unit is a part of the one that stands above: Phòng Nghiệp vụ Y; UBND xã."""
    known, codes = vocabulary(), {notice.code for notice in meant.notices}
    if origin.seat is None or not codes <= UNRESOLVED:
        return False
    if "body-of-several" in codes and origin.seat.level != "province":
        return False
    found = words(expanded(text))
    return begins(found, known.inner) or begins(found, known.itself) or bool(ROOM_CODE.fullmatch(text))


def _department(row: PeopleRow, post: str, text: str, origin: Origin) -> Belonging:
    assert origin.seat
    found = words(expanded(text))
    kinds = {words(kind) for kind in vocabulary().kinds.values()}
    is_itself = any(found in (body, *(body + kind for kind in kinds)) for body in vocabulary().itself)
    is_itself |= origin.seat.level == "commune" and not begins(found, vocabulary().rooms)
    department = "" if is_itself else shown(text)
    values = {"written": shown(text), "unit": origin.seat.name, "source": origin.written}
    code = "unit-itself" if is_itself else "unit-department"
    said = Notice(code=code, spot=row.spot("unit"), values=values)
    meaning = Meaning(seat=origin.seat, notices=(said, *origin.notices), department=department)
    return Belonging(unit=meaning, post=with_department(post, department))


def with_department(post: str, department: str) -> str:
    """The post with the department after it, unless it is said there already."""
    if not department or keyed(department) in keyed(post):
        return post
    return f"{post}, {department}" if post else department


# --- units in posts ---------------------------------------------------------------------------


def _from_post(row: PeopleRow, post: str, read: UnitReader) -> Belonging | None:
    """The unit that a post names: Phó Chủ tịch UBND xã Tả Lèng."""
    if not post:
        return None
    mentions = [each for each in read.mentions(post) if each.before[-1:] not in vocabulary().not_of]
    outside = [each for each in mentions if not each.is_in_brackets]
    named = outside if any(each.meaning.seat for each in outside) else mentions
    if not named:
        return None
    seat, spot = the_seat(named), row.spot("position")
    if seat is None:
        notices = tuple(notice.at(spot) for each in named for notice in each.meaning.notices)
        several = Notice(code="units-in-post", spot=spot, values={"written": shown(post)})
        return Belonging(unit=Meaning(notices=notices or (several,)), post=post)
    meaning = next(each.meaning for each in named if each.meaning.seat == seat)
    said = Notice(code="unit-from-post", spot=spot, values={"unit": seat.name})
    others = tuple(notice.at(spot) for notice in said_of(meaning))
    return Belonging(unit=Meaning(seat=seat, notices=(said, *others)), post=without(mentions))


def _post_in_unit(row: PeopleRow, text: str, read: UnitReader) -> Belonging | None:
    """A post in the column of units, where there is no column of posts."""
    mentions = read.mentions(text)
    if not mentions or not begins(words(text), vocabulary().posts) or not (seat := the_seat(mentions)):
        return None
    said = Notice(code="unit-from-post", spot=row.spot("unit"), values={"unit": seat.name})
    others = tuple(notice.at(row.spot("unit")) for notice in said_of(mentions[0].meaning))
    return Belonging(unit=Meaning(seat=seat, notices=(said, *others)), post=without(mentions))

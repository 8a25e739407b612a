"""The unit of a list that names it once: above the table, or in the name of its sheet or file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from .gazetteer import UNKNOWN, Seat, are_ranked, is_above
from .grid import Grid, Notice
from .tables import PeopleTable
from .unit_lookup import OTHER_BODY, UnitReader, find_in_group
from .unit_mentions import inferred_notices, is_aside, is_elsewhere
from .vocabulary import begins_with, plain, quoted, vocabulary, words

EXTENSION = re.compile(r"\.\w{1,5}$")
MOST_LINES = 60
#: The number of a part: 4/ Mường Khoa.
NUMBERED = re.compile(r"^(?:\d{1,3}|[IVXLC]{1,6})\s*[.)/:–-]+\s*")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A unit that is named in no row of its people. `code` says where it is, `written` how."""

    seat: Seat | None
    code: str = ""
    written: str = ""
    notices: tuple[Notice, ...] = ()
    department: str = ""


NOWHERE = Origin(seat=None)


def unit_of_worksheet(grid: Grid, first: int, read: UnitReader, file_name: str = "") -> Origin:
    """Returns the unit of a worksheet whose headings are in a row, if only one can be meant.

    A title and the lines below it may name it (Danh sách cán bộ xã Sìn Hồ), the worksheet or the letterhead;
    else a line of its own above the list, an attachment (Kèm theo Công văn số 5 của UBND xã Sìn Hồ)
    or the file.
    """
    known = vocabulary()
    lines = [
        (column, plain(line))
        for row in takewhile(lambda row: row.number < first, grid.rows)
        for column, cell in row.cells.items()
        for line in cell.text.splitlines()[:MOST_LINES]
        if plain(line)
    ]
    titles = [at for at, (_, line) in enumerate(lines) if begins_with(words(line), known.titles_of_lists)]
    above = lines[: titles[0]] if titles else lines
    below = [line for _, line in lines[len(above) :] if not is_aside(line)]
    title, named = _only_unit(below, read, "unit-from-title"), _of_name(grid.name, read, "unit-from-sheet")
    head = _of_letterhead([(column, line) for column, line in above if not is_aside(line)], read)
    origins = [each for each in (title, named, head) if each.seat or each.notices]
    if not origins and lines:
        origins = [each for each in [_of_last_line(lines[-1][1], read)] if each.seat]
    if not origins:
        attached = [line for _, line in lines if begins_with(words(line), known.attached)]
        of_attachment = _only_unit(attached, read, "unit-from-letterhead")
        of_file = _of_name(file_name, read, "unit-from-file")
        origins = [each for each in (of_attachment, of_file) if each.seat]
    return _agreed_origin(grid, origins) if origins else NOWHERE


def unit_between(table: PeopleTable, next_row: int, read: UnitReader) -> Origin | None:
    """Returns the unit that a letterhead or title between two lists names for the second; else None."""
    rows = [row for row in table.rows if any(map(_starts_a_page, (cell.text for cell in row.cells.values())))]
    if not rows:
        return None
    below = tuple(row for row in table.rows if row.number >= rows[0].number)
    origin = unit_of_worksheet(replace(table.grid, name="", rows=below), next_row, read)
    return None if origin is NOWHERE else origin


def _starts_a_page(text: str) -> bool:
    return begins_with(words(text), (*vocabulary().titles_of_lists, *vocabulary().mottos))


def _agreed_origin(grid: Grid, origins: list[Origin]) -> Origin:
    """Returns the most telling origin; an agency above a commune's list only collects it. Else asks which."""
    first, *others = origins
    against = [each for each in others if each.seat != first.seat or not each.seat]
    against = [each for each in against if not (is_above(each.seat, first.seat))]
    if not against:
        return first
    values = {"first": first.written, "second": against[0].written}
    return Origin(seat=None, notices=(Notice(code="units-disagree", spot=grid.spot(), values=values),))


def _of_letterhead(above: list[tuple[int, str]], read: UnitReader) -> Origin:
    """Returns the lowest body of a letterhead, whose superiors stand above it."""
    origin = _only_unit([line for _, line in above], read, "unit-from-letterhead", is_ranked=True)
    if origin.seat or origin.notices:
        return origin
    columns = dict.fromkeys(column for column, _ in above)
    joined = [" ".join(line for at, line in above if at == column) for column in columns]
    return _only_unit(joined, read, "unit-from-letterhead", is_ranked=True)


def _of_last_line(line: str, read: UnitReader) -> Origin:
    """Returns a unit named alone, right above the list: 4/ Mường Khoa."""
    meaning = read(NUMBERED.sub("", line).strip(" .:;"))
    is_whole = all(notice.code not in {"unit-within", OTHER_BODY} for notice in meaning.notices)
    if not meaning.seat or not is_whole or is_aside(line):
        return NOWHERE
    code = "unit-from-letterhead"
    return Origin(seat=meaning.seat, code=code, written=quoted(line), notices=inferred_notices(meaning))


def _of_name(name: str, read: UnitReader, code: str) -> Origin:
    """Returns the unit that the name of a sheet or a file says, with its kind or as its whole."""
    text = plain(re.sub(r"[_+.-]+", " ", EXTENSION.sub("", name)))
    origin = _only_unit([text], read, code)
    if origin.seat or origin.notices or not text:
        return origin
    for each in (text, re.sub(r"^\d+\s*", "", text)):
        meaning = read(each)
        if meaning.seat:
            return Origin(
                seat=meaning.seat, code=code, written=quoted(each), notices=inferred_notices(meaning)
            )
    return NOWHERE


def _only_unit(texts: Iterable[str], read: UnitReader, code: str, *, is_ranked: bool = False) -> Origin:
    """Returns the one unit that the texts name; of an agency and a commune below it, the lower."""
    texts = [text for text in texts if not vocabulary().group.search(text)]
    mentions = [(text, each) for text in texts for each in read.mentions(text) if not is_elsewhere(each)]
    if not mentions:
        for text in texts:  # a province's body, on a line of its own, that the programme does not list
            meaning = read.suggesting(text) if find_in_group(read.gazetteer, text) else UNKNOWN
            if meaning.department:
                written, department = quoted(text), meaning.department
                return Origin(seat=meaning.seat, code=code, written=written, department=department)
        return NOWHERE
    seats = list(dict.fromkeys(each.meaning.seat for _, each in mentions if each.meaning.seat))
    text, mention = mentions[-1]
    if len(seats) > 1 and not (is_ranked and are_ranked(seats)):
        values = {"first": seats[0].name, "second": seats[1].name}
        return Origin(
            seat=None, written=quoted(text), notices=(Notice(code="units-disagree", values=values),)
        )
    if not seats:
        return Origin(seat=None, written=quoted(text), notices=mention.meaning.notices)
    text, mention = next(each for each in reversed(mentions) if each[1].meaning.seat == seats[-1])
    return Origin(seat=seats[-1], code=code, written=quoted(text), notices=inferred_notices(mention.meaning))

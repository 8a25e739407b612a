"""The import: holds a book of lists against the known units and people, and says what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..programme.model.base import NOTHING
from ..programme.model.registers import Units
from . import list_checks
from .findings import Answers, Notice, Spot, findings_of, messages
from .gazetteer import build_gazetteer
from .grid import Book, Grid
from .letterhead import NOWHERE, Origin, unit_between, unit_of_worksheet
from .matching import Decisions, match_rows
from .person_names import is_like_name
from .proposal import KnownPerson, Proposal
from .row_people import ReadRow, read_rows
from .tables import PeopleTable, continued_table, find_tables
from .template import own_worksheets
from .unit_lookup import UnitReader


def find_lists(book: Book) -> Iterator[list[PeopleTable]]:
    """Yields the lists of each sheet that has any; one without headings may go on with those before it."""
    last: PeopleTable | None = None
    for grid in book.grids:
        tables = [] if grid.is_hidden else find_tables(grid)
        is_next = last is not None and last.grid.file == grid.file and not grid.is_hidden
        if not tables and last and is_next and (more := continued_table(grid, last)):
            tables = [more]
        if tables:
            last = tables[-1]
            yield tables


def read_people(lists: list[list[PeopleTable]], read: UnitReader, book_name: str) -> Iterator[ReadRow]:
    """Yields the people of all lists; one that goes on from a sheet to the next keeps its unit."""
    last = NOWHERE
    for tables in lists:
        for number, table in enumerate(tables):
            before = tables[number - 1] if number else None
            is_below = before is not None and before.grid is table.grid
            if not is_below:
                list_origin = _origin_of_list(table, read, table.grid.file or book_name, last)
            section = unit_between(before, table.headings.row, read) if before and is_below else None
            rows_read = list(read_rows(table, read, list_origin, section))
            yield from _without_units(table, rows_read) if "unit" not in table.headings.columns else rows_read
            last = next((line.origin for line in reversed(rows_read) if line.origin), list_origin)


def _origin_of_list(table: PeopleTable, read: UnitReader, file_name: str, last: Origin) -> Origin:
    if not table.is_continued:
        return unit_of_worksheet(table.grid, table.headings.row, read, file_name)
    origin = unit_of_worksheet(table.grid, table.headings.row, read)
    return last if origin is NOWHERE else origin


def _without_units(table: PeopleTable, rows_read: list[ReadRow]) -> Iterator[ReadRow]:
    """Yields one notice for a list without units, instead of one for each row."""
    if any(line.people for line in rows_read):
        yield from rows_read
        return
    spot = table.grid.spot(table.headings.row)
    missing = [notice for line in rows_read for notice in line.notices if notice.code == "missing-unit"]
    if missing:
        yield ReadRow(notices=(Notice(code="no-unit-column", spot=spot),), file=table.grid.file)
    for line in rows_read:
        yield replace(line, notices=tuple(each for each in line.notices if each not in missing))


Lists = list[list[PeopleTable]]


def propose(
    book: Book,
    units: Units,
    known: Collection[KnownPerson] = (),
    *,
    decisions: Decisions = NOTHING,
    scope: Collection[str] | None = None,
    answers: Answers = NOTHING,
) -> Proposal:
    """Returns what the list in `book` would change, with all there is to put right.

    A known person who is not on the list is leaving. `scope`, unit ids, leaves everybody else alone: neither
    listed nor leaving. `decisions` settle the rows that may be several persons, `answers` what was inferred.
    """
    known = [person for person in known if scope is None or person.unit in scope]
    places = build_gazetteer(units)
    unit_names = {seat.id: seat.name for seat in places.seats}
    lists = list(find_lists(book))
    rows_read = list(read_people(lists, UnitReader(places), book.name))
    matches = match_rows(
        (person for line in rows_read for person in line.people), known, decisions, unit_names
    )
    notices = (
        *book.notices,
        *_worksheet_notices(book, lists, rows_read),
        *(notice for line in rows_read for notice in line.notices),
        *matches.notices,
        *list_checks.check_people(matches, known, decisions, scope, unit_names),
        *_synthetic_notices(rows_read),
    )
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings_of(notices, _worksheet_order(book)),
        is_synthetic=any(line.is_synthetic for line in rows_read),
        answers=answers,
    )


def _worksheet_order(book: Book) -> tuple[str, ...]:
    """Returns the files and their worksheets, in their order."""
    return tuple(dict.fromkeys(title for grid in book.grids for title in (grid.file, grid.title)))


def _worksheet_notices(book: Book, lists: Lists, rows_read: list[ReadRow]) -> Iterator[Notice]:
    """Yields the notices of each file's worksheets."""
    for file in dict.fromkeys(grid.file for grid in book.grids):
        ours = [tables for tables in lists if tables[0].grid.file == file]
        yield from _notices_of_file(
            Spot(worksheet=file), ours, [line for line in rows_read if line.file == file]
        )
        if ours:
            read = [tables[0].grid.title for tables in ours]
            grids = (grid for grid in book.grids if grid.file == file)
            yield from _unread(grid for grid in grids if grid.title not in read)
    for table in (table for tables in lists for table in tables):
        if table.is_continued:
            yield Notice(code="headings-before", spot=table.grid.spot())
        else:
            yield from list_checks.check_columns(table.grid, table.headings)
        yield from _hidden_rows(table)


def _notices_of_file(spot: Spot, lists: Lists, rows_read: list[ReadRow]) -> Iterator[Notice]:
    if not lists:
        yield Notice(code="no-headings", spot=spot)
    elif not any(line.people or _is_about_people(line) for line in rows_read):
        yield Notice(code="no-people", spot=spot)
    if len(lists) > 1:
        names = ", ".join(tables[0].grid.name for tables in lists)
        yield Notice(code="several-sheets", spot=spot, values={"sheets": names, "count": str(len(lists))})


def _is_about_people(line: ReadRow) -> bool:
    entries = (messages()[notice.code] for notice in line.notices)
    return any("severity" not in each and "topic" not in each for each in entries)


def _unread(grids: Iterator[Grid]) -> Iterator[Notice]:
    for grid in grids:
        if grid.is_hidden and grid.rows:
            yield Notice(code="hidden-sheet", spot=grid.spot(), values={"sheet": grid.name})
        elif grid.rows and grid.name not in own_worksheets():
            has_people = any(
                is_like_name(cell.text, is_strict=True) for row in grid.rows for cell in row.cells.values()
            )
            code = "other-sheet-with-names" if has_people else "other-sheet"
            yield Notice(code=code, spot=grid.spot(), values={"sheet": grid.name})


def _hidden_rows(table: PeopleTable) -> Iterator[Notice]:
    for row in table.rows:
        if row.is_hidden:
            yield Notice(code="hidden-row", spot=table.grid.spot(row.number))


def _synthetic_notices(rows_read: list[ReadRow]) -> Iterator[Notice]:
    """Yields the refusal of made-up people among real ones."""
    marks = {line.is_synthetic for line in rows_read if line.people}
    if marks == {True}:
        yield Notice(code="synthetic-list")
    elif True in marks:
        yield Notice(code="synthetic-among-real")

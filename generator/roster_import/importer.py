"""The import: holds a book of lists against the known units and people, and says what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..programme.model.registers import Units
from ..programme.model.values import NOTHING
from .checks import check_people, check_table
from .gazetteer import build_gazetteer
from .grid import Answers, Book, Grid, Notice, Spot
from .letterhead import NOWHERE, unit_between, unit_of_worksheet
from .person_names import is_like_name
from .proposal import (
    Decisions,
    KnownPerson,
    Proposal,
    findings_of,
    match_rows,
    messages,
)
from .row_people import ReadRow, read_rows
from .tables import (
    PeopleTable,
    continued_table,
    find_tables,
)
from .template import own_worksheets
from .unit_lookup import UnitReader

#: The lists of each worksheet that has any.
Lists = list[list[PeopleTable]]


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


def read_people(lists: Lists, read: UnitReader, book_name: str) -> Iterator[ReadRow]:
    """Yields the people of all lists; one that goes on from a sheet to the next keeps its unit."""
    last = NOWHERE
    for tables in lists:
        before: PeopleTable | None = None
        for table in tables:
            section = None
            if before and before.grid is table.grid:
                section = unit_between(before, table.headings.row, read)
            else:
                file_name = "" if table.is_continued else table.grid.file or book_name
                named = unit_of_worksheet(table.grid, table.headings.row, read, file_name)
                list_origin = last if table.is_continued and named is NOWHERE else named
            rows_read = list(read_rows(table, read, list_origin, section))
            yield from _without_units(table, rows_read) if "unit" not in table.headings.columns else rows_read
            last = next((line.origin for line in reversed(rows_read) if line.origin), list_origin)
            before = table


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
    marks = {line.is_synthetic for line in rows_read if line.people}
    code = "synthetic-list" if marks == {True} else "synthetic-among-real"
    notices = (
        *book.notices,
        *_worksheet_notices(book, lists, rows_read),
        *(notice for tables in lists for table in tables for notice in check_table(table)),
        *(notice for line in rows_read for notice in line.notices),
        *matches.notices,
        *check_people(matches, known, decisions, scope, unit_names),
        *([Notice(code=code)] if True in marks else []),
    )
    worksheets = dict.fromkeys(title for grid in book.grids for title in (grid.file, grid.title))
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings_of(notices, tuple(worksheets)),
        is_synthetic=any(line.is_synthetic for line in rows_read),
        answers=answers,
    )


def _worksheet_notices(book: Book, lists: Lists, rows_read: list[ReadRow]) -> Iterator[Notice]:
    """Yields the notices of each file's worksheets."""
    for file in dict.fromkeys(grid.file for grid in book.grids):
        spot, read = Spot(worksheet=file), [tables[0].grid for tables in lists if tables[0].grid.file == file]
        if not read:
            yield Notice(code="no-headings", spot=spot)
            continue
        if not any(line.people or _is_about_people(line) for line in rows_read if line.file == file):
            yield Notice(code="no-people", spot=spot)
        if len(read) > 1:
            names = ", ".join(grid.name for grid in read)
            yield Notice(code="several-sheets", spot=spot, values={"sheets": names, "count": str(len(read))})
        titles = {grid.title for grid in read}
        for grid in book.grids:
            is_unread = grid.file == file and grid.title not in titles and grid.rows
            if is_unread and (grid.is_hidden or grid.name not in own_worksheets()):
                yield Notice(code=_code_of_unread(grid), spot=grid.spot(), values={"sheet": grid.name})


def _is_about_people(line: ReadRow) -> bool:
    entries = (messages()[notice.code] for notice in line.notices)
    return any("severity" not in each and "topic" not in each for each in entries)


def _code_of_unread(grid: Grid) -> str:
    if grid.is_hidden:
        return "hidden-sheet"
    texts = (cell.text for row in grid.rows for cell in row.cells.values())
    return (
        "other-sheet-with-names"
        if any(is_like_name(each, is_strict=True) for each in texts)
        else "other-sheet"
    )

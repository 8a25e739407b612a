"""The lists of a book, and the people of each with the unit that stands above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .book import Book
from .letterhead import NOWHERE, Origin, between, origin
from .lines import ReadRow, lines
from .notices import Notice
from .tables import PeopleTable, continued, tables
from .unitreader import UnitReader


def lists(book: Book) -> Iterator[list[PeopleTable]]:
    """The lists of each sheet that has any; one without headings may go on with those before it."""
    last: PeopleTable | None = None
    for grid in book.grids:
        found = [] if grid.is_hidden else tables(grid)
        is_next = last is not None and last.grid.file == grid.file and not grid.is_hidden
        if not found and last and is_next and (more := continued(grid, last)):
            found = [more]
        if found:
            last = found[-1]
            yield found


def people(found_lists: list[list[PeopleTable]], read: UnitReader, book_name: str) -> Iterator[ReadRow]:
    """The people of all lists; one that goes on from a sheet to the next keeps the unit it is of."""
    last = NOWHERE
    for found in found_lists:
        for number, table in enumerate(found):
            before = found[number - 1] if number else None
            is_below = before is not None and before.grid is table.grid
            if not is_below:
                sheet = _origin(table, read, table.grid.file or book_name, last)
            section = between(before, table.headings.row, read) if before and is_below else None
            said = list(lines(table, read, sheet, section))
            yield from _without_units(table, said) if "unit" not in table.headings.columns else said
            last = next((line.origin for line in reversed(said) if line.origin), sheet)


def _origin(table: PeopleTable, read: UnitReader, file_name: str, last: Origin) -> Origin:
    if not table.is_continued:
        return origin(table.grid, table.headings.row, read, file_name)
    found = origin(table.grid, table.headings.row, read)
    return last if found is NOWHERE else found


def _without_units(table: PeopleTable, said: list[ReadRow]) -> Iterator[ReadRow]:
    """Says once of a list without units that it has none, instead of each row."""
    if any(line.people for line in said):
        yield from said
        return
    spot = table.grid.spot(table.headings.row)
    missing = [notice for line in said for notice in line.notices if notice.code == "missing-unit"]
    if missing:
        yield ReadRow(notices=(Notice(code="no-unit-column", spot=spot),), file=table.grid.file)
    for line in said:
        yield replace(line, notices=tuple(each for each in line.notices if each not in missing))

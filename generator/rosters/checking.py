"""A file held against the units and the people known: what would change, and everything to put right."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..programme.model.base import NOTHING
from ..programme.model.unit import Units
from . import columns, roll
from .book import Book, Grid
from .entry import KnownPerson
from .gazetteer import gazetteer
from .lines import ReadRow
from .lists import lists, people
from .matching import Decisions, matched
from .names import is_like_name
from .notices import Answers, Notice, Spot
from .proposal import Proposal
from .tables import PeopleTable
from .template import own_sheets
from .unitreader import UnitReader
from .wording import findings, messages

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
    """What the list in `book` would change, with all there is to put right.

    Who is known and not on the list is leaving. `scope`, unit ids, leaves everybody else alone: neither
    listed nor leaving. `decisions` settle the rows that may be several persons, `answers` what was inferred.
    """
    known = [person for person in known if scope is None or person.unit in scope]
    places = gazetteer(units)
    unit_names = {seat.id: seat.name for seat in places.seats}
    found = list(lists(book))
    said = list(people(found, UnitReader(places), book.name))
    matches = matched((person for line in said for person in line.people), known, decisions, unit_names)
    notices = (
        *book.notices,
        *_sheets(book, found, said),
        *(notice for line in said for notice in line.notices),
        *matches.notices,
        *roll.notices(matches, known, decisions, scope, unit_names),
        *_synthetic(said),
    )
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings(notices, _places(book)),
        is_synthetic=any(line.is_synthetic for line in said),
        answers=answers,
    )


def _places(book: Book) -> tuple[str, ...]:
    """Returns the files and their sheets, in their order."""
    return tuple(dict.fromkeys(title for grid in book.grids for title in (grid.file, grid.title)))


def _sheets(book: Book, found: Lists, said: list[ReadRow]) -> Iterator[Notice]:
    """Yields what is to be said of each file's sheets."""
    for file in dict.fromkeys(grid.file for grid in book.grids):
        ours = [tables for tables in found if tables[0].grid.file == file]
        yield from _of_file(Spot(sheet=file), ours, [line for line in said if line.file == file])
        if ours:
            read = [tables[0].grid.title for tables in ours]
            grids = (grid for grid in book.grids if grid.file == file)
            yield from _unread(grid for grid in grids if grid.title not in read)
    for table in (table for tables in found for table in tables):
        if table.is_continued:
            yield Notice(code="headings-before", spot=table.grid.spot())
        else:
            yield from columns.notices(table.grid, table.headings)
        yield from _hidden_rows(table)


def _of_file(spot: Spot, found: Lists, said: list[ReadRow]) -> Iterator[Notice]:
    if not found:
        yield Notice(code="no-headings", spot=spot)
    elif not any(line.people or _is_about_people(line) for line in said):
        yield Notice(code="no-people", spot=spot)
    if len(found) > 1:
        names = ", ".join(tables[0].grid.name for tables in found)
        yield Notice(code="several-sheets", spot=spot, values={"sheets": names, "count": str(len(found))})


def _is_about_people(line: ReadRow) -> bool:
    said = (messages()[notice.code] for notice in line.notices)
    return any("severity" not in each and "topic" not in each for each in said)


def _unread(grids: Iterator[Grid]) -> Iterator[Notice]:
    for grid in grids:
        if grid.is_hidden and grid.rows:
            yield Notice(code="hidden-sheet", spot=grid.spot(), values={"sheet": grid.name})
        elif grid.rows and grid.name not in own_sheets():
            has_people = any(
                is_like_name(cell.text, is_strict=True) for row in grid.rows for cell in row.cells.values()
            )
            code = "other-sheet-with-names" if has_people else "other-sheet"
            yield Notice(code=code, spot=grid.spot(), values={"sheet": grid.name})


def _hidden_rows(table: PeopleTable) -> Iterator[Notice]:
    for row in table.rows:
        if row.is_hidden:
            yield Notice(code="hidden-row", spot=table.grid.spot(row.number))


def _synthetic(said: list[ReadRow]) -> Iterator[Notice]:
    """A made-up person must never get among real ones."""
    marks = {line.is_synthetic for line in said if line.people}
    if marks == {True}:
        yield Notice(code="synthetic-list")
    elif True in marks:
        yield Notice(code="synthetic-among-real")

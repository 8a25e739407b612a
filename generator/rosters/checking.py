"""A file held against the units and the people known: what would change, and everything to put right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..programme.model.base import NOTHING
from ..programme.model.unit import Units
from . import headings, roll
from .book import Book, Grid
from .entry import KnownPerson
from .gazetteer import gazetteer
from .headings import Headings
from .lines import ReadRow, lines
from .matching import Decisions, matched
from .notices import Answers, Notice, Spot
from .proposal import Proposal
from .template import own_sheets
from .unitreader import UnitReader
from .wording import findings

Lists = list[tuple[Grid, Headings]]


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
    lists = [
        (grid, found) for grid in book.grids if not grid.is_hidden and (found := headings.headings(grid))
    ]
    read = UnitReader(places)
    said = {grid.title: tuple(lines(grid, found, read)) for grid, found in lists}
    every = [line for some in said.values() for line in some]
    matches = matched((line.person for line in every if line.person), known, decisions, unit_names)
    notices = (
        *book.notices,
        *_sheets(book, lists, said),
        *(notice for line in every for notice in line.notices),
        *matches.notices,
        *roll.notices(matches, known, decisions, scope, unit_names),
        *_synthetic(every),
    )
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings(notices, _places(book)),
        is_synthetic=any(line.is_synthetic for line in every),
        answers=answers,
    )


def _places(book: Book) -> tuple[str, ...]:
    """Returns the files and their sheets, in their order."""
    return tuple(dict.fromkeys(title for grid in book.grids for title in (grid.file, grid.title)))


def _sheets(book: Book, lists: Lists, said: Mapping[str, Iterable[ReadRow]]) -> Iterator[Notice]:
    """Yields what is to be said of each file's sheets."""
    for file in dict.fromkeys(grid.file for grid in book.grids):
        ours = [one for one in lists if one[0].file == file]
        lines = [line for grid, _ in ours for line in said[grid.title]]
        yield from _of_file(Spot(sheet=file), ours, lines)
        if ours:
            read = [grid.title for grid, _ in ours]
            grids = (grid for grid in book.grids if grid.file == file)
            yield from _unread(grid for grid in grids if grid.title not in read)
    for grid, found in lists:
        yield from headings.notices(grid, found)
        yield from _hidden_rows(grid, found)


def _of_file(spot: Spot, lists: Lists, said: list[ReadRow]) -> Iterator[Notice]:
    if not lists:
        yield Notice(code="no-headings", spot=spot)
    is_complete = any(set(headings.NEEDED) <= set(found.columns) for _, found in lists)
    if is_complete and not any(line.person or line.notices for line in said):
        yield Notice(code="no-people", spot=spot)
    if len(lists) > 1:
        names = ", ".join(grid.name for grid, _ in lists)
        yield Notice(code="several-sheets", spot=spot, values={"sheets": names, "count": str(len(lists))})


def _unread(grids: Iterator[Grid]) -> Iterator[Notice]:
    for grid in grids:
        if grid.is_hidden and grid.rows:
            yield Notice(code="hidden-sheet", spot=grid.spot(), values={"sheet": grid.name})
        elif grid.rows and grid.name not in own_sheets():
            yield Notice(code="other-sheet", spot=grid.spot(), values={"sheet": grid.name})


def _hidden_rows(grid: Grid, found: Headings) -> Iterator[Notice]:
    for row in grid.rows:
        if row.is_hidden and row.number > found.last_row:
            yield Notice(code="hidden-row", spot=grid.spot(row.number))


def _synthetic(said: list[ReadRow]) -> Iterator[Notice]:
    """A made-up person must never get among real ones."""
    marks = {line.is_synthetic for line in said if line.person}
    if marks == {True}:
        yield Notice(code="synthetic-list")
    elif True in marks:
        yield Notice(code="synthetic-among-real")

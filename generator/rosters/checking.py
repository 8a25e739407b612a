"""A file held against the units and the people known: what would change, and everything to put right."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..programme.model.base import NOTHING
from ..programme.model.unit import Units
from . import headings, roll
from .book import Book, Grid
from .entry import KnownPerson
from .gazetteer import gazetteer
from .headings import Headings
from .lines import ReadRow, UnitReader, lines
from .matching import Decisions, matched
from .notices import Answers, Notice
from .proposal import Proposal
from .template import own_sheets
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
    said = [line for grid, found in lists for line in lines(grid, found, read)]
    matches = matched((line.person for line in said if line.person), known, decisions, unit_names)
    notices = (
        *book.notices,
        *_sheets(book, lists, said),
        *(notice for line in said for notice in line.notices),
        *matches.notices,
        *roll.notices(matches, known, decisions, scope, unit_names),
        *_synthetic(said),
    )
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings(notices, tuple(grid.name for grid in book.grids)),
        is_synthetic=any(line.is_synthetic for line in said),
        answers=answers,
    )


def _sheets(book: Book, lists: Lists, said: list[ReadRow]) -> Iterator[Notice]:
    if book.grids and not lists:
        yield Notice(code="no-headings")
    is_complete = any(set(headings.NEEDED) <= set(found.columns) for _, found in lists)
    if is_complete and not any(line.person or line.notices for line in said):
        yield Notice(code="no-people")
    if len(lists) > 1:
        names = ", ".join(grid.name for grid, _ in lists)
        yield Notice(code="several-sheets", values={"sheets": names, "count": str(len(lists))})
    if lists:
        read = [grid.name for grid, _ in lists]
        yield from _unread(grid for grid in book.grids if grid.name not in read)
    for grid, found in lists:
        yield from headings.notices(grid, found)
        yield from _hidden_rows(grid, found)


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

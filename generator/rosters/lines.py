"""The rows of a sheet, each as the person it names or as what is wrong with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from .book import Area, Grid, GridCell, GridRow
from .communes import UNKNOWN, Meaning
from .entry import Entry
from .gazetteer import Seat
from .headings import Headings, Role
from .names import Cleaned, person_name, position, tidy
from .notices import Notice, Spot
from .proposal import ProposedRow
from .spelling import keyed, plain, shown, words
from .unitreader import UnitReader
from .vocabulary import vocabulary

#: The columns that make a person.
PERSON: tuple[Role, ...] = ("name", "position", "unit")
#: The row of column numbers under the headings: 1, (2), A.
NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?")
#: Ways to write that a cell says what the one above it says; the last signs are ditto marks.
SAME_AS_ABOVE = re.compile(r"\W*(?:nt|n\.t|như trên)\W*|[\"”“″〃']{1,2}")


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """What a row says: a person, or the notices why not, or both."""

    person: ProposedRow | None = None
    is_synthetic: bool = False
    notices: tuple[Notice, ...] = ()
    unit: Meaning = UNKNOWN


def lines(grid: Grid, found: Headings, read: UnitReader) -> Iterator[ReadRow]:
    """One for each row under the headings that is no section, numbering or footer."""
    above = UNKNOWN
    merged = {role: _Merged(grid.merged, found.columns[role]) for role in PERSON if role in found.columns}
    for row in grid.rows:
        if row.number > found.last_row and set(row.cells) & {found.columns.get(role) for role in PERSON}:
            line = _line(_Row(grid, found, row, merged), read, above)
            above = line.unit
            yield line


class _Merged:
    """Which merged area covers a cell of a column, found by halving: a list may have many."""

    def __init__(self, areas: tuple[Area, ...], column: int) -> None:
        here = sorted(
            (each for each in areas if each.left <= column <= each.right), key=lambda each: each.top
        )
        self._tops = [area.top for area in here]
        self._lowest = list(accumulate(here, _lower))

    def at(self, row: int) -> Area | None:
        before = bisect_right(self._tops, row)
        return self._lowest[before - 1] if before and self._lowest[before - 1].bottom >= row else None


def _lower(first: Area, second: Area) -> Area:
    return second if second.bottom >= first.bottom else first


class _Row:
    """A row, its cells by role."""

    def __init__(self, grid: Grid, found: Headings, row: GridRow, merged: Mapping[Role, _Merged]) -> None:
        self.grid, self.found, self.row, self.merged = grid, found, row, merged

    def cell(self, role: Role) -> GridCell | None:
        return self.row.cells.get(self.found.columns.get(role, 0))

    def text(self, role: Role) -> str:
        cell = self.cell(role)
        return plain(cell.text) if cell else ""

    def spot(self, role: Role | None = None) -> Spot:
        return self.grid.spot(self.row.number, self.found.columns.get(role or "name", 0))

    @property
    def is_old(self) -> bool:
        return bool(self.found.district and self.row.cells.get(self.found.district))

    def areas(self) -> dict[Area, Role]:
        """The merged areas that the cells of a person are in, each with the first such cell."""
        found = {role: merged.at(self.row.number) for role, merged in self.merged.items()}
        return {area: role for role, area in reversed(list(found.items())) if area}


def _line(row: _Row, read: UnitReader, above: Meaning) -> ReadRow:
    passed_over = _passed_over(row, read)
    return _person(row, read, above) if passed_over is None else ReadRow(notices=passed_over, unit=above)


def _passed_over(row: _Row, read: UnitReader) -> tuple[Notice, ...] | None:
    """What to say of a row that names nobody for certain; None for a person's."""
    if areas := row.areas():
        return tuple(_merge(row, area, role) for area, role in areas.items())
    texts = [plain(cell.text) for cell in row.row.cells.values()]
    if all(map(NUMBERING.fullmatch, texts)):
        return ()
    if not (row.text("name") and row.text("unit")) and _is_footer(texts[0]):
        return (Notice(code="footer-row", spot=row.spot(), values={"written": shown(texts[0])}),)
    return _section(row, read)


def _merge(row: _Row, area: Area, role: Role) -> Notice:
    """Only the first of merged cells holds the value, so none of them is guessed at."""
    first, last = row.grid.spot(area.top, area.left), row.grid.spot(area.bottom, area.right)
    return Notice(code="merged-cells", spot=row.spot(role), values={"cells": f"{first.cell}:{last.cell}"})


def _is_footer(text: str) -> bool:
    found = words(text)
    return any(found[: len(footer)] == footer for footer in vocabulary().footers)


def _section(row: _Row, read: UnitReader) -> tuple[Notice, ...] | None:
    """A unit in the place of a name, over the people who belong to it."""
    cell = row.cell("name")
    if cell is None or "\n" in cell.text or row.text("unit") or row.text("position"):
        return None
    seat = read(row.text("name")).seat
    return (Notice(code="section-row", spot=row.spot(), values={"unit": seat.name}),) if seat else None


def _person(row: _Row, read: UnitReader, above: Meaning) -> ReadRow:
    name = _cleaned(row, "name", person_name, "missing-name")
    post = _cleaned(row, "position", position, "missing-position")
    unit = _unit(row, read, above)
    return ReadRow(
        person=_proposed(row, name, post, unit),
        is_synthetic=keyed(row.text("note")) == keyed(vocabulary().synthetic),
        notices=(*name.notices, *post.notices, *unit.notices),
        unit=unit,
    )


def _proposed(row: _Row, name: Cleaned, post: Cleaned, unit: Meaning) -> ProposedRow | None:
    """New until it is held against the records; nobody where a part cannot be used."""
    if not name.text or post.text is None or not unit.seat:
        return None
    entry = Entry(full_name=name.text, position=post.text, unit=unit.seat.id, level=unit.seat.level)
    return ProposedRow(spot=row.spot(), entry=entry, fate="new", written=row.text("name"))


def _cleaned(row: _Row, role: Role, clean: Callable[[GridCell], Cleaned], missing: str) -> Cleaned:
    cell, spot = row.cell(role), row.spot(role)
    if role not in row.found.columns:
        return Cleaned(text="")
    if cell is None or not plain(cell.text):
        return Cleaned(text="", notices=(Notice(code=missing, spot=spot),))
    found = clean(cell)
    return Cleaned(text=found.text, notices=tuple(notice.at(spot) for notice in found.notices))


def _unit(row: _Row, read: UnitReader, above: Meaning) -> Meaning:
    if above.seat and SAME_AS_ABOVE.fullmatch(row.text("unit").casefold()):
        return Meaning(seat=above.seat, notices=(_as_above(row, above.seat),))
    found = _cleaned(row, "unit", tidy, "missing-unit")
    if not found.text:
        return Meaning(notices=found.notices)
    meant = read.suggesting(found.text, is_old=row.is_old)
    said = tuple(notice.at(row.spot("unit")) for notice in meant.notices)
    return Meaning(seat=meant.seat, notices=(*found.notices, *said))


def _as_above(row: _Row, seat: Seat) -> Notice:
    values = {"written": shown(row.text("unit")), "unit": seat.name}
    return Notice(code="unit-as-above", spot=row.spot("unit"), values=values)

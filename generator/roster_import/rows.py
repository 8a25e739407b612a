"""A row of a list: its cells by their role, and the merged areas they are in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from .grid import Area, GridCell, GridRow, Spot
from .tables import NUMBER, PeopleTable, Role
from .vocabulary import plain

#: The columns that make a person.
PERSON: tuple[Role, ...] = ("name", "position", "unit")
#: The number of a part of a list: I, A, 1.2.
ENUMERATOR = re.compile(r"\(?(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,5}(?:\.\d{1,3})*)[.):/-]*")


class Merged:
    """Finds the merged area that covers a cell of a column, by halving: a list may have many."""

    def __init__(self, areas: tuple[Area, ...], column: int) -> None:
        covering = sorted(
            (each for each in areas if each.left <= column <= each.right), key=lambda each: each.top
        )
        self._tops = [area.top for area in covering]
        self._lowest = list(accumulate(covering, _lower))

    def at(self, row: int) -> Area | None:
        before = bisect_right(self._tops, row)
        return self._lowest[before - 1] if before and self._lowest[before - 1].bottom >= row else None


def _lower(first: Area, second: Area) -> Area:
    """Returns the area that ends lower; of two that end alike `first`, which begins higher."""
    return second if second.bottom > first.bottom else first


class PeopleRow:
    """A row: its cells by role, its `texts` by column, the merged `areas` that those of a person are in."""

    def __init__(self, table: PeopleTable, row: GridRow, merged: Mapping[Role, Merged]) -> None:
        self.grid, self.headings, self.row = table.grid, table.headings, row
        self.texts = {column: plain(cell.text) for column, cell in row.cells.items()}
        self.areas = {role: area for role, each in merged.items() if (area := each.at(row.number))}
        self.is_old = bool(self.headings.district and row.cells.get(self.headings.district))
        self.is_numbered = bool(NUMBER.fullmatch(self.text("ordinal")))

    def cell(self, role: Role) -> GridCell | None:
        return self.row.cells.get(self.headings.columns.get(role, 0))

    def text(self, role: Role) -> str:
        return self.texts.get(self.headings.columns.get(role, 0), "")

    def spot(self, role: Role = "name") -> Spot:
        columns = self.headings.columns
        return self.grid.spot(self.row.number, columns.get(role, columns.get("name", 0)))

    @property
    def is_within_areas(self) -> bool:
        """True where a merged area above covers a cell of it."""
        return any(area.top < self.row.number for area in self.areas.values())

    @property
    def is_merged_across(self) -> bool:
        """True where a merged area joins its name with other columns of a person."""
        area = self.areas.get("name")
        return bool(area and area.top == self.row.number and [*self.areas.values()].count(area) > 1)

    def lone(self) -> tuple[int, str] | None:
        """Returns the one text of a row, its number and counts aside; None if it has not just one."""
        ordinal = self.headings.columns.get("ordinal")
        texts = {
            column: text
            for column, text in self.texts.items()
            if not (ENUMERATOR.fullmatch(text) if column == ordinal else text.isdecimal())
        }
        if len(set(texts.values())) != 1:
            return None
        return next(iter(texts.items()))

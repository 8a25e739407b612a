"""A row of a list: its cells by their role, and the merged areas they are in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
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
    return second if second.bottom >= first.bottom else first


def merged_areas(table: PeopleTable) -> Mapping[Role, Merged]:
    """Returns a finder of merged areas for each column that makes a person."""
    columns = table.headings.columns
    return {role: Merged(table.grid.merged, columns[role]) for role in PERSON if role in columns}


class PeopleRow:
    """A row, its cells by role."""

    def __init__(self, table: PeopleTable, row: GridRow, areas: Mapping[Role, Merged]) -> None:
        self.grid, self.headings, self.row = table.grid, table.headings, row
        self._areas = areas

    def cell(self, role: Role) -> GridCell | None:
        return self.row.cells.get(self.headings.columns.get(role, 0))

    def text(self, role: Role) -> str:
        cell = self.cell(role)
        return plain(cell.text) if cell else ""

    def spot(self, role: Role | None = None) -> Spot:
        columns = self.headings.columns
        return self.grid.spot(self.row.number, columns.get(role or "name", columns.get("name", 0)))

    @cached_property
    def texts(self) -> dict[int, str]:
        """The text of each filled cell by its column."""
        return {column: plain(cell.text) for column, cell in self.row.cells.items()}

    @property
    def is_old(self) -> bool:
        return bool(self.headings.district and self.row.cells.get(self.headings.district))

    @property
    def is_numbered(self) -> bool:
        """True where it has a number among people."""
        return bool(NUMBER.fullmatch(self.text("ordinal")))

    @property
    def says_a_person(self) -> bool:
        """True where a cell that makes a person is filled."""
        return bool(set(self.row.cells) & {self.headings.columns.get(role) for role in PERSON})

    @property
    def is_within_areas(self) -> bool:
        """True where a merged area above covers a cell of it."""
        return any(area.top < self.row.number for area in self.areas())

    @property
    def is_merged_across(self) -> bool:
        """True where a merged area joins its name with other columns of a person."""
        area = self.area("name")
        return bool(area and area.top == self.row.number and len(self.areas()[area]) > 1)

    def area(self, role: Role) -> Area | None:
        return self._areas[role].at(self.row.number) if role in self._areas else None

    def areas(self) -> dict[Area, list[Role]]:
        """Returns the merged areas of a person's cells, each with the columns of a person in it."""
        roles_by_area: dict[Area, list[Role]] = {}
        for role in self._areas:
            if area := self.area(role):
                roles_by_area.setdefault(area, []).append(role)
        return roles_by_area

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

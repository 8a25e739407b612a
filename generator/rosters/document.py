"""The tables of a Word document, each as a sheet with the text above it, the last with the text below."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from .book import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Area, Grid, GridCell, GridRow
from .headings import headings
from .limits import Contents, ListTooLarge
from .notices import Spot
from .parts import Parts
from .word import WordCell, blocks, boxed, row_cells, text

TABLE = "Bảng {number}"
#: How many lines above and below tables are looked at.
MOST_LINES = 30
MOST_TABLES = 500
#: A letterhead is often a table without borders: the office at the left, the motto at the right. So are
#: the signatures below a list.
LETTERHEAD_ROWS, LETTERHEAD_COLUMNS = 3, 2


def grids(content: bytes, main: str) -> tuple[Grid, ...]:
    """The tables of a file that `archive.fault` let through; `main` is the part with the text.

    Raises TooMuch, or anything that the reading of XML raises where the file is broken.
    """
    tables = _Tables()
    with Parts(io.BytesIO(content)) as parts, parts.open(main) as part:
        for kind, element in blocks(part):
            if kind == "paragraph":
                tables.write(*boxed(element).split("\n"), *text(element).split("\n"))
            elif kind == "table":
                tables.begin()
            elif kind == "row":
                tables.add(element)
            else:
                tables.end()
    return tables.finished()


class _Tables:
    """The tables so far, and the lines since the last of them."""

    def __init__(self) -> None:
        self._grids: list[Grid] = []
        self._above: deque[str] = deque(maxlen=MOST_LINES)
        self._below: list[str] = []
        self._contents = Contents()
        self._table = _Table((), self._contents)

    def write(self, *lines: str) -> None:
        """Takes lines that stand outside of tables."""
        for line in lines:
            if line.strip():
                self._above.append(line[: LONGEST_CELL + 1])
                self._below = [*self._below, self._above[-1]][:MOST_LINES]

    def begin(self) -> None:
        self._table = _Table(self._above, self._contents)

    def add(self, row: Element) -> None:
        if found := row_cells(row):
            self._table.add(*found)

    def end(self) -> None:
        """Keeps the table, or the lines of it where it is a letterhead or holds signatures."""
        grid = self._table.grid(TABLE.format(number=len(self._grids) + 1))
        if _is_letterhead(grid) and all(_width(before) > LETTERHEAD_COLUMNS for before in self._grids[-1:]):
            self.write(*(line for cell in _table_texts(grid) for line in cell.split("\n")))
            return
        self._above.clear()
        self._below = []
        if self._table.is_filled:
            self._grids.append(grid)
        if len(self._grids) > MOST_TABLES:
            raise ListTooLarge("too-many-sheets", MOST_TABLES)

    def finished(self) -> tuple[Grid, ...]:
        """All tables; the one that looked like a letterhead too, where it is the only one."""
        if not self._grids and self._table.is_filled:
            return (self._table.grid(TABLE.format(number=1)),)
        return (*self._grids[:-1], *(_followed(grid, self._below) for grid in self._grids[-1:]))


class _Table:
    """A table being read, the lines above it as its first rows."""

    def __init__(self, above: Iterable[str], contents: Contents) -> None:
        self._rows = [_line(number, line) for number, line in enumerate(above, 1)]
        self._lines = self._number = len(self._rows)
        self._contents = contents
        self._areas: list[Area] = []
        self._merging: dict[int, Area] = {}

    @property
    def is_filled(self) -> bool:
        return len(self._rows) > self._lines

    def add(self, free: int, cells: list[WordCell]) -> None:
        self._number += 1
        column, kept, struck = free + 1, {}, set()
        for cell in cells:
            if column > MOST_COLUMNS + 1:
                break
            if cell.joins != "goes on" and cell.text.strip():
                kept[column] = GridCell.of(cell.text, "text")
                struck |= {column} if cell.is_struck else set()
            self._merge(column, cell)
            column += cell.span
        if kept:
            row = GridRow(number=self._number, cells=kept, struck=frozenset(struck))
            self._rows.append(self._contents.take_row(row))
        if len(self._rows) - self._lines > MOST_ROWS:
            raise ListTooLarge("too-many-rows", MOST_ROWS, Spot())

    def _merge(self, column: int, cell: WordCell) -> None:
        """Notes which cells this one is merged with, to its right and above."""
        above, top = self._merging.pop(column, None), self._number
        if above and cell.joins == "goes on" and above.bottom == self._number - 1:
            top = above.top
        elif above:
            self._areas.append(above)
        area = Area(top=top, left=column, bottom=self._number, right=column + cell.span - 1)
        if cell.joins:
            self._merging[column] = area
        elif cell.span > 1:
            self._areas.append(area)

    def grid(self, name: str) -> Grid:
        merged = (*self._areas, *self._merging.values())
        merged = tuple(each for each in merged if (each.top, each.left) != (each.bottom, each.right))
        return Grid(name=name, rows=tuple(self._rows), merged=merged, lines_above=self._lines)


def _line(number: int, line: str) -> GridRow:
    return GridRow(number=number, cells={1: GridCell.of(line, "text")})


def _table_texts(grid: Grid) -> list[str]:
    """The cells of a letterhead, column by column, as it is read."""
    cells = [item for row in grid.rows[grid.lines_above :] for item in row.cells.items()]
    return [cell.text for _, cell in sorted(cells, key=lambda item: item[0])]


def _width(grid: Grid) -> int:
    """How many columns of a table have a value."""
    return len({column for row in grid.rows[grid.lines_above :] for column in row.cells})


def _is_letterhead(grid: Grid) -> bool:
    is_short = len(grid.rows) - grid.lines_above <= LETTERHEAD_ROWS
    return is_short and _width(grid) <= LETTERHEAD_COLUMNS and not headings(grid)


def _followed(grid: Grid, below: list[str]) -> Grid:
    """The grid with the lines below it as its last rows."""
    last = grid.rows[-1].number
    rows = tuple(_line(number, line) for number, line in enumerate(below, last + 1))
    return Grid(name=grid.name, rows=(*grid.rows, *rows), merged=grid.merged, lines_above=grid.lines_above)

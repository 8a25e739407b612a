"""The content of a file, whatever its format: sheets of rows of typed cells, formulas and old fonts too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ..programme.vietnamese import OldFont, find_old_font
from .findings import Notice, Spot, cell_ranges
from .vocabulary import quoted

CellKind = Literal["text", "number", "date", "formula", "error", "flag", "overlong"]
MOST_ROWS = 50_000
#: Columns further right are not read.
MOST_COLUMNS = 60
#: No name, position or unit is nearly so long; more is not kept.
LONGEST_CELL = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class GridCell:
    """A cell that is not empty. `text` is as written: a whole number without `.0`, a date as ISO.

    For a formula it is what the spreadsheet last computed, which a reader of the sheet sees; the formula
    itself only where nothing was computed.
    """

    text: str
    kind: CellKind = "text"
    is_computed: bool = False

    @classmethod
    def of(cls, text: str, kind: CellKind, *, is_computed: bool = False) -> GridCell:
        """Returns a cell of a file, cut where it is too long to be of use."""
        if len(text) <= LONGEST_CELL:
            return cls(text=text, kind=kind, is_computed=is_computed)
        return cls(text=text[:LONGEST_CELL], kind="overlong")


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """The cells of a row by column, 1-based; `struck` are the columns whose text is struck out."""

    number: int
    cells: Mapping[int, GridCell]
    is_hidden: bool = False
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Merged cells, all bounds included."""

    top: int
    left: int
    bottom: int
    right: int


def worksheet_title(file: str, worksheet: str) -> str:
    """Returns the name of a worksheet of a file; its own name alone if there is one file."""
    return " › ".join(filter(None, (file, worksheet)))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One worksheet; rows without a value are left out. `file` is set where there are several.

    The first `lines_above` rows of a table in a document are the text over it; places count only the rows of
    the table, as a reader counts them.
    """

    name: str
    rows: tuple[GridRow, ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    lines_above: int = 0
    file: str = ""

    @property
    def title(self) -> str:
        """The sheet's name, with its file's where there are several."""
        return worksheet_title(self.file, self.name)

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Returns the place of a cell; the whole sheet for a line above its table."""
        if 0 < row <= self.lines_above:
            return Spot(worksheet=self.title)
        return Spot(worksheet=self.title, row=max(0, row - self.lines_above), column=column)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A file that was read, or `notices` why it could not be. `sha256` is of its bytes."""

    name: str
    sha256: str
    grids: tuple[Grid, ...] = ()
    notices: tuple[Notice, ...] = ()


#: How many ranges of cells are named.
MOST_RANGES = 5


def convert_old_fonts(grid: Grid, *, is_wanted: bool) -> tuple[Grid, tuple[Notice, ...]]:
    """Returns the grid with an old font's letters put right if `is_wanted`, and its notices."""
    font = find_old_font(cell.text for row in grid.rows for cell in row.cells.values())
    if font is None:
        return grid, ()
    notice = Notice(
        code="old-font", spot=grid.spot(), values={"font": font.name, **_font_notices(grid, font)}
    )
    if not is_wanted:
        return grid, (notice,)
    return replace(grid, rows=tuple(_converted_row(row, font.texts) for row in grid.rows)), (notice,)


def _converted_row(row: GridRow, texts: dict[str, str]) -> GridRow:
    cells = {
        column: GridCell.of(texts[cell.text], cell.kind) if cell.text in texts else cell
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _font_notices(grid: Grid, font: OldFont) -> dict[str, str]:
    """Returns which cells are in an old font, and how some of them read."""
    cells = sorted(
        (column, row.number)
        for row in grid.rows
        for column, cell in row.cells.items()
        if cell.text in font.texts
    )
    spots = (grid.spot(row, column) for column, row in cells)
    places = cell_ranges([spot.cell for spot in spots if spot.row])
    more = ["…"] if len(places) > MOST_RANGES else []
    samples = (f"“{quoted(old)}” đọc là “{quoted(new)}”" for old, new in list(font.texts.items())[:3])
    return {
        "samples": "; ".join(samples),
        "count": str(len(cells)),
        "cells": ", ".join([*places[:MOST_RANGES], *more]) or grid.name,
    }

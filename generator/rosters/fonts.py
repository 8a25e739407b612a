"""A list typed with a font of before Unicode, put right where the office agrees."""

from __future__ import annotations

from dataclasses import replace

from ..programme.old_fonts import OldFont, old_font
from .book import Grid, GridCell, GridRow
from .cells import ranges
from .notices import Notice
from .spelling import shown

#: How many ranges of cells are named.
MOST_RANGES = 5


def converted(grid: Grid, *, is_wanted: bool) -> tuple[Grid, tuple[Notice, ...]]:
    """The grid with the letters of an old font put right where that is wanted, and what to say of it."""
    font = old_font(cell.text for row in grid.rows for cell in row.cells.values())
    if font is None:
        return grid, ()
    notice = Notice(code="old-font", spot=grid.spot(), values={"font": font.name, **_told(grid, font)})
    if not is_wanted:
        return grid, (notice,)
    return replace(grid, rows=tuple(_row(row, font.texts) for row in grid.rows)), (notice,)


def _row(row: GridRow, texts: dict[str, str]) -> GridRow:
    cells = {
        column: GridCell.of(texts[cell.text], cell.kind) if cell.text in texts else cell
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _told(grid: Grid, font: OldFont) -> dict[str, str]:
    """Which cells are in an old font, and how some of them read."""
    found = sorted(
        (column, row.number)
        for row in grid.rows
        for column, cell in row.cells.items()
        if cell.text in font.texts
    )
    spots = (grid.spot(row, column) for column, row in found)
    places = ranges([spot.cell for spot in spots if spot.row])
    more = ["…"] if len(places) > MOST_RANGES else []
    samples = (f"“{shown(old)}” đọc là “{shown(new)}”" for old, new in list(font.texts.items())[:3])
    return {
        "samples": "; ".join(samples),
        "count": str(len(found)),
        "cells": ", ".join([*places[:MOST_RANGES], *more]) or grid.name,
    }

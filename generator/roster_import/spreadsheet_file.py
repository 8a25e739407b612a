"""The sheets of a spreadsheet: .xlsx by openpyxl, which knows how cells look; .xls and .ods by calamine.

Both unpack and parse a file whole, so what anybody sends is read in a process of its own: see `office_file`.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zipfile import ZipFile

import openpyxl  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    CellKind,
    Contents,
    Grid,
    GridCell,
    GridRow,
    ListTooLarge,
    Spot,
)

MOST_WORKSHEETS = 200
OPENPYXL_KINDS: dict[str, CellKind] = {"f": "formula", "e": "error", "b": "flag", "d": "date", "n": "number"}
#: Values of a formula whose program computes nothing, or that refers to an empty cell.
NOT_COMPUTED = (None, 0)
#: How Excel writes a control character, `_x000D_` for a carriage return.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
KINDS: dict[type, CellKind] = {bool: "flag", int: "number", float: "number", str: "text"}


def read_xlsx(content: bytes) -> tuple[Grid, ...]:
    """Returns the worksheets. Raises ListTooLarge, or anything at all where the file is broken."""
    values = _loaded(content, data_only=True)
    _require_few(len(values.worksheets))
    formulas = _loaded(content, data_only=False) if _may_have_formulas(content) else None
    contents = Contents()
    return tuple(
        Grid(
            name=sheet.title,
            rows=tuple(
                _limited(
                    _xlsx_rows(sheet, formulas[sheet.title] if formulas else None), contents, sheet.title
                )
            ),
            merged=tuple(
                Area(top=area.min_row, left=area.min_col, bottom=area.max_row, right=area.max_col)
                for area in sheet.merged_cells.ranges
            ),
            is_hidden=sheet.sheet_state != "visible",
        )
        for sheet in values.worksheets
    )


def _loaded(content: bytes, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), keep_links=False, data_only=data_only)


def _may_have_formulas(content: bytes) -> bool:
    with ZipFile(io.BytesIO(content)) as archive:
        names = (name for name in archive.namelist() if "/worksheets/" in name)
        return any(b"<f" in archive.read(name) for name in names)


def _require_few(worksheets: int) -> None:
    if worksheets > MOST_WORKSHEETS:
        raise ListTooLarge("too-many-sheets", MOST_WORKSHEETS)


def _limited(rows: Iterator[GridRow], contents: Contents, worksheet: str) -> Iterator[GridRow]:
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise ListTooLarge("too-many-rows", MOST_ROWS, Spot(worksheet=worksheet))
        contents.take([cell.text for cell in row.cells.values()])
        yield row


def _xlsx_rows(sheet: Any, formulas: Any | None) -> Iterator[GridRow]:
    """Yields the rows that have text, of the cells there are: a formatted row has thousands of empty ones."""
    by_row: dict[int, dict[int, GridCell]] = {}
    struck: set[tuple[int, int]] = set()
    for (row, column), cell in sorted(sheet._cells.items()):
        if column > MOST_COLUMNS + 1:
            continue
        formula = formulas._cells.get((row, column)) if formulas else None
        kept = _xlsx_cell(cell, formula if formula is not None and formula.data_type == "f" else None)
        if kept.text.strip():
            by_row.setdefault(row, {})[column] = kept
            struck |= {(row, column)} if cell.has_style and cell.font.strike else set()
    for row, cells in by_row.items():
        is_hidden = row in sheet.row_dimensions and sheet.row_dimensions[row].hidden
        lines = frozenset(column for column in cells if (row, column) in struck)
        yield GridRow(number=row, cells=cells, is_hidden=bool(is_hidden), struck=lines)


def _xlsx_cell(cell: Any, formula: Any | None) -> GridCell:
    if formula is not None and cell.value in NOT_COMPUTED:
        return GridCell.of(str(getattr(formula.value, "text", formula.value)), "formula")
    kind = OPENPYXL_KINDS.get(cell.data_type, "text") if not isinstance(cell.value, str) else "text"
    kind = "error" if cell.data_type == "e" else kind
    return GridCell.of(_text(cell.value), kind, is_computed=formula is not None)


def read_other(content: bytes) -> tuple[Grid, ...]:
    """Returns the worksheets of an .xls or .ods, which does not tell how its cells look.

    Raises ListTooLarge, or anything at all where the file is broken.
    """
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    worksheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    _require_few(len(worksheets))
    contents, grids = Contents(), []
    for worksheet in worksheets:
        sheet = book.get_sheet_by_name(worksheet.name)
        rows = _limited(_other_rows(sheet.to_python(skip_empty_area=False)), contents, worksheet.name)
        merged = tuple(
            Area(top=top + 1, left=left + 1, bottom=bottom + 1, right=right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        )
        is_hidden = worksheet.visible != SheetVisibleEnum.Visible
        grids.append(Grid(name=worksheet.name, rows=tuple(rows), merged=merged, is_hidden=is_hidden))
    return tuple(grids)


def _other_rows(rows: Collection[list[Any]]) -> Iterator[GridRow]:
    for number, values in enumerate(rows, 1):
        cells = {
            column: GridCell.of(text, KINDS.get(type(value), "date"))
            for column, value in enumerate(values[: MOST_COLUMNS + 1], 1)
            if (text := _text(value)).strip()
        }
        if cells:
            yield GridRow(number=number, cells=cells)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date, time, timedelta)):
        return str(value)
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), str(value))

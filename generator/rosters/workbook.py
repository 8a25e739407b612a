"""The sheets of an XLSX; the one place that knows how openpyxl reads.

openpyxl's own read-only sheets pad every row to the widest cell, translate shared formulas, parse
print settings and say nothing of merged cells; so its parser is used with a shorter loop.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]
from openpyxl.worksheet._read_only import ReadOnlyWorksheet  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import MERGE_TAG, ROW_TAG, WorkSheetParser  # type: ignore[import-untyped]

from .book import MOST_COLUMNS, MOST_ROWS, Area, CellKind, Grid, GridCell, GridRow
from .notices import Notice, Spot

KINDS: dict[str, CellKind] = {"f": "formula", "e": "error", "b": "flag", "d": "date"}
#: How Excel writes a control character, `_x000D_` for a carriage return.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_SHEETS = 200
MOST_AREAS = 100_000
LAST_ROW = 1_048_576
#: One file at a time: memory is shared, and so are the filters of warnings.
_TURN = Lock()


class TooMuch(ValueError):
    """More rows, sheets or merged areas than a list of people has. Carries the notice."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.code)
        self.notice = notice


def grids(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a file that `archive.fault` let through.

    Raises TooMuch, or anything that openpyxl raises where the file is broken.
    """
    with _TURN, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
            if len(sheets) > MOST_SHEETS:
                raise TooMuch(Notice(code="too-many-sheets", values={"most": str(MOST_SHEETS)}))
            return tuple(_grid(book, sheet) for sheet in sheets)
        finally:
            book.close()


def _grid(book: Any, sheet: Any) -> Grid:
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = tuple(_limited(parser.filled(), sheet.title))
    return Grid(
        name=sheet.title,
        rows=rows,
        merged=tuple(parser.areas),
        is_hidden=sheet.sheet_state != "visible",
    )


def _limited(rows: Iterator[GridRow], sheet: str) -> Iterator[GridRow]:
    """The rows, as long as they are in order and not too many."""
    last = 0
    for count, row in enumerate(rows, 1):
        if row.number <= last:
            raise ValueError(f"row {row.number} after {last}")
        if count > MOST_ROWS:
            raise TooMuch(
                Notice(code="too-many-rows", spot=Spot(sheet=sheet), values={"most": str(MOST_ROWS)})
            )
        last = row.number
        yield row


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Rows and merged areas, nothing else; formulas are seen but never worked on."""

    def filled(self) -> Iterator[GridRow]:
        self.areas: list[Area] = []
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                found = {cell["column"]: _cell(cell) for cell in cells if cell["column"] <= MOST_COLUMNS + 1}
                is_hidden = element.get("hidden") in {"1", "true"}
                element.clear()
                if kept := {column: cell for column, cell in found.items() if cell.text.strip()}:
                    yield GridRow(number=number, cells=kept, is_hidden=is_hidden)
            elif element.tag == MERGE_TAG:
                self.areas += _areas(element)

    def parse_formula(self, element: Element) -> str:
        return "=" + (element.findtext("{*}f") or "")


def _areas(merged: Element) -> Iterator[Area]:
    if len(merged) > MOST_AREAS:
        raise ValueError(f"{len(merged)} merged areas")
    for cell in merged:
        left, top, right, bottom = range_boundaries(cell.get("ref", ""))
        yield Area(top=top or 1, left=left or 1, bottom=bottom or LAST_ROW, right=right or MOST_COLUMNS)


def _cell(cell: dict[str, Any]) -> GridCell:
    value, kind = cell["value"], KINDS.get(cell["data_type"])
    if kind is None:
        kind = "text" if isinstance(value, str) else "number"
    return GridCell.of(_text(value), kind)


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

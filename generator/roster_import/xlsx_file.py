"""The sheets of an XLSX and what they share; the one place that knows how openpyxl reads.

openpyxl's own read-only sheets pad every row to the widest cell, translate shared formulas, parse print
settings and say nothing of merged cells; its reader of strings and styles keeps all that it has read as XML.
So its parsers of the workbook and of rows are used with shorter loops.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]
from openpyxl.styles.numbers import (  # type: ignore[import-untyped]
    builtin_format_code,
    is_date_format,
    is_timedelta_format,
)
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]
from openpyxl.worksheet._reader import FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser  # type: ignore[import-untyped]
from openpyxl.xml.constants import (  # type: ignore[import-untyped]
    ARC_STYLE,
    SHARED_STRINGS,
    SHEET_MAIN_NS,
)

from .file_safety import ArchivePart, Contents, ListTooLarge, Parts, elements_at
from .grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Area, CellKind, Grid, GridCell, GridRow, Spot

_STRING, _TEXT, _RUN = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))
_FORMATS, _FORMAT = f"{{{SHEET_MAIN_NS}}}cellXfs", f"{{{SHEET_MAIN_NS}}}xf"
_CODE = f"{{{SHEET_MAIN_NS}}}numFmt"
_FONT, _STRIKE = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("font", "strike"))
#: The characters kept of a string: each of its characters may be written in seven, as `_x000D_`.
KEPT = 7 * (LONGEST_CELL + 1)
#: Excel's own limits: formats of cells, and the characters of a format's code.
MOST_FORMATS, LONGEST_CODE = 65_490, 255


def shared_strings(part: ArchivePart) -> list[str]:
    """Returns the shared strings, cut where they are too long to be of use. Raises ListTooLarge."""
    strings, contents = [], Contents()
    for _, element in elements_at(part, 2):
        if element.tag == _STRING:
            text = _string_text(element)
            contents.take([text])
            strings.append(text)
    return strings


def _string_text(string: Element) -> str:
    """Joins the plain text and that of each run, as openpyxl does; never how it is pronounced."""
    pieces = [*string.findall(_TEXT), *string.findall(f"{_RUN}/{_TEXT}")]
    return "".join(piece.text or "" for piece in pieces).replace("x005F_", "")[:KEPT]


@dataclass(frozen=True, kw_only=True)
class Formats:
    """Numbers of the formats that show a day or time, a length of time, or a text that is struck out."""

    days: set[int] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)


def cell_formats(part: ArchivePart) -> Formats:
    """Returns the formats of a style sheet. Raises ListTooLarge."""
    codes: dict[int, tuple[bool, bool]] = {}
    of_cells: list[int] = []
    fonts: list[bool] = []
    of_fonts: list[int] = []
    for parent, element in elements_at(part, 3):
        if element.tag == _CODE:
            codes[int(element.get("numFmtId", 0))] = _shows((element.get("formatCode") or "")[:LONGEST_CODE])
        elif parent == _FORMATS and element.tag == _FORMAT:
            of_cells.append(int(element.get("numFmtId", 0)))
            of_fonts.append(int(element.get("fontId", 0)))
        elif element.tag == _FONT:
            fonts.append(_strikes(element))
        if max(len(codes), len(of_cells), len(fonts)) > MOST_FORMATS:
            raise ListTooLarge("part-too-big")
    shown = [codes.get(code) or _shows(builtin_format_code(code)) for code in of_cells]
    return Formats(
        days={number for number, (is_day, _) in enumerate(shown) if is_day},
        lengths={number for number, (_, is_length) in enumerate(shown) if is_length},
        struck={number for number, font in enumerate(of_fonts) if font < len(fonts) and fonts[font]},
    )


def _strikes(font: Element) -> bool:
    strike = font.find(_STRIKE)
    return strike is not None and strike.get("val", "1") not in {"0", "false"}


def _shows(code: str | None) -> tuple[bool, bool]:
    return is_date_format(code), is_timedelta_format(code)


KINDS: dict[str, CellKind] = {"f": "formula", "e": "error", "b": "flag", "d": "date"}
#: Values of a formula whose program computes nothing, or that refers to an empty cell.
NOT_COMPUTED = (None, 0)
#: How Excel writes a control character, `_x000D_` for a carriage return.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_WORKSHEETS = 200
MOST_AREAS = 100_000
LAST_ROW = 1_048_576
#: One file at a time: memory is shared, and so are the filters of warnings.
_TURN = Lock()


def read_worksheets(content: bytes) -> tuple[Grid, ...]:
    """Returns the worksheets of a file that `file_safety.archive_fault` let through.

    Raises ListTooLarge, or anything that openpyxl raises where the file is broken.
    """
    with _TURN, warnings.catch_warnings(), Parts(io.BytesIO(content)) as parts:
        warnings.simplefilter("ignore")
        return tuple(_Book(parts).grids())


class _Book:
    """A workbook: its worksheets, and what they share."""

    def __init__(self, parts: Parts) -> None:
        self._reader = ExcelReader(parts.fp)
        self._reader.archive = self._parts = parts
        self._reader.read_manifest()
        self._reader.read_workbook()
        self._contents, self._areas = Contents(), 0

    def grids(self) -> Iterator[Grid]:
        worksheets = [
            worksheet for worksheet in self._reader.parser.find_sheets() if self._is_read(worksheet[1])
        ]
        if len(worksheets) > MOST_WORKSHEETS:
            raise ListTooLarge("too-many-sheets", MOST_WORKSHEETS)
        strings, formats = self._strings(), self._formats()
        for worksheet, place in worksheets:
            with self._parts.open(place.target) as source:
                parser = _Parser(
                    source,
                    strings,
                    data_only=True,
                    epoch=self._reader.wb.epoch,
                    date_formats=formats.days,
                    timedelta_formats=formats.lengths,
                )
                parser.struck = formats.struck
                yield self._grid(parser, worksheet.name, is_hidden=worksheet.state != "visible")

    def _is_read(self, place: Any) -> bool:
        return place.target in self._reader.valid_files and "chartsheet" not in place.Type

    def _strings(self) -> list[str]:
        shared = self._reader.package.find(SHARED_STRINGS)
        if shared is None:
            return []
        with self._parts.open(shared.PartName[1:]) as part:
            return shared_strings(part)

    def _formats(self) -> Formats:
        if ARC_STYLE not in self._reader.valid_files:
            return Formats()
        with self._parts.open(ARC_STYLE) as part:
            return cell_formats(part)

    def _grid(self, parser: _Parser, name: str, *, is_hidden: bool) -> Grid:
        rows = []
        for row in _limited(parser.filled(), name):
            self._contents.take([cell.text for cell in row.cells.values()])
            rows.append(row)
        self._areas += len(parser.areas)
        if self._areas > MOST_AREAS:
            raise ValueError(f"{self._areas} merged areas")
        return Grid(name=name, rows=tuple(rows), merged=tuple(parser.areas), is_hidden=is_hidden)


def _limited(rows: Iterator[GridRow], worksheet: str) -> Iterator[GridRow]:
    """Yields the rows, as long as they are in order and not too many."""
    last = 0
    for count, row in enumerate(rows, 1):
        if row.number <= last:
            raise ValueError(f"row {row.number} after {last}")
        if count > MOST_ROWS:
            raise ListTooLarge("too-many-rows", MOST_ROWS, Spot(worksheet=worksheet))
        last = row.number
        yield row


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Reads rows and merged areas, nothing else; formulas are seen with their last values, never computed."""

    struck: Collection[int] = ()

    def filled(self) -> Iterator[GridRow]:
        self.areas: list[Area] = []
        for parent, element in elements_at(self.source, 3):
            if element.tag == ROW_TAG:
                number, cells = self.parse_row(element)
                self.row_dimensions.clear()
                cells_by_column = {
                    cell["column"]: _cell(cell) for cell in cells if cell["column"] <= MOST_COLUMNS + 1
                }
                is_hidden = element.get("hidden") in {"1", "true"}
                if kept := {column: cell for column, cell in cells_by_column.items() if cell.text.strip()}:
                    struck = frozenset(
                        cell["column"]
                        for cell in cells
                        if cell["column"] in kept and cell["style_id"] in self.struck
                    )
                    yield GridRow(number=number, cells=kept, is_hidden=is_hidden, struck=struck)
            elif parent == MERGE_TAG and len(self.areas) <= MOST_AREAS:
                self.areas.append(_area(element))

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        cell["is_computed"] = formula is not None
        if formula is not None and cell["value"] in NOT_COMPUTED:
            cell |= {"data_type": "f", "value": f"={formula.text or ''}"}
        return cell


def _area(merged: Element) -> Area:
    left, top, right, bottom = range_boundaries(merged.get("ref", ""))
    return Area(top=top or 1, left=left or 1, bottom=bottom or LAST_ROW, right=right or MOST_COLUMNS)


def _cell(cell: dict[str, Any]) -> GridCell:
    value, kind = cell["value"], KINDS.get(cell["data_type"])
    if kind is None:
        kind = "text" if isinstance(value, str) else "number"
    return GridCell.of(_text(value), kind, is_computed=cell["is_computed"] and kind != "formula")


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

"""A report as XLSX: the tables of the report, and one row behind every figure."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from ..targets import Share
from .appendices import figures_table
from .blocks import (
    Align,
    Block,
    Cell,
    Chart,
    Heading,
    Paragraph,
    Table,
    appendix_name,
    cell_text,
    fill,
    report_toml,
)
from .report import Report

#: A column's width in characters, for a width in millimetres.
CHARACTERS = 0.62
#: How wide a worksheet without tables is, in characters, and how high a line is, in points.
WIDE, HIGH = 110.0, 17.0


FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


def write_xlsx(report: Report) -> bytes:
    """Returns an XLSX, the same bytes for the same report. No text becomes a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    taken = report.figures.taken_on
    book.set_properties(
        {
            "title": report.subject,
            "author": report.letterhead.agency,
            "created": datetime(taken.year, taken.month, taken.day),
        }
    )
    writer = _WorkbookWriter(book, report)
    for worksheet in _worksheets(report):
        writer.put(worksheet)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, kw_only=True)
class ReportWorksheet:
    """One worksheet of the workbook."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    has_filter: bool = False


def _worksheets(report: Report) -> Iterator[ReportWorksheet]:
    words = report_toml("report")
    names = words["workbook"]
    targets: tuple[Block, ...] = (report.targets,)
    if report.progress is not None:
        heading = report.progress_title
        targets = (*targets, Heading(text=heading, level=2), report.progress)
    yield ReportWorksheet(name=names["targets"], title=words["assessment"]["title"], blocks=targets)
    yield ReportWorksheet(
        name=names["figures"], title=names["figures"], blocks=(figures_table(report.rows),), has_filter=True
    )
    for appendix in report.appendices.values():
        yield ReportWorksheet(name=appendix_name(appendix), title=appendix.title, blocks=appendix.blocks)


def _widths(tables: Sequence[Table]) -> list[float]:
    """Returns each column's width, the widest any table asks for; without tables, one wide column."""
    if not tables:
        return [WIDE]
    count = max(len(table.columns) for table in tables)
    asked = [[table.columns[at].width for table in tables if at < len(table.columns)] for at in range(count)]
    return [max(max(widths) * CHARACTERS, 6) for widths in asked]


def _is_bold(block: Heading | Paragraph) -> bool:
    return isinstance(block, Heading) or block.kind == "caption"


class _WorkbookWriter:
    """A workbook being written, with its formats."""

    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.report = book, report
        self.formats: dict[tuple[object, ...], Any] = {}

    def put(self, content: ReportWorksheet) -> None:
        worksheet = self.book.add_worksheet(content.name)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(1, 0)
        words = report_toml("report")
        widths = _widths([block for block in content.blocks if isinstance(block, Table)])
        for at, width in enumerate(widths):
            worksheet.set_column(at, at, width)
        title = fill(
            words["workbook"]["title"],
            title=content.title,
            period=self.report.period,
            until=self.report.so_far,
        )
        at = self._line(worksheet, 0, title, widths, bold=True)
        if self.report.is_synthetic:
            at = self._line(worksheet, at, words["marks"]["synthetic"], widths, bold=True)
        for block in content.blocks:
            if isinstance(block, Table):
                at = self._table(worksheet, at + 1, block, is_only=content.has_filter)
            elif not isinstance(block, Chart):
                at = self._line(worksheet, at, block.text, widths, bold=_is_bold(block))

    def _line(self, worksheet: Any, at: int, text: str, widths: Sequence[float], *, bold: bool) -> int:
        """Writes a text across the worksheet's columns, as high as it needs; returns the next row."""
        shape = self._format(text, bold=bold, grid=False, align="left")
        width = sum(widths)
        if len(widths) > 1:
            worksheet.merge_range(at, 0, at, len(widths) - 1, "", shape)
        worksheet.write_string(at, 0, text, shape)
        worksheet.set_row(at, HIGH * ceil((len(text) + 1) / width))
        return at + 1

    def _table(self, worksheet: Any, at: int, table: Table, *, is_only: bool) -> int:
        for column, head in enumerate(table.columns):
            worksheet.write_string(at, column, head.head, self._format(head.head, bold=True, align="centre"))
        if is_only:
            worksheet.freeze_panes(at + 1, 0)
            worksheet.autofilter(at, 0, at + len(table.rows), len(table.columns) - 1)
            worksheet.repeat_rows(at)
        for row in table.rows:
            at += 1
            is_total = table.has_total and row is table.rows[-1]
            for column, (cell, spec) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(worksheet, at, column, cell, bold=is_total, align=spec.align)
        return at + 2

    def _cell(self, worksheet: Any, at: int, column: int, cell: Cell, *, bold: bool, align: Align) -> None:
        if isinstance(cell, Share) and cell.tenths is not None:
            shape = self._format("", bold=bold, align=align, number="0.0%")
            worksheet.write_number(at, column, cell.tenths / 1000, shape)
        elif isinstance(cell, int):
            worksheet.write_number(at, column, cell, self._format("", bold=bold, align=align, number="#,##0"))
        else:
            text = cell_text(cell)
            worksheet.write_string(at, column, text, self._format(text, bold=bold, align=align))

    def _format(
        self, text: str, *, bold: bool, align: Align, grid: bool = True, number: str = "General"
    ) -> Any:
        """Returns a format that quotes text which might be read as a formula when somebody edits it."""
        is_quoted = text[:1] in FORMULA_STARTS if text else False
        key = (bold, align, grid, number, is_quoted)
        if key not in self.formats:
            shape = {
                "font_name": "Times New Roman",
                "font_size": 12,
                "bold": bold,
                "align": {"centre": "center"}.get(align, align),
                "valign": "vcenter" if grid else "top",
                "text_wrap": True,
                "border": int(grid),
                "num_format": number,
                "quote_prefix": is_quoted,
            }
            self.formats[key] = self.book.add_format(shape)
        return self.formats[key]

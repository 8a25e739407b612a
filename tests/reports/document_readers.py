"""What stands in a finished document, read back as a reader would."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import openpyxl
from docx import Document

from taphuan.reports.blocks import Table, cell_text

NBSP = "\N{NO-BREAK SPACE}"
Rows = list[list[str]]


def plain(text: str) -> str:
    """One spelling of spaces and of the dash in a range of numbers, which each writer sets its own way."""
    return re.sub(r"(?<=\d)–(?=\d)", "-", " ".join(text.replace(NBSP, " ").split()))


def tables_of(blocks: Any) -> list[Rows]:
    """The tables of blocks as words."""
    return [
        [
            [plain(cell_text(cell)) for cell in row]
            for row in ([column.head for column in block.columns], *block.rows)
        ]
        for block in blocks
        if isinstance(block, Table)
    ]


# --- DOCX -------------------------------------------------------------------------------------


def docx_tables(data: bytes) -> list[Rows]:
    """The tables of figures: those with a head and a grid."""
    tables = Document(io.BytesIO(data)).tables
    return [
        [[plain(cell.text) for cell in row.cells] for row in table.rows]
        for table in tables
        if len(table.rows) > 1
    ]


def docx_text(data: bytes) -> str:
    """All paragraphs, those of tables included."""
    document = Document(io.BytesIO(data))
    inside = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return plain("\n".join([*(line.text for line in document.paragraphs), *inside]))


# --- XLSX -------------------------------------------------------------------------------------


def xlsx_tables(data: bytes, sheet: str) -> list[Rows]:
    """The gridded parts of a sheet, each cell as Vietnamese Excel shows it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    tables: list[Rows] = []
    for row in book[sheet].iter_rows():
        cells = [cell for cell in row if cell.border.left.style]
        is_head = bool(cells) and bool(cells[0].font.bold) and bool(cells[0].value)
        if is_head and cells[0].alignment.horizontal == "center":
            tables.append([])
        if cells:
            tables[-1].append([_shown(cell) for cell in cells])
    return tables


def _shown(cell: Any) -> str:
    if cell.data_type == "n" and cell.value is not None:
        if cell.number_format == "0.0%":
            return f"{cell.value * 100:.1f}%".replace(".", ",")
        return f"{cell.value:,}".replace(",", ".")
    return plain(str(cell.value)) if cell.value is not None else ""


def xlsx_text(data: bytes) -> dict[str, str]:
    """The words of each sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: plain(
            " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        )
        for sheet in book
    }


# --- HTML -------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.words: list[str] = []
        self.is_in_cell = self.is_in_style = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.is_in_cell = True
        self.is_in_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.is_in_cell = self.is_in_cell and tag not in ("td", "th")
        self.is_in_style = False

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.tables[-1][-1][-1] += data
        if not self.is_in_style:
            self.words.append(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def html_tables(html: str) -> list[Rows]:
    return [[[plain(cell) for cell in row] for row in table] for table in _read(html).tables]


def html_text(html: str) -> str:
    return plain("".join(_read(html).words))

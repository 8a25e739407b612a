"""Bytes in, sheets of typed cells out; or the reason why not."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font
from roster_lists import ANH, HEADINGS, MAY, proposal, with_part, workbook

from taphuan.roster_import import grid as limits
from taphuan.roster_import import spreadsheet_file as xlsx
from taphuan.roster_import.file_reader import MOST_BYTES, read_file
from taphuan.roster_import.grid import Area, Grid, GridCell

SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def grid_of(content: bytes) -> Grid:
    (grid,) = read_file(content, "a.xlsx").grids
    return grid


def cells_of(content: bytes) -> dict[str, GridCell]:
    grid = grid_of(content)
    return {
        grid.spot(row.number, column).cell: cell for row in grid.rows for column, cell in row.cells.items()
    }


def code_of(content: bytes) -> str:
    (notice,) = read_file(content, "a.xlsx").notices
    return notice.code


def sheet_xml(rows: str, after: str = "") -> bytes:
    return f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def test_a_sheet_is_its_filled_cells() -> None:
    content = workbook(ANH, (), MAY)
    grid = grid_of(content)
    assert grid.name == "Danh sách"
    assert [row.number for row in grid.rows] == [1, 2, 4]
    assert {column: cell.text for column, cell in grid.rows[1].cells.items()} == dict(enumerate(ANH, 1))


def test_a_book_knows_the_hash_of_its_bytes() -> None:
    content = workbook(ANH)
    assert read_file(content, "a.xlsx").sha256 == hashlib.sha256(content).hexdigest()


def test_cells_keep_their_kind() -> None:
    row = (
        "chữ",
        12,
        3445.0,
        1.5,
        True,
        date(1980, 2, 3),
        datetime(1980, 2, 3, 4, 5),
        time(7, 30),
        "=A1+1",
        "#N/A",
    )
    cells = cells_of(workbook(row, headings=()))
    assert [(cell.text, cell.kind) for cell in cells.values()] == [
        ("chữ", "text"),
        ("12", "number"),
        ("3445", "number"),
        ("1.5", "number"),
        ("True", "flag"),
        ("1980-02-03", "date"),
        ("1980-02-03 04:05:00", "date"),
        ("07:30:00", "date"),
        ("=A1+1", "formula"),
        ("#N/A", "error"),
    ]


def test_a_formula_is_read_as_what_it_gave_and_known_as_one() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, '="Lò Văn"&" Ánh"', None, "Lò Văn Ánh")
        sheet.write_array_formula("B1:B2", "{=LEN(A1:A2)}", None, 3)
        sheet.write_formula(2, 0, "=A4")
    cells = cells_of(buffer.getvalue())
    assert (cells["A1"].text, cells["A1"].kind, cells["A1"].is_computed) == ("Lò Văn Ánh", "text", True)
    assert (cells["B1"].text, cells["B1"].kind, cells["B1"].is_computed) == ("3", "number", True)
    assert (cells["A3"].text, cells["A3"].kind, cells["A3"].is_computed) == ("=A4", "formula", False)


def test_shared_formulas_are_never_worked_out() -> None:
    long = "A1+" * 2_000 + "1"
    rows = "".join(f'<row r="{r}"><c r="A{r}"><f t="shared" si="0"/></c></row>' for r in range(2, 30))
    first = f'<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A30">{long}</f></c></row>'
    grid = grid_of(with_part(workbook(), SHEET, sheet_xml(first + rows)))
    assert {row.cells[1].kind for row in grid.rows} <= {"formula", "overlong"}
    assert len(grid.rows) == 29


def test_pieces_of_differently_formatted_text_are_one_text() -> None:
    pieces = "<is><r><t>Lò </t></r><r><rPr><b/></rPr><t>Văn Ánh</t></r></is>"
    row = f'<row r="1"><c r="A1" t="inlineStr">{pieces}</c></row>'
    assert cells_of(with_part(workbook(), SHEET, sheet_xml(row)))["A1"].text == "Lò Văn Ánh"


def test_a_carriage_return_as_excel_writes_it_is_a_line_end() -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Lò_x000D_\nVăn</t></is></c></row>'
    assert cells_of(with_part(workbook(), SHEET, sheet_xml(row)))["A1"].text == "Lò\r\nVăn"


def test_merged_areas_and_hidden_rows_are_told() -> None:
    def shape(sheet: Any) -> None:
        sheet.merge_cells("C2:C3")
        sheet.row_dimensions[3].hidden = True

    grid = grid_of(workbook(ANH, MAY, shape=shape))
    assert grid.merged == (Area(top=2, left=3, bottom=3, right=3),)
    assert [row.number for row in grid.rows if row.is_hidden] == [3]


@pytest.mark.parametrize("ref", ["A2:XFD2", "A1:A60000", "B3"])
def test_a_merged_area_may_be_a_whole_row(ref: str) -> None:
    xml = sheet_xml(
        "<row r='1'><c r='A1' t='str'><v>a</v></c></row>",
        f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>',
    )
    (area,) = grid_of(with_part(workbook(), SHEET, xml)).merged
    assert area.top <= area.bottom
    assert area.left <= area.right


def test_hidden_sheets_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    hidden = book.create_sheet("Cũ")
    hidden.sheet_state = "hidden"
    book.create_sheet("Rất ẩn").sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [grid.is_hidden for grid in read_file(buffer.getvalue(), "a").grids] == [False, True, True]


def test_a_sheet_may_lie_about_its_size() -> None:
    xml = sheet_xml(
        '<row r="1048576"><c r="XFD1048576" t="str"><v>xa</v></c><c r="A1048576" t="str"><v>a</v></c></row>'
    )
    xml = xml.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    (row,) = grid_of(with_part(workbook(), SHEET, xml)).rows
    assert row.number == 1_048_576
    assert list(row.cells) == [1]


def test_more_rows_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    assert read_file(workbook(ANH, MAY), "a").notices == ()
    (notice,) = read_file(workbook(ANH, MAY, ANH), "a").notices
    assert (notice.code, notice.spot.worksheet, notice.values) == (
        "too-many-rows",
        "Danh sách",
        {"most": "3"},
    )
    assert limits.MOST_ROWS == 50_000


def test_more_sheets_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_WORKSHEETS", 0)
    assert code_of(workbook(ANH)) == "too-many-sheets"


def test_an_overlong_cell_is_cut_and_said_to_be() -> None:
    cell = cells_of(workbook(("a" * 5_000,), headings=()))["A1"]
    assert (len(cell.text), cell.kind) == (limits.LONGEST_CELL, "overlong")


def test_odd_settings_of_a_sheet_do_not_hinder_reading() -> None:
    """openpyxl itself gives up on a validation or a margin it does not know."""
    odd = (
        '<dataValidations count="1"><dataValidation type="nonsense" sqref="A1"/></dataValidations>'
        '<pageMargins left="rộng"/><extLst><ext uri="{0}"/></extLst>'
    )
    row = '<row r="1"><c r="A1" t="str"><v>Lò</v></c></row>'
    assert cells_of(with_part(workbook(), SHEET, sheet_xml(row, odd)))["A1"].text == "Lò"


def test_fonts_and_colours_do_not_matter() -> None:
    def shape(sheet: Any) -> None:
        for cell in sheet[2]:
            cell.font = Font(bold=True, color="FF0000")

    assert proposal(workbook(ANH, shape=shape)).can_be_frozen


def test_a_file_over_ten_megabytes_is_not_opened() -> None:
    assert code_of(b"PK\x03\x04" + b"x" * MOST_BYTES) == "file-too-big"
    assert code_of(b"a" * (MOST_BYTES + 1)) == "file-too-big"


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert code_of(content) == "empty-file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-office-file"),
        (b"\xd0\xcf\x11\xe0" + "\0WordDocument\0".encode("utf-16-le"), "old-word-file"),
        (b"\xd0\xcf\x11\xe0" + "\0Workbook\0".encode("utf-16-le"), "broken-workbook"),
        (b"\xd0\xcf\x11\xe0" + "\0EncryptedPackage\0".encode("utf-16-le"), "locked-workbook"),
        (b"%PDF-1.7 ...", "picture-file"),
        (b"<html><table><tr><td>H\xe1\xbb\x8d", "not-a-list"),
        (b'\xef\xbb\xbf\r\n<?xml version="1.0"?><Workbook/>', "not-a-list"),
        (b"{\\rtf1 danh sach}", "rich-text-file"),
        (b"\x89PNG\r\n\x1a\n", "picture-file"),
        (b"\xff\xd8\xff\xe0JFIF", "picture-file"),
        (b"PK\x03\x04", "broken-workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "broken-workbook"),
    ],
)
def test_the_bytes_say_what_a_file_is_whatever_its_name(content: bytes, code: str) -> None:
    assert code_of(content) == code

"""Lists as tables of Word documents, as python-docx writes them and as raw XML."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from roster_lists import ANH, HEADINGS, MAY, parts_of, proposal, with_part, workbook

from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.grid import Area, Book

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def raw(body: str) -> bytes:
    """A document with this body, as little as one can be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        whole = f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", whole)
    return buffer.getvalue()


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(map(cell, row)) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def cell(text: str, about: str = "") -> str:
    return f"<w:tc><w:tcPr>{about}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def texts(book: Book) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for grid in book.grids for row in grid.rows]


def test_who_is_struck_out_in_word_is_asked_about() -> None:
    struck = "<w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Lò Văn Ánh</w:t></w:r></w:p></w:tc>"
    rows = table(HEADINGS, MAY).replace("</w:tbl>", "")
    proposed = proposal(raw(f"{rows}<w:tr>{struck}{cell('Y sĩ')}{cell('Xã Pa Ủ')}</w:tr></w:tbl>"))
    assert [each.code for each in proposed.findings if each.topic] == ["struck-out"]
    assert [row.entry.full_name for row in proposed.rows] == [MAY[0]]


def test_a_list_in_word_is_read_with_its_letterhead_above_and_its_total_below() -> None:
    document = docx.Document()
    head = document.add_table(rows=1, cols=2)
    head.cell(0, 0).text, head.cell(0, 1).text = "UBND XÃ PA Ủ", "CỘNG HÒA\nĐộc lập"
    document.add_paragraph("DANH SÁCH")
    list_ = document.add_table(rows=3, cols=3)
    for number, row in enumerate((HEADINGS, ANH, MAY)):
        for column, text in enumerate(row):
            list_.cell(number, column).text = text
    document.add_paragraph("Tổng cộng: 2 người")
    buffer = io.BytesIO()
    document.save(buffer)
    book = read_file(buffer.getvalue(), "a.docx")
    assert [grid.name for grid in book.grids] == ["Bảng 1"]
    above = [["UBND XÃ PA Ủ"], ["CỘNG HÒA"], ["Độc lập"], ["DANH SÁCH"]]
    assert texts(book) == [*above, [*HEADINGS], [*ANH], [*MAY], ["Tổng cộng: 2 người"]]
    proposed = proposal(buffer.getvalue())
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0], MAY[0]]
    assert proposed.rows[0].spot.cell == "A2"


def test_merged_cells_deleted_and_hidden_text_are_seen_as_word_shows_them() -> None:
    runs = (
        "<w:tc><w:p><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del><w:ins><w:r><w:t>Lò</w:t></w:r></w:ins>"
        "<w:r><w:tab/><w:t>Văn</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Ánh</w:t><w:br/><w:t>Ón</w:t></w:r></w:p></w:tc>"
    )
    wide = '<w:gridSpan w:val="2"/>'
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        f"<w:tbl><w:tr>{runs}{cell('a', begins)}{cell('b', wide)}{cell('c')}</w:tr>"
        f"<w:tr>{cell('d')}{cell('', goes_on)}{cell('e')}{cell('f')}{cell('g')}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell('xóa')}</w:tr></w:tbl>"
    )
    book = read_file(raw(body), "a.docx")
    assert texts(book) == [["Lò Văn\nÁnh\nÓn", "a", "b", "c"], ["d", "e", "f", "g"]]
    assert set(book.grids[0].merged) == {
        Area(top=1, left=3, bottom=1, right=4),
        Area(top=1, left=2, bottom=2, right=2),
    }


def test_a_document_without_a_table_is_named_as_such() -> None:
    (notice,) = read_file(raw("<w:p><w:r><w:t>Lò Văn Ánh</w:t></w:r></w:p>"), "a.docx").notices
    assert notice.code == "no-table"


def test_headings_are_told_by_the_rows_of_their_own_table() -> None:
    title = "<w:p><w:r><w:t>DANH SÁCH</w:t></w:r></w:p>" * 3
    first = proposal(raw(title + table(HEADINGS, ANH, MAY)))
    assert "headings-not-first" not in [finding.code for finding in first.findings]
    third = proposal(raw(title + table(("UBND xã Pa Ủ", "", "a"), ("Tháng", "b", "c"), HEADINGS, ANH)))
    (finding,) = (finding for finding in third.findings if finding.code == "headings-not-first")
    assert (finding.cell, finding.message[:24]) == ("3", "hàng tiêu đề ở hàng 3; c")


def test_the_bytes_say_what_a_file_is_and_not_its_name() -> None:
    word, excel = raw(table(HEADINGS, ANH, MAY)), workbook(ANH, MAY)
    for content, name in ((word, "danh-sach.xlsx"), (word, "a.csv"), (excel, "danh-sach.docx"), (excel, "a")):
        assert [row.entry.full_name for row in proposal(content, name=name).rows] == [ANH[0], MAY[0]]


@pytest.mark.parametrize(
    "kind",
    [
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
        "openxmlformats-officedocument.wordprocessingml.template",
    ],
)
def test_a_document_with_macros_and_a_template_are_read_like_any_other(kind: str) -> None:
    types = TYPES.replace("openxmlformats-officedocument.wordprocessingml.document", kind)
    proposed = proposal(with_part(raw(table(HEADINGS, ANH)), "[Content_Types].xml", types.encode()))
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0]]


@pytest.mark.parametrize("ending", ["sheet.macroEnabled", "template.macroEnabled"])
def test_a_workbook_with_macros_is_read_like_any_other(ending: str) -> None:
    usual = workbook(ANH, MAY)
    types = parts_of(usual)["[Content_Types].xml"].replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main", f"ms-excel.{ending}.main".encode()
    )
    assert b"ms-excel" in types
    content = with_part(
        with_part(usual, "[Content_Types].xml", types), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"
    )
    proposed = proposal(content, name="danh-sach.xlsm")
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0], MAY[0]]


def test_strict_open_xml_is_read_like_what_word_writes_by_default() -> None:
    usual = raw(table(HEADINGS, ANH, MAY))
    strict = parts_of(usual)["word/document.xml"].replace(MAIN.encode(), STRICT)
    proposed = proposal(with_part(usual, "word/document.xml", strict))
    assert [row.entry.full_name for row in proposed.rows] == [ANH[0], MAY[0]]


@pytest.mark.parametrize("where", ["choice", "picture"])
def test_a_letterhead_in_a_text_box_is_read_once_above_the_table(where: str) -> None:
    inside = "<w:txbxContent><w:p><w:r><w:t>UBND XÃ PA Ủ</w:t></w:r></w:p></w:txbxContent>"
    drawn = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    if where == "choice":
        shape = f"<w:drawing><v:txbx>{inside}</v:txbx></w:drawing>"
        either = f"<v:Choice>{shape}</v:Choice><v:Fallback>{drawn}</v:Fallback>"
        drawn = f"<v:AlternateContent>{either}</v:AlternateContent>"
    box = f'<w:p xmlns:v="urn:v"><w:r>{drawn}</w:r><w:r><w:t>DANH SÁCH</w:t></w:r></w:p>'
    content = raw(box + table(("Họ và tên", "Chức vụ"), ANH[:2], MAY[:2]))
    assert texts(read_file(content, "a"))[:2] == [["UBND XÃ PA Ủ"], ["DANH SÁCH"]]
    assert {row.entry.unit for row in proposal(content).rows} == {"03442"}

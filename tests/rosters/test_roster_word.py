"""Lists as tables of Word documents, as python-docx writes them and as raw XML."""

from __future__ import annotations

import io
import zipfile

import docx
from roster_lists import ANH, HEADINGS, MAY, proposal

from generator.rosters.book import Area, Book
from generator.rosters.reading import read

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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
    book = read(buffer.getvalue(), "a.docx")
    assert [grid.name for grid in book.grids] == ["Bảng 1"]
    above = [["UBND XÃ PA Ủ"], ["CỘNG HÒA"], ["Độc lập"], ["DANH SÁCH"]]
    assert texts(book) == [*above, [*HEADINGS], [*ANH], [*MAY], ["Tổng cộng: 2 người"]]
    found = proposal(buffer.getvalue())
    assert [row.entry.full_name for row in found.rows] == [ANH[0], MAY[0]]
    assert found.rows[0].spot.cell == "A2"


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
    book = read(raw(body), "a.docx")
    assert texts(book) == [["Lò Văn\nÁnh\nÓn", "a", "b", "c"], ["d", "e", "f", "g"]]
    assert set(book.grids[0].merged) == {
        Area(top=1, left=3, bottom=1, right=4),
        Area(top=1, left=2, bottom=2, right=2),
    }


def test_a_document_without_a_table_is_named_as_such() -> None:
    (notice,) = read(raw("<w:p><w:r><w:t>Lò Văn Ánh</w:t></w:r></w:p>"), "a.docx").notices
    assert notice.code == "no-table"


def test_nesting_without_end_and_a_cell_without_end_are_refused() -> None:
    for body in ("<w:p>" * 5_000 + "</w:p>" * 5_000, table(("a" * 5_000_000,))):
        book = read(raw(body), "a.docx")
        assert book.grids == ()
        assert [notice.code for notice in book.notices] in (["part-too-big"], ["archive-ratio"])

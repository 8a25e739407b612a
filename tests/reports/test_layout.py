"""The DOCX is laid out as Decree 30/2020 asks."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from document_readers import docx_text, html_text, plain
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from fixtures_reports import HALF, INVENTED, PLAN, WHOLE, make_report
from fixtures_targets import H1, SERVED

from taphuan.reports import Letterhead, Report, build_report, known_letterhead, write_docx, write_html


def opened(report: Report) -> Any:
    return Document(io.BytesIO(write_docx(report)))


def lines(document: Any) -> list[str]:
    return [plain(line.text) for line in document.paragraphs]


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    for section in opened(WHOLE).sections:
        size = (section.page_width, section.page_height)
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(length.mm) for length in (*size, *margins)] == [210, 297, 20, 20, 30, 20]


def test_the_page_number_is_centred_in_the_top_margin_from_page_two() -> None:
    first = opened(WHOLE).sections[0]
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    (line,) = first.header.paragraphs
    assert line.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert line._p.findall(f".//{qn('w:instrText')}")[0].text.strip() == "PAGE"


def test_each_appendix_counts_its_own_pages() -> None:
    appendices = opened(WHOLE).sections[1:]
    assert len(appendices) == len(WHOLE.appendices) == 6
    for section in appendices:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert not section.different_first_page_header_footer


def test_everything_is_times_new_roman_of_one_size_in_black() -> None:
    document = opened(WHOLE)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "Times New Roman"
        }
        assert style.font.size == Pt(13)
        assert style.element.rPr.find(qn("w:color")) is None
    assert {run.font.size for line in document.paragraphs for run in line.runs} <= {None, Pt(14), Pt(1)}


def test_the_head_names_nation_agency_number_and_place() -> None:
    ours, nation = opened(WHOLE).tables[0].rows[0].cells
    assert [line.text for line in ours.paragraphs if line.text] == [
        "UBND TỈNH MẪU",
        "SỞ MẪU",
        "Số: …/BC-…",
    ]
    assert [line.text for line in nation.paragraphs if line.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày … tháng … năm …",
    ]
    bold = [bool(line.style.font.bold) for line in ours.paragraphs if line.text]
    assert bold == [False, True, False]


def test_nothing_of_the_template_is_left_to_be_filled_in() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(INVENTED))) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.startswith("word/")]
    assert not [part for part in parts if "{{" in part or "{%" in part]


def test_a_line_stands_below_agency_motto_and_subject() -> None:
    document = opened(WHOLE)
    borders = document.element.body.findall(f".//{qn('w:pBdr')}")
    assert len(borders) == 3


def test_sections_follow_the_plan_in_order() -> None:
    document = opened(WHOLE)
    heads = [
        plain(paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert [head for head in heads if head.split(".")[0] in {"I", "II", "III", "IV", "V", "VI"}] == [
        "I. ĐẶC ĐIỂM TÌNH HÌNH",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ THEO CHỈ TIÊU",
        "IV. KHÓ KHĂN, HẠN CHẾ, NGUYÊN NHÂN",
        "V. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2027",
        "VI. ĐỀ XUẤT, KIẾN NGHỊ",
    ]
    assert [head for head in heads if "Nhóm" in head] == [f"{n}. Nhóm {n}" for n in range(1, 6)]


def test_each_measure_is_told_under_its_group_of_tasks() -> None:
    text = docx_text(write_docx(WHOLE))
    order = ["1. Nhóm 1", "Có kế hoạch: [", "2. Nhóm 2", "hoạt động truyền thông với", "3. Nhóm 3"]
    order += ["Người được hỗ trợ: 31/40", "4. Nhóm 4", "Tin được xử lý: không phát sinh", "5. Nhóm 5"]
    order += ["2 lớp tập huấn với 37 lượt người dự"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_programme_without_these_groups_tells_the_rest_at_the_end() -> None:
    shorter = PLAN.charter.plan.model_copy(update={"tasks": PLAN.charter.plan.tasks[:1]})
    few = replace(PLAN, charter=PLAN.charter.model_copy(update={"plan": shorter}))
    text = docx_text(write_docx(build_report(few, make_report().figures, H1)))
    assert text.index("2. Kết quả khác") < text.index("hoạt động truyền thông với") < text.index("III.")


def test_a_target_that_names_no_task_is_told_at_the_end() -> None:
    targets = dict(PLAN.charter.targets) | {"served": SERVED.model_copy(update={"task": None})}
    other = replace(PLAN, charter=PLAN.charter.model_copy(update={"targets": targets}))
    text = docx_text(write_docx(build_report(other, WHOLE.figures, WHOLE.period)))
    assert text.index("6. Kết quả khác") < text.index("Người được hỗ trợ: 31/40")


def test_only_a_yearly_report_looks_ahead_to_the_targets_year() -> None:
    assert "2. Tiến độ đến năm 2030" in lines(opened(WHOLE))
    half = lines(opened(HALF))
    assert "Kết quả từng chỉ tiêu" in half
    assert not any("Tiến độ đến năm 2030" in line for line in half)


def test_tables_repeat_their_head_and_break_no_row() -> None:
    tables = [table for table in opened(WHOLE).tables if len(table.rows) > 1]
    assert len(tables) == 7
    for table in tables:
        head, *rows = table.rows
        assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in (head, *rows))
        assert round(sum(cell.width for cell in head.cells) / Mm(1)) == 160


def test_neither_the_first_row_of_a_table_nor_the_last_stands_alone_on_a_page() -> None:
    tables = [table for table in opened(WHOLE).tables if len(table.rows) > 1]
    assert max(len(table.rows) for table in tables) > 5
    for table in tables:
        held = [
            all(line.paragraph_format.keep_with_next for cell in row.cells for line in cell.paragraphs)
            for row in table.rows
        ]
        last = len(held) - 1
        assert held == [at in (0, 1, last - 1) and at != last for at in range(len(held))]


def test_the_foot_leaves_the_signature_to_the_one_who_signs() -> None:
    copies, signature = opened(WHOLE).tables[-6].rows[0].cells
    assert [plain(line.text) for line in copies.paragraphs] == [
        "Nơi nhận:",
        "- Như trên;",
        "- [các cơ quan nhận: đơn vị điền];",
        "- Lưu: VT, [đơn vị soạn thảo: đơn vị điền].",
    ]
    assert [plain(line.text) for line in signature.paragraphs] == [
        "[quyền hạn, chức vụ người ký: đơn vị điền]",
        "[họ và tên người ký: đơn vị điền]",
    ]


def test_blanks_are_shaded() -> None:
    runs = [run for line in opened(WHOLE).paragraphs for run in line.runs]
    shaded = [run for run in runs if run._r.find(f".//{qn('w:shd')}") is not None]
    assert {run.text[0] for run in shaded} == {"["}
    assert len(shaded) == sum(run.text.startswith("[") for run in runs)


def test_the_file_names_its_title_and_no_clock() -> None:
    said = opened(WHOLE).core_properties
    assert said.title == WHOLE.subject
    assert (said.author, said.language, said.created.date()) == ("Sở Mẫu", "vi-VN", WHOLE.figures.taken_on)
    with zipfile.ZipFile(io.BytesIO(write_docx(WHOLE))) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [entry.filename for entry in packed.infolist() if "thumbnail" in entry.filename]


# --- who reports ------------------------------------------------------------------------------


def test_the_coordinator_reports_to_the_province_itself() -> None:
    assert "Kính gửi: Ủy ban nhân dân tỉnh Mẫu" in lines(opened(WHOLE))
    assert known_letterhead(PLAN).superior == "UBND tỉnh Mẫu"


def test_a_commune_reports_through_the_coordinator() -> None:
    document = opened(make_report(unit="00002"))
    ours, nation = document.tables[0].rows[0].cells
    assert [line.text for line in ours.paragraphs if line.text] == [
        "ỦY BAN NHÂN DÂN",
        "XÃ SỐ 2",
        "Số: …/BC-UBND",
    ]
    assert plain(nation.paragraphs[-1].text) == "Số 2, ngày … tháng … năm …"
    assert "Kính gửi: Ủy ban nhân dân tỉnh Mẫu (qua Sở Mẫu)" in lines(document)


def test_a_commune_speaks_of_itself() -> None:
    text = docx_text(write_docx(make_report(unit="00001")))
    assert "Trong kỳ đơn vị đã ghi nhận 2 hoạt động truyền thông với 2.468 lượt người dự." in text
    assert "Duy trì truyền thông thường xuyên: có." in text
    assert "Đã ban hành Kế hoạch số 11/KH-UBND, ngày 05/01/2026." in text
    assert "Cán bộ tỉnh" not in text


def test_what_the_office_says_stands_where_the_blanks_were() -> None:
    said = Letterhead(
        agency="Sở Mẫu",
        superior="UBND tỉnh Mẫu",
        symbol="SM",
        place="Mẫu",
        recipient="Ủy ban nhân dân tỉnh Mẫu; Bộ Mẫu",
        number="07",
        dated=date(2027, 1, 5),
        cut_off=date(2026, 12, 14),
        due=date(2026, 12, 20),
        copies=("Lãnh đạo Sở", "Lưu trữ tỉnh;"),
    )
    signed = make_report(letterhead=said)
    for text in (docx_text(write_docx(signed)), html_text(write_html(signed))):
        assert "Số: 07/BC-SM" in text
        assert "Mẫu, ngày 05 tháng 01 năm 2027" in text
        assert "ngày chốt số liệu: 14/12/2026; hạn nộp: 20/12/2026." in text
        assert "- Lãnh đạo Sở;" in text
        assert "(Kèm theo Báo cáo số 07/BC-SM ngày 05 tháng 01 năm 2027 của Sở Mẫu)" in text


@pytest.mark.parametrize(("taken_on", "is_said"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_figures_taken_before_the_periods_end_say_so(taken_on: date, is_said: bool) -> None:
    text = docx_text(write_docx(make_report(taken_on=taken_on)))
    assert ("kỳ báo cáo chưa kết thúc, nên số liệu" in text) == is_said

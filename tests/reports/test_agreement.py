"""Screen, DOCX, XLSX and the PDF's HTML say the same, to the last digit, byte for byte each time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from document_readers import (
    docx_tables,
    docx_text,
    html_tables,
    html_text,
    plain,
    tables_of,
    xlsx_tables,
    xlsx_text,
)
from fixtures_reports import INVENTED, PLAN, WHOLE, known_figures, make_report
from fixtures_targets import YEAR

from taphuan.reports import Report, printable_report, report_rows, write_docx, write_html, write_xlsx
from taphuan.reports.blocks import Heading, Paragraph, appendix_name
from taphuan.targets import Period

PERIODS = ("2026", "2026H1", "2026H2")


def all_blocks(report: Report) -> list[object]:
    return [*report.body, *(block for appendix in report.appendices.values() for block in appendix.blocks)]


@pytest.mark.parametrize(
    ("period", "unit"), [("2026", None), ("2026H1", None), ("2026H2", "00001"), ("2026", "so-mau")]
)
def test_the_tables_of_every_document_are_the_reports(period: str, unit: str | None) -> None:
    report = make_report(Period.parse(period), unit=unit)
    expected = tables_of(all_blocks(report))
    assert docx_tables(write_docx(report)) == expected
    assert html_tables(write_html(report)) == expected
    book = write_xlsx(report)
    for appendix in report.appendices.values():
        assert xlsx_tables(book, appendix_name(appendix)) == tables_of(appendix.blocks)
    assert xlsx_tables(book, "Chỉ tiêu")[:1] == tables_of([report.targets])


def test_the_words_of_every_document_are_the_reports() -> None:
    written, drawn = docx_text(write_docx(WHOLE)), html_text(write_html(WHOLE))
    texts = [plain(block.text) for block in all_blocks(WHOLE) if isinstance(block, Heading | Paragraph)]
    assert len(texts) > 50
    assert [text for text in texts if text not in drawn] == []
    assert [text for text in texts if text not in written and text.upper() not in written] == []


def test_the_workbook_has_one_row_for_each_figure() -> None:
    (table,) = xlsx_tables(write_xlsx(WHOLE), "Số liệu")
    assert [(row[0], row[2], row[6]) for row in table[1:]] == [
        (row.id, row.label, row.percent) for row in WHOLE.rows
    ]
    numbers = [(row[4], row[5]) for row in table[1:]]
    assert numbers == [
        tuple(
            "" if number is None else f"{number:,}".replace(",", ".")
            for number in (row.numerator, row.denominator)
        )
        for row in WHOLE.rows
    ]


def test_the_screen_shows_the_rows_of_the_report() -> None:
    assert report_rows(PLAN, known_figures(), YEAR) == WHOLE.rows
    assert report_rows(PLAN, known_figures(), YEAR, unit="00001") == make_report(unit="00001").rows


def test_behind_each_number_of_a_table_stands_a_row() -> None:
    known = {
        number for row in WHOLE.rows for number in (row.numerator, row.denominator, *row.evidence.values())
    }
    shares = {row.percent for row in WHOLE.rows}
    for table in tables_of(all_blocks(WHOLE)):
        for row in table[1:]:
            for cell in row[2:]:
                digits = cell.replace(".", "")
                assert cell in shares or not digits.isdigit() or int(digits) in known


@pytest.mark.parametrize("write", [write_docx, write_xlsx, write_html, printable_report])
def test_the_same_report_has_the_same_bytes(write: object) -> None:
    assert callable(write)
    assert write(make_report()) == write(make_report())


def test_an_office_that_says_nothing_gets_blanks_in_every_document() -> None:
    for text in (docx_text(write_docx(WHOLE)), html_text(write_html(WHOLE))):
        assert text.count(": đơn vị điền]") > 20
    assert xlsx_text(write_xlsx(WHOLE))["Chỉ tiêu"].count("[…]") == 13


@pytest.mark.parametrize("period", PERIODS)
def test_no_document_asks_for_a_district(period: str) -> None:
    report = make_report(Period.parse(period))
    texts = [
        docx_text(write_docx(report)),
        html_text(write_html(report)),
        *xlsx_text(write_xlsx(report)).values(),
    ]
    assert not [text for text in texts if "huyện" in text.lower()]


def test_every_document_says_what_marks_prove_and_what_not() -> None:
    honest = "Kết quả trực tuyến không xác nhận được danh tính người làm bài"
    for text in (
        docx_text(write_docx(WHOLE)),
        html_text(write_html(WHOLE)),
        xlsx_text(write_xlsx(WHOLE))["Phụ lục VI"],
    ):
        assert honest in text


def test_every_document_says_where_the_ledger_ended_so_that_two_can_be_compared() -> None:
    whole = make_report(head="1204+380:5f0c2f2e6f4e4a51")
    for text in (
        docx_text(write_docx(whole)),
        html_text(write_html(whole)),
        xlsx_text(write_xlsx(whole))["Phụ lục VI"],
    ):
        assert "Mã đối chiếu dữ liệu: 1204+380:5f0c2f2e6f4e4a51." in text
    assert "Mã đối chiếu" not in docx_text(write_docx(WHOLE))


def test_the_text_of_a_report_has_no_talk_of_the_machine() -> None:
    for unit in (None, "00001"):
        whole = make_report(unit=unit, head="1204+380:5f0c2f2e6f4e4a51")
        said = "\n".join(block.text for block in whole.body if isinstance(block, Heading | Paragraph))
        assert not re.search(r"(?i)máy chủ|mã đối chiếu|1204|mã học viên|hệ thống|\b[A-E]: [0-9]", said)
        *_, last = whole.appendices.values()
        assert last.title == "Cách tính và độ tin cậy của số liệu"
        assert f"nêu tại {appendix_name(last)} kèm theo" in said


MARK = "Dữ liệu mẫu, không có người thật. Không dùng để báo cáo."


def test_an_invented_roster_is_told_on_every_page_and_every_sheet() -> None:
    assert INVENTED.is_synthetic
    book = xlsx_text(write_xlsx(INVENTED))
    assert all(MARK in text for text in book.values())
    pages = 1 + len(INVENTED.appendices)
    assert docx_text(write_docx(INVENTED)).count(MARK) == pages
    assert html_text(write_html(INVENTED)).count(MARK) == pages
    assert f'@bottom-center {{ content: "{MARK}"' in write_html(INVENTED).replace("\N{NO-BREAK SPACE}", " ")
    assert "DỮ LIỆU MẪU, KHÔNG CÓ NGƯỜI THẬT" in next(row.note for row in INVENTED.rows)


def test_a_real_one_has_no_such_mark() -> None:
    texts = [
        docx_text(write_docx(WHOLE)),
        html_text(write_html(WHOLE)),
        *xlsx_text(write_xlsx(WHOLE)).values(),
    ]
    assert not [text for text in texts if "Dữ liệu mẫu" in text]


@pytest.mark.parametrize("period", ["2026", "2026H2"])
def test_every_document_of_a_running_period_says_up_to_which_day(period: str) -> None:
    running = make_report(Period.parse(period), taken_on=date(2026, 11, 25))
    so_far = "tính đến ngày 25/11/2026"
    assert running.subject.endswith(f"năm 2026, {so_far}")
    written, drawn, sheets = (
        docx_text(write_docx(running)),
        html_text(write_html(running)),
        xlsx_text(write_xlsx(running)),
    )
    for text in (written, drawn):
        assert f"; số liệu {so_far};" in text
        assert f"Kết quả từng chỉ tiêu, {so_far}" in text
        assert f"Cán bộ xã được tập huấn: {so_far}, 3/5 người" in text
    for text in (written, drawn, *sheets.values()):
        assert so_far in text
        assert "đến hết ngày" not in text
        assert "31/12/2026" not in text
    assert (
        tables_of(all_blocks(running)) == docx_tables(write_docx(running)) == html_tables(write_html(running))
    )


def test_half_years_of_a_running_year_say_which_ended_which_run_and_which_are_to_come() -> None:
    autumn, spring = (make_report(taken_on=day) for day in (date(2026, 11, 25), date(2026, 3, 10)))
    assert "06 tháng cuối năm 2026 (tính đến ngày 25/11/2026)" in docx_text(write_docx(autumn))
    assert "06 tháng đầu năm 2026 (tính đến ngày 10/3/2026)" in html_text(write_html(spring))
    assert "06 tháng cuối năm 2026 (chưa bắt đầu)" in html_text(write_html(spring))
    assert "đến hết kỳ" not in docx_text(write_docx(autumn))


def test_a_running_period_without_a_roster_does_not_speak_of_its_end() -> None:
    text = docx_text(write_docx(make_report(taken_on=date(2026, 11, 25), rosters=())))
    assert "chưa có danh sách chốt tính đến ngày 25/11/2026" in text
    assert "đến hết kỳ" not in text


def test_a_period_that_has_ended_says_its_last_day() -> None:
    for text in (docx_text(write_docx(WHOLE)), html_text(write_html(WHOLE))):
        assert "Kỳ báo cáo từ ngày 01/01/2026 đến hết ngày 31/12/2026." in text
        assert "Cán bộ xã được tập huấn: đến hết ngày 31/12/2026, 3/5 người" in text
    for text in (
        docx_text(write_docx(WHOLE)),
        html_text(write_html(WHOLE)),
        *xlsx_text(write_xlsx(WHOLE)).values(),
    ):
        assert "tính đến ngày" not in text

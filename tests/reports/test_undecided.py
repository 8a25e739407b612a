"""While it is open how targets are counted, a report has counts, and no verdict in any of its files."""

from __future__ import annotations

import re

import pytest
from document_readers import docx_text, html_text, xlsx_text
from fixtures_reports import PLAN, known_figures, make_report
from fixtures_targets import ANSWERED, ASKED, H1, YEAR, resting

from taphuan.reports import Report, report_rows, write_docx, write_html, write_xlsx
from taphuan.reports.blocks import Heading, Paragraph
from taphuan.targets import Period

OPEN, MADE = resting(PLAN, ASKED), resting(PLAN, ANSWERED)
#: What only somebody may say who knows how the target is to be counted.
VERDICT = re.compile(
    r"(?i)\b(?:chưa đạt|đã đạt|mới đạt|dự kiến đạt|để đạt|còn thiếu|cần thêm)\b|\bĐạt\b"
    r"|(?:duy trì|truyền thông) thường xuyên: (?:có|chưa|[0-9])"
)


def method_of(report: Report) -> list[str]:
    return [
        block.text for block in report.appendices["method"].blocks if isinstance(block, Heading | Paragraph)
    ]


def files(report: Report) -> dict[str, str]:
    return {
        "docx": docx_text(write_docx(report)),
        "html": html_text(write_html(report)),
        "xlsx": " ".join(xlsx_text(write_xlsx(report)).values()),
    }


@pytest.mark.parametrize(("period", "unit"), [(YEAR, None), (H1, None), (YEAR, "00001"), (YEAR, "so-mau")])
def test_no_file_says_whether_a_target_is_reached(period: Period, unit: str | None) -> None:
    for kind, text in files(make_report(period, unit=unit, plan=OPEN)).items():
        assert VERDICT.findall(text) == [], kind
        assert "Cách tính tạm, chờ Sở Mẫu hướng dẫn" in text or unit == "so-mau", kind


def test_the_same_report_says_it_once_that_is_decided() -> None:
    for kind, text in files(make_report(YEAR, plan=MADE)).items():
        assert VERDICT.findall(text), kind
        assert "Cách tính theo 7/HD-SM, ngày 04/5/2026" in text, kind
        assert "Chưa kết luận" not in text, kind


def test_counts_are_the_same_whether_it_is_decided_or_not() -> None:
    def shown(report: Report) -> list[tuple[str, str]]:
        return [(row.id, row.shown) for row in report.rows if row.group == "targets"]

    assert shown(make_report(plan=OPEN)) == shown(make_report(plan=MADE)) == shown(make_report())


def test_a_percentage_is_written_of_a_list_that_a_paper_settled_and_of_nothing_else() -> None:
    percents = {
        row.id: row.percent for row in make_report(plan=OPEN).rows if row.group == "targets" and row.shown
    }
    assert percents == {
        "target.trained": "60,0%",
        "target.communicating": "",
        "target.served": "",
        "target.handled": "",
    }
    said, settled = files(make_report(plan=OPEN)), files(make_report())
    assert not any(re.search("66,7%|77,5%", text) for text in said.values())
    assert all("66,7%" in settled[kind] for kind in ("docx", "html"))


def test_the_outcome_says_that_nothing_is_concluded_where_there_is_a_share() -> None:
    outcomes = {row.id: row.outcome for row in make_report(plan=OPEN).rows if row.group == "targets"}
    assert outcomes["target.trained"] == outcomes["target.communicating"] == "Chưa kết luận"
    assert outcomes["target.province"] == "Chưa có số liệu"
    assert outcomes["target.handled"] == "Không phát sinh"


def test_the_method_tells_what_is_counted_and_for_whom_it_waits() -> None:
    method = method_of(make_report(plan=OPEN))
    counted = "đếm số xã, phường đã ghi nhận ít nhất 01 hoạt động trong mỗi 06 tháng của kỳ"
    assert f"- Xã, phường truyền thông: {counted}. Cách tính tạm, chờ Sở Mẫu hướng dẫn." in method
    assert "- Người được hỗ trợ: cách tính tạm, chờ Sở Mẫu hướng dẫn." in method
    assert any(line.startswith("- Chỗ ghi “Chưa kết luận”") for line in method)
    assert not any("Chưa kết luận" in line for line in method_of(make_report()))


def test_a_commune_is_told_what_it_has_and_not_whether_that_is_regular() -> None:
    report = make_report(unit="00001", plan=OPEN)
    said = (
        "Đơn vị đã ghi nhận ít nhất 01 hoạt động trong mỗi 06 tháng của kỳ: có."
        " Cách tính tạm, chờ Sở Mẫu hướng dẫn."
    )
    assert said in docx_text(write_docx(report))
    rows = {row.id: (row.label, row.words) for row in make_report(plan=OPEN).rows}
    label = "Xã Số 3: đã ghi nhận ít nhất 01 hoạt động trong mỗi 06 tháng của kỳ"
    assert rows["communication.unit.00003.regular"] == (label, "Chưa ghi nhận")


def test_what_follows_from_the_goal_has_no_row() -> None:
    ids = {
        row.id.rpartition(".")[2]
        for row in report_rows(OPEN, known_figures(), YEAR)
        if row.id.startswith("target.")
    }
    assert ids & {"gap", "needed", "expected"} == set()
    assert {"roster-before", "left"} <= ids
    assert make_report(plan=OPEN).progress is None

"""Whatever somebody typed stays text."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from document_readers import docx_text, html_text, xlsx_text
from fixtures_reports import known_figures, make_report
from fixtures_targets import issued
from fixtures_targets import told as entered_figure

from taphuan.reports import Report, write_docx, write_html, write_xlsx

pytestmark = pytest.mark.slow

TYPED = (
    '=HYPERLINK("http://x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "<script>alert(1)</script>",
    "{braces} & [ngoặc]",
    "chuông\x07 và\x0b đứt",
    "https://example.org/",
)


def typed(text: str) -> Report:
    """A report in which somebody typed this wherever the office types."""
    roster = known_figures().rosters[1]
    decided = replace(roster, roster=replace(roster.roster, decision_ref=text))
    plans = (issued("00001", text, date(2026, 1, 5)),)
    return make_report(
        rosters=(decided,), entered=(entered_figure("served", "2026", 31, 40, source=text),), issued=plans
    )


@pytest.mark.parametrize("text", TYPED)
def test_typed_text_is_never_a_formula_a_link_or_markup(text: str) -> None:
    report = typed(text)
    visible = " ".join(text.replace("\x07", " ").replace("\x0b", " ").split())
    assert visible in docx_text(write_docx(report))
    assert visible in html_text(write_html(report))
    assert "<script>" not in write_html(report)
    assert visible in xlsx_text(write_xlsx(report))["Số liệu"]
    for sheet in openpyxl.load_workbook(io.BytesIO(write_xlsx(report))):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


@pytest.mark.parametrize("text", TYPED[:5])
def test_text_that_looks_like_a_formula_is_quoted_for_whoever_edits_it(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(typed(text))))
    cells = [cell for row in book["Số liệu"].iter_rows() for cell in row if cell.value == text]
    assert cells
    assert all(cell.quotePrefix for cell in cells)

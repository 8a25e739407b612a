"""The communes as tiles in a report: a drawing in the PDF, a picture in the DOCX where one can be made."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from document_readers import docx_text, html_text, xlsx_text
from docx import Document
from fixtures_reports import PLAN, make_report
from fixtures_targets import YEAR
from PIL import Image

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.registers import Commune
from taphuan.programme.model.values import ReadOnly
from taphuan.render.raster import png_of
from taphuan.reports import Report, write_docx, write_html, write_xlsx

PLACES = {"00001": (1, 2), "00002": (2, 1), "00003": (2, 2)}
ABSENT = "Bản này không có hình"
#: A picture of one white point.
POINT = io.BytesIO()
Image.new("L", (1, 1), 255).save(POINT, "PNG")


def placed(programme: Programme, places: dict[str, tuple[int, int]]) -> Programme:
    communes = {}
    for id in PLACES:
        row, column = places.get(id, (None, None))
        communes[id] = Commune.model_construct(kind="xã", name=f"Xã Số {id[-1]}", row=row, column=column)
    return replace(programme, units=programme.units.model_copy(update={"communes": ReadOnly(communes)}))


REPORT = make_report(YEAR, plan=placed(PLAN, PLACES))


def pictures(data: bytes) -> list[Any]:
    return list(Document(io.BytesIO(data)).inline_shapes)


def test_the_drawing_has_each_commune_with_its_number_the_steps_and_what_it_is_not() -> None:
    page = write_html(REPORT)
    drawing = page[page.index('<svg class="chart tile-picture"') :].partition("</svg>")[0]
    drawn_words = " ".join(re.sub(r"<[^>]+>", " ", drawing).split())
    rows = [row for row in REPORT.rows if row.id.startswith("target.trained.unit.")]
    assert rows
    for row in rows:
        assert f"Số {row.id[-1]} {row.shown}" in drawn_words
    for words in ("Chưa ghi nhận ai", "Dưới 25%", "25% đến dưới 50%", "50% đến dưới 75%", "Từ 75% trở lên"):
        assert words in drawn_words
    assert "không phải bản đồ địa giới hành chính" in html_text(page)
    assert not re.search(r"\bđạt\b", drawn_words)


def test_a_docx_has_the_picture_as_wide_as_the_text_and_says_what_it_shows() -> None:
    asked: list[str] = []

    def draw(svg: str, width: int, height: int) -> bytes:
        asked.append(svg)
        return POINT.getvalue()

    data = write_docx(REPORT, draw)
    (picture,) = pictures(data)
    assert ["tile-picture" in svg for svg in asked] == [True]
    assert round(picture.width.mm) == 160
    assert picture._inline.docPr.get("descr").startswith("Cả tỉnh: ")
    assert ABSENT not in docx_text(data)
    assert data == write_docx(REPORT, draw)


def test_without_a_browser_a_docx_has_its_table_and_says_that_there_is_no_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TAPHUAN_BROWSER", "/no/such/browser")
    data = write_docx(REPORT, png_of)
    assert pictures(data) == []
    assert ABSENT in docx_text(data)
    assert "Xã Số 1" in docx_text(data)


def test_a_workbook_has_the_numbers_and_no_picture() -> None:
    assert "Xã Số 1" in " ".join(xlsx_text(write_xlsx(REPORT)).values())


@pytest.mark.parametrize("places", [{}, {"00001": (1, 1)}])
def test_where_not_every_commune_is_placed_there_is_no_picture(places: dict[str, tuple[int, int]]) -> None:
    report: Report = make_report(YEAR, plan=placed(PLAN, places))
    assert "tile-picture" not in write_html(report)
    assert ABSENT not in docx_text(write_docx(report))

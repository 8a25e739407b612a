"""A picture of a first page is of the sheet itself, small, and taken once."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from taphuan.render.pdf import print_sheets
from taphuan.render.printable import Printed, Sheet, thumbnail_size

pytestmark = pytest.mark.thorough

HEAD = (
    "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Thử</title>"
    "<style>@page{size:A4;margin:20mm 15mm}body{margin:0;font-size:20pt}h1{background:#22395b;color:#fff}"
    "section{break-before:page}.black{height:200mm;background:#000}</style>"
)
#: Of 255, between a picture and the first page of the PDF, both drawn small and grey.
NEAR = 8


def sheet(id: str = "ap-phich", body: str = "<h1>Biết dừng</h1>", **fields: Any) -> Sheet:
    given: dict[str, Any] = {"kind": "poster", "title": id, "audience": "", "author": "", "subject": id}
    return Sheet(id=id, html=HEAD + body, dated=date(2026, 11, 24), **(given | fields))


@pytest.fixture(scope="session")
def executable(chromium_path: str) -> str:
    return chromium_path


def printed(folder: Path, executable: str, *sheets: Sheet) -> list[Printed]:
    return print_sheets(sheets, out=folder / "out", cache=folder / "cache", executable=executable)


def picture(done: Printed) -> bytes:
    assert done.thumbnail
    return done.thumbnail.read_bytes()


def first_page(done: Printed) -> Image.Image:
    return pypdfium2.PdfDocument(done.path)[0].render(scale=1).to_pil().convert("L").resize((40, 56))


def test_it_looks_as_the_first_page_of_the_pdf_margins_and_breaks_included(
    tmp_path: Path, executable: str
) -> None:
    (done,) = printed(
        tmp_path, executable, sheet(body="<h1>Một</h1><section><div class='black'></div></section>")
    )
    with Image.open(io.BytesIO(picture(done))) as small:
        assert small.size == thumbnail_size(is_landscape=False)
        difference = ImageChops.difference(small.convert("L").resize((40, 56)), first_page(done))
    assert ImageStat.Stat(difference).mean[0] < NEAR
    assert len(picture(done)) <= 16_000


def test_sheets_that_differ_have_pictures_that_differ(tmp_path: Path, executable: str) -> None:
    first, second = printed(tmp_path, executable, sheet("a"), sheet("b", "<h1>Biết hỏi, biết kể</h1>"))
    assert picture(first) != picture(second)


def test_it_is_taken_anew_only_when_the_sheet_has_changed(tmp_path: Path, executable: str) -> None:
    (first,) = printed(tmp_path, executable, sheet())
    (again,) = printed(tmp_path, executable, sheet())
    (changed,) = printed(tmp_path, executable, sheet(body="<h1>Biết kể</h1>"))
    assert (again.is_reused, again.thumbnail) == (True, first.thumbnail)
    assert not changed.is_reused
    assert picture(changed) != picture(first)


def test_one_that_was_lost_is_taken_again(tmp_path: Path, executable: str) -> None:
    (first,) = printed(tmp_path, executable, sheet())
    before = picture(first)
    assert first.thumbnail
    first.thumbnail.unlink()
    assert picture(*printed(tmp_path, executable, sheet())) == before


@pytest.mark.parametrize(
    "fields", [{"kind": "handout"}, {"kind": None}, {"edition": "mono"}], ids=["listed", "offered", "mono"]
)
def test_what_stands_in_a_table_is_not_offered_or_is_the_second_edition_has_none(
    tmp_path: Path, executable: str, fields: dict[str, Any]
) -> None:
    (done,) = printed(tmp_path, executable, sheet(**fields))
    assert done.thumbnail is None

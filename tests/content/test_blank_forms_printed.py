"""Tests of the blank forms as they come from the printer: each page is full, and ends with what is kept."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import programme_texts
import pypdfium2
import pytest

from taphuan.programme.kinds.blank_form import BlankForm
from taphuan.render.paper import sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.text.prose import Prose

#: Of the height of a page: the most that may be empty in one piece, and how far down its last words stand.
EMPTY, FOOT = 0.2, 0.9
DRAFT = "Bản thảo, chưa thẩm định"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> dict[str, Path]:
    """Each form of the province, by its name."""
    programme = programme_texts.programme()
    forms = [sheet for sheet in sheets(programme, Prose(programme)) if sheet.kind == "blank-form"]
    out = tmp_path_factory.mktemp("forms")
    done = print_sheets(forms, out=out, cache=out / "cache", executable=chromium_path, jobs=2)
    assert len(done) == len(programme.of(BlankForm))
    return {copy.sheet: copy.path for copy in done}


def empty_bands(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """The highest part of a page with nothing on it, and how far down what is on it ends.

    Its left side is looked at, short of the line in the middle along which two forms are cut apart.
    """
    picture = page.render(scale=0.5, grayscale=True).to_pil()
    picture = picture.crop((0, 0, round(0.48 * picture.width), picture.height))
    rows = [picture.crop((0, y, picture.width, y + 1)).getextrema()[0] > 200 for y in range(picture.height)]
    bands = [(is_empty, len(list(band))) for is_empty, band in groupby(rows)]
    highest = max(length for is_empty, length in bands if is_empty)
    return highest / len(rows), 1 - bands[-1][1] / len(rows)


def test_no_page_of_a_form_has_a_large_part_with_nothing_on_it(printed: dict[str, Path]) -> None:
    for name, path in printed.items():
        empty = [empty_bands(page)[0] for page in pypdfium2.PdfDocument(path)]
        assert max(empty) <= EMPTY, (name, empty)


def test_what_is_kept_stands_at_the_foot_of_the_last_page(printed: dict[str, Path]) -> None:
    for name, path in printed.items():
        pages = list(pypdfium2.PdfDocument(path))
        last = pages[-1].get_textpage()
        place = last.search("Giữ bao lâu").get_next()
        assert place, name
        _, bottom, _, _ = last.get_charbox(place[0])
        assert bottom < 0.3 * pages[-1].get_height(), name
        assert empty_bands(pages[-1])[1] >= FOOT, name


def test_each_page_of_a_form_says_once_that_it_is_a_draft(printed: dict[str, Path]) -> None:
    """Of two that are cut apart each says so."""
    for name, path in printed.items():
        for page in pypdfium2.PdfDocument(path):
            text = " ".join(page.get_textpage().get_text_range().split())
            titles = text.count("Giữ bao lâu")
            assert text.count(DRAFT) == max(1, titles), name


def test_the_title_of_a_form_stands_on_one_line_beside_the_number_of_each_later_page(
    printed: dict[str, Path],
) -> None:
    forms = programme_texts.programme().of(BlankForm).values()
    several = [form for form in forms if form.pages > 1 and form.paper != "A5"]
    assert len(several) > 8
    for form in several:
        pages = list(pypdfium2.PdfDocument(printed[f"{form.id}-to-mau"]))
        for number, page in enumerate(pages[1:], 2):
            text = page.get_textpage().get_text_range().replace("\u00a0", " ")
            assert f"{form.title} · Trang {number}/{form.pages}" in text, form.id


def test_whoever_signs_has_as_much_room_as_three_lines_on_the_checklist_of_an_inspection() -> None:
    """A leader and an owner sign at the end of its first side."""
    form = programme_texts.programme().of(BlankForm)["bang-kiem-co-so"]
    tables = [section.table for section in form.sections if section.table]
    (signed,) = [table for table in tables if "ký" in table.columns[-1].label]
    assert signed.lines >= 3

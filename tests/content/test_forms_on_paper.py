"""Tests of the courses as they come from the printer: full pages, and a sheet beside which its key lies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import programme_texts
import pypdfium2
import pytest
from PIL import ImageOps

from taphuan.programme.model.programme import Programme
from taphuan.quiz import draw
from taphuan.render.paper import CodedForm
from taphuan.render.paper import test_papers as papers
from taphuan.render.pdf import print_sheets
from taphuan.render.text.prose import Prose

DAY = date(2026, 11, 27)
#: Of a page between its running lines, and the least of it that questions take.
TOP, BOTTOM, LEAST = 0.065, 0.93, 0.4
#: Where circles stand, in points from left and bottom.
COLUMNS, ROWS = ((140, 285), (400, 545)), (130, 625)


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


@pytest.fixture(scope="module")
def printed(
    programme: Programme, tmp_path_factory: pytest.TempPathFactory, chromium_path: str
) -> dict[str, Path]:
    """Two forms of each course and their key, by their names."""
    out, prose = tmp_path_factory.mktemp("forms"), Prose(programme)
    sheets = []
    for course in (course for course in programme.courses.values() if course.test):
        forms = [CodedForm(code=n, form=draw(programme, course, n, on=DAY)) for n in (101, 102)]
        sheets += papers(programme, prose, course, forms, seed=5)
    done = print_sheets(sheets, out=out, cache=out / "cache", executable=chromium_path, jobs=2)
    return {copy.sheet: copy.path for copy in done}


def forms(printed: dict[str, Path]) -> Iterator[tuple[str, pypdfium2.PdfDocument]]:
    for name, path in printed.items():
        if "-de-" in name:
            yield name, pypdfium2.PdfDocument(path)


def filled(page: pypdfium2.PdfPage) -> float:
    """How far down a page is written on."""
    picture = page.render(scale=0.5, grayscale=True).to_pil()
    top, bottom = round(TOP * picture.height), round(BOTTOM * picture.height)
    box = ImageOps.invert(picture.crop((0, top, picture.width, bottom))).getbbox()
    return float(box[3] / (bottom - top)) if box else 0.0


def circles(page: pypdfium2.PdfPage) -> list[tuple[str, int, int]]:
    """The letters that stand where circles do, with their places."""
    text = page.get_textpage()
    letters = []
    for nth in range(text.count_chars()):
        left, bottom, _, _ = text.get_charbox(nth)
        if ROWS[0] < bottom < ROWS[1] and any(start < left < end for start, end in COLUMNS):
            letters.append((text.get_text_range(nth, 1), round(left), round(bottom)))
    return letters


def test_no_page_has_a_question_alone(printed: dict[str, Path]) -> None:
    for name, form in forms(printed):
        shares = [filled(form[nth]) for nth in range(len(form))]
        assert min(share for share in shares if share) >= LEAST, (name, shares)


def test_the_answer_sheet_is_a_leaf_of_its_own(printed: dict[str, Path]) -> None:
    forms_seen = 0
    for _, form in forms(printed):
        words = [form[nth].get_textpage().get_text_range() for nth in range(len(form))]
        (sheet,) = (nth for nth, text in enumerate(words) if "Phiếu trả lời" in text)
        assert sheet % 2 == 0
        assert sheet == len(form) - 1
        assert "Câu 20." not in words[sheet]
        forms_seen += 1
    assert forms_seen >= 10


def test_the_key_lies_beside_the_sheet_circle_by_circle(printed: dict[str, Path]) -> None:
    for name, form in forms(printed):
        course, code = name.split("-de-")
        key = pypdfium2.PdfDocument(printed[f"{course}-dap-an"])
        pages = [key[nth] for nth in range(len(key))]
        (page,) = (side for side in pages if f"Mã đề {code}-" in side.get_textpage().get_text_range())
        sheet = circles(form[len(form) - 1])
        assert len(sheet) > 60
        assert circles(page) == sheet


def test_the_key_of_an_order_has_its_letters_in_one_row(
    programme: Programme, printed: dict[str, Path]
) -> None:
    rights = []
    for course in (course for course in programme.courses.values() if course.test):
        key = pypdfium2.PdfDocument(printed[f"{course.id}-dap-an"])
        lines = "".join(page.get_textpage().get_text_range() for page in key).splitlines()
        for code in (101, 102):
            for asked in draw(programme, course, code, on=DAY).asked:
                _, question = programme.questions[asked.id]
                if question.kind == "ordering":
                    rights.append(question.letters(asked.parts, question.right_response))
                    assert any(rights[-1] in line for line in lines), (course.id, rights[-1])
    assert max(map(len, rights)) >= len("A B C D E")

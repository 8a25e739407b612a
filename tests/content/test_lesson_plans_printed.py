"""Lesson plans of the province as they come from the printer: three pages, of which the first is full."""

from __future__ import annotations

import re
from pathlib import Path

import programme_texts
import pypdfium2
import pytest

from taphuan.programme.kinds.lesson_plan import LessonPlan
from taphuan.render.paper import sheets
from taphuan.render.pdf import print_sheets
from taphuan.render.text.prose import Prose

#: Of the height of a page: how far down the first one goes, above its foot.
FOOT, FILLED = 0.945, 0.86


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> dict[str, Path]:
    """Each lesson plan in black and white, by its name."""
    programme = programme_texts.programme()
    plans = [
        sheet
        for sheet in sheets(programme, Prose(programme))
        if sheet.kind == "lesson-plan" and sheet.edition == "mono"
    ]
    assert len(plans) == len(programme.of(LessonPlan))
    out = tmp_path_factory.mktemp("plans")
    done = print_sheets(plans, out=out, cache=out / "cache", executable=chromium_path, jobs=2)
    return {copy.sheet: copy.path for copy in done}


def test_a_plan_has_three_pages(printed: dict[str, Path]) -> None:
    assert {name: len(pypdfium2.PdfDocument(path)) for name, path in printed.items()} == dict.fromkeys(
        printed, 3
    )


def test_what_is_read_before_a_class_fills_its_page(printed: dict[str, Path]) -> None:
    for name, path in printed.items():
        picture = pypdfium2.PdfDocument(path)[0].render(grayscale=True).to_pil()
        above = picture.crop((0, 0, picture.width, round(FOOT * picture.height)))
        ink = above.point(lambda grey: 255 if grey < 128 else 0).getbbox()
        assert ink
        assert ink[3] / picture.height > FILLED, name


def test_an_activity_stands_on_the_page_that_has_its_name(printed: dict[str, Path]) -> None:
    """A teacher who looks up from the sheet never has to turn it over within one."""
    for plan in programme_texts.programme().of(LessonPlan).values():
        (path,) = (path for name, path in printed.items() if name.startswith(plan.id))
        for sheet in pypdfium2.PdfDocument(path):
            page = " ".join(sheet.get_textpage().get_text_range().split())
            begun = [plan.activities[int(number) - 1] for number in re.findall(r"Hoạt động (\d)\.", page)]
            assert page.count("a) Mục tiêu") == len(begun), plan.id
            assert [step.title for each in begun for step in each.steps if step.title not in page] == []

"""A trainers' guide off the press: what a trainer needs before a lesson stands where the lesson begins."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from programme_texts import programme

from taphuan.render.markdown_text import Prose
from taphuan.render.paper.context import PaperContext
from taphuan.render.paper.guide import guide
from taphuan.render.paper.lesson import lessons_on_paper
from taphuan.render.pdf import print_sheets

COURSE = "chu-co-so"


def bare(text: str) -> str:
    """The text without spaces, and without hyphens, which end a line as another character."""
    return re.sub(r"[\s\xa0\ufffe\u00ad\x02-]+", "", text)


@pytest.fixture(scope="module")
def pages(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is read on each page, without spaces."""
    prose, folder = Prose(programme()), tmp_path_factory.mktemp("guide")
    context = PaperContext(
        programme=programme(),
        prose=prose,
        site_url="",
        edition="mono",
        lessons=lessons_on_paper(programme(), prose, ""),
    )
    sheet = guide(context, programme().courses[COURSE])
    (done,) = print_sheets([sheet], out=Path(folder), cache=Path(folder) / "cache", executable=chromium_path)
    with pypdfium2.PdfDocument(done.path) as document:
        return [bare(page.get_textpage().get_text_bounded()) for page in document]


def test_a_lesson_begins_with_its_minutes_what_to_prepare_and_what_is_done_on_one_page(
    pages: list[str],
) -> None:
    course = programme().courses[COURSE]
    for number, id in enumerate(course.lesson_ids, 1):
        lesson = programme().lessons[id]
        needed = [f"Bài{number}.{bare(lesson.title)}", "Chuẩnbị", "Cáchlàm"]
        needed += [bare(activity.title) for activity in lesson.activities]
        assert any(all(words in page for words in needed) for page in pages), lesson.title


def test_what_to_prepare_names_the_sheet_for_the_wall_and_the_numbers(pages: list[str]) -> None:
    ids = set(programme().courses[COURSE].lesson_ids)
    said = "".join(pages)
    flows = [
        flow.title
        for flow in programme().flows.values()
        if ids & {lesson.id for lesson in programme().lessons_with(flow)}
    ]
    assert flows
    assert [title for title in flows if f"Tờdánnơilàmviệc“{bare(title)}”" not in said] == []
    assert re.search(r"Sốsẽnhắcđến:(?:\d{3},)*\d{3}\.", said)

"""A course that keeps nothing: its pages say so, whichever course shares its lessons, and print does."""

from __future__ import annotations

from pathlib import Path

import pytest
from shared_course import COURSE, COURSE_FILE

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme
from taphuan.quiz import course_version
from taphuan.render.paper import sheets
from taphuan.render.site import PageCache, SitePage, pages
from taphuan.render.text.prose import Prose

SHARED, OTHER = "khoa-hoc/nuoc-sach/giu-nguon-nuoc/", "khoa-hoc/nuoc-sach/bao-nuoc-ban/"
SENTENCE = "Trang này không lưu và không gửi đi câu trả lời hay tiến độ của bạn"


@pytest.fixture
def both(good: Path) -> Programme:
    (good / COURSE_FILE).write_text(COURSE, encoding="utf-8")
    return read(good)


def read(root: Path) -> Programme:
    programme = load(root).programme
    assert programme is not None
    return programme


def by_address(programme: Programme, cache: PageCache | None = None) -> dict[str, SitePage]:
    return {page.address: page for page in pages(programme, cache=cache)}


def test_its_page_and_each_lesson_it_has_say_so_also_where_another_course_has_the_lesson_too(
    both: Programme,
) -> None:
    drawn = by_address(both)
    said = {address for address, page in drawn.items() if SENTENCE in page.body}
    assert said == {"khoa-hoc/ban-be/", SHARED}
    assert {address for address, page in drawn.items() if page.meta.get("keeps") == "nothing"} == said


def test_nothing_on_them_is_marked_or_forgotten(both: Programme) -> None:
    drawn = by_address(both)
    for address in ("khoa-hoc/ban-be/", SHARED):
        for mark in ("data-mark-done", "<li data-lesson", "data-progress", "data-forget", "chỉ lưu trên máy"):
            assert mark not in drawn[address].body, (address, mark)
    assert "data-mark-done" in drawn[OTHER].body
    assert "chỉ đếm số người dự" not in drawn["khoa-hoc/ban-be/"].body


def test_the_course_that_keeps_something_counts_the_lessons_that_do(both: Programme) -> None:
    listed = by_address(both)["khoa-hoc/nuoc-sach/"].body
    assert listed.count("data-lesson=") == 1
    assert 'data-lesson="nuoc-sach/bao-nuoc-ban"' in listed
    assert listed.count("Trang bài này không lưu tiến độ.") == 1


def test_a_lesson_drawn_before_is_drawn_anew_once_a_course_that_keeps_nothing_has_it(good: Path) -> None:
    cache = PageCache()
    assert SENTENCE not in by_address(read(good), cache)[SHARED].body
    (good / COURSE_FILE).write_text(COURSE, encoding="utf-8")
    assert SENTENCE in by_address(read(good), cache)[SHARED].body


def test_its_handbook_and_guide_ask_to_count_nobody(both: Programme) -> None:
    printed = {sheet.id: sheet.html for sheet in sheets(both, Prose(both))}
    assert "không đếm người học" in printed["ban-be-so-tay"]
    assert "đừng điểm danh" in printed["ban-be-tap-huan-vien"]


def test_what_a_lesson_keeps_makes_no_other_version_of_a_course(good: Path, both: Programme) -> None:
    """Whoever was recorded before stays so."""
    alone = (good / COURSE_FILE).unlink() or read(good)
    course = alone.courses["nuoc-sach"]
    assert course_version(both, both.courses["nuoc-sach"]) == course_version(alone, course)
    kept = course.model_copy(update={"keeps": "nothing"})
    assert course_version(alone, kept) == course_version(alone, course)

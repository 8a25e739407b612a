"""What a lesson lets its learner do, as readers and trainers are told."""

from __future__ import annotations

import re

import pytest

from taphuan.programme.model.programme import Programme
from taphuan.render.paper import sheets
from taphuan.render.site import pages
from taphuan.render.text.prose import Prose

OWN, NAMED = "bao-nuoc-ban", "giu-nguon-nuoc"
MEASURED = "Gọi đúng người cho cả ba việc hay gặp."


def on_page(programme: Programme, lesson: str) -> str:
    (page,) = (page for page in pages(programme) if page.meta.get("lesson") == f"nuoc-sach/{lesson}")
    (objectives,) = re.findall(
        r'<(?:p|details) class="objectives">(.*?)</(?:p|details)>', page.body, re.DOTALL
    )
    return objectives


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def on_sheet(programme: Programme, id: str) -> str:
    (sheet,) = (sheet for sheet in sheets(programme, Prose(programme)) if sheet.id == id)
    return words(re.sub(r"<style.*?</style>", "", sheet.html, flags=re.DOTALL))


def test_a_page_tells_a_lessons_own_objectives_as_they_are_written(programme: Programme) -> None:
    assert words(on_page(programme, OWN)) == f"Học xong bài này, bạn làm được: {MEASURED}"


def test_a_page_tells_the_courses_objectives_where_a_lesson_names_them(programme: Programme) -> None:
    objectives = words(on_page(programme, NAMED))
    assert objectives == "Học xong bài này, bạn có thể giữ được nguồn nước của bản"


@pytest.mark.parametrize("id", ["nuoc-sach-bao-nuoc-ban", "nuoc-sach-so-tay"])
def test_handout_and_handbook_tell_them_too(programme: Programme, id: str) -> None:
    assert f"Học xong bài này, bạn làm được: {MEASURED}" in on_sheet(programme, id)


def test_a_trainer_is_told_to_which_objective_of_the_course_each_belongs(programme: Programme) -> None:
    guide = on_sheet(programme, "nuoc-sach-tap-huan-vien")
    assert f"người học làm được: {MEASURED} Thuộc mục tiêu của khóa: Báo tin khi nước bẩn" in guide
    assert "người học có thể: Giữ được nguồn nước của bản" in guide

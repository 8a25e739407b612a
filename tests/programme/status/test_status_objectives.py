"""How many questions ask about each objective, and which lessons only tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_samples import COURSE, LESSON
from programmes import Edit
from status_pages import page, section, seen

from taphuan.programme.status.content import ObjectiveOverview


def test_questions_are_counted_by_objective_of_the_course_with_those_of_its_lessons(good: Path) -> None:
    (course,) = seen(good).courses
    assert course.objectives == (
        ObjectiveOverview(id="giu-nguon", lesson_objectives=(), self_check_questions=3, test_questions=1),
        ObjectiveOverview(
            id="bao-tin", lesson_objectives=("goi-dung-nguoi",), self_check_questions=2, test_questions=1
        ),
    )
    courses = section(page(good), "KHÓA HỌC")
    assert "giu-nguon 3 + 1; bao-tin 2 + 1 (câu tự kiểm tra + câu kiểm tra)" in courses


def test_a_course_without_a_test_counts_its_self_checks_alone(good: Path, edit: Edit) -> None:
    text = (good / COURSE).read_text(encoding="utf-8")
    edit(good, COURSE, text[text.index("test:\n") : text.index("review:")], "")
    assert [objective.test_questions for objective in seen(good).courses[0].objectives] == [None, None]
    assert "giu-nguon 3; bao-tin 2 (câu tự kiểm tra)" in section(page(good), "KHÓA HỌC")


def test_lessons_that_show_nothing_are_named(good: Path, edit: Edit) -> None:
    assert seen(good).courses[0].unillustrated == ("nuoc-sach/giu-nguon-nuoc",)
    courses = section(page(good), "KHÓA HỌC")
    assert "1 bài riêng không có hình, sơ đồ hay tình huống rẽ nhánh: giu-nguon-nuoc" in courses
    edit(good, LESSON, "## Việc của bản", "!!! figure giot-nuoc\n    Một giọt.\n\n## Việc của bản")
    assert seen(good).courses[0].unillustrated == ()
    assert "tình huống rẽ nhánh" not in section(page(good), "KHÓA HỌC")


@pytest.mark.parametrize("shown", ["!!! flow thay-nuoc-ban", "!!! scenario nuoc-duc"])
def test_a_diagram_or_a_scenario_alone_shows_something(good: Path, edit: Edit, shown: str) -> None:
    edit(good, LESSON, "## Việc của bản", f"{shown}\n\n## Việc của bản")
    assert seen(good).courses[0].unillustrated == ()


@pytest.mark.parametrize(
    "shown", ['!!! case "Ở khe"\n    Chuyện.', "```\n!!! figure giot-nuoc\n    Một giọt.\n```"]
)
def test_a_case_to_discuss_and_a_quoted_figure_show_nothing(good: Path, edit: Edit, shown: str) -> None:
    edit(good, LESSON, "## Việc của bản", f"{shown}\n\n## Việc của bản")
    assert seen(good).courses[0].unillustrated == ("nuoc-sach/giu-nguon-nuoc",)

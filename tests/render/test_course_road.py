"""The road of a course: as many stones as lessons, and nothing that has to be read covers anything else."""

from __future__ import annotations

import pytest
from road_faults import END, NEXT, faults_of
from site_texts import page_of

from taphuan.programme.model.programme import Programme
from taphuan.render.course_road import road

TITLE = "Kế hoạch, báo cáo, dữ liệu cá nhân"
COURSE = "nuoc-sach"


@pytest.mark.parametrize("modules", range(2, 7))
@pytest.mark.parametrize("lessons", [4, 6, 9, 13, 17, 21, 24, 28])
def test_every_stone_and_plate_has_a_place_of_its_own(lessons: int, modules: int) -> None:
    shares = [lessons // modules + (nth < lessons % modules) for nth in range(modules)]
    assert faults_of([(TITLE, share) for share in shares if share]) == []


def test_a_long_title_stands_in_two_lines() -> None:
    (house,) = road(((TITLE, 3),), END, NEXT).houses
    assert house.plate.lines == ("Kế hoạch, báo cáo,", "dữ liệu cá nhân")


def test_the_stones_of_a_course_are_links_with_names(programme: Programme) -> None:
    page = page_of(programme, f"khoa-hoc/{COURSE}/")
    lessons = programme.lessons_of(programme.courses[COURSE])
    assert page.count('<a class="road-stone"') == len(lessons)
    for number, lesson in enumerate(lessons, start=1):
        assert f'aria-label="Bài {number}: {lesson.title}" data-stone="{lesson.id}"' in page

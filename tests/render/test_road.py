"""The road of a course: as many stones as lessons, and nothing that has to be read covers anything else."""

from __future__ import annotations

import gzip
import math
from itertools import combinations, pairwise

import pytest
from programmes import REPOSITORY

from taphuan.programme.loader import load
from taphuan.render import road as geometry
from taphuan.render.road import Box, Road, road
from taphuan.render.site import pages

END, NEXT = "Bài kiểm tra cuối khóa", "Bắt đầu"
TITLE = "Kế hoạch, báo cáo, dữ liệu cá nhân"
WORDS = Box(left=0, top=0, right=geometry.WORDS_RIGHT, bottom=geometry.WORDS_BOTTOM)
PICTURE = Box(left=0, top=geometry.TOP, right=geometry.WIDTH, bottom=geometry.BOTTOM)


def real() -> dict[str, list[tuple[str, int]]]:
    """The modules of each course of the real programme, with how many lessons they have."""
    programme = load(REPOSITORY).programme
    assert programme is not None
    return {
        id: [(module.title, len(module.lessons)) for module in course.modules]
        for id, course in programme.courses.items()
    }


def even(lessons: int, modules: int) -> list[tuple[str, int]]:
    return [(TITLE, lessons // modules + (nth < lessons % modules)) for nth in range(modules)]


CASES = {
    **real(),
    **{f"{n} bài, {m} phần": even(n, m) for n in (4, 9, 13, 20, 28) for m in range(2, 7) if n >= m},
}


@pytest.fixture(params=CASES, scope="module")
def drawn(request: pytest.FixtureRequest) -> Road:
    return road(CASES[request.param], END, NEXT)


@pytest.mark.parametrize("modules", CASES.values(), ids=CASES)
def test_there_is_a_stone_for_each_lesson_and_a_house_for_each_module(modules: list[tuple[str, int]]) -> None:
    drawn = road(modules, END, NEXT)
    lessons = sum(count for _, count in modules)
    assert [stone.number for stone in drawn.stones] == list(range(1, lessons + 1))
    assert [" ".join(house.plate.lines) for house in drawn.houses] == [title for title, _ in modules]


def test_plates_and_houses_cover_neither_one_another_nor_a_stone(drawn: Road) -> None:
    boards = [*(house.plate.box for house in drawn.houses), drawn.end.box]
    houses = [house.box for house in drawn.houses]
    assert not [pair for pair in combinations(boards + houses, 2) if pair[0].overlaps(pair[1])]
    stones = [stone.box for stone in drawn.stones]
    assert not [(one, other) for one in stones for other in boards + houses if one.overlaps(other)]


def test_stones_stand_apart_and_the_road_leads_on_to_the_right(drawn: Road) -> None:
    places = [(stone.x, stone.y) for stone in drawn.stones]
    assert all(one[0] < other[0] for one, other in pairwise(places))
    assert all(math.dist(*pair) >= 2 * geometry.RADIUS for pair in pairwise(places))


def test_the_words_at_the_next_stone_cover_nothing_whichever_it_is(drawn: Road) -> None:
    boards = [*(house.plate.box for house in drawn.houses), drawn.end.box]
    for stone in drawn.stones:
        others = [other.box for other in drawn.stones if other is not stone]
        assert not [box for box in boards + others if stone.says.overlaps(box)], stone.number


def test_all_is_in_the_picture_and_below_the_words_of_the_page(drawn: Road) -> None:
    boxes = [*(house.plate.box for house in drawn.houses), drawn.end.box]
    boxes += [box for stone in drawn.stones for box in (stone.box, stone.says)]
    for box in boxes:
        assert box.left >= PICTURE.left
        assert box.right <= PICTURE.right
        assert box.top >= PICTURE.top
        assert box.bottom <= PICTURE.bottom
        assert not box.overlaps(WORDS)


def test_the_picture_of_each_course_is_light_and_its_stones_are_links_with_names() -> None:
    programme = load(REPOSITORY).programme
    assert programme is not None
    for page in pages(programme):
        if page.meta.get("kind") != "course":
            continue
        course = programme.courses[str(page.meta["course"])]
        picture = page.body[page.body.index('<svg class="road"') :].partition("</svg>")[0]
        assert len(gzip.compress(picture.encode())) < 6_000
        for number, lesson in enumerate(programme.lessons_of(course), start=1):
            assert f'aria-label="Bài {number}: {lesson.title}"' in picture
        assert picture.count('<a class="road-stone"') == len(programme.lessons_of(course))

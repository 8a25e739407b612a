"""The page of a course: its parts in numbers, its road in one piece, its sheets each by its name."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page

COURSE = "khoa-hoc/can-bo-cap-xa/"


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


def test_its_parts_are_numbered_as_the_lessons_name_them(address: str, page: Page) -> None:
    page.goto(address + COURSE)
    parts = page.locator(".stretch__words h2").all_inner_texts()
    assert [part.partition(" ")[0] for part in parts] == [f"{nth}." for nth in range(1, len(parts) + 1)]
    assert len(parts) == 7


def test_no_two_sheets_have_the_same_name(address: str, page: Page) -> None:
    page.goto(address + COURSE)
    names = page.locator(".offline .download__title").all_text_contents()
    assert {"Sổ tay học viên", "Tài liệu tập huấn viên"} <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("width", [320, 360, 700])
def test_each_piece_of_the_road_goes_on_where_the_one_before_ends(
    address: str, page: Page, width: int
) -> None:
    """Pieces are as high as their rows; each ends where the next begins, with its slope."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + COURSE)
    paths = page.locator(".lesson-list .row-road path").evaluate_all(
        """all => all.map(path => {
            const length = path.getTotalLength();
            const at = (share) => path.getPointAtLength(length * share);
            return [at(0).x, at(1).x, at(0.02).x - at(0).x, at(1).x - at(0.98).x];
        })"""
    )
    rows = page.locator(".lesson-list").evaluate_all("all => all.map(list => list.children.length)")
    assert sum(rows) == len(paths) > 20
    nth = 0
    for count in rows:
        part, nth = paths[nth : nth + count], nth + count
        for (_, end, _, slope), (start, _, next_slope, _) in pairwise(part):
            assert end == pytest.approx(start, abs=1)
            assert slope == pytest.approx(next_slope, abs=0.4)
    heads = page.locator(".stretch__head .row-road path").evaluate_all(
        "all => all.map(one => one.getAttribute('d'))"
    )
    assert all(re.fullmatch(r"M44 0V\d+", head) for head in heads)


@pytest.mark.parametrize("width", [320, 360, 700])
def test_over_each_part_the_road_goes_from_the_door_to_the_strip(
    address: str, page: Page, width: int
) -> None:
    """The road under a house begins at the house, stays as wide as on the strip, and leaves no gap."""
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + COURSE)
    ways = page.locator(".stretch__picture").evaluate_all(
        """all => all.map(picture => {
            const box = (selector) => picture.querySelector(selector).getBoundingClientRect();
            const way = box('.road-begin'), house = box('[href="#nha"]');
            const whole = picture.getBoundingClientRect();
            return { left: way.left, right: way.right, house: [house.left, house.right],
                     above: way.top - whole.top, below: way.bottom - whole.bottom };
        })"""
    )
    assert len(ways) > 2
    for way in ways:
        assert way["left"] == pytest.approx(33, abs=1)
        assert way["house"][0] < way["right"] < way["house"][1] < width
    assert all(way["below"] >= 0 for way in ways[:-1])
    assert ways[-1]["above"] <= 0


def test_who_goes_on_finds_the_way_on_the_first_screen_of_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}khoa-hoc/")
    courses = page.locator("template[data-courses]").evaluate(
        "one => [...one.content.children].map(({ dataset, firstElementChild }) =>"
        " [dataset.course, firstElementChild.dataset.lesson])"
    )
    assert len(courses) == 5
    for course, lesson in courses:
        page.evaluate("lesson => localStorage.setItem(`taphuan:done:${lesson}`, '1')", lesson)
        page.goto(f"{address}khoa-hoc/{course}/")
        button, picture = page.locator("a[data-next]").bounding_box(), page.locator(".crumbs").bounding_box()
        assert button
        assert picture
        assert button["y"] + button["height"] < 640, course
        assert picture["y"] - 52 < 170
        assert not page.locator(".course-about").is_visible()

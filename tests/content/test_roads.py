"""The road of each course of the programme: nothing covers anything, and the picture is light."""

from __future__ import annotations

import gzip

import programme_texts
import pytest
from road_faults import faults_of

from taphuan.programme.model.programme import Programme
from taphuan.render.site import pages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def test_every_stone_and_plate_has_a_place_of_its_own(programme: Programme) -> None:
    for course in programme.courses.values():
        parts = [
            (f"{nth}. {module.title}", len(module.lessons))
            for nth, module in enumerate(course.modules, start=1)
        ]
        assert faults_of(parts) == [], course.id


def test_the_picture_of_a_course_is_at_most_6_kb(programme: Programme) -> None:
    drawn = [page.body for page in pages(programme) if page.meta.get("kind") == "course"]
    assert len(drawn) == len(programme.courses)
    for body in drawn:
        picture = body[body.index('<svg class="road') :].partition("</svg>")[0]
        assert len(gzip.compress(picture.encode())) < 6_000

"""A lesson that two courses have: one page, which leads back to both."""

from __future__ import annotations

import pytest
from programmes import SAMPLES

from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.render.site import pages

SHARED, OWN = "nuoc-sach/bao-nuoc-ban", "nuoc-sach/giu-nguon-nuoc"


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The sample with a second course, of one lesson of the first."""
    loaded = load(SAMPLES / "good").programme
    assert loaded is not None
    course = loaded.courses["nuoc-sach"]
    module = course.modules[0].model_copy(update={"lessons": (SHARED,)})
    other = course.model_copy(update={"id": "khac", "title": "Khóa khác", "modules": (module,)})
    return loaded.having(Course, {other.id: other, course.id: course})


def body(programme: Programme, lesson: str) -> str:
    return next(page for page in pages(programme) if page.meta.get("lesson") == lesson).body


def test_a_shared_lesson_has_one_page_in_the_course_it_was_written_for(programme: Programme) -> None:
    addresses = [page.address for page in pages(programme) if page.meta.get("lesson") == SHARED]
    assert addresses == ["khoa-hoc/nuoc-sach/bao-nuoc-ban/"]


def test_a_shared_lesson_leads_to_the_other_course(programme: Programme) -> None:
    assert 'Bài này cũng có trong khóa <a href="../../khac/">Khóa khác</a>.' in body(programme, SHARED)


def test_a_lesson_of_one_course_names_no_other(programme: Programme) -> None:
    assert "Bài này cũng có trong khóa" not in body(programme, OWN)


def test_a_course_lists_the_lessons_it_borrows(programme: Programme) -> None:
    page = next(page for page in pages(programme) if page.address == "khoa-hoc/khac/")
    assert page.body.count("data-lesson=") == 1
    assert f'data-lesson="{SHARED}"' in page.body


def home(of: Programme) -> str:
    return next(page for page in pages(of) if page.address == "").body


def test_learning_begins_with_the_only_course_or_at_the_cards_of_several(programme: Programme) -> None:
    def start(of: Programme) -> str:
        return home(of).partition('">Bắt đầu học</a>')[0].rpartition('href="')[2]

    assert start(programme) == "#ban-la-ai"
    assert '<h2 id="ban-la-ai">' in home(programme)
    alone = programme.having(Course, {"nuoc-sach": programme.courses["nuoc-sach"]})
    assert start(alone) == "khoa-hoc/nuoc-sach/giu-nguon-nuoc/"
    assert "Bắt đầu học" not in home(programme.having(Course, {}))


def test_a_card_leads_to_its_course_and_straight_to_the_first_lesson_of_it(programme: Programme) -> None:
    cards = home(programme).partition('class="doors"')[2].split('<li class="door')
    card = next(card for card in cards if 'href="khoa-hoc/khac/"' in card)
    assert 'class="begin" href="khoa-hoc/nuoc-sach/bao-nuoc-ban/"' in card
    assert [card for card in cards if 'class="begin"' in card] == [card]

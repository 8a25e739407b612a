"""Of the lessons that are done on a device the learner's page says what the pages of the site say."""

from __future__ import annotations

import re

import pytest
from browser_thread import in_browser_thread
from fixtures_service import TwoLearners
from learner_in_chromium import begin, sign_in
from playwright.sync_api import Page

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme

COURSE, APART = "nuoc-sach", "dong-dang-vien"
OWN, SHARED = "nuoc-sach/giu-nguon-nuoc", "nuoc-sach/bao-nuoc-ban"
WHERE = ("/hoc-vien/", "/khoa-hoc/")


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, whose second course is recorded too; its one lesson is of the first."""
    course = programme.courses[APART].model_copy(update={"records": True})
    return programme.having(Course, {**programme.courses, APART: course})


def told(page: Page, address: str, course: str) -> tuple[str, str]:
    """How far a course is, and what comes next, where the learner's page and the list of courses agree."""
    found = set()
    for path in WHERE:
        page.goto(address + path)
        link = page.locator(f"li a[data-begin={course}]")
        told_by = "one => one.closest('li').querySelector('[data-told]') ?? one.previousElementSibling"
        done = link.evaluate_handle(told_by).evaluate("one => one.textContent")
        step = link.locator("span").first.inner_text().replace("\xa0", " ")
        found.add((done if re.search("xong (?!0 )", done) else "", step))
    (agreed,) = found
    return agreed


def done(page: Page, lesson: str) -> None:
    page.evaluate(f"localStorage.setItem('taphuan:done:{lesson}', '1')")


@in_browser_thread
def test_a_lesson_of_two_courses_counts_in_both_and_begins_neither(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    assert told(page, address, COURSE) == ("", "Bắt đầu bài 1")
    done(page, SHARED)
    assert told(page, address, COURSE) == ("Đã xong 1 trên 2 bài", "Bắt đầu bài 1")
    assert told(page, address, APART) == ("Đã xong cả 1 bài", "Mở khóa học")
    done(page, OWN)
    assert told(page, address, COURSE) == ("Đã xong cả 2 bài", "Mở khóa học")


@in_browser_thread
def test_a_course_whose_test_was_begun_is_begun_on_every_page(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    done(page, SHARED)
    begin(page, address)
    assert told(page, address, COURSE) == ("Đã xong 1 trên 2 bài", "Làm tiếp bài 1")
    page.evaluate("localStorage.removeItem('taphuan:opened:nuoc-sach')")
    assert told(page, address, COURSE)[1] == "Làm tiếp bài 1", "as on a device on which it was not begun"


@in_browser_thread
def test_the_test_waits_quietly_until_the_lessons_are_done(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    card = page.locator(".course-card", has=page.locator(f"[data-begin={COURSE}]"))
    loud = card.locator(".button:not(.button--quiet)")
    assert loud.inner_text().startswith("Bắt đầu bài")
    assert card.get_by_role("link", name="Làm bài kiểm tra").is_visible()
    for lesson in (OWN, SHARED):
        done(page, lesson)
    page.reload()
    assert loud.inner_text().startswith("Làm bài kiểm tra")
    assert card.locator("progress").evaluate("one => [one.value, one.max]") == [2, 2]


@in_browser_thread
def test_who_began_the_test_before_any_lesson_is_sent_to_the_lesson_first(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    begin(page, address)
    page.goto(f"{address}/hoc-vien/")
    card = page.locator(".course-card", has=page.locator(f"[data-begin={COURSE}]"))
    assert card.locator(".button:not(.button--quiet)").inner_text().startswith("Làm tiếp bài\xa01")
    assert card.locator(".button--quiet").inner_text().startswith("Làm tiếp bài kiểm tra")
    assert card.locator("[data-told]").inner_text() == "Đã xong 0 trên 2 bài"


@pytest.mark.parametrize(("width", "is_folded"), [(360, True), (1280, False)])
@in_browser_thread
def test_courses_that_are_not_asked_are_folded_on_a_phone_alone(
    address: str, page: Page, two_learners: TwoLearners, width: int, is_folded: bool
) -> None:
    sign_in(page, address, two_learners.code)
    page.set_viewport_size({"width": width, "height": 740})
    summary, link = page.locator(".course-others > summary"), page.locator(".course-rows h3 a").first
    assert (summary.is_visible(), link.is_visible()) == (is_folded, not is_folded)
    if is_folded:
        summary.click()
    assert link.is_visible()


@in_browser_thread
def test_who_goes_on_from_the_learners_page_comes_to_the_lesson(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    page.locator(f"li a[data-begin={COURSE}]").click()
    page.wait_for_url(f"{address}/khoa-hoc/{OWN}/")
    assert told(page, address, COURSE) == ("", "Làm tiếp bài 1")

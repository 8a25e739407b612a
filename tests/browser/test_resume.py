"""Who comes back is told what comes next, in the same words on home, in the list of courses and on a course.

The sample has a course of two lessons; a second one that keeps nothing is added for some tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_checks import FIRST, faults, on_screens
from playwright.sync_api import Browser, Page, expect
from programmes import REPOSITORY, SAMPLES
from shared_course import COURSE, COURSE_FILE

from taphuan.build import Options, build

from .conftest import Silence, open_whole, served
from .test_self_check import CHECK, answer

HOME, LIST, COURSE_PAGE = "", "khoa-hoc/", "khoa-hoc/nuoc-sach/"
LESSONS = ("nuoc-sach/giu-nguon-nuoc", "nuoc-sach/bao-nuoc-ban")
NEXT, RING, STRIP = "a[data-next]", "[data-ring]", "[data-resume]"
BEGIN = ".door .begin > span:first-child"
#: A second course that keeps progress; its one lesson is the first one of the other course.
SHARING = COURSE.replace("keeps: nothing\n", "")


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory, chromium_path: str) -> Iterator[Callable[..., str]]:
    with ExitStack() as served_sites:

        def sample_with(*more: tuple[str, str]) -> str:
            root = tmp_path_factory.mktemp("resume") / "sample"
            shutil.copytree(SAMPLES / "good", root)
            shutil.copytree(REPOSITORY / "overrides", root / "overrides")
            shutil.copy(REPOSITORY / "mkdocs.yml", root)
            for path, text in more:
                Path(root, path).write_text(text, encoding="utf-8")
            site = build(Options(root=root, prints=False), Silence()).site
            return served_sites.enter_context(served(site))

        yield sample_with


@pytest.fixture(scope="module")
def sample(serve: Callable[..., str]) -> str:
    return serve()


@pytest.fixture(scope="module")
def with_keepless(serve: Callable[..., str]) -> str:
    return serve((COURSE_FILE, COURSE))


@pytest.fixture(scope="module")
def sharing(serve: Callable[..., str]) -> str:
    return serve((COURSE_FILE, SHARING))


def mark(page: Page, sample: str, lesson: str) -> None:
    open_whole(page, f"{sample}khoa-hoc/{lesson}/")
    page.locator("button[data-mark-done]").click()


def words(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text().replace("\N{NO-BREAK SPACE}", " ")


def foot(page: Page, course: str) -> tuple[str, str]:
    """What a card says of a course: how many lessons are done, and what its button says."""
    begin = f"a[data-begin={course}]"
    return words(page, f"li p:has(+ {begin})"), words(page, f"li {begin} > span:first-child")


def test_a_fresh_reader_is_asked_to_begin_and_sees_no_number(sample: str, page: Page) -> None:
    page.goto(sample + COURSE_PAGE)
    assert words(page, NEXT) == "Bắt đầu bài 1"
    assert (page.get_attribute(NEXT, "href") or "").endswith("giu-nguon-nuoc/")
    for hidden in (RING, "[data-progress]", "[data-legend]", "[data-forget]"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.locator(".lesson-list .stone--done, .lesson-list .stone--now, .road-stone--done").count() == 0
    page.goto(sample + HOME)
    assert not page.locator(STRIP).is_visible()
    assert page.locator(STRIP).bounding_box() is None
    assert words(page, BEGIN) == "Bắt đầu bài 1"


def test_after_lesson_one_course_and_home_go_on_with_lesson_two(sample: str, page: Page) -> None:
    mark(page, sample, LESSONS[0])
    page.goto(sample + COURSE_PAGE)
    assert words(page, NEXT) == "Làm tiếp bài 2"
    assert "1/2" in page.locator(f"{RING} text").text_content()
    assert words(page, "[data-progress]").startswith("Đã xong 1 trên 2 bài, còn khoảng ")
    names = [stone.get_attribute("aria-label") or "" for stone in page.locator("a[data-stone]").all()]
    assert [name.rpartition(", ")[2] for name in names] == ["đã xong", "học tiếp"]
    assert "Đã xong" in page.locator("main li[data-lesson]").first.inner_text()
    assert "Học tiếp" in page.locator("main li[data-lesson]").last.inner_text()
    page.goto(sample + HOME)
    assert "đã xong 1 trên 2 bài" in words(page, STRIP)
    assert words(page, f"{STRIP} a.button").startswith("Làm tiếp bài 2")
    assert words(page, BEGIN) == "Làm tiếp bài 2"
    for way_on in (f"{STRIP} a.button", ".door .begin"):
        page.goto(sample + HOME)
        page.click(way_on)
        page.wait_for_url(f"{sample}khoa-hoc/{LESSONS[1]}/")


def test_home_list_and_course_say_the_same_of_each_course(sample: str, page: Page) -> None:
    page.goto(sample + LIST)
    assert foot(page, "nuoc-sach") == ("2 bài, tự học khoảng 8 phút", "Bắt đầu bài 1")
    for done, said, button in (
        (1, "Đã xong 1 trên 2 bài", "Làm tiếp bài 2"),
        (2, "Đã xong cả 2 bài", "Mở khóa học"),
    ):
        mark(page, sample, LESSONS[done - 1])
        for path in (HOME, LIST):
            page.goto(sample + path)
            assert foot(page, "nuoc-sach") == (said, button)
        page.goto(sample + COURSE_PAGE)
        assert words(page, "[data-progress]").startswith(said)
        page.goto(sample + HOME)
        assert words(page, f"{STRIP} a.button").startswith(button)
        page.goto(sample + LIST)
        page.click("a[data-begin=nuoc-sach]")
        page.wait_for_url(sample + (f"khoa-hoc/{LESSONS[1]}/" if done == 1 else COURSE_PAGE))


def test_a_lesson_of_two_courses_is_done_in_both_and_begins_neither(sharing: str, page: Page) -> None:
    mark(page, sharing, LESSONS[0])
    page.goto(sharing + HOME)
    assert not page.locator(STRIP).is_visible()
    page.goto(sharing + LIST)
    assert foot(page, "nuoc-sach") == ("Đã xong 1 trên 2 bài", "Bắt đầu bài 2")
    assert foot(page, "ban-be") == ("Đã xong cả 1 bài", "Mở khóa học")
    page.goto(sharing + COURSE_PAGE)
    assert words(page, NEXT) == "Bắt đầu bài 2"
    assert "Đã xong" in page.locator("main li[data-lesson]").first.inner_text()
    assert page.locator(".lesson-list .is-next").count() == 0


@pytest.mark.parametrize("link", [NEXT, ".lesson-list a >> nth=0", "a[data-stone] >> nth=0"])
def test_a_course_is_begun_by_opening_a_lesson_from_it(sharing: str, page: Page, link: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(sharing + COURSE_PAGE)
    page.locator(link).click()
    page.wait_for_url(f"{sharing}khoa-hoc/{LESSONS[0]}/")
    page.goto(sharing + LIST)
    assert foot(page, "nuoc-sach")[1] == "Làm tiếp bài 1"
    assert foot(page, "ban-be")[1] == "Bắt đầu bài 1"
    page.goto(sharing + HOME)
    assert words(page, f"{STRIP} a.button").startswith("Làm tiếp bài 1")
    page.goto(sharing + COURSE_PAGE)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-forget]")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('taphuan:'))") == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_what_to_go_on_with_stands_first_and_the_numbers_stay_on_the_first_screen(
    sample: str, page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    mark(page, sample, LESSONS[0])
    page.goto(sample + HOME)
    button, look_up, call = (
        page.locator(part).first.bounding_box()
        for part in (f"{STRIP} a.button", ".hero__lookup", ".call-strip a")
    )
    assert button
    assert call
    assert button["y"] + button["height"] <= height
    assert call["y"] + call["height"] <= height
    assert look_up is None or width > 360 or button["y"] < look_up["y"]
    first = page.locator(".hero > :first-child")
    assert first.evaluate("one => one.matches('[data-resume]')")


def test_a_self_check_that_was_begun_is_gone_on_with(sample: str, page: Page) -> None:
    open_whole(page, f"{sample}khoa-hoc/{LESSONS[0]}/")
    page.wait_for_selector(f"{CHECK}.is-live")
    answer(page)
    page.goto(sample + COURSE_PAGE)
    assert words(page, NEXT) in {"Làm tiếp bài 1", "Làm tiếp bài 2"}
    page.goto(sample + HOME)
    assert page.locator(STRIP).is_visible()


def test_when_all_is_done_the_button_leads_on_and_forgetting_begins_anew(sample: str, page: Page) -> None:
    for lesson in LESSONS:
        mark(page, sample, lesson)
    page.goto(sample + COURSE_PAGE)
    assert words(page, NEXT) == "Xem cách hoàn thành khóa"
    assert page.get_attribute(NEXT, "href") == "#hoan-thanh-khoa-nay"
    assert words(page, "[data-progress]") == "Đã xong cả 2 bài"
    page.goto(sample + HOME)
    assert "Đã xong cả 2 bài" in words(page, STRIP)
    page.goto(sample + COURSE_PAGE)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-forget]")
    expect(page.locator(NEXT)).to_have_text("Bắt đầu bài 1")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('taphuan:'))") == []
    page.goto(sample + HOME)
    assert not page.locator(STRIP).is_visible()


def test_a_lesson_is_marked_by_the_event_of_its_page(sample: str, page: Page) -> None:
    open_whole(page, f"{sample}khoa-hoc/{LESSONS[0]}/")
    page.evaluate("document.dispatchEvent(new CustomEvent('lessondone'))")
    assert page.evaluate(f"localStorage.getItem('taphuan:done:{LESSONS[0]}')") == "1"
    page.evaluate(
        "lesson => document.dispatchEvent(new CustomEvent('lessondone', { detail: { lesson } }))", LESSONS[1]
    )
    page.goto(sample + COURSE_PAGE)
    assert words(page, "[data-progress]") == "Đã xong cả 2 bài"


def test_a_course_that_keeps_nothing_has_a_road_and_no_progress(with_keepless: str, page: Page) -> None:
    page.goto(with_keepless + "khoa-hoc/ban-be/")
    assert words(page, "a.button--next") == "Bắt đầu bài 1"
    assert page.locator(".road-stone").count() == 1
    parts = "[data-ring], [data-progress], [data-next], [data-stone], [data-legend], [data-course]"
    assert page.locator(parts).count() == 0
    page.goto(with_keepless + HOME)
    assert page.locator("template[data-courses]").evaluate(
        "one => [...one.content.querySelectorAll('[data-course]')].map(({ dataset }) => dataset.course)"
    ) == ["nuoc-sach"]


def test_without_scripts_the_page_begins_with_lesson_one_and_shows_no_state(
    sample: str, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sample + COURSE_PAGE)
    assert words(page, "a.button--next") == "Bắt đầu bài 1"
    assert page.locator(".road-stone").count() == page.locator("main .lesson-list > li").count() == 2
    assert not page.locator(RING).is_visible()
    page.goto(sample + HOME)
    assert not page.locator(STRIP).is_visible()
    context.close()


@pytest.mark.parametrize("path", [COURSE_PAGE, HOME])
def test_the_pages_have_no_finding_of_axe(sample: str, page: Page, path: str) -> None:
    page.set_viewport_size(FIRST)
    mark(page, sample, LESSONS[0])
    page.goto(sample + path)
    page.wait_for_selector(f"{NEXT}, {STRIP}:not([hidden])")
    assert [(screen, fault) for screen in on_screens(page) for fault in faults(page)] == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
def test_the_button_and_the_lesson_it_leads_to_are_on_the_first_screen(
    sample: str, page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(sample + COURSE_PAGE)
    for selector in (NEXT, "[data-next-title]"):
        box = page.locator(selector).bounding_box()
        assert box
        assert box["y"] + box["height"] <= height

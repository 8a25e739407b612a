"""Every page whose readers may be watched can be left in a moment, and tells little to whoever looks on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_checks import FIRST, faults, on_screens
from playwright.sync_api import Browser, Page, expect
from pypdfium2 import PdfDocument

from taphuan.programme import urls
from taphuan.programme.kinds.blank_form import BlankForm
from taphuan.programme.kinds.pocket_text import PocketText
from taphuan.programme.loader import load

from .conftest import REPOSITORY, served
from .test_help import EXIT, arrive

HELP, CAMPAIGN, LESSON = "ho-tro/", "truyen-thong/duong-ve/", "khoa-hoc/dong-dang-vien/bao-lau-roi/"
PAGES = (HELP, CAMPAIGN, LESSON, "khoa-hoc/dong-dang-vien/", "to-mau/viec-nho-khi-di-xa/")
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
WAY_OUT = "a.quick-exit"
#: Whether whoever presses the middle of an element presses it, and not what lies over it.
IS_ON_TOP = """one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return one.contains(top);
}"""


@pytest.fixture(scope="module")
def watched(real_site: Path) -> Iterator[str]:
    with served(real_site) as address:
        yield address


def test_it_is_on_the_pages_of_all_who_may_be_watched_and_on_no_other(real_site: Path) -> None:
    programme = load(REPOSITORY).programme
    assert programme
    may_be_watched = {id for id, audience in programme.audiences.items() if audience.may_be_watched}
    expected = {urls.HELP}
    for course in programme.courses.values():
        if course.audience in may_be_watched:
            expected |= {urls.course(course.id), *map(urls.lesson, course.lesson_ids)}
    for campaign in programme.campaigns.values():
        if not may_be_watched.isdisjoint(campaign.audiences):
            expected.add(urls.campaign(campaign.id))
    expected |= {urls.form(form.id) for form in programme.of(BlankForm).values() if form.carried}
    for text in programme.of(PocketText).values():
        if programme.courses[text.course].audience in may_be_watched:
            expected.add(f"bo-tui/{text.id}/")
    having = {
        f"{page.parent.relative_to(real_site).as_posix()}/"
        for page in real_site.rglob("index.html")
        if 'class="quick-exit"' in page.read_text(encoding="utf-8")
    }
    assert having == expected
    assert set(PAGES) < having


@pytest.mark.parametrize("path", PAGES)
def test_neither_tab_nor_header_nor_footer_tells_what_is_read(
    watched: str, real_site: Path, page: Page, path: str
) -> None:
    page.goto(watched + path)
    assert page.title() == "Bài đọc"
    assert page.locator("link[rel=icon]").evaluate_all("all => all.map(one => one.href)") == [
        f"{watched}assets/images/bai-doc.svg"
    ]
    assert "mại dâm" not in " ".join(page.locator("header, .site-footer").all_inner_texts())
    assert (real_site / "assets/images/bai-doc.svg").is_file()


@pytest.mark.parametrize("path", PAGES)
def test_shift_three_times_leaves_and_no_way_leads_back(watched: str, page: Page, path: str) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.goto(f"{watched}phap-luat/")
    page.goto(watched + path)
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)
    page.go_back()
    expect(page).to_have_url(f"{watched}phap-luat/")


def test_it_leaves_without_scripts(watched: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    context.route(f"{EXIT}**", arrive)
    page.goto(watched + LESSON)
    page.click(WAY_OUT)
    page.wait_for_url(EXIT)
    context.close()


@pytest.mark.parametrize("size", [PHONE, WIDE])
@pytest.mark.parametrize("path", PAGES)
def test_it_stays_in_sight_and_lies_over_nothing(
    watched: str, page: Page, path: str, size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(watched + path)
    header, bar, text = (
        page.locator(part).bounding_box() for part in ("header.md-header", ".exit-bar", "h1 >> nth=0")
    )
    assert header
    assert bar
    assert text
    assert header["y"] + header["height"] <= bar["y"] + 1
    assert bar["height"] <= 57
    assert bar["y"] + bar["height"] <= text["y"]
    part = page.locator(".page h2[id]:visible").first
    page.goto(f"{watched}{path}#{part.get_attribute('id')}")
    heading, bar = part.bounding_box(), page.locator(".exit-bar").bounding_box()
    assert heading
    assert bar
    assert bar["y"] >= 0
    assert bar["y"] + bar["height"] <= heading["y"] + 1
    assert page.locator(WAY_OUT).evaluate(IS_ON_TOP)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.locator(".site-footer :is(a, p):visible").last.evaluate(IS_ON_TOP)


@pytest.mark.parametrize("size", [PHONE, WIDE])
def test_who_searches_can_leave_too_and_sees_what_was_typed(
    watched: str, page: Page, size: dict[str, int]
) -> None:
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    page.goto(watched + LESSON)
    page.locator("label[for=__search]:visible").first.click()
    page.locator(".md-search__input").fill("khám")
    page.locator(".md-search-result__item").first.wait_for()
    assert page.locator(".md-search__input").evaluate(IS_ON_TOP)
    assert page.locator(WAY_OUT).evaluate(IS_ON_TOP)


def test_an_open_menu_leaves_the_way_out_in_reach(watched: str, page: Page) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(watched + LESSON)
    page.locator(".drawer-button").click()
    page.click(".drawer-close", trial=True)
    page.click(WAY_OUT)
    page.wait_for_url(EXIT)


@pytest.mark.parametrize("path", PAGES)
def test_paper_has_no_way_out(watched: str, page: Page, path: str) -> None:
    page.goto(watched + path)
    printed = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert "Thoát nhanh" not in printed[0].get_textpage().get_text_range()


@pytest.mark.parametrize("path", PAGES[1:])
def test_its_footer_has_the_numbers_each_with_who_answers(watched: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(watched + path)
    calls = page.locator(".site-footer__calls a")
    assert calls.evaluate_all("all => all.map(one => one.getAttribute('href'))") == [
        "tel:111",
        "tel:113",
        "tel:115",
    ]
    assert "113 Công an" in re.sub(r"\s+", " ", page.locator(".site-footer__calls").inner_text())
    for call in calls.all():
        box = call.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44


@pytest.mark.parametrize("path", PAGES[1:])
def test_axe_finds_nothing(watched: str, page: Page, path: str) -> None:
    page.set_viewport_size(FIRST)
    page.goto(watched + path)
    assert [(screen, fault) for screen in on_screens(page) for fault in faults(page)] == []

"""The bar of the service has the search and the switch of light and dark of the site's bar."""

from __future__ import annotations

import re

import pytest
from browser_thread import in_browser_thread
from fixtures_service import TwoLearners
from learner_in_chromium import sign_in
from playwright.sync_api import Page, expect

GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(251, 248, 243)", "rgb(20, 27, 36)"
SWITCH = "[data-md-component=palette] label:visible"


@in_browser_thread
def test_light_or_dark_is_chosen_in_the_bar_and_holds_on_the_site_too(address: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/tien-do/")
    assert page.evaluate(GROUND) == DARK, "as the device has it"
    page.locator(SWITCH).click()
    assert page.evaluate(GROUND) == LIGHT
    page.goto(f"{address}/khoa-hoc/")
    assert page.evaluate(GROUND) == LIGHT
    expect(page.locator(SWITCH)).to_have_attribute("title", "Nền sáng. Chuyển sang nền tối")
    page.locator(SWITCH).click()
    page.locator(SWITCH).click()
    page.goto(f"{address}/tien-do/")
    expect(page.locator(SWITCH)).to_have_attribute("title", "Đang theo máy. Chuyển sang nền sáng")
    page.emulate_media(color_scheme="light")
    expect(page.locator("body"), "the device changes, nothing is loaded").to_have_css(
        "background-color", LIGHT
    )


@in_browser_thread
def test_the_switch_is_turned_by_keyboard_and_stays_where_it_is(address: str, page: Page) -> None:
    page.goto(f"{address}/tien-do/")
    place = page.locator(SWITCH).bounding_box()
    page.locator("[data-md-component=palette] input").first.focus()
    for title in (
        "Nền sáng. Chuyển sang nền tối",
        "Nền tối. Chuyển về theo máy",
        "Đang theo máy. Chuyển sang nền sáng",
    ):
        page.keyboard.press("Enter")
        expect(page.locator(SWITCH)).to_have_attribute("title", title)
        assert page.locator(SWITCH).bounding_box() == place
    assert page.url == f"{address}/tien-do/"


@pytest.mark.parametrize("width", [360, 1280])
@in_browser_thread
def test_the_search_of_the_site_is_one_press_away(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/tien-do/")
    page.get_by_role("banner").get_by_role("link", name="Tìm kiếm").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("nước", delay=80)
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@in_browser_thread
def test_on_a_phone_the_bar_of_a_learner_is_one_row_with_the_name_and_the_menu_leads_out(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, address, two_learners.code)
    bar = page.get_by_role("banner")
    expect(bar.locator(".site-name")).to_be_visible()
    mine = bar.get_by_role("link", name="Khóa của tôi")
    assert (mine.bounding_box() or {"width": 0})["width"] == 44, "a sign, whose words are read aloud"
    assert (bar.bounding_box() or {"height": 0})["height"] < 80
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(bar.get_by_role("button", name="Đăng xuất")).to_have_count(0)
    bar.locator("summary").click()
    bar.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    assert (bar.bounding_box() or {"height": 99})["height"] < 80, "with nobody signed in as well"


@in_browser_thread
def test_on_a_desk_the_bar_of_a_learner_is_one_row_with_room_between_what_it_has(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    bar = page.get_by_role("banner")
    for width in (1221, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert bar.get_by_role("link", name=re.compile("^(Kế hoạch|Tiến độ)$")).count() == 0
        links = bar.locator("nav a").all()
        assert len({(link.bounding_box() or {"y": index})["y"] for index, link in enumerate(links)}) == 1
        last, switch = links[-1].bounding_box(), page.locator(SWITCH).bounding_box()
        assert last is not None
        assert switch is not None
        assert last["x"] + last["width"] + 16 <= switch["x"]
    footer = page.get_by_role("contentinfo")
    assert footer.get_by_role("link", name="Kế hoạch").is_visible()
    assert footer.get_by_role("link", name="Tiến độ").is_visible()

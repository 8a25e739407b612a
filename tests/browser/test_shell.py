"""What stands around every page: the bar, the menu of phones, the search, the footer."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

COURSES = "khoa-hoc/"


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


def test_the_first_stop_leads_past_the_bar_and_no_stop_is_out_of_sight(address: str, page: Page) -> None:
    for width, path in ((360, COURSES), (1280, COURSES), (360, ""), (1280, "truyen-thong/bao-tin/")):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address + path)
        assert page.evaluate("document.activeElement === document.body")
        page.keyboard.press("Tab")
        expect(page.locator(".md-skip")).to_be_focused()
        for _ in range(12):
            page.keyboard.press("Tab")
            height, html = page.evaluate(
                """() => {
                  const it = document.activeElement;
                  const seen = it.matches(".md-option") ? it.nextElementSibling : it;
                  return [seen.getBoundingClientRect().height, it.outerHTML];
                }"""
            )
            assert height > 0, html
            assert not page.locator("#__search").is_checked(), (
                "who passes the search by Tab has not opened it"
            )


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + COURSES)
    button, link = page.locator(".drawer-button"), page.locator(".site-nav a").first
    expect(link).not_to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    expect(page.locator(".drawer-close")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    expect(button).to_be_focused()


def test_each_link_in_the_menu_of_a_phone_has_a_sign_of_its_own_and_room_for_a_thumb(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("", "khoa-hoc/can-bo-cap-xa/"):
        page.goto(address + path)
        page.locator(".drawer-button").click()
        links = page.locator(".site-nav__parts a:visible")
        signs = links.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').maskImage)")
        assert len(signs) == len(set(signs)) >= 12
        assert all(sign.startswith("url(") for sign in signs)
        calls = page.locator(".site-nav__calls a")
        assert calls.all_text_contents() == ["111", "113", "115"]
        for link in [*links.all(), *calls.all()]:
            box = link.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44


def test_what_lies_under_an_open_menu_is_out_of_reach(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + COURSES)
    page.locator(".drawer-button").click()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('.md-header, .md-content, .site-footer')")
    page.locator(".drawer-close").click()
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_the_search_opens_by_keyboard_and_escape_comes_back(address: str, page: Page) -> None:
    page.goto(address + COURSES)
    button = page.locator(".search-button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_help_is_one_tap_away_on_every_page(address: str, context: BrowserContext, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    for path in ("", COURSES, "khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/", "phap-luat/", "tai-lieu/"):
        page.goto(address + path)
        link = page.get_by_role("banner").get_by_role(
            "link", name="Nơi giúp đỡ" if width >= 720 else "giúp đỡ"
        )
        expect(link).to_be_in_viewport()
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        link.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nơi giúp đỡ", use_inner_text=True)


def test_the_bar_says_in_which_part_one_is(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/")
    current = page.locator(".site-bar__parts [aria-current]")
    assert current.all_text_contents() == ["Khóa học"]


def test_the_page_of_help_names_no_other_part_in_its_bar_and_footer(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    around = page.locator(".md-header, .site-footer").locator("a:visible").all_text_contents()
    assert [text.strip() for text in around] == ["Tập huấn Lai Châu"]


def test_a_low_window_is_not_filled_by_the_bar(address: str, page: Page) -> None:
    """320 × 200 px is what 1280 × 800 shows at 400 % (WCAG 1.4.10, 2.4.11)."""
    page.set_viewport_size({"width": 320, "height": 200})
    for path in (COURSES, "ho-tro/"):
        page.goto(address + path)
        page.evaluate("scrollTo(0, 600)")
        expect(page.locator(".md-header")).not_to_be_in_viewport()

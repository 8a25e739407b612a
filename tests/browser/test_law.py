"""The pages of laws and their list, and what pages to look things up in are on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from .conftest import wait_until
from .test_browser_print import pages

DECREE = "phap-luat/nd-282-2025/"
PHONE = {"width": 360, "height": 740}
IN_SIGHT = """id => { const box = document.getElementById(id).getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight / 2 }"""


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


def plain_page(chromium: Browser, address: str) -> Page:
    """Returns a page of a browser that runs no scripts."""
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    return page


# --- the page of a law -----------------------------------------------------------------------


def test_a_number_leads_to_its_article_and_the_keyboard_goes_on_from_there(address: str, page: Page) -> None:
    page.goto(address + DECREE)
    page.fill("#so-dieu", "32")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{DECREE}#dieu-32")
    wait_until(page, IN_SIGHT, "dieu-32")
    expect(page.locator(":focus")).to_have_text(re.compile("^Điều"))
    page.locator('.jump__list a[href="#dieu-32"][aria-current="true"]').wait_for()


def test_a_number_that_the_page_does_not_have_is_said_to_be_missing(address: str, page: Page) -> None:
    page.goto(address + DECREE)
    page.fill("#so-dieu", "12")
    page.click(".jump__go")
    expect(page.locator(".jump__status")).to_have_text("Trang này chưa ghi Điều 12.")
    assert "#" not in page.url


def test_on_a_phone_an_article_is_chosen_from_a_bar_that_stays(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + DECREE)
    page.select_option("#chon-dieu", "dieu-34")
    page.click(".jump__go")
    wait_until(page, IN_SIGHT, "dieu-34")
    bar, heading = page.locator(".jump").bounding_box(), page.locator("#dieu-34 h3").bounding_box()
    assert bar
    assert heading
    assert 0 <= bar["y"] < 80
    assert heading["y"] >= bar["y"] + bar["height"]


def test_on_a_phone_lessons_beside_an_article_are_folded_to_their_number(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + DECREE)
    assert page.locator("#dieu-32 .cited-by[open]").count() == 0
    assert "bài học dẫn" in page.inner_text("#dieu-32 .cited-by > summary")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + DECREE)
    article, beside = (page.locator(f"#dieu-32 {part}").bounding_box() for part in ("h3", ".article__beside"))
    assert article
    assert beside
    assert abs(article["y"] - beside["y"]) < 30
    assert beside["x"] > article["x"] + article["width"]


def test_the_width_of_a_page_of_law_is_used(address: str, page: Page) -> None:
    page.goto(address + DECREE)
    outline, beside = (
        page.locator(".jump").bounding_box(),
        page.locator("#dieu-32 .article__beside").bounding_box(),
    )
    assert outline
    assert beside
    assert beside["x"] + beside["width"] - outline["x"] > 0.85 * 1280


def test_the_link_of_an_article_is_copied_and_that_is_said(address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + DECREE)
    page.click("#dieu-33 .article__link")
    expect(page.locator(".copied")).to_contain_text("33")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{DECREE}#dieu-33"


def test_lessons_beside_an_article_of_one_line_are_folded(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + DECREE)
    expect(page.locator("#dieu-6 .cited-by[open]")).to_have_count(0)
    expect(page.locator("#dieu-5 .cited-by[open]")).to_have_count(1)


def test_without_scripts_a_page_of_law_has_its_list_of_links_and_all_is_open(
    address: str, chromium: Browser
) -> None:
    page = plain_page(chromium, address + DECREE)
    assert not page.is_visible(".jump__form")
    page.click('.jump__list a[href="#dieu-55"]')
    expect(page).to_have_url(f"{address}{DECREE}#dieu-55")
    assert page.locator(".cited-by:not([open])").count() == 0
    page.context.close()


def test_an_article_with_acts_that_are_fined_leads_to_where_they_are_looked_up(
    address: str, page: Page
) -> None:
    page.goto(address + DECREE)
    assert page.locator("#dieu-6").count() == 1
    assert page.locator("#dieu-6 .article__look-up").count() == 0
    link = page.locator("#dieu-32 .article__look-up")
    assert "mua dâm" in link.inner_text()
    link.click()
    page.wait_for_url("**/tra-nhanh/**")
    act = page.url.partition("#")[2].partition("&")[0]
    assert act


def test_on_paper_a_law_is_text_with_its_notes(address: str, page: Page) -> None:
    page.goto(address + DECREE)
    page.emulate_media(media="print")
    for gone in (".jump", ".article__link", ".article__beside", ".md-header"):
        assert not page.locator(gone).first.is_visible(), gone
    assert "Mua dâm bị phạt" in page.inner_text("#dieu-32")
    assert "không có biện pháp buộc nộp lại" in page.inner_text("#dieu-32")
    assert page.locator(".law-day").first.is_visible()


# --- the list of laws ------------------------------------------------------------------------


def test_laws_are_found_by_words_without_marks_and_by_number(address: str, page: Page) -> None:
    page.goto(address + "phap-luat/")
    for typed, found in (
        ("tre em", "Luật Trẻ em"),
        ("102/2016", "Luật Trẻ em"),
        ("hình sự", "Bộ luật Hình sự"),
    ):
        page.fill("#loc-van-ban", typed)
        shown = page.locator(".register > li:visible .register__name > a").all_inner_texts()
        assert found in shown, typed
        assert len(shown) < 10


def test_laws_are_filtered_by_topic_and_status_and_the_number_is_told(address: str, page: Page) -> None:
    page.goto(address + "phap-luat/")
    total = page.locator("#cac-van-ban .register > li").count()
    page.select_option("#loc-chu-de", "hinh-su")
    several = page.locator(".register > li:visible").count()
    assert several == 3
    assert page.locator(".law-topic:visible").count() == 1
    page.select_option("#loc-tinh-trang", "còn-hiệu-lực")
    few = page.locator(".register > li:visible").count()
    assert 0 < few < several
    expect(page.locator("[data-filter-status]")).to_have_text(f"{few} trong {total} văn bản")
    page.click(".filter__reset")
    expect(page.locator("#cac-van-ban li:not([hidden])")).to_have_count(total)
    assert not page.is_visible(".filter__reset")


def test_filters_and_what_most_lessons_cite_stand_on_the_first_screen_of_a_desk(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "phap-luat/")
    for field in ("#loc-van-ban", "#loc-chu-de", "#loc-tinh-trang", ".most-cited h2"):
        box = page.locator(field).first.bounding_box()
        assert box
        assert box["y"] + box["height"] < 560
    lessons = "rows => rows.map(row => Number((row.textContent.match(/(\\d+) bài/) || [0, 0])[1]))"
    first = page.locator(".most-cited .register__counts").evaluate_all(lessons)
    every = page.locator("#cac-van-ban .register__counts").evaluate_all(lessons)
    assert len(first) == 10
    assert first == sorted(every, reverse=True)[:10]


def test_every_topic_is_a_row_with_the_names_of_its_laws_until_it_is_opened_or_something_is_looked_for(
    address: str, page: Page
) -> None:
    page.goto(address + "phap-luat/")
    topics = page.locator(".law-topic")
    assert page.locator("#cac-van-ban .register > li:visible").count() == 0
    for topic in topics.all():
        names, *laws = (
            text.replace("\xa0", " ")
            for part in (".law-topic__names", ".register__name > a")
            for text in topic.locator(part).all_text_contents()
        )
        assert len(laws) >= 2
        assert all(law in names for law in laws)
    page.click("#truong-hoc summary")
    expect(page.locator("#truong-hoc .register > li:visible")).to_have_count(8)
    page.fill("#loc-van-ban", "tre em")
    assert not page.is_visible(".most-cited")
    assert "Luật Trẻ em" in page.inner_text("#tre-em .register").replace("\xa0", " ")
    page.click(".filter__reset")
    page.locator(".most-cited").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_an_address_opens_every_fold_around_what_it_names(address: str, page: Page, width: int) -> None:
    """A page may fold what holds folds; a link from another page knows of none of them."""

    def fold_more(route: Route) -> None:
        made = route.fetch().text()
        assert made.count('<div class="law-list">') == 1
        route.fulfill(body=made.replace('<div class="law-list">', "<details><summary>Hai</summary><div>"))

    page.set_viewport_size({"width": width, "height": 740})
    page.route("**/phap-luat/", fold_more)
    page.goto(address + "phap-luat/#hinh-su")
    page.locator("#hinh-su .register > li").first.wait_for()
    wait_until(page, IN_SIGHT, "hinh-su")


def test_an_address_takes_off_a_filter_that_hides_what_it_names(address: str, page: Page) -> None:
    page.goto(address + "phap-luat/")
    page.fill("#loc-van-ban", "zzz")
    page.evaluate("location.hash = '#hinh-su'")
    page.locator("#hinh-su .register > li").first.wait_for()
    assert page.input_value("#loc-van-ban") == ""


def test_where_no_law_is_found_the_list_says_so(address: str, page: Page) -> None:
    page.goto(address + "phap-luat/")
    page.fill("#loc-van-ban", "zzz")
    assert "Không có văn bản nào khớp" in page.inner_text("[data-filter-none]")
    assert page.locator(".law-topic:visible").count() == 0


def test_on_a_phone_the_list_is_one_of_topics_that_open(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "phap-luat/")
    assert page.locator(".register > li:visible").count() == 0
    page.fill("#loc-van-ban", "282")
    assert "Nghị định 282/2025" in page.locator(".register > li:visible").first.inner_text().replace(
        "\xa0", " "
    )
    page.fill("#loc-van-ban", "")
    assert page.locator(".register > li:visible").count() == 0
    page.goto(address + "phap-luat/#hinh-su")
    page.locator("#hinh-su .register > li").first.wait_for()


def test_without_scripts_the_list_is_whole_under_headings_with_anchors(
    address: str, chromium: Browser
) -> None:
    page = plain_page(chromium, address + "phap-luat/")
    assert not page.is_visible(".filter")
    listed = page.locator("#cac-van-ban .register > li")
    assert listed.locator("visible=true").count() == listed.count() > 50
    page.click('.topics a[href="#truong-hoc"]')
    expect(page).to_have_url(f"{address}phap-luat/#truong-hoc")
    page.context.close()


# --- narrow and forced -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["phap-luat/", DECREE, "phap-luat/blhs-2015/", "thuat-ngu/"])
def test_nothing_is_wider_than_the_narrowest_phone(address: str, page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    "path",
    ["phap-luat/", DECREE, "thuat-ngu/", "tai-lieu/", "ke-hoach/", "tra-nhanh/", "tra-nhanh/?tra=35.2"],
)
def test_letters_of_twice_the_size_push_nothing_aside(address: str, page: Page, path: str) -> None:
    """Text alone at 200 % (WCAG 1.4.4), with what is folded as it lies."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address + path)
    page.evaluate("document.documentElement.style.setProperty('font-size', '250%', 'important')")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# --- on paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("phap-luat/", 4),
        (DECREE, 4),
        ("thuat-ngu/", 5),
        ("tai-lieu/", 6),
        ("ke-hoach/", 11),
        ("tra-nhanh/", 1),
        ("tra-nhanh/?tra=mua+dam", 1),
    ],
)
def test_what_a_browser_prints_is_short(address: str, page: Page, path: str, most: int) -> None:
    page.goto(address + path)
    if "?" in path:
        page.locator(".act.is-shown").wait_for()
    assert len(pages(page)) <= most


def test_all_acts_are_printed_with_both_fines_their_article_and_the_day_it_was_checked(
    address: str, page: Page
) -> None:
    page.goto(f"{address}tra-nhanh/")
    (printed,) = pages(page)
    words = " ".join(printed.split())
    for part in (
        "Dùng vũ lực để bảo kê",
        "30–50 triệu",
        "60–100 triệu",
        "Đ. 34.4.a",
        "hiệu lực kiểm tra đến",
    ):
        assert part in words.replace("\xa0", " "), part

"""The glossary: what to say first, words that open on a phone and are found without marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import wait_until
from .test_law import IN_SIGHT, PHONE, plain_page


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.mark.parametrize("width", [360, 1280])
def test_what_to_say_stands_on_the_first_screen_of_the_glossary(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + "thuat-ngu/")
    box = page.locator("#cach-goi-nen-dung h2").bounding_box()
    assert box
    assert box["y"] < 700


def test_on_a_phone_a_word_is_a_row_that_opens_and_letters_stay_at_hand(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "thuat-ngu/")
    assert page.evaluate("document.documentElement.scrollHeight") < 7500
    assert page.locator(".term p:visible").count() == 0
    page.click('.letters a[href="#chu-c"]')
    wait_until(page, IN_SIGHT, "chu-c")
    bar, letter = page.locator(".words-bar").bounding_box(), page.locator("#chu-c").bounding_box()
    assert bar
    assert letter
    assert 0 <= bar["y"] < 80
    assert letter["y"] >= bar["y"] + bar["height"] - 1
    page.click("#chuyen-gui")
    expect(page.locator(".term > p:first-of-type:visible")).to_have_count(1)
    page.goto(address + "thuat-ngu/#mua-dam")
    wait_until(page, IN_SIGHT, "mua-dam")
    expect(page.locator(".term[open] #mua-dam")).to_have_count(1)


def test_on_a_phone_why_a_word_is_better_is_told_where_its_row_is_touched(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "thuat-ngu/")
    assert page.locator(".say__reason p:visible").count() == 0
    page.locator(".say__list > li").first.click(position={"x": 40, "y": 20})
    expect(page.locator(".say__reason p:visible")).to_have_count(1)
    assert page.locator(".say__list > li").first.locator("p:visible").count() == 3


def test_a_word_is_found_without_marks_and_letters_without_words_are_gone(address: str, page: Page) -> None:
    page.goto(address + "thuat-ngu/")
    page.fill("#loc-tu", "chuyen gui")
    shown = [text.replace("\xa0", " ") for text in page.locator(".term h3:visible").all_inner_texts()]
    assert "chuyển gửi" in shown
    assert len(shown) < 12
    letters = {text.strip() for text in page.locator(".letters a:visible").all_inner_texts()}
    assert "C" in letters
    assert len(letters) < 10


def test_a_folded_word_tells_its_first_sentence_whole(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address + "thuat-ngu/")
    rows = page.locator(".term").evaluate_all(
        "terms => terms.map(term => [term.querySelector('.term__first').innerText,"
        " term.querySelector('p').textContent, term.querySelector('.term__first').offsetHeight])"
    )
    assert len(rows) > 40
    for first, meaning, height in rows:
        words = first.replace("\xa0", " ")
        assert words == meaning.replace("\xa0", " ").split(". ")[0].removesuffix(".").strip()
        assert height < 130, words


def test_where_a_word_is_from_stands_beside_it_and_is_told_once(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "thuat-ngu/")
    term = page.locator(".term", has=page.locator("#mai-dam"))
    meaning, source = (term.locator(part).bounding_box() for part in ("p:first-of-type", ".term__source"))
    assert meaning
    assert source
    assert abs(meaning["y"] - source["y"]) < 8
    assert source["x"] > meaning["x"] + meaning["width"]
    assert term.locator(".term__source a").inner_text().replace("\xa0", " ") == "Pháp lệnh 10/2003, Điều 3"


def test_words_have_a_heading_which_goes_when_none_is_found(address: str, page: Page) -> None:
    page.goto(address + "thuat-ngu/")
    heading = page.get_by_role("heading", name="Giải thích từ")
    expect(heading).to_be_visible()
    page.fill("#loc-tu", "khach lang choi")
    expect(page.locator(".letter:visible")).to_have_count(0)
    expect(heading).to_be_hidden()


def test_without_scripts_every_word_of_the_glossary_is_there(address: str, chromium: Browser) -> None:
    page = plain_page(chromium, address + "thuat-ngu/")
    assert not page.is_visible(".filter")
    assert page.locator(".term[open] > p:first-of-type:visible").count() == page.locator(".term").count() > 40
    assert page.locator(".say__reason p:visible").count() == page.locator(".say__list > li").count()
    page.click('.letters a[href="#chu-x"]')
    expect(page).to_have_url(f"{address}thuat-ngu/#chu-x")
    page.context.close()

"""Self-checks: by keyboard, resumed, and readable without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from .conftest import open_whole

LESSON = "khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/"
#: Its first question is a fill-in with three blanks.
BLANKS = "khoa-hoc/can-bo-cap-xa/bao-cao-va-phoi-hop/"
CHECK = "[data-self-check]"


def answer(page: Page) -> None:
    """Answers the open question by keyboard alone, right or not."""
    question = page.locator(f"{CHECK} [data-question]:visible")
    kind = question.get_attribute("data-kind")
    if kind in {"single-choice", "true-false"}:
        question.locator("input[type=radio]").first.focus()
        page.keyboard.press("Space")
    elif kind == "multiple-choice":
        question.locator("input[type=checkbox]").first.focus()
        page.keyboard.press("Space")
    elif kind == "fill-in":
        for select in question.locator("select").all():
            select.focus()
            page.keyboard.press("ArrowDown")
            select.select_option(index=1)
    elif kind == "ordering":
        for card in question.locator(".tap").all():
            card.press("Enter")
    else:
        question.locator(".tap--left").first.press("Enter")
        for right in question.locator(".tray .tap").all():
            right.press("Enter")
    page.get_by_role("button", name="Trả lời", exact=True).press("Enter")


def go_on(page: Page) -> None:
    button = (
        page.locator(f"{CHECK} button:visible")
        .filter(has_text="tiếp theo")
        .or_(page.locator(f"{CHECK} button:visible").filter(has_text="kết quả"))
    )
    button.first.focus()
    page.keyboard.press("Enter")


def test_one_question_at_a_time_with_progress_in_words(address: str, page: Page) -> None:
    open_whole(page, address + LESSON)
    assert page.locator(f"{CHECK} [data-question]:visible").count() == 1
    heading = page.locator(f"{CHECK} h3:visible")
    assert heading.inner_text() == "Câu 1 trên 5"
    assert heading.locator("[aria-hidden=true] > *").count() == 5


def test_the_reason_is_told_at_once_and_has_the_focus(address: str, page: Page) -> None:
    open_whole(page, address + LESSON)
    answer(page)
    focused = page.evaluate("document.activeElement.textContent")
    assert focused.strip()
    assert page.evaluate("document.activeElement.closest('[data-self-check]') !== null")
    assert page.evaluate("document.activeElement.tabIndex") == -1


def test_all_of_it_can_be_done_by_keyboard_and_is_remembered_on_this_device(address: str, page: Page) -> None:
    open_whole(page, address + LESSON)
    for _ in range(5):
        answer(page)
        go_on(page)
    done = page.evaluate("Object.keys(localStorage)")
    assert "taphuan:done:can-bo-cap-xa/xu-phat-hanh-chinh" in done
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/")
    page.wait_for_selector("[data-progress]:not([hidden])")
    assert re.search(r"Đã xong 1 trên \d+\sbài", page.inner_text("[data-progress]"))


def test_it_resumes_where_one_left_off(address: str, page: Page) -> None:
    open_whole(page, address + LESSON)
    answer(page)
    go_on(page)
    assert "Câu 2 trên 5" in page.inner_text(CHECK)
    page.reload()
    assert "Câu 2 trên 5" in page.inner_text(CHECK)


def test_without_javascript_every_question_shows_with_its_answer_folded(
    address: str, chromium: Browser
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + LESSON)
    assert page.locator(f"{CHECK} [data-question]:visible").count() == 5
    assert page.locator(f"{CHECK} details").count() == 5
    assert page.locator(f"{CHECK} details[open]").count() == 0
    context.close()


def test_a_browser_that_stores_nothing_can_still_answer(address: str, page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    open_whole(page, address + LESSON)
    answer(page)
    go_on(page)
    assert "Câu 2 trên 5" in page.inner_text(CHECK)


def fill(page: Page, *, right: tuple[bool, ...]) -> None:
    """Chooses in each blank an option that is right or one that is not, by the keyboard's letters."""
    blanks = page.locator(f"{CHECK} [data-question]:visible [data-part=lefts] > li").all()
    for blank, is_right in zip(blanks, right, strict=True):
        options = blank.locator("[data-part=rights] > li").all()
        (chosen, *_) = (one for one in options if (one.get_attribute("data-correct") == "") == is_right)
        blank.locator("select").focus()
        page.keyboard.type(str(chosen.text_content()).strip()[0])
    page.get_by_role("button", name="Trả lời", exact=True).press("Enter")


def test_a_blank_left_open_is_named_and_has_the_focus(address: str, page: Page) -> None:
    open_whole(page, address + BLANKS)
    question = page.locator(f"{CHECK} [data-question]:visible")
    assert question.get_attribute("data-kind") == "fill-in"
    question.locator("select").first.select_option(index=1)
    page.get_by_role("button", name="Trả lời", exact=True).press("Enter")
    assert question.get_by_role("status").inner_text().startswith("Còn chỗ trống chưa chọn")
    label = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-labelledby')).innerText"
    )
    assert label == "Chỗ trống (2)"


def test_a_blank_filled_wrong_is_told_beside_it_with_its_reason_and_the_right_one(
    address: str, page: Page
) -> None:
    open_whole(page, address + BLANKS)
    fill(page, right=(False, True, True))
    question = page.locator(f"{CHECK} [data-question]:visible")
    blanks = question.locator("[data-part=lefts] > li")
    tags = [blank.locator(".self-check__tag").inner_text() for blank in blanks.all()]
    assert tags == ["Bạn chọn nhầm", "Bạn chọn đúng", "Bạn chọn đúng"]
    assert "đúng một phần: 2 trên 3" in question.inner_text()
    assert blanks.nth(0).locator(".self-check__feedback").count() == 2
    assert blanks.nth(0).locator(".self-check__instead").inner_text().startswith("Nên là “")
    for right in (1, 2):
        assert blanks.nth(right).locator(".self-check__feedback").count() == 1
        assert blanks.nth(right).locator(".self-check__instead").count() == 0


def test_a_fill_in_is_done_again_remembered_and_counted_right(address: str, page: Page) -> None:
    open_whole(page, address + BLANKS)
    fill(page, right=(True, False, True))
    page.get_by_role("button", name="Làm lại câu này").press("Enter")
    question = page.locator(f"{CHECK} [data-question]:visible")
    assert [select.input_value() for select in question.locator("select").all()] == ["", "", ""]
    fill(page, right=(True, True, True))
    assert "Bạn trả lời đúng." in question.inner_text()
    chosen = [select.input_value() for select in question.locator("select").all()]
    page.reload()
    expect(question.locator("select")).to_have_count(len(chosen))
    assert [select.input_value() for select in question.locator("select").all()] == chosen
    assert question.locator("select:enabled").count() == 0


def test_without_javascript_a_fill_in_shows_a_list_to_each_blank(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + BLANKS)
    question = page.locator("[data-kind=fill-in]")
    assert "Kính gửi (1) ……, qua (2) ……" in question.inner_text()
    assert question.locator("[data-part=rights]:visible").count() == 3
    context.close()

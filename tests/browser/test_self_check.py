"""Self-checks: by keyboard, resumed, and readable without JavaScript."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

LESSON = "khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/"
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
    elif kind == "matching":
        for select in question.locator("select").all():
            select.focus()
            page.keyboard.press("ArrowDown")
            select.select_option(index=1)
    button = page.locator(f"{CHECK} button:visible", has_text="Trả lời")
    button.focus()
    page.keyboard.press("Enter")


def go_on(page: Page) -> None:
    button = (
        page.locator(f"{CHECK} button:visible")
        .filter(has_text="tiếp theo")
        .or_(page.locator(f"{CHECK} button:visible").filter(has_text="kết quả"))
    )
    button.first.focus()
    page.keyboard.press("Enter")


def test_one_question_at_a_time_with_progress_in_words(address: str, page: Page) -> None:
    page.goto(address + LESSON)
    assert page.locator(f"{CHECK} [data-question]:visible").count() == 1
    heading = page.locator(f"{CHECK} h3:visible")
    assert heading.locator("[aria-hidden=true]").inner_text() == "Câu 1/5"
    assert "Câu 1 trên 5" in heading.inner_text()


def test_the_reason_is_told_at_once_and_has_the_focus(address: str, page: Page) -> None:
    page.goto(address + LESSON)
    answer(page)
    focused = page.evaluate("document.activeElement.textContent")
    assert focused.strip()
    assert page.evaluate("document.activeElement.closest('[data-self-check]') !== null")
    assert page.evaluate("document.activeElement.tabIndex") == -1


def test_all_of_it_can_be_done_by_keyboard_and_is_remembered_on_this_device(address: str, page: Page) -> None:
    page.goto(address + LESSON)
    for _ in range(5):
        answer(page)
        go_on(page)
    done = page.evaluate("Object.keys(localStorage)")
    assert "taphuan:done:can-bo-cap-xa/xu-phat-hanh-chinh" in done
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/")
    page.wait_for_selector("[data-progress]:not([hidden])")
    assert "1/12 bài" in page.inner_text("[data-progress]")


def test_it_resumes_where_one_left_off(address: str, page: Page) -> None:
    page.goto(address + LESSON)
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
    page.goto(address + LESSON)
    answer(page)
    go_on(page)
    assert "Câu 2 trên 5" in page.inner_text(CHECK)

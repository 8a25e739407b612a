"""Self-checks: verdicts beside each part, orders and pairs by tapping, and where the end leads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import open_whole
from .test_self_check import CHECK, answer, go_on

#: Its questions: an order, a single choice, a multiple choice, true or false, pairs.
LESSON = "khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/"
PHONE = {"width": 360, "height": 740}
#: How far the top of the open card is under what stays at the top: on a phone the outline, else the header.
UNDER_BAR = """() => {
  const card = document.querySelector("[data-question]:not([hidden])");
  const bars = [...document.querySelectorAll(".md-header, .outline-bar")];
  const bottom = Math.max(...bars.map((bar) => bar.getBoundingClientRect().bottom));
  return card.getBoundingClientRect().top - bottom;
}"""


@pytest.fixture
def lesson(address: str, page: Page) -> Page:
    page.set_viewport_size(PHONE)
    open_whole(page, address + LESSON)
    return page


def open_question(page: Page, kind: str) -> Locator:
    """Answers until a question of that kind is open."""
    question = page.locator(f"{CHECK} [data-question]:visible")
    for _ in range(page.locator(f"{CHECK} [data-question]").count()):
        if question.get_attribute("data-kind") == kind:
            break
        answer(page)
        go_on(page)
    assert question.get_attribute("data-kind") == kind
    return question


def reply(page: Page) -> None:
    page.get_by_role("button", name="Trả lời", exact=True).click()


def right_order(question: Locator) -> list[str]:
    """Hands in whatever order, reads the right one, and starts again."""
    for card in question.locator(".tap").all():
        card.click()
    question.get_by_role("button", name="Trả lời", exact=True).click()
    steps = question.locator(".self-check__step").all_inner_texts()
    question.get_by_role("button", name="Làm lại câu này").click()
    return steps


# --- choices ------------------------------------------------------------------------------------


def test_chosen_missed_and_wrong_are_told_apart_by_words_sign_and_border(lesson: Page) -> None:
    question = open_question(lesson, "multiple-choice")
    options = question.locator("[data-part=options] > li")
    right, wrong = (
        options.and_(question.locator("[data-correct]")),
        options.and_(question.locator(":not([data-correct])")),
    )
    right.first.locator("input").check()
    wrong.first.locator("input").check()
    reply(lesson)
    told = question.locator(".self-check__options > li")
    for kind, words, style in (
        ("is-right", "Bạn chọn đúng", "solid"),
        ("is-missed", "Bạn bỏ sót câu đúng này", "dashed"),
        ("is-wrong", "Bạn chọn nhầm", "solid"),
    ):
        entry = question.locator(f".self-check__options > .{kind}").first
        assert entry.locator(".self-check__tag").inner_text() == words
        assert entry.evaluate("node => getComputedStyle(node).borderTopStyle") == style
        assert entry.locator(".self-check__feedback").count() == 1
    missed = question.locator(".is-missed").first
    assert missed.locator("input").is_checked() is False
    assert missed.locator("input").evaluate("node => getComputedStyle(node).borderTopStyle") == "dashed"
    rest = question.locator(".self-check__options > .is-rest")
    assert rest.locator(".self-check__tag").count() == 0
    assert told.last.get_attribute("class") == "is-rest"


def test_the_verdict_has_the_focus_and_counts_what_was_missed(lesson: Page) -> None:
    question = open_question(lesson, "multiple-choice")
    question.locator("[data-correct] input").first.check()
    reply(lesson)
    verdict = lesson.evaluate("document.activeElement.innerText")
    assert re.match(r"Bạn trả lời đúng một phần: 1 trên \d câu đúng\.\s+Bạn bỏ sót \d câu\.", verdict)


# --- the next question --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_the_next_question_begins_right_under_the_bar_at_the_top_with_the_focus(
    lesson: Page, width: int
) -> None:
    lesson.set_viewport_size({"width": width, "height": 740})
    answer(lesson)
    assert 0 <= lesson.evaluate(UNDER_BAR) < 24
    go_on(lesson)
    assert 0 <= lesson.evaluate(UNDER_BAR) < 24
    expect(lesson.locator(f"{CHECK} h3:visible")).to_be_focused()


# --- an order -----------------------------------------------------------------------------------


def test_tapping_gives_the_next_number_and_takes_it_back(lesson: Page) -> None:
    question = open_question(lesson, "ordering")
    cards = question.locator(".tap")
    for nth in (2, 0, 1):
        cards.nth(nth).click()
    assert [cards.nth(nth).locator(".tap__place").inner_text() for nth in range(4)] == ["2", "3", "1", ""]
    expect(question.locator("p[role=status].visually-hidden")).to_contain_text(re.compile("”, thứ 3$"))
    cards.nth(2).click()
    assert [cards.nth(nth).locator(".tap__place").inner_text() for nth in range(3)] == ["1", "2", ""]
    question.get_by_role("button", name="Bỏ số 2").click()
    assert [cards.nth(nth).locator(".tap__place").inner_text() for nth in range(3)] == ["1", "", ""]
    assert cards.nth(0).get_attribute("aria-pressed") == "true"
    question.get_by_role("button", name="Xếp lại từ đầu").click()
    expect(cards.nth(0)).to_be_focused()
    assert question.locator(".tap[aria-pressed=true]").count() == 0


def test_an_order_left_untouched_is_not_taken(lesson: Page) -> None:
    question = open_question(lesson, "ordering")
    total = question.locator(".tap").count()
    submit = question.get_by_role("button", name=f"Còn {total} việc chưa xếp")
    submit.press("Enter")
    expect(question.locator(".self-check__notice")).to_contain_text("Còn việc chưa xếp")
    expect(question.locator(".tap").first).to_be_focused()
    question.locator(".tap").first.click()
    expect(question.get_by_role("button", name=f"Còn {total - 1} việc chưa xếp")).to_be_visible()


def test_each_line_of_the_right_order_says_how_far_it_was(lesson: Page) -> None:
    question = open_question(lesson, "ordering")
    first, second, *others = right_order(question)
    for words in (second, first, *others):
        question.locator(".tap").filter(has=lesson.get_by_text(words, exact=True)).click()
    reply(lesson)
    lines = question.locator(".self-check__road > li")
    tags = lines.locator(".self-check__tag").all_inner_texts()
    assert tags == [
        "bạn đặt thứ 2, lên 1 bậc",
        "bạn đặt thứ 1, xuống 1 bậc",
        *(["đúng chỗ"] * len(others)),
    ]
    assert f"Gần đúng: {len(others)} trên {len(others) + 2} đúng chỗ." in question.inner_text()
    lesson.reload()
    assert lines.locator(".self-check__tag").all_inner_texts() == tags


# --- pairs --------------------------------------------------------------------------------------


def test_two_taps_pair_and_the_next_line_is_open(lesson: Page) -> None:
    question = open_question(lesson, "matching")
    lefts, rights = question.locator(".tap--left"), question.locator(".tray .tap")
    rights.nth(0).click()
    expect(question.locator("p[role=status].visually-hidden")).to_have_text(
        "Bạn chạm một dòng ở trên trước nhé"
    )
    lefts.nth(0).click()
    assert lefts.nth(0).get_attribute("aria-pressed") == "true"
    rights.nth(1).click()
    assert rights.nth(1).locator(".tap__text").inner_text() in lefts.nth(0).inner_text()
    assert "đã nối" in rights.nth(1).inner_text()
    assert lefts.nth(1).get_attribute("aria-pressed") == "true"
    rights.nth(1).click()
    assert "Chạm để chọn" in lefts.nth(0).inner_text()


def test_escape_takes_the_choice_back(lesson: Page) -> None:
    question = open_question(lesson, "matching")
    left = question.locator(".tap--left").first
    left.press("Enter")
    assert lesson.evaluate("document.activeElement.closest('.tray') !== null")
    lesson.keyboard.press("Escape")
    expect(left).to_be_focused()
    assert left.get_attribute("aria-pressed") == "false"


def test_the_tray_stays_at_the_bottom_and_no_text_is_cut(lesson: Page) -> None:
    question = open_question(lesson, "matching")
    tray = question.locator(".tray")
    assert tray.evaluate("node => getComputedStyle(node).position") == "sticky"
    assert tray.evaluate("node => node.getBoundingClientRect().height") <= 0.45 * PHONE["height"] + 1
    for text in question.locator(".tap__text").all():
        assert text.evaluate("node => node.scrollWidth <= node.clientWidth + 1")


def test_a_wrong_pair_says_which_answer_it_should_be(lesson: Page) -> None:
    question = open_question(lesson, "matching")
    answer(lesson)
    wrong, right = question.locator("li.is-wrong"), question.locator("li.is-right")
    assert wrong.count() + right.count() == question.locator(".tap--left").count()
    for entry in wrong.all():
        assert entry.locator(".self-check__tag").inner_text() == "Bạn nối nhầm"
        assert re.match(r"Nên là [A-J], ", entry.locator(".self-check__instead").inner_text())
    expect(question.locator(".tray")).to_be_hidden()


# --- the end ------------------------------------------------------------------------------------


def finish(page: Page) -> Locator:
    for _ in range(page.locator(f"{CHECK} [data-question]").count()):
        answer(page)
        go_on(page)
    return page.locator(f"{CHECK} .self-check__summary")


def test_the_end_says_what_to_read_again_and_leads_to_the_next_lesson(lesson: Page) -> None:
    end = finish(lesson)
    expect(end.get_by_role("heading", level=3)).to_be_focused()
    right, total = map(int, re.findall(r"đúng (\d) trên (\d) câu ngay lần đầu", end.inner_text())[0])
    assert end.locator("[data-part=share]").inner_text() == f"{right}/{total}"
    weak = end.locator("[data-part=reread-list] > li")
    missed = [re.findall(r"\d+", tag) for tag in weak.locator(".self-check__missed").all_inner_texts()]
    assert sum(map(len, missed)) == total - right > 0
    objectives = weak.locator(".self-check__objective").all_inner_texts()
    assert len(set(objectives)) == len(objectives), "what to read again is listed once"
    for entry in weak.all():
        target = entry.locator("a:visible").get_attribute("href")
        assert target
        assert target.startswith("#")
        assert lesson.locator(f"article {target}").count() == 1
    onward = end.get_by_role("link", name="Bài tiếp theo:")
    following = lesson.locator("a[rel=next]").evaluate("node => node.href")
    assert onward.evaluate("node => node.href") == following


def test_the_lesson_is_done_at_once_and_the_page_is_told(lesson: Page) -> None:
    lesson.evaluate(
        "document.addEventListener('lessondone', (event) => { window.told = event.detail.lesson; })"
    )
    end = finish(lesson)
    assert lesson.evaluate("window.told") == "can-bo-cap-xa/tiep-nhan-tin-bao"
    assert "Tiến độ đã ghi trên máy này." in end.inner_text()
    assert "taphuan:done:can-bo-cap-xa/tiep-nhan-tin-bao" in lesson.evaluate("Object.keys(localStorage)")


def test_it_is_done_again_from_the_start(lesson: Page) -> None:
    finish(lesson).get_by_role("button", name="Làm lại").click()
    question = lesson.locator(f"{CHECK} [data-question]:visible")
    assert "Câu 1 trên" in question.inner_text()
    assert question.locator(":checked:is(input), .tap[aria-pressed=true]").count() == 0

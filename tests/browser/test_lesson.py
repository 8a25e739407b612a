"""The page of a lesson: notes on law beside their paragraph, where one is in it, and numbers to call."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from taphuan.render.templates import SHARED_ASSETS

from .conftest import wait_until

LESSON = "khoa-hoc/can-bo-cap-xa/tiep-nhan-tin-bao/"
FINES = "khoa-hoc/can-bo-cap-xa/xu-phat-hanh-chinh/"
#: Lessons whose text or questions name a range of an amount.
AMOUNTS = (
    "can-bo-cap-xa/khai-niem",
    "can-bo-cap-xa/ho-so-xu-phat",
    "luc-luong-chuc-nang/quang-cao-tren-mang",
)
PHONE = {"width": 360, "height": 740}
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
CALL = "article a.citation--number"


def top(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def test_each_note_is_level_with_its_paragraph_or_below_the_note_before(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    notes = page.locator(".side-note--beside").all()
    assert len(notes) >= 5
    free = 0.0
    for note in notes:
        number = note.locator(".side-note__title span").first.inner_text()
        paragraphs = page.locator(f'{CALL}[href="#nguon-{number}"]').locator(
            "xpath=ancestor::*[self::p or self::li or self::div][1]"
        )
        wanted = min(abs(top(note) - max(top(cited), free)) for cited in paragraphs.all())
        assert wanted < 4, number
        box = note.bounding_box()
        assert box
        assert box["x"] > 940
        free = box["y"] + box["height"] + 20


def test_a_note_says_the_law_what_it_says_and_whether_it_holds(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    note = page.locator(".side-note--beside", has_text="Pháp").first.inner_text().replace("\xa0", " ")
    assert "Pháp lệnh 10/2003, Điều 21" in note
    assert "còn hiệu lực" in note
    assert "kiểm 06/10/2026" in note


def test_what_is_unsure_is_never_said_to_be_in_force(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    for unsure, words in (
        ("154/2026", "cần đối chiếu bản gốc"),
        ("Kế hoạch của tỉnh", "bản chưa có số, ngày"),
    ):
        named = page.locator(".side-note--beside, .law-cited .source", has_text=unsure)
        assert named.count() == 2
        for said in named.all():
            # The list of documents is folded beside the notes.
            assert words in (said.text_content() or "")
            assert "còn hiệu lực" not in (said.text_content() or "")


def test_a_place_noted_again_further_down_is_named_only(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    first, again = page.locator(".side-note--beside:has(.side-note__title span:text-is('1'))").all()
    assert "còn hiệu lực" in first.inner_text()
    assert again.inner_text().replace("\xa0", " ").strip() == "1 · Điều 21"


def test_a_number_with_a_button_in_the_text_is_not_said_again_below_it(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    assert page.locator("td > a.call[href='tel:113']").count() == 1
    assert page.locator(".lesson-calls a[href='tel:113']").count() == 0


def test_the_list_of_law_is_folded_where_each_note_stands_beside_the_text(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + LESSON)
    expect(page.locator(".side-note--beside").first).to_be_visible()
    expect(page.locator(".law-cited .source").first).to_be_hidden()
    page.click(".law-cited summary")
    expect(page.locator(".law-cited .source").first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".side-note--beside")).to_have_count(0)
    expect(page.locator(".law-cited .source").first).to_be_visible()


def test_on_a_phone_a_note_opens_below_its_paragraph_and_escape_closes_it(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    assert page.locator(".side-note").count() == 0
    call = page.locator(f"p > {CALL.split()[1]}").first
    call.focus()
    page.keyboard.press("Enter")
    note = page.locator(".side-note--below")
    assert note.is_visible()
    assert call.get_attribute("aria-expanded") == "true"
    assert top(note) > top(call)
    page.keyboard.press("Escape")
    assert note.count() == 0
    assert page.evaluate("document.activeElement.matches('a.citation--number')")


def test_a_number_is_large_enough_for_a_thumb_and_moves_no_line(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    size = page.locator(CALL).first.evaluate(
        "call => { const s = getComputedStyle(call, '::after'); return [s.width, s.height].map(parseFloat) }"
    )
    assert min(size) >= 24
    heights = page.locator(f"p:has(> {CALL.split()[1]})").first.evaluate(
        "p => { const was = p.offsetHeight;"
        " for (const a of p.querySelectorAll('a.citation--number')) a.style.lineHeight = 0, a.style.top = 0;"
        " return [was, p.offsetHeight] }"
    )
    assert heights[0] == heights[1]


def test_without_scripts_a_number_leads_to_the_list_and_back(address: str, chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False, viewport=PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}{LESSON}")
        call = page.locator(f"{CALL}[id]").first
        number = call.inner_text()
        call.click()
        expect(page).to_have_url(f"{address}{LESSON}#nguon-{number}")
        page.locator(f"#nguon-{number} .source__back").click()
        expect(page).to_have_url(f"{address}{LESSON}#dan-{number}")
        assert page.locator("[data-outline-bar]").is_visible()


def test_the_way_back_from_a_place_has_a_column_of_its_own_and_room_for_a_thumb(
    address: str, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{FINES}")
    rows = page.locator(".source__places > li").evaluate_all(
        "rows => rows.map(row => [row.querySelector('p'), row.querySelector('.source__back')]"
        " .map(node => { const { left, right, top, bottom } = node.getBoundingClientRect();"
        " return { left, right, top, bottom } }))"
    )
    assert len(rows) > 15
    for words, back in rows:
        assert back["left"] >= words["right"] - 1
        assert min(back["right"] - back["left"], back["bottom"] - back["top"]) >= 44
        assert back["right"] <= PHONE["width"]
    assert [above for (_, above), (_, below) in pairwise(rows) if below["top"] < above["bottom"] - 1] == []


def test_two_numbers_to_call_are_one_row_of_equal_buttons_where_both_fit(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 460, "height": 740})
    page.goto(f"{address}{FINES}")
    police, children = (box for box in map(Locator.bounding_box, page.locator("li > a.call").all()) if box)
    assert police["y"] == children["y"]
    assert abs(police["width"] - children["width"]) < 1
    page.set_viewport_size({"width": 230, "height": 740})
    police, children = (box for box in map(Locator.bounding_box, page.locator("li > a.call").all()) if box)
    assert police["y"] + police["height"] < children["y"]
    assert children["x"] + children["width"] <= 230


def test_numbers_of_notes_beside_each_other_are_parted_by_a_comma_that_nobody_hears(
    address: str, page: Page
) -> None:
    page.goto(f"{address}{FINES}")
    following = page.locator("a.citation--next").first
    assert following.evaluate("call => getComputedStyle(call, '::before').content") == '"," / ""'
    assert following.inner_text().isdigit()


def test_the_bar_of_a_phone_says_where_one_is_and_unfolds_to_the_outline(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    bar = page.locator("[data-outline-bar]")
    assert "Trong bài này" in bar.locator("summary").inner_text()
    heading = page.locator("article h2").nth(1)
    heading.evaluate("h => h.scrollIntoView()")
    expect(page.locator("[data-part=nth]")).to_have_text("2")
    assert heading.inner_text() in bar.locator("summary").inner_text()
    assert top(bar) == 0
    bar.locator("summary").click()
    expect(bar.locator("a[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("[data-outline-bar]:not([open])").wait_for()


def test_the_numbers_are_two_taps_away_wherever_one_is_in_a_lesson(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    page.locator("article h2").nth(2).evaluate("h => h.scrollIntoView()")
    way = page.locator(".lesson-bar").get_by_role("link", name="Giúp đỡ")
    box = way.bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= 2
    assert min(box["width"], box["height"]) >= 44
    way.click()
    page.wait_for_url(f"{address}ho-tro/")
    assert page.locator(".help-first a.call-button[href='tel:111']").is_visible()


def test_in_a_low_window_the_bar_takes_no_room_from_the_text(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 400})
    page.goto(f"{address}{LESSON}")
    page.locator("article h2").nth(2).evaluate("h => h.scrollIntoView()")
    assert top(page.locator("[data-outline-bar]")) < 0


def test_the_rail_names_the_part_one_is_in_and_marks_the_section(address: str, page: Page) -> None:
    page.goto(f"{address}{LESSON}")
    assert page.locator(".rail__road [aria-current=page] .stone--now").count() == 1
    assert page.locator(".rail__other[open]").count() == 0
    page.locator(".rail__outline a").nth(2).click()
    page.wait_for_selector(".rail__outline li:nth-child(3) a[aria-current]")


def test_the_rail_has_the_parts_of_a_course_in_their_order(address: str, page: Page) -> None:
    page.goto(f"{address}khoa-hoc/giao-vien/diem-danh-toi/")
    parts = page.locator(
        ".rail__parts > .rail__part, .rail__parts > .rail__other > summary"
    ).all_inner_texts()
    assert [part.partition(":")[0].replace("\u00a0", " ") for part in parts] == [
        "Chặng 1",
        "Chặng 2",
        "Chặng 3",
    ]
    assert page.locator(".rail__part + .rail__road [aria-current=page]").is_visible()


def test_whom_to_call_is_a_button_of_44_pixels(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    calls = page.locator("td > a.call").all()
    assert [call.get_attribute("href") for call in calls] == ["tel:113", "tel:111", "tel:115"]
    assert all((call.bounding_box() or {"height": 0})["height"] >= 44 for call in calls)


def test_nothing_moves_sideways_at_twice_the_size_of_text(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{LESSON}")
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    page.evaluate("for (const s of document.querySelectorAll('.self-check')) s.remove()")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    beyond = """() => [...document.querySelectorAll("article :is(p, li, td, a, h2, strong)")]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().right > innerWidth)
      .map((node) => node.outerHTML)"""
    assert page.evaluate(beyond) == []


def test_no_question_and_no_amount_is_wider_than_a_phone_at_twice_the_size_of_text(
    address: str, page: Page
) -> None:
    page.set_viewport_size(PHONE)
    for path in (FINES, *(f"khoa-hoc/{name}/" for name in AMOUNTS)):
        page.goto(f"{address}{path}")
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_on_a_phone_a_table_of_three_is_read_row_by_row_and_nothing_is_cut(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}khoa-hoc/giao-vien/anh-bi-doa/")
    row = page.locator("article table tbody tr").first
    first, second, third = (row.locator("td").nth(nth).bounding_box() for nth in range(3))
    assert first
    assert second
    assert third
    assert first["width"] > 300
    assert second["y"] >= first["y"] + first["height"]
    assert min(second["width"], third["width"]) > 130


def test_the_end_of_a_lesson_has_one_way_on_with_the_picture_of_the_next(address: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}khoa-hoc/can-bo-cap-xa/dau-hieu-bi-ep/")
    onward = page.locator(".turn a.button--next")
    assert onward.count() == 1
    assert onward.locator("img").get_attribute("alt") == ""
    assert onward.inner_text().startswith("Bài tiếp theo")
    box = onward.bounding_box()
    assert box
    assert box["width"] > 300


def test_at_400_per_cent_nothing_moves_sideways_and_nothing_sticks(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    stuck = """() => [...document.querySelectorAll(".md-header, article *")]
      .filter((node) => node.checkVisibility()
      && ["sticky", "fixed"].includes(getComputedStyle(node).position)).map((node) => node.className)"""
    for path in (LESSON, "khoa-hoc/can-bo-cap-xa/"):
        page.goto(f"{address}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate(stuck) == []


def test_the_self_check_is_loaded_where_a_reader_comes_near_it(address: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.clock.install()
    page.goto(f"{address}{LESSON}")
    assert "lesson.js" in asked
    assert "self-check.js" not in asked
    page.locator("[data-self-check]").scroll_into_view_if_needed()
    page.locator("[data-self-check].is-live [data-question]:visible").wait_for()
    assert asked.count("self-check.js") == 1


def test_the_self_check_is_there_for_whoever_loses_the_line_after_a_while(address: str, page: Page) -> None:
    page.clock.install()
    page.goto(f"{address}{LESSON}")
    assert page.locator("template[data-loaded]").count() == 0
    with page.expect_response("**/self-check.js"):
        page.clock.fast_forward(6_000)
    page.context.set_offline(True)
    page.locator("[data-self-check]").scroll_into_view_if_needed()
    page.locator("[data-self-check].is-live [data-question]:visible").wait_for()


@pytest.mark.thorough
def test_nothing_moves_under_a_thumb_where_the_self_check_comes_late(
    address: str, site: Path, shared_page: Page
) -> None:
    """Of every lesson: whoever came to its end before the script has what follows the questions in view."""
    page, waiting = shared_page, list[Route]()
    page.set_viewport_size(PHONE)
    page.route("**/self-check.js", lambda route: waiting.append(route))
    after = "document.querySelector('[data-self-check] + *')"
    place = f"{after}.getBoundingClientRect().top"
    moved = {}
    for lesson in sorted(file.parent for file in site.glob("khoa-hoc/*/*/index.html")):
        path = lesson.relative_to(site).as_posix()
        waiting.clear()
        with page.expect_request("**/self-check.js"):
            page.goto(f"{address}{path}/", wait_until="domcontentloaded")
            page.evaluate(f"{after}.scrollIntoView({{ block: 'center' }})")
        before = page.evaluate(place)
        wait_until(page, "document.readyState === 'complete'")
        for route in waiting:
            route.continue_()
        page.locator("template[data-loaded]").wait_for(state="attached")
        page.evaluate(TWO_FRAMES)
        moved[path] = abs(page.evaluate(place) - before)
    assert len(moved) > 60
    assert {path: way for path, way in moved.items() if way > 20} == {}


def test_where_the_script_of_the_self_check_is_lost_every_question_is_there(address: str, page: Page) -> None:
    page.route("**/self-check.js", lambda route: route.abort())
    page.goto(f"{address}{LESSON}")
    questions = page.locator("[data-self-check] [data-question]")
    with page.expect_request("**/self-check.js"):
        page.locator("[data-self-check]").scroll_into_view_if_needed()
    expect(questions.last).to_be_visible()
    assert questions.count() > 2


def test_no_rule_of_a_stylesheet_is_lost_where_it_is_joined(site: Path, root: Path, page: Page) -> None:
    joined = (site / "assets/joined/lesson.css").read_text(encoding="utf-8")
    parts = ["prose", "folded", "downloads", "lesson", "stones", "self-check", "flow", "scenario"]
    written = [
        (root / f"overrides/assets/stylesheets/{part}.css").read_text(encoding="utf-8") for part in parts
    ]
    written.insert(5, (SHARED_ASSETS / "taps.css").read_text(encoding="utf-8"))
    rules = """css => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return Array.from(sheet.cssRules, rule => rule.cssText);
    }"""
    of_parts = [rule for text in written for rule in page.evaluate(rules, text)]
    assert page.evaluate(rules, joined) == of_parts
    assert len(of_parts) > 200

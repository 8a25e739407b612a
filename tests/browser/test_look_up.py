"""Looking up an act: one box and a word, by keyboard, for either day, without scripts, on paper."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_checks import SeenStyles, on_screens
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import served

BOX = "[data-lookup-input]"
OPTIONS = "[role=option]"
#: The page with every act in it, as a host sends it.
MOST_BYTES = 20_000


@pytest.fixture
def page(shared_page: Page) -> Page:
    return shared_page


@pytest.fixture(scope="module")
def home(real_site: Path) -> Iterator[str]:
    with served(real_site) as address:
        yield address


@pytest.fixture
def look_up(home: str) -> str:
    return f"{home}tra-nhanh/"


def shown(page: Page) -> Locator:
    return page.locator("[data-act]:visible")


def said(page: Page) -> str:
    """What the act that is shown says, with plain blanks."""
    return shown(page).inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_one_box_and_a_word_without_marks_have_the_fine(home: str, page: Page) -> None:
    page.goto(home)
    page.fill("#tra-nhanh", "mua dam")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tra-nhanh/?tra=mua+dam*")
    assert shown(page).count() == 1
    words = said(page)
    assert "1–2 triệu đồng" in words
    assert "Điều 32 khoản 1" in words


def test_who_was_forced_reads_before_any_fine_that_they_are_not_at_fault(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=ban+dam")
    care = page.locator(".lookup__care")
    assert "Bạn không có lỗi" in care.inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert care.locator("a[href='tel:111']").count() == 1
    box, act = care.bounding_box(), shown(page).first.bounding_box()
    assert box is not None
    assert act is not None
    assert box["y"] + box["height"] <= act["y"]


def test_what_is_typed_is_found_by_keyboard_alone(look_up: str, page: Page) -> None:
    page.goto(look_up)
    page.focus(BOX)
    page.keyboard.type("ban dam")
    assert 2 <= page.locator(OPTIONS).count() <= 6
    assert page.get_attribute(BOX, "aria-expanded") == "true"
    marked = page.locator(OPTIONS).first.locator("mark")
    assert marked.all_inner_texts() == ["Bán", "dâm"]
    assert "underline" in marked.first.evaluate("node => getComputedStyle(node).textDecorationLine")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.get_attribute(BOX, "aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator(OPTIONS).first.is_hidden()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "ban-dam-ten"
    assert "mục khớp" in page.inner_text("[data-lookup-status]")


def test_words_typed_whole_open_their_own_clause(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=moi+gioi")
    assert shown(page).get_attribute("id") == "moi-gioi"
    words = said(page)
    assert "Điều 34 khoản 4 điểm c" in words
    assert "Xã không tự quyết định" in words
    assert "60–100 triệu đồng" in words
    assert "đối chiếu mức tiền với bản đã ký" in words


def test_a_sign_of_a_crime_is_found_and_has_no_fine(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=chua+mai+dam")
    words = said(page)
    assert "báo Công an" in words
    assert "113" in words
    assert "triệu" not in words


def test_the_day_is_never_guessed_and_stands_in_the_address(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=mua+dam")
    assert page.is_checked("[value=tu]")
    page.check("[value=truoc]")
    words = said(page)
    assert "Nghị định 144/2021, Điều 24" in words
    assert "đã thay thế" in words
    assert "Còn thời hiệu không?" in words
    assert "Tổ chức" not in words
    expect(page).to_have_url(re.compile("ngay=truoc"))
    page.reload()
    assert page.is_checked("[value=truoc]")


def test_where_nothing_is_found_there_are_three_ways_on(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=danh+bac")
    assert shown(page).count() == 0
    none = page.locator("[data-lookup-none]")
    assert "danh bac" in none.inner_text()
    assert none.locator("li").count() == 3


def test_an_address_of_an_act_opens_it(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}#loi-dung-chuc-vu")
    assert shown(page).get_attribute("id") == "loi-dung-chuc-vu"


def test_the_search_of_the_whole_site_stays_closed(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?q=mua+dam")
    page.wait_for_timeout(500)
    assert shown(page).get_attribute("id") == "mua-dam"
    assert not page.is_checked("#__search")


def test_the_table_is_filtered_by_who_decides(look_up: str, page: Page) -> None:
    page.goto(look_up)
    rows = page.locator("[data-row]:visible")
    everything = rows.count()
    page.check("#cap-tinh", force=True)
    province = rows.count()
    page.check("#cap-xa", force=True)
    assert province
    assert rows.count() == everything - province


def test_whom_to_ask_is_told_once_below_the_table_and_at_each_fine_to_the_ear(
    look_up: str, page: Page
) -> None:
    page.goto(look_up)
    fines = page.locator(".acts-table__organisation", has_text="chưa rõ")
    assert fines.count() >= 2
    assert all(
        "*" in words and "hỏi Sở Tư pháp" in words.replace("\xa0", " ") for words in fines.all_text_contents()
    )
    assert fines.locator(".visually-hidden").count() == fines.count()
    note = page.locator(".acts-note")
    assert note.inner_text().startswith("* ")
    assert "Chưa rõ tổ chức có bị phạt hay không" in note.inner_text()
    assert "chờ Sở Tư pháp trả lời" in note.inner_text().replace("\xa0", " ")


def test_on_a_phone_the_whole_of_an_acts_rows_opens_it(look_up: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(look_up)
    page.locator('[data-row="moi-gioi"] .acts-table__fine').click(force=True)
    page.locator("#moi-gioi.is-shown").wait_for()


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_limits_are_drawn_on_one_scale(look_up: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{look_up}?tra=moi+gioi")
    bars = (
        shown(page)
        .locator(".ruler__bar")
        .evaluate_all("all => all.map(bar => bar.getBoundingClientRect()).map(({x, width}) => [x, width])")
    )
    assert len(bars) == 5
    assert len({tuple(bar) for bar in bars}) == 1
    assert bars[0][1] > 100


def test_nothing_is_kept_and_nothing_is_fetched(look_up: str, page: Page) -> None:
    page.goto(look_up)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("localStorage.clear()")
    page.fill(BOX, "mua dam")
    page.press(BOX, "Enter")
    assert asked == []
    assert page.evaluate("localStorage.length") == 0


def test_without_scripts_every_act_is_read(look_up: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(look_up)
    acts = page.locator("[data-act]")
    assert acts.count() == shown(page).count() > 13
    for act in acts.all():
        assert re.search(r"triệu đồng|nghìn đồng|báo Công an", act.inner_text().replace("\xa0", " "))
    page.goto(f"{look_up}#moi-gioi")
    assert "Xã không tự quyết định" in page.locator("#moi-gioi").inner_text()
    context.close()


def test_what_is_printed_is_the_card_alone(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=mua+dam")
    page.emulate_media(media="print")
    assert shown(page).count() == 1
    assert page.locator(".all-acts").is_hidden()
    assert page.locator(".lookup__form").is_hidden()
    assert page.locator(".act__buttons:visible").count() == 0


def test_a_phone_reads_it_without_scrolling_sideways(look_up: str, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for asked in ("", "?tra=mua+dam", "?tra=moi+gioi&ngay=truoc", "?tra=danh+bac"):
        page.goto(look_up + asked)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), asked


@pytest.mark.parametrize("width", [360, 1280])
def test_names_are_large_enough_for_a_thumb_and_no_number_is_broken(
    look_up: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{look_up}?tra=mua+dam")
    names = page.locator(".acts-table th a:visible").all()
    assert len(names) > 12
    assert min((name.bounding_box() or {"height": 0})["height"] for name in names) >= 24
    numbers = page.locator(".act.is-shown .call__number")
    assert {number.evaluate("n => n.getClientRects().length") for number in numbers.all()} == {1}
    assert max((number.bounding_box() or {"height": 99})["height"] for number in numbers.all()) < 40


def test_headings_of_an_answer_leave_out_no_level(look_up: str, page: Page) -> None:
    page.goto(f"{look_up}?tra=mua+dam")
    levels = [
        int(name[1])
        for name in page.locator("h1:visible, h2:visible, h3:visible, h4:visible").evaluate_all(
            "all => all.map(one => one.tagName)"
        )
    ]
    assert levels[:2] == [1, 2]
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_the_page_with_all_its_data_is_light(real_site: Path) -> None:
    page = real_site / "tra-nhanh/index.html"
    assert len(gzip.compress(page.read_bytes())) < MOST_BYTES


def test_the_page_is_sound_on_screens(look_up: str, page: Page, seen_styles: SeenStyles) -> None:
    page.goto(f"{look_up}?tra=moi+gioi")
    for screen in on_screens(page):
        # The page goes to its answer, and a field half under the bar would be called too small.
        page.evaluate("scrollTo(0, 0)")
        assert seen_styles.faults(page, screen) == [], screen

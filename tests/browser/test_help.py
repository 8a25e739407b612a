"""The page for people who need help: numbers first, away in a moment, nothing kept."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdfium2 import PdfDocument

EXIT = "https://nchmf.gov.vn/"
#: What whoever keeps the numbers needs to know, and nobody who needs help.
OF_EDITORS = ("gọi thử", "xác nhận", "đối chiếu", "chưa đăng", "bản thảo", "thẩm định", "nội dung tính đến")


def arrive(route: Route) -> None:
    route.fulfill(body="<title>Thời tiết</title>", content_type="text/html")


def test_its_title_says_nothing_of_the_site(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    assert page.title() == "Bài đọc"


def test_the_way_to_the_content_leads_past_no_number(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Chuyển đến nội dung chính"
    heading = page.locator(str(skip.get_attribute("href")))
    assert heading.inner_text().replace("\u00a0", " ") == "Nơi giúp đỡ"
    skip.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "tel:111")


@pytest.fixture
def html(site: Path) -> str:
    return (site / "ho-tro/index.html").read_text(encoding="utf-8")


@pytest.fixture
def words(html: str) -> str:
    """What is read there, header and footer included, on one line."""
    shown = re.sub(r"<(script|style)\b.*?</\1>|<title>.*?</title>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(shown).split())


def test_only_publishable_numbers_stand_there(html: str) -> None:
    assert 'href="tel:111"' in html
    for forbidden in ("1900969680", "1900 969 680", "18001567", "1900545459"):
        assert forbidden not in html


def test_no_number_and_no_channel_stands_there_before_its_condition_is_met(html: str, site: Path) -> None:
    for waiting in ("18001233", "1800 1233", "congan.laichau.gov.vn"):
        assert waiting not in html
    lesson = (site / "khoa-hoc/can-bo-cap-xa/ho-tro-va-chuyen-gui/index.html").read_text(encoding="utf-8")
    assert "1800 1233" not in lesson.replace("\u00a0", " ")


def test_nothing_there_is_for_editors(words: str) -> None:
    assert [one for one in OF_EDITORS if one in words.casefold()] == []


def test_what_is_open_is_said_before_anybody_tells(words: str) -> None:
    """Whether hearing it has to be reported is not settled: neither answer stands there, and no promise."""
    before, _, after = words.partition("Trước khi bạn kể")
    said = after.partition("Gọi số nào")[0]
    assert "bán dâm" not in before
    assert "Bạn bán dâm, mua dâm thì cũng vậy." in said
    assert "luật chưa nói rõ, người nghe hỏi ý bạn trước." in said
    assert "“Điều tôi kể có phải báo cho ai không?”" in said
    assert "Bạn không cần nói mình làm gì." in said
    for promise in (
        "không ai biết",
        "không bị phạt",
        "không phải báo",
        "tuyệt đối",
        "giữ kín",
        "không báo ai",
    ):
        # She herself has to report nobody first; what others have to, it does not promise away.
        assert promise not in words.casefold().replace("không phải báo ai trước", "")


def test_113_says_that_it_is_the_police(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    entry = page.locator("#cong-an-113")
    assert "Người nghe máy: Công an" in entry.inner_text().replace("\u00a0", " ")
    button = page.locator(".help-first a.call-button[href='tel:113']")
    assert "Công an" in button.inner_text().replace("\u00a0", " ")


def test_the_way_past_the_police_begins_with_the_health_station(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    places = page.locator(".contacts:not(.contacts--urgent) > li").evaluate_all(
        "all => all.map(one => one.id)"
    )
    assert places[:2] == ["tram-y-te", "benh-vien"]
    assert places[-1] == "noi-bao-tin-truc-tiep"
    assert page.locator("#pccc-114").count() == 0


def test_numbers_are_on_the_first_screen_of_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}ho-tro/")
    for number in ("111", "113", "115"):
        box = page.locator(f".help-first a.call-button[href='tel:{number}']").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 640
        assert min(box["width"], box["height"]) >= 44


def test_what_somebody_is_in_stands_under_the_number_on_the_first_screen_of_a_phone(
    address: str, page: Page
) -> None:
    """Whoever was raped or is beaten finds that sooner than the number that is hers."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}ho-tro/")
    plights = page.locator(".plights summary")
    said = [words.replace("\u00a0", " ") for words in plights.all_inner_texts()]
    assert said[:2] == ["Vừa bị ép quan hệ?", "Chồng hay người yêu đánh bạn?"]
    ends = plights.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
    assert ends[2] <= 632


def test_what_a_caller_may_say_stands_behind_that(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}ho-tro/")
    first = page.locator(".say-now li")
    assert first.count() == 4
    assert first.last.inner_text() == "“Điều tôi kể có phải báo cho ai không?”"
    plights = page.locator(".plights").bounding_box()
    said, second = (
        page.locator(".say-now").bounding_box(),
        page.locator("#cong-an-113 .contact__about").bounding_box(),
    )
    assert plights is not None
    assert said is not None
    assert second is not None
    assert plights["y"] + plights["height"] <= said["y"]
    assert said["y"] + said["height"] <= second["y"]
    call = page.locator(".call-button--first").bounding_box()
    assert call is not None
    assert call["height"] >= 76
    assert call["width"] > 300


def test_on_a_wide_screen_each_number_is_read_once_with_what_it_is_for_right_under_it(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}ho-tro/")
    for number, entry in (("111", "#td-111"), ("113", "#cong-an-113"), ("115", "#cap-cuu-115")):
        buttons = page.locator(f"a.call-button[href='tel:{number}']")
        (button,) = (one for one in buttons.all() if one.is_visible())
        above, below = button.bounding_box(), page.locator(entry).bounding_box()
        assert above is not None
        assert below is not None
        assert below["x"] == pytest.approx(above["x"], abs=1)
        assert 0 <= below["y"] - above["y"] - above["height"] < 40
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator("#cong-an-113 a[href='tel:113']").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_each_number_can_be_called_in_one_place(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}ho-tro/")
    for number in ("111", "113", "115"):
        # What somebody is going through, and the first hours, name the number that they need.
        elsewhere = page.locator(f":is(.plights, .first-hours) a[href='tel:{number}']").count()
        assert page.locator(f"a[href='tel:{number}']").count() - elsewhere == 1
        said, hours = (page.locator(place).inner_text() for place in (".page--help", ".first-hours"))
        assert said.count(number) - hours.count(number) == 1


def test_the_next_numbers_wait_at_the_foot_of_a_phone_until_one_reaches_their_words(
    address: str, page: Page
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}ho-tro/")
    for entry, number in (("#cong-an-113", "113"), ("#cap-cuu-115", "115")):
        button = page.locator(f"{entry} a[href='tel:{number}']")
        words = page.locator(f"{entry} .contact__about")
        words.evaluate("node => node.scrollIntoView({ block: 'center' })")
        above, below = button.bounding_box(), words.bounding_box()
        assert above is not None
        assert below is not None
        assert 0 <= below["y"] - above["y"] - above["height"] < 20


def test_no_number_stands_in_front_of_the_text_where_the_window_is_low(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 300})
    page.goto(f"{address}ho-tro/")
    box = page.locator("#cong-an-113 a").bounding_box()
    assert box is not None
    assert box["y"] > 300


def test_the_exit_says_what_it_does_and_stands_on_the_left_edge_of_the_page(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    way_out = page.locator("a.quick-exit")
    assert " ".join(way_out.inner_text().split()) == "Thoát nhanh sang trang thời tiết"
    assert page.get_by_text("Hoặc nhấn phím Shift ba lần.").is_visible()
    left = [box["x"] for box in (way_out.bounding_box(), page.locator("h1").bounding_box()) if box]
    assert left[0] == pytest.approx(left[1], abs=1)
    page.set_viewport_size({"width": 360, "height": 740})
    box = way_out.bounding_box()
    assert box is not None
    assert box["height"] < 60, "on one line, however narrow"


def test_keys_are_told_only_where_something_hears_them(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ho-tro/")
    assert not page.get_by_text("nhấn phím Shift").is_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_who_shares_a_device_reads_what_to_do_right_after_the_numbers(
    address: str, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}ho-tro/")
    places = ("a.call-button >> nth=-1", "#dung-chung-may", "#truoc-khi-ke")
    tops = [box["y"] for box in (page.locator(place).bounding_box() for place in places) if box]
    assert len(tops) == len(places)
    assert tops == sorted(tops)


def test_nothing_stays_in_front_of_the_text_where_the_window_is_low(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 300})
    page.goto(f"{address}ho-tro/")
    page.mouse.wheel(0, 1000)
    page.wait_for_timeout(200)
    box = page.locator("a.quick-exit").bounding_box()
    assert box is not None
    assert box["y"] < 0


def test_a_browser_prints_it_on_one_sheet_with_every_number(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    printed = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(printed) == 1
    said = " ".join(printed[0].get_textpage().get_text_range().split())
    assert all(number in said for number in ("111", "113", "115"))
    assert "Thoát nhanh" not in said
    assert said.count("111") == 1, "each number once"
    assert max(map(said.index, ("111", "113", "115"))) < said.index("Khi gọi, bạn có thể nói")
    assert "tính đến ngày" in said
    assert "Trạm y tế xã, phường" in said


def test_on_paper_no_words_are_smaller_than_a_reader_without_glasses_needs(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    page.emulate_media(media="print")
    sizes = page.locator(".page--help :is(p, li):visible:not(.print-origin)").evaluate_all(
        "all => all.map(node => parseFloat(getComputedStyle(node).fontSize) * 0.75)"
    )
    page.emulate_media(media=None)
    assert min(sizes) >= 9.5, "in points"


def test_neither_title_nor_footer_tells_whoever_looks_on_what_the_site_is_about(
    address: str, page: Page
) -> None:
    page.goto(f"{address}ho-tro/")
    around = [page.title(), *page.locator("header, footer").all_inner_texts()]
    assert not any("mại dâm" in text for text in around)


def test_the_exit_works_without_javascript(address: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    context.route(f"{EXIT}**", arrive)
    page.goto(f"{address}ho-tro/")
    page.click("a.quick-exit")
    page.wait_for_url(EXIT)
    context.close()


def test_the_exit_leaves_no_way_back_to_the_page(address: str, page: Page) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.goto(address)
    page.goto(f"{address}ho-tro/")
    page.click("a.quick-exit")
    page.wait_for_url(EXIT)
    page.go_back()
    expect(page).to_have_url(address)


def test_shift_three_times_leaves(address: str, page: Page) -> None:
    page.context.route(f"{EXIT}**", arrive)
    page.goto(f"{address}ho-tro/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(EXIT)


def test_capital_letters_do_not_leave(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    for _ in range(4):
        page.keyboard.press("Shift+A")
    page.wait_for_timeout(300)
    assert page.url == f"{address}ho-tro/"


def test_the_page_stores_nothing(address: str, page: Page) -> None:
    page.goto(f"{address}ho-tro/")
    for _ in range(2):
        page.keyboard.press("Shift")
    stored = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, document.cookie,"
        " (await indexedDB.databases()).length]"
    )
    assert stored == [0, 0, "", 0]


def test_the_exit_can_be_seen_and_touched_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{address}ho-tro/")
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(200)
    box = page.locator("a.quick-exit").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert 0 <= box["y"] <= 596


def test_it_never_promises_to_erase_history(html: str) -> None:
    assert "Thoát nhanh không xóa lịch sử: máy vẫn giữ trang đã xem" in html
    assert "Nút Quay lại vẫn mở trang bạn xem trước" in html

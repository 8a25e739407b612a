"""A real browser on the whole service: a test by keyboard, without scripts, on a hotspot."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from asgi_browser import TEST, right_responses, stored_form
from axe_checks import FIRST, SCREENS, SeenStyles, faults, on_screens
from browser_thread import fill_in_test, in_browser_thread
from fixtures_service import TwoLearners, listening
from learner_in_chromium import PATIENCE, RESULT, Make, begin, opened, progress, sign_in
from playwright.sync_api import Browser, Page, expect

from taphuan.records import Store
from taphuan.records.training.certificates import issue
from taphuan.service.server import addresses

# --- signing in ---------------------------------------------------------------------------------


@in_browser_thread
def test_the_code_of_a_qr_is_put_in_the_field_and_taken_out_of_the_address(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/hoc-vien/dang-nhap/#ma={two_learners.code}")
    expect(page.get_by_label("Mã học viên")).to_have_value(two_learners.code)
    expect(page).to_have_url(f"{address}/hoc-vien/dang-nhap/")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/hoc-vien/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chào Lò Thị An")
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    assert not [url for url in asked if two_learners.code in url]


@in_browser_thread
def test_the_code_survives_the_way_from_the_learners_page(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    page.goto(f"{address}/hoc-vien/#ma={two_learners.code}")
    expect(page.get_by_label("Mã học viên")).to_have_value(two_learners.code)


@in_browser_thread
def test_the_page_of_a_course_leads_to_its_test(address: str, page: Page, two_learners: TwoLearners) -> None:
    page.goto(f"{address}/khoa-hoc/nuoc-sach/")
    rules = page.locator(".test-box dl > div")
    expect(rules.nth(0)).to_contain_text(re.compile(r"^6\s*câu hỏi"))
    expect(rules.nth(1)).to_contain_text(re.compile(r"^5\s*câu đúng là đạt \(80%\)"))
    page.get_by_role("link", name="Cách hoàn thành khóa này").click()
    expect(page.get_by_role("heading", name="Hoàn thành khóa này")).to_be_in_viewport()
    page.get_by_role("link", name="Làm bài kiểm tra").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/?ve={TEST}")
    page.get_by_label("Mã học viên").fill(two_learners.code)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(address + TEST)
    expect(page.get_by_role("button", name="Bắt đầu làm bài")).to_be_visible()
    page.goto(f"{address}/khoa-hoc/dong-dang-vien/")
    page.get_by_role("link", name="Không ai ghi lại điều gì về bạn").click()
    expect(page.get_by_role("heading", name="Không ghi tên ai")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Làm bài kiểm tra")).to_have_count(0)


# --- a test -------------------------------------------------------------------------------------


@in_browser_thread
def test_a_test_survives_a_reload_in_the_middle_and_is_handed_in(
    address: str, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    wire = right_responses(*stored_form(store, form))
    fill_in_test(page, {number: wire[number] for number in "123"})
    page.locator("[data-question='4'] input[name=flag]").check()
    assert progress(page) == "Đã trả lời 3 trên 6 câu."

    page.reload()
    expect(page.get_by_text("Máy đã mở lại các câu bạn trả lời")).to_be_visible()
    assert progress(page) == "Đã trả lời 3 trên 6 câu."
    for name in ("Câu 4 , chưa xong , xem lại", "Câu 1 , đã trả lời"):
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)

    page.get_by_role("button", name="Nộp bài").click()
    warning = page.locator("[data-part=warning]")
    expect(warning).to_be_focused()
    assert "Còn 3 câu chưa trả lời xong: câu 4, câu 5, câu 6." in warning.inner_text()
    fill_in_test(page, {number: wire[number] for number in "456"})
    expect(warning).to_be_hidden()
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã đạt")
    expect(page.locator("[data-result]")).to_contain_text("6/6")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('taphuan:attempt:'))") == []
    page.get_by_role("link", name="Xem và in phiếu xác nhận").click()
    expect(page.locator(".certificate__name")).to_have_text("Lò Thị An")


@in_browser_thread
def test_an_order_and_pairs_are_tapped_kept_and_come_back(
    address: str, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    begin(page, address)
    order = page.locator("[data-kind=ordering]")
    pairs = page.locator("[data-kind=matching]")
    assert order.locator("select:visible").count() == pairs.locator("select:visible").count() == 0
    for nth in (2, 0, 1):
        order.locator(".tap").nth(nth).click()
    pairs.locator(".tap--left").nth(1).click()
    pairs.locator(".tray .tap").nth(0).click()
    assert progress(page) == "Đã trả lời 1 trên 6 câu."
    expect(page.locator("[data-part=saved]")).to_have_text(re.compile(r"^Lưu lúc \d{1,2}:\d\d\.$"))
    page.reload()
    assert order.locator(".tap__place").all_inner_texts() == ["2", "3", "1"]
    chosen = pairs.locator(".tray .tap").nth(0).locator(".tap__text").inner_text()
    expect(pairs.locator(".tap--left").nth(1)).to_contain_text(chosen)
    assert [select.input_value() for select in order.locator("select").all()] == ["2", "3", "1"]


@in_browser_thread
def test_on_a_phone_the_table_of_questions_opens_from_the_bar_and_closes_at_a_question(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    begin(page, address)
    page.set_viewport_size({"width": 360, "height": 740})
    table, opener = page.locator(".overview"), page.locator("[data-part=open-table]")
    first = page.locator("#cau-1").bounding_box()
    assert first is not None
    assert first["y"] < 500, "in the first screen"
    assert (table.is_visible(), page.locator(".question__up:visible").count()) == (False, 0)
    assert opener.inner_text().endswith("0/6")
    opener.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    page.keyboard.press("Escape")
    assert not table.is_visible()
    assert opener.evaluate("one => one === document.activeElement")
    opener.click()
    page.locator("[data-overview='3']").click()
    expect(page.locator("#cau-3")).to_be_focused()
    assert not table.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(table).to_be_visible()
    bar, card = page.locator(".saving").bounding_box(), page.locator("#cau-3").bounding_box()
    assert bar is not None
    assert card is not None
    assert (bar["x"], bar["width"]) == (card["x"], card["width"])


@in_browser_thread
def test_all_of_it_goes_by_keyboard(address: str, page: Page, two_learners: TwoLearners) -> None:
    page.goto(f"{address}/hoc-vien/dang-nhap/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()
    page.get_by_label("Mã học viên").focus()
    page.keyboard.type(two_learners.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/hoc-vien/")
    begin(page, address)
    for question in page.locator("[data-question]").all():
        control = question.locator(".choices :is(input, select:not([hidden]), button)").first
        control.focus()
        page.keyboard.press("Space" if control.get_attribute("type") else "ArrowDown")
    page.get_by_role("button", name="Nộp bài").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=warning]")).to_be_focused()
    page.get_by_role("button", name="Vẫn nộp bài").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(RESULT)


def test_with_scripts_off_a_plain_form_does_it_all(
    address: str, chromium: Browser, two_learners: TwoLearners, store: Store
) -> None:
    context = opened(chromium, java_script_enabled=False)
    in_browser_thread(without_scripts)(context.new_page, address, two_learners, store)
    in_browser_thread(context.close)()


def without_scripts(new_page: Any, address: str, two_learners: TwoLearners, store: Store) -> None:
    page = new_page()
    page.goto(f"{address}/hoc-vien/dang-nhap/")
    page.get_by_label("Mã học viên").fill(two_learners.code)
    page.get_by_role("button", name="Đăng nhập").click()
    form = begin(page, address)
    wire = right_responses(*stored_form(store, form))
    fill_in_test(page, {number: wire[number] for number in "12345"})
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("alert")).to_contain_text("còn 1 câu chưa trả lời xong")
    fill_in_test(page, {"6": wire["6"]})
    page.get_by_role("button", name="Vẫn nộp bài").click()
    page.wait_for_url(RESULT)
    expect(page.locator("[data-result]")).to_contain_text("6/6")


def in_network() -> str:
    """This machine's address on its network, if it has one."""
    found = addresses("0.0.0.0", 1, "http")
    host = found[-1].removeprefix("http://").removesuffix(":1/")
    try:
        socket.create_server((host, 0)).close()
    except OSError:
        return "127.0.0.1"
    return host


def test_on_a_hotspot_plain_http_carries_sign_in_test_and_result(
    make: Make, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    """Such an address is no secure context: no Sec-Fetch-Site, and `Origin: null` with a form."""
    with listening(make, in_network()) as address:
        in_browser_thread(on_a_hotspot)(page, address, two_learners, store)


def on_a_hotspot(page: Page, address: str, two_learners: TwoLearners, store: Store) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bạn đã đạt")


# --- how it looks -------------------------------------------------------------------------------


def stations(page: Page, address: str, two_learners: TwoLearners, store: Store) -> Iterator[str]:
    """Every kind of page, one after the other."""
    page.goto(f"{address}/hoc-vien/dang-nhap/")
    yield "sign in"
    page.get_by_label("Mã học viên").fill("ABC")
    page.get_by_role("button", name="Đăng nhập").click()
    yield "wrong code"
    sign_in(page, address, two_learners.code)
    yield "courses"
    page.goto(address + TEST)
    yield "before the test"
    form = begin(page, address)
    yield "the test"
    wire = right_responses(*stored_form(store, form))
    fill_in_test(page, {number: wire[number] for number in "123"})
    page.locator("[data-question='4'] input[name=flag]").check()
    page.get_by_role("button", name="Nộp bài").click()
    yield "the test, warned"
    page.get_by_role("button", name="Vẫn nộp bài").click()
    page.wait_for_url(RESULT)
    yield "not passed"
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)
    yield "passed"
    page.goto(f"{address}/hoc-vien/")
    page.locator(".course-card summary").click()
    yield "courses, completed"
    serial = store.write(lambda within: issue(within, two_learners.an, "nuoc-sach", now=store.now())).serial
    for path in (
        "/hoc-vien/phieu/nuoc-sach/",
        f"/xac-nhan/{serial}",
        "/xac-nhan/",
        "/xac-nhan/0",
        "/tien-do/",
    ):
        page.goto(address + path)
        yield path


@pytest.mark.thorough
@in_browser_thread
def test_no_page_violates_wcag_22_aa_or_scrolls_sideways(
    address: str, chromium: Browser, two_learners: TwoLearners, store: Store
) -> None:
    context = chromium.new_context(viewport=FIRST)
    context.set_default_timeout(PATIENCE)
    page, seen, found = context.new_page(), SeenStyles(), list[object]()
    for station in stations(page, address, two_learners, store):
        page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        for width, scheme in on_screens(page):
            found += [(station, width, scheme, fault) for fault in seen.faults(page, (width, scheme))]
    context.close()
    assert found == []


@in_browser_thread
def test_the_menu_lies_open_over_a_page_without_a_violation(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    sign_in(page, address, two_learners.code)
    for path in ("/hoc-vien/", "/tien-do/", "/hoc-vien/dang-nhap/"):
        page.set_viewport_size(FIRST)
        page.goto(address + path)
        page.locator(".site-bar__menu > summary").click()
        assert page.locator(".site-bar__menu li").first.is_visible()
        found = [(screen, fault) for screen in on_screens(page, SCREENS[:2]) for fault in faults(page)]
        assert found == [], path


@in_browser_thread
def test_the_choice_of_light_or_dark_on_the_site_holds_here_too(address: str, page: Page) -> None:
    page.goto(f"{address}/khoa-hoc/")
    page.evaluate(
        "localStorage.setItem('/.__palette', JSON.stringify({index: 2, color: {media:"
        " '(prefers-color-scheme: dark)', scheme: 'dem', primary: 'indigo', accent: 'indigo'}}))"
    )
    page.goto(f"{address}/hoc-vien/dang-nhap/")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == "rgb(20, 27, 36)"


@in_browser_thread
def test_the_site_itself_runs_under_the_services_headers(address: str, page: Page) -> None:
    """Its inline scripts are named by hash: none may be blocked."""
    for path in ("/", "/khoa-hoc/nuoc-sach/", "/khoa-hoc/nuoc-sach/giu-nguon-nuoc/", "/ho-tro/"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")

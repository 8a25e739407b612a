"""A real browser on the whole service: a test with a crash in the middle, by keyboard, on a hotspot."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgi_browser import TEST, right_responses, stored_form
from axe_checks import FIRST, faults, on_every_screen
from browser_thread import fill_in_test, in_browser_thread
from fixtures_service import TwoLearners, listening
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Response as Answer
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.training.certificates import issue
from taphuan.service import Settings, create_app
from taphuan.service.server import addresses

PATIENCE = 10_000
RESULT = re.compile(r"/hoc-vien/ket-qua/")

#: Answers that a test asks for, and what a plain http address is told of a header that takes https.
EXPECTED = re.compile("status of|ERR_INTERNET|Cross-Origin-Opener-Policy header has been ignored")

Make = Any
#: How many tests have answers that are kept on the device.


@pytest.fixture
def make(
    programme: Programme, store: Store, hashing: Hashing, built: Path, two_learners: TwoLearners
) -> Make:
    def made(settings: Settings) -> Any:
        return create_app(programme, store, site=built, settings=settings, hashing=hashing)

    return made


@pytest.fixture
def address(make: Make) -> Iterator[str]:
    with listening(make) as address:
        yield address


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = opened(chromium)
    yield context
    in_browser_thread(context.close)()


@in_browser_thread
def opened(chromium: Browser, **options: Any) -> BrowserContext:
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; whatever it complains of is a failure, a blocked script or style among them."""
    complaints: list[str] = []
    yield _watched(context, complaints)
    assert [one for one in complaints if not EXPECTED.search(one)] == []


@in_browser_thread
def _watched(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def sign_in(page: Page, address: str, code: str) -> None:
    """By the address that the QR holds."""
    page.goto(f"{address}/hoc-vien/dang-nhap/#ma={code}")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/hoc-vien/")


def begin(page: Page, address: str) -> str:
    """The id of the form."""
    page.goto(address + TEST)
    page.get_by_role("button", name="Bắt đầu làm bài").click()
    page.wait_for_url(f"{address}{TEST}lam-bai/")
    return str(page.locator("form[data-test]").get_attribute("data-form"))


def progress(page: Page) -> str:
    return page.locator("[data-part=progress]").inner_text()


# --- signing in ---------------------------------------------------------------------------------


@in_browser_thread
def test_the_code_of_a_qr_is_put_in_the_field_and_taken_out_of_the_address(
    address: str, page: Page, two_learners: TwoLearners
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/hoc-vien/dang-nhap/#ma={two_learners.code}")
    expect(page.get_by_label("Mã học viên")).to_have_value(two_learners.code)
    assert page.url == f"{address}/hoc-vien/dang-nhap/"
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
    expect(page.locator(".completion")).to_contain_text("6 câu hỏi, đạt khi đúng từ 5 câu (80%)")
    page.get_by_role("link", name="Cách hoàn thành khóa này").click()
    expect(page.get_by_role("heading", name="Hoàn thành khóa này")).to_be_in_viewport()
    page.get_by_role("link", name="Làm bài kiểm tra").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    sign_in(page, address, two_learners.code)
    page.goto(f"{address}/khoa-hoc/nuoc-sach/")
    page.get_by_role("link", name="Làm bài kiểm tra").click()
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
    page.get_by_role("link", name="Xem phiếu xác nhận").click()
    expect(page.locator(".slip__name")).to_have_text("Lò Thị An")


@in_browser_thread
def test_answers_survive_a_crash_of_the_browser_and_signing_in_again(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, {"1": right_responses(*stored_form(store, form))["1"]})
    context.clear_cookies()
    page.reload()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    sign_in(page, address, two_learners.code)
    page.get_by_role("link", name="Làm tiếp bài kiểm tra").click()
    page.get_by_role("button", name="Làm tiếp").click()
    assert progress(page) == "Đã trả lời 1 trên 6 câu."


@in_browser_thread
def test_a_session_that_ended_meanwhile_costs_no_answer(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    context.clear_cookies()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
    page.get_by_role("alert").get_by_role("link", name="Đăng nhập lại").click()
    sign_in(page, address, two_learners.code)
    page.goto(f"{address}{TEST}lam-bai/")
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)
    expect(page.locator("[data-result]")).to_contain_text("6/6")


@in_browser_thread
def test_a_session_that_ended_costs_no_answer_where_nothing_can_be_stored_either(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    context.clear_cookies()
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("alert")).to_contain_text("Câu trả lời chỉ còn trong trang này")
    with page.expect_popup() as beside:
        page.get_by_role("alert").get_by_role("link", name="Đăng nhập lại").click()
    sign_in(beside.value, address, two_learners.code)
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)
    expect(page.locator("[data-result]")).to_contain_text("6/6")


def drafts(page: Page) -> list[str]:
    """The tests of which this device keeps answers."""
    found = "Object.keys(localStorage).filter(key => key.startsWith('taphuan:attempt:'))"
    return [key.rpartition(":")[2] for key in page.evaluate(found)]


@in_browser_thread
def test_whoever_signs_out_is_asked_about_answers_not_handed_in_and_leaves_none(
    address: str, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    asked: list[str] = []
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, {"1": right_responses(*stored_form(store, form))["1"]})
    assert len(drafts(page)) == 1
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Đăng xuất").click()
    assert (len(drafts(page)), page.url) == (1, f"{address}{TEST}lam-bai/")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    assert drafts(page) == []
    assert len(asked) == 2
    assert "bài chưa nộp" in asked[0]


@in_browser_thread
def test_whoever_signs_out_in_another_tab_leaves_no_answer_either(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    asked: list[str] = []
    sign_in(page, address, two_learners.code)
    fill_in_test(page, {"1": right_responses(*stored_form(store, begin(page, address)))["1"]})
    beside = context.new_page()
    beside.goto(f"{address}/hoc-vien/")
    beside.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    beside.get_by_role("button", name="Đăng xuất").click()
    beside.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    assert (drafts(beside), len(asked)) == ([], 1)


@in_browser_thread
def test_answers_that_were_handed_in_from_another_device_go_when_their_result_is_seen(
    address: str, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, {"1": right_responses(*stored_form(store, form))["1"]})
    (attempt,) = drafts(page)
    body = {"form": form, "responses": right_responses(*stored_form(store, form))}
    page.evaluate(
        "([path, body]) => fetch(path, {method: 'PUT', headers: {'Content-Type': 'application/json'}, body})",
        [f"/api/attempts/{attempt}", json.dumps(body)],
    )
    page.goto(f"{address}/hoc-vien/ket-qua/{attempt}/")
    assert drafts(page) == []


@in_browser_thread
def test_whoever_signs_out_leaves_no_answer_on_the_machine_and_takes_none_of_others(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    fill_in_test(page, {"1": right_responses(*stored_form(store, begin(page, address)))["1"]})
    context.clear_cookies()  # a session that ended by itself
    sign_in(page, address, two_learners.other_code)
    fill_in_test(page, {"1": right_responses(*stored_form(store, begin(page, address)))["1"]})
    assert len(drafts(page)) == 2
    page.goto(f"{address}/hoc-vien/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/")
    assert len(drafts(page)) == 1
    sign_in(page, address, two_learners.code)
    page.goto(f"{address}{TEST}lam-bai/")
    assert progress(page) == "Đã trả lời 1 trên 6 câu."


@in_browser_thread
def test_a_lost_network_is_told_and_the_attempt_goes_out_when_it_is_back(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    context.set_offline(True)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được tới máy chủ")
    context.set_offline(False)
    page.wait_for_url(RESULT)
    expect(page.locator("[data-result]")).to_contain_text("6/6")


class Reluctant:
    """A service that answers the first tries to hand in otherwise, as it does when it is asked too much."""

    def __init__(self, app: ASGIApp, *, first: list[int]) -> None:
        self.app, self.first = app, first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "PUT" and self.first:
            refusal = Response("<p>", self.first.pop(0), headers={"Retry-After": "20"})
            return await refusal(scope, receive, send)
        await self.app(scope, receive, send)


def is_refused(response: Answer) -> bool:
    return response.status == 503


def told_to_wait(page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text(
        "Câu trả lời của bạn vẫn còn nguyên. Máy tự gửi lại sau"
    )
    told = page.get_by_role("alert").inner_text()
    assert 20 <= int(re.findall(r"sau (\d+) giây", told)[0]) <= 40


@in_browser_thread
def test_an_attempt_goes_out_again_by_itself_until_the_service_takes_it(
    make: Make, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    first = [429, 503, 502]
    with listening(lambda settings: Reluctant(make(settings), first=first)) as address:  # type: ignore
        sign_in(page, address, two_learners.code)
        form = begin(page, address)
        page.clock.install()
        fill_in_test(page, right_responses(*stored_form(store, form)))
        page.get_by_role("button", name="Nộp bài").click()
        for left in (2, 1, 0):
            expect(page.get_by_role("alert")).to_contain_text("Máy tự gửi lại sau")
            assert len(first) == left
            page.clock.fast_forward(41_000)
        page.wait_for_url(RESULT)
        expect(page.locator("[data-result]")).to_contain_text("6/6")


@in_browser_thread
def test_after_ten_minutes_the_page_waits_to_be_told_to_send_again(
    make: Make, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    first = [503] * 50
    with listening(lambda settings: Reluctant(make(settings), first=first)) as address:  # type: ignore
        sign_in(page, address, two_learners.code)
        form = begin(page, address)
        page.clock.install()
        fill_in_test(page, right_responses(*stored_form(store, form)))
        page.get_by_role("button", name="Nộp bài").click()
        told_to_wait(page)
        with page.expect_response(is_refused):
            page.clock.fast_forward(590_000)
        again = page.get_by_role("button", name="Gửi lại")
        with page.expect_response(is_refused):
            again.click()
        told_to_wait(page)
        with page.expect_response(is_refused):
            page.clock.fast_forward(600_000)
        expect(page.get_by_role("alert")).to_contain_text("chờ ít phút rồi bấm “Gửi lại”")
        first.clear()
        again.click()
        page.wait_for_url(RESULT)
        expect(page.locator("[data-result]")).to_contain_text("6/6")


@in_browser_thread
def test_whoever_hands_in_again_later_is_waited_with_anew(
    make: Make, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    first = [503, 401, 503]
    with listening(lambda settings: Reluctant(make(settings), first=first)) as address:  # type: ignore
        sign_in(page, address, two_learners.code)
        form = begin(page, address)
        page.clock.install()
        fill_in_test(page, right_responses(*stored_form(store, form)))
        page.get_by_role("button", name="Nộp bài").click()
        told_to_wait(page)
        page.clock.fast_forward(41_000)
        expect(page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
        page.clock.fast_forward(700_000)
        page.get_by_role("button", name="Nộp bài").click()
        told_to_wait(page)


@in_browser_thread
def test_an_answer_that_is_not_the_services_lets_go_of_no_answers(
    make: Make, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    """A network that asks to be signed in to sends its own page in place of ours."""
    first = [200]
    with listening(lambda settings: Reluctant(make(settings), first=first)) as address:  # type: ignore
        sign_in(page, address, two_learners.code)
        form = begin(page, address)
        page.clock.install()
        fill_in_test(page, right_responses(*stored_form(store, form)))
        page.get_by_role("button", name="Nộp bài").click()
        expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được tới máy chủ")
        assert len(drafts(page)) == 1
        page.clock.fast_forward(31_000)
        page.wait_for_url(RESULT)
        expect(page.locator("[data-result]")).to_contain_text("6/6")


@in_browser_thread
def test_a_browser_that_stores_nothing_says_so_and_still_hands_in(
    address: str, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, right_responses(*stored_form(store, form)))
    expect(page.get_by_text("không cho lưu tạm")).to_be_visible()
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url(RESULT)


@in_browser_thread
def test_all_of_it_goes_by_keyboard(address: str, page: Page, two_learners: TwoLearners) -> None:
    page.goto(f"{address}/hoc-vien/dang-nhap/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.get_by_label("Mã học viên").focus()
    page.keyboard.type(two_learners.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/hoc-vien/")
    begin(page, address)
    for question in page.locator("[data-question]").all():
        control = question.locator(".choices :is(input, select)").first
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
    page.locator("summary").click()
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


@in_browser_thread
def test_no_page_violates_wcag_22_aa_or_scrolls_sideways(
    address: str, chromium: Browser, two_learners: TwoLearners, store: Store
) -> None:
    context = chromium.new_context(viewport=FIRST)
    context.set_default_timeout(PATIENCE)
    page, found = context.new_page(), list[object]()
    for station in stations(page, address, two_learners, store):
        for width, scheme in on_every_screen(page):
            found += [(station, width, scheme, fault) for fault in faults(page)]
    context.close()
    assert found == []


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

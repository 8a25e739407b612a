"""An attempt that the network or the service does not take goes out again."""

from __future__ import annotations

import re

from asgi_browser import right_responses, stored_form
from browser_thread import fill_in_test, in_browser_thread
from fixtures_service import TwoLearners, listening
from learner_in_chromium import RESULT, Make, begin, drafts, sign_in
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Response as Answer
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from taphuan.records import Store


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

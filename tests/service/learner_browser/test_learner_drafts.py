"""Answers survive a crash, a session that ended and storage that is refused; none stays for others."""

from __future__ import annotations

import json

from asgi_browser import TEST, right_responses, stored_form
from browser_thread import fill_in_test, in_browser_thread
from fixtures_service import TwoLearners
from learner_in_chromium import RESULT, begin, drafts, progress, sign_in
from playwright.sync_api import BrowserContext, Page, expect

from taphuan.records import Store


@in_browser_thread
def test_answers_survive_a_crash_of_the_browser_and_signing_in_again(
    address: str, context: BrowserContext, page: Page, two_learners: TwoLearners, store: Store
) -> None:
    sign_in(page, address, two_learners.code)
    form = begin(page, address)
    fill_in_test(page, {"1": right_responses(*stored_form(store, form))["1"]})
    context.clear_cookies()
    page.reload()
    page.wait_for_url(f"{address}/hoc-vien/dang-nhap/?ve={TEST}lam-bai/")
    sign_in(page, address, two_learners.code)
    page.get_by_role("link", name="Làm tiếp bài kiểm tra").click()
    page.get_by_role("button", name="Làm tiếp").click()
    page.wait_for_url(f"{address}{TEST}lam-bai/")
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
    with page.expect_event("dialog"):
        page.get_by_role("button", name="Đăng xuất").click()
    # Whoever stays goes on: had the page been left, this field would not be there.
    fill_in_test(page, {"2": right_responses(*stored_form(store, form))["2"]})
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

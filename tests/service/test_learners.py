"""A learner's pages, with scripts off."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import TEST, Browser, right_fields, serve, stored_form
from clocks import Clock
from fastapi import FastAPI
from fixtures_service import OPERATOR, TwoLearners

from taphuan.programme.model.question import KINDS
from taphuan.records import Store, people
from taphuan.records.people import RosterMember
from taphuan.records.training.certificates import revoke
from taphuan.records.training.corrections import void

SERIAL = re.compile(r'certificate__serial">([0-9A-Z-]{29})<')


def take(learner: Browser, store: Store) -> str:
    """Takes the test and passes it by a plain form; the address of the result."""
    _, form = learner.begin()
    fields = right_fields(*stored_form(store, form))
    sent = learner.send(TEST + "lam-bai/", form=form, **fields)
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


# --- signing in ---------------------------------------------------------------------------------


def test_whoever_is_signed_out_is_sent_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/hoc-vien/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/hoc-vien/dang-nhap/")
    for path in (TEST, TEST + "lam-bai/", "/hoc-vien/phieu/nuoc-sach/"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/hoc-vien/dang-nhap/?ve={path}")


def test_signing_in_leads_to_the_page_that_was_asked_for(browser: Browser, two_learners: TwoLearners) -> None:
    asked = browser.get(TEST).headers["location"]
    page = browser.get(asked).text
    assert f'name="ve" value="{TEST}"' in page
    signed_in = browser.send("/hoc-vien/dang-nhap/", page=asked, code=two_learners.code, ve=TEST)
    assert signed_in.headers["location"] == TEST
    assert "Bắt đầu làm bài" in browser.get(TEST).text
    assert browser.get(asked).headers["location"] == TEST


def test_a_wrong_code_first_does_not_lose_the_way(browser: Browser, two_learners: TwoLearners) -> None:
    asked = browser.get(TEST).headers["location"]
    answer = browser.send("/hoc-vien/dang-nhap/", page=asked, code="ABC", ve=TEST)
    assert answer.status_code == 401
    assert f'name="ve" value="{TEST}"' in answer.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://noi-khac.test/hoc-vien/kiem-tra/nuoc-sach/",
        "//noi-khac.test/hoc-vien/phieu/nuoc-sach/",
        "/\\noi-khac.test",
        "/hoc-vien/../can-bo/",
        "/hoc-vien/kiem-tra/../../can-bo/",
        "/hoc-vien/kiem-tra/nuoc-sach/?a=//b",
        "/hoc-vien/dang-xuat/",
        "/can-bo/",
        "javascript:alert(1)",
    ],
)
def test_signing_in_leads_to_no_other_page(
    browser: Browser, two_learners: TwoLearners, elsewhere: str
) -> None:
    page = browser.get("/hoc-vien/dang-nhap/", params={"ve": elsewhere}).text
    assert 'name="ve"' not in page
    signed_in = browser.send("/hoc-vien/dang-nhap/", code=two_learners.code, ve=elsewhere)
    assert signed_in.headers["location"] == "/hoc-vien/"
    again = browser.get("/hoc-vien/dang-nhap/", params={"ve": elsewhere})
    assert again.headers["location"] == "/hoc-vien/"


def test_a_wrong_code_is_an_error_of_its_field(browser: Browser, two_learners: TwoLearners) -> None:
    page = browser.sign_in("ABC").text
    assert "<title>Lỗi: Đăng nhập" in page
    assert re.search(
        r'<div class="notice notice--wrong" role="alert" tabindex="-1" autofocus><p><a href="#ma">', page
    )
    assert 'aria-describedby="ma-goi-y ma-loi" aria-invalid="true"' in page


def test_a_code_signs_in_however_it_is_typed(browser: Browser, two_learners: TwoLearners) -> None:
    typed = two_learners.code.lower().replace("-", " ")
    assert browser.sign_in(typed).headers["location"] == "/hoc-vien/"
    page = browser.get("/hoc-vien/").text
    assert "Chào Lò Thị An" in page
    assert "Công chức văn hóa" in page
    assert "Xã Suối Trong" in page


def test_a_wrong_code_says_so_and_is_not_repeated(browser: Browser, two_learners: TwoLearners) -> None:
    wrong = two_learners.code[:-1] + ("0" if two_learners.code[-1] != "0" else "1")
    answer = browser.sign_in(wrong)
    assert answer.status_code == 401
    assert "Mã này không đúng" in answer.text
    assert wrong not in answer.text
    assert browser.get("/api/courses").status_code == 401


def test_the_sign_in_page_knows_whoever_is_signed_in(learner: Browser) -> None:
    assert learner.get("/hoc-vien/dang-nhap/").headers["location"] == "/hoc-vien/"


def test_signing_out_ends_the_session_on_the_server_too(learner: Browser) -> None:
    cookie = learner.client.cookies["__Host-sid"]
    assert learner.send("/hoc-vien/dang-xuat/", page="/hoc-vien/").status_code == 303
    assert "__Host-sid" not in learner.client.cookies
    learner.client.cookies.set("__Host-sid", cookie)
    assert learner.get("/api/courses").status_code == 401


def test_signing_in_as_somebody_else_ends_the_session_before(
    learner: Browser, two_learners: TwoLearners
) -> None:
    former = learner.client.cookies["__Host-sid"]
    learner.post("/api/session", json={"code": two_learners.other_code})
    learner.client.cookies.clear()
    learner.client.cookies.set("__Host-sid", former)
    assert learner.get("/api/courses").status_code == 401


def test_a_session_ends_by_itself(learner: Browser, clock: Clock, store: Store) -> None:
    for _ in range(7):
        clock.forward(minutes=100)
        assert learner.get("/api/courses").status_code == 200
        # Nobody waits for it to be written down that the session is in use.
        store.write(lambda connection: None)
    clock.forward(minutes=20)
    assert learner.get("/api/courses").status_code == 401


def test_a_session_that_lies_idle_for_two_hours_ends(learner: Browser, clock: Clock) -> None:
    clock.forward(minutes=119)
    assert learner.get("/api/courses").status_code == 200
    clock.forward(minutes=120)
    assert learner.get("/api/courses").status_code == 401


def test_sessions_that_are_over_are_forgotten_when_the_service_starts(
    learner: Browser, clock: Clock, store: Store, app: FastAPI, portal: BlockingPortal
) -> None:
    clock.forward(hours=13)
    with serve(app, portal), store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM session").scalar() == 0


# --- the test as a plain form -------------------------------------------------------------------


def test_a_test_is_taken_without_scripts(learner: Browser, store: Store) -> None:
    assert "Bắt đầu làm bài" in learner.get(TEST).text
    result = learner.get(take(learner, store)).text
    assert "Bạn đã đạt" in result
    assert "6/6" in result
    assert "Đã hoàn thành" in learner.get("/hoc-vien/").text


def test_a_test_not_begun_has_no_sheet(learner: Browser) -> None:
    assert learner.get(TEST + "lam-bai/").headers["location"] == TEST


def test_the_test_has_an_address_beside_its_course(learner: Browser) -> None:
    assert learner.get("/khoa-hoc/nuoc-sach/kiem-tra/").headers["location"] == TEST
    assert learner.get("/khoa-hoc/dong-dang-vien/kiem-tra/").status_code == 404


def test_all_questions_stand_on_one_page_with_an_overview_and_flags(learner: Browser) -> None:
    learner.begin()
    page = learner.get(TEST + "lam-bai/").text
    assert re.findall(r'data-question="(\d)"', page) == list("123456")
    assert re.findall(r'href="#cau-(\d)" data-overview', page) == list("123456")
    assert page.count("Đánh dấu xem lại<") == 6
    kinds = re.findall(r'data-kind="([a-z-]+)"', page)
    assert set(kinds) == KINDS.keys()


def test_what_is_unanswered_is_said_once_with_all_still_filled_in(learner: Browser, store: Store) -> None:
    _, form = learner.begin()
    fields = right_fields(*stored_form(store, form))
    first = {name: values for name, values in fields.items() if name.startswith("q1")}
    warned = learner.send(TEST + "lam-bai/", form=form, flag=["4"], **first)
    assert warned.status_code == 200
    assert "còn 5 câu chưa trả lời xong" in warned.text
    assert re.findall(r'href="#cau-(\d)">câu', warned.text) == ["2", "3", "4", "5", "6", "4"]
    assert len(re.findall(r" (?:checked|selected)>", warned.text)) == 1 + sum(map(len, first.values()))
    sent = learner.send(TEST + "lam-bai/", form=form, anyway="yes", **first)
    assert "bạn chưa đạt" in learner.get(sent.headers["location"]).text


def test_the_last_try_is_told_on_the_page_of_courses_with_what_to_read_again(learner: Browser) -> None:
    assert "Lần 1:" not in learner.get("/hoc-vien/").text
    for number, left in (("1", "còn 2 lần"), ("2", "còn 1 lần")):
        _, form = learner.begin()
        learner.send(TEST + "lam-bai/", form=form, anyway="yes")
        page = learner.get("/hoc-vien/").text
        assert f"Lần {number}: 0/6</a>, {left}" in page
        assert 'Nên đọc lại: <a href="/khoa-hoc/nuoc-sach/' in page
        assert ("Các bài đã nộp" in page) is (number == "2"), "one that is told is not listed too"


def test_the_same_form_sent_twice_shows_the_same_result(learner: Browser, store: Store) -> None:
    _, form = learner.begin()
    token = learner.token(TEST + "lam-bai/")
    sent = {"token": token, "form": form, **right_fields(*stored_form(store, form))}
    first, again = (learner.post(TEST + "lam-bai/", data=sent) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    other = learner.post(TEST + "lam-bai/", data={"token": token, "form": form, "anyway": "yes"})
    assert other.status_code == 409
    assert "đã nộp với những câu trả lời khác" in other.text


def test_a_result_leads_back_to_what_to_reread(learner: Browser) -> None:
    _, form = learner.begin()
    sent = learner.send(TEST + "lam-bai/", form=form, anyway="yes")
    page = learner.get(sent.headers["location"]).text
    assert 'href="/khoa-hoc/nuoc-sach/giu-nguon-nuoc/"' in page
    assert "Lần này bạn chưa đạt" in page
    assert "Làm lại (còn 2 lần)" in page
    assert "Đọc lại trước: bài 1" in page
    assert "Còn thiếu 5 câu nữa là tới vạch 5." in page


def test_a_result_has_the_weakest_objective_first_with_a_block_to_each_question(
    learner: Browser, store: Store
) -> None:
    _, form = learner.begin()
    fields = right_fields(*stored_form(store, form))
    key = stored_form(store, form)[1]
    asked = stored_form(store, form)[0].asked
    weak = {nth for nth, one in enumerate(asked, 1) if key[one.id].objective == "bao-tin"}
    kept = {name: values for name, values in fields.items() if int(re.findall(r"\d+", name)[0]) not in weak}
    sent = learner.send(TEST + "lam-bai/", form=form, anyway="yes", **kept)
    page = learner.get(sent.headers["location"]).text
    body, folded = page.split('<details class="folded">')
    assert "Báo tin khi nước bẩn" in body
    assert "0 trên 3" in body
    assert body.count('class="block"') == len(weak) + 1
    assert "1 mục tiêu đúng hết" in folded
    assert "3 trên 3" in folded


def test_a_result_tells_of_no_question_and_folds_the_code(learner: Browser, store: Store) -> None:
    attempt, form = learner.begin()
    questions = [asked.id for asked in stored_form(store, form)[0].asked]
    sent = learner.send(TEST + "lam-bai/", form=form, anyway="yes")
    page = learner.get(sent.headers["location"]).text
    assert [id for id in questions if id in page] == []
    before, _, folded = page.partition("mã bài nộp</summary>")
    assert f"<code>{attempt}</code>" in folded
    assert f"<code>{attempt}" not in before


def test_after_the_last_attempt_nothing_is_offered_again(learner: Browser) -> None:
    for left in (2, 1, 0):
        _, form = learner.begin()
        sent = learner.send(TEST + "lam-bai/", form=form, anyway="yes")
        page = learner.get(sent.headers["location"]).text
        assert (f"Làm lại (còn {left} lần)" in page) == (left > 0)
        assert page.count('class="try') == (3 if left else 0)
    assert "Bạn đã làm đủ số lần được phép" in page


def test_law_cited_in_a_question_leads_to_the_register(learner: Browser) -> None:
    learner.begin()
    page = learner.get(TEST + "lam-bai/")
    link = re.search(r'<a class="citation" href="([^"]+)"', page.text)
    assert link
    assert page.url.join(link[1]).path == "/phap-luat/nd-moi/"


# --- the confirmation ---------------------------------------------------------------------------


def test_a_course_that_is_not_completed_has_no_confirmation(learner: Browser) -> None:
    answer = learner.get("/hoc-vien/phieu/nuoc-sach/")
    assert answer.status_code == 404
    assert "chưa có phiếu xác nhận" in answer.text


def test_a_confirmation_names_its_holder_and_stays_the_same(learner: Browser, store: Store) -> None:
    take(learner, store)
    page = learner.get("/hoc-vien/phieu/nuoc-sach/").text
    for words in ("Lò Thị An", "Nước sạch cho cán bộ xã", "02/3/2026", 'certificate__owner">Sở Mẫu<', "<svg"):
        assert words in page
    again = learner.get("/hoc-vien/phieu/nuoc-sach/").text
    assert SERIAL.findall(page) == SERIAL.findall(again) != []


def test_a_revoked_confirmation_says_so_and_no_other_takes_its_place(learner: Browser, store: Store) -> None:
    take(learner, store)
    serial = SERIAL.findall(learner.get("/hoc-vien/phieu/nuoc-sach/").text)[0].replace("-", "")
    store.write(lambda within: revoke(within, serial, by=OPERATOR, now=store.now()))
    page = learner.get("/hoc-vien/phieu/nuoc-sach/").text
    assert "đã bị thu hồi" in page
    assert SERIAL.findall(page)[0].replace("-", "") == serial


def test_no_confirmation_is_left_of_an_attempt_that_was_voided(learner: Browser, store: Store) -> None:
    attempt = take(learner, store).split("/")[-2]
    learner.get("/hoc-vien/phieu/nuoc-sach/")
    store.write(lambda within: void(within, attempt, event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    assert learner.get("/hoc-vien/phieu/nuoc-sach/").status_code == 404


def test_drafts_say_so(learner: Browser, store: Store) -> None:
    assert "Bản thảo, chưa thẩm định" in learner.get("/hoc-vien/").text
    assert "Bản thảo, chưa thẩm định" in learner.get(TEST).text
    take(learner, store)
    assert "bản thảo, chưa thẩm định" in learner.get("/hoc-vien/phieu/nuoc-sach/").text


def test_somebody_made_up_is_called_that_on_every_paper(
    learner: Browser, store: Store, two_learners: TwoLearners
) -> None:
    assert "DỮ LIỆU MẪU" not in learner.get("/hoc-vien/").text
    now = store.now()
    made_up = {"level": "commune", "decision_ref": "mẫu", "source_sha256": "0" * 64, "synthetic": True}
    members = [RosterMember(person=two_learners.an, unit="00101")]
    store.write(
        lambda within: people.freeze_roster(
            within, members, as_of=now.date(), by=OPERATOR, now=now, **made_up
        )
    )
    assert "DỮ LIỆU MẪU" in learner.get("/hoc-vien/").text
    take(learner, store)
    assert "DỮ LIỆU MẪU" in learner.get("/hoc-vien/phieu/nuoc-sach/").text

"""Passwords of staff: changed, refused, guessed, and typed unseen."""

from __future__ import annotations

import re

import pytest
from clocks import Clock
from sign_in_rows import noted
from sqlalchemy import select
from staff_users import OURS, PASSWORD, PROVINCE, SignedIn

from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.sessions import session_of
from taphuan.records.access.staff_sign_in import StaffSignIn

PASSWORD_FIELD = re.compile(r"<input[^>]*(?:name=.(?:password|again|current).|type=.password.)[^>]*>")


OTHER = "chợ phiên mưa bụi áo chàm"


def test_a_password_is_changed_and_other_browsers_are_signed_out(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert 'href="/can-bo/mat-khau/"' in user.get("").text
    before = user.browser.client.cookies["__Host-sid"]
    fields = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    changed = user.post("mat-khau/", "mat-khau/", **fields)
    assert changed.headers["location"] == "/can-bo/"
    assert "Đã đổi mật khẩu" in user.get("").text
    after = user.browser.client.cookies["__Host-sid"]
    assert after != before
    with store.read() as connection:
        assert len(connection.execute(select(schema.session)).all()) == 1
    assert len(noted(store, "account.password-changed")) == 1
    user.post("dang-xuat/", "xac-minh/")
    assert user.sign_in(f"trainer {OURS} 1").status_code == 401
    assert user.sign_in(f"trainer {OURS} 1", OTHER).status_code == 303


def test_a_password_is_typed_unseen_and_managers_know_which_it_is(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    pages = [user.get("mat-khau/").text, user.get("loi-moi/").text]
    user.browser.client.cookies.clear()
    fields = [one for page in (*pages, user.get("dang-nhap/").text) for one in PASSWORD_FIELD.findall(page)]
    assert len(fields) == 6
    assert all(re.search(r'type="password"', one) for one in fields)
    assert all(re.search(r'autocomplete="(?:new|current)-password"', one) for one in fields)
    assert not any("onpaste" in one or "readonly" in one for one in fields)


def test_whoever_is_signed_in_elsewhere_sees_it_and_ends_it_with_the_password(
    signed_in: SignedIn, store: Store, hashing: Hashing
) -> None:
    user = signed_in("trainer", OURS)
    assert "Chỉ có máy này" in user.get("mat-khau/").text
    elsewhere = StaffSignIn(store, hashing).sign_in(f"trainer {OURS} 1", PASSWORD)
    assert user.get("mat-khau/").text.count("Đăng nhập lúc ") == 2
    wrong = user.post("mat-khau/noi-khac/", "mat-khau/", current="không phải câu này")
    assert (wrong.status_code, "không đúng" in wrong.text) == (422, True)
    ended = user.post("mat-khau/noi-khac/", "mat-khau/", current=PASSWORD)
    assert ended.headers["location"] == "/can-bo/mat-khau/"
    page = user.get("mat-khau/")
    assert "Đã đăng xuất ở mọi nơi khác" in page.text
    assert page.text.count("(máy này)") == page.text.count("Đăng nhập lúc ") == 1
    with store.read() as connection:
        assert session_of(connection, elsewhere, now=store.now()) is None
    assert len(noted(store, "account.other-sessions-ended")) == 1


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("ngắn", "từ 15 ký tự"),
        ("aaaaaaaaaaaaaaaaaaaa", "ký tự lặp lại"),
        ("matkhau matkhau 1", "dễ đoán"),
        ("Trainer 00101 1 ", "tên của bạn"),
        (PASSWORD, "giống mật khẩu đang dùng"),
    ],
)
def test_why_a_password_is_not_taken_is_said(signed_in: SignedIn, password: str, told: str) -> None:
    user = signed_in("trainer", OURS)
    fields = {"current": PASSWORD, "password": password, "again": password}
    answer = user.post("mat-khau/", "mat-khau/", **fields)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert PASSWORD not in answer.text


def test_a_wrong_current_password_counts_and_in_the_end_locks(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    fields = {"current": "không phải câu này đâu", "password": OTHER, "again": OTHER}
    answers = [user.post("mat-khau/", "mat-khau/", **fields) for _ in range(11)]
    assert [one.status_code for one in answers] == [422] * 10 + [429]
    assert "Mật khẩu đang dùng không đúng" in answers[0].text
    assert len(noted(store, "account.locked")) == 1
    differing = user.post("mat-khau/", "mat-khau/", current=PASSWORD, password=OTHER, again="khác")
    assert "không giống nhau" in differing.text


def test_a_name_that_nobody_has_is_answered_and_locked_as_one_that_somebody_has(
    by_password: SignedIn, clock: Clock
) -> None:
    """Fifteen tries, most of an hour later, and after it."""
    user, start, tries = by_password("trainer", OURS), clock.time, list[object]()
    user.browser.client.cookies.clear()
    for typed in ("trainer 00101 1", "trainer 00102 9"):
        clock.time, answers = start, list[object]()
        for nth in range(17):
            clock.forward(minutes={15: 50, 16: 70}.get(nth, 0))
            answer = user.sign_in(typed, "không phải câu này đâu")
            text = re.sub(r'name="token" value="[0-9a-f]*"', "", answer.text).replace(typed, "")
            waits = answer.headers.get("retry-after")
            answers.append((answer.status_code, waits, sorted(answer.headers), text))
        tries.append(answers)
    assert tries[0] == tries[1]
    statuses = [answer[0] for answer in tries[0]]  # type: ignore[attr-defined,index]
    assert statuses == [401] * 10 + [429] * 6 + [401]


def test_a_refused_password_keeps_the_code_of_the_link(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    for password in ("ngắn", "matkhau matkhau 1"):
        page = user.post("loi-moi/", "loi-moi/", code="mã-ấy", password=password, again=password + "x").text
        assert re.search(r'name="code"[^>]*value="mã-ấy"', page)


def test_a_refused_password_of_a_good_link_keeps_it_and_says_why(signed_in: SignedIn) -> None:
    office = signed_in("office", PROVINCE)
    office.prove()
    fields = {"name": "Lò Văn Mới", "role": "trainer", "unit": OURS, "reason": "công văn 1"}
    (code,) = re.findall(r"#ma=([\w-]+)", office.post("tai-khoan/", "tai-khoan/", **fields).text)
    for password in ("ngắn", "lò văn mới lò văn mới", "matkhau matkhau 1"):
        page = office.post("loi-moi/", "loi-moi/", code=code, password=password, again=password)
        assert page.status_code == 422
        assert f'value="{code}"' in page.text
    assert office.post("loi-moi/", "loi-moi/", code=code, password=OTHER, again=OTHER).status_code == 303

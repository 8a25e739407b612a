"""The way in: a password opens nothing but the second factor; idle sessions end."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import serve
from clocks import Clock
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sign_in_rows import noted
from sqlalchemy import select
from staff_users import OURS, PROVINCE, SignedIn, StaffUser

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, schema
from taphuan.records.access import second_factor
from taphuan.records.access.accounts import Role
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.second_factor import new_key
from taphuan.records.access.sessions import session_of
from taphuan.service import Settings, create_app
from taphuan.service.staff import ROUTERS

ROLES: tuple[Role, ...] = ("trainer", "unit-head", "office")


#: What is open before a code was right: the way in, the way out, and the second factor itself.
OPEN = {"/can-bo/dang-nhap/", "/can-bo/dang-xuat/", "/can-bo/loi-moi/", "/can-bo/xac-minh/"}


SESSION = "__Host-sid"


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and address of staff, as the application has them, whichever router brought them."""
    routers = [getattr(one, "original_router", None) for one in app.routes]
    found = [*app.routes, *(one for router in routers if router for one in router.routes)]
    ours = [one for one in found if isinstance(one, APIRoute) and one.path.startswith("/can-bo/")]
    return sorted({(method, one.path) for one in ours for method in one.methods})


# --- by the password alone ----------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_the_password_alone_opens_nothing_but_the_second_factor(
    role: Role, by_password: SignedIn, app: FastAPI
) -> None:
    user, walked = by_password(role, PROVINCE), 0
    token = user.browser.token("/can-bo/xac-minh/")
    for method, path in routes(app):
        if path in OPEN:
            continue
        place = re.sub(r"{\w+}", str(uuid4()), path)
        sent = {"data": {"token": token, "once": str(uuid4())}} if method == "POST" else {}
        answer = user.browser.ask(method, place, **sent)
        assert answer.status_code == 303, (method, path)
        assert answer.headers["location"].startswith("/can-bo/xac-minh/"), (method, path)
        walked += 1
    assert walked > 50
    assert "Mật khẩu đúng. Còn một bước" in user.get("xac-minh/").text
    assert user.bind().status_code == 303
    assert user.get("").status_code == 200


def test_a_right_code_renews_the_token_and_forms_that_were_open_can_still_be_sent(
    by_password: SignedIn, store: Store
) -> None:
    """Whoever knew the token before the code was right holds nothing: bound or proved (ASVS 7.2.4)."""
    user = by_password("office", PROVINCE)
    jar = user.browser.client.cookies
    for give in (user.bind, user.prove):
        before, form = jar[SESSION], user.browser.token("/can-bo/xac-minh/")
        assert give().status_code == 303
        after = jar[SESSION]
        assert after != before
        with store.read() as connection:
            found = [
                session_of(connection, one.partition(".")[0], now=store.now()) for one in (before, after)
            ]
        assert found[0] is None
        assert found[1] is not None
        assert found[1].account == user.account
        wrong = {"token": form, "digits": "000000"}
        assert user.browser.post("/can-bo/xac-minh/", data=wrong).status_code == 422
        user.browser.client.cookies.set(SESSION, before, domain="tap-huan.test")
        assert user.get("").headers["location"].startswith("/can-bo/dang-nhap/")
        user.browser.client.cookies.set(SESSION, after, domain="tap-huan.test")


def test_what_stays_of_a_cookie_opens_nothing(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    user.bind()
    token, _, lasting = user.browser.client.cookies[SESSION].partition(".")
    for forged in (lasting, f"{lasting}.{lasting}", f"{lasting}.{token}", f".{lasting}"):
        user.browser.client.cookies.clear()
        user.browser.client.cookies.set(SESSION, forged)
        assert user.get("").headers["location"].startswith("/can-bo/dang-nhap/")


def test_no_route_of_staff_is_outside_their_pages(app: FastAPI) -> None:
    known = {one.path for router in ROUTERS for one in router.routes if isinstance(one, APIRoute)}
    assert {path for _, path in routes(app)} == known


@pytest.mark.parametrize(
    "back",
    [
        *("https://evil.example/can-bo/", "//evil.example/can-bo/", "/can-bo//evil.example", "javascript:x"),
        *("/can-bo/\\evil.example", "/tien-do/", "/can-bo.evil.example/"),
    ],
)
def test_after_the_second_factor_one_is_led_to_a_page_of_the_staff_alone(
    by_password: SignedIn, back: str
) -> None:
    user = by_password("office", PROVINCE)
    assert user.bind().headers["location"].startswith("/can-bo/bao-cao/")
    assert "evil" not in user.browser.get("/can-bo/xac-minh/", params={"ve": back}).text
    user.clock.forward(seconds=second_factor.TOTP_STEP)
    digits = second_factor.totp_code(user.secret, int(user.clock().timestamp()) // second_factor.TOTP_STEP)
    led = user.post("xac-minh/", "xac-minh/", digits=digits, back=back)
    assert (led.status_code, led.headers["location"].partition("?")[0]) == (303, "/can-bo/")


def test_one_may_sign_out_before_the_second_factor(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    assert user.post("dang-xuat/", "xac-minh/").headers["location"] == "/can-bo/dang-nhap/"
    assert user.get("xac-minh/").headers["location"] == "/can-bo/dang-nhap/"


def test_the_secret_stays_the_same_and_none_from_the_form_is_bound(by_password: SignedIn) -> None:
    user, ours = by_password("office", PROVINCE), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    first = user.get("xac-minh/").text
    shown = re.findall(r'<code class="secret">([A-Z2-7]{32})</code>', first)
    assert re.findall(r'<code class="secret">([A-Z2-7]{32})</code>', user.get("xac-minh/").text) == shown
    digits = second_factor.totp_code(ours, int(user.clock().timestamp()) // second_factor.TOTP_STEP)
    assert user.post("xac-minh/", "xac-minh/", digits=digits, secret=ours).status_code == 422
    assert user.bind().status_code == 303
    assert [user.secret] == shown


def test_an_authenticator_is_bound_within_a_quarter_of_an_hour_of_the_password(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    user.clock.forward(minutes=16)
    page = user.get("xac-minh/").text
    assert "đăng xuất rồi đăng nhập lại" in page
    assert "<svg" not in page.partition("<main")[2]
    assert user.post("xac-minh/", "xac-minh/", digits="123456").status_code == 422
    user.post("dang-xuat/", "xac-minh/")
    user.sign_in(f"office {PROVINCE} 1")
    assert user.bind().status_code == 303


def test_under_another_key_the_authenticator_is_bound_anew_and_all_else_is_there(
    signed_in: SignedIn,
    store: Store,
    programme: Programme,
    settings: Settings,
    hashing: Hashing,
    portal: BlockingPortal,
) -> None:
    before = signed_in("office", PROVINCE)
    app = create_app(programme, store, settings=settings, hashing=hashing, key=new_key(), routers=ROUTERS)
    with serve(app, portal) as browser:
        user = StaffUser(browser, store, before.clock, before.account)
        assert user.sign_in(f"office {PROVINCE} 1").headers["location"] == "/can-bo/"
        assert "Gắn lại ứng dụng" in user.get("xac-minh/").text
        assert user.bind().status_code == 303
        assert user.secret != before.secret
        assert "Gắn lại ứng dụng xác thực" in user.get("nhat-ky/").text
        assert "Lò Thị Hoa" in user.post("nguoi/", "nguoi/", name="hoa").text


def test_ten_wrong_codes_lock_the_second_factor_however_often_one_signs_in(
    by_password: SignedIn, store: Store
) -> None:
    user = by_password("office", PROVINCE)
    assert user.bind().status_code == 303
    for _ in range(10):
        user.post("dang-xuat/", "xac-minh/")
        user.sign_in(f"office {PROVINCE} 1")
        assert user.post("xac-minh/", "xac-minh/", digits="000000").status_code == 422
    locked = user.prove()
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "3570")
    assert "tạm khóa vì sai mười lần" in locked.text
    user.clock.forward(minutes=49)
    assert user.prove().headers["retry-after"] == "600"
    assert len(noted(store, "account.totp-locked")) == 1
    assert len(noted(store, "account.totp-refused")) == 10
    user.clock.forward(hours=1)
    user.browser.client.cookies.clear()
    user.sign_in(f"office {PROVINCE} 1")
    assert user.prove().status_code == 303


# --- trainers by password -----------------------------------------------------------------------


class TestAClassroomLaptop:
    """Trainers come in by the password alone, where whoever runs the service chose so."""

    @pytest.fixture
    def settings(self) -> Settings:
        return Settings(address="https://tap-huan.test", trainers_by_password=True)

    def test_trainers_come_in_by_the_password_and_nobody_else(self, by_password: SignedIn) -> None:
        trainer = by_password("trainer", OURS)
        assert trainer.get("").status_code == 200
        assert "Còn một bước" not in trainer.get("xac-minh/").text
        for role in ("unit-head", "office"):
            assert by_password(role, OURS).get("").headers["location"] == "/can-bo/xac-minh/"  # type: ignore[arg-type]

    def test_the_trail_says_that_it_was_chosen_and_who_came_in_so(
        self, by_password: SignedIn, signed_in: SignedIn, store: Store
    ) -> None:
        trainer = by_password("trainer", OURS)
        trainer.post("dang-xuat/", "xac-minh/")
        trainer.sign_in(f"trainer {OURS} 1")
        assert noted(store, "second-factor.waived") == [("second-factor.waived", "chọn khi chạy dịch vụ")]
        page = signed_in("office", PROVINCE).get("nhat-ky/").text
        assert "<strong>Cho phép đăng nhập chỉ bằng mật khẩu</strong>: tập huấn viên" in page
        assert "chỉ bằng mật khẩu." in page


# --- idle ---------------------------------------------------------------------------------------


def settled(store: Store) -> None:
    """Waits until what nobody waited for has been written too."""
    store.write(lambda connection: None)


def test_a_session_of_staff_ends_after_an_hour_without_a_click(
    signed_in: SignedIn, store: Store, clock: Clock
) -> None:
    user = signed_in("trainer", OURS)
    for _ in range(3):
        clock.forward(minutes=59)
        assert user.get("").status_code == 200
        settled(store)
    clock.forward(minutes=60)
    assert user.get("").headers["location"] == "/can-bo/dang-nhap/"


def test_that_a_session_is_in_use_is_written_every_five_minutes(
    signed_in: SignedIn, store: Store, clock: Clock
) -> None:
    user, seen = signed_in("trainer", OURS), schema.session.c.seen_at
    start, found = clock(), []
    for minutes in (4, 1, 4):
        clock.forward(minutes=minutes)
        user.get("")
        settled(store)
        with store.read() as connection:
            moment = connection.scalar(select(seen).where(schema.session.c.account == user.account))
            found.append((moment - start).total_seconds() / 60)
    assert found == [0, 5, 5]


# --- the trail ----------------------------------------------------------------------------------


def test_the_trail_says_who_came_in_and_who_did_not(signed_in: SignedIn, by_password: SignedIn) -> None:
    user: StaffUser = by_password("unit-head", OURS)
    user.bind()
    user.post("dang-xuat/", "xac-minh/")
    user.sign_in(f"unit-head {OURS} 1", "không phải câu này đâu")
    user.sign_in("tên không ai có", "không phải câu này đâu")
    user.sign_in(f"unit-head {OURS} 1")
    user.post("xac-minh/", "xac-minh/", digits="000000")
    user.prove()
    page = signed_in("office", PROVINCE).get("nhat-ky/").text
    whose = f": unit-head {OURS} 1, Xã Suối Trong"
    for action in (
        *("Nhận lời mời, đặt mật khẩu", "Gắn ứng dụng xác thực", "Đăng xuất", "Đăng nhập không thành công"),
        *("Đăng nhập", "Xác minh không thành công", "Xác minh bằng mã"),
    ):
        assert f"<strong>{action}</strong>{whose}" in page, action
    assert "<strong>Đăng nhập bằng tên không tồn tại</strong></p>" in page
    assert "tên không ai có" not in page
    for reason in ("mật khẩu đúng, còn chờ mã xác minh", "sai mật khẩu", "sai sáu chữ số", "hệ thống"):
        assert reason in page

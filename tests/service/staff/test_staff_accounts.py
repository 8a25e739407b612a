"""One-time links, long passwords, the second factor, and accounts of others."""

from __future__ import annotations

import re

from clocks import Stopwatch
from fastapi import FastAPI
from staff_users import OPERATOR, OURS, PASSWORD, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.access.sessions import session_of
from taphuan.service.staff import ROUTERS

LINK = re.compile(r"#ma=([\w-]+)")


def sign_out(user: StaffUser) -> None:
    assert user.post("dang-xuat/", "xac-minh/").headers["location"] == "/can-bo/dang-nhap/"


def test_signing_in_takes_the_right_password(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    sign_out(user)
    wrong = user.post("dang-nhap/", "dang-nhap/", name="trainer 00101 1", password="sai mật khẩu rồi nhé")
    assert wrong.status_code == 401
    assert "không đúng" in wrong.text
    right = user.post("dang-nhap/", "dang-nhap/", name="trainer 00101 1", password=PASSWORD)
    assert right.headers["location"] == "/can-bo/"
    assert user.get("").headers["location"] == "/can-bo/xac-minh/"
    assert user.prove().status_code == 303
    assert "Xã Suối Trong" in user.get("").text


def test_a_link_works_once_and_asks_for_a_long_password(signed_in: SignedIn, store: Store) -> None:
    office = signed_in("office", PROVINCE)
    assert office.prove().status_code == 303
    fields = {"name": "Lò Văn Mới", "role": "trainer", "unit": OURS, "reason": "công văn 1"}
    page = office.post("tai-khoan/", "tai-khoan/", **fields)
    found = LINK.search(page.text)
    assert found
    sign_out(office)
    short = office.post("loi-moi/", "loi-moi/", code=found[1], password="ngắn", again="ngắn")
    assert "từ 15 ký tự" in short.text
    differing = office.post("loi-moi/", "loi-moi/", code=found[1], password=PASSWORD, again=PASSWORD + "!")
    assert "không giống nhau" in differing.text
    taken = office.post("loi-moi/", "loi-moi/", code=found[1], password=PASSWORD, again=PASSWORD)
    assert taken.status_code == 303
    sign_out(office)
    again = office.post("loi-moi/", "loi-moi/", code=found[1], password=PASSWORD, again=PASSWORD)
    assert again.status_code == 422


def test_the_second_factor_is_bound_then_asked_for_and_no_digits_work_twice(by_password: SignedIn) -> None:
    user = by_password("office", PROVINCE)
    assert user.get("tai-khoan/").headers["location"] == "/can-bo/xac-minh/?ve=/can-bo/tai-khoan/"
    page = user.get("xac-minh/").text
    assert "<svg" in page.partition("<main")[2]
    assert "Google Authenticator, Microsoft Authenticator, Aegis" in page
    assert 'name="secret"' not in page
    assert user.bind().headers["location"] == "/can-bo/bao-cao/"
    assert user.get("tai-khoan/").status_code == 200
    user.clock.forward(minutes=16)
    assert user.get("tai-khoan/").status_code == 303
    assert "<svg" not in user.get("xac-minh/").text.partition("<main")[2]
    wrong = user.post("xac-minh/", "xac-minh/", digits="000000", back="/can-bo/")
    assert wrong.status_code == 422
    assert user.prove().status_code == 303


def test_after_the_second_factor_nobody_is_sent_elsewhere(signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    for elsewhere in ("//evil.test", "https://evil.test", "/can-bo/..//evil.test", "/can-bo/\\evil.test"):
        assert "evil" not in user.browser.get("/can-bo/xac-minh/", params={"ve": elsewhere}).text


def test_an_account_that_is_switched_off_is_signed_out(signed_in: SignedIn) -> None:
    trainer, office = signed_in("trainer", OURS), signed_in("office", PROVINCE)
    office.prove()
    office.post(f"tai-khoan/{trainer.account}/khoa/", "tai-khoan/", reason="nghỉ việc")
    assert trainer.get("").headers["location"] == "/can-bo/dang-nhap/"


def guesses(user: StaffUser, name: str, times: int = 11) -> list[tuple[int, str]]:
    """How wrong passwords for a name are answered: the status, and what the page says."""
    user.browser.client.cookies.clear()
    found = []
    for nth in range(times):
        answer = user.browser.send("/can-bo/dang-nhap/", name=name, password=f"sai mật khẩu rồi nhé {nth}")
        found.append((answer.status_code, answer.text.replace(name, "…")))
    return [(status, re.sub(r'name="token" value="[^"]*"', "", page)) for status, page in found]


def test_a_name_that_is_nobodys_is_answered_and_locked_as_somebodys(
    signed_in: SignedIn, stopwatch: Stopwatch
) -> None:
    user = signed_in("trainer", OURS)
    known, unknown = guesses(user, "trainer 00101 1"), guesses(user, "trainer 00101 9")
    assert [status for status, _ in known] == [401] * 10 + [429]
    assert "tạm khóa vì nhập sai" in known[-1][1]
    assert known == unknown
    # The lock in the records outlasts the allowance in memory, and says no more than a wrong password.
    stopwatch.seconds += 400
    assert guesses(user, "trainer 00101 1", 2) == guesses(user, "trainer 00101 9", 2)
    locked = user.browser.send("/can-bo/dang-nhap/", name=" trainer  00101 1 ", password=PASSWORD)
    assert locked.status_code == 429
    user.clock.forward(hours=1)
    stopwatch.seconds += 3600
    right = user.browser.send("/can-bo/dang-nhap/", name="trainer 00101 1", password=PASSWORD)
    assert right.headers["location"] == "/can-bo/"


def test_a_browser_is_signed_in_as_one_at_a_time(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, hashing: Hashing
) -> None:
    user, person = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    code = LearnerSignIn(store, hashing).issue([person], by=OPERATOR)[person].text
    as_staff = user.browser.client.cookies["__Host-sid"]
    assert user.browser.send("/hoc-vien/dang-nhap/", code=code).headers["location"] == "/hoc-vien/"
    as_learner = user.browser.client.cookies["__Host-sid"]
    fields = {"name": "trainer 00101 1", "password": PASSWORD}
    assert user.browser.send("/can-bo/dang-nhap/", **fields).headers["location"] == "/can-bo/"
    assert {as_staff, as_learner}.isdisjoint({user.browser.client.cookies["__Host-sid"]})
    with store.read() as connection:
        assert session_of(connection, as_staff, now=store.now()) is None
        assert session_of(connection, as_learner, now=store.now()) is None


def test_a_link_that_is_accepted_ends_the_session_before_it(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    fields = {"name": "Lò Văn Mới", "role": "trainer", "unit": OURS, "reason": "công văn 1"}
    (link,) = LINK.findall(user.post("tai-khoan/", "tai-khoan/", **fields).text)
    before = user.browser.client.cookies["__Host-sid"]
    assert user.post("loi-moi/", "loi-moi/", code=link, password=PASSWORD, again=PASSWORD).status_code == 303
    with store.read() as connection:
        assert session_of(connection, before, now=store.now()) is None


def test_an_account_that_is_switched_off_is_not_reset_but_opened_again_with_a_reason(
    signed_in: SignedIn,
) -> None:
    trainer, office = signed_in("trainer", OURS), signed_in("office", PROVINCE)
    office.prove()
    assert office.post(f"tai-khoan/{trainer.account}/mo-lai/", "tai-khoan/", reason="x").status_code == 403
    office.post(f"tai-khoan/{trainer.account}/khoa/", "tai-khoan/", reason="nghỉ việc")
    page = office.get("tai-khoan/").text
    assert f"{trainer.account}/mo-lai/" in page
    assert f"{trainer.account}/dat-lai/" not in page
    reset = office.post(f"tai-khoan/{trainer.account}/dat-lai/", "tai-khoan/", reason="quên")
    assert (reset.status_code, LINK.search(reset.text)) == (403, None)
    assert "Đã khóa" in office.get("tai-khoan/").text
    silent = office.post(f"tai-khoan/{trainer.account}/mo-lai/", "tai-khoan/")
    assert (silent.status_code, LINK.search(silent.text)) == (422, None)
    opened = office.post(f"tai-khoan/{trainer.account}/mo-lai/", "tai-khoan/", reason="đi làm lại")
    (link,) = LINK.findall(opened.text)
    sign_out(office)
    assert (
        office.post("loi-moi/", "loi-moi/", code=link, password=PASSWORD, again=PASSWORD).status_code == 303
    )


def test_an_office_of_one_unit_switches_off_nobody_elsewhere(signed_in: SignedIn) -> None:
    other, office = signed_in("trainer", THEIRS), signed_in("office", OURS)
    office.prove()
    assert office.post(f"tai-khoan/{other.account}/khoa/", "tai-khoan/", reason="x").status_code == 404
    assert office.post(f"tai-khoan/{other.account}/dat-lai/", "tai-khoan/", reason="x").status_code == 404
    assert office.post(f"tai-khoan/{other.account}/mo-lai/", "tai-khoan/", reason="x").status_code == 404
    assert other.get("").status_code == 200


def test_control_characters_reach_no_database(signed_in: SignedIn) -> None:
    """PostgreSQL would break on a NUL, even where it only looks for something."""
    user = signed_in("trainer", OURS)
    user.browser.client.cookies.clear()
    name = "trainer\x00 00101\x1f1"
    answer = user.browser.send("/can-bo/dang-nhap/", name=name, password=PASSWORD)
    assert answer.headers["location"] == "/can-bo/"
    for path in ("nguoi/%00/", "lop/a%00/", "phieu-xac-nhan/%00.pdf"):
        assert user.get(path).status_code == 404
        user.browser.client.cookies.clear()


def test_no_address_has_a_place_for_a_name(app: FastAPI) -> None:
    places = {
        part for router in ROUTERS for route in router.routes for part in re.findall(r"{(\w+)}", route.path)
    }  # type: ignore[attr-defined]
    assert places == {"id", "other", "event", "course", "roster", "serial", "person", "task"}

"""Staff have accounts that the office invites, resets and switches off; each role does what is its own."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from fixtures_province import OFFICE, Province
from sign_in_steps import PASSWORD, account_of, audited, bind, joined, session_of, signed_in

from taphuan.records import Locked, Malformed, NotAllowed, Unknown, WrongCode
from taphuan.records.access import accounts
from taphuan.records.access.accounts import OPERATIONS, TotpNeeded
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.staff_sign_in import StaffSignIn

# --- staff ------------------------------------------------------------------------------------


def test_there_is_no_account_until_the_operator_invites_one(province: Province, staff: StaffSignIn) -> None:
    assert province.see(accounts.all_accounts) == ()
    staff.invite("do.thi.hoa", "office", "12", by=OFFICE)
    (account,) = province.see(accounts.all_accounts)
    assert (account.name, account.role, account.unit, account.is_ready) == (
        "do.thi.hoa",
        "office",
        "12",
        False,
    )


def test_an_invited_account_sets_a_password_and_signs_in_with_it(
    province: Province, staff: StaffSignIn
) -> None:
    account = account_of(province, joined(staff))
    assert (account.is_ready, account.has_totp) == (True, False)
    token = staff.sign_in(" do.thi.hoa ", PASSWORD)
    assert account_of(province, token) == account


def test_a_link_works_once_and_for_a_week(staff: StaffSignIn, clock: Clock) -> None:
    link = staff.invite("a", "trainer", "03388", by=OFFICE)
    staff.accept(link, PASSWORD)
    late = staff.invite("b", "trainer", "03388", by=OFFICE)
    clock.forward(days=7)
    for token in (link, late, "no such link"):
        with pytest.raises(WrongCode):
            staff.accept(token, PASSWORD)


@pytest.mark.parametrize("password", ["", "mười bốn chữ !", "chợ phiên " * 20 + "x"])
def test_a_password_has_fifteen_characters_or_more_and_a_short_one_does_not_use_up_the_link(
    staff: StaffSignIn, password: str
) -> None:
    link = staff.invite("a", "trainer", "03388", by=OFFICE)
    with pytest.raises(Malformed):
        staff.accept(link, password)
    assert staff.accept(link, "mười lăm chữ đó")


def test_a_password_is_the_same_however_its_marks_are_typed_and_else_as_it_was_sent(
    staff: StaffSignIn,
) -> None:
    joined(staff)
    assert staff.sign_in("do.thi.hoa", normalize("NFD", PASSWORD))
    for other in (PASSWORD.upper(), PASSWORD[:-1], f"{PASSWORD} ", f" {PASSWORD}"):
        with pytest.raises(WrongCode):
            staff.sign_in("do.thi.hoa", other)


@pytest.mark.parametrize(
    ("name", "role", "unit", "refusal"),
    [
        ("do.thi.hoa", "office", "12", NotAllowed),
        ("a", "office", "nowhere", Unknown),
        ("a", "boss", "12", Malformed),
        (" ", "office", "12", Malformed),
    ],
)
def test_an_invitation_needs_a_free_name_a_role_and_a_unit(
    staff: StaffSignIn, name: str, role: accounts.Role, unit: str, refusal: type[Exception]
) -> None:
    staff.invite("do.thi.hoa", "office", "12", by=OFFICE)
    with pytest.raises(refusal):
        staff.invite(name, role, unit, by=OFFICE)


def test_a_wrong_password_an_unknown_name_and_one_without_a_password_are_told_alike(
    staff: StaffSignIn,
) -> None:
    joined(staff)
    staff.invite("chua.nhan", "trainer", "03388", by=OFFICE)
    for name, password in (("do.thi.hoa", "x" * 15), ("nobody", PASSWORD), ("chua.nhan", PASSWORD)):
        with pytest.raises(WrongCode):
            staff.sign_in(name, password)


def test_ten_failures_lock_an_account_for_an_hour(staff: StaffSignIn, clock: Clock) -> None:
    joined(staff)
    for _ in range(10):
        with pytest.raises(WrongCode):
            staff.sign_in("do.thi.hoa", "x" * 15)
    with pytest.raises(Locked):
        staff.sign_in("do.thi.hoa", PASSWORD)
    clock.forward(hours=1)
    assert staff.sign_in("do.thi.hoa", PASSWORD)


def test_an_account_switched_off_is_signed_out_and_stays_out(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    province.do(accounts.deactivate_account, account_of(province, token).id, by=OFFICE)
    assert session_of(province.store, token) is None
    with pytest.raises(WrongCode):
        staff.sign_in("do.thi.hoa", PASSWORD)


def test_a_reset_account_needs_its_new_link(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    bind(province.store, staff, token)
    link = staff.reset(account_of(province, token).id, by=OFFICE)
    assert session_of(province.store, token) is None
    with pytest.raises(WrongCode):
        staff.sign_in("do.thi.hoa", PASSWORD)
    again = account_of(province, staff.accept(link, "mật khẩu khác hẳn"))
    assert (again.is_ready, again.has_totp) == (True, False)


def test_an_account_switched_off_is_not_reset_but_switched_on_by_name(
    province: Province, staff: StaffSignIn
) -> None:
    id = account_of(province, joined(staff)).id
    with pytest.raises(NotAllowed):
        staff.reopen(id, by=OFFICE)
    province.do(accounts.deactivate_account, id, by=OFFICE)
    with pytest.raises(NotAllowed):
        staff.reset(id, by=OFFICE)
    assert not province.see(accounts.account_by_id, id).active
    link = staff.reopen(id, by=OFFICE)
    with pytest.raises(WrongCode):
        staff.sign_in("do.thi.hoa", PASSWORD)
    assert account_of(province, staff.accept(link, "mật khẩu khác hẳn")).active
    assert ("account.reopened", id) in province.see(audited)


def test_a_locked_account_takes_as_long_to_answer_as_a_wrong_password(
    province: Province, staff: StaffSignIn
) -> None:
    joined(staff)
    asked = []

    class Noted(Hashing):
        def verify(self, hash: str | None, secret: str) -> bool:
            asked.append(hash)
            return super().verify(hash, secret)

    hashing = Noted(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with closing(hashing):
        noted = StaffSignIn(province.store, hashing)
        for _ in range(10):
            with pytest.raises(WrongCode):
                noted.sign_in("do.thi.hoa", "x" * 15)
        with pytest.raises(Locked):
            noted.sign_in("do.thi.hoa", PASSWORD)
    assert len(asked) == 11
    assert asked[-1] is None


def test_a_password_verified_while_the_account_is_reset_opens_nothing(
    province: Province, staff: StaffSignIn
) -> None:
    id = account_of(province, joined(staff)).id

    class Slow(Hashing):
        def verify(self, hash: str | None, secret: str) -> bool:
            is_right = super().verify(hash, secret)
            staff.reset(id, by=OFFICE)
            return is_right

    hashing = Slow(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with closing(hashing), pytest.raises(WrongCode):
        StaffSignIn(province.store, hashing).sign_in("do.thi.hoa", PASSWORD)


def test_what_takes_a_fresh_totp_code() -> None:
    assert {name for name, operation in OPERATIONS.items() if operation.totp} == {
        "export",
        "merge",
        "void",
        "roster.import",
        "erase",
        "account.invite",
    }


def test_a_code_is_fresh_for_a_quarter_of_an_hour(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    account, session = account_of(province, token), signed_in(province.store, token)
    accounts.require_right("figure.enter", account, session, now=clock())
    with pytest.raises(TotpNeeded):
        accounts.require_right("merge", account, session, now=clock())
    bind(province.store, staff, token)
    accounts.require_right("merge", account, signed_in(province.store, token), now=clock())
    clock.forward(minutes=15)
    accounts.require_right("merge", account, signed_in(province.store, token), now=clock())
    clock.forward(seconds=1)
    assert accounts.needs_totp("merge", signed_in(province.store, token), now=clock())


def test_roles_do_what_is_theirs(province: Province, staff: StaffSignIn, clock: Clock) -> None:
    token = joined(staff, "a", "trainer", "03388")
    account, session = account_of(province, token), replace(signed_in(province.store, token), totp_at=clock())
    may = set()
    for name in OPERATIONS:
        try:
            accounts.require_right(name, account, session, now=clock())
            may.add(name)
        except NotAllowed:
            pass
    assert may == {
        "progress.read",
        "class.hold",
        "planned-class.enter",
        "paper.enter",
        "activity.enter",
        "plan.enter",
        "countersign",
        "code.issue",
    }
    with pytest.raises(NotAllowed):
        accounts.require_right("class.hold", replace(account, active=False), session, now=clock())

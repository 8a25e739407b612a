"""The second factor of staff: digits of the RFC, bound once, proven once, locked when guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from clocks import Clock
from fixtures_province import OFFICE, Province
from sign_in_steps import PASSWORD, account_of, audited, bind, digits, issued, joined, prove, signed_in

from taphuan.records import Locked, NotAllowed, WrongCode
from taphuan.records.access import second_factor
from taphuan.records.access.learner_codes import (
    LearnerSignIn,
)
from taphuan.records.access.staff_sign_in import StaffSignIn

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_the_digits_are_those_of_the_rfc(seconds: int, digits: str) -> None:
    assert second_factor.totp_code(RFC_SECRET, seconds // 30) == digits
    typed, now = f"{digits[:3]} {digits[3:]}", datetime.fromtimestamp(seconds, UTC)
    assert second_factor.matching_step(RFC_SECRET, typed, now=now) == seconds // 30


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "287 08x", "２８７０８２"])
def test_other_digits_are_wrong(typed: str) -> None:
    assert second_factor.matching_step(RFC_SECRET, typed, now=datetime.fromtimestamp(59, UTC)) is None


def test_a_phone_may_be_half_a_minute_off_and_no_more() -> None:
    now = datetime.fromtimestamp(3_000, UTC)
    found = [
        off
        for off in range(-3, 4)
        if second_factor.matching_step(RFC_SECRET, second_factor.totp_code(RFC_SECRET, 100 + off), now=now)
    ]
    assert found == [-1, 0, 1]


def test_the_address_of_an_enrolment() -> None:
    address = second_factor.totp_address(RFC_SECRET, account="đỗ.hoa", issuer="Tập huấn")
    assert address.startswith("otpauth://totp/T%E1%BA%ADp%20hu%E1%BA%A5n%3A%C4%91%E1%BB%97.hoa?secret=GEZDG")
    assert address.endswith("&issuer=T%E1%BA%ADp%20hu%E1%BA%A5n")
    assert second_factor.new_secret(lambda size: bytes(size)) == "A" * 32


def test_an_authenticator_is_bound_by_its_first_digits(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    staff.second_factor.pending(signed_in(province.store, token))
    with pytest.raises(WrongCode):
        staff.second_factor.bind(signed_in(province.store, token), "000000")
    bind(province.store, staff, token)
    assert account_of(province, token).has_totp
    assert signed_in(province.store, token).totp_at == province.store.now()
    with pytest.raises(NotAllowed):
        bind(province.store, staff, token)


def test_the_seed_stays_the_same_until_it_is_bound(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    first = staff.second_factor.pending(signed_in(province.store, token))
    again = staff.sign_in("do.thi.hoa", PASSWORD)
    assert staff.second_factor.pending(signed_in(province.store, again)) == first
    assert bind(province.store, staff, again) == first


def test_an_authenticator_is_bound_soon_after_the_password_or_not_at_all(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    clock.forward(minutes=15, seconds=1)
    with pytest.raises(second_factor.PasswordNeeded):
        staff.second_factor.pending(signed_in(province.store, token))
    with pytest.raises(second_factor.PasswordNeeded):
        staff.second_factor.bind(signed_in(province.store, token), "000000")
    bind(province.store, staff, staff.sign_in("do.thi.hoa", PASSWORD))


def test_no_digits_work_twice_nor_earlier_ones_after_later_ones(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province.store, staff, token)
    with pytest.raises(WrongCode):
        prove(province, staff, token, digits(province.store, seed))
    clock.forward(seconds=30)
    prove(province, staff, token, digits(province.store, seed))
    with pytest.raises(WrongCode):
        prove(province, staff, token, digits(province.store, seed))
    clock.forward(seconds=60)
    prove(province, staff, token, digits(province.store, seed))
    with pytest.raises(WrongCode):
        prove(province, staff, token, digits(province.store, seed, off=-1))


def test_guessing_digits_locks_the_second_factor_however_often_the_password_is_given(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    seed = bind(province.store, staff, joined(staff))
    clock.forward(seconds=30)
    for _ in range(10):
        token = staff.sign_in("do.thi.hoa", PASSWORD)
        with pytest.raises(WrongCode):
            prove(province, staff, token, "000000")
    token = staff.sign_in("do.thi.hoa", PASSWORD)
    with pytest.raises(Locked) as raised:
        prove(province, staff, token, digits(province.store, seed))
    assert raised.value.until == clock() + timedelta(hours=1)
    assert ("account.totp-locked", account_of(province, token).id) in province.see(audited)
    clock.forward(hours=1)
    prove(province, staff, staff.sign_in("do.thi.hoa", PASSWORD), digits(province.store, seed))


def test_wrong_digits_while_binding_lock_the_second_factor_too(
    province: Province, staff: StaffSignIn
) -> None:
    token = joined(staff)
    staff.second_factor.pending(signed_in(province.store, token))
    for _ in range(10):
        with pytest.raises(WrongCode):
            staff.second_factor.bind(signed_in(province.store, token), "000000")
    with pytest.raises(Locked):
        bind(province.store, staff, token)


def test_a_right_code_forgets_the_failures_of_the_second_factor(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province.store, staff, token)
    for _ in range(3):
        clock.forward(seconds=30)
        for _ in range(9):
            with pytest.raises(WrongCode):
                prove(province, staff, token, "000000")
        prove(province, staff, token, digits(province.store, seed))


def test_a_reset_opens_the_second_factor_again(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    bind(province.store, staff, token)
    for _ in range(10):
        with pytest.raises(WrongCode):
            prove(province, staff, token, "000000")
    bind(
        province.store, staff, staff.accept(staff.reset(account_of(province, token).id, by=OFFICE), PASSWORD)
    )


def test_a_learner_has_no_authenticator(
    province: Province, staff: StaffSignIn, learners: LearnerSignIn
) -> None:
    session = signed_in(province.store, learners.sign_in(issued(learners)))
    with pytest.raises(NotAllowed):
        staff.second_factor.pending(session)
    with pytest.raises(NotAllowed):
        staff.second_factor.prove(session, "000000")

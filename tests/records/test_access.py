"""Signing in: learners by a printed code, staff by a named account."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from unicodedata import normalize

import pytest
from argon2 import PasswordHasher
from conftest import Clock
from fixtures_province import OFFICE, Province
from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import DBAPIError

from taphuan.records import Busy, Locked, Malformed, NotAllowed, Store, Unknown, WrongCode, people, schema
from taphuan.records.access import accounts, learner_codes, second_factor, sessions
from taphuan.records.access.accounts import OPERATIONS, TotpNeeded
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import (
    SYMBOLS,
    LearnerSignIn,
    check_symbol,
    plain_symbols,
    random_symbols,
)
from taphuan.records.access.sessions import Session, sweep_sessions
from taphuan.records.access.staff_sign_in import StaffSignIn

PASSWORD = "mật khẩu thật dài"


@pytest.fixture
def learners(province: Province, hashing: Hashing) -> LearnerSignIn:
    return LearnerSignIn(province.store, hashing)


@pytest.fixture
def staff(province: Province, hashing: Hashing) -> StaffSignIn:
    return StaffSignIn(province.store, hashing)


def issued(learners: LearnerSignIn, person: str = "p0", **named: datetime | None) -> str:
    return learners.issue([person], by=OFFICE, **named)[person].text


def session_of(store: Store, token: str) -> Session | None:
    with store.read() as connection:
        return sessions.session_of(connection, token, now=store.now())


def signed_in(store: Store, token: str) -> Session:
    found = session_of(store, token)
    assert found is not None
    return found


# --- codes ------------------------------------------------------------------------------------


def test_a_code_is_three_groups_of_five_symbols_without_letters_that_look_alike(
    learners: LearnerSignIn,
) -> None:
    text = issued(learners)
    assert [len(group) for group in text.split("-")] == [5, 5, 5]
    assert set(text) <= set(SYMBOLS) | {"-"}
    assert not set("ILOU") & set(SYMBOLS)


def test_a_code_may_be_typed_carelessly() -> None:
    whole = "10ABC" + "DEF10GHJK"
    code = f"{whole}{check_symbol(whole)}"
    expected = learner_codes.parse_code(code)
    assert (expected.selector, expected.secret) == ("10ABC", "DEF10GHJK")
    for typed in (
        code.lower(),
        f" {code[:5]} - {code[5:10]}-{code[10:]} ",
        code.replace("1", "l").replace("0", "o"),
    ):
        assert learner_codes.parse_code(typed) == expected


def test_every_mistake_of_one_symbol_and_every_swap_of_neighbours_is_noticed() -> None:
    whole = random_symbols(lambda size: bytes(range(7, 7 + size)), 14)
    whole += check_symbol(whole)
    slips = [
        whole[:at] + other + whole[at + 1 :] for at in range(15) for other in SYMBOLS if other != whole[at]
    ]
    swaps = [whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :] for at in range(14)]
    for typed in [*slips, *(swap for swap in swaps if swap != whole)]:
        with pytest.raises(WrongCode):
            learner_codes.parse_code(typed)


@pytest.mark.parametrize("typed", ["", "abc", "0" * 14, "0" * 16, "Ứ" * 15, "U" * 15, "\x00" * 15])
def test_what_cannot_be_a_code_is_refused_before_anything_is_hashed(typed: str) -> None:
    with pytest.raises(WrongCode):
        learner_codes.parse_code(typed)


def test_the_secret_is_not_shown_by_accident() -> None:
    assert "DEF10GHJK" not in repr(learner_codes.Code(selector="10ABC", secret="DEF10GHJK"))
    assert plain_symbols(" ab-c ") == "ABC"


# --- learners ---------------------------------------------------------------------------------


def test_a_learner_signs_in_with_their_code(province: Province, learners: LearnerSignIn) -> None:
    token = learners.sign_in(issued(learners))
    found = signed_in(province.store, token)
    assert (found.person, found.account) == ("p0", None)


def test_neither_secret_nor_token_is_stored(province: Province, learners: LearnerSignIn) -> None:
    text = issued(learners)
    token = learners.sign_in(text)
    secret = learner_codes.parse_code(text).secret

    def everything(connection: Connection) -> str:
        tables = schema.METADATA.tables.values()
        return "\n".join(str(tuple(row)) for table in tables for row in connection.execute(table.select()))

    stored = province.see(everything)
    assert secret not in stored
    assert token not in stored
    assert "$argon2id$" in stored


def test_a_wrong_secret_and_an_unknown_selector_are_told_alike(learners: LearnerSignIn) -> None:
    issued(learners)
    for selector in ("ZZZZZ", learner_codes.parse_code(issued(learners)).selector):
        whole = selector + "000000000"
        with pytest.raises(WrongCode) as raised:
            learners.sign_in(whole + check_symbol(whole))
        assert str(raised.value) == ""


def wrong(text: str) -> str:
    """The same selector with another secret, rightly written."""
    whole = learner_codes.parse_code(text).selector + "000000000"
    return whole + check_symbol(whole)


def fail(learners: LearnerSignIn, text: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongCode):
            learners.sign_in(wrong(text))


def test_ten_failures_in_an_hour_lock_that_selector_only(learners: LearnerSignIn, clock: Clock) -> None:
    mine, other = issued(learners, "p0"), issued(learners, "p1")
    fail(learners, mine, 10)
    with pytest.raises(Locked) as raised:
        learners.sign_in(mine)
    assert raised.value.until == clock() + timedelta(hours=1)
    assert learners.sign_in(other)
    clock.forward(hours=1)
    assert learners.sign_in(mine)


def test_nine_failures_do_not_lock_and_signing_in_forgets_them(learners: LearnerSignIn) -> None:
    mine = issued(learners)
    for _ in range(3):
        fail(learners, mine, 9)
        assert learners.sign_in(mine)


def test_failures_of_more_than_an_hour_ago_do_not_count(learners: LearnerSignIn, clock: Clock) -> None:
    mine = issued(learners)
    fail(learners, mine, 9)
    clock.forward(minutes=61)
    fail(learners, mine, 9)
    assert learners.sign_in(mine)


def test_many_guesses_at_once_count_as_many(province: Province, learners: LearnerSignIn) -> None:
    mine = issued(learners)
    outcomes: list[type[Exception]] = []

    def guess() -> None:
        try:
            learners.sign_in(wrong(mine))
        except (WrongCode, Locked) as fault:
            outcomes.append(type(fault))

    guesses = [threading.Thread(target=guess) for _ in range(24)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()
    assert outcomes.count(WrongCode) == 10
    assert outcomes.count(Locked) == 14


def test_a_lock_that_the_tenth_try_lifts_is_none(
    province: Province, learners: LearnerSignIn, staff: StaffSignIn
) -> None:
    mine = issued(learners)
    fail(learners, mine, 9)
    assert learners.sign_in(mine)
    seed = bind(province, staff, joined(staff))
    province.store.write(lambda connection: None)
    for _ in range(9):
        with pytest.raises(WrongCode):
            staff.sign_in("do.thi.hoa", "x" * 15)
    token = staff.sign_in("do.thi.hoa", PASSWORD)
    for _ in range(9):
        with pytest.raises(WrongCode):
            prove(province, staff, token, "000000")
    prove(province, staff, token, digits(province.store, seed, 1))
    assert [action for action, _ in province.see(audited) if action.endswith("locked")] == []


def test_a_lock_is_audited(province: Province, learners: LearnerSignIn) -> None:
    mine = issued(learners)
    fail(learners, mine, 10)
    province.store.write(lambda connection: None)
    assert ("credential.locked", learner_codes.parse_code(mine).selector) in province.see(audited)


def audited(connection: Connection) -> list[tuple[str, str]]:
    table = schema.audit.c
    return [tuple(row) for row in connection.execute(select(table.action, table.subject))]


def test_a_code_issued_again_ends_the_earlier_one_and_its_sessions(
    province: Province, learners: LearnerSignIn
) -> None:
    first = issued(learners)
    token = learners.sign_in(first)
    second = issued(learners)
    assert session_of(province.store, token) is None
    with pytest.raises(WrongCode):
        learners.sign_in(first)
    assert learners.sign_in(second)


def test_an_expired_code_is_a_wrong_one(learners: LearnerSignIn, clock: Clock) -> None:
    text = issued(learners, expires_at=clock() + timedelta(days=30))
    assert learners.sign_in(text)
    clock.forward(days=30)
    with pytest.raises(WrongCode):
        learners.sign_in(text)


def test_codes_for_many_are_all_or_none(province: Province, learners: LearnerSignIn) -> None:
    with pytest.raises(Unknown):
        learners.issue(["p0", "nobody"], by=OFFICE)
    province.do(people.merge_persons, "p4", into="p5", by=OFFICE)
    with pytest.raises(NotAllowed):
        learners.issue(["p0", "p4"], by=OFFICE)
    assert province.see(lambda connection: connection.execute(select(schema.credential)).all()) == []
    assert len({code.text for code in learners.issue(["p0", "p1", "p2"], by=OFFICE).values()}) == 3


def test_somebody_erased_has_no_code_and_is_signed_out(province: Province, learners: LearnerSignIn) -> None:
    text = issued(learners)
    token = learners.sign_in(text)
    province.do(people.erase_person, "p0", by=OFFICE)
    assert session_of(province.store, token) is None
    with pytest.raises(WrongCode):
        learners.sign_in(text)
    with pytest.raises(NotAllowed):
        issued(learners)


def test_who_was_merged_signs_in_as_the_one_who_remains(province: Province, learners: LearnerSignIn) -> None:
    text = issued(learners)
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE)
    assert signed_in(province.store, learners.sign_in(text)).person == "p1"


# --- the bounded pool -------------------------------------------------------------------------


def test_past_the_queue_the_answer_is_busy_and_nothing_is_counted(province: Province) -> None:
    entered, gate = threading.Semaphore(0), threading.Event()

    class Slow(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            entered.release()
            gate.wait(10)
            return super().verify(hash, password)

    hashing = Hashing(Slow(time_cost=1, memory_cost=8, parallelism=1), waiting=1)
    hashed = hashing.hash("a")
    waiting = [threading.Thread(target=hashing.verify, args=(hashed, "a")) for _ in range(3)]
    for one in waiting:
        one.start()
    entered.acquire(timeout=10)
    entered.acquire(timeout=10)
    while hashing._places._value:
        pass
    with pytest.raises(Busy) as raised:
        hashing.verify(hashed, "a")
    assert raised.value.retry_after >= 1
    gate.set()
    for one in waiting:
        one.join()
    assert hashing.verify(hashed, "a")
    assert not hashing.verify(hashed, "b")
    assert not hashing.verify(None, "nobody")
    assert not hashing.verify("no hash", "a")
    hashing.close()


def test_argon2_is_what_hashes_by_default() -> None:
    hashing = Hashing()
    assert hashing.hash("a").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    hashing.close()


# --- staff ------------------------------------------------------------------------------------


def joined(
    staff: StaffSignIn, name: str = "do.thi.hoa", role: accounts.Role = "office", unit: str = "12"
) -> str:
    """The token of somebody's first session."""
    return staff.accept(staff.invite(name, role, unit, by=OFFICE), PASSWORD)


def account_of(province: Province, token: str) -> accounts.Account:
    id = signed_in(province.store, token).account
    assert id is not None
    return province.see(accounts.account_by_id, id)


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
    bind(province, staff, token)
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


def test_scope_is_a_unit_and_all_below_it(province: Province, staff: StaffSignIn) -> None:
    office = account_of(province, joined(staff, "a", "office", "12"))
    head = account_of(province, joined(staff, "b", "unit-head", "03388"))
    seen = {
        unit: (
            province.see(accounts.may_act_for, office, unit),
            province.see(accounts.may_act_for, head, unit),
        )
        for unit in ("12", "03388", "03389", None)
    }
    assert seen == {"12": (True, False), "03388": (True, True), "03389": (True, False), None: (True, False)}


# --- TOTP -------------------------------------------------------------------------------------

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
    assert second_factor.new_secret(lambda size: bytes(size)) == "A" * 32


def digits(store: Store, secret: str, off: int = 0) -> str:
    return second_factor.totp_code(secret, int(store.now().timestamp()) // 30 + off)


def bind(province: Province, staff: StaffSignIn, token: str) -> str:
    """Binds the seed that is pending; the seed."""
    session = signed_in(province.store, token)
    seed = staff.second_factor.pending(session)
    staff.second_factor.bind(session, digits(province.store, seed))
    return seed


def prove(province: Province, staff: StaffSignIn, token: str, typed: str) -> None:
    staff.second_factor.prove(signed_in(province.store, token), typed)


def test_an_authenticator_is_bound_by_its_first_digits(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    staff.second_factor.pending(signed_in(province.store, token))
    with pytest.raises(WrongCode):
        staff.second_factor.bind(signed_in(province.store, token), "000000")
    bind(province, staff, token)
    assert account_of(province, token).has_totp
    assert signed_in(province.store, token).totp_at == province.store.now()
    with pytest.raises(NotAllowed):
        bind(province, staff, token)


def test_the_seed_stays_the_same_until_it_is_bound(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    first = staff.second_factor.pending(signed_in(province.store, token))
    again = staff.sign_in("do.thi.hoa", PASSWORD)
    assert staff.second_factor.pending(signed_in(province.store, again)) == first
    assert bind(province, staff, again) == first


def test_an_authenticator_is_bound_soon_after_the_password_or_not_at_all(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    clock.forward(minutes=15, seconds=1)
    with pytest.raises(second_factor.PasswordNeeded):
        staff.second_factor.pending(signed_in(province.store, token))
    with pytest.raises(second_factor.PasswordNeeded):
        staff.second_factor.bind(signed_in(province.store, token), "000000")
    bind(province, staff, staff.sign_in("do.thi.hoa", PASSWORD))


def test_no_digits_work_twice_nor_earlier_ones_after_later_ones(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province, staff, token)
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
    seed = bind(province, staff, joined(staff))
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
        bind(province, staff, token)


def test_a_right_code_forgets_the_failures_of_the_second_factor(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province, staff, token)
    for _ in range(3):
        clock.forward(seconds=30)
        for _ in range(9):
            with pytest.raises(WrongCode):
                prove(province, staff, token, "000000")
        prove(province, staff, token, digits(province.store, seed))


def test_a_reset_opens_the_second_factor_again(province: Province, staff: StaffSignIn) -> None:
    token = joined(staff)
    bind(province, staff, token)
    for _ in range(10):
        with pytest.raises(WrongCode):
            prove(province, staff, token, "000000")
    bind(province, staff, staff.accept(staff.reset(account_of(province, token).id, by=OFFICE), PASSWORD))


def test_a_learner_has_no_authenticator(
    province: Province, staff: StaffSignIn, learners: LearnerSignIn
) -> None:
    session = signed_in(province.store, learners.sign_in(issued(learners)))
    with pytest.raises(NotAllowed):
        staff.second_factor.pending(session)
    with pytest.raises(NotAllowed):
        staff.second_factor.prove(session, "000000")


# --- rights -----------------------------------------------------------------------------------


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
    bind(province, staff, token)
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
        "paper.enter",
        "activity.enter",
        "plan.enter",
        "countersign",
        "code.issue",
    }
    with pytest.raises(NotAllowed):
        accounts.require_right("class.hold", replace(account, active=False), session, now=clock())


# --- sessions ---------------------------------------------------------------------------------


def test_a_session_ends_when_it_is_closed_or_expires(
    province: Province, learners: LearnerSignIn, clock: Clock
) -> None:
    text = issued(learners)
    one, other = learners.sign_in(text), learners.sign_in(text)
    province.store.write(lambda connection: sessions.close_session(connection, one, now=province.store.now()))
    assert session_of(province.store, one) is None
    for _ in range(7):
        clock.forward(minutes=100)
        province.do(sessions.touch_session, other)
    clock.forward(minutes=19)
    assert session_of(province.store, other) is not None
    clock.forward(minutes=1)
    assert session_of(province.store, other) is None
    assert province.do(sweep_sessions) == 1


def test_a_token_has_256_bits_and_fits_into_a_cookie(learners: LearnerSignIn) -> None:
    text = issued(learners)
    tokens = {learners.sign_in(text) for _ in range(3)}
    assert len(tokens) == 3
    assert {len(token) for token in tokens} == {43}


def test_the_audit_trail_only_grows(province: Province, staff: StaffSignIn) -> None:
    joined(staff)
    assert "account.invited" in {action for action, _ in province.see(audited)}
    with pytest.raises(DBAPIError, match="only grows"):
        province.store.write(lambda connection: connection.execute(delete(schema.audit)))

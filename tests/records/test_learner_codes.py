"""Learners sign in with a code that forgives careless typing and locks whoever guesses."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from clocks import Clock
from fixtures_province import OFFICE, Province
from sign_in_steps import (
    PASSWORD,
    audited,
    bind,
    digits,
    fail,
    issued,
    joined,
    prove,
    session_of,
    signed_in,
    wrong,
)
from sqlalchemy import Connection, select

from taphuan.records import Busy, Locked, NotAllowed, Unknown, WrongCode, people, schema
from taphuan.records.access import learner_codes
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import (
    SYMBOLS,
    LearnerSignIn,
    check_symbol,
    plain_symbols,
    random_symbols,
)
from taphuan.records.access.staff_sign_in import StaffSignIn

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
    seed = bind(province.store, staff, joined(staff))
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

"""A clock that was ahead and is right again keeps nobody out for over an hour; nobody stays longer by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_bytes
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import COURSE, OFFICE, Province, answered, append, number
from sign_in_steps import bind, digits, fail, issued, joined, noted, prove, session_of, signed_in

from taphuan.records import By, Locked, WrongCode, audit_trail, staff_entries
from taphuan.records.access import accounts, second_factor, sessions
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn, new_code
from taphuan.records.access.sessions import sweep_sessions
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.staff_entries import EnteredFigure, figures
from taphuan.records.training.classes import (
    Attended,
    ClassSession,
    attendances,
    attended_classes,
    record_attendance,
    withdraw_class,
)
from taphuan.records.training.course_versions import Rule, publish, published_rule
from taphuan.records.training.progress import completions

NAME, PASSWORD = "do.thi.hoa", "mật khẩu thật dài"
YEAR = timedelta(days=365)


@pytest.fixture
def learners(province: Province, hashing: Hashing) -> LearnerSignIn:
    return LearnerSignIn(province.store, hashing)


@pytest.fixture
def staff(province: Province, hashing: Hashing) -> StaffSignIn:
    return StaffSignIn(province.store, hashing)


# --- locks ----------------------------------------------------------------------------------------


def test_a_lock_of_a_code_made_by_a_clock_that_was_ahead_ends_within_an_hour(
    learners: LearnerSignIn, clock: Clock
) -> None:
    code = issued(learners)
    clock.time += YEAR
    fail(learners, code, 10)
    clock.time -= YEAR
    with pytest.raises(Locked) as raised:
        learners.sign_in(code)
    assert raised.value.until == clock() + timedelta(hours=1)
    clock.forward(minutes=59)
    with pytest.raises(Locked):
        learners.sign_in(code)
    clock.forward(minutes=1)
    assert learners.sign_in(code)


def test_so_does_the_lock_of_a_code_that_nobody_has(learners: LearnerSignIn, clock: Clock) -> None:
    nobodys = new_code(token_bytes).text
    clock.time += YEAR
    for _ in range(10):
        with pytest.raises(WrongCode):
            learners.sign_in(nobodys)
    clock.time -= YEAR
    with pytest.raises(Locked) as raised:
        learners.sign_in(nobodys)
    assert raised.value.until == clock() + timedelta(hours=1)
    clock.forward(hours=1)
    with pytest.raises(WrongCode):
        learners.sign_in(nobodys)


def test_so_do_the_locks_of_a_password_and_of_a_second_factor(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    seed = bind(province.store, staff, joined(staff))
    clock.time += YEAR
    token = staff.sign_in(NAME, PASSWORD)
    for _ in range(10):
        with pytest.raises(WrongCode):
            prove(province, staff, token, "000000")
        with pytest.raises(WrongCode):
            staff.sign_in(NAME, "không phải câu này đâu")
    clock.time -= YEAR
    for _ in range(2):
        with pytest.raises(Locked):
            staff.sign_in(NAME, PASSWORD)
    clock.forward(hours=1)
    token = staff.sign_in(NAME, PASSWORD)
    with pytest.raises(Locked) as raised:
        prove(province, staff, token, digits(province.store, seed))
    assert raised.value.until == clock() + timedelta(hours=1)
    clock.forward(hours=1)
    prove(province, staff, staff.sign_in(NAME, PASSWORD), digits(province.store, seed))


def test_failures_that_a_clock_ahead_has_counted_are_forgotten_after_an_hour(
    learners: LearnerSignIn, clock: Clock
) -> None:
    code = issued(learners)
    clock.time += YEAR
    fail(learners, code, 8)
    clock.time -= YEAR
    fail(learners, code, 1)
    clock.forward(hours=1)
    fail(learners, code, 9)
    assert learners.sign_in(code)


# --- the second factor ----------------------------------------------------------------------------


def test_a_code_used_while_the_clock_was_ahead_does_not_refuse_those_of_now(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    seed = bind(province.store, staff, joined(staff))
    clock.time += YEAR
    prove(province, staff, staff.sign_in(NAME, PASSWORD), digits(province.store, seed))
    clock.time -= YEAR
    clock.forward(minutes=5)
    token = staff.sign_in(NAME, PASSWORD)
    prove(province, staff, token, digits(province.store, seed))
    with pytest.raises(WrongCode):
        prove(province, staff, token, digits(province.store, seed))


def test_a_code_used_just_before_the_clock_jumped_ahead_and_back_is_still_used_up(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province.store, staff, token)
    clock.forward(minutes=5)
    used = digits(province.store, seed)
    prove(province, staff, token, used)
    clock.time += YEAR
    prove(province, staff, staff.sign_in(NAME, PASSWORD), digits(province.store, seed))
    clock.time -= YEAR
    clock.forward(seconds=20)
    token = staff.sign_in(NAME, PASSWORD)
    with pytest.raises(WrongCode):
        prove(province, staff, token, used)
    clock.forward(minutes=2)
    prove(province, staff, token, digits(province.store, seed))


def test_digits_do_not_work_twice_where_the_clock_is_put_back_a_minute(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    seed = bind(province.store, staff, token)
    clock.forward(minutes=5)
    first = digits(province.store, seed)
    prove(province, staff, token, first)
    clock.forward(minutes=1)
    second = digits(province.store, seed)
    prove(province, staff, token, second)
    clock.forward(minutes=-1)
    for used in (first, second):
        with pytest.raises(WrongCode):
            prove(province, staff, token, used)


@pytest.mark.parametrize(("back", "is_fresh"), [(timedelta(seconds=30), True), (timedelta(minutes=2), False)])
def test_a_right_code_of_a_clock_that_was_ahead_is_not_fresh(
    province: Province, staff: StaffSignIn, clock: Clock, back: timedelta, is_fresh: bool
) -> None:
    token = joined(staff)
    bind(province.store, staff, token)
    clock.time -= back
    assert accounts.needs_totp("merge", signed_in(province.store, token), now=clock()) is not is_fresh


def test_no_authenticator_is_bound_by_a_password_that_was_given_ahead_of_now(
    province: Province, staff: StaffSignIn, clock: Clock
) -> None:
    token = joined(staff)
    clock.time -= timedelta(minutes=30)
    with pytest.raises(second_factor.PasswordNeeded):
        staff.second_factor.pending(signed_in(province.store, token))


# --- sessions and invitations ---------------------------------------------------------------------


def test_a_session_of_a_clock_that_was_far_ahead_is_over(
    province: Province, learners: LearnerSignIn, staff: StaffSignIn, clock: Clock
) -> None:
    clock.time += YEAR
    token, other = learners.sign_in(issued(learners)), joined(staff)
    assert province.see(sessions.signed_in_learners, [token], now=clock()) == {token: "p0"}
    clock.time -= YEAR
    assert [session_of(province.store, one) for one in (token, other)] == [None, None]
    assert province.see(sessions.signed_in_learners, [token], now=clock()) == {}
    assert province.do(sweep_sessions) == 2


def test_a_clock_put_back_by_less_than_an_hour_signs_nobody_out_and_sessions_end_when_idle(
    province: Province, learners: LearnerSignIn, clock: Clock
) -> None:
    token = learners.sign_in(issued(learners))
    clock.time -= timedelta(minutes=50)
    assert signed_in(province.store, token).needs_touch(clock())
    province.do(sessions.touch_session, token)
    assert province.see(sessions.signed_in_learners, [token], now=clock()) == {token: "p0"}
    assert signed_in(province.store, token).seen_at == clock()
    clock.forward(hours=2)
    assert session_of(province.store, token) is None


def test_a_session_used_while_the_clock_was_far_ahead_is_over(
    province: Province, learners: LearnerSignIn, clock: Clock
) -> None:
    token = learners.sign_in(issued(learners))
    clock.forward(minutes=90)
    province.do(sessions.touch_session, token)
    clock.forward(minutes=-90)
    assert session_of(province.store, token) is None
    assert province.see(sessions.signed_in_learners, [token], now=clock()) == {}


def test_a_link_of_a_clock_that_was_ahead_is_not_good_for_a_year(staff: StaffSignIn, clock: Clock) -> None:
    clock.time += YEAR
    link = staff.invite(NAME, "office", "12", by=OFFICE)
    clock.time -= YEAR
    with pytest.raises(WrongCode):
        staff.accept(link, PASSWORD)
    clock.time += YEAR - timedelta(minutes=30)
    assert staff.accept(link, PASSWORD)


# --- the trail ------------------------------------------------------------------------------------


def test_a_change_is_noted_though_an_earlier_one_is_dated_ahead_of_it(
    province: Province, clock: Clock
) -> None:
    by = By(actor="dòng lệnh", reason="chọn khi chạy dịch vụ")
    times: list[tuple[bool, datetime]] = [(True, clock() + YEAR), (False, clock()), (True, clock())]
    for is_waived, at in times:
        clock.time = at
        province.do(second_factor.note_second_factor, is_waived=is_waived, by=by)
    assert len(noted(province)) == 3


# --- figures --------------------------------------------------------------------------------------


def test_a_figure_of_a_clock_that_was_ahead_is_put_right_by_the_next_one(
    province: Province, clock: Clock
) -> None:
    given = {"target": "ke-hoach", "period": "2026H1", "denominator": 38, "source": "báo cáo", "by": OFFICE}
    clock.time += YEAR
    province.do(staff_entries.enter, EnteredFigure, numerator=31, **given)
    clock.time -= YEAR
    for right in (30, 29):
        province.do(staff_entries.enter, EnteredFigure, numerator=right, **given)
        assert province.see(figures, "2026H1")["ke-hoach"].numerator == right


def test_a_class_noted_while_the_clock_was_ahead_takes_its_entries_back_when_withdrawn(
    province: Province, clock: Clock
) -> None:
    said: dict[str, Any] = {"unit": "03388", "minutes": 90, "course": COURSE, "headcount": 3}
    clock.forward(hours=2)
    told = {**said, "held_on": date(2026, 3, 2), "trainer": None, "sheet_ref": "Phiếu 1"}
    held = province.do(staff_entries.enter, ClassSession, **told, by=OFFICE)
    clock.forward(hours=-2)
    here = [Attended(event_id=number(1), person="p0")]
    province.do(record_attendance, held.id, here, rule=Rule(pass_share=80, attempts=3), by=OFFICE)
    assert province.see(attendances, held) == tuple(here)
    assert province.see(attended_classes, [held]) == {held.id}
    province.do(withdraw_class, held.id, by=OFFICE)
    assert province.see(completions, "p0") == ()


def test_the_first_rule_of_a_version_stays_the_first_where_the_clock_was_ahead(
    province: Province, clock: Clock
) -> None:
    first, later = Rule(pass_share=80, attempts=3), Rule(pass_share=50, attempts=9)
    clock.time += YEAR
    province.do(publish, COURSE, "v1", first)
    clock.time -= YEAR
    province.do(publish, COURSE, "v1", later)
    assert province.see(published_rule, COURSE, "v1") == first


# --- what the rows say ----------------------------------------------------------------------------


def test_a_clock_behind_the_last_row_is_noticed_by_the_ledger_and_by_the_trail(
    province: Province, clock: Clock
) -> None:
    assert province.see(audit_trail.latest_moment, clock()) is None
    clock.forward(days=2)
    append(province.store, answered(1)).result()
    clock.forward(minutes=-5)
    assert province.see(audit_trail.latest_moment, clock()) is None
    clock.forward(minutes=-1)
    assert province.see(audit_trail.latest_moment, clock()) == clock() + timedelta(minutes=6)
    clock.forward(days=3)
    province.do(second_factor.note_second_factor, is_waived=True, by=By(actor="a", reason="thử"))
    clock.forward(days=-1)
    append(province.store, answered(2)).result()
    assert province.see(audit_trail.latest_moment, clock()) == clock() + timedelta(days=1)


def test_rows_received_before_those_before_them_are_named_beyond_a_few_minutes(
    province: Province, clock: Clock
) -> None:
    for n, minutes in enumerate((0, 10, -4, 600, -599, 1), 1):
        clock.forward(minutes=minutes)
        append(province.store, answered(n)).result()
    (found,) = province.see(audit_trail.clock_put_back)
    assert (found.seq, found.before - found.received_at) == (5, timedelta(minutes=599))
    assert province.store.verify() == ()

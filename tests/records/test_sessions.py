"""A session ends when it is closed or expires, and its token is not guessed."""

from __future__ import annotations

import pytest
from clocks import Clock
from fixtures_province import Province
from sign_in_steps import audited, issued, joined, session_of
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from taphuan.records import schema
from taphuan.records.access import sessions
from taphuan.records.access.learner_codes import (
    LearnerSignIn,
)
from taphuan.records.access.sessions import sweep_sessions
from taphuan.records.access.staff_sign_in import StaffSignIn


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

"""Steps of signing in, for tests: a learner's code, an account of staff, its second factor."""

from __future__ import annotations

from datetime import datetime

import pytest
from fixtures_province import OFFICE, Province
from sqlalchemy import Connection, select

from taphuan.records import Store, WrongCode, audit_trail, schema
from taphuan.records.access import accounts, learner_codes, second_factor, sessions
from taphuan.records.access.learner_codes import (
    LearnerSignIn,
    check_symbol,
)
from taphuan.records.access.sessions import Session
from taphuan.records.access.staff_sign_in import StaffSignIn

PASSWORD = "mật khẩu thật dài"


def issued(learners: LearnerSignIn, person: str = "p0", **named: datetime | None) -> str:
    return learners.issue([person], by=OFFICE, **named)[person].text


def session_of(store: Store, token: str) -> Session | None:
    with store.read() as connection:
        return sessions.session_of(connection, token, now=store.now())


def signed_in(store: Store, token: str) -> Session:
    found = session_of(store, token)
    assert found is not None
    return found


def wrong(text: str) -> str:
    """The same selector with another secret, rightly written."""
    whole = learner_codes.parse_code(text).selector + "000000000"
    return whole + check_symbol(whole)


def fail(learners: LearnerSignIn, text: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongCode):
            learners.sign_in(wrong(text))


def audited(connection: Connection) -> list[tuple[str, str]]:
    table = schema.audit.c
    return [tuple(row) for row in connection.execute(select(table.action, table.subject))]


def joined(
    staff: StaffSignIn,
    name: str = "do.thi.hoa",
    role: accounts.Role = "office",
    unit: str = "12",
) -> str:
    """The token of somebody's first session."""
    return staff.accept(staff.invite(name, role, unit, by=OFFICE), PASSWORD)


def account_of(province: Province, token: str) -> accounts.Account:
    id = signed_in(province.store, token).account
    assert id is not None
    return province.see(accounts.account_by_id, id)


def digits(store: Store, secret: str, off: int = 0) -> str:
    return second_factor.totp_code(secret, int(store.now().timestamp()) // 30 + off)


def bind(store: Store, staff: StaffSignIn, token: str) -> str:
    """Binds the seed that is pending; the seed."""
    session = signed_in(store, token)
    seed = staff.second_factor.pending(session)
    staff.second_factor.bind(session, digits(store, seed))
    return seed


def prove(province: Province, staff: StaffSignIn, token: str, typed: str) -> None:
    staff.second_factor.prove(signed_in(province.store, token), typed)


NAME, OTHER = "do.thi.hoa", "chợ phiên mưa bụi áo chàm"


def noted(province: Province) -> list[tuple[str, str]]:
    """What was done by whoever signs in, and why, the first one first; what still waits is written before."""
    province.store.write(lambda connection: None)
    table = schema.audit.c
    query = select(table.action, table.reason).where(table.action.in_(audit_trail.SIGN_IN_ACTIONS))
    return province.see(lambda within: [tuple(row) for row in within.execute(query.order_by(table.at))])

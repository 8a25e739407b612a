"""Web sessions: who is signed in, by a token of which only the hash is stored; tokens of links too."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update

from .. import schema
from ..audit_trail import SIGNED_OUT, by_account, note

LEARNER_SPAN = timedelta(hours=12)
STAFF_SPAN = timedelta(hours=10)
#: A session that nobody used for so long is over: machines are shared, and left signed in.
IDLE_LEARNERS = timedelta(hours=2)
IDLE_STAFF = timedelta(minutes=60)
#: How far ahead of the clock a session may be: clocks are put back a little, and that must not sign out. One
#: that is further ahead was made or used while the clock was wrong, and nobody knows how long ago.
CLOCK_AHEAD = timedelta(hours=1)
#: How far a clock is put back in passing, where what was just done has to stay valid.
STEP_BACK = timedelta(minutes=1)
#: How often it is written down that a session is in use.
TOUCH_INTERVAL = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Session:
    """A learner (`person`) or staff (`account`) signed in. `totp_at`: when a TOTP code was last right."""

    token_sha256: str
    person: str | None
    account: str | None
    made_at: datetime
    expires_at: datetime
    totp_at: datetime | None
    seen_at: datetime

    @property
    def lineage(self) -> str:
        """The name of the session, however often its token is renewed."""
        return f"{self.person or self.account} {self.made_at.isoformat()}"

    def needs_touch(self, now: datetime) -> bool:
        """Returns whether its last use was written down too long ago, or by a clock that was ahead."""
        return abs(now - self.seen_at) >= TOUCH_INTERVAL


def is_within(span: timedelta, moment: datetime | None, now: datetime) -> bool:
    """Returns whether a moment lies within a span before now; one ahead by more than a step does not."""
    return moment is not None and -STEP_BACK <= now - moment <= span


def start_session(
    connection: Connection,
    *,
    person: str | None = None,
    account: str | None = None,
    totp_at: datetime | None = None,
    now: datetime,
    random: Random,
) -> str:
    """Signs somebody in; returns the token for the cookie."""
    token = new_token(random)
    lasts = LEARNER_SPAN if person else STAFF_SPAN
    row = {"token_sha256": token_sha256(token), "person": person, "account": account, "totp_at": totp_at}
    times = {"made_at": now, "expires_at": now + lasts, "seen_at": now}
    connection.execute(insert(schema.session), {**row, **times})
    return token


def session_of(connection: Connection, token: str, *, now: datetime) -> Session | None:
    """Returns the session of a token; None once it is over or the account is switched off."""
    table, staff = schema.session, schema.account
    query = (
        select(table)
        .outerjoin(staff, staff.c.id == table.c.account)
        .where(table.c.token_sha256 == token_sha256(token), ~_is_over(now))
        .where(table.c.account.is_(None) | staff.c.active)
    )
    row = connection.execute(query).mappings().first()
    return Session(**row) if row else None


def _is_over(now: datetime) -> ColumnElement[bool]:
    table = schema.session.c
    return or_(
        table.expires_at <= now,
        table.made_at > now + CLOCK_AHEAD,
        table.seen_at > now + CLOCK_AHEAD,
        and_(table.person.is_not(None), table.seen_at <= now - IDLE_LEARNERS),
        and_(table.account.is_not(None), table.seen_at <= now - IDLE_STAFF),
    )


def touch_session(connection: Connection, token: str, *, now: datetime) -> None:
    """Writes down that a session is in use."""
    table = schema.session
    seen = table.c.seen_at
    conditions = (table.c.token_sha256 == token_sha256(token), or_(seen < now, seen >= now + TOUCH_INTERVAL))
    connection.execute(update(table).where(*conditions).values(seen_at=now))


def signed_in_learners(connection: Connection, tokens: Collection[str], *, now: datetime) -> dict[str, str]:
    """Returns the learners who are signed in, by their tokens; a merged person is the one who remains.

    Erased persons are left out.
    """
    hashes = {token_sha256(token): token for token in tokens}
    times = {"now": now, "idle_since": now - IDLE_LEARNERS, "latest": now + CLOCK_AHEAD}
    asked = {"hashes": list(hashes), **times}
    rows = connection.execute(_SIGNED_IN, asked).all()
    return {hashes[row.token_sha256]: row.id for row in rows}


_WHO, _STAYS = schema.person.alias("who"), schema.person.alias("stays")
_SIGNED_IN = (
    select(schema.session.c.token_sha256, _STAYS.c.id)
    .join(_WHO, _WHO.c.id == schema.session.c.person)
    .join(_STAYS, _STAYS.c.id == func.coalesce(_WHO.c.merged_into, _WHO.c.id))
    .where(schema.session.c.token_sha256.in_(bindparam("hashes", expanding=True)))
    .where(schema.session.c.expires_at > bindparam("now", type_=schema.session.c.expires_at.type))
    .where(schema.session.c.seen_at > bindparam("idle_since", type_=schema.session.c.seen_at.type))
    .where(schema.session.c.seen_at <= bindparam("latest", type_=schema.session.c.seen_at.type))
    .where(schema.session.c.made_at <= bindparam("latest", type_=schema.session.c.made_at.type))
    .where(_STAYS.c.erased_at.is_(None))
)


def renew_session(connection: Connection, session: Session, *, random: Random) -> str:
    """Gives a session another token, which is returned; the one before opens nothing any more."""
    table, token = schema.session, new_token(random)
    condition = table.c.token_sha256 == session.token_sha256
    connection.execute(update(table).where(condition).values(token_sha256=token_sha256(token)))
    return token


def close_session(connection: Connection, token: str, *, now: datetime) -> None:
    """Signs out; the trail notes it for staff."""
    table, condition = schema.session, schema.session.c.token_sha256 == token_sha256(token)
    account = connection.scalar(select(table.c.account).where(condition))
    if connection.execute(delete(table).where(condition)).rowcount and account is not None:
        note(connection, SIGNED_OUT, account, by=by_account(account), now=now)


def open_sessions(connection: Connection, account: str, *, now: datetime) -> tuple[Session, ...]:
    """Returns the sessions of an account that are not over, the last used first."""
    table = schema.session
    query = select(table).where(table.c.account == account, ~_is_over(now)).order_by(table.c.seen_at.desc())
    return tuple(Session(**row) for row in connection.execute(query).mappings())


def close_other_sessions(connection: Connection, session: Session) -> None:
    """Signs the account of a session out everywhere else."""
    table = schema.session.c
    others = (table.account == session.account, table.token_sha256 != session.token_sha256)
    connection.execute(delete(schema.session).where(*others))


def close_all_sessions(
    connection: Connection, *, person: str | None = None, account: str | None = None
) -> None:
    """Signs a person or an account out everywhere."""
    table = schema.session.c
    condition = table.person == person if person else table.account == account
    connection.execute(delete(schema.session).where(condition))


def sweep_sessions(connection: Connection, *, now: datetime) -> int:
    """Removes sessions that have expired or lain idle; returns how many."""
    return connection.execute(delete(schema.session).where(_is_over(now))).rowcount


# --- tokens -----------------------------------------------------------------------------------


Random = Callable[[int], bytes]


def new_token(random: Random) -> str:
    """Returns 256 bits as 43 characters that fit into a cookie or a link."""
    return urlsafe_b64encode(random(32)).decode().rstrip("=")


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

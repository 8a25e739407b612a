"""The second factor of staff: an authenticator bound once, its codes, and who has to give one."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, Row, func, select, update

from .. import schema
from ..attribution import By, note
from ..refusals import Locked, NotAllowed, WrongCode
from ..store import Store
from . import actions, failing, totp
from .accounts import Account, account
from .seeds import SeedKey, new_key
from .sessions import Random, Session, is_within

#: How long after the password an authenticator may be bound.
BINDING = timedelta(minutes=15)
TRAINERS = "trainer"
#: What the trail calls a code that was right.
RIGHT = (actions.PROVED, actions.TOTP_BOUND, actions.TOTP_RENEWED)


class PasswordNeeded(NotAllowed):
    """The password was given too long ago: sign in again first."""


class SecondFactor:
    """Binds authenticators and checks their codes; ten wrong ones within an hour lock it for an hour.

    Seeds are encrypted under `key`; one under another key is as none, and is bound anew.
    """

    def __init__(
        self, store: Store, key: SeedKey | None = None, *, random: Random = secrets.token_bytes
    ) -> None:
        self._store, self._key, self._random = store, key or new_key(), random

    def is_bound(self, account: Account) -> bool:
        """Whether there is an authenticator whose codes can be checked."""
        return account.totp_key == self._key.id

    # --- binding ------------------------------------------------------------------------------

    def pending(self, session: Session) -> str:
        """The seed to be bound: made once, kept here, the same until then.

        Raises PasswordNeeded, or NotAllowed where an authenticator is bound already.
        """

        def write(connection: Connection) -> str:
            row = self._to_bind(connection, session)
            return self._pending(row) or self._new(connection, row.id)

        with self._store.read() as connection:
            found = self._pending(self._to_bind(connection, session))
        return found or self._store.write(write)

    def bind(self, session: Session, typed: str) -> None:
        """Binds the pending seed, whose digits were typed. Raises WrongCode, Locked, or as `pending`."""
        now = self._store.now()

        def write(connection: Connection) -> bool | Locked:
            row = self._to_bind(connection, session)
            if isinstance(tried := failing.begin_try(connection, failing.TOTP, row.id, now), Locked):
                return tried
            seed = self._pending(row)
            step = totp.step(seed, typed, now=now) if seed else None
            if step is None:
                return _refuse(connection, row, now)
            bound = {"totp": row.totp_pending, "totp_key": row.totp_pending_key, "totp_step": step}
            cleared = {"totp_pending": None, "totp_pending_key": None}
            action = actions.TOTP_BOUND if row.totp is None else actions.TOTP_RENEWED
            return _right(connection, session, {**bound, **cleared}, action, now)

        _require_right(self._store.write(write))

    def _to_bind(self, connection: Connection, session: Session) -> Row[Any]:
        id = _staff(session)
        if self.is_bound(account(connection, id)):
            raise NotAllowed("an authenticator is bound already")
        if not is_within(BINDING, session.made_at, self._store.now()):
            raise PasswordNeeded("the password was given too long ago")
        return _row(connection, id)

    def _pending(self, row: Row[Any]) -> str | None:
        is_readable = row.totp_pending is not None and row.totp_pending_key == self._key.id
        return self._key.decrypt(row.totp_pending, row.id) if is_readable else None

    def _new(self, connection: Connection, id: str) -> str:
        seed = totp.new_secret(self._random)
        hidden = {"totp_pending": self._key.encrypt(seed, id), "totp_pending_key": self._key.id}
        connection.execute(update(schema.account).where(schema.account.c.id == id).values(hidden))
        return seed

    # --- proving ------------------------------------------------------------------------------

    def prove(self, session: Session, typed: str) -> None:
        """Notes in a session that a code was right just now. Raises WrongCode or Locked."""
        now, id = self._store.now(), _staff(session)

        def write(connection: Connection) -> bool | Locked:
            row = _row(connection, id)
            if isinstance(tried := failing.begin_try(connection, failing.TOTP, id, now), Locked):
                return tried
            is_readable = row.totp is not None and row.totp_key == self._key.id
            seed = self._key.decrypt(row.totp, id) if is_readable else None
            step = totp.step(seed, typed, now=now, after=_last_step(connection, row, now)) if seed else None
            if step is None:
                return _refuse(connection, row, now)
            return _right(connection, session, {"totp_step": step}, actions.PROVED, now)

        _require_right(self._store.write(write))

    # --- for whoever runs the service -----------------------------------------------------------

    def unreadable(self) -> int:
        """How many accounts in use have an authenticator under another key, which must be bound anew."""
        table = schema.account.c
        query = select(func.count()).where(table.active, table.totp_key != self._key.id)
        with self._store.read() as connection:
            return connection.scalar(query) or 0


def note_second_factor(connection: Connection, *, is_waived: bool, by: By, now: datetime) -> None:
    """Notes in the trail that trainers come in without it, or with it again, where that has changed."""
    table = schema.audit.c
    last = (
        select(table.action, table.at)
        .where(table.action.in_((actions.WAIVED, actions.REQUIRED)))
        .order_by(table.at.desc(), table.id.desc())
        .limit(1)
    )
    action = actions.WAIVED if is_waived else actions.REQUIRED
    found = connection.execute(last).first()
    # A row that is dated ahead of now hides those since: rather once too often than not at all.
    if (found.action if found else actions.REQUIRED) != action or (found and found.at > now):
        note(connection, action, TRAINERS, by=by, now=now)


def _staff(session: Session) -> str:
    if session.account is None:
        raise NotAllowed("staff only")
    return session.account


def _row(connection: Connection, id: str) -> Row[Any]:
    return connection.execute(select(schema.account).where(schema.account.c.id == id)).one()


def _require_right(outcome: bool | Locked) -> None:
    """Raises WrongCode or Locked."""
    if isinstance(outcome, Locked):
        raise outcome
    if not outcome:
        raise WrongCode


def _last_step(connection: Connection, row: Row[Any], now: datetime) -> int | None:
    """The last step that was used, with which all before it are used up.

    One that no phone can show yet was used while our clock was ahead, and says nothing of now. Then the
    trail says whether a code was right about now, though not which: all that it can have been are used up.
    """
    current = totp.step_at(now)
    if row.totp_step is None or row.totp_step <= current + totp.DRIFT:
        return cast(int | None, row.totp_step)
    about, table = timedelta(seconds=totp.STEP) * (2 * totp.DRIFT + 1), schema.audit.c
    here = (table.subject == row.id, table.action.in_(RIGHT), table.at.between(now - about, now + about))
    last = connection.scalar(select(func.max(table.at)).where(*here))
    return None if last is None else totp.step_at(last) + totp.DRIFT


def _refuse(connection: Connection, row: Row[Any], now: datetime) -> bool:
    """Notes that a code was wrong; false."""
    by = actions.themselves(row.id, actions.WRONG_DIGITS)
    note(connection, actions.TOTP_REFUSED, row.id, by=by, now=now)
    failing.note_lock(connection, failing.TOTP, row, now)
    return False


def _right(
    connection: Connection, session: Session, values: dict[str, Any], action: str, now: datetime
) -> bool:
    """The code was right: it is not taken again, failures are forgotten, and the session is proved."""
    id = _staff(session)
    failing.succeed(connection, failing.TOTP, id)
    connection.execute(update(schema.account).where(schema.account.c.id == id).values(values))
    table = schema.session
    here = table.c.token_sha256 == session.token_sha256
    connection.execute(update(table).where(here).values(totp_at=now))
    note(connection, action, id, by=actions.themselves(id), now=now)
    return True

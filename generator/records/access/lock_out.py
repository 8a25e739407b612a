"""The lock after ten failures within an hour, of a code, a password or a second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    ScalarSelect,
    Table,
    select,
    update,
)

from .. import schema
from ..audit_trail import By, note
from ..errors import Locked

MOST_FAILURES = 10
FAILURE_WINDOW = timedelta(hours=1)
TEN_FAILURES = By(actor="system", reason="ten failures within an hour")


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A place where failures of one kind are counted: columns of a table, whose names have a prefix."""

    table: Table
    prefix: str = ""
    lock_action: str
    """The trail calls a lock so."""

    def values(self, fails: int, since: datetime | None, until: datetime | None) -> dict[str, object]:
        """Returns the values by the names of their columns."""
        named = {"fails": fails, "failing_since": since, "locked_until": until}
        return {f"{self.prefix}{name}": value for name, value in named.items()}


CODE_FAILURES = Counter(table=schema.credential, lock_action="credential.locked")
PASSWORD_FAILURES = Counter(table=schema.account, lock_action="account.locked")
TOTP_FAILURES = Counter(table=schema.account, prefix="totp_", lock_action="account.totp-locked")


def begin_try(
    connection: Connection, counter: Counter, key: str, now: datetime
) -> Row[tuple[object, ...]] | Locked | None:
    """Counts a try before it is verified, so that many at once count as many; returns the former row or None.

    A lock is returned and not raised, since what is written here has to stay. `forget_failures` takes back a
    try that succeeds; for one that fails see `note_lock`.
    """
    (id,) = counter.table.primary_key
    row = connection.execute(select(counter.table).where(id == key)).first()
    if row is None:
        return None
    until = row._mapping[f"{counter.prefix}locked_until"]
    if until is not None and now < until:
        return Locked(_capped(connection, counter, key, until, now), now)
    fails, since = _row_failures(counter, row, now)
    write_try(
        connection, counter, key, fails, since, now + FAILURE_WINDOW if fails >= MOST_FAILURES else None
    )
    return row


def write_try(
    connection: Connection,
    counter: Counter,
    key: str | ScalarSelect[Any],
    fails: int,
    since: datetime,
    until: datetime | None,
    *,
    is_kept: bool = True,
) -> None:
    """Writes a count. One that is taken back at once leaves nothing, and costs as much, down to the sync."""
    (id,) = counter.table.primary_key
    values = counter.values(fails, since, until)
    with connection.begin_nested() as written:
        connection.execute(update(counter.table).where(id == key).values(values))
        if not is_kept:
            written.rollback()


def _capped(connection: Connection, counter: Counter, key: str, until: datetime, now: datetime) -> datetime:
    """Returns when a lock ends: within an hour, even if a clock set it that was ahead and is right again."""
    if until <= now + FAILURE_WINDOW:
        return until
    (id,) = counter.table.primary_key
    sooner = {f"{counter.prefix}locked_until": now + FAILURE_WINDOW}
    connection.execute(update(counter.table).where(id == key).values(sooner))
    return now + FAILURE_WINDOW


def _row_failures(counter: Counter, row: Row[Any], now: datetime) -> tuple[int, datetime]:
    fails, since = (row._mapping[f"{counter.prefix}{name}"] for name in ("fails", "failing_since"))
    return count_failure(fails, since, now)


def count_failure(fails: int, since: datetime | None, now: datetime) -> tuple[int, datetime]:
    """Returns the failures of an hour with one more, and since when: never later than now."""
    return (1, now) if since is None or now - since >= FAILURE_WINDOW else (fails + 1, min(since, now))


def is_last_try(counter: Counter, row: Row[Any], now: datetime) -> bool:
    """Returns whether it was the last try of an hour, by the row that `begin_try` gave."""
    return _row_failures(counter, row, now)[0] >= MOST_FAILURES


def note_lock(connection: Connection, counter: Counter, row: Row[Any], now: datetime) -> None:
    """Notes the lock after a try that failed, where it was the last one of an hour."""
    if is_last_try(counter, row, now):
        (id,) = counter.table.primary_key
        note(connection, counter.lock_action, row._mapping[id.name], by=TEN_FAILURES, now=now)


def forget_failures(connection: Connection, counter: Counter, key: str) -> None:
    """Forgets the failures of a key."""
    (id,) = counter.table.primary_key
    connection.execute(update(counter.table).where(id == key).values(counter.values(0, None, None)))

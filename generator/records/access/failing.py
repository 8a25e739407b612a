"""Ten failures within an hour lock a code, a password or a second factor for an hour, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Table, select, update

from .. import schema
from ..attribution import By, note
from ..refusals import Locked

MOST = 10
WINDOW = timedelta(hours=1)
TEN_FAILURES = By(actor="system", reason="ten failures within an hour")


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where failures of one kind are counted: in columns of a table, whose names have a prefix."""

    table: Table
    prefix: str = ""
    locked: str
    """The trail calls a lock so."""

    def values(self, fails: int, since: datetime | None, until: datetime | None) -> dict[str, object]:
        """The values by the names of their columns."""
        named = {"fails": fails, "failing_since": since, "locked_until": until}
        return {f"{self.prefix}{name}": value for name, value in named.items()}


CODE = Counter(table=schema.credential, locked="credential.locked")
PASSWORD = Counter(table=schema.account, locked="account.locked")
TOTP = Counter(table=schema.account, prefix="totp_", locked="account.totp-locked")


def begin_try(
    connection: Connection, counter: Counter, key: str, now: datetime
) -> Row[tuple[object, ...]] | Locked | None:
    """Counts a try before it is verified, so that many at once count as many; the row before, or nothing.

    Where it is locked, returns that and does not raise it, as what is written here has to stay. A try that
    succeeds is taken back by `succeed`; of one that does not, see `note_lock`.
    """
    (id,) = counter.table.primary_key
    row = connection.execute(select(counter.table).where(id == key)).first()
    if row is None:
        return None
    until = row._mapping[f"{counter.prefix}locked_until"]
    if until is not None and now < until:
        return Locked(_capped(connection, counter, key, until, now), now)
    fails, since = _counted(counter, row, now)
    write_try(connection, counter, key, fails, since, now + WINDOW if fails >= MOST else None)
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
    """Writes a count. Taken back at once it leaves nothing, and costs as much, down to the sync."""
    (id,) = counter.table.primary_key
    values = counter.values(fails, since, until)
    with connection.begin_nested() as written:
        connection.execute(update(counter.table).where(id == key).values(values))
        if not is_kept:
            written.rollback()


def _capped(connection: Connection, counter: Counter, key: str, until: datetime, now: datetime) -> datetime:
    """When a lock ends: within an hour, also one that a clock made which was ahead and is right again."""
    if until <= now + WINDOW:
        return until
    (id,) = counter.table.primary_key
    sooner = {f"{counter.prefix}locked_until": now + WINDOW}
    connection.execute(update(counter.table).where(id == key).values(sooner))
    return now + WINDOW


def _counted(counter: Counter, row: Row[Any], now: datetime) -> tuple[int, datetime]:
    fails, since = (row._mapping[f"{counter.prefix}{name}"] for name in ("fails", "failing_since"))
    return counted(fails, since, now)


def counted(fails: int, since: datetime | None, now: datetime) -> tuple[int, datetime]:
    """The failures of an hour with one more, and since when: never later than now."""
    return (1, now) if since is None or now - since >= WINDOW else (fails + 1, min(since, now))


def locks(counter: Counter, row: Row[Any], now: datetime) -> bool:
    """Whether it was the last try of an hour, going by the row that `begin_try` gave."""
    return _counted(counter, row, now)[0] >= MOST


def note_lock(connection: Connection, counter: Counter, row: Row[Any], now: datetime) -> None:
    """Notes the lock after a try that failed, where it was the last one of an hour."""
    if locks(counter, row, now):
        (id,) = counter.table.primary_key
        note(connection, counter.locked, row._mapping[id.name], by=TEN_FAILURES, now=now)


def succeed(connection: Connection, counter: Counter, key: str) -> None:
    """Forgets the failures."""
    (id,) = counter.table.primary_key
    connection.execute(update(counter.table).where(id == key).values(counter.values(0, None, None)))

"""Ten failures within an hour lock a selector or an account for an hour, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, Table, select, update

from ..attribution import By, note
from ..refusals import Locked

MOST = 10
WINDOW = timedelta(hours=1)
TEN_FAILURES = By(actor="system", reason="ten failures within an hour")


def begin_try(
    connection: Connection, table: Table, key: str, now: datetime
) -> Row[tuple[object, ...]] | None:
    """Counts a try before it is verified, so that many at once count as many; the row, or nothing.

    Raises Locked. A try that succeeds is taken back by `succeed`.
    """
    (id,) = table.primary_key
    row = connection.execute(select(table).where(id == key)).first()
    if row is None:
        return None
    if row.locked_until is not None and now < row.locked_until:
        raise Locked(row.locked_until)
    is_fresh = row.failing_since is None or now - row.failing_since >= WINDOW
    fails, since = (1, now) if is_fresh else (row.fails + 1, row.failing_since)
    locked_until = now + WINDOW if fails >= MOST else None
    values = {"fails": fails, "failing_since": since, "locked_until": locked_until}
    connection.execute(update(table).where(id == key).values(values))
    if locked_until is not None:
        note(connection, f"{table.name}.locked", key, by=TEN_FAILURES, now=now)
    return row


def succeed(connection: Connection, table: Table, key: str) -> None:
    """Forgets the failures."""
    (id,) = table.primary_key
    values = {"fails": 0, "failing_since": None, "locked_until": None}
    connection.execute(update(table).where(id == key).values(values))

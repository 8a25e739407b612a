"""What the moments of the rows say of the machine's clock: that it is behind them, or was put back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from . import schema

#: How far a clock may be put back in passing, as by a time server, without a word.
PASSING = timedelta(minutes=5)


class PutBack(NamedTuple):
    """A row of the ledger that was received earlier than the row before it, by more than in passing."""

    seq: int
    received_at: datetime
    before: datetime


def latest(connection: Connection, now: datetime) -> datetime | None:
    """The moment of the last row, of the ledger or the trail, where now lies before it; else nothing."""
    event = schema.event.c
    last = connection.scalar(select(event.received_at).order_by(event.seq.desc()).limit(1))
    noted = connection.scalar(select(func.max(schema.audit.c.at)))
    found = max((one for one in (last, noted) if one is not None), default=now)
    return found if found - now > PASSING else None


def put_back(connection: Connection) -> tuple[PutBack, ...]:
    """The rows of the ledger at which the clock had been put back."""
    event = schema.event.c
    before = func.lag(event.received_at, type_=event.received_at.type).over(order_by=event.seq)
    rows = select(event.seq, event.received_at, before.label("before")).subquery()
    query = select(rows).where(rows.c.before > rows.c.received_at).order_by(rows.c.seq)
    found = (PutBack(*row) for row in connection.execute(query))
    return tuple(one for one in found if one.before - one.received_at > PASSING)

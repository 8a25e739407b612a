"""Records an event: appends it and keeps the projections up, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from . import ledger, projections
from .ledger import Appended, Event
from .references import known


def record(connection: Connection, event: Event, now: datetime) -> Appended:
    """Records one event. Raises Conflict, Malformed, Unattributed, or Unknown for an unknown person."""
    return record_all(connection, (event,), now)[0]


def record_all(connection: Connection, events: Sequence[Event], now: datetime) -> tuple[Appended, ...]:
    """Records a batch, all or nothing. Raises Repeated where an id is in it twice, else as `record`."""
    with known("a person of the batch"):
        appended = ledger.append_all(connection, events, now)
        projections.apply(connection, _new(events, appended), now)
    return appended


def record_each(connection: Connection, events: Sequence[Event], now: datetime) -> list[Appended | Exception]:
    """Records several events, each for itself: its place, or why it was refused."""
    outcomes = ledger.append_each(connection, events, now)
    projections.apply(connection, _new(events, outcomes), now)
    return outcomes


def _new(events: Sequence[Event], outcomes: Sequence[Appended | Exception]) -> list[Event]:
    return [
        event
        for event, outcome in zip(events, outcomes, strict=True)
        if not isinstance(outcome, Exception) and outcome.is_new
    ]

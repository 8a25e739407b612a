"""Corrections: entries that staff countersign, waive, record by a document, or void."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from .. import schema
from ..audit_trail import By
from ..errors import Countersigned, NotAllowed, Unknown, Voided
from ..events.fold import NEVER_VOIDED, FactScope, read_facts
from ..events.ledger import Appended, Event, Recorded, event_by_id
from ..events.projections import record


def countersign(connection: Connection, target: str, *, event_id: str, by: By, now: datetime) -> Appended:
    """Makes a typed entry (evidence D) count. Raises NotAllowed for other entries, and for one's own.

    Raises Voided or Countersigned where nothing waits any more; the same event again is accepted.
    """
    entry = _target_event(connection, target)
    if entry.event.evidence != "D":
        raise NotAllowed("only evidence D is countersigned")
    if entry.event.actor == by.actor:
        raise NotAllowed("nobody countersigns what they entered themselves")
    if event_by_id(connection, event_id) is None:
        _require_waiting(connection, entry.event)
    signed = replace(_event_about("countersigned", entry, event_id, by), course=entry.event.course)
    return record(connection, signed, now)


def _require_waiting(connection: Connection, entry: Event) -> None:
    """Raises Voided or Countersigned for an entry that no longer waits for anybody."""
    table = schema.pending
    key = {"person": entry.person, "course": entry.course, "event_id": entry.event_id}
    if connection.execute(select(table.c.event_id).filter_by(**key)).first() is not None:
        return
    facts = read_facts(connection, FactScope([entry.person], ()))
    if any(fact.kind == "voided" and fact.payload["target"] == entry.event_id for fact in facts):
        raise Voided(entry.event_id)
    raise Countersigned(entry.event_id)


def void(connection: Connection, target: str, *, event_id: str, by: By, now: datetime) -> Appended:
    """Takes away the effect of an event. Raises NotAllowed for a void or an erasure."""
    entry = _target_event(connection, target)
    if entry.event.kind in NEVER_VOIDED:
        raise NotAllowed(f"{entry.event.kind} cannot be voided")
    return record(connection, _event_about("voided", entry, event_id, by), now)


def waive(
    connection: Connection, person: str, course: str, *, event_id: str, by: By, now: datetime
) -> Appended:
    """Excuses a person from a course: shown apart, and neither done nor taken off the roster."""
    event = Event(
        kind="waived", event_id=event_id, person=person, course=course, actor=by.actor, reason=by.reason
    )
    return record(connection, event, now)


def record_document(
    connection: Connection,
    person: str,
    course: str,
    *,
    document: str,
    day: date,
    event_id: str,
    by: By,
    now: datetime,
) -> Appended:
    """Records a completion that a document states (evidence E), by its number and day."""
    event = Event(
        kind="admin.recorded",
        event_id=event_id,
        person=person,
        course=course,
        payload={"document": document, "day": day.isoformat()},
        evidence="E",
        actor=by.actor,
        reason=by.reason,
    )
    return record(connection, event, now)


def _target_event(connection: Connection, id: str) -> Recorded:
    recorded = event_by_id(connection, id)
    if recorded is None:
        raise Unknown(id)
    return recorded


def _event_about(kind: str, target: Recorded, event_id: str, by: By) -> Event:
    """Returns an event that targets another one, of the same person."""
    return Event(
        kind=kind,
        event_id=event_id,
        person=target.event.person,
        payload={"target": target.event.event_id},
        actor=by.actor,
        reason=by.reason,
    )

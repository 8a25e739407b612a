"""The trail: who wrote what and why, of the audit and of the ledger. What learners hand in is not in it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, null, or_, select, union_all

from . import schema

#: The kinds of events that speak of another one, or of another person.
TARGETED = ("voided", "countersigned")
MERGED = "person.merged"


class TargetEvent(NamedTuple):
    """The event that another one voids or confirms: its place in the ledger and its kind."""

    seq: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class TrailEntry:
    """Something that was written. `subject` is an id; of an event, the person's. Never what was answered."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    reason: str
    course: str | None = None
    target: TargetEvent | None = None
    into: str | None = None
    """The person who remains, where two were merged."""

    @property
    def mark(self) -> TrailPosition:
        return TrailPosition(self.at, self.id)


class TrailPosition(NamedTuple):
    """Where in the trail something stands; the newest has the greatest."""

    at: datetime
    id: str


def changed_since(connection: Connection, moment: datetime) -> Mapping[str, datetime]:
    """When a name, position or unit was last changed, of the persons whose was after a moment."""
    audit = schema.audit.c
    last = func.max(audit.at, type_=audit.at.type)
    query = select(audit.subject, last).where(audit.action == "person.changed", audit.at > moment)
    return {person: at for person, at in connection.execute(query.group_by(audit.subject))}


def trail(
    connection: Connection,
    *,
    units: Collection[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    action: str | None = None,
    before: TrailPosition | None = None,
    limit: int = 50,
) -> tuple[TrailEntry, ...]:
    """The newest first: from `since` on, earlier than `until`, and after `before` in that order.

    Of some units, only what was written about their persons, classes, activities, plans, or themselves.
    """
    audit, event = schema.audit.c, schema.event.c
    audited = _narrowed(_AUDITED, audit.at, audit.id, since, until, before, limit)
    stated = _narrowed(_STATED, event.received_at, event.event_id, since, until, before, limit)
    if action is not None:
        audited, stated = audited.where(audit.action == action), stated.where(event.kind == action)
    if units is not None:
        audited = audited.where(audit.subject.in_(_subjects(units)))
        stated = stated.where(event.person.in_(_persons(units)))
    found = (*_read(connection, audited), *_read(connection, stated))
    return tuple(sorted(found, key=lambda entry: entry.mark, reverse=True)[:limit])


_AUDIT, _EVENT = schema.audit.c, schema.event.c
_AUDITED = select(
    *(_AUDIT[name] for name in ("id", "at", "actor", "action", "subject", "reason")),
    null().label("course"),
    null().label("payload"),
)
_STATED = select(
    _EVENT.event_id.label("id"),
    _EVENT.received_at.label("at"),
    _EVENT.actor,
    _EVENT.kind.label("action"),
    _EVENT.person.label("subject"),
    _EVENT.reason,
    _EVENT.course,
    # Others hold what was answered, which is not taken out of the ledger.
    case((_EVENT.kind.in_((*TARGETED, MERGED)), _EVENT.payload), else_=null()).label("payload"),
).where(_EVENT.actor.is_not(None))


def _narrowed(
    query: Select[Any],
    at: ColumnElement[datetime],
    id: ColumnElement[str],
    since: datetime | None,
    until: datetime | None,
    before: TrailPosition | None,
    limit: int,
) -> Select[Any]:
    if since is not None:
        query = query.where(at >= since)
    if until is not None:
        query = query.where(at < until)
    if before is not None:
        query = query.where(at <= before.at, or_(at < before.at, and_(at == before.at, id < before.id)))
    return query.order_by(at.desc(), id.desc()).limit(limit)


# --- of some units ----------------------------------------------------------------------------


def _persons(units: Collection[str]) -> Select[Any]:
    """Persons who are in these units today; who was merged is where the one who remains is."""
    who = schema.person.c
    here = select(who.id).where(who.unit.in_(units), who.merged_into.is_(None))
    return select(who.id).where(or_(who.id.in_(here), who.merged_into.in_(here)))


def _subjects(units: Collection[str]) -> Any:
    tables = (schema.class_session.c, schema.activity.c, schema.issued_plan.c)
    own = (select(table.id).where(table.unit.in_(units)) for table in tables)
    return union_all(_persons(units), select(schema.unit.c.id).where(schema.unit.c.id.in_(units)), *own)


# --- reading ----------------------------------------------------------------------------------


def _read(connection: Connection, query: Select[Any]) -> Iterable[TrailEntry]:
    rows = connection.execute(query).mappings().all()
    said = {row["id"]: json.loads(row["payload"] or "{}") for row in rows}
    targets = _targets(connection, [one["target"] for one in said.values() if "target" in one])
    for row in rows:
        given = {name: value for name, value in row.items() if name != "payload"}
        of = said[row["id"]]
        yield TrailEntry(**given, target=targets.get(of.get("target", "")), into=of.get("into"))


def _targets(connection: Connection, ids: Collection[str]) -> Mapping[str, TargetEvent]:
    query = select(_EVENT.event_id, _EVENT.seq, _EVENT.kind).where(_EVENT.event_id.in_(ids))
    return {row.event_id: TargetEvent(row.seq, row.kind) for row in connection.execute(query)} if ids else {}


def noted(connection: Connection, action: str, subjects: Collection[str]) -> Mapping[str, TrailEntry]:
    """The last entry of the audit of an action on each of these."""
    query = _AUDITED.where(_AUDIT.action == action, _AUDIT.subject.in_(subjects))
    found = _read(connection, query.order_by(_AUDIT.at, _AUDIT.id))
    return {entry.subject: entry for entry in found}

"""Classes: held, and who attended; or anonymous, with nobody's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import Connection, select, update

from .. import people, schema
from ..audit_trail import By, NewId, new_id, note
from ..errors import Malformed, NotAllowed, Unknown
from ..events import row_digests
from ..events.ledger import Appended, Event
from ..events.projections import record_all
from .corrections import void
from .course_versions import Rule

#: With fewer heads than this, an anonymous session is noted under the province.
FEWEST_BY_UNIT = 10


@dataclass(frozen=True, kw_only=True)
class ClassSession:
    """A class that was held. An anonymous one has no trainer, no sheet and no attendees."""

    id: str
    unit: str
    held_on: date
    minutes: int
    trainer: str | None
    course: str
    headcount: int
    sheet_ref: str | None
    anonymous: bool
    entered_at: datetime
    withdrawn_at: datetime | None = None


def hold_class(
    connection: Connection,
    *,
    unit: str,
    held_on: date,
    minutes: int,
    trainer: str,
    course: str,
    headcount: int,
    sheet_ref: str | None,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> ClassSession:
    """Notes a class; `sheet_ref` says where the signed attendance sheet is kept.

    One whose id is noted already stays as it is: a form may be sent twice.
    """
    held = ClassSession(
        id=new_id(),
        unit=unit,
        held_on=held_on,
        minutes=minutes,
        trainer=trainer,
        course=course,
        headcount=headcount,
        sheet_ref=(sheet_ref or "").strip() or None,
        anonymous=False,
        entered_at=now,
    )
    return _add_class(connection, held, by, now)


def hold_anonymous_class(
    connection: Connection,
    *,
    unit: str,
    held_on: date,
    minutes: int,
    course: str,
    headcount: int,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> ClassSession:
    """Notes a class for people who are never registered: how many, when, and where.

    With fewer than 10 heads the place is the province. Who entered it stands in the audit trail.
    One whose id is noted already stays as it is.
    """
    held = ClassSession(
        id=new_id(),
        unit=people.province(connection).id if headcount < FEWEST_BY_UNIT else unit,
        held_on=held_on,
        minutes=minutes,
        trainer=None,
        course=course,
        headcount=headcount,
        sheet_ref=None,
        anonymous=True,
        entered_at=now,
    )
    return _add_class(connection, held, by, now)


def _add_class(connection: Connection, held: ClassSession, by: By, now: datetime) -> ClassSession:
    if held.headcount < 1 or held.minutes < 1:
        raise Malformed("a class has heads and minutes")
    if held.unit not in people.units_by_id(connection):
        raise Unknown(held.unit)
    if (noted := _read_class(connection, held.id)) is not None:
        return noted
    row_digests.add_rows(connection, schema.class_session, [vars(held)])
    note(connection, "class.held", held.id, by=by, now=now)
    return held


def class_sessions(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    units: Collection[str] | None = None,
    withdrawn: bool = False,
) -> tuple[ClassSession, ...]:
    """Returns classes held from a day to a day, both included, or those taken back; the first day first."""
    table = schema.class_session
    gone = table.c.withdrawn_at
    query = select(table).where(gone.is_not(None) if withdrawn else gone.is_(None))
    query = query.order_by(table.c.held_on, table.c.id)
    if since is not None:
        query = query.where(table.c.held_on >= since)
    if until is not None:
        query = query.where(table.c.held_on <= until)
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    return tuple(ClassSession(**row) for row in connection.execute(query).mappings())


def withdraw_class(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back a class that was entered by mistake, and voids that anybody attended it.

    It stays to be seen. Raises Unknown; for one that is taken back already nothing changes.
    """
    held = class_by_id(connection, id)
    if held.withdrawn_at is not None:
        return
    for entry in attendances(connection, held):
        void(connection, entry.event_id, event_id=_void_of(held, entry), by=by, now=now)
    table = schema.class_session
    connection.execute(update(table).where(table.c.id == id).values(withdrawn_at=now))
    row_digests.vouch(connection, table, [id])
    note(connection, "class.withdrawn", id, by=by, now=now)


def _void_of(held: ClassSession, entry: Attended) -> str:
    return str(uuid5(UUID(entry.event_id), f"withdrawn/{held.id}"))


@dataclass(frozen=True, kw_only=True)
class Attended:
    """A person on the attendance sheet, with the id that the client gave this entry."""

    event_id: str
    person: str


def record_attendance(
    connection: Connection,
    session: str,
    attended: Iterable[Attended],
    *,
    rule: Rule,
    version: str | None = None,
    by: By,
    now: datetime,
) -> tuple[Appended, ...]:
    """Records who attended, all or nothing: evidence B by the signed sheet's reference, D without one.

    Raises NotAllowed for an anonymous class, or for more persons than heads.
    """
    held, attended = class_by_id(connection, session), tuple(attended)
    if held.withdrawn_at is not None:
        raise NotAllowed("the class was withdrawn")
    if held.anonymous:
        raise NotAllowed("an anonymous class has no attendees")
    if len(attended) > held.headcount:
        raise NotAllowed("more persons than heads")
    return record_all(
        connection, [_attendance_event(held, entry, rule, version, by) for entry in attended], now
    )


def attendances(connection: Connection, held: ClassSession) -> tuple[Attended, ...]:
    """Who is recorded for a class, and by which event, the first first; voided entries are left out."""
    table, event = schema.attendance, schema.event.c
    query = select(table.c.event_id, table.c.person).join(schema.event, event.event_id == table.c.event_id)
    standing = query.where(table.c.session == held.id, table.c.standing != "voided")
    rows = connection.execute(standing.order_by(event.seq))
    return tuple(Attended(event_id=row.event_id, person=row.person) for row in rows)


def attended_classes(connection: Connection, held: Collection[ClassSession]) -> frozenset[str]:
    """Those of several classes that anybody was ever recorded for, by id; voided entries count too."""
    session = schema.attendance.c.session
    query = select(session).where(session.in_([noted.id for noted in held])).distinct()
    return frozenset(connection.execute(query).scalars())


def class_by_id(connection: Connection, id: str) -> ClassSession:
    """Returns a class, even one taken back. Raises Unknown."""
    held = _read_class(connection, id)
    if held is None:
        raise Unknown(id)
    return held


def _read_class(connection: Connection, id: str) -> ClassSession | None:
    query = select(schema.class_session).where(schema.class_session.c.id == id)
    row = connection.execute(query).mappings().first()
    return ClassSession(**row) if row else None


def _attendance_event(held: ClassSession, entry: Attended, rule: Rule, version: str | None, by: By) -> Event:
    payload = {
        "session": held.id,
        "day": held.held_on.isoformat(),
        "minutes": held.minutes,
        "rule": rule.payload,
        "sheet": held.sheet_ref,
        "version": version,
    }
    return Event(
        kind="session.attended",
        event_id=entry.event_id,
        person=entry.person,
        course=held.course,
        payload={name: value for name, value in payload.items() if value is not None},
        evidence="B" if held.sheet_ref else "D",
        actor=by.actor,
        reason=by.reason,
    )

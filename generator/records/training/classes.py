"""Classes: held, and who attended; or anonymous, with nobody's name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, case, func, select, update

from .. import people, schema
from ..audit_trail import By, note
from ..errors import Malformed, NotAllowed
from ..event_kinds import canonical, is_count, is_id
from ..events import row_digests
from ..events.ledger import Appended, Event
from ..events.projections import record_all
from ..staff_entries import StaffEntry, entry_by_id, withdraw
from .corrections import void
from .course_versions import Rule, earlier_rule

#: With fewer heads than this, an anonymous session is noted under the province.
FEWEST_BY_UNIT = 10


@dataclass(frozen=True, kw_only=True)
class ClassSession(StaffEntry):
    """A class that was held. An anonymous one has no trainer, no sheet and no attendees.

    `sheet_ref` says where the signed attendance sheet is kept, `modules` in JSON how many minutes of which
    module it taught, where the course has a core.
    """

    unit: str
    held_on: date
    minutes: int
    trainer: str | None = None
    course: str
    headcount: int
    sheet_ref: str | None = None
    anonymous: bool = False
    modules: str | None = None
    withdrawn_at: datetime | None = None

    name = "class"
    act = "held"
    table = schema.class_session
    order = ("held_on", "id")

    @classmethod
    def complete(
        cls, connection: Connection, columns: Mapping[str, Any], by: By, now: datetime
    ) -> dict[str, Any]:
        """Returns the columns; of an anonymous class with fewer than 10 heads the place is the province.

        Who entered it stands in the audit trail alone.
        """
        unit, sheet_ref = columns["unit"], (columns.get("sheet_ref") or "").strip() or None
        if columns.get("anonymous") and columns["headcount"] < FEWEST_BY_UNIT:
            unit = people.province(connection).id
        modules = canonical(taught) if (taught := columns.get("modules")) else None
        return {**columns, "unit": unit, "sheet_ref": sheet_ref, "modules": modules, "entered_at": now}

    def check(self) -> None:
        if self.headcount < 1 or self.minutes < 1:
            raise Malformed("a class has heads and minutes")
        if sum(self.taught.values()) > self.minutes or not all(map(_is_taught, self.taught.items())):
            raise Malformed("modules are ids with minutes, no more than the class has")

    @property
    def taught(self) -> Mapping[str, int]:
        """The minutes that the class taught of each module; none where it does not say."""
        return json.loads(self.modules) if self.modules else {}


def _is_taught(module: tuple[str, int]) -> bool:
    id, minutes = module
    return is_id(id) and is_count(minutes) and minutes > 0


def raise_headcount(
    connection: Connection, held: ClassSession, headcount: int, *, by: By, now: datetime
) -> None:
    """Corrects how many attended a class. Raises Malformed for a smaller number: somebody may be recorded."""
    if headcount < held.headcount:
        raise Malformed("heads are raised")
    table = schema.class_session
    connection.execute(update(table).where(table.c.id == held.id).values(headcount=headcount))
    row_digests.vouch(connection, table, [held.id])
    note(connection, "class.headcount-raised", held.id, by=by, now=now)


def withdraw_class(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back a class that was entered by mistake, and voids that anybody attended it.

    It stays to be seen. Raises Unknown; for one that is taken back already nothing changes.
    """
    held = entry_by_id(connection, ClassSession, id)
    if held.withdrawn_at is not None:
        return
    for entry in attendances(connection, held):
        void(connection, entry.event_id, event_id=_void_of(held, entry), by=by, now=now)
    withdraw(connection, ClassSession, id, by=by, now=now)


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

    A class that does not say what it taught was entered before the course had a core: it keeps that rule.
    Raises NotAllowed for an anonymous class, or for more persons than heads.
    """
    held, attended = entry_by_id(connection, ClassSession, session), tuple(attended)
    if held.withdrawn_at is not None:
        raise NotAllowed("the class was withdrawn")
    if held.anonymous:
        raise NotAllowed("an anonymous class has no attendees")
    if len(attended) > held.headcount:
        raise NotAllowed("more persons than heads")
    if rule.core and not held.modules:
        rule = earlier_rule(connection, held.course) or rule
    return record_all(
        connection, [_attendance_event(held, entry, rule, version, by) for entry in attended], now
    )


def attendances(connection: Connection, held: ClassSession) -> tuple[Attended, ...]:
    """Returns the persons recorded for a class and their events, the first first, without voided ones."""
    table, event = schema.attendance, schema.event.c
    query = select(table.c.event_id, table.c.person).join(schema.event, event.event_id == table.c.event_id)
    standing = query.where(table.c.session == held.id, table.c.standing != "voided")
    rows = connection.execute(standing.order_by(event.seq))
    return tuple(Attended(event_id=row.event_id, person=row.person) for row in rows)


@dataclass(frozen=True, kw_only=True)
class AttendanceCount:
    """Counts of the persons recorded for a class, and of those among them who wait for a second person."""

    recorded: int
    waiting: int


def attendance_counts(
    connection: Connection, held: Collection[ClassSession]
) -> Mapping[str, AttendanceCount]:
    """Returns the counts of those of several classes that have attendees, by id, without voided entries."""
    table = schema.attendance.c
    waiting = func.sum(case((table.standing == "pending", 1), else_=0))
    query = select(table.session, func.count().label("recorded"), waiting.label("waiting"))
    standing = table.session.in_([noted.id for noted in held]), table.standing != "voided"
    rows = connection.execute(query.where(*standing).group_by(table.session))
    return {row.session: AttendanceCount(recorded=row.recorded, waiting=int(row.waiting)) for row in rows}


def attended_classes(connection: Connection, held: Collection[ClassSession]) -> frozenset[str]:
    """Returns those of several classes that anybody was ever recorded for, by id; voided ones count too."""
    session = schema.attendance.c.session
    query = select(session).where(session.in_([noted.id for noted in held])).distinct()
    return frozenset(connection.execute(query).scalars())


def _attendance_event(held: ClassSession, entry: Attended, rule: Rule, version: str | None, by: By) -> Event:
    payload = {
        "session": held.id,
        "day": held.held_on.isoformat(),
        "minutes": held.minutes,
        "modules": held.taught or None,
        "rule": rule.as_json(),
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

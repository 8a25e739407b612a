"""What a reader asks: how far a roster is, and what a person has done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from . import schema
from .projections import count, remaining

Standing = Literal["counted", "pending", "voided"]


class UnitProgress(NamedTuple):
    """A unit of a roster: persons expected, and persons done by evidence; `waived` ones are not done.

    The evidence of a person is the strongest they have, A before E. Each person counts once.
    """

    unit: str
    level: str
    expected: int
    by_evidence: dict[str, int]

    @property
    def done(self) -> int:
        return sum(persons for evidence, persons in self.by_evidence.items() if evidence != "waived")


def progress(
    connection: Connection,
    roster: str,
    courses: Sequence[str],
    *,
    units: Collection[str] | None = None,
    until: date | None = None,
) -> tuple[UnitProgress, ...]:
    """How far each unit of a roster is with a course, in the order of unit ids.

    For one course it is read from kept-up counts. For several, where one of them is enough, or until
    a day, it is counted (under 2 s for 100,000 persons).
    """
    found = _expected(connection, roster)
    if len(courses) == 1 and until is None:
        table = schema.tally.c
        query = select(table.unit, table.evidence, table.persons)
        rows = connection.execute(query.where(table.roster == roster, table.course == courses[0])).all()
        counts = [(row.unit, row.evidence, row.persons) for row in rows]
    else:
        counts = [
            (row.unit, row.evidence, row.persons) for row in count(connection, roster, courses, until=until)
        ]
    for unit, evidence, persons in counts:
        found[unit].by_evidence[evidence] = persons
    return tuple(one for one in found.values() if units is None or one.unit in units)


def _expected(connection: Connection, roster: str) -> dict[str, UnitProgress]:
    table = schema.expected.c
    query = select(table.unit, table.level, table.persons).where(table.roster == roster).order_by(table.unit)
    return {row.unit: UnitProgress(row.unit, row.level, row.persons, {}) for row in connection.execute(query)}


# --- one person -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """Answers to a form. `pending`: typed, and nobody has countersigned yet."""

    event_id: str
    course: str
    evidence: str
    form: str
    version: str
    right: int
    asked: int
    is_passed: bool
    standing: Standing
    done_on: date
    received_at: datetime


def attempts(connection: Connection, person: str, course: str | None = None) -> tuple[Attempt, ...]:
    """What a person answered, those merged into them included, the first first."""
    found = attempts_of(connection, [person])[person]
    return tuple(one for one in found if course in (None, one.course))


def attempts_of(connection: Connection, persons: Collection[str]) -> dict[str, tuple[Attempt, ...]]:
    """As `attempts`, for several persons at once."""
    found: dict[str, list[Attempt]] = {person: [] for person in persons}
    stays = remaining(connection, found)
    for row in connection.execute(_ATTEMPTS, {"persons": list(stays)}).mappings().all():
        values = dict(row)
        person = values.pop("person")
        whose = stays[person] if stays[person] in found else person
        found.get(whose, []).append(Attempt(**values))
    return {person: tuple(made) for person, made in found.items()}


_MADE = schema.attempt.c
_ATTEMPTS = (
    select(_MADE.person, *(_MADE[name] for name in Attempt.__dataclass_fields__))
    .where(_MADE.person.in_(bindparam("persons", expanding=True)))
    .order_by(_MADE.received_at, _MADE.event_id)
)


class Pending(NamedTuple):
    """An entry of evidence D that waits for a countersignature by somebody else than `actor`."""

    event_id: str
    kind: str
    person: str
    course: str
    actor: str
    done_on: date


def pending(connection: Connection, *, units: Collection[str] | None = None) -> tuple[Pending, ...]:
    """What waits to be countersigned, of the persons who are in these units today; the oldest first."""
    table, who = schema.pending, schema.person.c
    query = select(*(table.c[name] for name in Pending._fields)).join(schema.person, who.id == table.c.person)
    if units is not None:
        query = query.where(who.unit.in_(units))
    rows = connection.execute(query.order_by(table.c.done_on, table.c.event_id))
    return tuple(Pending._make(row) for row in rows)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """A course that a person has completed: by the event that came first in the strongest evidence."""

    course: str
    evidence: str
    event_id: str
    version: str | None
    rule: str | None
    done_on: date


def completions(connection: Connection, person: str) -> tuple[Completion, ...]:
    """What a person has completed, one for each course."""
    table = schema.completion
    columns = (table.c[name] for name in Completion.__dataclass_fields__)
    query = select(*columns).where(table.c.person == person).order_by(table.c.course, table.c.evidence)
    found: dict[str, Completion] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["course"], Completion(**row))
    return tuple(found.values())


def learners(
    connection: Connection, roster: str, course: str, unit: str
) -> tuple[tuple[str, str | None], ...]:
    """The members of a unit and each one's strongest evidence in a course, or nothing."""
    member, person, done = schema.roster_member, schema.person, schema.completion
    stays = func.coalesce(person.c.merged_into, person.c.id)
    query = (
        select(member.c.person, func.min(done.c.evidence))
        .join(person, person.c.id == member.c.person)
        .outerjoin(done, (done.c.person == stays) & (done.c.course == course))
        .where(member.c.roster == roster, member.c.unit == unit)
        .group_by(member.c.person)
        .order_by(member.c.person)
    )
    return tuple((id, evidence) for id, evidence in connection.execute(query))

"""Progress: what persons have attempted, completed or wait for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from sqlalchemy import Column, Connection, bindparam, func, select

from .. import schema
from ..events.class_completion import ClassCredit
from ..events.ledger import CHUNK, remaining_persons
from .class_credits import Pair as Pair
from .class_credits import attended_minutes

Standing = Literal["counted", "pending", "voided"]


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
    """Returns the attempts of a person and those merged into them, the first first."""
    answered = attempts_of(connection, [person])[person]
    return tuple(attempt for attempt in answered if course in (None, attempt.course))


def attempts_of(connection: Connection, persons: Collection[str]) -> dict[str, tuple[Attempt, ...]]:
    """Returns attempts as `attempts` does, for several persons at once."""
    by_person: dict[str, list[Attempt]] = {person: [] for person in persons}
    remaining = remaining_persons(connection, by_person)
    for row in connection.execute(_ATTEMPTS, {"persons": list(remaining)}).mappings().all():
        values = dict(row)
        person = values.pop("person")
        holder = remaining[person] if remaining[person] in by_person else person
        by_person.get(holder, []).append(Attempt(**values))
    return {person: tuple(made) for person, made in by_person.items()}


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


def pending_entries(connection: Connection, *, units: Collection[str] | None = None) -> tuple[Pending, ...]:
    """Returns entries to be countersigned, for persons in these units today; the oldest first."""
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
    """Returns the completions of a person, one for each course."""
    return tuple(completions_of(connection, [person]).values())


def completions_of(
    connection: Connection, persons: Collection[str], course: str | None = None
) -> dict[Pair, Completion]:
    """Returns what several have completed, or whether one course, by person and course."""
    table = schema.completion.c
    columns = (table[name] for name in Completion.__dataclass_fields__)
    query = select(table.person, *columns).where(table.person.in_(persons))
    if course is not None:
        query = query.where(table.course == course)
    completed: dict[Pair, Completion] = {}
    for row in connection.execute(query.order_by(table.person, table.course, table.evidence)).mappings():
        values = dict(row)
        pair = values.pop("person"), values["course"]
        completed.setdefault(pair, Completion(**values))
    return completed


class Done(NamedTuple):
    """A course that a person completed in one class of evidence, and the first day of it."""

    person: str
    course: str
    evidence: str
    on: date


class FirstDone(NamedTuple):
    """Persons of a unit, as of today, who first completed a course on a day; the erased have no unit."""

    course: str
    unit: str | None
    on: date
    persons: int


class Waived(NamedTuple):
    """A person who need not take a course. Nobody is trained by that."""

    person: str
    course: str
    since: date


def all_completed(connection: Connection, courses: Collection[str] | None = None) -> tuple[Done, ...]:
    """Returns all that was completed, or all of some courses."""
    table = schema.completion.c
    query = select(table.person, table.course, table.evidence, table.done_on)
    if courses is not None:
        query = query.where(table.course.in_(courses))
    return tuple(Done._make(row) for row in connection.execute(query))


def first_completions(connection: Connection, courses: Collection[str]) -> tuple[FirstDone, ...]:
    """Returns how many completed each of some courses, each person once, by unit and first day."""
    done, who = schema.completion.c, schema.person.c
    day = func.min(done.done_on, type_=done.done_on.type).label("day")
    earliest = select(done.person, done.course, day).where(done.course.in_(tuple(courses)))
    first = earliest.group_by(done.person, done.course).subquery()
    keys = (first.c.course, who.unit, first.c.day)
    query = select(*keys, func.count()).join(schema.person, who.id == first.c.person).group_by(*keys)
    return tuple(FirstDone._make(row) for row in connection.execute(query))


def all_waived(connection: Connection) -> tuple[Waived, ...]:
    """Returns who was excused from which course."""
    table = schema.waiver.c
    rows = connection.execute(select(table.person, table.course, table.since))
    return tuple(Waived._make(row) for row in rows)


def persons_who_answered(connection: Connection, course: str, since: date) -> frozenset[str]:
    """Returns who has answered a test of a course since a day, what was voided apart."""
    table = schema.attempt.c
    query = select(table.person).where(
        table.course == course, table.standing != "voided", table.done_on >= since
    )
    return frozenset(connection.execute(query).scalars())


@dataclass(frozen=True, kw_only=True)
class CourseState:
    """Holds what the records say of a person and a course.

    `minutes` were attended in classes that count, `waiting_minutes` in those that wait like the entries in
    `waiting`, which nobody has countersigned; `attempts` are those that were not voided, the first first.
    `modules` are what classes that count gave of each module, `waiting_modules` with those that wait;
    `earlier_minutes` are of classes that count and do not say what they taught.
    """

    minutes: int = 0
    waiting_minutes: int = 0
    earlier_minutes: int = 0
    modules: ClassCredit = field(default_factory=ClassCredit)
    waiting_modules: ClassCredit = field(default_factory=ClassCredit)
    attempts: tuple[Attempt, ...] = ()
    waiting: tuple[Pending, ...] = ()
    waived_since: date | None = None
    done_on: date | None = None

    @property
    def is_begun(self) -> bool:
        return bool(self.minutes or self.attempts or self.waiting or self.done_on)


NOTHING_YET = CourseState()


def course_states(
    connection: Connection, persons: Iterable[str], courses: Collection[str]
) -> Mapping[Pair, CourseState]:
    """Returns states by person and course, where there are any; merged persons by who remains."""
    wanted, states = list(persons), dict[Pair, CourseState]()
    for first in range(0, len(wanted), CHUNK):
        states |= _states(connection, wanted[first : first + CHUNK], courses)
    return states


def _states(
    connection: Connection, persons: Sequence[str], courses: Collection[str]
) -> dict[Pair, CourseState]:
    wanted = set(persons)
    remaining = {
        person: stays for person, stays in remaining_persons(connection, persons).items() if stays in wanted
    }
    minutes, credits = attended_minutes(connection, remaining, courses)
    parts: list[tuple[str, Mapping[Pair, object]]] = [
        ("attempts", _attempts_by_pair(connection, persons, courses)),
        ("waiting", _waiting(connection, remaining, courses)),
        ("minutes", minutes["counted"]),
        ("waiting_minutes", minutes["pending"]),
        ("earlier_minutes", minutes["earlier"]),
        ("modules", credits["counted"]),
        ("waiting_modules", credits["pending"]),
        ("waived_since", _days(connection, schema.waiver.c.since, remaining, courses)),
        ("done_on", _days(connection, schema.completion.c.done_on, remaining, courses)),
    ]
    states: dict[Pair, CourseState] = {}
    for name, values in parts:
        for pair, value in values.items():
            states[pair] = replace(states.get(pair, NOTHING_YET), **{name: value})  # type: ignore[arg-type]
    return states


def _attempts_by_pair(
    connection: Connection, persons: Collection[str], courses: Collection[str]
) -> dict[Pair, tuple[Attempt, ...]]:
    by_pair: dict[Pair, tuple[Attempt, ...]] = {}
    for person, made in attempts_of(connection, persons).items():
        for attempt in made:
            if attempt.course in courses and attempt.standing != "voided":
                by_pair[person, attempt.course] = (*by_pair.get((person, attempt.course), ()), attempt)
    return by_pair


def _waiting(
    connection: Connection, remaining: Mapping[str, str], courses: Collection[str]
) -> dict[Pair, tuple[Pending, ...]]:
    table, by_pair = schema.pending.c, dict[Pair, tuple[Pending, ...]]()
    query = select(*(table[name] for name in Pending._fields))
    narrowed = query.where(table.person.in_(remaining), table.course.in_(courses))
    for row in connection.execute(narrowed.order_by(table.done_on, table.event_id)):
        pair = (remaining[row.person], row.course)
        by_pair[pair] = (*by_pair.get(pair, ()), Pending._make(row))
    return by_pair


def _days(
    connection: Connection, column: Column[date], remaining: Mapping[str, str], courses: Collection[str]
) -> dict[Pair, date]:
    """Returns the first day that a table has for each person and course."""
    table, days = column.table.c, dict[Pair, date]()
    query = select(table.person, table.course, column).where(
        table.person.in_(set(remaining.values())), table.course.in_(courses)
    )
    for person, course, day in connection.execute(query):
        days[person, course] = min(day, days.get((person, course), day))
    return days

"""How far persons are with courses that they have not completed: attended, tested, waiting, excused."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Column, Connection, select

from . import schema
from .ledger import CHUNK
from .progress import Attempt, Pending, attempts_of
from .projections import remaining

#: A person and a course.
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class CourseState:
    """Holds what the records say of a person and a course.

    `minutes` were attended in classes that count; `waiting` are entries that nobody has countersigned;
    `attempts` are those that were not voided, the first first.
    """

    minutes: int = 0
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
    """Returns states by person and course, where there are any; merged persons under the one who remains."""
    asked, found = list(persons), dict[Pair, CourseState]()
    for first in range(0, len(asked), CHUNK):
        found |= _states(connection, asked[first : first + CHUNK], courses)
    return found


def _states(
    connection: Connection, persons: Sequence[str], courses: Collection[str]
) -> dict[Pair, CourseState]:
    asked = set(persons)
    stays = {one: who for one, who in remaining(connection, persons).items() if who in asked}
    waiting = _waiting(connection, stays, courses)
    parts: list[tuple[str, Mapping[Pair, object]]] = [
        ("attempts", _attempts(connection, persons, courses)),
        ("waiting", waiting),
        ("minutes", _minutes(connection, stays, courses, waiting)),
        ("waived_since", _days(connection, schema.waiver.c.since, stays, courses)),
        ("done_on", _days(connection, schema.completion.c.done_on, stays, courses)),
    ]
    found: dict[Pair, CourseState] = {}
    for name, values in parts:
        for pair, value in values.items():
            found[pair] = replace(found.get(pair, NOTHING_YET), **{name: value})  # type: ignore[arg-type]
    return found


def _attempts(
    connection: Connection, persons: Collection[str], courses: Collection[str]
) -> dict[Pair, tuple[Attempt, ...]]:
    found: dict[Pair, tuple[Attempt, ...]] = {}
    for person, made in attempts_of(connection, persons).items():
        for one in made:
            if one.course in courses and one.standing != "voided":
                found[person, one.course] = (*found.get((person, one.course), ()), one)
    return found


def _waiting(
    connection: Connection, stays: Mapping[str, str], courses: Collection[str]
) -> dict[Pair, tuple[Pending, ...]]:
    table, found = schema.pending.c, dict[Pair, tuple[Pending, ...]]()
    query = select(*(table[name] for name in Pending._fields))
    theirs = query.where(table.person.in_(stays), table.course.in_(courses))
    for row in connection.execute(theirs.order_by(table.done_on, table.event_id)):
        whose = (stays[row.person], row.course)
        found[whose] = (*found.get(whose, ()), Pending._make(row))
    return found


def _minutes(
    connection: Connection,
    stays: Mapping[str, str],
    courses: Collection[str],
    waiting: Mapping[Pair, tuple[Pending, ...]],
) -> dict[Pair, int]:
    """Minutes in classes that are neither voided nor waiting; a class counts once."""
    event = schema.event.c
    query = select(event.event_id, event.person, event.course, event.payload).where(
        event.kind == "session.attended", event.person.in_(stays), event.course.in_(courses)
    )
    rows = connection.execute(query.order_by(event.seq)).all()
    left_out = _voided(connection, {row.person for row in rows})
    left_out |= {one.event_id for entries in waiting.values() for one in entries}
    classes: dict[Pair, dict[str, int]] = {}
    for row in rows:
        if row.event_id not in left_out:
            said = json.loads(row.payload)
            whose = classes.setdefault((stays[row.person], row.course), {})
            whose.setdefault(said["session"], said["minutes"])
    return {pair: sum(minutes.values()) for pair, minutes in classes.items()}


def _voided(connection: Connection, persons: Collection[str]) -> set[str]:
    event = schema.event.c
    query = select(event.payload).where(event.kind == "voided", event.person.in_(persons))
    return {json.loads(payload)["target"] for payload in connection.execute(query).scalars()}


def _days(
    connection: Connection, column: Column[date], stays: Mapping[str, str], courses: Collection[str]
) -> dict[Pair, date]:
    """The first day that a table has for each person and course."""
    table, found = column.table.c, dict[Pair, date]()
    query = select(table.person, table.course, column).where(
        table.person.in_(set(stays.values())), table.course.in_(courses)
    )
    for person, course, day in connection.execute(query):
        found[person, course] = min(day, found.get((person, course), day))
    return found

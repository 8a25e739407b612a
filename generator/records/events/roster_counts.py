"""Counts of a roster: how many are expected, and how many of them have completed what.

`tally` and `expected` hold them, kept up with each event. The same counts are made here from completions and
rosters: as a check, for a day in the past, and for several courses at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite

from .. import schema
from .fold import Folded


class Counted(NamedTuple):
    """Persons of a roster's unit by the strongest evidence, each once; `waived` is no completion."""

    roster: str
    unit: str
    level: str
    course: str
    evidence: str
    persons: int


class Expected(NamedTuple):
    """Persons of a roster's unit, merged ones once."""

    roster: str
    unit: str
    level: str
    persons: int


def count_completed(
    connection: Connection, roster: str, courses: Sequence[str], *, until: date | None = None
) -> tuple[Counted, ...]:
    """Returns persons who completed at least one of the courses by a day, each once.

    Leaves `course` empty.
    """
    best = _best_evidence(courses, until, by_course=False)
    rows = connection.execute(_counts(best, schema.roster_member.c.roster == roster))
    return tuple(Counted._make(row) for row in rows)


def recount_all(connection: Connection) -> tuple[Counted, ...]:
    """Returns what `tally` should hold, counted afresh."""
    best = _best_evidence(None, None, by_course=True)
    return tuple(Counted._make(row) for row in connection.execute(_counts(best, true())))


def expected_counts(connection: Connection) -> tuple[Expected, ...]:
    """Returns what `expected` should hold, counted afresh."""
    return tuple(Expected._make(row) for row in connection.execute(_expected_query(true())))


def count_roster(connection: Connection, roster: str) -> None:
    """Counts a roster that has just been frozen."""
    where = schema.roster_member.c.roster == roster
    connection.execute(insert(schema.expected).from_select(Expected._fields, _expected_query(where)))
    best = _best_evidence(None, None, by_course=True)
    connection.execute(insert(schema.tally).from_select(Counted._fields, _counts(best, where)))


def _member_rows(where: ColumnElement[bool]) -> CTE:
    """Returns the members of rosters, merged ones once: the row of the one who remains, else the first."""
    member, person = schema.roster_member, schema.person
    remaining = func.coalesce(person.c.merged_into, person.c.id)
    place = func.row_number().over(
        partition_by=(member.c.roster, remaining),
        order_by=(case((member.c.person == remaining, 0), else_=1), member.c.person),
    )
    columns = (member.c.roster, member.c.unit, member.c.level, remaining.label("person"))
    ranked = select(*columns, place.label("place")).join(person, person.c.id == member.c.person).where(where)
    inner = ranked.subquery()
    # Written as `< 2` since SQLite would index `== 1`, and look at every person for every other one.
    return select(inner).where(inner.c.place < 2).cte("members")


def _best_evidence(courses: Sequence[str] | None, until: date | None, *, by_course: bool) -> CTE:
    """Returns each person's strongest evidence; `waived` sorts after E, and so stands only without any."""
    done, waived = schema.completion.c, schema.waiver.c
    completed = select(done.person, done.course, done.evidence)
    excused = select(waived.person, waived.course, literal("waived").label("evidence"))
    if courses is not None:
        completed, excused = (
            completed.where(done.course.in_(courses)),
            excused.where(waived.course.in_(courses)),
        )
    if until is not None:
        completed = completed.where(done.done_on <= until)
        excused = excused.where(waived.since <= until)
    either = union_all(completed, excused).subquery()
    course = either.c.course if by_course else literal("")
    keys = (either.c.person, either.c.course) if by_course else (either.c.person,)
    best = select(either.c.person, course.label("course"), func.min(either.c.evidence).label("evidence"))
    return best.group_by(*keys).cte("best")


def _counts(best: CTE, where: ColumnElement[bool]) -> Select[tuple[str, str, str, str, str, int]]:
    members = _member_rows(where)
    keys = (members.c.roster, members.c.unit, members.c.level, best.c.course, best.c.evidence)
    joined = members.join(best, and_(best.c.person == members.c.person))
    return select(*keys, func.count()).select_from(joined).group_by(*keys).order_by(*keys)


def _expected_query(where: ColumnElement[bool]) -> Select[tuple[str, str, str, int]]:
    members = _member_rows(where)
    keys = (members.c.roster, members.c.unit, members.c.level)
    return select(*keys, func.count()).group_by(*keys).order_by(*keys)


#: (roster, unit, level) for a person expected, (roster, unit, level, course, evidence) for one counted.
Contributions = Counter[tuple[str, ...]]


#: Unit and level by roster and remaining person.
Places = Mapping[tuple[str, str], tuple[str, str]]


def contributions(places: Places, folded: Folded) -> Contributions:
    """Returns what these persons add: their places, and by course their strongest evidence, else `waived`."""
    best: dict[str, dict[str, str]] = {}
    for person, course in folded.waiver:
        best.setdefault(person, {})[course] = "waived"
    for person, course, evidence in folded.completion:
        courses = best.setdefault(person, {})
        courses[course] = min(evidence, courses.get(course, evidence))
    counts: Contributions = Counter()
    for (roster, person), (unit, level) in places.items():
        counts[roster, unit, level] += 1
        for course, evidence in best.get(person, {}).items():
            counts[roster, unit, level, course, evidence] += 1
    return counts


def places(connection: Connection, remaining: Mapping[str, str]) -> Places:
    """Returns where persons stand in rosters: by the row of the one who remains, else by the first."""
    members = connection.execute(_MEMBERS, {"persons": list(remaining)})
    rows = sorted(members, key=lambda row: (row.person != remaining[row.person], row.person))
    placed: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        placed.setdefault((row.roster, remaining[row.person]), (row.unit, row.level))
    return placed


_MEMBERS = select(schema.roster_member).where(
    schema.roster_member.c.person.in_(bindparam("persons", expanding=True))
)


def update_counts(connection: Connection, before: Contributions, after: Contributions) -> None:
    """Adds the difference to the stored counts."""
    change = Counter(after)
    change.subtract(before)
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    names = ("roster", "unit", "level", "course", "evidence")
    for table, width in ((schema.expected, 3), (schema.tally, 5)):
        rows: list[dict[str, Any]] = [
            {**dict(zip(names, key, strict=False)), "persons": by}
            for key, by in sorted(change.items())
            if by and len(key) == width
        ]
        if not rows:
            continue
        statement = make(table)
        added = table.c.persons + statement.excluded.persons
        adding = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={"persons": added}
        )
        connection.execute(adding, rows)
        if any(row["persons"] < 0 for row in rows):
            connection.execute(delete(table).where(table.c.persons == 0))

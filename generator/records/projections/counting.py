"""Counts of a roster: how many are expected, and how many of them have completed what.

`tally` and `expected` hold them, kept up with each event; the same counts are made here from
completions and rosters, as a check, for a day in the past, and for several courses at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    select,
    true,
    union_all,
)

from .. import schema


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


def count(
    connection: Connection, roster: str, courses: Sequence[str], *, until: date | None = None
) -> tuple[Counted, ...]:
    """Persons who completed at least one of the courses, each once, until a day. `course` is left empty."""
    best = _best(courses, until, by_course=False)
    rows = connection.execute(_counts(best, schema.roster_member.c.roster == roster))
    return tuple(Counted._make(row) for row in rows)


def recount(connection: Connection) -> tuple[Counted, ...]:
    """What `tally` should hold, counted afresh."""
    best = _best(None, None, by_course=True)
    return tuple(Counted._make(row) for row in connection.execute(_counts(best, true())))


def expected(connection: Connection) -> tuple[Expected, ...]:
    """What `expected` should hold, counted afresh."""
    return tuple(Expected._make(row) for row in connection.execute(_expected(true())))


def count_roster(connection: Connection, roster: str) -> None:
    """Counts a roster that has just been frozen."""
    where = schema.roster_member.c.roster == roster
    connection.execute(insert(schema.expected).from_select(Expected._fields, _expected(where)))
    best = _best(None, None, by_course=True)
    connection.execute(insert(schema.tally).from_select(Counted._fields, _counts(best, where)))


def _members(where: ColumnElement[bool]) -> CTE:
    """The members of rosters, merged ones as one: by the row of the one that remains, else the first."""
    member, person = schema.roster_member, schema.person
    remaining = func.coalesce(person.c.merged_into, person.c.id)
    place = func.row_number().over(
        partition_by=(member.c.roster, remaining),
        order_by=(case((member.c.person == remaining, 0), else_=1), member.c.person),
    )
    columns = (member.c.roster, member.c.unit, member.c.level, remaining.label("person"))
    ranked = select(*columns, place.label("place")).join(person, person.c.id == member.c.person).where(where)
    inner = ranked.subquery()
    # Not `== 1`: SQLite would index that, and look at every person for every other one.
    return select(inner).where(inner.c.place < 2).cte("members")


def _best(courses: Sequence[str] | None, until: date | None, *, by_course: bool) -> CTE:
    """Each person's strongest evidence; `waived` sorts after E, and so stands only where there is none."""
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
    members = _members(where)
    keys = (members.c.roster, members.c.unit, members.c.level, best.c.course, best.c.evidence)
    joined = members.join(best, and_(best.c.person == members.c.person))
    return select(*keys, func.count()).select_from(joined).group_by(*keys).order_by(*keys)


def _expected(where: ColumnElement[bool]) -> Select[tuple[str, str, str, int]]:
    members = _members(where)
    keys = (members.c.roster, members.c.unit, members.c.level)
    return select(*keys, func.count()).group_by(*keys).order_by(*keys)

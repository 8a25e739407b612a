"""How a roster moved: in which half-year its persons were done, who came, who left. Counts, never names.

What the kept-up counts of `progress` do not say. For 100,000 persons some 300 ms on SQLite.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, exists, func, or_, select, union

from . import schema
from .ledger import CHUNK


class NewlyDone(NamedTuple):
    """Persons of a unit who completed a course in a half-year, each in their first; `half` is 1 or 2."""

    unit: str
    year: int
    half: int
    persons: int


class Moved(NamedTuple):
    """Persons who are not where they were: by their unit in the roster before and in this one, or nothing."""

    before: str | None
    now: str | None
    is_done: bool
    persons: int


# --- newly done -------------------------------------------------------------------------------


def newly_done(connection: Connection, roster: str, course: str) -> tuple[NewlyDone, ...]:
    """The members of a roster who completed a course, by unit and the half-year in which they first had."""
    done = schema.completion.c
    day = func.min(done.done_on, type_=done.done_on.type).label("day")
    first = select(done.person, day).where(done.course == course).group_by(done.person).subquery()
    found: Counter[tuple[str, int, int]] = Counter()
    for members in (_standing(roster), _for_merged(roster)):
        ours = members.subquery()
        query = select(ours.c.unit, first.c.day, func.count()).join(first, first.c.person == ours.c.person)
        for unit, day_, persons in connection.execute(query.group_by(ours.c.unit, first.c.day)):
            found[unit, day_.year, 1 if day_.month <= 6 else 2] += persons
    return tuple(NewlyDone(*key, persons) for key, persons in sorted(found.items()))


def _standing(roster: str) -> Select[Any]:
    """Rows of those who remain, since nobody else completes anything."""
    member = schema.roster_member.c
    return select(member.person, member.unit).where(member.roster == roster)


def _for_merged(roster: str) -> Select[Any]:
    """Who remains of merged persons without being in the roster: by the row of the first of them."""
    member, person = schema.roster_member, schema.person
    remaining, other, who = person.c.merged_into, schema.roster_member.alias(), schema.person.alias()
    itself = exists().where(and_(other.c.roster == roster, other.c.person == remaining))
    same = and_(who.c.id == other.c.person, who.c.merged_into == remaining, who.c.id < person.c.id)
    earlier = exists(select(other.c.person).join(who, same).where(other.c.roster == roster))
    return (
        select(remaining.label("person"), member.c.unit)
        .join(person, person.c.id == member.c.person)
        .where(member.c.roster == roster, remaining.is_not(None), ~itself, ~earlier)
    )


# --- moved ------------------------------------------------------------------------------------


def moved(connection: Connection, before: str, now: str, course: str) -> tuple[Moved, ...]:
    """Whoever joined, left, or stands in another unit than in the roster before."""
    gone = schema.person.c.merged_into
    rows = connection.execute(select(schema.person.c.id, gone).where(gone.is_not(None)))
    remaining = {row.id: row.merged_into for row in rows}
    then, present = (
        _placed(connection.execute(_differing(one, other)), remaining)
        for one, other in ((before, now), (now, before))
    )
    persons = [one for one in then.keys() | present.keys() if then.get(one) != present.get(one)]
    done = _done(connection, persons, course)
    counts = Counter((then.get(one), present.get(one), one in done) for one in persons)
    return tuple(Moved(*key, persons) for key, persons in counts.items())


def _differing(roster: str, other: str) -> Select[Any]:
    """The rows that the other roster does not have alike, and all of those that a merge concerns."""
    member, alike, who = schema.roster_member.c, schema.roster_member.alias(), schema.person.c
    merged = who.merged_into.is_not(None)
    concerned = union(select(who.id).where(merged), select(who.merged_into).where(merged))
    there = exists().where(
        and_(alike.c.roster == other, alike.c.person == member.person, alike.c.unit == member.unit)
    )
    differs = or_(~there, member.person.in_(concerned))
    return select(member.person, member.unit).where(member.roster == roster, differs)


def _placed(rows: Iterable[Any], remaining: dict[str, str]) -> dict[str, str]:
    """Units by person, merged ones once: by the row of the one that remains, else by the first."""
    found: dict[str, str] = {}
    for person, unit in sorted(rows, key=lambda row: (row.person in remaining, row.person)):
        found.setdefault(remaining.get(person, person), unit)
    return found


def _done(connection: Connection, persons: Collection[str], course: str) -> set[str]:
    """Those of them who completed a course."""
    done, asked, found = schema.completion.c, list(persons), set[str]()
    for start in range(0, len(asked), CHUNK):
        some = done.person.in_(asked[start : start + CHUNK])
        found |= set(connection.execute(select(done.person).where(done.course == course, some)).scalars())
    return found

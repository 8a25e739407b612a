"""What each person adds to the counts of the rosters they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, Insert, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from .. import schema
from .folding import Folded

#: (roster, unit, level) for a person expected, (roster, unit, level, course, evidence) for one counted.
Contributions = Counter[tuple[str, ...]]


#: Unit and level by roster and remaining person.
Places = Mapping[tuple[str, str], tuple[str, str]]


def contributions(places: Places, folded: Folded) -> Contributions:
    """What these persons add, given where they stand and what they completed."""
    best = _best(folded)
    found: Contributions = Counter()
    for (roster, person), (unit, level) in places.items():
        found[roster, unit, level] += 1
        for course, evidence in best.get(person, {}).items():
            found[roster, unit, level, course, evidence] += 1
    return found


def _best(folded: Folded) -> dict[str, dict[str, str]]:
    """Each person's standing by course: the strongest evidence, else `waived`."""
    best: dict[str, dict[str, str]] = {}
    for person, course in folded.waiver:
        best.setdefault(person, {})[course] = "waived"
    for person, course, evidence in folded.completion:
        courses = best.setdefault(person, {})
        courses[course] = min(evidence, courses.get(course, evidence))
    return best


def places(connection: Connection, remaining: Mapping[str, str]) -> Places:
    """Where persons stand in rosters: by the row of the one who remains, else by the first."""
    members = connection.execute(_MEMBERS, {"persons": list(remaining)})
    rows = sorted(members, key=lambda row: (row.person != remaining[row.person], row.person))
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows:
        found.setdefault((row.roster, remaining[row.person]), (row.unit, row.level))
    return found


_MEMBERS = select(schema.roster_member).where(
    schema.roster_member.c.person.in_(bindparam("persons", expanding=True))
)


def tally(connection: Connection, before: Contributions, after: Contributions) -> None:
    """Adds the difference to the stored counts."""
    change = Counter(after)
    change.subtract(before)
    keys = {key: by for key, by in sorted(change.items()) if by}
    _add(connection, schema.expected, {key: by for key, by in keys.items() if len(key) == 3})
    _add(connection, schema.tally, {key: by for key, by in keys.items() if len(key) > 3})


def _add(connection: Connection, table: Table, changes: Mapping[tuple[str, ...], int]) -> None:
    if not changes:
        return
    names = ("roster", "unit", "level", "course", "evidence")
    rows = [dict(zip(names, key, strict=False)) | {"persons": by} for key, by in changes.items()]
    connection.execute(_upsert(connection, table), rows)
    if any(by < 0 for by in changes.values()):
        connection.execute(delete(table).where(table.c.persons == 0))


def _upsert(connection: Connection, table: Table) -> Insert:
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(table)
    added = table.c.persons + statement.excluded.persons
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_={"persons": added})

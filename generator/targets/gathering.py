"""The door of this room: reads from the records what is measured."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from ..records import heads, schema
from ..records.classes import Figure, activities, plans, sessions
from ..records.people import Roster, members, rosters, units
from .figures import Done, Figures, Listed, Waived


def gather(connection: Connection, *, today: date) -> Figures:
    """Everything that counts, as it stands today."""
    remaining = _remaining(connection)
    return Figures(
        taken_on=today,
        units=units(connection),
        rosters=tuple(_listed(connection, one, remaining) for one in rosters(connection)),
        done=_done(connection),
        waived=_waived(connection),
        sessions=sessions(connection),
        activities=activities(connection),
        told=_told(connection),
        issued=plans(connection),
        head=str(heads.head(connection)),
    )


def _remaining(connection: Connection) -> dict[str, str]:
    """Who remains of each person that was merged into another."""
    table = schema.person.c
    query = select(table.id, table.merged_into).where(table.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(query)}


def _listed(connection: Connection, roster: Roster, remaining: dict[str, str]) -> Listed:
    """Merged persons once: by the row of the one that remains, else by the first."""
    found: dict[str, str] = {}
    ours = members(connection, roster.id)
    for member in sorted(ours, key=lambda member: (member.person in remaining, member.person)):
        found.setdefault(remaining.get(member.person, member.person), member.unit)
    return Listed(roster=roster, members=found)


def _done(connection: Connection) -> tuple[Done, ...]:
    table = schema.completion.c
    query = select(table.person, table.course, table.evidence, table.done_on)
    return tuple(Done._make(row) for row in connection.execute(query))


def _waived(connection: Connection) -> tuple[Waived, ...]:
    table = schema.waiver.c
    return tuple(
        Waived._make(row) for row in connection.execute(select(table.person, table.course, table.since))
    )


def _told(connection: Connection) -> tuple[Figure, ...]:
    query = select(schema.figure).order_by(schema.figure.c.entered_at, schema.figure.c.id)
    return tuple(Figure(**row) for row in connection.execute(query).mappings())

"""Whether somebody is made up: what shows them says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from ..records import schema
from ..records.ledger import CHUNK
from ..records.people import Person


def is_synthetic(connection: Connection, persons: Sequence[Person]) -> bool:
    """Whether any of them stands in a made-up roster."""
    return bool(made_up(connection, (one.id for one in persons)))


def made_up(connection: Connection, persons: Iterable[str]) -> Collection[str]:
    """Those of these ids that stand in a made-up roster."""
    member, roster = schema.roster_member.c, schema.roster.c
    query = (
        select(member.person)
        .join(schema.roster, roster.id == member.roster)
        .where(roster.synthetic)
        .distinct()
    )
    asked, found = list(persons), set[str]()
    for start in range(0, len(asked), CHUNK):
        some = query.where(member.person.in_(asked[start : start + CHUNK]))
        found |= set(connection.execute(some).scalars())
    return found


def has_made_up(connection: Connection) -> bool:
    """Whether anybody here is made up."""
    query = select(schema.roster.c.id).where(schema.roster.c.synthetic).limit(1)
    return connection.execute(query).first() is not None

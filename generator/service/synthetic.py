"""Whether somebody is made up: what shows them says so."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ..records import schema
from ..records.people import Person


def is_synthetic(connection: Connection, persons: Sequence[Person]) -> bool:
    """Whether any of them stands in a made-up roster."""
    member, roster = schema.roster_member.c, schema.roster.c
    query = (
        select(member.person)
        .join(schema.roster, roster.id == member.roster)
        .where(roster.synthetic, member.person.in_([one.id for one in persons]))
        .limit(1)
    )
    return connection.execute(query).first() is not None

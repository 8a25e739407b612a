"""From a list that was looked through to frozen rosters: all or nothing, in one job of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from ...records import By, people, schema
from ...records.people import NewPerson, Roster, RosterMember, Superseding
from ...rosters.entry import KnownPerson, Level
from ...rosters.matching import row_key
from ...rosters.proposal import Proposal, ProposedRow

LEVELS: tuple[Level, ...] = ("province", "commune")


@dataclass(frozen=True, kw_only=True)
class RosterDetails:
    """What the office says of a list: the day it speaks of, and the decision."""

    levels: tuple[Level, ...]
    as_of: date
    decision: str
    superseding: Superseding | None = None
    replaced: Roster | None = None
    """The mistaken list that this one shall stand in for."""


def known(connection: Connection, levels: Sequence[Level]) -> tuple[KnownPerson, ...]:
    """Returns the people of these levels: all made up or none, since a ledger holds one kind only."""
    who, unit = schema.person.c, schema.unit.c
    query = (
        select(who.id, who.full_name, who.position, who.unit, who.active)
        .join(schema.unit, unit.id == who.unit)
        .where(unit.level.in_(levels), who.merged_into.is_(None), who.erased_at.is_(None))
        .order_by(who.folded, who.id)
    )
    return tuple(
        KnownPerson(
            id=row.id,
            full_name=row.full_name,
            position=row.position or "",
            unit=row.unit,
            is_active=row.active,
        )
        for row in connection.execute(query)
    )


def freeze(
    connection: Connection, proposal: Proposal, wanted: RosterDetails, *, by: By, now: datetime
) -> tuple[Roster, ...]:
    """Adds and corrects people, and freezes one roster for each level of the list."""
    ids = {row_key(row): row.before.id for row in proposal.rows if row.before is not None}
    new = [row for row in proposal.rows if row.before is None]
    added = people.add(connection, [_person(row) for row in new], by=by, now=now)
    ids |= {row_key(row): id for row, id in zip(new, added, strict=True)}
    for row in proposal.changed:
        if row.before is not None:
            people.change(connection, row.before.id, _person(row), by=by, now=now)
    for gone in proposal.leaving:
        someone = NewPerson(full_name=gone.full_name, position=gone.position or None, unit=gone.unit)
        people.change(connection, gone.id, someone, active=False, by=by, now=now)
    return tuple(
        people.freeze(
            connection,
            members,
            level=level,
            as_of=wanted.as_of,
            decision_ref=wanted.decision,
            source_sha256=proposal.source_sha256,
            synthetic=proposal.is_synthetic,
            supersedes=wanted.superseding,
            by=by,
            now=now,
        )
        for level in LEVELS
        if (
            members := [
                RosterMember(person=ids[row_key(row)], unit=row.entry.unit)
                for row in proposal.rows
                if row.entry.level == level
            ]
        )
    )


def _person(row: ProposedRow) -> NewPerson:
    return NewPerson(full_name=row.entry.full_name, position=row.entry.position or None, unit=row.entry.unit)

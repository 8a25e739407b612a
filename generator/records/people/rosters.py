"""Rosters: the persons expected, frozen on a day. The denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from .. import schema
from ..attribution import By, NewId, new_id, note
from ..projections import count_roster
from ..projections.folding import LOCAL
from ..references import known
from ..refusals import Malformed
from .units import Level


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person and the unit they stood in on the roster's day."""

    person: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Who is expected at a level. `as_of` is the day the decision or list speaks of."""

    id: str
    level: Level
    as_of: date
    decision_ref: str
    source_sha256: str
    frozen_at: datetime
    synthetic: bool

    @property
    def frozen_on(self) -> date:
        """The day here on which it was frozen, which nobody can type."""
        return self.frozen_at.astimezone(LOCAL).date()


def freeze(
    connection: Connection,
    members: Sequence[Member],
    *,
    level: Level,
    as_of: date,
    decision_ref: str,
    source_sha256: str,
    synthetic: bool = False,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> Roster:
    """Freezes a roster, all or nothing; it never changes afterwards, another one follows it.

    Raises Malformed for an empty one or for somebody who stands in it twice, Unknown for a stranger.
    """
    _check(members, source_sha256, decision_ref)
    roster = Roster(
        id=new_id(),
        level=level,
        as_of=as_of,
        decision_ref=decision_ref,
        source_sha256=source_sha256,
        frozen_at=now,
        synthetic=synthetic,
    )
    connection.execute(insert(schema.roster), vars(roster))
    rows = [{**vars(member), "roster": roster.id, "level": level} for member in members]
    with known("a person or a unit of the roster"):
        connection.execute(insert(schema.roster_member), rows)
    count_roster(connection, roster.id)
    note(connection, "roster.frozen", roster.id, by=by, now=now)
    return roster


def _check(members: Sequence[Member], source_sha256: str, decision_ref: str) -> None:
    if not members or not decision_ref.strip():
        raise Malformed("a roster needs members and a decision")
    if len(source_sha256) != 64:
        raise Malformed("source_sha256")
    repeated = [person for person, times in Counter(one.person for one in members).items() if times > 1]
    if repeated:
        raise Malformed(f"twice in the roster: {', '.join(sorted(repeated)[:5])}")


def rosters(connection: Connection) -> tuple[Roster, ...]:
    """Every roster, the oldest day first."""
    table = schema.roster
    query = select(table).order_by(table.c.as_of, table.c.frozen_at, table.c.id)
    return tuple(Roster(**row) for row in connection.execute(query).mappings())


def standing(rosters: Iterable[Roster], start: date, end: date) -> Roster | None:
    """Of the rosters of a level, the one that a period is measured against; an invented one comes last.

    The last that speaks of a day up to the end and was frozen by the end, so that what was reported
    stays. Where there is none, the first that was frozen later and speaks of a day in the period.
    """
    known = tuple(rosters)
    real = tuple(one for one in known if not one.synthetic)
    return _standing(real, start, end) or _standing(known, start, end)


def _standing(rosters: Iterable[Roster], start: date, end: date) -> Roster | None:
    fitting = [one for one in rosters if one.as_of <= end]
    timely = [one for one in fitting if one.frozen_on <= end]
    if timely:
        return max(timely, key=lambda one: (one.as_of, one.frozen_at, one.id))
    late = [one for one in fitting if one.as_of >= start]
    return min(late, key=lambda one: (one.frozen_at, one.id), default=None)


def members(connection: Connection, roster: str) -> tuple[Member, ...]:
    table = schema.roster_member
    query = select(table.c.person, table.c.unit).where(table.c.roster == roster).order_by(table.c.person)
    return tuple(Member(**row) for row in connection.execute(query).mappings())

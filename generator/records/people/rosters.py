"""Rosters: the persons expected, frozen on a day. The denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from .. import digests, schema
from ..attribution import By, NewId, new_id, note
from ..projections import count_roster
from ..projections.folding import LOCAL
from ..references import known
from ..refusals import Malformed, Mixed, NotAllowed, Unknown
from .units import Level

_WRITTEN = tuple(column.name for column in schema.roster.c)


@dataclass(frozen=True, kw_only=True)
class RosterMember:
    """A person and the unit they stood in on the roster's day."""

    person: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Superseded:
    """Which roster stands in for one that was mistaken, since when, why and by what document."""

    by_roster: str
    reason: str
    decision_ref: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Superseding:
    """The roster that a new one shall stand in for, and why."""

    roster: str
    reason: str


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
    number: int = 0
    """The number that the list is called by: in the order of freezing, from 1."""
    superseded: Superseded | None = None
    instead_of: int | None = None
    """The number of the one it stands in for."""

    @property
    def is_superseded(self) -> bool:
        return self.superseded is not None

    @property
    def frozen_on(self) -> date:
        """The day here on which it was frozen, which nobody can type."""
        return self.frozen_at.astimezone(LOCAL).date()


def freeze(
    connection: Connection,
    members: Sequence[RosterMember],
    *,
    level: Level,
    as_of: date,
    decision_ref: str,
    source_sha256: str,
    synthetic: bool = False,
    supersedes: Superseding | None = None,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> Roster:
    """Freezes a roster, all or nothing; it never changes afterwards, another one follows it or stands in.

    Raises Malformed for an empty one or for somebody who stands in it twice, Unknown for a stranger, Mixed
    for made-up people among real ones, NotAllowed where it cannot stand in for the one it should.
    """
    _check(members, source_sha256, decision_ref)
    before = rosters(connection)
    old = _superseded(before, level, supersedes) if supersedes else None
    roster = Roster(
        id=new_id(),
        level=level,
        as_of=as_of,
        decision_ref=decision_ref,
        source_sha256=source_sha256,
        frozen_at=now,
        synthetic=synthetic,
        number=max((one.number for one in before), default=0) + 1,
        instead_of=old.number if old else None,
    )
    _check_kind(before, roster)
    digests.add(connection, schema.roster, [{name: getattr(roster, name) for name in _WRITTEN}])
    rows = [{**vars(member), "roster": roster.id, "level": level} for member in members]
    with known("a person or a unit of the roster"):
        digests.add(connection, schema.roster_member, rows)
    count_roster(connection, roster.id)
    note(connection, "roster.frozen", roster.id, by=by, now=now)
    if old and supersedes:
        _supersede(connection, old, roster, supersedes.reason)
        note(connection, "roster.superseded", old.id, by=by, now=now)
    return roster


def _check_kind(before: Iterable[Roster], roster: Roster) -> None:
    if any(one.synthetic != roster.synthetic for one in before):
        raise Mixed("made-up people and real ones never share a ledger")


def _superseded(before: Iterable[Roster], level: Level, said: Superseding) -> Roster:
    """Returns the one to stand in for. Raises Unknown, NotAllowed, Malformed."""
    old = next((one for one in before if one.id == said.roster), None)
    if old is None:
        raise Unknown("the roster to stand in for")
    if old.is_superseded or old.level != level:
        raise NotAllowed("a roster stands in for one of its level that nothing stands in for yet")
    if not said.reason.strip():
        raise Malformed("standing in for a roster needs a reason")
    return old


def _supersede(connection: Connection, old: Roster, roster: Roster, reason: str) -> None:
    row = Superseded(
        by_roster=roster.id, reason=reason, decision_ref=roster.decision_ref, at=roster.frozen_at
    )
    digests.add(connection, schema.superseded_roster, [{"roster": old.id, **vars(row)}])


def _check(members: Sequence[RosterMember], source_sha256: str, decision_ref: str) -> None:
    if not members or not decision_ref.strip():
        raise Malformed("a roster needs members and a decision")
    if len(source_sha256) != 64:
        raise Malformed("source_sha256")
    repeated = [person for person, times in Counter(one.person for one in members).items() if times > 1]
    if repeated:
        raise Malformed(f"twice in the roster: {', '.join(sorted(repeated)[:5])}")


def rosters(connection: Connection) -> tuple[Roster, ...]:
    """Returns every roster, those that another one stands in for too, the oldest day first."""
    table, later = schema.roster, schema.superseded_roster
    superseded = {row.pop("roster"): Superseded(**row) for row in _rows(connection, select(later))}
    found = _rows(connection, select(table).order_by(table.c.as_of, table.c.frozen_at, table.c.id))
    instead = {superseded[row["id"]].by_roster: row["number"] for row in found if row["id"] in superseded}
    return tuple(
        Roster(**row, superseded=superseded.get(row["id"]), instead_of=instead.get(row["id"]))
        for row in found
    )


def _rows(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]


def standing(rosters: Iterable[Roster], start: date, end: date) -> Roster | None:
    """Of the rosters of a level, the one that a period is measured against; an invented one comes last.

    The last that speaks of a day up to the end and was frozen by the end, so that what was reported
    stays. Where there is none, the first that was frozen later and speaks of a day in the period.
    Where that one was superseded, the one that stands in for it, whenever it was frozen: what was
    mistaken is no measure any more, and a report that is made anew says which list it is of.
    """
    known = tuple(rosters)
    real = tuple(one for one in known if not one.synthetic)
    found = _standing(real, start, end) or _standing(known, start, end)
    return found and standing_in(known, found)


def standing_in(rosters: Iterable[Roster], roster: Roster) -> Roster:
    """Returns the one that stands in for a roster in the end: itself, unless it was superseded."""
    by_id = {one.id: one for one in rosters}
    while roster.superseded is not None and roster.superseded.by_roster in by_id:
        roster = by_id[roster.superseded.by_roster]
    return roster


def _standing(rosters: Iterable[Roster], start: date, end: date) -> Roster | None:
    fitting = [one for one in rosters if one.as_of <= end]
    timely = [one for one in fitting if one.frozen_on <= end]
    if timely:
        return max(timely, key=lambda one: (one.as_of, one.frozen_at, one.id))
    late = [one for one in fitting if one.as_of >= start]
    return min(late, key=lambda one: (one.frozen_at, one.id), default=None)


def members(connection: Connection, roster: str) -> tuple[RosterMember, ...]:
    table = schema.roster_member
    query = select(table.c.person, table.c.unit).where(table.c.roster == roster).order_by(table.c.person)
    return tuple(RosterMember(**row) for row in connection.execute(query).mappings())

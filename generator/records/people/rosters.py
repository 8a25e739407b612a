"""Rosters: the persons expected (the denominator), frozen on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from ...programme.model.values import Level
from ...programme.vietnamese import LOCAL_ZONE
from .. import schema
from ..audit_trail import By, NewId, new_id, note
from ..errors import Malformed, Mixed, NotAllowed, Unknown, raises_unknown
from ..events import row_digests
from ..events.ledger import CHUNK, ids_of_person

_WRITTEN = tuple(column.name for column in schema.roster.c)


@dataclass(frozen=True, kw_only=True)
class RosterMember:
    """A person and the unit they stood in on the roster's day."""

    person: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Superseded:
    """The roster that stands in for a mistaken one; since when, why and by what document."""

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
    """The persons expected at a level. `as_of` is the day the decision or list speaks of.

    With a `course` they are learners of it whom no target expects: such a list is no denominator.
    """

    id: str
    level: Level
    as_of: date
    decision_ref: str
    source_sha256: str
    frozen_at: datetime
    synthetic: bool
    course: str | None = None
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
        """The day, in Vietnam's time, on which it was frozen, which nobody can type."""
        return self.frozen_at.astimezone(LOCAL_ZONE).date()


def freeze_roster(
    connection: Connection,
    members: Sequence[RosterMember],
    *,
    level: Level,
    as_of: date,
    decision_ref: str,
    source_sha256: str,
    synthetic: bool = False,
    course: str | None = None,
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
    before = (*all_rosters(connection), *all_rosters(connection, of_learners=True))
    if supersedes and course is not None:
        raise NotAllowed("a list of learners stands in for none")
    old = _superseded(before, level, supersedes) if supersedes else None
    roster = Roster(
        id=new_id(),
        level=level,
        as_of=as_of,
        decision_ref=decision_ref,
        source_sha256=source_sha256,
        frozen_at=now,
        synthetic=synthetic,
        course=course,
        number=max((earlier.number for earlier in before), default=0) + 1,
        instead_of=old.number if old else None,
    )
    if any(earlier.synthetic != synthetic for earlier in before):
        raise Mixed("made-up people and real ones never share a ledger")
    row_digests.add_rows(connection, schema.roster, [{name: getattr(roster, name) for name in _WRITTEN}])
    rows = [{**vars(member), "roster": roster.id, "level": level} for member in members]
    with raises_unknown("a person or a unit of the roster"):
        row_digests.add_rows(connection, schema.roster_member, rows)
    note(connection, "roster.frozen", roster.id, by=by, now=now)
    if old and supersedes:
        _supersede(connection, old, roster, supersedes.reason)
        note(connection, "roster.superseded", old.id, by=by, now=now)
    return roster


def _superseded(before: Iterable[Roster], level: Level, superseding: Superseding) -> Roster:
    """Returns the roster to stand in for. Raises Unknown, NotAllowed, Malformed."""
    old = next((roster for roster in before if roster.id == superseding.roster), None)
    if old is None:
        raise Unknown("the roster to stand in for")
    if old.is_superseded or old.level != level or old.course is not None:
        raise NotAllowed("a roster stands in for one of its level that nothing stands in for yet")
    if not superseding.reason.strip():
        raise Malformed("standing in for a roster needs a reason")
    return old


def _supersede(connection: Connection, old: Roster, roster: Roster, reason: str) -> None:
    row = Superseded(
        by_roster=roster.id, reason=reason, decision_ref=roster.decision_ref, at=roster.frozen_at
    )
    row_digests.add_rows(connection, schema.superseded_roster, [{"roster": old.id, **vars(row)}])


def _check(members: Sequence[RosterMember], source_sha256: str, decision_ref: str) -> None:
    if not members or not decision_ref.strip():
        raise Malformed("a roster needs members and a decision")
    if len(source_sha256) != 64:
        raise Malformed("source_sha256")
    repeated = [person for person, times in Counter(member.person for member in members).items() if times > 1]
    if repeated:
        raise Malformed(f"twice in the roster: {', '.join(sorted(repeated)[:5])}")


def courses_of_learner(connection: Connection, person: str) -> frozenset[str]:
    """Returns the courses whose lists of learners have a person, or somebody merged into them."""
    member, roster = schema.roster_member.c, schema.roster
    query = select(roster.c.course).join(schema.roster_member, member.roster == roster.c.id)
    query = query.where(member.person.in_(ids_of_person(connection, person)), roster.c.course.is_not(None))
    return frozenset(connection.execute(query).scalars())


def listed_learners(connection: Connection) -> frozenset[str]:
    """Returns who stands in a list of learners: of merged persons the one who remains."""
    member, roster, who = schema.roster_member.c, schema.roster, schema.person.c
    query = select(func.coalesce(who.merged_into, who.id)).join(schema.roster_member, member.person == who.id)
    query = query.join(roster, roster.c.id == member.roster).where(roster.c.course.is_not(None))
    return frozenset(connection.execute(query.distinct()).scalars())


def all_rosters(connection: Connection, *, of_learners: bool = False) -> tuple[Roster, ...]:
    """Returns every roster, superseded ones too, the oldest day first; lists of learners are none.

    With `of_learners` it returns the lists of learners, whom no target expects, instead.
    """
    table, later = schema.roster, schema.superseded_roster
    rows_later = map(dict, connection.execute(select(later)).mappings())
    superseded: dict[str, Superseded] = {row.pop("roster"): Superseded(**row) for row in rows_later}
    of_kind = table.c.course.is_not(None) if of_learners else table.c.course.is_(None)
    query = select(table).where(of_kind).order_by(table.c.as_of, table.c.frozen_at, table.c.id)
    rows = connection.execute(query).mappings().all()
    instead = {superseded[row["id"]].by_roster: row["number"] for row in rows if row["id"] in superseded}
    return tuple(
        Roster(**row, superseded=superseded.get(row["id"]), instead_of=instead.get(row["id"])) for row in rows
    )


def roster_in_force(rosters: Iterable[Roster], start: date, end: date) -> Roster | None:
    """Returns the roster that a period is measured against, or None; an invented one comes last.

    It is the last that speaks of a day up to the end and was frozen by the end, so that what was reported
    stays. Where there is none, it is the first that was frozen later and speaks of a day in the period. Where
    that one was superseded, it is the one that stands in for it, whenever frozen: a mistaken roster measures
    nothing any more, and a report that is made anew says which list it uses.
    """
    every = tuple(rosters)
    candidates = [roster for roster in every if roster.as_of <= end]
    real = [roster for roster in candidates if not roster.synthetic]
    for fitting in (real, candidates):
        timely = [roster for roster in fitting if roster.frozen_on <= end]
        late = [roster for roster in fitting if roster.as_of >= start]
        if timely:
            chosen = max(timely, key=lambda roster: (roster.as_of, roster.frozen_at, roster.id))
            return final_replacement(every, chosen)
        if late:
            return final_replacement(every, min(late, key=lambda roster: (roster.frozen_at, roster.id)))
    return None


def final_replacement(rosters: Iterable[Roster], roster: Roster) -> Roster:
    """Returns the roster that stands in for a roster in the end: itself, unless it was superseded."""
    by_id = {candidate.id: candidate for candidate in rosters}
    while roster.superseded is not None and roster.superseded.by_roster in by_id:
        roster = by_id[roster.superseded.by_roster]
    return roster


def roster_members(connection: Connection, roster: str) -> tuple[RosterMember, ...]:
    table = schema.roster_member
    query = select(table.c.person, table.c.unit).where(table.c.roster == roster).order_by(table.c.person)
    return tuple(RosterMember(**row) for row in connection.execute(query).mappings())


def roster_sizes(connection: Connection) -> dict[str, Counter[str]]:
    """Returns how many members of each unit stand in each roster, by roster and unit."""
    table = schema.roster_member.c
    query = select(table.roster, table.unit, func.count()).group_by(table.roster, table.unit)
    sizes: dict[str, Counter[str]] = {}
    for roster, unit, members in connection.execute(query):
        sizes.setdefault(roster, Counter())[unit] = members
    return sizes


class RosterPlace(NamedTuple):
    """A frozen roster that somebody stands in."""

    as_of: date
    level: str
    id: str


def rosters_of_person(connection: Connection, person: str) -> frozenset[RosterPlace]:
    """Returns the rosters that have a member with this id, whoever was merged into it."""
    member, roster = schema.roster_member.c, schema.roster
    query = select(roster.c.as_of, roster.c.level, roster.c.id).join(
        schema.roster_member, member.roster == roster.c.id
    )
    query = query.where(member.person == person, roster.c.course.is_(None))
    return frozenset(map(RosterPlace._make, connection.execute(query)))


def synthetic_persons(connection: Connection, persons: Iterable[str]) -> set[str]:
    """Returns those of these ids that stand in a made-up roster."""
    member, roster = schema.roster_member.c, schema.roster
    query = select(member.person).join(roster, roster.c.id == member.roster).where(roster.c.synthetic)
    wanted, synthetic = list(persons), set[str]()
    for start in range(0, len(wanted), CHUNK):
        in_chunk = member.person.in_(wanted[start : start + CHUNK])
        synthetic |= set(connection.execute(query.where(in_chunk).distinct()).scalars())
    return synthetic


def has_synthetic_roster(connection: Connection) -> bool:
    """Returns whether any roster, and so everybody here, is made up."""
    query = select(schema.roster.c.id).where(schema.roster.c.synthetic).limit(1)
    return connection.execute(query).first() is not None

"""The fold: from facts, in whatever order, to the rows of attempts, attendance, completions and waivers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    Result,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
)

from ...programme.vietnamese import LOCAL_ZONE as LOCAL_ZONE
from .. import schema
from ..event_kinds import Payload, canonical, without_responses
from .class_completion import ClassCredit

ANSWERS = frozenset({"attempt.submitted", "paper.submitted"})
NEVER_VOIDED = frozenset({"voided", "person.erased"})

Row = Mapping[str, Any]
Key = tuple[str, ...]
Rows = dict[Key, Row]


class Fact(NamedTuple):
    """An event as far as the projections depend on it."""

    kind: str
    event_id: str
    person: str
    course: str | None
    payload: Mapping[str, Any]
    evidence: str | None
    actor: str | None
    client_time: datetime | None
    client_flagged: bool
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class Folded:
    """Rows of the projections, by their primary keys."""

    attempt: Rows = field(default_factory=dict)
    attendance: Rows = field(default_factory=dict)
    completion: Rows = field(default_factory=dict)
    pending: Rows = field(default_factory=dict)
    waiver: Rows = field(default_factory=dict)


def fold(facts: Iterable[Fact], remaining: Mapping[str, str]) -> Folded:
    """Returns the projections of facts. `remaining` says for each merged person which one remains.

    The result depends on the set of facts alone: not on their order, nor on how often the fold is made.
    """
    facts = tuple(facts)
    standings = _standings(facts)
    folded = Folded()
    attended: dict[Key, list[Fact]] = {}
    for fact in facts:
        if fact.course is None:
            continue
        standing = standings.get(fact.event_id, "counted")
        if fact.kind in ANSWERS:
            folded.attempt[fact.person, fact.course, fact.event_id] = _attempt(fact, standing)
        if fact.kind == "session.attended":
            folded.attendance[fact.person, fact.course, fact.event_id] = _attendance(fact, standing)
        if standing == "pending":
            folded.pending[fact.person, fact.course, fact.event_id] = _pending(fact)
        if standing == "counted":
            pair: Key = (remaining.get(fact.person, fact.person), fact.course)
            _count(folded, attended, pair, fact)
    for pair, sessions in attended.items():
        for evidence, (fact, rule) in _completed_in_class(sessions):
            _complete(folded, pair, fact, evidence, rule)
    return folded


def join_folds(first: Folded, second: Folded) -> Folded:
    """The projections of two sets of facts, of which neither changes what the other means."""
    whole = Folded(
        attempt={**first.attempt, **second.attempt},
        attendance={**first.attendance, **second.attendance},
        pending={**first.pending, **second.pending},
    )
    for key, row in (*first.completion.items(), *second.completion.items()):
        _keep_earlier(whole.completion, key, row)
    for key, row in (*first.waiver.items(), *second.waiver.items()):
        _keep_earlier(whole.waiver, key, row)
    return whole


def _keep_earlier(rows: Rows, key: Key, row: Row) -> None:
    """Keeps the earlier of two rows."""
    before = rows.get(key)
    if before is None or _moment_of(row) < _moment_of(before):
        rows[key] = row


def _moment_of(row: Row) -> tuple[Any, ...]:
    return row["since"] if "since" in row else row["done_on"], row["received_at"], row["event_id"]


def _count(folded: Folded, attended: dict[Key, list[Fact]], pair: Key, fact: Fact) -> None:
    if fact.kind == "session.attended":
        attended.setdefault(pair, []).append(fact)
    elif fact.kind == "waived":
        _keep_earlier(folded.waiver, pair, _waiver(fact, pair))
    elif fact.payload.get("passed") or fact.kind == "admin.recorded":
        _complete(folded, pair, fact, fact.evidence or "", fact.payload.get("rule"))


def _standings(facts: tuple[Fact, ...]) -> dict[str, str]:
    """Returns which facts do not count: voided ones, and typed ones that nobody has countersigned."""
    voids = {(fact.person, fact.payload["target"]) for fact in facts if fact.kind == "voided"}
    voided = {
        fact.event_id
        for fact in facts
        if fact.kind not in NEVER_VOIDED and (fact.person, fact.event_id) in voids
    }
    signed = {
        (fact.person, fact.course, fact.payload["target"])
        for fact in facts
        if fact.kind == "countersigned" and fact.event_id not in voided
    }
    pending = {
        fact.event_id
        for fact in facts
        if fact.evidence == "D" and (fact.person, fact.course, fact.event_id) not in signed
    }
    return dict.fromkeys(pending, "pending") | dict.fromkeys(voided, "voided")


# --- rows -------------------------------------------------------------------------------------


def done_on(fact: Fact) -> date:
    """Returns the day of the deed, never in the future: ours, the signed hand-in's, or the paper's."""
    received = fact.received_at.astimezone(LOCAL_ZONE).date()
    day = fact.payload.get("day")
    if day is not None:
        return min(date.fromisoformat(day), received)
    if fact.evidence == "C" and fact.client_time is not None and not fact.client_flagged:
        return min(fact.client_time.astimezone(LOCAL_ZONE).date(), received)
    return received


def _attempt(fact: Fact, standing: str) -> Row:
    return {
        "person": fact.person,
        "course": fact.course,
        "event_id": fact.event_id,
        "evidence": fact.evidence,
        "form": fact.payload["form"],
        "version": fact.payload["version"],
        "right": fact.payload["right"],
        "asked": fact.payload["asked"],
        "is_passed": fact.payload["passed"],
        "standing": standing,
        "done_on": done_on(fact),
        "received_at": fact.received_at,
    }


def _attendance(fact: Fact, standing: str) -> Row:
    modules = fact.payload.get("modules")
    return {
        "person": fact.person,
        "course": fact.course,
        "event_id": fact.event_id,
        "session": fact.payload["session"],
        "minutes": fact.payload["minutes"],
        "modules": canonical(modules) if modules else None,
        "standing": standing,
        "received_at": fact.received_at,
    }


def _pending(fact: Fact) -> Row:
    return {
        "person": fact.person,
        "course": fact.course,
        "event_id": fact.event_id,
        "kind": fact.kind,
        "actor": fact.actor,
        "done_on": done_on(fact),
    }


def _complete(folded: Folded, pair: Key, fact: Fact, evidence: str, rule: Payload | None) -> None:
    row = {
        "person": pair[0],
        "course": pair[1],
        "evidence": evidence,
        "event_id": fact.event_id,
        "version": fact.payload.get("version"),
        "rule": None if rule is None else canonical(rule),
        "done_on": done_on(fact),
        "received_at": fact.received_at,
    }
    _keep_earlier(folded.completion, (*pair, evidence), row)


def _waiver(fact: Fact, pair: Key) -> Row:
    return {
        "person": pair[0],
        "course": pair[1],
        "event_id": fact.event_id,
        "since": done_on(fact),
        "received_at": fact.received_at,
    }


# --- classes ----------------------------------------------------------------------------------


class Reached(NamedTuple):
    """The class that completed a course, and the rule by which it did."""

    fact: Fact
    rule: Payload


def _completed_in_class(sessions: list[Fact]) -> Iterator[tuple[str, Reached]]:
    """Yields the class that completed the course: by signed sheets (B), or typed ones (D)."""
    sessions.sort(key=lambda fact: (done_on(fact), fact.received_at, fact.event_id))
    signed = _reached([fact for fact in sessions if fact.evidence == "B"])
    either = _reached(sessions)
    if signed is not None:
        yield "B", signed
    if either is not None and (signed is None or either.fact is not signed.fact):
        yield "D", either


def _reached(sessions: list[Fact]) -> Reached | None:
    """Returns the class that completed the course: by classes without a core alone, if they do.

    So nothing that is recorded once a course has a core changes what was completed before.
    """
    earlier = [fact for fact in sessions if not fact.payload["rule"].get("core")]
    before = _reached_by_minutes(earlier)
    if before is not None or len(earlier) == len(sessions):
        return before
    credit = ClassCredit()
    for fact in sessions:
        if (rule := credit.add(fact.payload)) is not None:
            return Reached(fact, rule)
    return None


def _reached_by_minutes(sessions: list[Fact]) -> Reached | None:
    minutes: dict[str, int] = {}
    for fact in sessions:
        payload, rule = fact.payload, fact.payload["rule"]
        minutes.setdefault(payload["session"], payload["minutes"])
        if sum(minutes.values()) >= rule.get("minutes", 0):
            return Reached(fact, rule)
    return None


class FactScope(NamedTuple):
    """A set of persons, and their courses by person; without courses, all of them."""

    persons: Sequence[str]
    courses: Sequence[tuple[str, str]] | None


_PERSONS: BindParameter[Any] = bindparam("persons", expanding=True)
_COURSES: BindParameter[Any] = bindparam("courses", expanding=True)


class Query(NamedTuple):
    """The rows of a table that lie within a scope."""

    of_persons: Select[Any]
    of_courses: Select[Any]

    def rows(self, connection: Connection, scope: FactScope) -> Result[Any]:
        if scope.courses is None:
            return connection.execute(self.of_persons, {"persons": scope.persons})
        return connection.execute(self.of_courses, {"courses": scope.courses})


def _query(table: Table, *columns: Any) -> Query:
    whole = select(*columns)
    pair = tuple_(table.c.person, table.c.course)
    return Query(whole.where(table.c.person.in_(_PERSONS)), whole.where(pair.in_(_COURSES)))


# --- facts ------------------------------------------------------------------------------------

_FACTS = _query(schema.event, *(schema.event.c[name] for name in Fact._fields))
_WITHOUT_COURSE = _FACTS.of_persons.where(schema.event.c.course.is_(None))


def read_facts(
    connection: Connection, scope: FactScope, at_hand: Mapping[str, Payload] = MappingProxyType({})
) -> Iterator[Fact]:
    """Yields what the ledger knows within a scope; payloads at hand are not read again.

    Voids, merges and erasures have no course: those of the persons are within every scope.
    """
    results = [] if scope.courses == () else [_FACTS.rows(connection, scope)]
    if scope.courses is not None:
        results.append(connection.execute(_WITHOUT_COURSE, {"persons": scope.persons}))
    for row in chain.from_iterable(results):
        kind, event_id, person, course, payload, *others = tuple(row)
        read = at_hand.get(event_id) or json.loads(without_responses(payload))
        yield Fact(kind, event_id, person, course, read, *others)


# --- projections ------------------------------------------------------------------------------

PROJECTED: Mapping[str, Table] = {
    "attempt": schema.attempt,
    "attendance": schema.attendance,
    "completion": schema.completion,
    "pending": schema.pending,
    "waiver": schema.waiver,
}
_STORED = {name: _query(table, *table.c) for name, table in PROJECTED.items()}


def read_stored(connection: Connection, scope: FactScope, *names: str) -> Folded:
    """Returns the stored projections within a scope: those named, or all."""
    stored = Folded()
    for name in names or PROJECTED:
        # The columns of the primary key come first in each of these tables.
        columns, width = PROJECTED[name].c.keys(), len(PROJECTED[name].primary_key)
        for row in map(tuple, _STORED[name].rows(connection, scope)):
            getattr(stored, name)[row[:width]] = dict(zip(columns, row, strict=True))
    return stored


def write_changes(connection: Connection, before: Folded, after: Folded) -> None:
    """Makes the stored rows those of `after`, where they differ from `before`."""
    for name, table in PROJECTED.items():
        old, new = getattr(before, name), getattr(after, name)
        # A row that differs is written anew.
        gone = [key for key in old if new.get(key) != old[key]]
        if gone:
            columns = list(table.primary_key)
            row = and_(*(column == bindparam(f"key_{column.name}") for column in columns))
            keys = [
                {f"key_{column.name}": id for column, id in zip(columns, key, strict=True)} for key in gone
            ]
            connection.execute(delete(table).where(row), keys)
        added = sorted(key for key in new if old.get(key) != new[key])
        if added:
            connection.execute(_INSERT[name], [new[key] for key in added])


_INSERT = {name: insert(table) for name, table in PROJECTED.items()}

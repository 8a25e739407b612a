"""The pure fold: from facts, in whatever order they came, to attempts, completions and waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from ..kinds import canonical

#: Vietnam's time, by which a moment has its day.
LOCAL = timezone(timedelta(hours=7))

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
    completion: Rows = field(default_factory=dict)
    pending: Rows = field(default_factory=dict)
    waiver: Rows = field(default_factory=dict)


def fold(facts: Iterable[Fact], remaining: Mapping[str, str]) -> Folded:
    """The projections of facts. `remaining` says for each merged person which one remains.

    Depends on the set of facts alone: not on their order, nor on how often the fold is made.
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
        if standing == "pending":
            folded.pending[fact.person, fact.course, fact.event_id] = _pending(fact)
        if standing == "counted":
            whose: Key = (remaining.get(fact.person, fact.person), fact.course)
            _count(folded, attended, whose, fact)
    for whose, sessions in attended.items():
        for evidence, fact in _completed_in_class(sessions):
            _complete(folded, whose, fact, evidence)
    return folded


def joined(one: Folded, other: Folded) -> Folded:
    """The projections of two sets of facts, of which neither changes what the other means."""
    whole = Folded(attempt={**one.attempt, **other.attempt}, pending={**one.pending, **other.pending})
    for key, row in (*one.completion.items(), *other.completion.items()):
        _put(whole.completion, key, row)
    for key, row in (*one.waiver.items(), *other.waiver.items()):
        _put(whole.waiver, key, row)
    return whole


def _put(rows: Rows, key: Key, row: Row) -> None:
    """Keeps the earlier of two rows."""
    before = rows.get(key)
    if before is None or _when(row) < _when(before):
        rows[key] = row


def _when(row: Row) -> tuple[Any, ...]:
    return row["since"] if "since" in row else row["done_on"], row["received_at"], row["event_id"]


def _count(folded: Folded, attended: dict[Key, list[Fact]], whose: Key, fact: Fact) -> None:
    if fact.kind == "session.attended":
        attended.setdefault(whose, []).append(fact)
    elif fact.kind == "waived":
        _put(folded.waiver, whose, _waiver(fact, whose))
    elif fact.payload.get("passed") or fact.kind == "admin.recorded":
        _complete(folded, whose, fact, fact.evidence or "")


def _standings(facts: tuple[Fact, ...]) -> dict[str, str]:
    """Which facts do not count: voided ones, and typed ones that nobody has countersigned."""
    voids = {(one.person, one.payload["target"]) for one in facts if one.kind == "voided"}
    voided = {
        one.event_id for one in facts if one.kind not in NEVER_VOIDED and (one.person, one.event_id) in voids
    }
    signed = {
        (one.person, one.course, one.payload["target"])
        for one in facts
        if one.kind == "countersigned" and one.event_id not in voided
    }
    pending = {
        one.event_id
        for one in facts
        if one.evidence == "D" and (one.person, one.course, one.event_id) not in signed
    }
    return dict.fromkeys(pending, "pending") | dict.fromkeys(voided, "voided")


# --- rows -------------------------------------------------------------------------------------


def done_on(fact: Fact) -> date:
    """The day of the deed: ours if online, the client's for a slip, else the paper's; never in the future."""
    received = fact.received_at.astimezone(LOCAL).date()
    day = fact.payload.get("day")
    if day is not None:
        return min(date.fromisoformat(day), received)
    if fact.evidence == "C" and fact.client_time is not None and not fact.client_flagged:
        return min(fact.client_time.astimezone(LOCAL).date(), received)
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


def _pending(fact: Fact) -> Row:
    return {
        "person": fact.person,
        "course": fact.course,
        "event_id": fact.event_id,
        "kind": fact.kind,
        "actor": fact.actor,
        "done_on": done_on(fact),
    }


def _complete(folded: Folded, whose: Key, fact: Fact, evidence: str) -> None:
    rule = fact.payload.get("rule")
    row = {
        "person": whose[0],
        "course": whose[1],
        "evidence": evidence,
        "event_id": fact.event_id,
        "version": fact.payload.get("version"),
        "rule": None if rule is None else canonical(rule),
        "done_on": done_on(fact),
        "received_at": fact.received_at,
    }
    _put(folded.completion, (*whose, evidence), row)


def _waiver(fact: Fact, whose: Key) -> Row:
    return {
        "person": whose[0],
        "course": whose[1],
        "event_id": fact.event_id,
        "since": done_on(fact),
        "received_at": fact.received_at,
    }


# --- classes ----------------------------------------------------------------------------------


def _completed_in_class(sessions: list[Fact]) -> Iterator[tuple[str, Fact]]:
    """The session that reached the minutes needed: by signed sheets alone (B), or with typed ones (D)."""
    sessions.sort(key=lambda fact: (done_on(fact), fact.received_at, fact.event_id))
    signed = _reached([fact for fact in sessions if fact.evidence == "B"])
    either = _reached(sessions)
    if signed is not None:
        yield "B", signed
    if either is not None and either is not signed:
        yield "D", either


def _reached(sessions: list[Fact]) -> Fact | None:
    minutes: dict[str, int] = {}
    for fact in sessions:
        minutes.setdefault(fact.payload["session"], fact.payload["minutes"])
        if sum(minutes.values()) >= fact.payload["rule"].get("minutes", 0):
            return fact
    return None

"""The ledger: facts, appended once each, chained by their hashes; and whom merges make one person."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    RowMapping,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from .. import schema
from ..errors import Conflict, Malformed, Repeated, Unattributed
from ..event_kinds import KINDS, OF_LEARNERS, Payload, canonical, is_event_id, is_id
from ..schema.columns import utc_text

#: How far a client's clock may be from ours before it is clamped and flagged.
TOLERANCE = timedelta(hours=48)
FIRST_HASH = bytes(32)
#: How many ids one query asks for; databases take only so many parameters.
CHUNK = 10_000


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about a person. `event_id` is made by its sender: a UUID in lower case."""

    kind: str
    event_id: str
    person: str
    course: str | None = None
    payload: Payload = field(default_factory=dict)
    evidence: str | None = None
    actor: str | None = None
    reason: str | None = None
    client_time: datetime | None = None

    def check(self) -> None:
        """Raises Malformed or Unattributed."""
        kind = KINDS.get(self.kind)
        if kind is None or not is_event_id(self.event_id) or not is_id(self.person):
            raise Malformed(f"{self.kind} {self.event_id}")
        fault = kind.fault(self.payload, self.evidence, self.course)
        if fault is not None:
            raise Malformed(f"{self.kind}: {fault}")
        has_actor, has_reason = bool((self.actor or "").strip()), bool((self.reason or "").strip())
        if has_actor != has_reason or (not has_actor and self.kind not in OF_LEARNERS):
            raise Unattributed(f"{self.kind} needs an actor and a reason")
        if self.client_time is not None and self.client_time.tzinfo is None:
            raise Malformed("client_time needs its time zone")


class Appended(NamedTuple):
    """The place of an event in the ledger, whether it is new, and what was noted of its time."""

    seq: int
    is_new: bool
    received_at: datetime
    client_flagged: bool


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An event as it stands in the ledger."""

    seq: int
    event: Event
    received_at: datetime
    client_flagged: bool


#: Faults of the database: pages, an index, the count of rows by index, a constraint, a row against one,
#: a value, a row that points nowhere; and what could not be compared because of these.
Damage = Literal["damaged", "index", "counted", "constraint", "rule", "value", "orphan", "unread"]
#: Faults of the ledger: rows that are gone, a changed payload or row, unreadable payloads, a merge and a
#: computed row that do not follow from it, a row of nobody; then what `row_digests` finds: rows or links
#: of their chain that are gone, and a row of another table that was changed, removed or added, or a list.
ProblemKind = (
    Literal["gone", "payload", "chain", "unreadable", "merged", "differs", "nobody", Damage]
    | Literal["digests-gone", "digests-chain", "changed", "removed", "added", "members"]
)


class LedgerFault(NamedTuple):
    """A disagreement, by its place: a row of the ledger, or a table.

    `where` and `what` are for developers; operators are shown a sentence made of `kind`, the row and
    `values`.
    """

    where: str
    what: str
    kind: ProblemKind = "differs"
    values: tuple[str, ...] = ()


# --- appending --------------------------------------------------------------------------------


def append_all(
    connection: Connection, events: Sequence[Event], now: datetime, *, is_whole: bool = True
) -> list[Appended | Exception]:
    """Appends events, chained to the last; returns the place of each, or why it was refused.

    One that is there already keeps its place. Where `is_whole`, nothing is written unless all are accepted:
    raises Repeated where an id is in it twice, Conflict where an id stands for something else, Malformed,
    or Unattributed.
    """
    ids = [event.event_id for event in events]
    if is_whole and len(set(ids)) < len(ids):
        raise Repeated(next(id for id in ids if ids.count(id) > 1))
    stored, new = _stored_events(connection, ids), list[dict[str, Any]]()
    seq, last = last_link(connection)
    outcomes: list[Appended | Exception] = []
    for event in events:
        try:
            event.check()
            row = _row(event, now)
            before = stored.setdefault(event.event_id, row)
            if any(before[name] != row[name] for name in _SAME):
                raise Conflict(event.event_id)
        except (Conflict, Malformed, Unattributed) as refusal:
            if is_whole:
                raise
            outcomes.append(refusal)
            continue
        if before is row:
            seq += 1
            row |= {"seq": seq, "prev_hash": last}
            last = row["hash"] = _row_hash(row)
            new.append(row)
        outcomes.append(
            Appended(before["seq"], before is row, before["received_at"], before["client_flagged"])
        )
    if new:
        connection.execute(_INSERT, new)
    return outcomes


_INSERT = insert(schema.event)


#: Columns in which a repeated event must agree; the client's clock may have moved on.
_SAME = ("kind", "person", "course", "payload_sha256", "evidence", "actor", "reason")
_TABLE = schema.event
_NOTED = ("seq", "event_id", "received_at", "client_flagged")
_KNOWN = select(*(_TABLE.c[name] for name in (*_NOTED, *_SAME))).where(
    _TABLE.c.event_id.in_(bindparam("ids", expanding=True))
)


def _stored_events(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    stored: dict[str, Any] = {}
    for first in range(0, len(ids), CHUNK):
        rows = connection.execute(_KNOWN, {"ids": ids[first : first + CHUNK]}).mappings()
        stored |= {row["event_id"]: row for row in rows}
    return stored


_ENDS = {
    chain: select(chain.c.seq, chain.c.hash).order_by(chain.c.seq.desc()).limit(1)
    for chain in (schema.event, schema.row_digest)
}


def last_link(connection: Connection, chain: Table = schema.event) -> tuple[int, bytes]:
    """Returns the number and the hash of the last row of a chain: of the ledger, or of the digests."""
    row = connection.execute(_ENDS[chain]).first()
    return (row.seq, row.hash) if row else (0, FIRST_HASH)


def _row(event: Event, now: datetime) -> dict[str, Any]:
    payload = canonical(event.payload)
    client_time, offset, is_flagged = clamp_client_time(event.client_time, now)
    return {
        "event_id": event.event_id,
        "kind": event.kind,
        "person": event.person,
        "course": event.course,
        "payload": payload,
        "payload_sha256": hashlib.sha256(payload.encode()).hexdigest(),
        "evidence": event.evidence,
        "actor": event.actor,
        "reason": event.reason,
        "client_time": client_time,
        "client_offset": offset,
        "client_flagged": is_flagged,
        "received_at": now,
    }


def clamp_client_time(claimed: datetime | None, now: datetime) -> tuple[datetime | None, int | None, bool]:
    """Returns the client's time within 48 h of ours, the seconds it was off, and whether that was too far."""
    if claimed is None:
        return None, None, False
    off = claimed - now
    clamped = max(-TOLERANCE, min(TOLERANCE, off))
    return now + clamped, int(off.total_seconds()), clamped != off


# --- the chain --------------------------------------------------------------------------------

_HASHED = (
    *("seq", "event_id", "kind", "person", "course", "payload_sha256", "evidence", "actor", "reason"),
    *("client_time", "client_offset", "client_flagged", "received_at"),
)


def _row_hash(row: dict[str, Any] | RowMapping) -> bytes:
    """Returns the hash of a row: of the hash before it, and of its values as canonical JSON."""
    values = [utc_text(value) if isinstance(value, datetime) else value for value in map(row.get, _HASHED)]
    return hashlib.sha256(row["prev_hash"] + canonical(values).encode()).digest()


def ledger_problems(connection: Connection) -> tuple[LedgerFault, ...]:
    """Returns the faults of the ledger: a gap, a changed payload, a broken chain. Empty if it is sound."""
    return tuple(_each_problem(connection))


def _each_problem(connection: Connection) -> Iterator[LedgerFault]:
    seq, last = 0, FIRST_HASH
    query = select(_TABLE).order_by(_TABLE.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": 5_000}).mappings():
        where = f"event {row['seq']}"
        if row["seq"] != seq + 1:
            gone = row["seq"] - seq - 1
            yield LedgerFault(where, f"{gone} missing before it", "gone", (str(row["seq"]), str(gone)))
        if hashlib.sha256(row["payload"].encode()).hexdigest() != row["payload_sha256"]:
            yield LedgerFault(where, "payload changed", "payload", (str(row["seq"]),))
        if row["prev_hash"] != last or row["hash"] != _row_hash(row):
            yield LedgerFault(where, "chain broken", "chain", (str(row["seq"]),))
        seq, last = row["seq"], row["hash"]


# --- reading ----------------------------------------------------------------------------------


def event_by_id(connection: Connection, event_id: str) -> Recorded | None:
    """Returns an event by its id, or None."""
    row = connection.execute(select(_TABLE).where(_TABLE.c.event_id == event_id)).mappings().first()
    return recorded_of_row(row) if row else None


def events_of_person(
    connection: Connection, person: str, *, most: int = 200
) -> tuple[tuple[Recorded, Recorded | None], ...]:
    """Returns the newest events of a person, each with what voided it, if anything did."""
    ids = ids_of_person(connection, person)
    query = select(_TABLE).where(_TABLE.c.person.in_(ids)).order_by(_TABLE.c.seq.desc()).limit(most)
    events = [recorded_of_row(row) for row in connection.execute(query).mappings()]
    voids = {
        recorded.event.payload["target"]: recorded for recorded in events if recorded.event.kind == "voided"
    }
    return tuple((recorded, voids.get(recorded.event.event_id)) for recorded in events)


def count_events(connection: Connection, person: str) -> int:
    """Returns how many events bear this id, whoever was merged into it."""
    return connection.scalar(select(func.count()).where(_TABLE.c.person == person)) or 0


def recorded_of_row(row: RowMapping) -> Recorded:
    """Returns a row of the ledger as a value."""
    names = ("kind", "event_id", "person", "course", "evidence", "actor", "reason", "client_time")
    event = Event(payload=json.loads(row["payload"]), **{name: row[name] for name in names})
    return Recorded(
        seq=row["seq"], event=event, received_at=row["received_at"], client_flagged=row["client_flagged"]
    )


# --- merged persons ---------------------------------------------------------------------------

Edge = tuple[str, str]


def remaining_persons(connection: Connection, persons: Collection[str]) -> dict[str, str]:
    """Returns who remains, as stored, for these persons and all merged with them."""
    asked: set[str] = set()
    wanted = set(persons)
    remaining: dict[str, str] = {}
    while wanted - asked:
        rows = connection.execute(_TOGETHER, {"persons": sorted(wanted)}).all()
        remaining = {row.id: row.merged_into or row.id for row in rows}
        asked, wanted = wanted, wanted | set(remaining.values())
    return remaining


_PERSON = schema.person.c
_ASKED: BindParameter[Any] = bindparam("persons", expanding=True)
_TOGETHER = select(_PERSON.id, _PERSON.merged_into).where(
    or_(_PERSON.id.in_(_ASKED), _PERSON.merged_into.in_(_ASKED))
)


def merged_into(connection: Connection) -> dict[str, str]:
    """Returns who remains of each person that was merged into another."""
    query = select(_PERSON.id, _PERSON.merged_into).where(_PERSON.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(query)}


def ids_of_person(connection: Connection, person: str) -> frozenset[str]:
    """Returns the id of a person and of those merged into them."""
    query = select(_PERSON.id).where(or_(_PERSON.id == person, _PERSON.merged_into == person))
    return frozenset(connection.execute(query).scalars())


def remaining_after(edges: Iterable[Edge], persons: Iterable[str]) -> dict[str, str]:
    """Returns who remains of each group that merges tie together: the first by id merged into nobody.

    In a circle it is the first by id. The result depends on the set of merges, not on their order.
    """
    edges = tuple(edges)
    leads = {person: person for person in persons}

    def lead(person: str) -> str:
        while leads[person] != person:
            leads[person] = leads[leads[person]]
            person = leads[person]
        return person

    for merged, into in edges:
        if merged in leads and into in leads:
            leads[lead(merged)] = lead(into)
    groups: dict[str, list[str]] = {}
    for person in leads:
        groups.setdefault(lead(person), []).append(person)
    leaving = {person for person, into in edges if person != into}
    remaining: dict[str, str] = {}
    for group in groups.values():
        stays = min([person for person in group if person not in leaving] or group)
        remaining |= dict.fromkeys(group, stays)
    return remaining


def merge_edges(connection: Connection, persons: Collection[str] | None = None) -> tuple[Edge, ...]:
    """Returns the merges that stand, of these persons or of all: (merged person, person merged into)."""
    table = schema.event.c
    merges = select(table.event_id, table.person, table.payload).where(table.kind == "person.merged")
    if persons is not None:
        merges = merges.where(table.person.in_(persons))
    rows = connection.execute(merges).all()
    voids = select(table.person, table.payload).where(
        table.kind == "voided", table.person.in_({row.person for row in rows})
    )
    voided = {(row.person, json.loads(row.payload)["target"]) for row in connection.execute(voids)}
    return tuple(
        (row.person, json.loads(row.payload)["into"])
        for row in rows
        if (row.person, row.event_id) not in voided
    )


def store_remaining(connection: Connection, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Writes who remains, where it has changed."""
    table = schema.person
    changed = [
        {"merged": person, "stays": stays if stays != person else None}
        for person, stays in after.items()
        if before.get(person, person) != stays
    ]
    if changed:
        statement = update(table).where(table.c.id == bindparam("merged"))
        connection.execute(statement.values(merged_into=bindparam("stays")), changed)

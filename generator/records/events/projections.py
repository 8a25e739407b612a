"""Projections: kept up as events are recorded, made afresh, and compared with the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from .. import schema
from ..errors import Unknown, leads_nowhere
from . import ledger, row_digests
from .fold import (
    PROJECTED,
    Fact,
    FactScope,
    Folded,
    Row,
    fold,
    join_folds,
    read_facts,
    read_stored,
    write_changes,
)
from .ledger import Appended, Event, LedgerFault, clamp_client_time


def record(connection: Connection, event: Event, now: datetime) -> Appended:
    """Records one event. Raises Conflict, Malformed, Unattributed, or Unknown for an unknown person."""
    return record_all(connection, (event,), now)[0]


def record_all(connection: Connection, events: Sequence[Event], now: datetime) -> tuple[Appended, ...]:
    """Records a batch, all or nothing.

    Raises Repeated where an id is in it twice, and what `record` raises.
    """
    places = record_each(connection, events, now, is_whole=True)
    return tuple(place for place in places if not isinstance(place, Exception))


def record_each(
    connection: Connection, events: Sequence[Event], now: datetime, *, is_whole: bool = False
) -> list[Appended | Exception]:
    """Records events, each for itself; returns the place of each, or why it was refused.

    Raises Unknown for an unknown person: no other is written then either.
    """
    try:
        places = ledger.append_all(connection, events, now, is_whole=is_whole)
    except IntegrityError as fault:
        if leads_nowhere(fault):
            raise Unknown("the event's person") from fault
        raise
    appended = zip(events, places, strict=True)
    new = [event for event, place in appended if isinstance(place, Appended) and place.is_new]
    apply_events(connection, new, now)
    return places


#: How many events one step takes; databases take only so many parameters.
FOLD_CHUNK = 2_000
#: Kinds that change which persons are one, and so everything about these persons.
REGROUPING = frozenset({"person.merged", "voided"})
#: Kinds that only add to the projections, whatever else the person did; others need all of a person's facts.
ADDING = frozenset({"attempt.submitted", "admin.recorded", "waived"})


def apply_events(connection: Connection, events: Sequence[Event], now: datetime) -> None:
    """Brings the projections up to date with events that were appended just now.

    Raises Unknown for a person who is not there.
    """
    if erased := sorted({event.person for event in events if event.kind == "person.erased"}):
        _erase(connection, erased, now)
    adding = [event for event in events if event.kind in ADDING]
    others = [event for event in events if event.kind not in ADDING]
    for first in range(0, len(adding), FOLD_CHUNK):
        _join_with_stored(connection, adding[first : first + FOLD_CHUNK], now)
    for first in range(0, len(others), FOLD_CHUNK):
        _see_whole(connection, others[first : first + FOLD_CHUNK])


def _erase(connection: Connection, persons: Sequence[str], now: datetime) -> None:
    """Clears what is known of persons. The earlier of two erasures gives the time."""
    table = schema.person
    cleared = dict.fromkeys(("full_name", "folded", "position", "unit", "salt"))
    earlier = or_(table.c.erased_at.is_(None), table.c.erased_at > now)
    query = update(table).where(table.c.id.in_(persons), earlier)
    connection.execute(query.values(**cleared, active=False, erased_at=now))
    row_digests.vouch(connection, table, persons)


def _remaining_of_events(connection: Connection, events: Iterable[Event]) -> dict[str, str]:
    """Returns who remains of the persons of the events and of those merged with them."""
    persons = {event.person for event in events} | {
        event.payload["into"] for event in events if "into" in event.payload
    }
    remaining = ledger.remaining_persons(connection, persons)
    if unknown := persons - remaining.keys():
        raise Unknown(", ".join(sorted(unknown)))
    return remaining


# --- events that only add ---------------------------------------------------------------------


def _join_with_stored(connection: Connection, events: Sequence[Event], now: datetime) -> None:
    """Joins what the events alone come to with what is stored, without looking at the past."""
    remaining = _remaining_of_events(connection, events)
    voids = read_facts(connection, FactScope(list({event.person for event in events}), ()))
    added = fold([*(_fact_of_event(event, now) for event in events), *voids], remaining)
    if not added.completion and not added.waiver:
        write_changes(connection, Folded(), added)
        return
    courses = {(person, course) for person, course, *_ in (*added.completion, *added.waiver)}
    before = read_stored(connection, FactScope((), list(courses)), "completion", "waiver")
    write_changes(connection, before, join_folds(before, added))


def _fact_of_event(event: Event, now: datetime) -> Fact:
    client_time, _, is_flagged = clamp_client_time(event.client_time, now)
    return Fact(
        event.kind,
        event.event_id,
        event.person,
        event.course,
        event.payload,
        event.evidence,
        event.actor,
        client_time,
        is_flagged,
        now,
    )


# --- events that change what others mean ------------------------------------------------------


def _see_whole(connection: Connection, events: Sequence[Event]) -> None:
    """Folds all that the events touch afresh."""
    before = _remaining_of_events(connection, events)
    after, scope = before, _scope(events, before)
    if scope.courses is None:
        after = ledger.remaining_after(ledger.merge_edges(connection, before), before)
        ledger.store_remaining(connection, before, after)
    facts = read_facts(connection, scope, {event.event_id: event.payload for event in events})
    write_changes(connection, read_stored(connection, scope), fold(facts, after))


def _scope(events: Iterable[Event], remaining: Mapping[str, str]) -> FactScope:
    """Returns persons and courses to fold anew: all courses, where an event changes who is who."""
    if any(event.kind in REGROUPING for event in events):
        return FactScope(list(remaining), None)
    courses: dict[str, set[str]] = {}
    for event in events:
        if event.course:
            courses.setdefault(remaining[event.person], set()).add(event.course)
    pairs = [(person, course) for person, stays in remaining.items() for course in courses.get(stays, ())]
    return FactScope(list(remaining), pairs)


#: How many persons are folded at once.
REBUILD_CHUNK = 1_000
#: How many differing rows are reported; nobody reads more one by one.
MOST_DIFFERENCES = 1_000
#: Faults that folding meets where a payload was changed behind our back.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


def rebuild(connection: Connection) -> int:
    """Drops the projections and makes them again from the ledger; returns the number of its events."""
    if connection.dialect.name == "postgresql":
        # Without statistics PostgreSQL would read the whole ledger for every thousand persons.
        connection.exec_driver_sql("ANALYZE event")
    for table in PROJECTED.values():
        connection.execute(delete(table))
    before, after = _grouped(connection)
    ledger.store_remaining(connection, before, after)
    for persons in _chunks(after):
        folded = _folded(connection, after, persons)
        for name, table in PROJECTED.items():
            _insert(connection, table, list(getattr(folded, name).values()))
    return connection.scalar(select(func.count()).select_from(schema.event)) or 0


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows by PostgreSQL's COPY, some five times as fast."""
    quote = connection.dialect.identifier_preparer.quote
    names = [column.name for column in table.c]
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


# --- folding ----------------------------------------------------------------------------------


def _grouped(connection: Connection) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Returns who remains of each person: as stored, and as the ledger says."""
    table = schema.person.c
    rows = connection.execute(select(table.id, table.merged_into))
    before = {row.id: _stored_remaining(row.id, row.merged_into) for row in rows}
    return before, ledger.remaining_after(ledger.merge_edges(connection), before)


def _stored_remaining(person: str, into: str | None) -> str:
    """Returns who remains by what is stored. Somebody merged into oneself is nobody: no list has one."""
    return person if into is None else into if into != person else ""


def _chunks(remaining: Mapping[str, str]) -> Iterator[list[str]]:
    """Yields all persons, those merged into one always together."""
    ordered = sorted(remaining, key=lambda person: (remaining[person], person))
    chunk: list[str] = []
    for _, group in groupby(ordered, remaining.__getitem__):
        chunk += group
        if len(chunk) >= REBUILD_CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _folded(connection: Connection, remaining: Mapping[str, str], persons: Sequence[str]) -> Folded:
    return fold(
        read_facts(connection, FactScope(persons, None)), {person: remaining[person] for person in persons}
    )


# --- comparing --------------------------------------------------------------------------------


def misfolded(connection: Connection) -> tuple[LedgerFault, ...]:
    """Returns the rows, by their keys, that differ from those that folding the ledger afresh gives."""
    problems: list[LedgerFault] = []
    with _by_index(connection):
        try:
            for problem in islice(_each_misfolded(connection), MOST_DIFFERENCES):
                problems.append(problem)
        except UNREADABLE:
            problems.append(LedgerFault("event", "cannot be folded", "unreadable"))
    return tuple(problems)


@contextmanager
def _by_index(connection: Connection) -> Iterator[None]:
    """Makes PostgreSQL look persons up by index, with or without statistics, not by reading every row."""
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    yield
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")


def _each_misfolded(connection: Connection) -> Iterator[LedgerFault]:
    before, after = _grouped(connection)
    for person in sorted(after):
        if before[person] != after[person]:
            stored, computed = before[person], after[person]
            what = f"{person} merged into {stored or 'itself'}, not {computed}"
            yield LedgerFault("person", what, "merged", (person, stored, computed))
    for persons in _chunks(after):
        yield from _differing(
            read_stored(connection, FactScope(persons, None)), _folded(connection, after, persons)
        )
    for table in PROJECTED.values():
        yield from _of_nobody(connection, table)


def _differing(stored: Folded, folded: Folded) -> Iterator[LedgerFault]:
    for name in PROJECTED:
        stored_rows, folded_rows = getattr(stored, name), getattr(folded, name)
        if stored_rows != folded_rows:
            keys = sorted(
                key
                for key in stored_rows.keys() | folded_rows.keys()
                if stored_rows.get(key) != folded_rows.get(key)
            )
            yield from (LedgerFault(name, " ".join(key)) for key in keys)


def _of_nobody(connection: Connection, table: Table) -> Iterator[LedgerFault]:
    """Yields rows of persons who are not there at all."""
    key = list(table.primary_key)
    strangers = select(*key).where(~exists().where(schema.person.c.id == table.c.person)).order_by(*key)
    for row in connection.execute(strangers):
        yield LedgerFault(table.name, " ".join(row), "nobody")

"""Keeps the projections up, in the transaction that appends the events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
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
    or_,
    select,
    tuple_,
    update,
)

from .. import schema
from ..kinds import Payload, without_responses
from ..ledger import Event
from ..refusals import Unknown
from . import merging
from .folding import Fact, Folded, Rows, fold
from .tallying import contributions, places, tally

#: What changes who is one with whom, and so everything of these persons.
REGROUPING = frozenset({"person.merged", "voided"})


#: How many events are taken at once; databases take only so many parameters.
CHUNK = 2_000


def apply(connection: Connection, events: Sequence[Event], now: datetime) -> None:
    """Brings the projections up to date with events that were appended just now.

    Raises Unknown for a person who is not there.
    """
    _erase(connection, events, now)
    for first in range(0, len(events), CHUNK):
        _apply(connection, events[first : first + CHUNK])


def _apply(connection: Connection, events: Sequence[Event]) -> None:
    persons = _persons(events)
    before = merging.remaining(connection, persons)
    if unknown := persons - before.keys():
        raise Unknown(", ".join(sorted(unknown)))
    after, scope = before, _scope(events, before)
    if scope.courses is None:
        after = merging.remaining_after(merging.edges(connection, before), before)
        merging.store(connection, before, after)
    at_hand = {event.event_id: event.payload for event in events}
    stored = _stored(connection, scope)
    folded = fold(facts(connection, scope, at_hand), after)
    for name, table in PROJECTED.items():
        _write(connection, table, getattr(stored, name), getattr(folded, name))
    if before != after or _done(stored) != _done(folded):
        old = places(connection, before)
        new = old if before == after else places(connection, after)
        tally(connection, contributions(old, stored), contributions(new, folded))


def _persons(events: Iterable[Event]) -> set[str]:
    return {one.person for one in events} | {one.payload["into"] for one in events if "into" in one.payload}


def _scope(events: Iterable[Event], remaining: Mapping[str, str]) -> Scope:
    """What the events touch: courses of persons and of those merged with them, or all that these did."""
    if any(event.kind in REGROUPING for event in events):
        return Scope(list(remaining), None)
    courses: dict[str, set[str]] = {}
    for event in events:
        if event.course:
            courses.setdefault(remaining[event.person], set()).add(event.course)
    pairs = [(person, course) for person, stays in remaining.items() for course in courses.get(stays, ())]
    return Scope(list(remaining), pairs)


def _done(folded: Folded) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    return set(folded.completion), set(folded.waiver)


def _erase(connection: Connection, events: Iterable[Event], now: datetime) -> None:
    """Clears what is known of a person. Of two erasures the earlier one gives the time."""
    erased = [event.person for event in events if event.kind == "person.erased"]
    if erased:
        table = schema.person
        cleared = {"full_name": None, "folded": None, "position": None, "unit": None, "active": False}
        earlier = or_(table.c.erased_at.is_(None), table.c.erased_at > now)
        query = update(table).where(table.c.id.in_(erased), earlier)
        connection.execute(query.values(**cleared, erased_at=now))


# --- what the ledger knows --------------------------------------------------------------------


class Scope(NamedTuple):
    """Persons, and which courses of whom; without courses all of them."""

    persons: Sequence[str]
    courses: Sequence[tuple[str, str]] | None


_THEM: BindParameter[Any] = bindparam("persons", expanding=True)
_THEIRS: BindParameter[Any] = bindparam("courses", expanding=True)


class Query(NamedTuple):
    """The rows of a table that lie within a scope."""

    everything: Select[Any]
    some: Select[Any]

    def rows(self, connection: Connection, scope: Scope) -> Result[Any]:
        if scope.courses is None:
            return connection.execute(self.everything, {"persons": scope.persons})
        return connection.execute(self.some, {"courses": scope.courses})


def _query(table: Table, *columns: Any) -> Query:
    whole = select(*columns)
    return Query(
        whole.where(table.c.person.in_(_THEM)),
        whole.where(tuple_(table.c.person, table.c.course).in_(_THEIRS)),
    )


_FACTS = _query(schema.event, *(schema.event.c[name] for name in Fact._fields))
_WITHOUT_COURSE = _FACTS.everything.where(schema.event.c.course.is_(None))


def facts(
    connection: Connection, scope: Scope, at_hand: Mapping[str, Payload] | None = None
) -> Iterator[Fact]:
    """What the ledger knows within a scope; payloads at hand are not read again."""
    yield from _read(_FACTS.rows(connection, scope), at_hand or {})
    if scope.courses is not None:
        yield from _read(connection.execute(_WITHOUT_COURSE, {"persons": scope.persons}), {})


def _read(rows: Result[Any], at_hand: Mapping[str, Payload]) -> Iterator[Fact]:
    for row in rows:
        kind, event_id, person, course, payload, *others = tuple(row)
        read = at_hand.get(event_id) or json.loads(without_responses(payload))
        yield Fact(kind, event_id, person, course, read, *others)


# --- the rows that change ---------------------------------------------------------------------

PROJECTED: Mapping[str, Table] = {
    "attempt": schema.attempt,
    "completion": schema.completion,
    "pending": schema.pending,
    "waiver": schema.waiver,
}
_QUERIES = {name: _query(table, *table.c) for name, table in PROJECTED.items()}


def _stored(connection: Connection, scope: Scope) -> Folded:
    return Folded(**{name: _rows(connection, name, scope) for name in PROJECTED})


def _rows(connection: Connection, name: str, scope: Scope) -> Rows:
    keys = [column.name for column in PROJECTED[name].primary_key]
    found = _QUERIES[name].rows(connection, scope)
    return {tuple(row[key] for key in keys): dict(row) for row in found.mappings()}


def _write(connection: Connection, table: Table, before: Rows, after: Rows) -> None:
    names = [column.name for column in table.primary_key]
    here = and_(*(table.c[name] == bindparam(f"its_{name}") for name in names))
    gone = [_named(names, key) for key in before.keys() - after.keys()]
    if gone:
        connection.execute(delete(table).where(here), gone)
    changed = [key for key in after.keys() & before.keys() if after[key] != before[key]]
    if changed:
        rest: dict[str, Any] = {one.name: bindparam(one.name) for one in table.c if one.name not in names}
        rows = [_named(names, key) | {name: after[key][name] for name in rest} for key in sorted(changed)]
        connection.execute(update(table).where(here).values(rest), rows)
    new = sorted(after.keys() - before.keys())
    if new:
        connection.execute(insert(table), [after[key] for key in new])


def _named(names: Sequence[str], key: Sequence[str]) -> dict[str, Any]:
    return {f"its_{name}": value for name, value in zip(names, key, strict=True)}

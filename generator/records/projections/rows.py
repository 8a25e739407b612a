"""The rows that projections are made from and made of: read within a scope, and written where they differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
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
    update,
)

from .. import schema
from ..kinds import Payload, without_responses
from .folding import Fact, Folded, Rows


class FactScope(NamedTuple):
    """Persons, and which courses of whom; without courses all of them."""

    persons: Sequence[str]
    courses: Sequence[tuple[str, str]] | None


_THEM: BindParameter[Any] = bindparam("persons", expanding=True)
_THEIRS: BindParameter[Any] = bindparam("courses", expanding=True)


class Query(NamedTuple):
    """The rows of a table that lie within a scope."""

    everything: Select[Any]
    some: Select[Any]

    def rows(self, connection: Connection, scope: FactScope) -> Result[Any]:
        if scope.courses is None:
            return connection.execute(self.everything, {"persons": scope.persons})
        return connection.execute(self.some, {"courses": scope.courses})


def _query(table: Table, *columns: Any) -> Query:
    whole = select(*columns)
    pair = tuple_(table.c.person, table.c.course)
    return Query(whole.where(table.c.person.in_(_THEM)), whole.where(pair.in_(_THEIRS)))


# --- facts ------------------------------------------------------------------------------------

_FACTS = _query(schema.event, *(schema.event.c[name] for name in Fact._fields))
_WITHOUT_COURSE = _FACTS.everything.where(schema.event.c.course.is_(None))


def facts(
    connection: Connection, scope: FactScope, at_hand: Mapping[str, Payload] | None = None
) -> Iterator[Fact]:
    """What the ledger knows within a scope; payloads at hand are not read again."""
    yield from _read(_FACTS.rows(connection, scope), at_hand or {})
    if scope.courses is not None:
        yield from facts_without_course(connection, scope.persons)


def facts_without_course(connection: Connection, persons: Sequence[str]) -> Iterator[Fact]:
    """Voids, merges and erasures of persons."""
    yield from _read(connection.execute(_WITHOUT_COURSE, {"persons": persons}), {})


def _read(rows: Result[Any], at_hand: Mapping[str, Payload]) -> Iterator[Fact]:
    for row in rows:
        kind, event_id, person, course, payload, *others = tuple(row)
        read = at_hand.get(event_id) or json.loads(without_responses(payload))
        yield Fact(kind, event_id, person, course, read, *others)


# --- projections ------------------------------------------------------------------------------

PROJECTED: Mapping[str, Table] = {
    "attempt": schema.attempt,
    "completion": schema.completion,
    "pending": schema.pending,
    "waiver": schema.waiver,
}
_STORED = {name: _query(table, *table.c) for name, table in PROJECTED.items()}


def stored(connection: Connection, scope: FactScope, *names: str) -> Folded:
    """The stored projections within a scope: those named, or all."""
    return Folded(**{name: _rows(connection, name, scope) for name in names or PROJECTED})


def _rows(connection: Connection, name: str, scope: FactScope) -> Rows:
    """By primary key, whose columns come first in each of these tables."""
    columns, width = PROJECTED[name].c.keys(), len(PROJECTED[name].primary_key)
    found = map(tuple, _STORED[name].rows(connection, scope))
    return {row[:width]: dict(zip(columns, row, strict=True)) for row in found}


def write(connection: Connection, before: Folded, after: Folded) -> None:
    """Makes the stored rows those of `after`, where they differ from `before`."""
    for name, table in PROJECTED.items():
        _write(connection, table, getattr(before, name), getattr(after, name))


def _write(connection: Connection, table: Table, before: Rows, after: Rows) -> None:
    names = [column.name for column in table.primary_key]
    gone = [_named(names, key) for key in before.keys() - after.keys()]
    if gone:
        connection.execute(delete(table).where(_here(table, names)), gone)
    changed = [key for key in after.keys() & before.keys() if after[key] != before[key]]
    if changed:
        rest: dict[str, Any] = {one.name: bindparam(one.name) for one in table.c if one.name not in names}
        rows = [_named(names, key) | {name: after[key][name] for name in rest} for key in sorted(changed)]
        connection.execute(update(table).where(_here(table, names)).values(rest), rows)
    new = sorted(after.keys() - before.keys())
    if new:
        connection.execute(_INSERT[table.name], [after[key] for key in new])


_INSERT = {name: insert(table) for name, table in PROJECTED.items()}


def _here(table: Table, names: Sequence[str]) -> ColumnElement[bool]:
    """The row whose key is given as `_named` writes it."""
    return and_(*(table.c[name] == bindparam(f"its_{name}") for name in names))


def _named(names: Sequence[str], key: Sequence[str]) -> dict[str, Any]:
    return {f"its_{name}": value for name, value in zip(names, key, strict=True)}

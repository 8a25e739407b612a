"""Makes the projections afresh, and compares them with those that are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from .. import schema
from ..ledger import Problem
from . import merging
from .counting import Counted, Expected, expected, recount
from .folding import Folded, Row, fold
from .rows import PROJECTED, Scope, facts

#: How many persons are folded at once.
CHUNK = 1_000


def rebuild(connection: Connection) -> int:
    """Drops the projections and makes them again from the ledger; the number of its events."""
    if connection.dialect.name == "postgresql":
        # Without statistics it would read the whole ledger for every thousand persons.
        connection.exec_driver_sql("ANALYZE event")
    for table in (*PROJECTED.values(), schema.tally, schema.expected):
        connection.execute(delete(table))
    for folded in _folded(connection):
        for name, table in PROJECTED.items():
            _insert(connection, table, list(getattr(folded, name).values()))
    _insert(connection, schema.tally, [row._asdict() for row in recount(connection)])
    _insert(connection, schema.expected, [row._asdict() for row in expected(connection)])
    return connection.scalar(select(func.count()).select_from(schema.event)) or 0


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts by PostgreSQL's COPY, some five times as fast."""
    quote = connection.dialect.identifier_preparer.quote
    names = [column.name for column in table.c]
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, names))}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _folded(connection: Connection) -> Iterator[Folded]:
    """The projections of all persons, those merged into one always together."""
    before = _remaining(connection)
    after = merging.remaining_after(merging.edges(connection), before)
    merging.store(connection, before, after)
    ordered = iter(sorted(after, key=lambda person: (after[person], person)))
    chunk = list(islice(ordered, CHUNK))
    while chunk:
        following = list(islice(ordered, CHUNK))
        while following and after[following[0]] == after[chunk[-1]]:
            chunk.append(following.pop(0))
        yield fold(facts(connection, Scope(chunk, None)), {person: after[person] for person in chunk})
        chunk = following


def _remaining(connection: Connection) -> dict[str, str]:
    table = schema.person.c
    rows = connection.execute(select(table.id, table.merged_into))
    return {row.id: row.merged_into or row.id for row in rows}


def differences(connection: Connection) -> tuple[Problem, ...]:
    """Where the stored counts differ from a recount of completions and rosters."""
    counts = _stored(connection, schema.tally, Counted._fields) ^ set(recount(connection))
    persons = _stored(connection, schema.expected, Expected._fields) ^ set(expected(connection))
    found = [("tally", row) for row in sorted(counts)] + [("expected", row) for row in sorted(persons)]
    return tuple(Problem(where, " ".join(map(str, row))) for where, row in found)


def _stored(connection: Connection, table: Table, names: Sequence[str]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(*(table.c[name] for name in names)))}

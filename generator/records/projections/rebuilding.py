"""Makes the projections afresh, and compares them with those that are stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, insert, select

from .. import schema
from ..ledger import LedgerFault
from . import merging
from .counting import Counted, Expected, expected, recount
from .folding import Folded, Row, fold
from .rows import PROJECTED, FactScope, facts, stored

#: How many persons are folded at once.
CHUNK = 1_000
#: How many rows that differ are told; where there are more, nobody reads them one by one.
MOST = 1_000
#: What comes of folding events whose payload was changed behind our back.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


def rebuild(connection: Connection) -> int:
    """Drops the projections and makes them again from the ledger; the number of its events."""
    if connection.dialect.name == "postgresql":
        # Without statistics it would read the whole ledger for every thousand persons.
        connection.exec_driver_sql("ANALYZE event")
    for table in (*PROJECTED.values(), schema.tally, schema.expected):
        connection.execute(delete(table))
    before, after = _grouped(connection)
    merging.store(connection, before, after)
    for persons in _chunks(after):
        folded = _folded(connection, after, persons)
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


# --- folding ----------------------------------------------------------------------------------


def _grouped(connection: Connection) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Who remains of each person: as stored, and as the ledger says."""
    table = schema.person.c
    rows = connection.execute(select(table.id, table.merged_into))
    before = {row.id: _remaining(row.id, row.merged_into) for row in rows}
    return before, merging.remaining_after(merging.edges(connection), before)


def _remaining(person: str, into: str | None) -> str:
    """Returns who remains by what is stored. Merged into oneself is nobody: no list has such a person."""
    return person if into is None else into if into != person else ""


def _chunks(remaining: Mapping[str, str]) -> Iterator[list[str]]:
    """All persons, those merged into one always together."""
    ordered = sorted(remaining, key=lambda person: (remaining[person], person))
    chunk: list[str] = []
    for _, group in groupby(ordered, remaining.__getitem__):
        chunk += group
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _folded(connection: Connection, remaining: Mapping[str, str], persons: Sequence[str]) -> Folded:
    return fold(
        facts(connection, FactScope(persons, None)), {person: remaining[person] for person in persons}
    )


# --- comparing --------------------------------------------------------------------------------


def differences(connection: Connection) -> tuple[LedgerFault, ...]:
    """Where what is stored differs from the ledger, and the counts from a recount. Writes nothing."""
    return (*misfolded(connection), *miscounted(connection))


def miscounted(connection: Connection) -> tuple[LedgerFault, ...]:
    """Where the stored counts differ from a recount of completions and rosters; under 2 s for 100,000."""
    counts = _stored(connection, schema.tally, Counted._fields) ^ set(recount(connection))
    persons = _stored(connection, schema.expected, Expected._fields) ^ set(expected(connection))
    found = [("tally", row) for row in sorted(counts)] + [("expected", row) for row in sorted(persons)]
    return tuple(LedgerFault(where, " ".join(map(str, row))) for where, row in found)


def _stored(connection: Connection, table: Table, names: Sequence[str]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(*(table.c[name] for name in names)))}


def misfolded(connection: Connection) -> tuple[LedgerFault, ...]:
    """The rows, by their keys, that differ from those that folding the ledger afresh gives."""
    found: list[LedgerFault] = []
    with _by_index(connection):
        try:
            for problem in islice(_misfolded(connection), MOST):
                found.append(problem)
        except UNREADABLE:
            found.append(LedgerFault("event", "cannot be folded", "unreadable"))
    return tuple(found)


@contextmanager
def _by_index(connection: Connection) -> Iterator[None]:
    """Has PostgreSQL look persons up, statistics or none, rather than read every row for each chunk."""
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    yield
    connection.exec_driver_sql("SET LOCAL enable_seqscan = on")


def _misfolded(connection: Connection) -> Iterator[LedgerFault]:
    before, after = _grouped(connection)
    for person in sorted(after):
        if before[person] != after[person]:
            here, there = before[person], after[person]
            what = f"{person} merged into {here or 'itself'}, not {there}"
            yield LedgerFault("person", what, "merged", (person, here, there))
    for persons in _chunks(after):
        yield from _differing(
            stored(connection, FactScope(persons, None)), _folded(connection, after, persons)
        )
    for table in PROJECTED.values():
        yield from _of_nobody(connection, table)


def _differing(kept: Folded, folded: Folded) -> Iterator[LedgerFault]:
    for name in PROJECTED:
        here, there = getattr(kept, name), getattr(folded, name)
        if here != there:
            keys = sorted(key for key in here.keys() | there.keys() if here.get(key) != there.get(key))
            yield from (LedgerFault(name, " ".join(key)) for key in keys)


def _of_nobody(connection: Connection, table: Table) -> Iterator[LedgerFault]:
    """Rows of persons who are not there at all."""
    key = list(table.primary_key)
    strangers = select(*key).where(~exists().where(schema.person.c.id == table.c.person)).order_by(*key)
    for row in connection.execute(strangers):
        yield LedgerFault(table.name, " ".join(row), "nobody")

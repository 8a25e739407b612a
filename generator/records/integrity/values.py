"""Every value of every table: of its type, and pointing to what is there."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import BigInteger, CheckConstraint, Column, Connection, LargeBinary, Table, exists, select

from .. import schema
from ..ledger import LedgerFault
from ..schema.columns import Day, Flag, Moment

#: A moment as it is written, in UTC with microseconds; a day of a month that has it.
MOMENT = (
    "(length({0}) = 32 AND {0} >= '0001' AND substr({0}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]+00:00' "
    "AND strftime('%Y-%m-%dT%H:%M:%S', substr({0}, 1, 19)) IS substr({0}, 1, 19))"
)
DAY = "({0} >= '0001' AND date({0}) IS {0})"
#: What PostgreSQL may hold beyond that, and nobody can read: before the year 1, after 9999, never.
READABLE = "{0} BETWEEN '0001-01-02' AND '9999-12-30'"


def problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields each row of which a value is not what its column says, with the column."""
    is_file = connection.dialect.name == "sqlite"
    for table in schema.METADATA.sorted_tables:
        yield from _misfits(connection, table, is_file=is_file)
        if is_file:
            yield from _undecodable(connection, table)


def references(connection: Connection) -> Iterator[LedgerFault]:
    """Yields each row that points to one that is not there: by our own keys, if the database's are gone."""
    for table in schema.METADATA.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.key):
            there, keys = key.column.table.alias("there"), list(table.primary_key)
            is_there = exists().where(there.c[key.column.name] == key.parent)
            query = select(*keys).where(key.parent.is_not(None), ~is_there).order_by(*keys)
            for row in connection.execute(query):
                values = (" ".join(map(str, row)), key.parent.name, key.column.table.name)
                yield LedgerFault(table.name, f"{values[0]}: {values[1]} leads nowhere", "orphan", values)


# --- kinds of values ------------------------------------------------------------------------------


def _misfits(connection: Connection, table: Table, *, is_file: bool) -> Iterator[LedgerFault]:
    faults = [
        (f"{column.name} {fault}", wrong.format(f'"{column.name}"'))
        for column in table.c
        for fault, wrong in (_of_file(column) if is_file else _of_server(column))
    ]
    faults += [(f"{name} constraint", f"NOT ({rule})") for name, rule in _rules(table)]
    if not faults:
        return
    keys = _keys(table, is_file=is_file)
    cases = " ".join(f"WHEN {wrong} THEN '{fault}'" for fault, wrong in faults)
    query = f'SELECT {keys}, CASE {cases} END AS fault FROM "{table.name}"'
    for *key, fault in connection.exec_driver_sql(f"SELECT * FROM ({query}) AS seen WHERE fault IS NOT NULL"):
        yield _problem(table, key, *fault.split())


def _rules(table: Table) -> Iterator[tuple[str, str]]:
    """Yields what holds for each row, by its name. SQLite itself forgets it where a file is only read."""
    rules = [rule for rule in table.constraints if isinstance(rule, CheckConstraint)]
    yield from sorted((str(rule.name), str(rule.sqltext)) for rule in rules)


def _of_file(column: Column[object]) -> Iterator[tuple[str, str]]:
    """Yields the faults that a value may have in SQLite, each with its condition."""
    kind = column.type
    if not column.nullable:
        yield "missing", "{0} IS NULL"
    if isinstance(kind, Flag | BigInteger):
        yield "number", "typeof({0}) NOT IN ('integer', 'null')"
    elif isinstance(kind, LargeBinary):
        yield "bytes", "typeof({0}) NOT IN ('blob', 'null')"
    else:
        yield "text", "typeof({0}) NOT IN ('text', 'null')"
        yield "nul", "instr({0}, char(0)) > 0"
    if isinstance(kind, Flag):
        yield "flag", "{0} NOT IN (0, 1)"
    if isinstance(kind, Moment):
        yield "moment", f"{{0}} IS NOT NULL AND NOT {MOMENT}"
    if isinstance(kind, Day):
        yield "day", f"{{0}} IS NOT NULL AND NOT {DAY}"


def _of_server(column: Column[object]) -> Iterator[tuple[str, str]]:
    """Yields what PostgreSQL's types let through."""
    if isinstance(column.type, Moment | Day):
        fault = "moment" if isinstance(column.type, Moment) else "day"
        yield fault, f"{{0}} IS NOT NULL AND NOT {READABLE}"


def _undecodable(connection: Connection, table: Table) -> Iterator[LedgerFault]:
    """Yields the rows that have a text that is no UTF-8. Only where there is one are they read one by one."""
    words = [column.name for column in table.c if not isinstance(column.type, LargeBinary)]
    listed = ", ".join(f'"{name}"' for name in words)
    raw = connection.connection.cursor()
    try:
        deque(raw.execute(f'SELECT {listed} FROM "{table.name}"'), maxlen=0)
    except sqlite3.OperationalError:
        yield from _each_undecodable(connection, table, words)
    finally:
        raw.close()


def _each_undecodable(connection: Connection, table: Table, words: Sequence[str]) -> Iterator[LedgerFault]:
    width, listed = len(table.primary_key), ", ".join(f'CAST("{name}" AS BLOB)' for name in words)
    query = f'SELECT {_keys(table, is_file=True)}, {listed} FROM "{table.name}"'
    for row in connection.exec_driver_sql(query):
        for name, value in zip(words, row[width:], strict=True):
            if value is not None and not _is_text(value):
                yield _problem(table, row[:width], name, "utf8")


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _keys(table: Table, *, is_file: bool) -> str:
    """The key of a row, as bytes where it may be no text."""
    pattern = 'CAST("{0}" AS BLOB) AS "{0}"' if is_file else '"{0}"'
    return ", ".join(pattern.format(column.name) for column in table.primary_key)


def _problem(table: Table, key: Iterable[object], column: str, fault: str) -> LedgerFault:
    parts = (one.decode(errors="backslashreplace") if isinstance(one, bytes) else str(one) for one in key)
    row = " ".join(parts)
    if fault == "constraint":
        return LedgerFault(table.name, f"{row}: {column}", "rule", (row, column))
    return LedgerFault(table.name, f"{row}: {column} ({fault})", "value", (row, column, fault))

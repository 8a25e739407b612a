"""Integrity of the database: SQLite's pages, PostgreSQL's indexes, and every value of every table."""

from __future__ import annotations

import re
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    LargeBinary,
    Table,
    exists,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from . import schema
from .events.ledger import LedgerFault, ProblemKind
from .schema.columns import Day, Flag, Moment

#: The first two letters of PostgreSQL states for damaged data, unconvertible data and failed reads.
DAMAGE_STATES = frozenset({"XX", "22", "58"})
#: SQLite's codes for a file that somebody else holds.
LOCKED_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def raise_unless_damage(fault: DBAPIError) -> None:
    """Raises a fault that says nothing about stored data: a lost server, a lock, no right."""
    state = getattr(fault.orig, "sqlstate", None)
    is_elsewhere = state is not None and state[:2] not in DAMAGE_STATES
    code = getattr(fault.orig, "sqlite_errorcode", None) or sqlite3.SQLITE_CORRUPT
    if fault.connection_invalidated or is_elsewhere or code & 0xFF in LOCKED_CODES:
        raise fault


#: Settings switched off to make PostgreSQL read the table itself, and to make it read an index.
BY_TABLE = ("enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan")
BY_INDEX = ("enable_seqscan", "enable_bitmapscan")
INDEXES = text(
    """SELECT i.indexrelid::oid AS id, c.relname AS name, i.indisvalid AND i.indisready AS is_valid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
    WHERE i.indrelid = to_regclass(:table) AND a.amname = 'btree' ORDER BY c.relname"""
)
UNVALIDATED = text(
    "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(:table) AND NOT convalidated"
)
AMCHECK = text(
    """SELECT count(*) FROM pg_proc p JOIN pg_extension e ON e.extname = 'amcheck'
    JOIN pg_depend d ON d.objid = p.oid AND d.refobjid = e.oid
    WHERE p.proname = 'bt_index_check' AND p.pronargs = 2 AND has_function_privilege(p.oid, 'EXECUTE')"""
)

CHECK_INDEX = text("SELECT bt_index_check(CAST(CAST(:index AS oid) AS regclass), true)")


def server_problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields the faults met by reading every table and every index of a server."""
    is_checked = has_amcheck(connection)
    for table in schema.METADATA.sorted_tables:
        rows = _count_rows(connection, table, BY_TABLE, whole=True)
        if rows is None:
            yield LedgerFault(table.name, "cannot be read", "damaged")
            continue
        if _count_rows(connection, table, BY_INDEX, whole=False) != rows:
            yield LedgerFault(table.name, "another number of rows by index", "counted")
        for index in connection.execute(INDEXES, {"table": table.name}).all():
            if not index.is_valid or (is_checked and not _is_sound_index(connection, index.id)):
                yield LedgerFault(table.name, index.name, "index", (index.name,))
        for _ in connection.execute(UNVALIDATED, {"table": table.name}):
            yield LedgerFault(table.name, "a constraint that was never validated", "constraint")


def has_amcheck(connection: Connection) -> bool:
    """Returns whether the server has amcheck, and we may use it."""
    return bool(connection.scalar(AMCHECK))


def _count_rows(connection: Connection, table: Table, without: tuple[str, ...], *, whole: bool) -> int | None:
    """Returns how many rows a table has, reading every value or none; None where that fails."""
    name = connection.dialect.identifier_preparer.format_table(table)
    count = f"SELECT count(*), sum(length(row.*::text)) FROM {name} AS row" if whole else ""
    try:
        with connection.begin_nested():
            for setting in without:
                connection.exec_driver_sql(f"SET LOCAL {setting} = off")
            counted = connection.exec_driver_sql(count or f"SELECT count(*) FROM {name}").one()
            for setting in without:
                connection.exec_driver_sql(f"SET LOCAL {setting} = on")
            return int(counted[0])
    except DBAPIError as fault:
        raise_unless_damage(fault)
        return None


def _is_sound_index(connection: Connection, index: int) -> bool:
    """Returns whether an index has each row of its table, in order, by amcheck."""
    try:
        with connection.begin_nested():
            connection.execute(CHECK_INDEX, {"index": index})
    except DBAPIError as fault:
        raise_unless_damage(fault)
        return False
    return True


#: How many lines SQLite writes at most; a page that is lost costs one for each of its rows.
MOST_LINES = 500
#: Newer versions say by which root a page is reached, older ones name the root only.
TREE_LINE = re.compile(r"(?:Tree|On tree page) (\d+)(?: page (\d+))?")
INDEX_LINE = re.compile(r" index (\S+)$")
VALUE_LINE = re.compile(r"value in (\w+)\.\w+$|CHECK constraint failed in (\w+)$")
ORDER_LINE = re.compile(r"row not in PRIMARY KEY order for (\w+)$")


def page_problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields what `PRAGMA integrity_check` found: pages of a table, an index, a constraint, or the file."""
    lines, is_whole = _lines(connection, str(MOST_LINES))
    owners = _owners(connection) if lines else {}
    problems = dict.fromkeys(_page_problem(line, owners) for line in lines if not line.startswith("***"))
    yield from problems
    if not is_whole and not problems:
        yield from _by_table(connection)


def _by_table(connection: Connection) -> Iterator[LedgerFault]:
    """Yields the tables that SQLite cannot read, where it gave up before it named one; else the file."""
    tables = schema.METADATA.tables
    unreadable = [name for name in tables if _lines(connection, f'"{name}"') != ([], True)]
    yield from (LedgerFault(name, "cannot be read", "damaged") for name in unreadable or ["file"])


def _lines(connection: Connection, argument: str) -> tuple[list[str], bool]:
    """Returns what SQLite wrote, as far as it came, and whether it came to the end."""
    lines: list[str] = []
    raw = connection.connection.cursor()
    try:
        for (message,) in raw.execute(f"PRAGMA integrity_check({argument})"):
            lines += str(message).splitlines()
    except sqlite3.Error:
        return lines, False
    finally:
        raw.close()
    return ([] if lines == ["ok"] else lines), True


def _owners(connection: Connection) -> Mapping[str, str]:
    """Returns the table that a root page or an index belongs to."""
    query = "SELECT name, tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"
    try:
        rows = connection.exec_driver_sql(query).all()
    except DBAPIError:
        return {}
    return {str(row.rootpage): row.tbl_name for row in rows} | {row.name: row.tbl_name for row in rows}


def _page_problem(line: str, owners: Mapping[str, str]) -> LedgerFault:
    if match := TREE_LINE.match(line):
        return LedgerFault(owners.get(match[1], "file"), f"page {match[2] or match[1]}", "damaged")
    if match := INDEX_LINE.search(line):
        return LedgerFault(owners.get(match[1], "file"), match[1], "index", (match[1],))
    if match := ORDER_LINE.search(line):
        return LedgerFault(match[1], "order of rows", "damaged")
    if match := VALUE_LINE.search(line):
        return LedgerFault(match[1] or match[2], "a value", "constraint")
    return LedgerFault("file", "pages", "damaged")


#: A moment as it is written, in UTC with microseconds; a day of a month that has it.
MOMENT_RULE = (
    "(length({0}) = 32 AND {0} >= '0001' AND substr({0}, 20) GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]+00:00' "
    "AND strftime('%Y-%m-%dT%H:%M:%S', substr({0}, 1, 19)) IS substr({0}, 1, 19))"
)
DAY_RULE = "({0} >= '0001' AND date({0}) IS {0})"
#: Excludes what PostgreSQL may hold and Python cannot read: before the year 1, after 9999, never.
READABLE = "{0} BETWEEN '0001-01-02' AND '9999-12-30'"


def value_problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields each row with a value that is not what its column says, with the column."""
    is_file = connection.dialect.name == "sqlite"
    for table in schema.METADATA.sorted_tables:
        yield from _misfits(connection, table, is_file=is_file)
        if is_file:
            yield from _undecodable(connection, table)


def reference_problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields each row that points to one that is not there: by our own keys, if the database's are gone."""
    for table in schema.METADATA.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda foreign_key: foreign_key.parent.key):
            pointed_at, keys = key.column.table.alias("there"), list(table.primary_key)
            is_there = exists().where(pointed_at.c[key.column.name] == key.parent)
            query = select(*keys).where(key.parent.is_not(None), ~is_there).order_by(*keys)
            for row in connection.execute(query):
                values = (" ".join(map(str, row)), key.parent.name, key.column.table.name)
                yield LedgerFault(table.name, f"{values[0]}: {values[1]} leads nowhere", "orphan", values)


# --- kinds of values ------------------------------------------------------------------------------


def _misfits(connection: Connection, table: Table, *, is_file: bool) -> Iterator[LedgerFault]:
    faults = [
        (f"{column.name} {fault}", wrong.format(f'"{column.name}"'))
        for column in table.c
        for fault, wrong in (_sqlite_faults(column) if is_file else _server_faults(column))
    ]
    faults += [(f"{name} constraint", f"NOT ({rule})") for name, rule in _rules(table)]
    if not faults:
        return
    keys = _key_columns(table, is_file=is_file)
    cases = " ".join(f"WHEN {wrong} THEN '{fault}'" for fault, wrong in faults)
    query = f'SELECT {keys}, CASE {cases} END AS fault FROM "{table.name}"'
    for *key, fault in connection.exec_driver_sql(f"SELECT * FROM ({query}) AS seen WHERE fault IS NOT NULL"):
        yield _value_problem(table, key, *fault.split())


def _rules(table: Table) -> Iterator[tuple[str, str]]:
    """Yields the rules that hold for each row, by name. SQLite forgets them where a file is only read."""
    rules = [rule for rule in table.constraints if isinstance(rule, CheckConstraint)]
    yield from sorted((str(rule.name), str(rule.sqltext)) for rule in rules)


def _sqlite_faults(column: Column[object]) -> Iterator[tuple[str, str]]:
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
        yield "moment", f"{{0}} IS NOT NULL AND NOT {MOMENT_RULE}"
    if isinstance(kind, Day):
        yield "day", f"{{0}} IS NOT NULL AND NOT {DAY_RULE}"


def _server_faults(column: Column[object]) -> Iterator[tuple[str, str]]:
    """Yields what PostgreSQL's types let through."""
    if isinstance(column.type, Moment | Day):
        fault = "moment" if isinstance(column.type, Moment) else "day"
        yield fault, f"{{0}} IS NOT NULL AND NOT {READABLE}"


def _undecodable(connection: Connection, table: Table) -> Iterator[LedgerFault]:
    """Yields rows with a text that is not UTF-8. Only where there is one are they read one by one."""
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
    query = f'SELECT {_key_columns(table, is_file=True)}, {listed} FROM "{table.name}"'
    for row in connection.exec_driver_sql(query):
        for name, value in zip(words, row[width:], strict=True):
            if value is not None and not _is_text(value):
                yield _value_problem(table, row[:width], name, "utf8")


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _key_columns(table: Table, *, is_file: bool) -> str:
    """Returns the key of a row as SQL, as bytes where it may be no text."""
    pattern = 'CAST("{0}" AS BLOB) AS "{0}"' if is_file else '"{0}"'
    return ", ".join(pattern.format(column.name) for column in table.primary_key)


def _value_problem(table: Table, key: Iterable[object], column: str, fault: str) -> LedgerFault:
    parts = (
        value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value) for value in key
    )
    row = " ".join(parts)
    if fault == "constraint":
        return LedgerFault(table.name, f"{row}: {column}", "rule", (row, column))
    return LedgerFault(table.name, f"{row}: {column} ({fault})", "value", (row, column, fault))


#: The checks made: the pages of a file; the tables of a server, and its indexes by amcheck or by their
#: number of rows; every value; every reference to another table.
Check = Literal["pages", "tables", "amcheck", "indexes", "values", "references"]
#: How many problems of a kind are reported; nobody reads more one by one.
MOST_PROBLEMS = 200
#: Kinds of problems after which nothing else can be said: rows cannot be read or are not there.
DAMAGE: frozenset[ProblemKind] = frozenset({"damaged", "index", "counted"})


@dataclass(frozen=True, kw_only=True)
class Integrity:
    """The problems found, and the checks made; `is_damaged` where one of them is of `DAMAGE`."""

    problems: tuple[LedgerFault, ...]
    checks: tuple[Check, ...]
    is_damaged: bool


def check_integrity(connection: Connection) -> Integrity:
    """Returns the result of the database's own check and of reading every value. Writes nothing."""
    is_file = connection.dialect.name == "sqlite"
    damage: tuple[LedgerFault, ...]
    checks: tuple[Check, ...]
    if is_file:
        damage, checks = tuple(islice(page_problems(connection), MOST_PROBLEMS)), ("pages",)
    else:
        damage = tuple(islice(server_problems(connection), MOST_PROBLEMS))
        checks = ("tables", "amcheck" if has_amcheck(connection) else "indexes")
    if any(problem.kind in DAMAGE for problem in damage):
        return Integrity(problems=damage, checks=checks, is_damaged=True)
    others = [
        *_guarded_problems(connection, "values", value_problems),
        *_guarded_problems(connection, "references", reference_problems),
    ]
    rows = {problem.where for problem in others}
    # The database's own check knows that a value of a table is wrong, not in which row.
    remaining = (problem for problem in damage if problem.kind != "constraint" or problem.where not in rows)
    return Integrity(
        problems=(*remaining, *others), checks=(*checks, "values", "references"), is_damaged=False
    )


def _guarded_problems(
    connection: Connection, name: str, look: Callable[[Connection], Iterator[LedgerFault]]
) -> list[LedgerFault]:
    """Returns the problems found; one of them may be that nothing can be looked at."""
    try:
        with connection.begin_nested():
            return list(islice(look(connection), MOST_PROBLEMS))
    except DBAPIError as fault:
        raise_unless_damage(fault)
        return [LedgerFault("file", f"{name} cannot be read", "unread", (name,))]

"""What SQLite's own check says of a file, by the table that it is about."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from .. import schema
from ..ledger import LedgerFault

#: How many lines SQLite writes at most; a page that is lost costs one for each of its rows.
LINES = 500
#: Newer versions say by which root a page is reached, older ones name the root only.
TREE = re.compile(r"(?:Tree|On tree page) (\d+)(?: page (\d+))?")
INDEX = re.compile(r" index (\S+)$")
VALUE = re.compile(r"value in (\w+)\.\w+$|CHECK constraint failed in (\w+)$")
ORDER = re.compile(r"row not in PRIMARY KEY order for (\w+)$")


def problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields what `PRAGMA integrity_check` found: pages of a table, an index, a constraint, or the file."""
    lines, is_whole = _lines(connection, str(LINES))
    owners = _owners(connection) if lines else {}
    found = dict.fromkeys(_problem(line, owners) for line in lines if not line.startswith("***"))
    yield from found
    if not is_whole and not found:
        yield from _by_table(connection)


def _by_table(connection: Connection) -> Iterator[LedgerFault]:
    """Yields the tables that SQLite cannot read, where it gave up before it named one; else the file."""
    tables = schema.METADATA.tables
    found = [name for name in tables if _lines(connection, f'"{name}"') != ([], True)]
    yield from (LedgerFault(name, "cannot be read", "damaged") for name in found or ["file"])


def _lines(connection: Connection, asked: str) -> tuple[list[str], bool]:
    """Returns what SQLite wrote, as far as it came, and whether it came to the end."""
    lines: list[str] = []
    raw = connection.connection.cursor()
    try:
        for (told,) in raw.execute(f"PRAGMA integrity_check({asked})"):
            lines += str(told).splitlines()
    except sqlite3.Error:
        return lines, False
    finally:
        raw.close()
    return ([] if lines == ["ok"] else lines), True


def _owners(connection: Connection) -> Mapping[str, str]:
    """The table that a root page or an index belongs to."""
    query = "SELECT name, tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"
    try:
        rows = connection.exec_driver_sql(query).all()
    except DBAPIError:
        return {}
    return {str(row.rootpage): row.tbl_name for row in rows} | {row.name: row.tbl_name for row in rows}


def _problem(line: str, owners: Mapping[str, str]) -> LedgerFault:
    if found := TREE.match(line):
        return LedgerFault(owners.get(found[1], "file"), f"page {found[2] or found[1]}", "damaged")
    if found := INDEX.search(line):
        return LedgerFault(owners.get(found[1], "file"), found[1], "index", (found[1],))
    if found := ORDER.search(line):
        return LedgerFault(found[1], "order of rows", "damaged")
    if found := VALUE.search(line):
        return LedgerFault(found[1] or found[2], "a value", "constraint")
    return LedgerFault("file", "pages", "damaged")

"""A ledger as it was written before courses had cores, row by row.

`ledger_before_cores.json` has every row that the software of that day wrote to an empty SQLite file for
fourteen made-up persons: whole days and half ones, a class without a sheet, one withdrawn, a changed rule,
one person listed twice, one erased. Only what names the database itself is left out, as each has its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, insert

from taphuan.records import schema
from taphuan.records.schema.columns import Day, Flag, Moment

FILE = Path(__file__).with_name("ledger_before_cores.json")


@cache
def old_rows() -> Mapping[str, list[dict[str, Any]]]:
    """Returns the rows by table; a cell that is empty is left out."""
    return dict(json.loads(FILE.read_text(encoding="utf-8")))


def typed_rows(table: Table) -> list[dict[str, Any]]:
    """Returns a table's rows as values of its columns."""
    return [
        {column.name: _value(column, row.get(column.name)) for column in table.c}
        for row in old_rows().get(table.name, ())
    ]


def _value(column: Column[Any], cell: Any) -> Any:
    if cell is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(cell)
    if isinstance(column.type, Day):
        return date.fromisoformat(cell)
    if isinstance(column.type, LargeBinary):
        return bytes.fromhex(cell)
    return bool(cell) if isinstance(column.type, Flag) else cell


def write_old_rows(connection: Connection) -> None:
    """Writes the ledger into a database of today, past all that writes there otherwise."""
    for table in schema.METADATA.sorted_tables:
        own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
        # Rows that point at others of the same table come after those.
        rows = sorted(typed_rows(table), key=lambda row: any(row[name] is not None for name in own))
        if rows:
            connection.execute(insert(table), rows)

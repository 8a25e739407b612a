"""What can be asked of PostgreSQL about its files, without an extension or with amcheck where it is there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError

from .. import schema
from ..ledger import LedgerFault
from .faults import require_damage

#: How PostgreSQL is made to read a table, and how to read an index of it.
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

CHECK = text("SELECT bt_index_check(CAST(CAST(:index AS oid) AS regclass), true)")


def problems(connection: Connection) -> Iterator[LedgerFault]:
    """Yields what reading every table and every index came to."""
    is_checked = has_amcheck(connection)
    for table in schema.METADATA.sorted_tables:
        rows = _rows(connection, table, BY_TABLE, whole=True)
        if rows is None:
            yield LedgerFault(table.name, "cannot be read", "damaged")
            continue
        if _rows(connection, table, BY_INDEX, whole=False) != rows:
            yield LedgerFault(table.name, "another number of rows by index", "counted")
        for index in connection.execute(INDEXES, {"table": table.name}).all():
            if not index.is_valid or (is_checked and not _is_sound(connection, index.id)):
                yield LedgerFault(table.name, index.name, "index", (index.name,))
        for _ in connection.execute(UNVALIDATED, {"table": table.name}):
            yield LedgerFault(table.name, "a constraint that was never validated", "constraint")


def has_amcheck(connection: Connection) -> bool:
    """Whether the server has amcheck, and we may ask it."""
    return bool(connection.scalar(AMCHECK))


def _rows(connection: Connection, table: Table, without: tuple[str, ...], *, whole: bool) -> int | None:
    """Returns how many rows a table has, read in one way, every value or none; nothing where that fails."""
    name = connection.dialect.identifier_preparer.format_table(table)
    count = f"SELECT count(*), sum(length(row.*::text)) FROM {name} AS row" if whole else ""
    try:
        with connection.begin_nested():
            for setting in without:
                connection.exec_driver_sql(f"SET LOCAL {setting} = off")
            found = connection.exec_driver_sql(count or f"SELECT count(*) FROM {name}").one()
            for setting in without:
                connection.exec_driver_sql(f"SET LOCAL {setting} = on")
            return int(found[0])
    except DBAPIError as fault:
        require_damage(fault)
        return None


def _is_sound(connection: Connection, index: int) -> bool:
    """Whether an index has each row of its table, in order, by amcheck."""
    try:
        with connection.begin_nested():
            connection.execute(CHECK, {"index": index})
    except DBAPIError as fault:
        require_damage(fault)
        return False
    return True

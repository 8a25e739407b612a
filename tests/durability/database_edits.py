"""Single edits of a database, by somebody who has it in hand and switches off what guards it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Executable,
    Integer,
    Table,
    TableClause,
    and_,
    column,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy import table as untyped
from sqlalchemy.pool import NullPool

from taphuan.records import schema
from taphuan.records.schema.columns import Day, Moment

Row = Mapping[str, Any]
YEAR = re.compile(r"^20\d\d-\d\d")
#: Of each table, so many first rows, and the last.
FIRST_ROWS = 1


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What is done to which row of a table; `statement` does it."""

    table: Table
    what: str
    statement: Executable

    def __str__(self) -> str:
        return f"{self.table.name}: {self.what}"


def edits(connection: Connection, tables: Sequence[Table], spared: Mapping[str, object]) -> Iterator[Edit]:
    """Yields edits of every column of some rows; but for columns that are spared, by `table.column`."""
    for table in tables:
        rows = _rows(connection, table)
        for row in (*rows[:FIRST_ROWS], *rows[FIRST_ROWS:][-1:]):
            yield from _of_row(table, row, rows, spared)


def _of_row(table: Table, row: Row, rows: Sequence[Row], spared: Mapping[str, object]) -> Iterator[Edit]:
    plain = _plain(table)
    here = and_(*(plain.c[column.name] == row[column.name] for column in table.primary_key))
    name = " ".join(str(row[column.name]) for column in table.primary_key)
    for cell in table.c:
        if f"{table.name}.{cell.name}" in spared:
            continue
        for how, value in _values(cell, row, rows):
            changed = update(plain).where(here).values({cell.name: value})
            yield Edit(table=table, what=f"{cell.name} of {name} {how}", statement=changed)
    yield Edit(table=table, what=f"{name} removed", statement=delete(plain).where(here))
    last = [column.name for column in table.primary_key][-1]
    more = insert(plain).values({**row, last: _other(row[last])})
    yield Edit(table=table, what=f"{name} added again", statement=more)


def _values(cell: Column[Any], row: Row, rows: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    before = row[cell.name]
    others = [row[cell.name] for row in rows if row[cell.name] not in {None, before}]
    if before is not None:
        yield "changed", _other(before)
        yield "emptied", None
        yield from (("made nonsense", value) for value in _nonsense(before))
    elif not others:
        yield "filled", _filling(cell)
    if others:
        yield "taken from another row", others[0]


def _other(value: Any) -> Any:
    """Another value of the same kind, that makes sense where the first did."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, date):
        return value + timedelta(days=1)
    if YEAR.match(value):
        return f"{int(value[:4]) + 1}{value[4:]}"
    return value[:-1] + ("0" if not value.endswith("0") else "1")


def _nonsense(value: Any) -> Iterator[Any]:
    if isinstance(value, str):
        yield ""
        yield f"{value}\u200b{{"


def _filling(cell: Column[Any]) -> Any:
    kind = cell.type
    if isinstance(kind, Moment):
        return "2026-02-02T00:00:00.000000+00:00"
    return "2026-02-02" if isinstance(kind, Day) else 1 if isinstance(kind, Integer) else "x"


def _rows(connection: Connection, table: Table) -> list[Row]:
    plain = _plain(table)
    query = select(plain).order_by(*(plain.c[column.name] for column in table.primary_key))
    return [dict(row._mapping) for row in connection.execute(query)]


def _plain(table: Table) -> TableClause:
    """A table without its types: its values are what the database keeps, sense or nonsense."""
    return untyped(table.name, *(column(each.name) for each in table.c))


# --- the databases ------------------------------------------------------------------------------


class EditedFile:
    """A SQLite file; each edit is made to a copy."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.original, self._copy = original, folder / "edited.db"
        self.url = f"sqlite:///{self._copy}"

    @contextmanager
    def edited(self, edit: Edit) -> Iterator[None]:
        shutil.copyfile(self.original, self._copy)
        with _connected(self.url) as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            guards = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
            triggers = connection.exec_driver_sql(guards).all()
            for name, _ in triggers:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.execute(edit.statement)
            for _, statement in triggers:
                connection.exec_driver_sql(statement)
        yield


class EditedServer:
    """A PostgreSQL database; each edit is taken back."""

    def __init__(self, url: str) -> None:
        self.url = url
        with _connected(url) as connection:
            for table in schema.METADATA.tables.values():
                for constraint in table.constraints:
                    if isinstance(constraint, CheckConstraint):
                        connection.execute(
                            text(f"ALTER TABLE {table.name} DROP CONSTRAINT {constraint.name}")
                        )

    @contextmanager
    def edited(self, edit: Edit) -> Iterator[None]:
        name = edit.table.name
        with _connected(self.url) as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(f"CREATE TABLE kept AS TABLE {name}"))
            connection.execute(edit.statement)
        try:
            yield
        finally:
            with _connected(self.url) as connection:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                connection.execute(text(f"DELETE FROM {name}"))
                connection.execute(text(f"INSERT INTO {name} SELECT * FROM kept"))
                connection.execute(text("DROP TABLE kept"))


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    """One transaction."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def all_edits(url: str, tables: Sequence[Table], spared: Mapping[str, object]) -> list[Edit]:
    with _connected(url) as connection:
        return list(edits(connection, tables, spared))

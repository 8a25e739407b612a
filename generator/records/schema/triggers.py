"""Triggers that forbid changing or removing what was written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: The tables that only grow; those that the first migration made come first.
FIRST = ("event", "roster", "roster_member", "form", "audit")
ONLY_GROW = (*FIRST, "superseded_roster", "row_digest")

REFUSE = """
CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""


def statements(dialect: str, tables: Iterable[str] = ONLY_GROW) -> Iterator[str]:
    """Yields the statements that make these tables only grow, for SQLite or PostgreSQL."""
    if dialect != "sqlite":
        yield REFUSE
    for table in tables:
        yield from guards(dialect, table)


def guards(dialect: str, table: str) -> Iterator[str]:
    """Yields the statements that make one more table only grow."""
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    made = f"CREATE TRIGGER {table}_only_grows BEFORE"
    yield f"{made} UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION only_grows()"


def unguarding(dialect: str, table: str) -> Iterator[str]:
    """Yields the statements that let a migration change a table, until it is guarded again."""
    if dialect == "sqlite":
        yield from (f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))
    else:
        yield f"DROP TRIGGER {table}_only_grows ON {table}"

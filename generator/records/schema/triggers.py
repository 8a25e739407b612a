"""Triggers that forbid changing or removing what was written once."""

from __future__ import annotations

from collections.abc import Iterator

#: The tables that only grow.
ONLY_GROW = ("event", "roster", "roster_member", "form", "audit")

REFUSE = """
CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""


def statements(dialect: str) -> Iterator[str]:
    """The statements that make these tables only grow, for SQLite or PostgreSQL."""
    if dialect == "sqlite":
        for table in ONLY_GROW:
            for verb in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
                )
        return
    yield REFUSE
    for table in ONLY_GROW:
        made = f"CREATE TRIGGER {table}_only_grows BEFORE"
        yield f"{made} UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION only_grows()"

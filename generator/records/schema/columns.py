"""Column types, table helpers and append-only triggers that mean the same on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar, get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

from ...errors import OperatorError, wording
from ...programme.model.values import Level

T = TypeVar("T")
#: Whole numbers; STRICT knows no BIGINT, its INTEGER has 64 bits.
Number = BigInteger().with_variant(Integer(), "sqlite")
#: Text that both databases sort by code point.
Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


class UnreadableValue(OperatorError, ValueError):
    """A text that should be a moment or a day and is none: somebody changed it, or the disk did."""

    exit_status = 3

    def __init__(self, value: str) -> None:
        what, fix = wording("ledger.value", value=value[:40])
        super().__init__(what, fix=fix)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: TIMESTAMPTZ, or ISO 8601 text with microseconds that sorts by time."""

    impl = Text().with_variant(DateTime(timezone=True), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return utc_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if not isinstance(value, str):
            # PostgreSQL answers in the time zone of its session.
            return None if value is None else value.astimezone(UTC)
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            raise UnreadableValue(value) from None


class Day(TypeDecorator[date]):
    """A calendar day: DATE, or ISO 8601 text."""

    impl = Text().with_variant(Date(), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise UnreadableValue(value) from None


def utc_text(value: date) -> str:
    """Returns a moment or a day as SQLite keeps it and as hashes take it in: in UTC, with microseconds."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat()


class Flag(TypeDecorator[bool]):
    """True or false: BOOLEAN, or 0 and 1."""

    impl = Integer().with_variant(Boolean(), "postgresql")
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def key(name: str = "id") -> Column[str]:
    """Returns a column for a text primary key."""
    return Column(name, Words, primary_key=True)


def words(name: str, *args: Any, **options: Any) -> Column[str]:
    """Returns a column for a text that must be there."""
    return Column(name, Words, *args, nullable=False, **options)


METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

LEVELS: tuple[str, ...] = get_args(Level)
#: How a completion is known, the strongest first.
EVIDENCE = ("A", "B", "C", "D", "E")
#: Whether an entry counts, waits for a countersignature, or was voided.
STANDINGS = ("counted", "pending", "voided")
ROLES = ("trainer", "unit-head", "office")


def table(name: str, *parts: Any, **options: Any) -> Table:
    return Table(name, METADATA, *parts, sqlite_strict=True, **options)


def table_by_key(name: str, *parts: Any) -> Table:
    """Returns a table that SQLite keeps in the order of its primary key."""
    return table(name, *parts, sqlite_with_rowid=False)


def one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def ref(target: str) -> ForeignKey:
    return ForeignKey(target)


#: The tables that only grow.
ONLY_GROW = ("event", "roster", "roster_member", "form", "audit", "superseded_roster", "row_digest")

REFUSE_FUNCTION = """
CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""


def trigger_statements(dialect: str) -> Iterator[str]:
    """Yields the statements that make the tables of ONLY_GROW only grow, for SQLite or PostgreSQL."""
    if dialect != "sqlite":
        yield REFUSE_FUNCTION
    for table in ONLY_GROW:
        yield from guard_statements(dialect, table)


def guard_statements(dialect: str, table: str) -> Iterator[str]:
    """Yields the statements that make a table only grow."""
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
        return
    made = f"CREATE TRIGGER {table}_only_grows BEFORE"
    yield f"{made} UPDATE OR DELETE OR TRUNCATE ON {table} EXECUTE FUNCTION only_grows()"


def unguard_statements(dialect: str, table: str) -> Iterator[str]:
    """Yields the statements that let a migration change a table, until it is guarded again."""
    if dialect == "sqlite":
        yield from (f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete"))
    else:
        yield f"DROP TRIGGER {table}_only_grows ON {table}"

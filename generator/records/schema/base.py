"""What every table is made with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, Table

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

LEVELS = ("province", "commune")
#: How a completion is known, the strongest first.
EVIDENCE = ("A", "B", "C", "D", "E")
KINDS = (
    "attempt.submitted",
    "session.attended",
    "paper.submitted",
    "admin.recorded",
    "countersigned",
    "waived",
    "voided",
    "person.merged",
    "person.erased",
)
ROLES = ("trainer", "unit-head", "office")


def table(name: str, *parts: Any, **options: Any) -> Table:
    return Table(name, METADATA, *parts, sqlite_strict=True, **options)


def keyed(name: str, *parts: Any) -> Table:
    """A table that SQLite keeps in the order of its primary key."""
    return table(name, *parts, sqlite_with_rowid=False)


def one_of(column: str, values: tuple[str, ...], name: str | None = None) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def to(target: str) -> ForeignKey:
    return ForeignKey(target)

"""Column types that mean the same on SQLite (STRICT) and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Dialect, Integer, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

from ...errors import OperatorError

T = TypeVar("T")
#: Whole numbers; STRICT knows no BIGINT, its INTEGER has 64 bits.
Number = BigInteger().with_variant(Integer(), "sqlite")
#: Text that both databases sort by code point.
Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


class UnreadableValue(OperatorError, ValueError):
    """A text that should be a moment or a day and is none: somebody changed it, or the disk did."""

    exit_status = 3

    def __init__(self, value: str) -> None:
        super().__init__(
            f"sổ có một giá trị không đọc được: “{value[:40]}” ở chỗ của một thời điểm hoặc một ngày",
            fix="chạy taphuan records verify để biết ở bảng nào, dòng nào",
        )


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: TIMESTAMPTZ, or ISO 8601 text with microseconds that sorts by time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        on_sqlite = dialect.name == "sqlite"
        return dialect.type_descriptor(Text() if on_sqlite else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return utc_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return _read(datetime.fromisoformat, value)
        # PostgreSQL answers in the time zone of its session.
        return None if value is None else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day: DATE, or ISO 8601 text."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return _read(date.fromisoformat, value) if isinstance(value, str) else value


def utc_text(moment: datetime) -> str:
    """Returns a moment as SQLite keeps it and as hashes take it in: in UTC, with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _read(reading: Callable[[str], T], value: str) -> T:
    try:
        return reading(value)
    except ValueError:
        raise UnreadableValue(value) from None


class Flag(TypeDecorator[bool]):
    """True or false: BOOLEAN, or 0 and 1."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Boolean())

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> Any:
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def key(name: str = "id") -> Column[str]:
    """A text primary key."""
    return Column(name, Words, primary_key=True)


def words(name: str, *args: Any, **options: Any) -> Column[str]:
    """A text that must be there."""
    return Column(name, Words, *args, nullable=False, **options)

"""Years and half-years, the periods that are reported on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..errors import TaphuanError

_ID = re.compile(r"(20[0-9]{2})(?:H([12]))?\Z")


class NotAPeriod(TaphuanError):
    """Text that names no period, such as `2026H3`."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year, or its first or second half. As text: `2026`, `2026H2`."""

    year: int
    half: int | None = None

    @classmethod
    def parse(cls, id: str) -> Period:
        """Raises NotAPeriod."""
        found = _ID.match(id)
        if found is None:
            raise NotAPeriod(id)
        return cls(year=int(found[1]), half=int(found[2]) if found[2] else None)

    @staticmethod
    def is_id(id: str) -> bool:
        return _ID.match(id) is not None

    @classmethod
    def of_day(cls, day: date) -> Period:
        """The half-year that a day lies in."""
        return cls(year=day.year, half=1 if day.month <= 6 else 2)

    @classmethod
    def numbered(cls, number: int) -> Period:
        """The half-year of that `number`."""
        return cls(year=number // 2, half=number % 2 + 1)

    @property
    def id(self) -> str:
        return f"{self.year}H{self.half}" if self.half else str(self.year)

    @cached_property
    def start(self) -> date:
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @cached_property
    def end(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def number(self) -> int:
        """Counts half-years, so that two can be subtracted; of a year, its second half's."""
        return self.year * 2 + (self.half or 2) - 1

    @property
    def half_years(self) -> tuple[Period, ...]:
        return (self,) if self.half else tuple(Period(year=self.year, half=half) for half in (1, 2))

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end

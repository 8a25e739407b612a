"""A share, exact, and how it is written without ever flattering it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of a whole, and the percentage to be reached if there is one."""

    numerator: int
    denominator: int
    goal: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} is no part of {self.denominator}")

    @property
    def exact(self) -> Fraction | None:
        """Nothing where there is nothing to take a share of."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def needed(self) -> int | None:
        """The smallest numerator that reaches the goal."""
        return None if self.goal is None else ceil(Fraction(self.goal * self.denominator, 100))

    @property
    def gap(self) -> int | None:
        return None if self.needed is None else max(self.needed - self.numerator, 0)

    @property
    def is_reached(self) -> bool | None:
        return None if self.exact is None or self.goal is None else self.exact * 100 >= self.goal

    @property
    def tenths(self) -> int | None:
        """Tenths of a percent, rounded half up; down where rounding up would claim the goal or the whole."""
        if self.exact is None:
            return None
        exact = self.exact * 1000
        rounded = floor(exact + Fraction(1, 2))
        claims = [bound for bound in (self.goal, 100) if bound is not None and exact < bound * 10 <= rounded]
        return floor(exact) if claims else rounded

    @property
    def text(self) -> str:
        """As "92,1%"."""
        tenths = self.tenths
        return "" if tenths is None else f"{tenths // 10},{tenths % 10}%"

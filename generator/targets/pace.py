"""How far it is to a target: the pace that is needed, and when it would be reached at the pace so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from ..programme.model.plan import Target
from .periods import Period
from .share import Share

Outlook = Literal["reached", "too-few-periods", "no-progress", "expected"]


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`needed` a half-year for the rest of the time, rounded up; nothing when the time is over.

    `expected` is the half-year in which the target would be reached, known from two periods or more.
    """

    half_years_left: int
    needed: int | None
    outlook: Outlook
    expected: Period | None = None
    is_late: bool = False
    """True when that is after the target's year."""


def pace(target: Target, share: Share, period: Period, so_far: Sequence[tuple[Period, int]]) -> Pace:
    """`so_far` is the numerator at the end of each period that is known, oldest first."""
    left = max(Period(year=target.year).number - period.number, 0)
    gap = share.gap or 0
    outlook, expected = _outlook(share, period, so_far)
    return Pace(
        half_years_left=left,
        needed=ceil(Fraction(gap, left)) if left else (None if gap else 0),
        outlook=outlook,
        expected=expected,
        is_late=expected is not None and expected.end.year > target.year,
    )


def _outlook(
    share: Share, period: Period, so_far: Sequence[tuple[Period, int]]
) -> tuple[Outlook, Period | None]:
    if share.is_reached:
        return "reached", None
    points = {known.number: count for known, count in so_far}
    if len(points) < 2:
        return "too-few-periods", None
    first, last = min(points), max(points)
    speed = Fraction(points[last] - points[first], last - first)
    if speed <= 0:
        return "no-progress", None
    missing = (share.needed or 0) - points[last]
    return "expected", Period.numbered(max(last + ceil(missing / speed), period.number))

"""Shares: their periods, the counts behind them, what everybody may see, their pace, the result of a target.

All that a share is made of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any, Literal, TypeVar

from ..errors import TaphuanError
from ..programme import urls
from ..programme.model.plan import Decided, Decision, Target
from ..records.people import Roster

_ID = re.compile(r"(20[0-9]{2})(?:H([12]))?\Z")


class NotAPeriod(TaphuanError):
    """A text that names no period, such as `2026H3`."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A year, or its first or second half. As text: `2026`, `2026H2`."""

    year: int
    half: int | None = None

    @classmethod
    def parse(cls, id: str) -> Period:
        """Returns the period of its text. Raises NotAPeriod."""
        match = _ID.match(id)
        if match is None:
            raise NotAPeriod(id)
        return cls(year=int(match[1]), half=int(match[2]) if match[2] else None)

    @staticmethod
    def is_id(id: str) -> bool:
        return _ID.match(id) is not None

    @classmethod
    def of_day(cls, day: date) -> Period:
        """Returns the half-year that a day lies in."""
        return cls(year=day.year, half=1 if day.month <= 6 else 2)

    @classmethod
    def numbered(cls, number: int) -> Period:
        """Returns the half-year of that `number`."""
        return cls(year=number // 2, half=number % 2 + 1)

    @property
    def id(self) -> str:
        return f"{self.year}H{self.half}" if self.half else str(self.year)

    @property
    def name(self) -> str:
        """The period as people choose it: `06 tháng cuối năm 2026`."""
        if self.half is None:
            return f"cả năm {self.year}"
        return f"06 tháng {'đầu' if self.half == 1 else 'cuối'} năm {self.year}"

    @cached_property
    def start(self) -> date:
        return date(self.year, 7 if self.half == 2 else 1, 1)

    @cached_property
    def end(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def number(self) -> int:
        """The number of the half-year, so that two can be subtracted; for a year, that of its second half."""
        return self.year * 2 + (self.half or 2) - 1

    @property
    def half_years(self) -> tuple[Period, ...]:
        return (self,) if self.half else tuple(Period(year=self.year, half=half) for half in (1, 2))

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


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
    def needed(self) -> int | None:
        """The smallest numerator that reaches the goal, or None without a goal."""
        return None if self.goal is None else ceil(Fraction(self.goal * self.denominator, 100))

    @property
    def gap(self) -> int | None:
        return None if self.needed is None else max(self.needed - self.numerator, 0)

    @property
    def is_reached(self) -> bool | None:
        """True where the goal is reached; None without a goal, or with nothing to take a share of."""
        if self.goal is None or not self.denominator:
            return None
        return self.numerator * 100 >= self.goal * self.denominator

    @property
    def tenths(self) -> int | None:
        """The share in tenths of a percent, rounded half up; down where up would claim goal or whole."""
        if not self.denominator:
            return None
        exact = Fraction(self.numerator * 1000, self.denominator)
        rounded = floor(exact + Fraction(1, 2))
        claims = [bound for bound in (self.goal, 100) if bound is not None and exact < bound * 10 <= rounded]
        return floor(exact) if claims else rounded

    @property
    def text(self) -> str:
        """The share as "92,1%"."""
        tenths = self.tenths
        return "" if tenths is None else f"{tenths // 10},{tenths % 10}%"


#: The unit in the roster before, the one in this, and whether trained; None where not in a roster.
Move = tuple[str | None, str | None, bool]


@dataclass(frozen=True, kw_only=True)
class Before:
    """The roster before: its persons and the trained among them by unit, and who moved since."""

    roster: Roster
    sizes: Mapping[str, int]
    trained: Mapping[str, int]
    moved: Mapping[Move, int]


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Persons by unit; those trained by unit and evidence, and by unit and number of the half-year."""

    sizes: Mapping[str, int]
    trained: Mapping[tuple[str, str], int]
    new: Mapping[tuple[str, int], int]
    waived: Mapping[str, int]
    before: Before | None = None


Outlook = Literal["reached", "too-few-periods", "no-progress", "expected"]


@dataclass(frozen=True, kw_only=True)
class Pace:
    """The number `needed` a half-year for the rest of the time, rounded up; None when the time is over.

    `expected` is the half-year in which the target would be reached, known from two periods or more.
    """

    half_years_left: int
    needed: int | None
    outlook: Outlook
    expected: Period | None = None
    is_late: bool = False
    """True when that is after the target's year."""


def pace(target: Target, share: Share, period: Period, so_far: Sequence[tuple[Period, int]]) -> Pace:
    """Returns a target's pace. `so_far` is the numerator at each known period's end, oldest first."""
    left = max(Period(year=target.year).number - period.number, 0)
    gap = share.gap or 0
    points = {known.number: count for known, count in so_far}
    first, last = min(points, default=0), max(points, default=0)
    speed = Fraction(points[last] - points[first], last - first) if len(points) > 1 else None
    outlook: Outlook = "expected"
    expected: Period | None = None
    if share.is_reached:
        outlook = "reached"
    elif speed is None:
        outlook = "too-few-periods"
    elif speed <= 0:
        outlook = "no-progress"
    else:
        missing = (share.needed or 0) - points[last]
        expected = Period.numbered(max(last + ceil(missing / speed), period.number))
    return Pace(
        half_years_left=left,
        needed=ceil(Fraction(gap, left)) if left else (None if gap else 0),
        outlook=outlook,
        expected=expected,
        is_late=expected is not None and expected.end.year > target.year,
    )


Missing = Literal[
    "no-roster", "nobody-listed", "no-course", "no-commune", "no-activity", "not-entered", "none-arose"
]
M = TypeVar("M", bound="Measured")


@dataclass(frozen=True, kw_only=True)
class CountingAssumption:
    """A decision that a target's counting rests on, and the names of those who have to make it."""

    id: str
    decision: Decision
    who: tuple[str, ...]

    @property
    def address(self) -> str:
        """The path of the question on the site."""
        return f"/{urls.decision(self.id)}"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A target's standing at the end of a period; with no share, `missing` says why.

    `pace` is there for a target that is to be reached once, by its year. While a decision that the counting
    rests on is open, there is a count, and no conclusion against the goal.
    """

    id: str
    target: Target
    period: Period
    share: Share | None = None
    missing: Missing | None = None
    pace: Pace | None = None
    assumptions: tuple[CountingAssumption, ...] = ()
    is_due: bool = False
    """True once the goal's own day is over and the figures are those of that day."""

    @property
    def due(self) -> date:
        """The goal's own day: the last of its year, or of each year for a goal of every year."""
        return Period(year=self.target.year if self.target.every == "period" else self.period.year).end

    @property
    def is_settled(self) -> bool:
        """True where it may be said whether the goal is reached, as nobody has yet to decide anything."""
        return not any(assumption.decision.is_open for assumption in self.assumptions)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The names of those who have yet to decide, each once."""
        still_open = (assumption for assumption in self.assumptions if assumption.decision.is_open)
        return tuple(dict.fromkeys(name for assumption in still_open for name in assumption.who))

    @property
    def papers(self) -> tuple[Decided, ...]:
        """The papers that its counting follows."""
        return tuple(
            assumption.decision.decided
            for assumption in self.assumptions
            if assumption.decision.decided is not None
        )

    @property
    def percent(self) -> str:
        """The share as "92,1%"; empty while it is open what is counted, or out of what."""
        return self.share.text if self.share is not None and self.is_settled else ""

    @property
    def is_reached(self) -> bool | None:
        """The verdict, which nobody gives before the goal's own day, nor while the counting is open."""
        return self.share.is_reached if self.share is not None and self.is_settled and self.is_due else None

    @property
    def gap(self) -> int | None:
        return self.share.gap if self.share is not None and self.is_settled else None


def without_share(
    kind: type[M], id: str, target: Target, period: Period, missing: Missing, **others: Any
) -> M:
    """Returns a target of which nothing can be said yet."""
    return kind(id=id, target=target, period=period, missing=missing, **others)


# --- counts as everybody may see them: none below five, nor one that subtraction would tell ---


#: Fewer persons than this are never told apart on a public page.
LEAST = 5


def is_small(count: int) -> bool:
    """Tells whether a count has to be told as "fewer than five"; nobody is nobody."""
    return 0 < count < LEAST


def may_show(share: Share) -> bool:
    """Tells whether a share's own numbers may be shown."""
    return share.denominator >= LEAST and not is_small(share.numerator)


def shown_totals(totals: Sequence[int]) -> tuple[bool, ...]:
    """Tells of each running total whether it may be shown beside the last, which is.

    One that fewer than five persons part from the next that is shown may not: subtraction would tell them.
    """
    shown, after = [True] * len(totals), len(totals) - 1
    for at in reversed(range(after)):
        shown[at] = not is_small(totals[after] - totals[at])
        after = at if shown[at] else after
    return tuple(shown)


def joined_counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    """Returns counts by letters: the smallest are joined until no sum is small, as the total is known.

    The letters of what is joined stand together, such as `DE`. Where all of them are too few, there is none.
    """
    small = {letter: count for letter, count in counts.items() if is_small(count)}
    if not small:
        return dict(counts)
    others = sorted((count, letter) for letter, count in counts.items() if count >= LEAST)
    while others and (sum(small.values()) < LEAST or len(small) < 2):
        count, letter = others.pop(0)
        small[letter] = count
    if sum(small.values()) < LEAST or len(small) < 2:
        return {}
    together = "".join(letter for letter in counts if letter in small)
    alone = {letter: count for letter, count in counts.items() if letter not in small}
    return {**alone, together: sum(small.values())}

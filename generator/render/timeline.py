"""A share over the years of a plan: what was reached at each half-year's end, and the goal on its own day.

Only numbers come in, and only places go out, in px of a drawing 340 wide; `charts.html.j2` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

WIDTH, HEIGHT = 340, 276
#: The edges of the field: years lie between left and right, 100 and 0 percent between top and bottom.
LEFT, RIGHT, TOP, BOTTOM = 32.0, 322.0, 14.0, 244.0
#: Behind this the words of the last value stand left of it and below.
LATE = 210.0
#: The width of these words and of the share over them, the height of what stands at the top, and how near the
#: thin line is too near.
WORDS, SHARE, HEAD, NEAR = 76.0, 62.0, 74.0, 16.0
#: The width of the words of an earlier value.
VALUE = 31.0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The count on a day; `is_closed` where that day's half-year is over."""

    day: date
    part: int
    whole: int
    text: str
    is_closed: bool


@dataclass(frozen=True, kw_only=True)
class SetMark:
    """A share on a day that a document sets."""

    day: date
    share: int
    document: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A place with its words, of a reading or a milestone."""

    x: float
    y: float
    text: str
    more: str = ""
    is_closed: bool = True


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The chart: years with the middle of each, readings in their order, the goal, the thin line to it.

    `relisted` are the places of days on which a new roster was frozen.
    """

    years: tuple[tuple[int, float, float], ...]
    levels: tuple[tuple[int, float], ...]
    spots: tuple[Dot, ...]
    milestones: tuple[Dot, ...]
    relisted: tuple[float, ...]
    begin: tuple[float, float]
    goal: tuple[float, float]

    @property
    def path(self) -> str:
        """The line from the plan's beginning through every reading."""
        places = (self.begin, *((spot.x, spot.y) for spot in self.spots))
        return "M" + "L".join(f"{x} {y}" for x, y in places)

    @property
    def last(self) -> Dot | None:
        return self.spots[-1] if self.spots else None

    @property
    def earlier(self) -> tuple[Dot, ...]:
        """The readings before the last one whose words differ from those of the reading before."""
        before = ("", *(spot.text for spot in self.spots))
        return tuple(spot for spot, words in zip(self.spots[:-1], before, strict=False) if spot.text != words)

    def words_at(self, spot: Dot) -> tuple[float, float, str]:
        """The place of the words of an earlier value, and whether its x is their start or end.

        They stand left above their mark, or right below it where the thin line or that of a new roster
        would run through them.
        """
        left, right = (spot.x - 4 - VALUE, spot.x - 4), (spot.x + 5, spot.x + 5 + VALUE)
        low, high = map(self._line_at, left)
        is_crossed = high < spot.y - 4 and low > spot.y - 20
        is_cut = {side: any(side[0] < x < side[1] for x in self.relisted) for side in (left, right)}
        if (is_crossed or is_cut[left]) and not is_cut[right] and spot.y < BOTTOM - 18:
            return right[0], round(spot.y + 15, 1), "start"
        return round(left[1], 1), round(spot.y - 8, 1), "end"

    @property
    def last_words(self) -> tuple[float, float, str]:
        """The place of the words of the last value, and whether its x is their start or end.

        They keep clear of the thin line: above it they stand to the left and higher, below it to the right.
        Late ones stand left and below, clear of the readings over them, or above these for want of room.
        """
        spot = self.spots[-1]
        if spot.x > LATE:
            end = min(spot.x + 14, RIGHT - 4)
            over_share, over_words = self._heights(end - SHARE), self._heights(end - WORDS)
            below = round(max(spot.y + 24, max(over_share) + 22, max(over_words) + 9), 1)
            return end, below if below <= BOTTOM - 22 else round(min(over_words) - 28, 1), "end"
        below = round(spot.y - self._line_at(spot.x), 1)
        if below < 0 and spot.x > LEFT + WORDS and spot.y > TOP + HEAD:
            return spot.x - 7, self._free_height(spot), "end"
        if spot.y > BOTTOM - 36:
            return spot.x + 10, spot.y - 20, "start"
        return spot.x + 10, spot.y + (18 if abs(below) < NEAR else 2), "start"

    def _free_height(self, spot: Dot) -> float:
        """Returns how high two lines left above a mark stand, clear of the levels and of the goal's words."""
        below_goal = self.goal[1] + 12
        for rise in range(22, 44, 2):
            y = spot.y - rise
            levels = (level - y for _, level in self.levels)
            if y > below_goal and not any(-14 < at < 1 or 6 < at < 18 for at in levels):
                return round(y, 1)
        return round(spot.y - 22, 1)

    def _heights(self, left: float) -> list[float]:
        """Returns how high the readings right of a place are, and the way through them at that place."""
        places = (self.begin, *((spot.x, spot.y) for spot in self.spots))
        heights = [y for x, y in places if x >= left]
        for (x, y), (next_x, next_y) in pairwise(places):
            if x < left < next_x:
                heights.append(y + (next_y - y) * (left - x) / (next_x - x))
        return heights

    def _line_at(self, x: float) -> float:
        """Returns how high the thin line is at a place."""
        (left, low), (right, high) = self.begin, self.goal
        return low - (low - high) * (x - left) / (right - left)


def draw_timeline(
    readings: Sequence[Reading],
    *,
    begin: date,
    first_year: int,
    goal: int,
    year: int,
    relisted: Sequence[date] = (),
    milestones: Sequence[SetMark] = (),
) -> Timeline:
    """Returns the chart up to the last day of `year`, where the `goal` in percent stands."""
    years = range(first_year, year + 1)
    step = (RIGHT - LEFT) / len(years)

    def x_of(day: date) -> float:
        along = day.year - first_year + (day - date(day.year, 1, 1)).days / 365
        return round(LEFT + step * min(max(along, 0.0), len(years)), 1)

    spots = (
        Dot(
            x=x_of(reading.day),
            y=_y_of(100 * reading.part / reading.whole),
            text=reading.text,
            more=f"{reading.part} trên {reading.whole}",
            is_closed=reading.is_closed,
        )
        for reading in readings
        if reading.whole
    )
    return Timeline(
        years=tuple(
            (number, round(LEFT + step * at, 1), round(LEFT + step * (at + 0.5), 1))
            for at, number in enumerate(years)
        ),
        levels=tuple((percent, _y_of(percent)) for percent in range(0, 101, 20)),
        spots=tuple(spots),
        milestones=tuple(
            Dot(x=x_of(mark.day), y=_y_of(mark.share), text=f"{mark.share}%", more=mark.document)
            for mark in milestones
        ),
        relisted=tuple(x_of(day) for day in relisted),
        begin=(x_of(begin), BOTTOM),
        goal=(RIGHT, _y_of(goal)),
    )


def _y_of(percent: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * percent / 100, 1)

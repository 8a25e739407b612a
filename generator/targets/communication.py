"""Communes that keep communicating, as far as it was written down, out of all communes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..programme.model.plan import Regular
from ..programme.model.programme import Programme
from .figures import Figures
from .measured import Measured, absent
from .pace import pace
from .periods import Period
from .share import Share


@dataclass(frozen=True, kw_only=True)
class CommuneOutreach:
    """The activities of one commune, by half-year."""

    unit: str
    activities: Mapping[Period, int]
    attendances: int
    is_regular: bool

    @property
    def total(self) -> int:
        return sum(self.activities.values())


@dataclass(frozen=True, kw_only=True)
class Communication(Measured):
    """How many communes communicate regularly."""

    regular: Regular
    communes: tuple[CommuneOutreach, ...] = field(default=())


def communication(programme: Programme, id: str, figures: Figures, period: Period) -> Communication:
    target, regular = programme.charter.targets[id], programme.charter.regular
    communes = outreach(figures, period, regular)
    if not communes:
        return absent(Communication, id, target, period, "no-commune", regular=regular)
    if not any(one.total for one in communes):
        # Nobody has written anything down, which is not that nothing was done.
        return absent(Communication, id, target, period, "no-activity", regular=regular)
    share = Share(
        numerator=sum(1 for one in communes if one.is_regular), denominator=len(communes), goal=target.share
    )
    return Communication(
        id=id,
        target=target,
        period=period,
        share=share,
        pace=pace(target, share, period, [(period, share.numerator)]) if target.every == "period" else None,
        regular=regular,
        communes=communes,
    )


def outreach(figures: Figures, period: Period, regular: Regular) -> tuple[CommuneOutreach, ...]:
    """Each commune that exists at the period's end, also those of which nothing was recorded."""
    activities: Counter[tuple[str, Period]] = Counter()
    attendances: Counter[str] = Counter()
    for one in figures.activities:
        if period.holds(one.held_on):
            activities[one.unit, Period.of_day(one.held_on)] += 1
            attendances[one.unit] += one.headcount
    return tuple(
        _commune(
            unit, {half: activities[unit, half] for half in period.half_years}, attendances[unit], regular
        )
        for unit in figures.communes(period.end)
    )


def _commune(
    unit: str, activities: Mapping[Period, int], attendances: int, regular: Regular
) -> CommuneOutreach:
    counted = activities.values() if regular.every == "half-year" else [sum(activities.values())]
    return CommuneOutreach(
        unit=unit,
        activities=activities,
        attendances=attendances,
        is_regular=all(count >= regular.times for count in counted),
    )

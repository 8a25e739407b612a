"""The periods that a page lets one choose."""

from __future__ import annotations

from datetime import date

from ...targets import Period
from ..days import period_name as name

__all__ = ["choices", "chosen", "name", "reported"]

FIRST_YEAR = 2026


def choices(day: date) -> tuple[tuple[str, str], ...]:
    """Half-years and years up to this one, the newest first, by id with their names."""
    found = []
    for year in range(max(day.year, FIRST_YEAR), FIRST_YEAR - 1, -1):
        found += [Period(year=year), *(Period(year=year, half=half) for half in (2, 1))]
    return tuple((one.id, name(one)) for one in found if one.start <= day)


def reported(day: date) -> tuple[Period, ...]:
    """The half-years that are asked for now: the one that runs, and the one that has just ended."""
    running = Period.of_day(day)
    ended = Period.numbered(running.number - 1)
    return (running, ended) if ended.year >= FIRST_YEAR else (running,)


def chosen(id: str, day: date) -> Period:
    """The period of an id, else the half-year of the day."""
    return Period.parse(id) if Period.is_id(id) else Period.of_day(day)

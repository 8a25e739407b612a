"""Moments, days and periods as people in Việt Nam read and choose them."""

from __future__ import annotations

from datetime import date, datetime, time

from ...programme.vietnamese import LOCAL_ZONE
from ...render.templates import day
from ...targets import Period


def day_of(moment: datetime) -> date:
    return moment.astimezone(LOCAL_ZONE).date()


def start_of(day: date) -> datetime:
    """Returns the midnight at which a day begins."""
    return datetime.combine(day, time(), LOCAL_ZONE)


def moment_text(moment: datetime) -> str:
    """Returns a moment as `14:05 ngày 25/11/2026`."""
    return f"{moment.astimezone(LOCAL_ZONE):%H:%M} ngày {day(moment)}"


def period_name(period: Period) -> str:
    """Returns a period as `06 tháng cuối năm 2026`."""
    if period.half is None:
        return f"cả năm {period.year}"
    return f"06 tháng {'đầu' if period.half == 1 else 'cuối'} năm {period.year}"


FIRST_YEAR = 2026


def period_choices(day: date) -> tuple[tuple[str, str], ...]:
    """Returns half-years and years up to this one, the newest first, by id with their names."""
    periods = []
    for year in range(max(day.year, FIRST_YEAR), FIRST_YEAR - 1, -1):
        periods += [Period(year=year), *(Period(year=year, half=half) for half in (2, 1))]
    return tuple((period.id, period_name(period)) for period in periods if period.start <= day)


def reported_periods(day: date) -> tuple[Period, ...]:
    """Returns the half-years to report on: the one that runs, and the one that has just ended."""
    running = Period.of_day(day)
    ended = Period.numbered(running.number - 1)
    return (running, ended) if ended.year >= FIRST_YEAR else (running,)


def chosen_period(id: str, day: date) -> Period:
    """Returns the period of an id, else the half-year of the day."""
    return Period.parse(id) if Period.is_id(id) else Period.of_day(day)

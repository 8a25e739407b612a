"""Moments as people in Việt Nam read them."""

from __future__ import annotations

from datetime import date, datetime, time

from ..render.templating import HERE, day
from ..targets import Period


def day_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def start_of(day: date) -> datetime:
    """Its midnight."""
    return datetime.combine(day, time(), HERE)


def moment(moment: datetime) -> str:
    """`14:05 ngày 25/11/2026`."""
    return f"{moment.astimezone(HERE):%H:%M} ngày {day(moment)}"


def period_name(period: Period) -> str:
    """`06 tháng cuối năm 2026`."""
    if period.half is None:
        return f"cả năm {period.year}"
    return f"06 tháng {'đầu' if period.half == 1 else 'cuối'} năm {period.year}"

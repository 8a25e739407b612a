"""Moments as people in Việt Nam read them."""

from __future__ import annotations

from datetime import date, datetime, time

from ..render.templating import HERE


def day_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def start_of(day: date) -> datetime:
    """Its midnight."""
    return datetime.combine(day, time(), HERE)


def moment(moment: datetime) -> str:
    """`14:05 ngày 25/11/2026`."""
    return f"{moment.astimezone(HERE):%H:%M ngày %d/%m/%Y}"

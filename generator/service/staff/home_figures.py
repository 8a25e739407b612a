"""Figures of the first page: shares, who is left where, the next class, the days left to report.

They are those of the targets' page, so nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from ...programme.vietnamese import alphabetical
from ...records.staff_entries import PlannedClass, listed
from ...render.share_bar import Bar
from ...render.tile_map import TileMap
from ...targets import (
    Communication,
    FlagWords,
    Period,
    Training,
    UnitShare,
    commune_map,
    flag_words,
    share_bar,
)
from ..dependencies import Service
from ..target_cache import Measurement
from .base import course_titles
from .targets import TARGETS, TargetsLook

#: How many units are named of those with people not yet trained.
MOST_UNITS = 8


class ShownShare(NamedTuple):
    """A training target that has a roster, its bar, and how many the half-year that runs has added."""

    measured: Training
    bar: Bar
    flag: FlagWords
    new: int
    page: str
    left: int


def training_shares(look: TargetsLook) -> Iterator[ShownShare]:
    for measured in _trainings(look.measurement):
        if measured.share is None or not measured.share.denominator:
            continue
        running = [half.new for half in measured.half_years if half.period == measured.period]
        left = measured.share.denominator - measured.share.numerator
        bar = share_bar(measured.share, measured.evidence)
        page = look.untrained_link(measured.id)
        yield ShownShare(measured, bar, flag_words(measured), sum(running), page, left)


def _trainings(measurement: Measurement) -> Iterator[Training]:
    return (measured for measured in measurement.measured.values() if isinstance(measured, Training))


class UnitLeft(NamedTuple):
    """A unit with people not yet trained: how many of how many, and the page that names them."""

    name: str
    left: int
    done: int
    size: int
    page: str


def units_left(look: TargetsLook) -> list[UnitLeft]:
    """Returns the units with people not yet trained, the most first; all, since their number is told too."""
    lines = [
        UnitLeft(
            look.units.name(of_unit.unit),
            _left(of_unit),
            of_unit.share.numerator,
            of_unit.share.denominator,
            look.untrained_link(measured.id, of_unit.unit),
        )
        for measured in _trainings(look.measurement)
        for of_unit in measured.units
        if _left(of_unit)
    ]
    return sorted(lines, key=lambda line: (-line.left, alphabetical(line.name)))


def _left(of_unit: UnitShare) -> int:
    return of_unit.share.denominator - of_unit.share.numerator


def first_map(look: TargetsLook) -> TileMap | None:
    """Returns the communes as tiles, for who sees the whole province."""
    if not look.units.has_province:
        return None
    maps = (
        commune_map(measured, look.service.programme, address=lambda unit: f"{TARGETS}?xa={unit}#xa")
        for measured in _trainings(look.measurement)
    )
    return next(filter(None, maps), None)


class NextClass(NamedTuple):
    """The next class to come, in how many days, what its unit has left, and how many more are planned."""

    planned: PlannedClass
    unit: str
    course: str
    days: int
    left: UnitShare | None
    more: int


def next_class(within: Connection, look: TargetsLook, on: date) -> NextClass | None:
    units = look.units
    coming = listed(within, PlannedClass, since=on, units=units.reach)
    if not coming:
        return None
    planned = coming[0]
    shares = (
        of_unit
        for measured in _trainings(look.measurement)
        if planned.course in measured.counting.courses
        for of_unit in measured.units
        if of_unit.unit == planned.unit
    )
    title = course_titles(look.service).get(planned.course, planned.course)
    days = (planned.held_on - on).days
    return NextClass(planned, units.name(planned.unit), title, days, next(shares, None), len(coming) - 1)


class ReportTerm(NamedTuple):
    """The period of the next report that the plan asks for, and how many days it has left."""

    period: Period
    days: int


def report_term(service: Service, on: date) -> ReportTerm | None:
    """Returns the period whose end is next; None where the plan asks for no report.

    A plan says how often, and no day by which a report has to be there.
    """
    asked = service.programme.charter.plan.reports
    if not asked:
        return None
    period = Period.of_day(on) if "half-year" in asked else Period(year=on.year)
    return ReportTerm(period, (period.end - on).days)


class Silent(NamedTuple):
    """How many communes have no communication on record in the period, of how many, and when it ends."""

    communes: int
    all: int
    until: date


def silent_communes(measurement: Measurement) -> Silent | None:
    """Returns None where all have, or where there are not several within reach."""
    for measured in measurement.measured.values():
        if isinstance(measured, Communication):
            until = measured.period.end
            everyone = len(measurement.figures.communes(until))
            silent = everyone - sum(1 for commune in measured.communes if commune.total)
            return Silent(silent, everyone, until) if silent and everyone > 1 else None
    return None

"""What the public page of progress shows: the whole province, never a person, never persons of a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..programme.model.plan import Regular
from ..targets import (
    EVIDENCE,
    Communication,
    CountingAssumption,
    Measured,
    Period,
    ReportedFigures,
    Share,
    Training,
)
from .days import period_name
from .measures import Measurement


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A target of the plan and where the province stands; without a share nothing is known yet."""

    title: str
    goal: int
    share: Share | None
    percent: str
    is_reached: bool | None
    assumptions: tuple[CountingAssumption, ...]
    has_arisen: bool = True
    is_recorded: bool = True
    """Whether anything was written down to count; nothing on record is not zero."""


@dataclass(frozen=True, kw_only=True)
class PublicTraining(PublicFigure):
    """Persons trained out of a roster, by how it is known; `evidence` leaves out C where there is none."""

    has_course: bool
    listed_on: date | None
    frozen_on: date | None
    is_late: bool
    is_synthetic: bool
    evidence: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class PublicProgress:
    """The whole page."""

    period: str
    taken_on: date
    trainings: tuple[PublicTraining, ...]
    communications: tuple[PublicFigure, ...]
    others: tuple[PublicFigure, ...]
    regular: Regular

    @property
    def is_synthetic(self) -> bool:
        return any(one.is_synthetic for one in self.trainings)


def province(measurement: Measurement, period: Period, regular: Regular) -> PublicProgress:
    """Of a measurement of the whole province."""
    measured = measurement.measured.values()
    return PublicProgress(
        period=period_name(period),
        taken_on=measurement.figures.taken_on,
        trainings=tuple(_training(one) for one in measured if isinstance(one, Training)),
        communications=tuple(_figure(one) for one in measured if isinstance(one, Communication)),
        others=tuple(_figure(one) for one in measured if isinstance(one, ReportedFigures)),
        regular=regular,
    )


def _figure(one: Measured) -> PublicFigure:
    return PublicFigure(
        title=one.target.title,
        goal=one.target.share,
        share=one.share,
        percent=one.percent,
        is_reached=one.is_reached,
        assumptions=one.assumptions,
        has_arisen=one.missing != "none-arose",
        is_recorded=one.missing != "no-activity",
    )


def _training(one: Training) -> PublicTraining:
    roster = one.roster if one.share is not None else None
    return PublicTraining(
        title=one.target.title,
        goal=one.target.share,
        share=one.share,
        percent=one.percent,
        is_reached=one.is_reached,
        assumptions=one.assumptions,
        has_course=one.missing != "no-course",
        listed_on=roster.as_of if roster else None,
        frozen_on=roster.frozen_on if roster else None,
        is_late=one.is_late,
        is_synthetic=roster is not None and roster.synthetic,
        evidence={
            letter: one.evidence[letter]
            for letter in EVIDENCE
            if one.share is not None and (letter != "C" or one.evidence[letter])
        },
    )

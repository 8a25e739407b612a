"""Pages for everybody: whether a certificate is real, and how far the province is; never a person.

No cookie, no name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..programme.model.plan import Regular
from ..records.access.learner_codes import plain_symbols
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
from .certificates import EVIDENCE_NAMES, grouped_serial, public_certificate
from .dependencies import From, Of
from .http import urls
from .http.dates import day_of, period_name
from .http.errors import Fault
from .target_cache import Measurement


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


def public_progress(measurement: Measurement, period: Period, regular: Regular) -> PublicProgress:
    """Of a measurement of the whole province."""
    measured = measurement.measured.values()
    return PublicProgress(
        period=period_name(period),
        taken_on=measurement.figures.taken_on,
        trainings=tuple(_public_training(one) for one in measured if isinstance(one, Training)),
        communications=tuple(_public_figure(one) for one in measured if isinstance(one, Communication)),
        others=tuple(_public_figure(one) for one in measured if isinstance(one, ReportedFigures)),
        regular=regular,
    )


def _public_figure(one: Measured) -> PublicFigure:
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


def _public_training(one: Training) -> PublicTraining:
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


routes = APIRouter(include_in_schema=False)


@routes.get(urls.CONFIRMATIONS)
async def ask_serial(
    request: Request, service: Of, so: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """Where a serial is typed from paper; a serial names nobody, so it may stand in an address."""
    typed = plain_symbols(so)
    if typed.isalnum() and typed.isascii():
        return RedirectResponse(f"{urls.CONFIRMATIONS}{typed}", 303)
    return service.pages.page(request, "public-ask")


@routes.get(urls.CONFIRMATIONS + "{serial}")
async def certificate_check(request: Request, service: Of, address: From, serial: str) -> HTMLResponse:
    """Course, date, issuer and whether it holds."""
    if wait := service.confirmations.take(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    found = await service.read(lambda within: public_certificate(within, serial))
    return service.pages.page(
        request,
        "public-confirmation",
        course_title=service.results.title(found.course),
        issued_on=day_of(found.issued_at),
        holds=found.holds,
        synthetic=found.is_synthetic,
        replaced_by=grouped_serial(found.replaced_by) if found.replaced_by else "",
        revoked_on=day_of(found.revoked_at) if found.revoked_at else None,
    )


@routes.get(urls.PROGRESS)
async def progress_page(request: Request, service: Of) -> HTMLResponse:
    """The province's figures of the present half-year."""
    period = Period.of_day(day_of(service.now()))
    measurement = await service.measures.of(period)
    found = public_progress(measurement, period, service.programme.charter.regular)
    return service.pages.page(request, "progress", progress=found, evidence=EVIDENCE_NAMES)


@routes.get("/khoa-hoc/{course}/kiem-tra/")
async def test_redirect(service: Of, course: str) -> Response:
    """The test's address beside its course; the course says whether there is one."""
    service.attempts.tested(course)
    return RedirectResponse(f"{urls.LEARNERS}kiem-tra/{course}/", 303)

"""Pages for everybody: whether a certificate is real, and how far the province is.

They set no cookie and show nobody's name.
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
from ..programme.vietnamese import day_of
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
from .dependencies import Address, Running
from .http import urls
from .http.errors import Fault


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
    """True where anything to count was recorded; nothing on record is not zero."""


@dataclass(frozen=True, kw_only=True)
class PublicTraining(PublicFigure):
    """Persons trained out of a roster, by class of evidence; `evidence` leaves out C where there is none."""

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
    apart: Mapping[str, int]
    """How many completed each course that no target counts, by its title."""
    is_apart_synthetic: bool
    regular: Regular

    @property
    def is_synthetic(self) -> bool:
        return self.is_apart_synthetic or any(training.is_synthetic for training in self.trainings)


def _public_figure(measured: Measured) -> PublicFigure:
    return PublicFigure(
        title=measured.target.title,
        goal=measured.target.share,
        share=measured.share,
        percent=measured.percent,
        is_reached=measured.is_reached,
        assumptions=measured.assumptions,
        has_arisen=measured.missing != "none-arose",
        is_recorded=measured.missing != "no-activity",
    )


def _public_training(training: Training) -> PublicTraining:
    roster = training.roster if training.share is not None else None
    return PublicTraining(
        title=training.target.title,
        goal=training.target.share,
        share=training.share,
        percent=training.percent,
        is_reached=training.is_reached,
        assumptions=training.assumptions,
        has_course=training.missing != "no-course",
        listed_on=roster.as_of if roster else None,
        frozen_on=roster.frozen_on if roster else None,
        is_late=training.is_late,
        is_synthetic=roster is not None and roster.synthetic,
        evidence={
            letter: training.evidence[letter]
            for letter in EVIDENCE
            if training.share is not None and (letter != "C" or training.evidence[letter])
        },
    )


routes = APIRouter(include_in_schema=False)


@routes.get(urls.CONFIRMATIONS)
async def ask_serial(
    request: Request, service: Running, so: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    """Shows the field for a serial from paper; a serial names nobody, so it may stand in an address."""
    typed = plain_symbols(so)
    if typed.isalnum() and typed.isascii():
        return RedirectResponse(f"{urls.CONFIRMATIONS}{typed}", 303)
    return service.pages.page(request, "public-ask")


@routes.get(urls.CONFIRMATIONS + "{serial}")
async def certificate_check(
    request: Request, service: Running, address: Address, serial: str
) -> HTMLResponse:
    """Shows course, date, issuer and whether a certificate holds."""
    if wait := service.confirmations.take(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    certificate = await service.read(lambda within: public_certificate(within, serial))
    return service.pages.page(
        request,
        "public-confirmation",
        course_title=service.results.title(certificate.course),
        issued_on=day_of(certificate.issued_at),
        holds=certificate.holds,
        synthetic=certificate.is_synthetic,
        replaced_by=grouped_serial(certificate.replaced_by) if certificate.replaced_by else "",
        revoked_on=day_of(certificate.revoked_at) if certificate.revoked_at else None,
    )


@routes.get(urls.PROGRESS)
async def progress_page(request: Request, service: Running) -> HTMLResponse:
    """Shows the province's figures of the present half-year."""
    period = Period.of_day(day_of(service.now()))
    measurement = await service.measures.of(period)
    measured = measurement.measured.values()
    programme = service.programme
    apart = measurement.persons_apart(programme, period) if programme.courses_apart else {}
    progress = PublicProgress(
        period=period.name,
        taken_on=measurement.figures.taken_on,
        trainings=tuple(_public_training(each) for each in measured if isinstance(each, Training)),
        communications=tuple(_public_figure(each) for each in measured if isinstance(each, Communication)),
        others=tuple(_public_figure(each) for each in measured if isinstance(each, ReportedFigures)),
        apart=apart,
        is_apart_synthetic=measurement.figures.is_synthetic and any(apart.values()),
        regular=programme.charter.regular,
    )
    return service.pages.page(request, "progress", progress=progress, evidence=EVIDENCE_NAMES)


@routes.get("/khoa-hoc/{course}/kiem-tra/")
async def test_redirect(service: Running, course: str) -> Response:
    """Redirects from a course's page to its test; the course says whether there is one."""
    service.attempts.tested(course)
    return RedirectResponse(f"{urls.LEARNERS}kiem-tra/{course}/", 303)

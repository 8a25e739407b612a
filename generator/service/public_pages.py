"""Pages for everybody: whether a certificate is real, and how far the province is.

They set no cookie and show nobody's name.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..programme.model.plan import Regular
from ..programme.model.programme import Programme
from ..programme.vietnamese import day_of, thousands
from ..records.access.learner_codes import plain_symbols
from ..render.share_bar import Bar
from ..render.timeline import Timeline
from ..targets import (
    LEAST,
    Communication,
    Figures,
    Measured,
    Period,
    ReportedFigures,
    Share,
    Training,
    flag_words,
    goal_lines,
    is_small,
    joined_counts,
    may_show,
    share_bar,
    years_of,
)
from .certificates import EVIDENCE_NAMES, grouped_serial, public_certificate
from .dependencies import Address, Running
from .http import urls
from .http.errors import Fault


@dataclass(frozen=True, kw_only=True)
class PublicFigure:
    """A target of the plan and where the province stands; without a share nothing is known yet."""

    measured: Measured
    is_shown: bool
    """False where so few persons are counted that their number might give somebody away."""


@dataclass(frozen=True, kw_only=True)
class PublicTraining(PublicFigure):
    """Persons trained out of a roster, by class of evidence; `evidence` joins classes of few persons."""

    measured: Training
    evidence: Mapping[str, int]
    bar: Bar | None
    flag: str
    years: Timeline | None
    lines: tuple[str, str]
    half_years: Mapping[str, str]
    """Each half-year with what was counted by its end, in words."""


@dataclass(frozen=True, kw_only=True)
class PublicOutreach(PublicFigure):
    """The communes by how many activities each has on record: the words of a group and its communes."""

    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class PublicProgress:
    """The whole page."""

    period: str
    taken_on: date
    is_running: bool
    trainings: tuple[PublicTraining, ...]
    communications: tuple[PublicOutreach, ...]
    others: tuple[PublicFigure, ...]
    apart: Mapping[str, int]
    """How many completed each course that no target counts, by its title."""
    is_apart_synthetic: bool
    regular: Regular

    @property
    def is_synthetic(self) -> bool:
        return self.is_apart_synthetic or any(training.measured.is_synthetic for training in self.trainings)

    @property
    def drawn(self) -> tuple[PublicTraining, ...]:
        """The trainings whose years are drawn."""
        return tuple(training for training in self.trainings if training.years is not None)

    @property
    def half_years(self) -> tuple[str, ...]:
        """The half-years of which any of these has a count, the first first."""
        longest = max(self.drawn, key=lambda training: len(training.half_years))
        return tuple(longest.half_years)


#: The groups of communes by their activities: the words of each and the most that it holds.
GROUPS = (
    ("Chưa ghi nhận hoạt động nào", 0),
    ("1 hoạt động", 1),
    ("2 hoạt động", 2),
    ("3 hoặc 4 hoạt động", 4),
    ("5 hoạt động trở lên", sys.maxsize),
)


def _public_figure(measured: Measured) -> PublicFigure:
    """Returns an office's figure; of persons only where they are not few."""
    share = measured.share
    is_of_persons = measured.target.measure == "services"
    is_shown = share is not None and (not is_of_persons or not share.denominator or may_show(share))
    return PublicFigure(measured=measured, is_shown=is_shown)


def _public_outreach(measured: Communication) -> PublicOutreach:
    totals = [commune.total for commune in measured.communes]
    counts, before = [], -1
    for words, most in GROUPS:
        counts.append((words, sum(before < total <= most for total in totals)))
        before = most
    return PublicOutreach(measured=measured, is_shown=measured.share is not None, groups=tuple(counts))


def _public_training(training: Training, programme: Programme, figures: Figures) -> PublicTraining:
    share = training.share
    is_shown = share is not None and may_show(share)
    evidence = joined_counts(training.evidence) if is_shown else {}
    counts = [half for half in training.half_years if half.period.start <= figures.taken_on]
    return PublicTraining(
        measured=training,
        is_shown=is_shown,
        evidence={letters: count for letters, count in evidence.items() if letters != "C" or count},
        bar=share_bar(share, evidence) if share is not None and is_shown else None,
        flag=flag_words(training),
        years=years_of(training, programme, figures, least=LEAST) if is_shown else None,
        lines=goal_lines(training),
        half_years={half.period.name: _half_year_words(half.share) for half in counts},
    )


def _half_year_words(share: Share) -> str:
    if is_small(share.numerator):
        return f"dưới {LEAST} người"
    return f"{thousands(share.numerator)} người ({share.text})" if share.numerator else "chưa ghi nhận ai"


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
        is_running=not measurement.figures.has_ended(period),
        trainings=tuple(
            _public_training(each, programme, measurement.figures)
            for each in measured
            if isinstance(each, Training)
        ),
        communications=tuple(_public_outreach(each) for each in measured if isinstance(each, Communication)),
        others=tuple(_public_figure(each) for each in measured if isinstance(each, ReportedFigures)),
        apart=apart,
        is_apart_synthetic=measurement.figures.is_synthetic and any(apart.values()),
        regular=programme.charter.regular,
    )
    return service.pages.page(request, "progress", progress=progress, evidence=EVIDENCE_NAMES, least=LEAST)


@routes.get("/khoa-hoc/{course}/kiem-tra/")
async def test_redirect(service: Running, course: str) -> Response:
    """Redirects from a course's page to its test; the course says whether there is one."""
    service.attempts.tested(course)
    return RedirectResponse(f"{urls.LEARNERS}kiem-tra/{course}/", 303)

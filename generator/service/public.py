"""Pages for everybody: whether a confirmation is real, and how far the province is. No cookie, no name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..records.crockford import plain
from ..targets import Period
from . import areas
from .asking import From
from .confirmations import EVIDENCE, confirmation, grouped
from .days import day_of
from .faults import Fault
from .province import province
from .service import Of

routes = APIRouter(include_in_schema=False)


@routes.get(areas.CONFIRMATIONS)
async def ask(request: Request, service: Of, so: Annotated[str, Query(max_length=60)] = "") -> Response:
    """Where a serial is typed from paper; a serial names nobody, so it may stand in an address."""
    typed = plain(so)
    if typed.isalnum() and typed.isascii():
        return RedirectResponse(f"{areas.CONFIRMATIONS}{typed}", 303)
    return service.pages.page(request, "public-ask")


@routes.get(areas.CONFIRMATIONS + "{serial}")
async def confirm(request: Request, service: Of, address: From, serial: str) -> HTMLResponse:
    """Course, date, issuer and whether it holds."""
    if wait := service.confirmations.take(address):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    found = await service.read(lambda within: confirmation(within, serial))
    return service.pages.page(
        request,
        "public-confirmation",
        course_title=service.results.title(found.course),
        issued_on=day_of(found.issued_at),
        holds=found.holds,
        synthetic=found.is_synthetic,
        replaced_by=grouped(found.replaced_by) if found.replaced_by else "",
        revoked_on=day_of(found.revoked_at) if found.revoked_at else None,
    )


@routes.get(areas.PROGRESS)
async def progress(request: Request, service: Of) -> HTMLResponse:
    """The province's figures of the present half-year."""
    period = Period.of_day(day_of(service.now()))
    measurement = await service.measures.of(period)
    found = province(measurement, period, service.programme.charter.regular)
    return service.pages.page(request, "progress", progress=found, evidence=EVIDENCE)


@routes.get("/khoa-hoc/{course}/kiem-tra/")
async def test(service: Of, course: str) -> Response:
    """The test's address beside its course; the course says whether there is one."""
    service.attempts.tested(course)
    return RedirectResponse(f"{areas.LEARNERS}kiem-tra/{course}/", 303)

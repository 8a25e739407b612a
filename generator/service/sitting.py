"""Pages on which a learner takes a test: before it, while it lasts, and handing it in without scripts."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..records.people import Person
from . import areas, fields, viewers
from .asking import Learner, Paced, Posted, field
from .attempts import Opened
from .faults import Fault
from .fields import Given
from .handing_in import HandedIn
from .service import Of, Service
from .sheet import open_ones, responses
from .synthetic import is_synthetic
from .taking import drawn, open_form, submit

PREFIX = f"{areas.LEARNERS}kiem-tra"
routes = APIRouter(prefix=PREFIX, include_in_schema=False)


@routes.get("/{course}/")
async def before(request: Request, service: Of, learner: Learner, course: str) -> HTMLResponse:
    """What the test asks of a learner, and the button that begins it."""
    whose, test = service.attempts.tested(course)
    standing = await service.read(lambda within: service.attempts.standing(within, learner.id, course))
    if not standing.left:
        raise Fault("no-attempt-left")
    opened = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    if opened is None:
        # Nobody is asked to begin what cannot be begun.
        await drawn(service, learner.id, course)
    synthetic = await service.read(lambda within: is_synthetic(within, (learner,)))
    return service.pages.page(
        request,
        "test-start",
        course=whose,
        test=test,
        asked=sum(draw.take for draw in test.draw),
        number=standing.number,
        is_open=opened is not None,
        synthetic=synthetic,
    )


@routes.post("/{course}/", dependencies=[Paced])
async def begin(service: Of, learner: Learner, form: Posted, course: str) -> Response:
    await open_form(service, learner.id, course)
    return RedirectResponse(f"{PREFIX}/{course}/lam-bai/", 303)


@routes.get("/{course}/lam-bai/")
async def sheet(request: Request, service: Of, learner: Learner, course: str) -> Response:
    """All questions on one page; where none was begun, the page before it."""
    opened = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    if opened is None:
        return RedirectResponse(f"{PREFIX}/{course}/", 303)
    return await _sheet(request, service, learner, opened)


@routes.post("/{course}/lam-bai/", dependencies=[Paced])
async def hand_in(request: Request, service: Of, learner: Learner, form: Posted, course: str) -> Response:
    """Handed in without scripts; what is unanswered is said once, with everything still filled in."""
    id, given = field(form, "form"), fields.given(form)
    current = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    is_current = current is not None and current.id == id
    opened = current if current and is_current else await _kept(service, learner.id, id)
    wire = fields.wire(opened.form, opened.key, given)
    missing = open_ones(opened.form, opened.key, responses(opened.form, opened.key, wire))
    if is_current and missing and not field(form, "anyway"):
        flagged = tuple(str(one) for one in form.getlist("flag"))
        return await _sheet(request, service, learner, opened, given, flagged, missing)
    token, now = viewers.token_of(request, service.settings), service.now()
    handed = HandedIn(token=token, attempt=opened.attempt, form=id, wire=wire, now=now)
    result, _ = await submit(service, handed)
    return RedirectResponse(f"{areas.LEARNERS}ket-qua/{result.attempt}/", 303)


async def _kept(service: Service, person: str, id: str) -> Opened:
    return await service.read(lambda within: service.attempts.kept(within, person, id))


async def _sheet(
    request: Request,
    service: Service,
    learner: Person,
    opened: Opened,
    given: Given | None = None,
    flagged: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
) -> HTMLResponse:
    course, test = service.attempts.tested(opened.form.course)
    standing = await service.read(lambda within: service.attempts.standing(within, learner.id, course.id))
    synthetic = await service.read(lambda within: is_synthetic(within, (learner,)))
    return service.pages.page(
        request,
        "test",
        course=course,
        test=test,
        number=standing.number,
        attempt=opened.attempt,
        sheet=service.sheets.sheet(opened.id, opened.form, opened.key),
        given=given or {},
        flagged=flagged,
        missing=missing,
        synthetic=synthetic,
    )

"""Pages of a learner: signing in, their courses, and the confirmation of one that is completed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..records import people
from ..records.access.codes import SECRET, SELECTOR
from ..records.classes import Certificate, held, issue
from ..records.people import Person, Unit
from ..records.refusals import Busy, Locked, NotAllowed
from . import areas, confirmations, signing, viewers
from .asking import From, Learner, Looking, Paced, Posted, Stranger, field
from .attempts import Standing
from .days import day_of, moment
from .faults import Fault
from .refusals import as_fault
from .service import Of, Service
from .synthetic import is_synthetic

routes = APIRouter(prefix=areas.LEARNERS.rstrip("/"), include_in_schema=False)
#: The statuses with which the sign-in page is shown again, saying why.
SHOWN_AGAIN = frozenset({"wrong-code", "locked", "too-many-wrong", "busy"})


# --- signing in ---------------------------------------------------------------------------------


@routes.get("/dang-nhap/")
async def sign_in_page(request: Request, service: Of, found: Looking, stranger: Stranger) -> Response:
    if found is not None and found.is_learner:
        return RedirectResponse(areas.LEARNERS, 303)
    return _sign_in_page(request, service, stranger)


def _sign_in_page(
    request: Request, service: Service, stranger: str, fault: Fault | None = None
) -> HTMLResponse:
    status, headers = (fault.status_code, fault.headers) if fault else (200, None)
    page = service.pages.page(request, "sign-in", status=status, fault=fault, length=SELECTOR + SECRET + 1)
    page.headers.update(headers or {})
    viewers.put(page, service.settings, stranger, viewers.STRANGER)
    return page


@routes.post("/dang-nhap/")
async def sign_in(request: Request, service: Of, address: From, form: Posted, stranger: Stranger) -> Response:
    try:
        token = await signing.sign_in(service, request, field(form, "code"), address)
    except (Fault, Busy, Locked) as error:
        fault = error if isinstance(error, Fault) else as_fault(error)
        if fault.code not in SHOWN_AGAIN:
            raise
        return _sign_in_page(request, service, stranger, fault)
    response = RedirectResponse(areas.LEARNERS, 303)
    viewers.put(response, service.settings, token)
    viewers.drop(response, service.settings, viewers.STRANGER)
    return response


@routes.post("/dang-xuat/", dependencies=[Paced])
async def sign_out(request: Request, service: Of, form: Posted) -> Response:
    response = RedirectResponse(areas.SIGN_IN, 303)
    await signing.sign_out(service, request, response)
    return response


# --- courses ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Card:
    """A course on the learner's page; `is_open` where a test was begun and not handed in."""

    standing: Standing
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class CardGroup:
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class LearnerOverview:
    """All that the learner's page shows."""

    unit: Unit | None
    synthetic: bool
    shelves: tuple[CardGroup, ...]


@routes.get("/")
async def home(request: Request, service: Of, learner: Learner) -> HTMLResponse:
    desk = await service.read(lambda within: _desk(within, service, learner))
    unit = desk.unit.name if desk.unit else None
    return service.pages.page(
        request, "learner", learner=learner, unit=unit, synthetic=desk.synthetic, shelves=desk.shelves
    )


def _desk(connection: Connection, service: Service, learner: Person) -> LearnerOverview:
    """Courses for the level of the learner's unit first."""
    unit = people.units(connection).get(learner.unit or "")
    cards = [
        Card(standing=one, is_open=_is_open(connection, service, learner, one))
        for one in service.attempts.standings(connection, learner.id)
    ]
    ours = [card for card in cards if unit is None or _level(service, card) in (None, unit.level)]
    others = [card for card in cards if card not in ours]
    shelves = (
        CardGroup(title="Khóa học của bạn", cards=tuple(ours)),
        CardGroup(title="Các khóa học khác", cards=tuple(others)),
    )
    shown = tuple(shelf for shelf in shelves if shelf.cards)
    return LearnerOverview(unit=unit, synthetic=is_synthetic(connection, (learner,)), shelves=shown)


def _is_open(connection: Connection, service: Service, learner: Person, standing: Standing) -> bool:
    if not standing.left:
        return False
    return service.attempts.opened(connection, learner.id, standing.course.id) is not None


def _level(service: Service, card: Card) -> str | None:
    target = service.programme.charter.targets.get(card.standing.course.counts_toward or "")
    return target.level if target else None


# --- the confirmation ---------------------------------------------------------------------------


@routes.get("/phieu/{course}/")
async def confirmation(request: Request, service: Of, learner: Learner, course: str) -> HTMLResponse:
    """Issued when it is first looked at; one that was revoked says so, and no other takes its place."""
    service.attempts.course(course)
    standing, found, unit, synthetic = await service.read(
        lambda within: _confirmed(within, service, learner, course)
    )
    if standing.completion is None:
        raise Fault("not-completed")
    found = found or await _issued(service, learner, course)
    lasting = service.settings.address
    address = f"{lasting}{areas.CONFIRMATIONS}{found.serial}" if lasting else ""
    return service.pages.page(
        request,
        "confirmation",
        learner=learner,
        synthetic=synthetic,
        unit=unit.name if unit else None,
        course_title=standing.course.title,
        completed_on=standing.completed_on,
        issued_on=day_of(found.issued_at),
        revoked_on=day_of(found.revoked_at) if found.revoked_at else None,
        evidence=confirmations.EVIDENCE[standing.completion.evidence],
        serial=confirmations.grouped(found.serial),
        address=address,
        qr=confirmations.qr(address) if address else None,
        is_draft=standing.course.review.is_draft,
    )


def _confirmed(
    connection: Connection, service: Service, learner: Person, course: str
) -> tuple[Standing, Certificate | None, Unit | None, bool]:
    return (
        service.attempts.standing(connection, learner.id, course),
        held(connection, learner.id, course),
        people.units(connection).get(learner.unit or ""),
        is_synthetic(connection, (learner,)),
    )


async def _issued(service: Service, learner: Person, course: str) -> Certificate:
    now = service.now()
    try:
        return await service.write(
            lambda within: issue(within, learner.id, course, now=now, random=service.random)
        )
    except NotAllowed:
        raise Fault("not-completed") from None


# --- results ------------------------------------------------------------------------------------


@routes.get("/ket-qua/{attempt}/")
async def result(request: Request, service: Of, learner: Learner, attempt: UUID) -> HTMLResponse:
    found = await service.read(lambda within: service.attempts.result(within, learner.id, str(attempt)))
    standings = await service.read(lambda within: service.attempts.standings(within, learner.id))
    standing = next((one for one in standings if one.course.id == found.course), None)
    own = [one.standing for one in standing.attempts if one.event_id == found.attempt] if standing else []
    synthetic = await service.read(lambda within: is_synthetic(within, (learner,)))
    return service.pages.page(
        request,
        "result",
        result=found,
        course_title=service.results.title(found.course),
        is_voided="voided" in own,
        left=standing.left if standing else 0,
        completed_on=standing.completed_on if standing else None,
        received=moment(found.received_at),
        synthetic=synthetic,
    )

"""Pages of a learner: signing in, courses, the certificate, and taking a test."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..programme.model.course import Module
from ..programme.model.question_parts import Fields
from ..programme.vietnamese import day_of
from ..records import people
from ..records.access.learner_codes import SECRET, SELECTOR
from ..records.errors import Busy, Locked, NotAllowed
from ..records.people import Person, Unit
from ..records.training import progress
from ..records.training.certificates import Certificate, certificate_of, issue
from . import certificates, dependencies, test_view
from .attempts import HandedIn, Opened, Standing
from .certificates import is_synthetic
from .dependencies import (
    Address,
    Learner,
    MaybeViewer,
    Posted,
    Running,
    Service,
    Stranger,
    WriteLimit,
    draw_form,
    field,
    open_form,
    submit_attempt,
)
from .http import session_cookies, urls
from .http.errors import Fault, fault_of_refusal
from .test_view import LessonToReread, to_responses, unanswered

routes = APIRouter(prefix=urls.LEARNERS.rstrip("/"), include_in_schema=False)
#: The statuses with which the sign-in page is shown again, saying why.
SHOWN_AGAIN = frozenset({"wrong-code", "locked", "too-many-wrong", "busy"})


# --- signing in ---------------------------------------------------------------------------------


@routes.get("/dang-nhap/")
async def sign_in_page(
    request: Request, service: Running, viewer: MaybeViewer, stranger: Stranger, ve: str = ""
) -> Response:
    """Shows the form to sign in; `ve` is the page of a learner to which it leads back."""
    back = urls.after_sign_in(ve)
    if viewer is not None and viewer.person is not None:
        return RedirectResponse(back, 303)
    return _sign_in_page(request, service, stranger, back)


def _sign_in_page(
    request: Request, service: Service, stranger: str, back: str, fault: Fault | None = None
) -> HTMLResponse:
    status, headers = (fault.status_code, fault.headers) if fault else (200, None)
    length = SELECTOR + SECRET + 1
    page = service.pages.page(request, "sign-in", status=status, fault=fault, length=length, back=back)
    page.headers.update(headers or {})
    session_cookies.put_cookie(page, service.settings, stranger, session_cookies.STRANGER)
    return page


@routes.post("/dang-nhap/")
async def sign_in(
    request: Request, service: Running, address: Address, form: Posted, stranger: Stranger
) -> Response:
    back = urls.after_sign_in(field(form, "ve"))
    try:
        token = await dependencies.sign_in_learner(service, request, field(form, "code"), address)
    except (Fault, Busy, Locked) as error:
        fault = error if isinstance(error, Fault) else fault_of_refusal(error)
        if fault.code not in SHOWN_AGAIN:
            raise
        return _sign_in_page(request, service, stranger, back, fault)
    response = RedirectResponse(back, 303)
    session_cookies.put_cookie(response, service.settings, token)
    session_cookies.drop_cookie(response, service.settings, session_cookies.STRANGER)
    return response


@routes.post("/dang-xuat/", dependencies=[WriteLimit])
async def sign_out(request: Request, service: Running, form: Posted) -> Response:
    response = RedirectResponse(urls.SIGN_IN, 303)
    await dependencies.sign_out(service, request, response)
    return response


# --- courses ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LastTry:
    """The last attempt at a test that counts, and how many are left; `reread` is what to read again first."""

    attempt: progress.Attempt
    number: int
    left: int
    reread: LessonToReread | None


@dataclass(frozen=True, kw_only=True)
class Card:
    """A course on the learner's page; `is_open` where a test was begun and not handed in.

    Nobody is told that a course is missing which is not asked of them. Of one begun in class, `attended` are
    the minutes, `left` the modules of its core that are missing. `reading` are its lessons on the site beside
    the service, if they keep progress; `last` is told of a course that is not completed.
    """

    standing: Standing
    is_asked: bool
    is_open: bool
    attended: int
    left: tuple[tuple[Module, int], ...]
    reading: Mapping[str, Any] | None
    last: LastTry | None

    @property
    def is_begun(self) -> bool:
        return bool(self.is_open or self.attended or self.standing.attempts or self.standing.is_completed)

    @property
    def is_ours(self) -> bool:
        """Tells whether the course is asked of the learner, or was begun anyway."""
        return self.is_asked or self.is_begun

    @property
    def first_act(self) -> Literal["lesson", "test", ""]:
        """Returns what comes first of a course that is asked: its lessons, even of one whose test was begun.

        On a device on which all lessons are done progress.js puts the test first.
        """
        if self.standing.is_completed or not self.is_asked:
            return ""
        return "lesson" if self.reading else "test"

    @property
    def listed(self) -> tuple[progress.Attempt, ...]:
        """The attempts to list; the only one is not listed where it is told as the last."""
        attempts = self.standing.attempts
        return () if self.last is not None and len(attempts) == 1 else attempts


@dataclass(frozen=True, kw_only=True)
class LearnerOverview:
    """All that the learner's page shows."""

    unit: Unit | None
    synthetic: bool
    ours: list[Card]
    others: list[Card]

    @property
    def all_drafts(self) -> bool:
        """Tells whether every course that is shown is a draft, which is then said once."""
        shown = [*self.ours, *self.others]
        return bool(shown) and all(card.standing.course.review.is_draft for card in shown)


@routes.get("/")
async def courses_page(request: Request, service: Running, learner: Learner) -> HTMLResponse:
    overview = await service.read(lambda within: _overview(within, service, learner))
    shown = [card.standing.course.id for card in (*overview.ours, *overview.others)]
    resumable = [course for course in service.resumable if course["id"] in shown]
    return service.pages.page(request, "learner", learner=learner, overview=overview, resumable=resumable)


def _overview(connection: Connection, service: Service, learner: Person) -> LearnerOverview:
    """Returns the learner's page: what is asked of the learner or was begun, and the other courses."""
    unit = people.units_by_id(connection).get(learner.unit or "")
    states = _class_states(connection, service, learner)
    asked = service.asked_of(connection, learner)
    cards = [
        _card(connection, service, learner, standing, asked, states.get((learner.id, standing.course.id)))
        for standing in service.attempts.standings(connection, learner.id)
    ]
    ours, others = ([card for card in cards if card.is_ours is ours] for ours in (True, False))
    synthetic = is_synthetic(connection, (learner,))
    return LearnerOverview(unit=unit, synthetic=synthetic, ours=ours, others=others)


def _class_states(
    connection: Connection, service: Service, learner: Person
) -> Mapping[progress.Pair, progress.CourseState]:
    cored = [id for id, course in service.attempts.courses.items() if course.core]
    return progress.course_states(connection, [learner.id], cored) if cored else {}


def _card(
    connection: Connection,
    service: Service,
    learner: Person,
    standing: Standing,
    asked: Collection[str],
    state: progress.CourseState | None,
) -> Card:
    given = state or progress.NOTHING_YET
    id = standing.course.id
    return Card(
        standing=standing,
        is_asked=id in asked,
        is_open=_is_open(connection, service, learner, standing),
        attended=0 if standing.is_completed else given.minutes,
        left=service.programme.core_left(standing.course, given.modules.minutes, given.modules.credited),
        reading=next((course for course in service.resumable if course["id"] == id), None),
        last=_last_try(connection, service, standing),
    )


def _last_try(connection: Connection, service: Service, standing: Standing) -> LastTry | None:
    """Returns the last attempt that counts at a course that is not completed."""
    counted = [attempt for attempt in standing.attempts if attempt.standing != "voided"]
    if standing.is_completed or not counted:
        return None
    attempt = counted[-1]
    guide = () if attempt.is_passed else service.results.guide(connection, attempt.event_id)
    reread = next((lesson for objective in guide for lesson in objective.lessons), None)
    return LastTry(attempt=attempt, number=len(counted), left=standing.left, reread=reread)


def _is_open(connection: Connection, service: Service, learner: Person, standing: Standing) -> bool:
    if not standing.left:
        return False
    return service.attempts.opened(connection, learner.id, standing.course.id) is not None


# --- the confirmation ---------------------------------------------------------------------------


@routes.get("/phieu/{course}/")
async def certificate_page(request: Request, service: Running, learner: Learner, course: str) -> HTMLResponse:
    """Shows the certificate, issued at the first look; a revoked one says so, and no other replaces it."""
    service.attempts.course(course)
    standing, certificate, unit, synthetic = await service.read(
        lambda within: _printable_certificate(within, service, learner, course)
    )
    if standing.completion is None:
        raise Fault("not-completed")
    certificate = certificate or await _issued_certificate(service, learner, course)
    lasting = service.settings.address
    address = f"{lasting}{urls.CONFIRMATIONS}{certificate.serial}" if lasting else ""
    return service.pages.page(
        request,
        "confirmation",
        learner=learner,
        synthetic=synthetic,
        unit=unit.name if unit else None,
        course_title=standing.course.title,
        completed_on=standing.completed_on,
        issued_on=day_of(certificate.issued_at),
        revoked_on=day_of(certificate.revoked_at) if certificate.revoked_at else None,
        evidence=certificates.EVIDENCE_NAMES[standing.completion.evidence],
        serial=certificates.grouped_serial(certificate.serial),
        address=address,
        qr=certificates.qr_code(address) if address else None,
        is_draft=standing.course.review.is_draft,
    )


def _printable_certificate(
    connection: Connection, service: Service, learner: Person, course: str
) -> tuple[Standing, Certificate | None, Unit | None, bool]:
    return (
        service.attempts.standing(connection, learner.id, course),
        certificate_of(connection, learner.id, course),
        people.units_by_id(connection).get(learner.unit or ""),
        is_synthetic(connection, (learner,)),
    )


async def _issued_certificate(service: Service, learner: Person, course: str) -> Certificate:
    now = service.now()
    try:
        return await service.write(
            lambda within: issue(within, learner.id, course, now=now, random=service.random)
        )
    except NotAllowed:
        raise Fault("not-completed") from None


# --- tests ----------------------------------------------------------------------------------------

TESTS = f"{urls.LEARNERS}kiem-tra"
test_routes = APIRouter(prefix=TESTS, include_in_schema=False)


@test_routes.get("/{course}/")
async def before_test(request: Request, service: Running, learner: Learner, course: str) -> HTMLResponse:
    """Shows what the test asks of a learner, and the button that begins it."""
    tested_course, test = service.attempts.tested(course)
    standing = await service.read(lambda within: service.attempts.standing(within, learner.id, course))
    if not standing.left:
        raise Fault("no-attempt-left")
    opened = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    if opened is None:
        # Nobody is asked to begin what cannot be begun.
        await draw_form(service, learner.id, course)
    synthetic = await service.read(lambda within: is_synthetic(within, (learner,)))
    return service.pages.page(
        request,
        "test-start",
        course=tested_course,
        test=test,
        asked=sum(draw.take for draw in test.draw),
        number=standing.number,
        is_open=opened is not None,
        synthetic=synthetic,
    )


@test_routes.post("/{course}/", dependencies=[WriteLimit])
async def begin_test(service: Running, learner: Learner, form: Posted, course: str) -> Response:
    await open_form(service, learner.id, course)
    return RedirectResponse(f"{TESTS}/{course}/lam-bai/", 303)


@test_routes.get("/{course}/lam-bai/")
async def test_page(request: Request, service: Running, learner: Learner, course: str) -> Response:
    """Shows all questions on one page; where no test was begun, the page before it."""
    opened = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    if opened is None:
        return RedirectResponse(f"{TESTS}/{course}/", 303)
    return await _test_page(request, service, learner, opened)


@test_routes.post("/{course}/lam-bai/", dependencies=[WriteLimit])
async def hand_in_form(
    request: Request, service: Running, learner: Learner, form: Posted, course: str
) -> Response:
    """Takes a form without scripts; unanswered questions are asked about once, with everything kept."""
    id, given = field(form, "form"), test_view.sent_fields(form)
    current = await service.read(lambda within: service.attempts.opened(within, learner.id, course))
    is_current = current is not None and current.id == id
    if current is None or not is_current:
        opened = await service.read(lambda within: service.attempts.kept(within, learner.id, id))
    else:
        opened = current
    wire = test_view.to_wire(opened.form, opened.key, given)
    missing = unanswered(opened.form, opened.key, to_responses(opened.form, opened.key, wire))
    if is_current and missing and not field(form, "anyway"):
        flagged = tuple(str(number) for number in form.getlist("flag"))
        return await _test_page(request, service, learner, opened, given, flagged, missing)
    token = session_cookies.cookie_of(request, service.settings).token
    handed = HandedIn(token=token, attempt=opened.attempt, form=id, wire=wire)
    result, _ = await submit_attempt(service, handed)
    return RedirectResponse(f"{urls.LEARNERS}ket-qua/{result.attempt}/", 303)


async def _test_page(
    request: Request,
    service: Service,
    learner: Person,
    opened: Opened,
    given: Fields | None = None,
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
        question_sheet=service.question_sheets.make(opened.id, opened.form, opened.key),
        given=given or {},
        flagged=flagged,
        missing=missing,
        synthetic=synthetic,
    )

"""Dependencies of routes: the service's parts, the reader, the form; signing in, taking a test."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import Response

from ..programme.model.programme import Programme
from ..programme.vietnamese import day_of
from ..quiz import Form, Key
from ..records import people
from ..records.access import sessions
from ..records.access.accounts import Account, TotpNeeded, needs_second_factor, require_right
from ..records.access.credentials import Hashing
from ..records.access.learner_codes import LearnerSignIn
from ..records.access.sessions import Session, new_token, touch_session
from ..records.access.staff_sign_in import StaffSignIn
from ..records.errors import Busy, Conflict, Locked, WrongCode
from ..records.events.ledger import ids_of_person
from ..records.people import Person
from ..records.store import Store
from .attempts import Attempts, HandedIn, Opened
from .http import session_cookies, urls
from .http.errors import Fault
from .http.files import SealedFiles
from .http.pages import MOST_FIELDS, Pages
from .http.request_limits import Allowance, Queue, client_network, plain_form
from .http.session_cookies import RecentSessions, Viewer
from .http.settings import Settings
from .target_cache import Measures
from .test_view import QuestionSheets, Result, Results

T = TypeVar("T")

#: How many may wait for a thread that runs argon2: some classes that come at the same moment.
MOST_WAITING = 600
#: How many codes are tried at a time from addresses with too many wrong ones, and how many tries may wait: so
#: many that one guessing machine does not fill the queue, and a neighbour waits some seconds at most.
SUSPECTS, MOST_SUSPECTS = 1, 300
#: How many browsers print at a time.
PRINTING = 2
#: How many lists are read and looked through at a time: each may take 200 MB.
READING = 1


@dataclass(frozen=True, kw_only=True)
class Service:
    """The parts of a running service.

    `resumable` are the courses of the site beside it whose progress a device keeps. `slow` are the threads
    that may wait for argon2, `queue` leads to them, `suspects` to one for addresses with too many wrong
    codes. `printing` are those that may run a browser; `reading` is for jobs that hold a whole list.
    """

    programme: Programme
    store: Store
    settings: Settings
    now: Callable[[], datetime]
    pages: Pages
    resumable: Sequence[Mapping[str, Any]]
    attempts: Attempts
    results: Results
    question_sheets: QuestionSheets
    learners: LearnerSignIn
    staff: StaffSignIn
    hashing: Hashing
    random: Callable[[int], bytes]
    measures: Measures
    writes: Allowance
    sign_in_fails: Allowance
    confirmations: Allowance
    papers: Allowance
    forms: Allowance
    sealed: SealedFiles
    recent_sessions: RecentSessions
    slow: CapacityLimiter
    queue: Queue
    suspects: Queue
    printing: CapacityLimiter
    reading: CapacityLimiter

    async def read(self, job: Callable[[Connection], T]) -> T:
        """Returns what a job reads, in a thread of its own."""
        return await to_thread.run_sync(self.store.look, job)

    async def write(self, job: Callable[[Connection], T]) -> T:
        """Returns a job's result, once it is on disk."""
        return await asyncio.wrap_future(self.store.submit(job))

    def later(self, job: Callable[[Connection], object]) -> None:
        """Writes without waiting; left out where too many wait already."""
        with suppress(Busy):
            self.store.submit(job)

    async def slowly(self, work: Callable[[], T]) -> T:
        """Returns the result of work with argon2, such as signing in. Raises Busy where too many wait."""
        return await self.queue.run(work)

    def asked_of(self, connection: Connection, person: Person) -> frozenset[str]:
        """Returns the courses that a person is asked to complete: of a list, or of the level of their unit.

        The level asks nothing of learners who stand in no roster. Of whom no unit is known all is asked.
        """
        unit = people.units_by_id(connection).get(person.unit or "")
        if unit is None:
            return frozenset(self.attempts.courses)
        listed, ids = people.courses_of_learner(connection, person.id), ids_of_person(connection, person.id)
        if listed and not any(people.rosters_of_person(connection, id) for id in ids):
            return listed
        return listed | self.programme.courses_of_level(unit.level).intersection(self.attempts.courses)


async def service(request: Request) -> Service:
    running_service: Service = request.app.state.service
    return running_service


Running = Annotated[Service, Depends(service)]


#: How many files may be sent up at a time: each commune may send its own list.
MOST_FILES = 100
#: How many files a form is read with, so that somebody who chose too many can be told the limit.
MOST_FILES_READ = 1_000
# A list of names stays in memory, and `BodyLimits` lets in little enough: Starlette would put what is
# over a megabyte into the system's temporary folder.
MultiPartParser.spool_max_size = sys.maxsize


# --- who ----------------------------------------------------------------------------------------


async def viewer(request: Request, service: Running) -> Viewer | None:
    """Returns who is signed in, or None; also notes it for the layout of the page."""
    cookie, now = session_cookies.cookie_of(request, service.settings), service.now()
    viewer = (
        await service.read(lambda within: session_cookies.find_viewer(within, cookie, now))
        if cookie.token
        else None
    )
    if viewer is not None:
        token = cookie.token
        service.recent_sessions.note(token, viewer.session.person or viewer.session.account or "")
        if viewer.session.needs_touch(now):
            service.later(lambda within: touch_session(within, token, now=now))
    request.state.viewer = viewer
    return viewer


MaybeViewer = Annotated[Viewer | None, Depends(viewer)]


async def learner(viewer: MaybeViewer) -> Person:
    """Returns the learner who is signed in. Raises Fault."""
    if viewer is None or viewer.person is None:
        raise Fault("signed-out")
    return viewer.person


Learner = Annotated[Person, Depends(learner)]


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """A member of the staff who may do what the route does; `lasting` is that of the viewer."""

    account: Account
    session: Session
    lasting: str


async def member_by_password(viewer: MaybeViewer) -> StaffMember:
    """Returns staff whose password was right, perhaps without a code: for the second factor. Raises Fault."""
    if viewer is None or viewer.account is None:
        raise Fault("signed-out")
    return StaffMember(account=viewer.account, session=viewer.session, lasting=viewer.lasting)


ByPassword = Annotated[StaffMember, Depends(member_by_password)]


def staff(operation: str | None = None) -> Callable[..., Awaitable[StaffMember]]:
    """Returns a dependency: staff whose role may do an operation of `OPERATIONS`, or any staff.

    It raises Fault `signed-out`; TotpNeeded where no code was right in the session, or a fresh one is needed;
    NotAllowed. It does not tell whether a unit is theirs.
    """

    async def member(member: ByPassword, service: Running) -> StaffMember:
        is_waived = service.settings.trainers_by_password
        if needs_second_factor(member.account, member.session, trainers_by_password=is_waived):
            raise TotpNeeded("second factor")
        if operation is not None:
            require_right(operation, member.account, member.session, now=service.now())
        return member

    return member


# --- from where ---------------------------------------------------------------------------------


async def address(request: Request) -> str:
    """Returns what the rates of those who are not signed in are kept for."""
    return client_network(request.client.host if request.client else "")


Address = Annotated[str, Depends(address)]


async def rate_key(request: Request, service: Running) -> str:
    """Returns the person whose allowance is used, so that nobody waits for others, else the address.

    An unknown session counts for the address, until a page has found its owner.
    """
    owner = service.recent_sessions.owner(session_cookies.cookie_of(request, service.settings).token)
    return owner or client_network(request.client.host if request.client else "")


RateKey = Annotated[str, Depends(rate_key)]


async def limit_writes(service: Running, rate_key: RateKey) -> None:
    """Takes from the allowance of a route that writes. Raises Fault."""
    if wait := service.writes.take(rate_key):
        raise Fault("too-many", headers={"Retry-After": str(wait)})


WriteLimit = Depends(limit_writes)


# --- forms --------------------------------------------------------------------------------------


async def stranger(request: Request, service: Running) -> str:
    """Binds the forms of a page to a cookie before anybody is signed in; `put_cookie` must send it."""
    cookie = session_cookies.cookie_of(request, service.settings, session_cookies.STRANGER)
    request.state.stranger = cookie.token or new_token(service.random)
    return str(request.state.stranger)


Stranger = Annotated[str, Depends(stranger)]


async def posted(request: Request, service: Running, _viewer: MaybeViewer) -> FormData:
    """Returns the fields of a form that was sent from one of our pages. Raises Fault.

    The form is read only once the dependencies before it in the route have let the sender through.
    """
    cookie = session_cookies.cookie_of(request, service.settings, session_cookies.STRANGER)
    request.state.stranger = cookie.token
    most_files = MOST_FILES_READ if urls.is_in(request.scope["path"], *urls.UPLOADS) else 1
    form = plain_form(await request.form(max_fields=MOST_FIELDS, max_files=most_files))
    sent, expected = form.get("token"), session_cookies.form_token(request)
    if not (isinstance(sent, str) and expected and compare_digest(sent.encode(), expected.encode())):
        await form.close()
        raise Fault("stale-form")
    return form


Posted = Annotated[FormData, Depends(posted)]


def field(form: FormData, name: str) -> str:
    """Returns a field's text, without blanks around it; "" where it was not sent."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


async def sign_in_learner(service: Service, request: Request, typed: str, address: str) -> str:
    """Returns the token of a learner's new session and ends the old one. Raises Fault, Locked, or Busy.

    An unknown code is answered, and locked, like a known one.
    """
    try:
        token = await count_failures(service, address, lambda: service.learners.sign_in(typed))
    except WrongCode:
        raise Fault("wrong-code") from None
    await close_session(service, request)
    return token


async def sign_in_staff(service: Service, request: Request, name: str, password: str, address: str) -> str:
    """Returns the token of a new session of staff and ends the old one.

    An unknown name is answered, and locked, like a known one: these are names of people. Raises Fault,
    Locked, Busy, or WrongCode.
    """
    token = await count_failures(service, address, lambda: service.staff.sign_in(name, password))
    await close_session(service, request)
    return token


async def count_failures(service: Service, address: str, sign_in: Callable[[], str]) -> str:
    """Returns the token that `sign_in` gives. Raises Fault, or what `sign_in` does.

    A wrong secret counts for the address; a try counts until it was right, so that many at once are as many.
    Past the bound a wrong secret is no longer answered, and tries go one at a time: a neighbour with a right
    one comes in all the same, and nobody elsewhere waits for those who guess.
    """
    fails = service.sign_in_fails
    is_within = not fails.take(address)
    is_counted = False
    try:
        return await (service.queue if is_within else service.suspects).run(sign_in)
    except (WrongCode, Locked) as refusal:
        is_counted = True
        if is_within or isinstance(refusal, Locked):
            raise
        wait = max(fails.wait(address), 1)
        raise Fault("too-many-wrong", headers={"Retry-After": str(wait)}) from None
    finally:
        if is_within and not is_counted:
            fails.give_back(address)


async def sign_out(service: Service, request: Request, response: Response) -> None:
    """Ends the session on the server and in the browser."""
    await close_session(service, request)
    session_cookies.drop_cookie(response, service.settings)


async def close_session(service: Service, request: Request) -> None:
    """Ends the session that this browser had, whoever its owner: machines are shared."""
    token = session_cookies.cookie_of(request, service.settings).token
    if token:
        await service.write(lambda within: sessions.close_session(within, token, now=service.now()))


async def open_form(service: Service, person: str, course: str) -> Opened:
    """Returns the form to answer next: the one begun, else a new one, kept with its key. Raises Fault."""
    begun = await service.read(lambda within: service.attempts.opened(within, person, course))
    if begun is not None:
        return begun
    form, key = await draw_form(service, person, course)
    now = service.now()
    return await service.write(lambda within: service.attempts.keep(within, person, form, key, now))


async def draw_form(service: Service, person: str, course: str) -> tuple[Form, Key]:
    """Returns a form of what is right today, not yet kept. Raises Fault."""
    today = day_of(service.now())
    return await service.read(lambda within: service.attempts.draw(within, person, course, today))


async def submit_attempt(service: Service, handed: HandedIn) -> tuple[Result, bool]:
    """Returns the result, once the attempt is on disk, and whether it is new. Raises Fault."""
    try:
        future = service.store.submit_to(service.attempts.hand_in, handed)
        marked, appended = await asyncio.wrap_future(future)
    except Conflict:
        raise Fault("other-attempt") from None
    received_at, clock_off = appended.received_at, appended.client_flagged
    return service.results.worded(marked.event, marked.mark, received_at, clock_off), appended.is_new

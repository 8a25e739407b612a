"""The application: site, pages and API from one origin."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.middleware import Middleware
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoReaderFree
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ..errors import OperatorError
from ..programme.model.programme import Programme
from ..records import By
from ..records.access.credentials import WAITING, WORKERS, Hashing
from ..records.access.learner_codes import LearnerSignIn
from ..records.access.second_factor import SeedKey, note_second_factor
from ..records.access.sessions import sweep_sessions
from ..records.access.staff_sign_in import StaffSignIn
from ..records.errors import Refused
from ..records.store import Store
from ..records.store.database_errors import is_out_of_reach
from ..render.site.context import SiteContext
from ..render.site.course import resumable_courses
from ..render.text.prose import Prose
from . import learner_api, learner_pages, public_pages, result_pages
from .attempts import Attempts
from .dependencies import MOST_SUSPECTS, MOST_WAITING, PRINTING, READING, SUSPECTS, Service
from .http import errors, urls
from .http.errors import Fault, fault_of_http
from .http.files import OwnFiles, SealedFiles, StaticSite
from .http.hosts import KnownHosts, StaffHost
from .http.pages import STATIC, Pages, fields_sent
from .http.request_limits import UNREADABLE, Allowance, BodyLimits, Queue, TextCheck
from .http.request_log import LOG, RequestLog, note_out_of_reach, traceback_text
from .http.security_headers import SameOrigin, SecurityHeaders
from .http.session_cookies import RecentSessions
from .http.settings import ONCE_AN_HOUR, Settings, Stopwatch
from .http.urls import TestLinks
from .target_cache import Measures
from .test_view import QuestionSheets, Results

#: The one who starts the service chooses who needs a second factor.
BY_START = By(actor="dòng lệnh", reason="chọn khi chạy dịch vụ")
#: Seconds after which a database that is out of reach is asked again.
SOON = "15"
#: Characters told of a place in what was sent: the sender may have named it.
LONGEST_PLACE = 80
#: Turned off: nothing is measured or sent to anybody.
SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}


def create_app(
    programme: Programme,
    store: Store,
    *,
    site: Path | None = None,
    settings: Settings | None = None,
    hashing: Hashing | None = None,
    key: SeedKey | None = None,
    routers: Sequence[APIRouter] = (),
    stopwatch: Stopwatch = time.monotonic,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> FastAPI:
    """Returns the application of a programme and its records; the clock is the store's.

    `site` is the folder of the static site, `routers` are further pages, such as those of staff. The caller
    who gave the store, and `hashing`, closes them once the application has ended. Without a `key`, the seeds
    of authenticators are lost when it ends.
    """
    service = _container(programme, store, site, settings or Settings(), hashing, key, stopwatch, random)
    app = FastAPI(
        title=f"{programme.charter.short_title}: sổ theo dõi",
        description="Học viên đăng nhập, làm bài kiểm tra, xem kết quả. Đáp án không rời máy chủ.",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{urls.API}openapi.json",
        middleware=_middleware(service, stopwatch, random),
        lifespan=_lifespan(service, is_hashing_ours=hashing is None),
        telemetry=SILENT,
    )
    app.state.service = service
    _add_error_handlers(app, service.pages)
    app.router.routes[:0] = learner_api.quick_routes.routes
    # The routes themselves: for an included router, FastAPI makes each anew once the application is asked.
    for router in (
        learner_api.routes,
        learner_pages.test_routes,
        learner_pages.routes,
        result_pages.routes,
        public_pages.routes,
        *routers,
    ):
        app.router.routes += router.routes
    app.mount(urls.STATIC.rstrip("/"), OwnFiles(STATIC))
    if site is not None:
        # Not a mount at "/", which would take a wrong method of our own routes for a page of the site.
        app.router.default = StaticSite(site, TestLinks(service.attempts.courses))
    return app


def _container(
    programme: Programme,
    store: Store,
    site: Path | None,
    settings: Settings,
    hashing: Hashing | None,
    key: SeedKey | None,
    stopwatch: Stopwatch,
    random: Callable[[int], bytes],
) -> Service:
    hashing = hashing or Hashing()
    slow = CapacityLimiter(WORKERS + WAITING - SUSPECTS)
    return Service(
        programme=programme,
        store=store,
        settings=settings,
        now=store.now,
        pages=Pages(programme, site, settings),
        resumable=resumable_courses(
            SiteContext(programme=programme, prose=Prose(programme)), urls.LEARNERS.lstrip("/")
        )
        if site
        else (),
        attempts=Attempts(programme),
        results=Results(programme),
        question_sheets=QuestionSheets(programme),
        learners=LearnerSignIn(store, hashing, random=random),
        staff=StaffSignIn(
            store,
            hashing,
            key=key,
            trainers_by_password=settings.trainers_by_password,
            titles=(programme.charter.title, programme.charter.short_title, programme.charter.owner),
            random=random,
        ),
        hashing=hashing,
        random=random,
        measures=Measures(programme, store),
        writes=Allowance(settings.writes, stopwatch),
        sign_in_fails=Allowance(settings.sign_in_fails, stopwatch),
        confirmations=Allowance(settings.confirmations, stopwatch),
        papers=Allowance(settings.papers, stopwatch),
        forms=Allowance(ONCE_AN_HOUR, stopwatch),
        sealed=SealedFiles(stopwatch),
        recent_sessions=RecentSessions(),
        slow=slow,
        queue=Queue(slow, MOST_WAITING),
        suspects=Queue(CapacityLimiter(SUSPECTS), MOST_SUSPECTS),
        printing=CapacityLimiter(PRINTING),
        reading=CapacityLimiter(READING),
    )


def _middleware(service: Service, stopwatch: Stopwatch, random: Callable[[int], bytes]) -> list[Middleware]:
    """Returns the middleware, the outermost first."""
    settings = service.settings
    return [
        Middleware(SecurityHeaders, is_secure=settings.is_secure),
        Middleware(
            RequestLog, stopwatch=stopwatch, answer=service.pages.fault, number=lambda: random(4).hex()
        ),
        Middleware(KnownHosts, settings=settings),
        Middleware(TextCheck),
        *([Middleware(StaffHost, settings=settings)] if settings.staff_address else ()),
        Middleware(SameOrigin, settings=settings),
        Middleware(BodyLimits, settings=settings),
    ]


def _lifespan(service: Service, *, is_hashing_ours: bool) -> Callable[[FastAPI], Any]:
    """Notes today's versions of the tests, and who needs a second factor; forgets sessions that are over.

    At the end it closes what was made here.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        now = service.now()
        await service.write(lambda within: service.attempts.publish(within, now))
        await service.write(lambda within: sweep_sessions(within, now=now))
        is_waived = service.settings.trainers_by_password
        await service.write(
            lambda within: note_second_factor(within, is_waived=is_waived, by=BY_START, now=now)
        )
        yield
        if is_hashing_ours:
            service.hashing.close()

    return lifespan


# --- faults -------------------------------------------------------------------------------------


def _add_error_handlers(app: FastAPI, pages: Pages) -> None:
    async def fault_response(request: Request, fault: Fault) -> Response:
        return pages.fault(request, fault, again=await fields_sent(request, fault))

    async def of_framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return await fault_response(request, fault_of_http(error))

    async def of_records(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return await fault_response(request, errors.fault_of_refusal(error))

    async def of_input(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return await fault_response(request, _fault_of_validation(request, error))

    unavailable = Fault("unavailable", headers={"Retry-After": SOON})

    async def of_store(request: Request, error: Exception) -> Response:
        LOG.error("%s", traceback_text(error))
        return await fault_response(request, unavailable)

    async def of_database(request: Request, error: Exception) -> Response:
        assert isinstance(error, DBAPIError)
        if not is_out_of_reach(error.orig):
            raise error
        note_out_of_reach(error.orig)
        return await fault_response(request, unavailable)

    app.add_exception_handler(HTTPException, of_framework)
    app.add_exception_handler(Refused, of_records)
    app.add_exception_handler(RequestValidationError, of_input)
    app.add_exception_handler(OperatorError, of_store)
    app.add_exception_handler(NoReaderFree, of_store)
    app.add_exception_handler(DBAPIError, of_database)


def _fault_of_validation(request: Request, error: RequestValidationError) -> Fault:
    """Returns the fault of the first wrong place, never its value; an impossible address is no page."""
    place = [str(part) for part in error.errors()[0]["loc"]]
    if place[0] == "path":
        if not urls.is_in(request.scope["path"], urls.API):
            return Fault("no-such-page")
        return Fault("not-understood", where=errors.place("address", part=place[-1]))
    named = UNREADABLE.sub(" ", " › ".join(place[1:]))[:LONGEST_PLACE]
    return Fault("not-understood", where=named or errors.place("whole"))

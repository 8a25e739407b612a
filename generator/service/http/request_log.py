"""The log of requests: routes, never who or what was sent; and the place where errors end."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import Fault
from .session_cookies import viewer_of
from .settings import Stopwatch

LOG = logging.getLogger("taphuan.service")
Answer = Callable[[Request, Fault], Response]
#: A moment as the records keep it, so that both can be read side by side.
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
FORBIDDEN = 403


def utc_formatter() -> logging.Formatter:
    """Returns a formatter whose lines begin with the moment in UTC, whatever the machine's time zone."""
    formatter = logging.Formatter("%(asctime)s %(message)s", MOMENT)
    formatter.converter = time.gmtime
    return formatter


class RequestLog:
    """Logs one line a request, with the route's pattern, since a path may hold a serial or an attempt.

    Only where staff were refused does it name somebody: by the id of the account, as the trail does. Every
    error becomes a response here; a server would log it whole, names included.
    """

    def __init__(
        self, app: ASGIApp, *, stopwatch: Stopwatch, answer: Answer, number: Callable[[], str]
    ) -> None:
        self.app = app
        self._stopwatch, self._answer, self._number = stopwatch, answer, number

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started, status = self._stopwatch(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception as error:  # the only place that catches all
            fault = error if isinstance(error, Fault) else self._unforeseen(error)
            if not status:
                await self._answer(Request(scope), fault)(scope, receive, send_noting)
        finally:
            spent = round((self._stopwatch() - started) * 1000)
            pattern = getattr(scope.get("route"), "path", None) or "(trang tĩnh)"
            who = _refused_staff(scope) if status == FORBIDDEN else ""
            LOG.info("%s %s %s %s ms%s", scope["method"], pattern, status or "-", spent, who)

    def _unforeseen(self, error: Exception) -> Fault:
        number = self._number()
        LOG.error("%s: %s", number, traceback_text(error))
        return Fault("unforeseen", number=number)


def _refused_staff(scope: Scope) -> str:
    viewer = viewer_of(Request(scope))
    return f" {viewer.account.id}" if viewer is not None and viewer.account is not None else ""


def note_out_of_reach(fault: BaseException | None) -> None:
    """Logs why the records could not be reached: the driver's kind and code, not its message."""
    code = getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None) or "-"
    LOG.error("%s %s", type(fault).__qualname__, code)


def traceback_text(error: BaseException) -> str:
    """Returns kinds and places of an error and its causes, without messages: a database's may quote a row."""
    parts = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
        parts.append(f"{type(cause).__qualname__} {places}")
        cause = cause.__cause__ or cause.__context__
    return " | ".join(parts)

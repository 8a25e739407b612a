"""Limits of requests: how often they come, how many wait, how large and slow a body is, which text it has."""

from __future__ import annotations

import asyncio
import math
import re
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from typing import TypeVar
from urllib.parse import unquote_to_bytes

from anyio import CapacityLimiter, to_thread
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...records.errors import Busy
from ...render.templates import kilobytes
from . import urls
from .errors import Fault
from .settings import MOST_KEYS, Rate, Settings, Stopwatch


class Allowance:
    """How much of a rate each key has left."""

    def __init__(self, rate: Rate, stopwatch: Stopwatch, most: int = MOST_KEYS) -> None:
        self._rate = rate
        self._stopwatch = stopwatch
        self._most = most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def wait(self, key: str) -> int:
        """Returns whole seconds until the key may go on; 0 where it may now. Takes nothing."""
        missing = 1 - self._refilled(key)
        return max(math.ceil(missing * self._rate.seconds / self._rate.burst), 1) if missing > 0 else 0

    def take(self, key: str) -> int:
        """Takes one and returns 0; where none is left, returns the whole seconds to wait."""
        left = self._refilled(key)
        if left < 1:
            return max(self.wait(key), 1)
        self._keep(key, left - 1)
        return 0

    def give_back(self, key: str) -> None:
        """Gives one back, where the act that took it did not count."""
        self._keep(key, min(self._refilled(key) + 1, float(self._rate.burst)))

    def forget(self, key: str) -> None:
        """Forgets what was taken, where the act did not happen."""
        self._left.pop(key, None)

    def _refilled(self, key: str) -> float:
        left, since = self._left.get(key, (float(self._rate.burst), self._stopwatch()))
        passed = self._stopwatch() - since
        return min(float(self._rate.burst), left + passed * self._rate.burst / self._rate.seconds)

    def _keep(self, key: str, left: float) -> None:
        self._left[key] = (left, self._stopwatch())
        self._left.move_to_end(key)
        while len(self._left) > self._most:
            self._left.popitem(last=False)


T = TypeVar("T")

#: Seconds after which somebody who found a queue full may come again.
SECONDS_OF_QUEUE = 5


class Queue:
    """Runs work in threads, so many at a time, with so many more waiting.

    Each caller is counted before anything is awaited, so simultaneous callers cannot pass the bound.
    """

    def __init__(self, limiter: CapacityLimiter, most_waiting: int) -> None:
        self._limiter, self._most, self._inside = limiter, limiter.total_tokens + most_waiting, 0

    async def run(self, work: Callable[[], T]) -> T:
        """Returns the work's result. Raises Busy where too many are inside already."""
        if self._inside >= self._most:
            raise Busy(SECONDS_OF_QUEUE)
        self._inside += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


@lru_cache(maxsize=1024)
def client_network(host: str) -> str:
    """Returns what a rate is kept for: an IPv4 address, or the 64 bits of IPv6 that one customer has."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


class BodyLimits:
    """Lets no more through than the limit of its area, and waits no longer for it than is set."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        own, loop = self._settings, asyncio.get_running_loop()
        is_upload = scope["method"] == "POST" and urls.is_in(scope["path"], *urls.UPLOADS)
        limit = own.upload_limit if is_upload else own.body_limit
        until = loop.time() + (own.upload_seconds if is_upload else own.body_seconds)
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        is_over, is_whole, seen = seen > limit, False, 0

        async def receive_within() -> Message:
            nonlocal seen, is_whole
            if is_over:
                raise Fault("too-big", limit=kilobytes(limit))
            try:  # single bytes could otherwise come for ever
                async with asyncio.timeout_at(None if is_whole else min(loop.time() + own.patience, until)):
                    message = await receive()
            except TimeoutError:
                raise Fault("too-slow", headers={"Connection": "close"}) from None
            seen += len(message.get("body", b""))
            is_whole = is_whole or not message.get("more_body", False)
            if seen > limit:
                raise Fault("too-big", limit=kilobytes(limit))
            return message

        await self.app(scope, receive_within, send)


#: Tabs and ends of lines stay.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: The encodings that a form may name; every browser sends one of these.
CHARSETS = frozenset({b"", b"utf-8", b"utf8", b"us-ascii"})


class TextCheck:
    """Refuses an address that nobody can read, and a form that is not in UTF-8.

    PostgreSQL stores no NUL, UTF-8 has no lone surrogates, and XML forbids other control characters. No
    person types any of these, except that Word's line break is one: so each becomes a blank in a field, and
    an address with one is refused.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if UNREADABLE.search(scope["path"]) or b"\0" in unquote_to_bytes(scope["query_string"]):
                raise Fault("no-such-page")
            _, said = parse_options_header(Headers(scope=scope).get("content-type"))
            if said.get(b"charset", b"").lower() not in CHARSETS:
                raise Fault("not-utf8")
        await self.app(scope, receive, send)


def plain_form(form: FormData) -> FormData:
    """Returns the same fields and files, with a blank for each character that cannot be stored."""
    fields = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            value = UNREADABLE.sub(" ", value)
        elif value.filename:
            value.filename = UNREADABLE.sub(" ", value.filename)
        fields.append((UNREADABLE.sub(" ", name), value))
    return FormData(fields)

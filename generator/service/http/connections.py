"""Limits of connections: their number, and each one's headers, time and slow reading."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ...render.security_policy import HEADERS
from .errors import fault_texts
from .request_limits import client_network
from .request_log import LOG
from .settings import KILOBYTE

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

#: Open files set aside for the records, for lists being sent up and for printing.
RESERVE = 256
FEWEST = 64
#: More open files than this are not asked for; a connection may hold a body of 64 KB.
MOST_FILES = 4_096


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits: bytes of a request's headers with its first line, their number, seconds, connections.

    `connections` defaults to as many as the open files allow. `header_seconds` run from connecting, or from
    the first byte of a request; `rest_seconds` are for a body that is already answered, `unread_seconds` for
    an answer of which nothing is taken. Connections that began to wait less than `fresh_seconds` ago are
    closed last. `queued` requests may follow one unanswered.
    """

    header_bytes: int = 32 * KILOBYTE
    headers: int = 100
    header_seconds: float = 10.0
    rest_seconds: float = 60.0
    unread_seconds: float = 120.0
    fresh_seconds: float = 3.0
    connections: int | None = None
    queued: int = 16


DEFAULTS = Limits()


def most_connections() -> int:
    """Returns how many connections the open files allow; asks for more files where there are few."""
    return max(FEWEST, min(_open_files(), MOST_FILES) - RESERVE)


def _open_files() -> int:
    if resource is None:  # Windows, which has no such limit
        return MOST_FILES
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    if now == resource.RLIM_INFINITY or now >= wanted:
        return MOST_FILES if now == resource.RLIM_INFINITY else now
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    except (ValueError, OSError):
        return now
    return wanted


class RequestTooLarge(Exception):
    """Raised at more headers, or requests at once, than are taken; ends the parsing."""


class Connections:
    """Holds all connections of a server and checks them a few times within the shortest time limit."""

    def __init__(self, limits: Limits, most: int) -> None:
        self.limits, self.most = limits, most
        self._open: set[Connection] = set()
        times = (limits.header_seconds, limits.rest_seconds, limits.unread_seconds)
        self._interval = min(*times, 4.0) / 4
        self._is_watching = False

    def protocol(self, **given: Any) -> Connection:
        """Returns the connection that uvicorn asks for."""
        return Connection(self, **given)

    def add(self, connection: Connection) -> None:
        """Takes a connection in, and first makes room for it where there is none."""
        if len(self._open) >= self.most:
            self._make_room(connection.loop.time())
        self._open.add(connection)
        if len(self._open) > self.most:
            return connection.transport.abort()
        if not self._is_watching:
            self._is_watching = True
            connection.loop.call_later(self._interval, self._watch, connection.loop)

    def remove(self, connection: Connection) -> None:
        self._open.discard(connection)

    def _watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Ends connections that took too long, and checks again while there are any."""
        now = loop.time()
        for connection in tuple(self._open):
            connection.check(now)
        self._is_watching = bool(self._open)
        if self._is_watching:
            loop.call_later(self._interval, self._watch, loop)

    def _make_room(self, now: float) -> None:
        """Closes some connections that wait for their other side: finding one costs as much as many.

        They are those that wait longest, of the address that holds most. An address may be a whole class, or
        a proxy, so that none has a limit of its own. Fresh ones are spared, unless their address holds more
        than all others together: a crowd would otherwise have older connections of others closed instead.
        """
        since = {connection: at for connection in self._open if (at := connection.waits_since) is not None}
        held = Counter(connection.address for connection in self._open)
        fresh = now - self.limits.fresh_seconds
        old = {
            connection: at
            for connection, at in since.items()
            if at <= fresh or 2 * held[connection.address] > len(self._open)
        } or since
        first = sorted(
            old, key=lambda connection: (-held[connection.address], connection.address, old[connection])
        )
        for connection in first[: max(1, self.most // 64)]:
            self.remove(connection)
            connection.transport.abort()


class Connection(HttpToolsProtocol):
    """One connection within the limits; uvicorn's handling of a request is unchanged."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._all, self._limits = connections, connections.limits
        self._refusal, self._is_whole = "bad-request", True
        #: Bytes not yet parsed into anything, such as a header or a piece of a body.
        self._pending = 0
        self._header_bytes = 0
        self._unread, self._unread_since = 0, 0.0

    # --- coming and going ---------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address, self._since = client_network(self.client[0] if self.client else ""), self.loop.time()
        self._all.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.remove(self)
        super().connection_lost(exc)

    @property
    def waits_since(self) -> float | None:
        """The moment since which the other side has to act: ask, go on asking, or take its answer."""
        if self._unread:
            return self._unread_since
        is_answering = self.cycle is not None and not self.cycle.response_complete
        return None if is_answering and self._is_whole else self._since

    @property
    def _is_answered_early(self) -> bool:
        """True where the answer was sent before the whole request had come."""
        return not self._is_whole and self.cycle is not None and self.cycle.response_complete

    def check(self, now: float) -> None:
        """Ends the connection where its other side takes too long."""
        if self._is_unread(now):
            self.transport.abort()
        if self.transport.is_closing() or (self.cycle is not None and not self.cycle.response_complete):
            return
        waited = now - self._since
        if self._is_answered_early and waited > self._limits.rest_seconds:
            self.transport.abort()
        elif self._pending and self._is_whole and waited > self._limits.header_seconds:
            self._refuse("too-slow")
        elif waited > (self._limits.header_seconds if self.cycle is None else self.timeout_keep_alive):
            self.transport.close()

    def _is_unread(self, now: float) -> bool:
        """Tells whether none of what is to be sent was taken for too long."""
        unread = self.transport.get_write_buffer_size()
        if unread != self._unread:
            self._unread, self._unread_since = unread, now
        return unread > 0 and now - self._unread_since > self._limits.unread_seconds

    # --- what comes in ------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if not self._pending and not self._is_answered_early:
            self._since = self.loop.time()
        self._pending += len(data)
        super().data_received(data)
        if self._pending > self._limits.header_bytes and not self.transport.is_closing():
            self._refuse("too-many-headers")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._header_bytes = 0

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        self._header_bytes += len(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Counts the headers; trailers come here too, after the body, and are counted with them."""
        self._header_bytes += len(name) + len(value) + 4
        limits = self._limits
        if self._header_bytes > limits.header_bytes or len(self.headers) >= limits.headers:
            self._end("too-many-headers")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if self._header_bytes > self._limits.header_bytes:
            self._end("too-many-headers")
        if len(self.pipeline) >= self._limits.queued:
            self._end("too-many")
        self._pending, self._is_whole = 0, False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._pending = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._pending, self._is_whole = 0, True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._since = self.loop.time()
        super().on_response_complete()

    # --- refusing -----------------------------------------------------------------------------

    def _end(self, code: str) -> NoReturn:
        """Ends the parsing; uvicorn then asks for a refusal."""
        self._refusal = code
        raise RequestTooLarge(code)

    def send_400_response(self, msg: str) -> None:
        """Refuses what was not understood in the reader's language; `msg` is in English."""
        self._refuse(self._refusal)

    def _refuse(self, code: str) -> None:
        """Sends a refusal and closes; in the middle of an answer it only closes."""
        cycle = self.cycle
        if cycle is not None and cycle.response_started and not cycle.response_complete:
            return self.transport.abort()
        wording = fault_texts()[code]
        LOG.info("- (kết nối) %s", wording.status)
        text = f"{wording.message}. {wording.fix}\n".encode()
        head = (
            f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(text)}\r\n"
            "cache-control: no-store\r\nconnection: close\r\n"
        )
        always = "".join(f"{name.lower()}: {value}\r\n" for name, value in HEADERS.items())
        self.transport.write(STATUS_LINE[wording.status] + f"{head}{always}\r\n".encode() + text)
        self.transport.close()

"""What a connection may cost: its headers and time, slow readers; and how many there are."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ...render.html_safety import HEADERS
from .errors import fault_texts
from .request_log import LOG
from .settings import KILOBYTE, client_network

try:
    import resource
except ImportError:
    resource = None  # type: ignore[assignment]

#: Of the open files, those for the records, for lists being sent up and for printing.
RESERVE = 256
FEWEST = 64
#: More open files than this are not asked for; a connection may hold a body of 64 KB.
MOST_FILES = 4_096


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes of a request's headers with its first line and their number; seconds; connections, if not as many
    as the open files allow.

    `header_seconds` run from connecting, or from the first byte of a request; `rest_seconds` are for a body
    that is already answered, `unread_seconds` for an answer of which nothing is taken. What began to wait
    less than `fresh_seconds` ago makes room for others last. `queued` requests may follow one unanswered.
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
    """Counts those that the open files allow; asks for more files where the system begins with few."""
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
    """More headers, or requests at once, than are taken. Ends the parsing."""


class Connections:
    """All connections of a server. It looks after them a few times in the shortest time allowed."""

    def __init__(self, limits: Limits, most: int) -> None:
        self.limits, self.most = limits, most
        self._open: set[Connection] = set()
        times = (limits.header_seconds, limits.rest_seconds, limits.unread_seconds)
        self._interval = min(*times, 4.0) / 4
        self._is_watching = False

    def protocol(self, **given: Any) -> Connection:
        """Returns what uvicorn makes for each connection."""
        return Connection(self, **given)

    def add(self, connection: Connection) -> None:
        """Makes room for another where there is none, and takes it in."""
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
        """Ends what took too long, and looks again while there is anybody."""
        now = loop.time()
        for connection in tuple(self._open):
            connection.check(now)
        self._is_watching = bool(self._open)
        if self._is_watching:
            loop.call_later(self._interval, self._watch, loop)

    def _make_room(self, now: float) -> None:
        """Closes some that wait for their other side: looking for one costs as much as for many.

        Of the address that holds most those that wait longest. An address may be a whole class, or a proxy,
        so that none has a limit of its own. What has just come is spared, unless its address holds more than
        all others together: who comes in crowds would else have older lines of others closed instead.
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
    """One connection within the limits. What uvicorn does with a request stays as it is."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._all, self._limits = connections, connections.limits
        self._refusal, self._is_whole = "bad-request", True
        #: Bytes of which nothing was made yet, such as a header or a piece of a body.
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
        """Since when the other side has to do something: ask, go on asking, or take its answer."""
        if self._unread:
            return self._unread_since
        is_answering = self.cycle is not None and not self.cycle.response_complete
        return None if is_answering and self._is_whole else self._since

    @property
    def _is_answered_early(self) -> bool:
        """Whether the answer was sent before the whole request had come."""
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
        """Whether nothing was taken for too long of what there is to be sent."""
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
        """Trailers come here too, after the body, and are counted with the headers."""
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
        """Says so and closes; in the middle of an answer there is nothing to say."""
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

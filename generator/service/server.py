"""Runs the service in one process, since one writer keeps the records."""

from __future__ import annotations

import asyncio
import ctypes
import errno
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import cast

import uvicorn
from fastapi import FastAPI

from ..errors import OperatorError, reason, wording
from .dependencies import Service
from .http.connections import DEFAULTS, Connections, Limits, most_connections
from .http.request_log import LOG, utc_formatter

#: Listening here means: on every address of this machine, its hotspot's too.
EVERYWHERE = frozenset({"", "0.0.0.0", "::"})
#: Signals that end a service besides Ctrl-C.
ENDING = tuple(sig for sig in signal.Signals if sig.name in {"SIGTERM", "SIGBREAK"})
#: Seconds that requests may still take once the service is asked to stop.
GRACE = 10
#: Seconds that a connection is kept for the next page; on a weak network a new one is slow.
KEEP_ALIVE = 30
#: After how many new objects the collector looks through the young, the older and all of them.
SELDOM = (20_000, 20, 50)
#: M_TRIM_THRESHOLD, M_MMAP_THRESHOLD in bytes, M_ARENA_MAX: of `mallopt(3)`.
MALLOC = {-1: 131_072, -3: 131_072, -8: 2}


class PortTaken(OperatorError):
    """Raised where another program listens there, or the port is not ours to use."""


def run(app: FastAPI, *, host: str = "127.0.0.1", port: int = 8080, say: Callable[[str], None]) -> None:
    """Serves until it is stopped, and says where. Raises PortTaken.

    Headers `X-Forwarded-*` are trusted from this machine only.
    """
    _set_up_log()
    listening = listen(host, port)
    service: Service = app.state.service
    for address in addresses(host, listening.getsockname()[1], service.settings.scheme):
        say(f"Mở trên trình duyệt: {address}")
    _return_memory()
    _keep_in_memory()
    serving = new_server(app)
    with _clean_shutdown(serving):
        serving.run(sockets=[listening])


@contextmanager
def _clean_shutdown(serving: uvicorn.Server) -> Iterator[None]:
    """Makes SIGTERM, or Windows's Ctrl-Break, only stop the server, so the caller can close the ledger.

    uvicorn sends itself the signal once more when it has stopped, and by default that ends the process.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        serving.should_exit = True

    before = {number: signal.signal(number, stop) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_logged(record: logging.LogRecord) -> bool:
    """Tells whether a line of uvicorn's is logged: not that a second Ctrl-C has cut its end short."""
    last = logging.Formatter().format(record).rstrip().rpartition("\n")[2]
    return not last.startswith("asyncio.exceptions.CancelledError")


def _return_memory() -> None:
    """Returns large freed pieces of memory to the system at once, where its C library is glibc.

    By default, glibc raises the size from which it asks the system for a piece of its own, and gives each
    thread a heap: after some large lists a hundred megabytes are free and nobody's.
    """
    with suppress(AttributeError, OSError, TypeError):
        adjust = ctypes.CDLL(None).mallopt
        for option, value in MALLOC.items():
            adjust(option, value)


def _keep_in_memory() -> None:
    """Excludes lasting objects from collection: each look through a whole programme would halt all readers.

    What a request leaves behind goes by counting its references; little of it needs to be looked for.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def new_server(app: FastAPI, limits: Limits = DEFAULTS) -> uvicorn.Server:
    """Returns a server that logs no request and does not say what it is; the request log has its own lines.

    It keeps its limits without a proxy before it, and knows no WebSocket, which would be beyond them.
    """
    connections = Connections(limits, limits.connections or most_connections())
    logging.getLogger("uvicorn.error").addFilter(_is_logged)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=cast(type[asyncio.Protocol], connections.protocol),
            ws="none",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=GRACE,
            lifespan="on",
        )
    )


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket that listens; port 0 takes any. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        is_unknown = any(isinstance(error, socket.gaierror) for error in (fault, fault.__context__))
        if is_unknown or fault.errno == errno.EADDRNOTAVAIL:
            raise PortTaken.of("server.host", host=host) from None
        everywhere, _ = wording("server.everywhere")
        raise PortTaken.of("server.port", port=port, host=host or everywhere, reason=reason(fault)) from None


def addresses(host: str, port: int, scheme: str) -> tuple[str, ...]:
    """Returns the addresses of a service that listens there: this machine's, and the one in its network."""
    names = [host] if host not in EVERYWHERE else ["127.0.0.1", *filter(None, [_in_network()])]
    return tuple(f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}/" for name in names)


def _in_network() -> str:
    """Returns the address that this machine would send from; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def _set_up_log() -> None:
    """Sends the service's own lines to standard error."""
    if not LOG.handlers:
        lines = logging.StreamHandler(sys.stderr)
        lines.setFormatter(utc_formatter())
        LOG.addHandler(lines)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False

"""A static host as one would rent it: gzip, and caches that may keep what they have for ten minutes."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """An answer as it went over the wire: bytes of its head and of its zipped body."""

    path: str
    bytes: int


@dataclass(frozen=True, kw_only=True)
class Server:
    url: str
    deliveries: list[Delivery] = field(default_factory=list)


@contextmanager
def serving(site: Path) -> Iterator[Server]:
    """The site on a free port, as long as the block lasts."""

    class Handler(_Handler):
        root = site
        deliveries: list[Delivery] = []  # noqa: RUF012 (one list for all requests is the point)

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield Server(url=f"http://127.0.0.1:{web.server_port}/", deliveries=Handler.deliveries)
    finally:
        web.shutdown()
        web.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    root: Path
    deliveries: list[Delivery]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        file = self.root / path.lstrip("/")
        if path.endswith("/"):
            file /= "index.html"
        there = file.is_file()
        body, kind = _body(file) if there else (b"", "text/plain")
        head = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "max-age=600",
            **({"Content-Encoding": "gzip"} if there and kind.startswith(TEXT) else {}),
        }
        self.send_response(200 if there else 404)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        lines = sum(len(name) + len(value) + 4 for name, value in head.items())
        self.deliveries.append(Delivery(path=path, bytes=len(body) + lines))

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: what was delivered is counted, not told."""


@cache
def _body(file: Path) -> tuple[bytes, str]:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    content = file.read_bytes()
    return (gzip.compress(content, 6, mtime=0) if kind.startswith(TEXT) else content), kind

"""Whatever somebody may send to an operation of the application, past any client: bytes as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote_from_bytes, unquote

from fastapi import FastAPI
from fastapi.routing import APIRoute

#: What no keyboard types, and what is typed too long or in the wrong place.
TEXTS = {
    "nothing": "",
    "all of it": "Lò\0\ud800\x01\ufffe\u202eHoa",
    "a nul": "Lò\0Hoa",
    "nuls": "\0\0",
    "control characters": "a\x01\x1b\x7f\x85\x9fb",
    "a lone surrogate": "Hoa\ud800",
    "what no document holds": "Hoa\ufffe\uffff",
    "turned around": "Hoa\u202e\u2066\u200b",
    "a quarter of a body": "ă" * 2_500,
    "digits without end": "9" * 5_000,
    "no number": "-1e999",
    "a day that never was": "30/02/2026",
    "the first day of all": "01/01/0001",
    "the last day of all": "9999-12-31",
    "a template": "{{7*7}}{0.__class__}%s%n$(id)`id`",
    "a query": "' OR 1=1; DROP TABLE event; --",
    "a path": "../../../etc/passwd",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<b>",
    "jokers": "%_\\%",
}
#: What would tell of the program, to whoever looks or to whoever attacks.
TELLING = re.compile(
    r"Traceback|\w+Error\b|\w*Exception\b|NoneType|object at 0x|sqlalchemy|psycopg|sqlite|pydantic|starlette"
    r"|[Ii]nternal [Ss]erver|\.py\b|site-packages|UndefinedFunction|codec can't"
)
FORM = b"application/x-www-form-urlencoded"


class Operation(NamedTuple):
    """A way to ask: its method, its path with names in braces, and the parameters of its address."""

    method: str
    path: str
    queries: tuple[str, ...]


def operations(app: FastAPI) -> Iterator[Operation]:
    """Each operation of the application once."""
    for route in app.router.routes:
        if isinstance(route, APIRoute):
            queries = tuple(one.alias for one in route.dependant.query_params)
            for method in sorted(route.methods or ()):
                yield Operation(method, route.path, queries)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def faults(self) -> list[str]:
        """What is wrong with it, whatever was sent."""
        found = [str(self.status)] if self.status >= 500 else []
        kind = self.headers.get("content-type", "")
        is_read = kind.startswith(("text/html", "application/json", "text/plain"))
        match = TELLING.search(self.body.decode("utf-8", "replace")) if is_read else None
        return [*found, match[0]] if match else found


def quoted(text: str, safe: str = "") -> str:
    """A text in an address or a form; a lone surrogate is the bytes that UTF-8 would have for it."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe=safe)


def encoded(fields: Sequence[tuple[str, str]]) -> bytes:
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields).encode()


async def ask(
    app: Any, method: str, path: str, *, headers: Sequence[tuple[bytes, bytes]] = (), body: bytes = b""
) -> Answered:
    """Asks as a server does that has read a request: `path` is as it stood in its first line."""
    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": unquote(raw),
        "raw_path": raw.encode("ascii"),
        "query_string": query.encode("ascii"),
        "root_path": "",
        "headers": [*headers, (b"content-length", str(len(body)).encode())],
        "client": ("127.0.0.1", 1),
        "server": ("tap-huan.test", 443),
    }
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    whole = b"".join(one.get("body", b"") for one in sent[1:])
    return Answered(status=sent[0]["status"], headers=told, body=whole)

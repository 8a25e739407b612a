"""Headers that every answer carries, whatever route or error it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..render.policy import HEADERS, STRICT_TRANSPORT
from . import areas

CACHE = b"cache-control"
NEVER_KEPT = (CACHE, b"no-store")


def _written(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())


class Headers:
    """Adds what an answer does not say itself; a private page is never kept."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        transport = {"Strict-Transport-Security": STRICT_TRANSPORT} if is_secure else {}
        self._everywhere = _written({**HEADERS, **transport})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        is_private = areas.is_in(scope["path"], areas.PRIVATE)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = [one for one in message.get("headers", ()) if not (is_private and one[0] == CACHE)]
                names = {name for name, _ in said}
                missing = [one for one in self._everywhere if one[0] not in names]
                message["headers"] = [*said, *missing, *([NEVER_KEPT] if is_private else ())]
            await send(message)

        await self.app(scope, receive, send_with_headers)

"""Headers that protect: those of every answer, and the origin of a form that comes in."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...render.security_policy import HEADERS, STRICT_TRANSPORT
from . import urls
from .errors import Fault
from .settings import Settings


class SecurityHeaders:
    """Adds the headers that an answer does not set itself; a private page is never cached.

    A redirect within the service becomes a path, so that no host is named by what the reader sent.
    """

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        transport = {"Strict-Transport-Security": STRICT_TRANSPORT} if is_secure else {}
        self._everywhere = Headers({**HEADERS, **transport}).raw

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        is_private = urls.is_in(scope["path"], *urls.PRIVATE)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                names = {name for name, _ in headers.raw}
                headers.raw.extend(header for header in self._everywhere if header[0] not in names)
                if is_private:
                    headers["Cache-Control"] = "no-store"
                own_address = f"{scope['scheme']}://{Headers(scope=scope).get('host', '')}/"
                if headers.get("location", "").startswith(own_address):
                    headers["Location"] = "/" + headers["location"].removeprefix(own_address).lstrip("/\\")
            await send(message)

        await self.app(scope, receive, send_with_headers)


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UNTOLD = (None, "null")


class SameOrigin:
    """Refuses writes from elsewhere, and writes to the API that are not JSON; there is no CORS.

    Browsers send `Sec-Fetch-Site` on https and on loopback; on a hotspot's plain http the `Origin` tells. A
    form there sends `Origin: null`, since our pages send no referrer: its token decides.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            headers, is_api = Headers(scope=scope), urls.is_in(scope["path"], urls.API)
            site, origin = headers.get("sec-fetch-site"), headers.get("origin")
            if site is not None:
                is_ours = site == "same-origin"
            elif origin in UNTOLD:
                is_ours = not is_api
            else:
                is_ours = origin == f"{self._settings.scheme}://{headers.get('host', '')}"
            if not is_ours:
                raise Fault("cross-site")
            has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            if is_api and has_body and kind != "application/json":
                raise Fault("not-json")
        await self.app(scope, receive, send)

"""Whether a write comes from our own pages. There is no CORS: no other origin is ever let in.

Browsers tell by `Sec-Fetch-Site`, but only on https and on loopback; on a hotspot's plain http the
`Origin` tells. A form there says `Origin: null`, since our pages send no referrer: its token decides.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from . import areas
from .faults import Fault
from .settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UNTOLD = (None, "null")


class Origins:
    """Refuses writes from elsewhere, and writes to the API that are not JSON."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE:
            self._check(scope["path"], Headers(scope=scope))
        await self.app(scope, receive, send)

    def _check(self, path: str, headers: Headers) -> None:
        is_api = areas.is_api(path)
        if not self._is_ours(headers, may_be_untold=not is_api):
            raise Fault("cross-site")
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        if is_api and has_body and _kind(headers) != "application/json":
            raise Fault("not-json")

    def _is_ours(self, headers: Headers, *, may_be_untold: bool) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None:
            return site == "same-origin"
        if origin in UNTOLD:
            return may_be_untold
        return origin == f"{self._settings.scheme}://{headers.get('host', '')}"


def _kind(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()

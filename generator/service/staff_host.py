"""Pages of the staff on a host name of their own, so that a page of the site is another origin to them.

Whatever ran on a page of the site could then neither read a page of the staff nor send a form of theirs.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from . import areas
from .faults import Fault
from .settings import Settings

#: What pages of the staff load besides their own: the stylesheets of the site, and no script of it.
STYLES = "/assets/stylesheets/"
DEFAULT_PORTS = ("80", "443")
LOOKED_AT = frozenset({"GET", "HEAD"})


class StaffHost:
    """Keeps the staff's pages to their host and everything else off it; does nothing where there is none."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._public, self._staff = settings.address, settings.staff_address
        self._host = _host(urlsplit(settings.staff_address).netloc)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._host:
            return await self.app(scope, receive, send)
        if ".." in scope["path"].split("/"):
            raise Fault("no-such-page")
        elsewhere = self._elsewhere(scope)
        if not elsewhere:
            return await self.app(scope, receive, send)
        if scope["method"] not in LOOKED_AT:
            raise Fault("no-such-page")
        await RedirectResponse(elsewhere, 303)(scope, receive, send)

    def _elsewhere(self, scope: Scope) -> str:
        """Returns the address at which a page is shown, empty where it is shown here."""
        path = scope["path"]
        is_staff = areas.is_in(path, (areas.STAFF,))
        if _host(Headers(scope=scope).get("host", "")) != self._host:
            return f"{self._staff}{_asked(scope)}" if is_staff else ""
        if path == "/":
            return f"{self._staff}{areas.STAFF}"
        is_here = is_staff or path.startswith((areas.STATIC, STYLES))
        return "" if is_here else f"{self._public}{_asked(scope)}"


def _host(written: str) -> str:
    """Returns a host as it is compared: however it is written, and without the port of its scheme."""
    name, _, port = written.lower().rpartition(":")
    return (written.lower() if not name or port not in DEFAULT_PORTS else name).rstrip(".")


def _asked(scope: Scope) -> str:
    """Returns path and query as they were sent, so that nothing in them is read as another host."""
    raw = scope.get("raw_path") or scope["path"].encode()
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    return f"/{raw.decode('latin-1').lstrip('/')}{query}"

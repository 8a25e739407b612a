"""The names under which the service answers, and the one of the staff's own pages."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from . import urls
from .errors import Fault
from .settings import Settings

WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Endings of names that routers, telephones and Windows give to machines of their own network.
OF_A_NETWORK = (
    *(".local", ".localhost", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".mshome.net"),
)


class KnownHosts:
    """Refuses requests under a foreign name.

    A host name that nobody gave to this service may be a stranger's, whose DNS leads here so that a page of
    theirs shares an origin with ours. Such a name is in the public DNS. So where the operator gave no
    address, only names that cannot be there are answered: IP addresses, names without a dot, and names of the
    own network.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        given = (settings.address, settings.staff_address)
        self._is_named = bool(settings.address)
        names = {name_of(urlsplit(address).netloc) for address in (*given, *settings.listening)}
        self._known = LOOPBACK | names - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        hosts = Headers(scope=scope).getlist("host")
        name = name_of(hosts[0]) if len(hosts) == 1 else ""
        if name not in self._known and (self._is_named or not is_of_a_network(name)):
            raise Fault("foreign-host")
        await self.app(scope, receive, send)


def name_of(host: str) -> str:
    """Returns a host's name for comparison: lower case, without port; "" where it is none."""
    match = WRITTEN.fullmatch(host)
    return match[1].lower().strip("[]").rstrip(".") if match else ""


def is_of_a_network(name: str) -> bool:
    """Tells whether a name cannot be in the public DNS."""
    try:
        ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or name.endswith(OF_A_NETWORK))
    return True


#: The files of the site that pages of staff load: its stylesheets, and no script.
STYLES = "/assets/stylesheets/"
DEFAULT_PORTS = ("80", "443")
LOOKED_AT = frozenset({"GET", "HEAD"})


class StaffHost:
    """Keeps the staff's pages to their own host and all others off it.

    A script on a page of the site could otherwise read the staff's pages and send their forms.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._public, self._staff = settings.address, settings.staff_address
        self._host = _host_of(urlsplit(settings.staff_address).netloc)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
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
        """Returns the address at which a page is shown, "" where it is shown here."""
        path = scope["path"]
        is_staff = urls.is_in(path, urls.STAFF)
        if _host_of(Headers(scope=scope).get("host", "")) != self._host:
            return f"{self._staff}{_asked_url(scope)}" if is_staff else ""
        if path == "/":
            return f"{self._staff}{urls.STAFF}"
        is_here = is_staff or path.startswith((urls.STATIC, STYLES))
        return "" if is_here else f"{self._public}{_asked_url(scope)}"


def _host_of(written: str) -> str:
    """Returns a host for comparison: in lower case, without its scheme's default port."""
    name, _, port = written.lower().rpartition(":")
    return (written.lower() if not name or port not in DEFAULT_PORTS else name).rstrip(".")


def _asked_url(scope: Scope) -> str:
    """Returns path and query as they were sent, so that nothing in them is read as another host."""
    raw = scope.get("raw_path") or scope["path"].encode()
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    return f"/{raw.decode('latin-1').lstrip('/')}{query}"

"""Guards of every request: host names, origins, the size, pace and text of bodies, security headers."""

from __future__ import annotations

import asyncio
import re
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes, urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...render.html_safety import HEADERS, STRICT_TRANSPORT
from ...render.templates import kilobytes
from . import urls
from .errors import Fault
from .settings import Settings


class BodyLimits:
    """Lets no more through than the limit of its area, and waits no longer for it than is set."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        own, loop = self._settings, asyncio.get_running_loop()
        is_upload = scope["method"] == "POST" and urls.is_in(scope["path"], *urls.UPLOADS)
        limit = own.upload_limit if is_upload else own.body_limit
        until = loop.time() + (own.upload_seconds if is_upload else own.body_seconds)
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        is_over, is_whole, seen = seen > limit, False, 0

        async def receive_within() -> Message:
            nonlocal seen, is_whole
            if is_over:
                raise Fault("too-big", limit=kilobytes(limit))
            try:  # single bytes could otherwise come for ever
                async with asyncio.timeout_at(None if is_whole else min(loop.time() + own.patience, until)):
                    message = await receive()
            except TimeoutError:
                raise Fault("too-slow", headers={"Connection": "close"}) from None
            seen += len(message.get("body", b""))
            is_whole = is_whole or not message.get("more_body", False)
            if seen > limit:
                raise Fault("too-big", limit=kilobytes(limit))
            return message

        await self.app(scope, receive_within, send)


#: Tabs and ends of lines stay.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: The encodings that a form may name; every browser sends one of these.
CHARSETS = frozenset({b"", b"utf-8", b"utf8", b"us-ascii"})


class TextCheck:
    """Refuses an address that nobody can read, and a form that is not in UTF-8.

    PostgreSQL stores no NUL, UTF-8 has no lone surrogates, and XML forbids other control characters. No
    person types any of these, except that Word's line break is one: so each becomes a blank in a field, and
    an address with one is refused.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if UNREADABLE.search(scope["path"]) or b"\0" in unquote_to_bytes(scope["query_string"]):
                raise Fault("no-such-page")
            _, said = parse_options_header(Headers(scope=scope).get("content-type"))
            if said.get(b"charset", b"").lower() not in CHARSETS:
                raise Fault("not-utf8")
        await self.app(scope, receive, send)


def plain_text(text: str) -> str:
    """Returns the text with a blank for each character that cannot be stored."""
    return UNREADABLE.sub(" ", text)


def plain_form(form: FormData) -> FormData:
    """Returns the same fields and files, with storable texts and file names."""
    fields = []
    for name, value in form.multi_items():
        if isinstance(value, str):
            value = plain_text(value)
        elif value.filename:
            value.filename = plain_text(value.filename)
        fields.append((plain_text(name), value))
    return FormData(fields)


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

"""Guards of every request: host names, origins, the size, pace and text of bodies, security headers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
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
        is_upload = scope["method"] == "POST" and urls.is_in(scope["path"], urls.UPLOADS)
        limit = self._settings.upload_limit if is_upload else self._settings.body_limit
        until = asyncio.get_running_loop().time() + self._seconds(is_upload)
        declared = Headers(scope=scope).get("content-length", "")
        seen = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        is_over, is_whole, seen = seen > limit, False, 0

        async def receive_within() -> Message:
            nonlocal seen, is_whole
            if is_over:
                raise Fault("too-big", limit=kilobytes(limit))
            message = await (receive() if is_whole else self._piece(receive, until))
            seen += len(message.get("body", b""))
            is_whole = is_whole or not message.get("more_body", False)
            if seen > limit:
                raise Fault("too-big", limit=kilobytes(limit))
            return message

        await self.app(scope, receive_within, send)

    def _seconds(self, is_upload: bool) -> float:
        return self._settings.upload_seconds if is_upload else self._settings.body_seconds

    async def _piece(self, receive: Receive, until: float) -> Message:
        """Returns the next piece; single bytes could otherwise come for ever. Raises Fault."""
        soon = asyncio.get_running_loop().time() + self._settings.patience
        try:
            async with asyncio.timeout_at(min(soon, until)):
                return await receive()
        except TimeoutError:
            raise Fault("too-slow", headers={"Connection": "close"}) from None


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
            _check_address(scope)
        await self.app(scope, receive, send)


def _check_address(scope: Scope) -> None:
    if UNREADABLE.search(scope["path"]) or b"\0" in unquote_to_bytes(scope["query_string"]):
        raise Fault("no-such-page")
    _, said = parse_options_header(Headers(scope=scope).get("content-type"))
    if said.get(b"charset", b"").lower() not in CHARSETS:
        raise Fault("not-utf8")


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


CACHE = b"cache-control"
NEVER_KEPT = (CACHE, b"no-store")


def _written(headers: Mapping[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())


class SecurityHeaders:
    """Adds the headers that an answer does not set itself; a private page is never cached."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app = app
        transport = {"Strict-Transport-Security": STRICT_TRANSPORT} if is_secure else {}
        self._everywhere = _written({**HEADERS, **transport})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        is_private = urls.is_in(scope["path"], urls.PRIVATE)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [
                    header for header in message.get("headers", ()) if not (is_private and header[0] == CACHE)
                ]
                names = {name for name, _ in own}
                missing = [header for header in self._everywhere if header[0] not in names]
                message["headers"] = [*own, *missing, *([NEVER_KEPT] if is_private else ())]
            await send(message)

        await self.app(scope, receive, send_with_headers)


WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Endings of names that routers, telephones and Windows give to machines of their own network.
OF_A_NETWORK = (
    *(".local", ".localhost", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".mshome.net"),
)


class KnownHosts:
    """Refuses requests under a foreign name, and redirects by paths where no name is needed.

    A host name that nobody gave to this service may be a stranger's, whose DNS leads here so that a page of
    theirs shares an origin with ours. Such a name is in the public DNS. So where the operator gave no
    address, only names that cannot be there are answered: IP addresses, names without a dot, and names of the
    own network.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        given = (settings.address, settings.staff_address)
        self._is_named = bool(settings.address)
        self._known = LOOPBACK | {
            name_of(urlsplit(address).netloc) for address in (*given, *settings.listening) if address
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self._answers_to(name_of(hosts[0])):
            raise Fault("foreign-host")
        own_address = f"{scope['scheme']}://{hosts[0]}/"

        async def send_leading_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                if headers.get("location", "").startswith(own_address):
                    headers["location"] = "/" + headers["location"].removeprefix(own_address).lstrip("/\\")
            await send(message)

        await self.app(scope, receive, send_leading_on)

    def _answers_to(self, name: str) -> bool:
        return name in self._known or (not self._is_named and is_of_a_network(name))


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
            self._check(scope["path"], Headers(scope=scope))
        await self.app(scope, receive, send)

    def _check(self, path: str, headers: Headers) -> None:
        is_api = urls.is_api(path)
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


#: The files of the site that pages of staff load: its stylesheets, and no script.
STYLES = "/assets/stylesheets/"
DEFAULT_PORTS = ("80", "443")
LOOKED_AT = frozenset({"GET", "HEAD"})


class StaffHost:
    """Keeps the staff's pages to their host and all others off it; does nothing without such a host.

    A script on a page of the site could otherwise read the staff's pages and send their forms.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self._public, self._staff = settings.address, settings.staff_address
        self._host = _host_of(urlsplit(settings.staff_address).netloc)

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
        """Returns the address at which a page is shown, "" where it is shown here."""
        path = scope["path"]
        is_staff = urls.is_in(path, (urls.STAFF,))
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

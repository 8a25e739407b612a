"""Which host names the service answers to: links and QR codes repeat the name by which a page was asked for.

A name that nobody gave to this service may be a stranger's, whose name server leads here so that a page of
theirs is of one origin with ours. Such a name is in the public DNS. So where the operator gave no address,
those are answered that cannot be in it: IP addresses, names without a dot, and names of one's own network.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .faults import Fault
from .settings import Settings

WRITTEN = re.compile(r"(\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: Endings of names that routers, telephones and Windows give to machines of their own network.
OF_A_NETWORK = (
    *(".local", ".localhost", ".localdomain", ".lan", ".home", ".home.arpa", ".internal", ".mshome.net"),
)


class Hosts:
    """Refuses what is asked for under a foreign name, and leads on by paths where a name is not needed."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        given = (settings.address, settings.staff_address)
        self._is_named = bool(settings.address)
        self._known = LOOPBACK | {
            name_of(urlsplit(one).netloc) for one in (*given, *settings.listening) if one
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or not self._answers_to(name_of(hosts[0])):
            raise Fault("foreign-host")
        here = f"{scope['scheme']}://{hosts[0]}/"

        async def send_leading_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                if headers.get("location", "").startswith(here):
                    headers["location"] = "/" + headers["location"].removeprefix(here).lstrip("/\\")
            await send(message)

        await self.app(scope, receive, send_leading_on)

    def _answers_to(self, name: str) -> bool:
        return name in self._known or (not self._is_named and is_of_a_network(name))


def name_of(host: str) -> str:
    """Returns a host's name as it is compared: small letters, without port; empty where it is none."""
    found = WRITTEN.fullmatch(host)
    return found[1].lower().strip("[]").rstrip(".") if found else ""


def is_of_a_network(name: str) -> bool:
    """Whether nobody can have the name in the public DNS."""
    try:
        ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or name.endswith(OF_A_NETWORK))
    return True

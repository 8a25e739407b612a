"""Members of the staff at their browsers, and the persons whom they look after."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from asgi_browser import Browser
from clocks import Clock
from httpx import Response
from sqlalchemy import update

from taphuan.records import By, Store, schema
from taphuan.records.access.accounts import Role
from taphuan.records.access.second_factor import TOTP_STEP, totp_code
from taphuan.records.access.sessions import renew_session, session_of
from taphuan.service.dependencies import Service
from taphuan.service.http.session_cookies import SIGNED_IN, cookie_name

OPERATOR = By(actor="test", reason="kiểm thử")
OURS, THEIRS, PROVINCE = "00101", "00102", "99"
PASSWORD = "một câu dài và dễ nhớ"
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
MOST_REACHED = 80
SEED = re.compile(r'<code class="secret">([A-Z2-7]{32})</code>')
NAMES = {
    OURS: {"hoa": "Lò Thị Hoa", "minh": "Vàng A Mình", "dua": "Giàng Thị Đua", "dua-2": "Giàng Thị Dừa"},
    THEIRS: {"sua": "Lò Văn Sủa", "pao": "Thào A Páo"},
}


@dataclass(frozen=True, kw_only=True)
class UnitPersons:
    """Ids of the persons of a commune, by a short name."""

    unit: str
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        return list(self.ids.values())


class StaffUser:
    """Somebody of the staff at a browser."""

    def __init__(self, browser: Browser, store: Store, clock: Clock, account: str) -> None:
        self.browser, self.store, self.clock, self.account = browser, store, clock, account
        self.secret = ""

    def get(self, path: str) -> Response:
        return self.browser.get(f"/can-bo/{path}")

    def post(self, path: str, page: str = "", **fields: object) -> Response:
        """Sends a form with the token of a page, and a one-time key of its own where none is given."""
        return self.browser.send(f"/can-bo/{path}", f"/can-bo/{page}", **{"once": str(uuid4()), **fields})

    def reached(self, *starts: str) -> dict[str, Response]:
        """Returns the pages that are reached by links from the first one and from these, by address."""
        waiting, found = ["/can-bo/", *starts], {}
        while waiting and len(found) < MOST_REACHED:
            path = waiting.pop(0)
            answer = self.browser.get(path)
            if path in found or not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            found[path] = answer
            waiting += [
                link.replace("&amp;", "&") for link in LINK.findall(answer.text) if "dang-xuat" not in link
            ]
        return found

    # --- the second factor --------------------------------------------------------------------

    def bind(self) -> Response:
        """Binds the authenticator that the page shows."""
        self.secret = SEED.findall(self.get("xac-minh/").text)[0]
        return self._give()

    def prove(self) -> Response:
        """Gives the digits of the authenticator, of a later step each time."""
        self.clock.forward(seconds=TOTP_STEP)
        return self._give()

    def _give(self) -> Response:
        return self.post("xac-minh/", "xac-minh/", digits=self.digits, back="/can-bo/bao-cao/")

    @property
    def digits(self) -> str:
        """What the authenticator shows now."""
        return totp_code(self.secret, int(self.clock().timestamp()) // TOTP_STEP)

    def proved(self, minutes: int) -> None:
        """Has it look as if the code had been given so long ago."""
        table = schema.session
        here = update(table).where(table.c.account == self.account)
        moment = self.store.now() - timedelta(minutes=minutes)
        self.store.write(lambda connection: connection.execute(here.values(totp_at=moment)) and None)

    def sign_in(self, name: str, secret: str = PASSWORD) -> Response:
        return self.post("dang-nhap/", "dang-nhap/", name=name, password=secret)


SignedIn = Callable[[Role, str], StaffUser]
#: The name, the token of the one-time link, and the browser of a new account.
Invited = Callable[[Role, str], tuple[str, str, Browser]]


def past_the_pages(service: Service, browser: Browser, clock: Clock, link: str) -> StaffUser:
    """Does all that the pages do for a link, a password and the first code, and draws none of them."""
    token, store = service.staff.accept(link, PASSWORD), service.store
    session = store.look(lambda within: session_of(within, token, now=service.now()))
    assert session is not None
    user = StaffUser(browser, store, clock, session.account or "")
    user.secret = service.staff.second_factor.pending(session)
    service.staff.second_factor.bind(session, user.digits)
    renewed = store.write(lambda within: renew_session(within, session, random=service.random))
    name, host = cookie_name(SIGNED_IN, service.settings), browser.client.base_url.host
    browser.client.cookies.set(name, renewed, domain=host)
    return user

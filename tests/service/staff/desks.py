"""Who works here in the tests, and how they ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from asking import Browser, Clock
from httpx import Response

from generator.records import By, Store
from generator.records.access.accounts import Role
from generator.records.access.totp import STEP, password

OPERATOR = By(actor="test", reason="kiểm thử")
OURS, THEIRS, PROVINCE = "00101", "00102", "99"
PASSWORD = "một câu dài và dễ nhớ"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NAMES = {
    OURS: {"hoa": "Lò Thị Hoa", "minh": "Vàng A Mình", "dua": "Giàng Thị Đua", "dua-2": "Giàng Thị Dừa"},
    THEIRS: {"sua": "Lò Văn Sủa", "pao": "Thào A Páo"},
}


@dataclass(frozen=True, kw_only=True)
class Folk:
    """Ids of the persons of a commune, by a short name."""

    unit: str
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        return list(self.ids.values())


class Desk:
    """Somebody of the staff at a browser."""

    def __init__(self, browser: Browser, store: Store, clock: Clock, account: str) -> None:
        self.browser, self.store, self.clock, self.account = browser, store, clock, account

    def get(self, path: str) -> Response:
        return self.browser.get(f"/can-bo/{path}")

    def post(self, path: str, page: str = "", **fields: object) -> Response:
        """Sends a form with the token of a page, and a one-time key of its own where none is given."""
        return self.browser.send(f"/can-bo/{path}", f"/can-bo/{page}", **{"once": str(uuid4()), **fields})

    def prove(self) -> Response:
        """Gives the digits of the authenticator, of a later step each time."""
        self.clock.forward(seconds=STEP)
        digits = password(SECRET, int(self.clock().timestamp()) // STEP)
        return self.post("xac-minh/", "xac-minh/", digits=digits, secret=SECRET, back="/can-bo/bao-cao/")


SignedIn = Callable[[Role, str], Desk]

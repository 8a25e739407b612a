"""Who asks past any client: nobody, a learner, the office; with what they send where all is well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from asgi_browser import Browser
from fastapi import FastAPI
from fixtures_service import PAPER_101
from hostile_requests import FORM, Answered, Operation, ask, encoded, quoted
from sqlalchemy import select
from staff_operations import OBSERVED, Place, proven
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn

from taphuan.records import Store, schema
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn

COURSE = "nuoc-sach"
NOBODY = "00000000-0000-4000-8000-000000000000"
#: What starts a browser, and what does so where the unit is one of ours.
PRINTING = ("/can-bo/lop/{id}/phieu/",)
CHOOSING = ("/can-bo/lop/phieu-ky/", "/can-bo/ma/phieu.pdf", "/can-bo/ma/don-vi/", "/can-bo/bao-cao/")
NO_HEADERS: Mapping[str, bytes] = {}
FIELDS = {
    "course": COURSE,
    "held_on": "2026-03-01",
    "minutes": "60",
    "trainer": "Cô Páo",
    "headcount": "9",
    "sheet_ref": "PK-7",
    "place": "chợ phiên",
    "audience": "nguoi-dan",
    "material": "none",
    "number": "5/KH-UBND",
    "issued_on": "2026-02-20",
    "first_year": "2026",
    "last_year": "2027",
    "code": PAPER_101,
    "sown": "1",
    "name": "thi",
    "names": "Lò Thị Hoa\nVàng A Mình",
    "day": "2026-03-01",
    "sheet": "B-1",
    "blank": "yes",
    "reason": "kiểm thử",
    "period": "2026H1",
    "levels": "commune",
    "as_of": "2026-03-01",
    "decision": "1/QĐ",
    "document": "1/QĐ",
    "role": "trainer",
    "full_name": "Lò Thị Hoa",
    "digits": "000000",
    "back": "/can-bo/",
    "password": "một câu dài và dễ nhớ",
    "again": "một câu dài và dễ nhớ",
    "current": "một câu khác dài và dễ nhớ",
    "form": "0" * 24,
    "q1": "1",
    "seen": "1",
    "rubric": "0" * 16,
}


@dataclass(kw_only=True)
class RawClient:
    """Somebody who is signed in, or nobody: what they send where all is well, and what was wrong then."""

    app: FastAPI
    ids: Mapping[str, str]
    cookies: str = ""
    token: str = ""
    faults: list[str] = field(default_factory=list)
    asked: Counter[int] = field(default_factory=Counter)

    def path(self, operation: Operation, poison: str | None = None) -> str:
        """The address of an operation on what there is, or with poison in place of each id."""

        def one(found: re.Match[str]) -> str:
            text = self._id(operation.path, found[1]) if poison is None else poison
            return quoted(text) or "-"

        return re.sub(r"\{(\w+)\}", one, operation.path)

    def _id(self, path: str, name: str) -> str:
        area = path.removeprefix("/can-bo/").partition("/")[0]
        return self.ids.get(f"{area}/{name}") or self.ids.get(name, NOBODY)

    def fields(self, operation: Operation) -> dict[str, str]:
        unit = "99999" if operation.path in CHOOSING else OURS
        return {**FIELDS, **self.ids, "unit": unit, "once": str(uuid4())}

    async def send(
        self, operation: Operation, fields: Mapping[str, str], about: str, path: str = ""
    ) -> Answered:
        body = encoded([("token", self.token), *fields.items()])
        return await self.ask(operation, about, path or self.path(operation), body=body)

    async def ask(
        self, operation: Operation, about: str, path: str, *, body: bytes = b"", kind: bytes = FORM
    ) -> Answered:
        return await self.tell(
            operation.method, path, f"{operation.path}, {about}", body, {"content-type": kind}
        )

    async def tell(
        self, method: str, path: str, about: str, body: bytes = b"", headers: Mapping[str, bytes] = NO_HEADERS
    ) -> Answered:
        ours = {
            "host": b"tap-huan.test",
            "sec-fetch-site": b"same-origin",
            "cookie": self.cookies.encode("latin-1"),
            **headers,
        }
        sent = [(name.encode(), value) for name, value in ours.items()]
        answer = await ask(self.app, method, path, headers=sent, body=body)
        self.asked[answer.status] += 1
        if wrong := answer.faults():
            self.faults.append(f"{method} {about}: {', '.join(wrong)}")
        return answer


def ids_of(place: Place, store: Store) -> dict[str, str]:
    with store.read() as connection:
        roster = connection.execute(select(schema.roster.c.id)).scalars().first()
        trainer = select(schema.account.c.id).where(schema.account.c.role == "trainer")
        account = connection.execute(trainer).scalars().first()
    return {
        "nguoi/id": place.person,
        "lop/id": place.session,
        "lop/person": place.other,
        "task": OBSERVED,
        "truyen-thong/id": place.activity,
        "ke-hoach/id": place.plan,
        "tai-khoan/id": account or "",
        "person": place.person,
        "other": place.other,
        "stays": place.person,
        "event": place.event,
        "roster": roster or "",
        "serial": place.serial,
        "course": COURSE,
        "session": place.session,
    }


def office(app: FastAPI, signed_in: SignedIn, places: Mapping[str, Place], store: Store) -> RawClient:
    """The office with a fresh code: it may do everything."""
    signed_in("trainer", OURS)
    user = signed_in("office", PROVINCE)
    proven(user)
    return raw_client_of(app, user.browser, places, store, "/can-bo/")


def learner(
    app: FastAPI, browser: Browser, places: Mapping[str, Place], store: Store, hashing: Hashing
) -> RawClient:
    person = places[OURS].person
    browser.sign_in(LearnerSignIn(store, hashing).issue([person], by=OPERATOR)[person].text)
    return raw_client_of(app, browser, places, store, "/hoc-vien/")


def raw_client_of(
    app: FastAPI, browser: Browser, places: Mapping[str, Place], store: Store, page: str
) -> RawClient:
    token = browser.token(page)
    cookies = "; ".join(f"{one.name}={one.value}" for one in browser.client.cookies.jar)
    return RawClient(app=app, ids=ids_of(places[OURS], store), token=token, cookies=cookies)

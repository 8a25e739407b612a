"""Two ways through the service, from a request to what comes of it, step by step for a tracer to follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import anyio.from_thread
import pytest
from asgi_browser import ORIGIN, Browser, right_responses, serve, stored_form
from call_tracer import CallTracer
from httpx import Response
from roster_uploads import CSV, LESS, WANTED, hidden_fields
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn


@pytest.fixture(autouse=True)
def tracer() -> Iterator[CallTracer]:
    """Made before any thread of the service is started."""
    tracer = CallTracer()
    yield tracer
    tracer.close()


@pytest.fixture
def portal(tracer: CallTracer) -> Iterator[anyio.from_thread.BlockingPortal]:
    with anyio.from_thread.start_blocking_portal("asyncio") as portal:
        yield portal


@dataclass(frozen=True, kw_only=True)
class QuestionStory:
    """A learner at a test, and the office, which takes a report."""

    learner: Browser
    office: Browser
    token: str

    def report(self) -> Response:
        asked = {"token": self.token, "period": "2026H1", "kind": "docx"}
        return self.office.post("/can-bo/bao-cao/", data=asked)


@pytest.fixture
def question_story(
    signed_in: SignedIn,
    app,
    portal: anyio.from_thread.BlockingPortal,
    store: Store,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
) -> Iterator[QuestionStory]:
    hoa = persons_by_unit[OURS].ids["hoa"]
    code = LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)[hoa].text
    office = signed_in("office", PROVINCE)
    office.prove()
    token = office.browser.token("/can-bo/bao-cao/")
    with serve(app, portal, ORIGIN) as learner:
        learner.sign_in(code)
        yield QuestionStory(learner=learner, office=office.browser, token=token)


def right_of(store: Store, form: str) -> dict[str, list[str]]:
    return right_responses(*stored_form(store, form))


#: Two persons and as many more as a share of them may be shown to everybody.
LISTED = CSV + "".join(
    f"{name},Công chức,Xã Suối Trong\n" for name in ("Lý Thị Mỷ", "Tẩn A Chẻo", "Vàng A Páo", "Mùa Thị Xé")
)


@dataclass(frozen=True, kw_only=True)
class RosterStory:
    """The office with a list of six persons."""

    office: Browser
    token: str

    def preview(self) -> Response:
        data = {"token": self.token, **WANTED, "as_of": "2026-03-02"}
        files = {"file": ("danh-sach.csv", LISTED.encode())}
        return self.office.post("/can-bo/danh-sach/thu/", data=data, files=files)

    def freeze(self, preview: Response) -> Response:
        return self.office.post("/can-bo/danh-sach/chot/", data=hidden_fields(preview) | LESS)

    def share(self) -> Response:
        return self.office.get("/tien-do/")


@pytest.fixture
def roster_story(signed_in: SignedIn) -> RosterStory:
    office = signed_in("office", PROVINCE)
    office.prove()
    return RosterStory(office=office.browser, token=office.browser.token("/can-bo/danh-sach/"))

"""How many functions and files a reader follows from a request to what comes of it: no more than before.

What happens once in a process is done beforehand, so that a story is as long in any order of tests.
"""

from __future__ import annotations

from collections.abc import Iterator

import anyio.from_thread
import pytest
from asgi_browser import ORIGIN, right_responses, serve, stored_form
from call_tracer import CallTracer
from roster_uploads import CSV, LESS, WANTED, hidden_fields
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn

#: Functions and files, as counted in November 2026; what makes a story shorter lowers them.
MOST = {"question": (265, 52), "roster": (318, 61)}
#: What may be entered besides where a machine is slow and somebody has to wait.
WAITING = 3


@pytest.fixture(autouse=True)
def tracer() -> Iterator[CallTracer]:
    """Made before any thread of the service is started."""
    found = CallTracer()
    yield found
    found.close()


@pytest.fixture
def portal(tracer: CallTracer) -> Iterator[anyio.from_thread.BlockingPortal]:
    with anyio.from_thread.start_blocking_portal("asyncio") as portal:
        yield portal


def assert_no_longer(story: str, tracer: CallTracer) -> None:
    """Holds a story to what was counted; `pytest -s` shows it function by function."""
    functions, files = len(tracer.hops), len(tracer.files)
    print(f"\n{story}: {functions} functions in {files} files", *tracer.hops, sep="\n  ")
    most_functions, most_files = MOST[story]
    assert functions <= most_functions + WAITING
    assert files <= most_files + WAITING


def test_from_an_answer_that_is_handed_in_to_the_cell_of_a_report(
    signed_in: SignedIn,
    app,
    portal,
    store: Store,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
    tracer: CallTracer,
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    code = LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)[hoa].text
    office = signed_in("office", PROVINCE)
    office.prove()
    asked = {"token": office.browser.token("/can-bo/bao-cao/"), "period": "2026H1", "kind": "docx"}
    office.browser.post("/can-bo/bao-cao/", data=asked)
    with serve(app, portal, ORIGIN) as learner:
        learner.sign_in(code)
        attempt, form = learner.begin()
        right = right_responses(*stored_form(store, form))
        with tracer.recording():
            handed_in = learner.hand_in(attempt, form, right)
            report = office.browser.post("/can-bo/bao-cao/", data=asked)
    assert handed_in.json()["passed"]
    assert report.headers["content-disposition"].endswith('.docx"')
    assert_no_longer("question", tracer)


def test_from_a_list_that_is_sent_up_to_the_share_on_the_public_page(
    signed_in: SignedIn, tracer: CallTracer
) -> None:
    office = signed_in("office", PROVINCE)
    office.prove()
    data = {"token": office.browser.token("/can-bo/danh-sach/"), **WANTED, "as_of": "2026-03-02"}
    files = {"file": ("danh-sach.csv", CSV.encode())}
    office.browser.post("/can-bo/danh-sach/thu/", data=data, files=files)
    office.browser.get("/tien-do/")
    with tracer.recording():
        page = office.browser.post("/can-bo/danh-sach/thu/", data=data, files=files)
        settled = office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS)
        public = office.browser.get("/tien-do/")
    assert settled.status_code == 303
    assert "trong số 2 người" in " ".join(public.text.split())
    assert_no_longer("roster", tracer)

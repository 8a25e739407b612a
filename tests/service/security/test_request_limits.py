"""How large, how slow and how often a request may be."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import anyio
import httpx
import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser, body_chunks, serve
from clocks import Clock, Stopwatch
from fastapi import APIRouter, FastAPI
from fixtures_service import TwoLearners
from security_requests import Make
from starlette.requests import Request

from taphuan.records import Busy
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import check_symbol
from taphuan.service import Settings
from taphuan.service.http.settings import Rate

# --- sizes --------------------------------------------------------------------------------------


def test_a_body_that_says_it_is_too_large_is_refused(learner: Browser) -> None:
    answer = learner.put(f"/api/attempts/{uuid4()}", json={"form": "x" * 70_000, "responses": {}})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-big")


def test_a_body_that_does_not_say_is_cut_off_while_it_arrives(learner: Browser) -> None:
    arrived = 0

    async def endless() -> Any:
        nonlocal arrived
        async for piece in body_chunks(1024, 100_000):
            arrived += len(piece)
            yield piece

    json = {"Content-Type": "application/json"}
    assert learner.put(f"/api/attempts/{uuid4()}", content=endless(), headers=json).status_code == 413
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert learner.post("/hoc-vien/dang-nhap/", content=endless(), headers=form).status_code == 413
    assert arrived < 200_000


uploads = APIRouter()


@uploads.post("/can-bo/danh-sach/thu/")
async def upload(request: Request) -> int:
    return len(await request.body())


def test_only_a_roster_may_be_larger(make: Make, portal: BlockingPortal) -> None:
    small = Settings(address=ORIGIN, upload_limit=200_000)
    with serve(make(settings=small, routers=[uploads]), portal) as client:
        sizes = (70_000, 200_000, 200_001)
        found = [client.post("/can-bo/danh-sach/thu/", content=b"x" * size).status_code for size in sizes]
    assert found == [200, 200, 413]


def test_a_body_that_stops_arriving_is_not_waited_for(make: Make, portal: BlockingPortal) -> None:
    async def stuck() -> Any:
        yield b'{"code":'
        await anyio.sleep(5)
        yield b'""}'

    with serve(make(settings=Settings(address=ORIGIN, patience=0.05)), portal) as browser:
        answer = browser.post("/api/session", content=stuck(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (408, "too-slow")


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("/api/session", Settings(address=ORIGIN, body_seconds=0.3)),
        ("/can-bo/danh-sach/thu/", Settings(address=ORIGIN, body_seconds=0.01, upload_seconds=0.3)),
    ],
)
def test_a_body_that_arrives_by_the_byte_is_not_waited_for(
    make: Make, portal: BlockingPortal, path: str, settings: Settings
) -> None:
    """Each byte in time, and the whole never."""

    async def trickle() -> Any:
        for _ in range(500):
            yield b" "
            await anyio.sleep(0.01)

    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    with serve(make(settings=settings, routers=[uploads]), portal) as browser:
        answer = browser.post(path, content=trickle(), headers=headers)
    assert answer.status_code == 408
    assert "Mạng quá chậm" in answer.text


# --- rates --------------------------------------------------------------------------------------


def wrong_code(code: str, nth: int) -> str:
    """The same selector, another secret, a right check symbol."""
    selector = code.replace("-", "")[:5]
    body = f"{selector}{nth:09d}"
    return body + check_symbol(body)


def test_ten_failures_lock_a_code_and_no_other(browser: Browser, two_learners: TwoLearners) -> None:
    tries = [
        browser.post("/api/session", json={"code": wrong_code(two_learners.code, nth)}).status_code
        for nth in range(10)
    ]
    locked = browser.post("/api/session", json={"code": two_learners.code})
    other = browser.post("/api/session", json={"code": two_learners.other_code})
    assert tries == [401] * 10
    assert (locked.status_code, locked.json()["code"]) == (429, "locked")
    assert int(locked.headers["retry-after"]) > 0
    assert other.status_code == 204


def answered(answer: httpx.Response) -> tuple[object, ...]:
    """All of an answer that somebody could tell another by; a form's token differs each time."""
    text = re.sub(r'name="token" value="[0-9a-f]*"', "", answer.text)
    said = {
        name: value for name, value in answer.headers.items() if name not in {"set-cookie", "content-length"}
    }
    return answer.status_code, said, text


@pytest.mark.parametrize("minutes", [0, 6], ids=["at once", "one in six minutes"])
def test_a_code_that_nobody_has_is_answered_and_locked_as_one_that_somebody_has(
    browser: Browser, two_learners: TwoLearners, clock: Clock, stopwatch: Stopwatch, minutes: int
) -> None:
    """Fifteen tries and two more, after most of an hour and after it, by API and by page."""
    start, tries = clock.time, list[object]()
    for code in (two_learners.code, "ZZZZZ"):
        clock.time, answers = start, list[object]()
        for nth in range(17):
            forward = {15: 50, 16: 70}.get(nth, minutes)
            clock.forward(minutes=forward)
            stopwatch.seconds += forward * 60
            sent = {"code": wrong_code(code, nth)}
            by_api = nth % 2 == 0
            answers.append(
                answered(
                    browser.post("/api/session", json=sent)
                    if by_api
                    else browser.send("/hoc-vien/dang-nhap/", **sent)
                )
            )
        tries.append(answers)
    assert tries[0] == tries[1]
    statuses = [answer[0] for answer in tries[0]]  # type: ignore[attr-defined,index]
    assert statuses[:10] == [401] * 10
    assert 429 in statuses


def test_an_address_that_keeps_guessing_has_to_wait(
    make: Make, portal: BlockingPortal, two_learners: TwoLearners, stopwatch: Stopwatch
) -> None:
    wrong = [{"code": wrong_code(f"{nth:05d}", nth)} for nth in range(5)]
    settings = Settings(address=ORIGIN, sign_in_fails=Rate(burst=3, seconds=600))
    with serve(make(settings=settings), portal) as guessing:
        statuses = [guessing.post("/api/session", json=one).status_code for one in wrong]
        waiting = guessing.post("/api/session", json=wrong[0])
        assert (waiting.status_code, waiting.json()["code"]) == (429, "too-many-wrong")
        assert guessing.post("/api/session", json={"code": two_learners.code}).status_code == 204
        stopwatch.seconds += int(waiting.headers["retry-after"])
        assert guessing.post("/api/session", json=wrong[1]).status_code == 401
    assert statuses == [401] * 3 + [429] * 2


def test_typing_slips_do_not_lock_anybody(browser: Browser, two_learners: TwoLearners) -> None:
    for _ in range(30):
        assert browser.post("/api/session", json={"code": "ABC"}).status_code == 401
    assert browser.post("/api/session", json={"code": two_learners.code}).status_code == 204


def test_writes_are_paced_by_address(make: Make, portal: BlockingPortal) -> None:
    with serve(make(settings=Settings(address=ORIGIN, writes=Rate(burst=2, seconds=60))), portal) as browser:
        codes = [browser.ask("DELETE", "/api/session").status_code for _ in range(3)]
        told = browser.ask("DELETE", "/api/session")
    assert codes == [204, 204, 429]
    assert told.headers["retry-after"] == "30"


def test_where_argon2_is_busy_signing_in_waits_and_the_rest_goes_on(
    learner: Browser, two_learners: TwoLearners, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bool:
        raise Busy(7)

    monkeypatch.setattr(Hashing, "verify", busy)
    answer = learner.post("/api/session", json={"code": two_learners.other_code})
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["retry-after"] == "7"
    assert learner.get("/api/courses").status_code == 200


def test_past_the_queue_for_argon2_there_is_a_page_that_says_so(
    app: FastAPI, browser: Browser, two_learners: TwoLearners
) -> None:
    app.state.service.queue._most = 0
    answer = browser.sign_in(two_learners.code)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "Đang có nhiều người dùng" in answer.text
    assert "Mã học viên" in answer.text

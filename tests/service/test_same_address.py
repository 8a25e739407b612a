"""Many behind one address, as a class behind its router: none waits for others, none guesses without end."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import anyio
import httpx
import pytest
from anyio import CapacityLimiter
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser
from fastapi import FastAPI
from fixtures_service import TwoLearners
from lossy_clients import COURSE, enrol_learners

from taphuan.programme.model.programme import Programme
from taphuan.records import Busy, Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import check_symbol
from taphuan.service.http.request_limits import Queue
from taphuan.service.http.session_cookies import RecentSessions
from taphuan.service.http.settings import SIGN_IN_FAILS, Rate, Settings

pytestmark = pytest.mark.slow

HEADERS = {"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}
A_CLASS = 300


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Settings:
    """The rates that are usual, or those that a test asks for."""
    return Settings(address=ORIGIN, **getattr(request, "param", {}))


def client(app: FastAPI) -> httpx.AsyncClient:
    """A device of its own; all share one address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=ORIGIN, headers=HEADERS)


async def at_once(works: Sequence[Callable[[], Awaitable[None]]]) -> None:
    async with anyio.create_task_group() as group:
        for work in works:
            group.start_soon(work)  # type: ignore[arg-type]


def test_a_class_signs_in_and_hands_in_at_once_and_nobody_is_told_to_wait(
    browser: Browser,
    app: FastAPI,
    portal: BlockingPortal,
    programme: Programme,
    store: Store,
    hashing: Hashing,
) -> None:
    codes = enrol_learners(store, programme, hashing, A_CLASS)
    statuses: Counter[tuple[str, int]] = Counter()

    async def learner(code: str) -> None:
        async with client(app) as device:
            signed_in = await device.post("/api/session", json={"code": code})
            statuses["sign in", signed_in.status_code] += 1
            begun = (await device.post(f"/api/courses/{COURSE}/form", json={})).json()
            for _ in range(2):
                sent = {"form": begun["sheet"]["form"], "responses": {}}
                handed = await device.put(f"/api/attempts/{begun['attempt']}", json=sent)
                statuses["hand in", handed.status_code] += 1

    portal.call(at_once, [lambda code=code: learner(code) for code in codes])
    assert statuses == {("sign in", 204): A_CLASS, ("hand in", 201): A_CLASS, ("hand in", 200): A_CLASS}


async def guesses(app: FastAPI, codes: Sequence[str], count: Counter[int], at_a_time: int) -> None:
    """Tries codes from one address, so many at a time."""
    limiter = CapacityLimiter(at_a_time)

    async with client(app) as device:

        async def guess(code: str) -> None:
            async with limiter:
                count[(await device.post("/api/session", json={"code": code})).status_code] += 1

        await at_once([lambda code=code: guess(code) for code in codes])


def wrong_codes(many: int) -> list[str]:
    """Each at another selector, so that no lock of a selector helps."""
    codes = [f"{nth:05d}000000000" for nth in range(many)]
    return [code + check_symbol(code) for code in codes]


A_HUNDRED = {"sign_in_fails": Rate(burst=100, seconds=600)}


@pytest.mark.parametrize(
    ("settings", "may", "tries"),
    [
        (A_HUNDRED, 100, 600),
        pytest.param({}, SIGN_IN_FAILS.burst, 5_000, marks=pytest.mark.soak),
    ],
    indirect=["settings"],
)
def test_guesses_are_bounded_and_a_neighbour_with_a_right_code_still_comes_in(
    browser: Browser, app: FastAPI, portal: BlockingPortal, two_learners: TwoLearners, may: int, tries: int
) -> None:
    count: Counter[int] = Counter()
    portal.call(guesses, app, wrong_codes(tries), count, 400)
    assert count[401] == may
    assert count[429] + count[503] == tries - may
    told = browser.post("/api/session", json={"code": wrong_codes(1)[0]})
    assert (told.status_code, told.json()["code"]) == (429, "too-many-wrong")
    assert int(told.headers["retry-after"]) >= 1
    assert browser.post("/api/session", json={"code": two_learners.code}).status_code == 204
    page = browser.sign_in(two_learners.other_code)
    assert (page.status_code, page.headers["location"]) == (303, "/hoc-vien/")


@pytest.mark.parametrize("settings", [{"sign_in_fails": Rate(burst=10, seconds=600)}], indirect=True)
def test_a_neighbour_comes_in_while_somebody_guesses(
    app: FastAPI, browser: Browser, portal: BlockingPortal, two_learners: TwoLearners
) -> None:
    """Not only afterwards: sixty connections of one machine leave room in the queue."""
    count: Counter[int] = Counter()
    signed_in: list[int] = []

    async def neighbour() -> None:
        async with client(app) as device:
            while count.total() < 60:
                await anyio.sleep(0.001)
            answer = await device.post("/api/session", json={"code": two_learners.code})
            signed_in.append(answer.status_code)

    portal.call(at_once, [lambda: guesses(app, wrong_codes(600), count, 60), neighbour])
    assert signed_in == [204]
    assert count[503] == 0


@pytest.mark.parametrize("settings", [A_HUNDRED], indirect=True)
def test_no_more_wrong_codes_at_once_are_answered_than_may_be(
    browser: Browser, app: FastAPI, portal: BlockingPortal
) -> None:
    count: Counter[int] = Counter()
    portal.call(guesses, app, wrong_codes(260), count, 260)
    assert count[401] == 100


@pytest.mark.parametrize("settings", [{"sign_in_fails": Rate(burst=2, seconds=600)}], indirect=True)
def test_right_codes_use_nothing_up(browser: Browser, two_learners: TwoLearners) -> None:
    assert [browser.sign_in(two_learners.code).status_code for _ in range(5)] == [303] * 5
    wrong = [browser.post("/api/session", json={"code": code}).status_code for code in wrong_codes(3)]
    assert wrong == [401, 401, 429]


FEW_WRITES = {"writes": Rate(burst=20, seconds=60)}


@pytest.mark.parametrize("settings", [FEW_WRITES], indirect=True)
def test_a_flood_from_an_address_keeps_nobody_there_from_writing_or_coming_in(
    browser: Browser, two_learners: TwoLearners
) -> None:
    browser.sign_in(two_learners.code)
    attempt, form = browser.begin()
    mine = dict(browser.client.cookies)
    browser.client.cookies.clear()
    flood = [browser.ask("DELETE", "/api/session").status_code for _ in range(21)]
    assert flood[-2:] == [204, 429]
    browser.client.cookies.update(mine)
    assert browser.hand_in(attempt, form, {}).status_code == 201
    assert browser.sign_in(two_learners.other_code).status_code == 303


@pytest.mark.parametrize("settings", [FEW_WRITES], indirect=True)
def test_what_somebody_writes_counts_for_them_alone_however_often_they_sign_in(
    browser: Browser, two_learners: TwoLearners
) -> None:
    browser.sign_in(two_learners.code)
    browser.get("/hoc-vien/")
    codes = [browser.post(f"/api/courses/{COURSE}/form", json={}).status_code for _ in range(21)]
    assert codes[-2:] == [200, 429]
    browser.sign_in(two_learners.code)
    browser.get("/hoc-vien/")
    assert browser.post(f"/api/courses/{COURSE}/form", json={}).status_code == 429
    browser.sign_in(two_learners.other_code)
    browser.get("/hoc-vien/")
    assert browser.post(f"/api/courses/{COURSE}/form", json={}).status_code == 200


def test_a_queue_holds_no_more_than_it_may_when_all_come_at_once(portal: BlockingPortal) -> None:
    may_go, refused = threading.Event(), []

    async def burst() -> int:
        queue, done = Queue(CapacityLimiter(2), most_waiting=5), []

        async def come() -> None:
            try:
                done.append(await queue.run(may_go.wait))
            except Busy:
                refused.append(1)
                if len(refused) == 43:
                    may_go.set()

        await at_once([come] * 50)
        await at_once([come] * 7)
        return len(done)

    assert (portal.call(burst), len(refused)) == (14, 43)


def test_a_session_that_nobody_has_is_nobodys_and_few_are_remembered() -> None:
    recent = RecentSessions(most=2)
    for token in ("a", "b", "a", "c"):
        recent.note(token, f"person of {token}")
    assert [recent.owner(token) for token in ("a", "b", "c", "", "x")] == [
        *("person of a", None, "person of c", None, None),
    ]

"""What keeps others out: headers, cookies, tokens, origins, limits, and what is not written down."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import anyio
import httpx
import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, TEST, Browser, Clock, Stopwatch, body_chunks, serve
from fastapi import APIRouter, FastAPI
from fixtures_service import TwoLearners
from starlette.requests import Request

from taphuan.errors import OperatorError
from taphuan.programme.model.programme import Programme
from taphuan.records import Busy, Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import check_symbol
from taphuan.records.store.engines import READERS
from taphuan.service import Settings, create_app
from taphuan.service.http.settings import Rate

HOTSPOT = "http://192.168.43.1:8080"
#: Nothing that another site's page could make a browser send.
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
)

Make = Callable[..., FastAPI]


@pytest.fixture
def make(programme: Programme, store: Store, hashing: Hashing, stopwatch: Stopwatch) -> Make:
    def made(**given: Any) -> FastAPI:
        return create_app(programme, store, **{"hashing": hashing, "stopwatch": stopwatch, **given})

    return made


@pytest.fixture
def hotspot(make: Make, two_learners: TwoLearners, portal: BlockingPortal) -> Iterator[Browser]:
    """A trainer's laptop: plain http, so the browser tells nothing by Sec-Fetch-Site."""
    with serve(make(settings=Settings(is_secure=False)), portal, HOTSPOT) as browser:
        del browser.client.headers["Sec-Fetch-Site"]
        yield browser


# --- headers ------------------------------------------------------------------------------------

PATHS = ("/", "/khong-co/", "/hoc-vien/", "/hoc-vien/dang-nhap/", "/xac-nhan/", "/tien-do/", "/api/health")
PATHS += ("/api/courses", "/api/khong-co", "/dich-vu/service.css", "/can-bo/khong-co/")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert {"base-uri 'none'", "object-src 'none'", "form-action 'self'"} <= set(policy.split("; "))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["permissions-policy"] == "camera=(), geolocation=(), microphone=()"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control")]


def test_refusals_carry_them_too(browser: Browser) -> None:
    answers = (
        browser.post("/api/session", headers={"Sec-Fetch-Site": "cross-site"}, json={}),
        browser.post("/api/session", content=b"x" * 70_000, headers={"Content-Type": "application/json"}),
        browser.put("/hoc-vien/"),
    )
    assert [answer.status_code for answer in answers] == [403, 413, 405]
    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


SENT = {"html": "text/html", "css": "text/css", "svg": "image/svg+xml", "json": "application/json"}


@pytest.mark.parametrize("kind", SENT)
def test_every_answer_says_what_it_is_and_text_in_which_letters(
    browser: Browser, site: Path, kind: str
) -> None:
    (site / f"bản vẽ.{kind}").write_text("<svg/>", encoding="utf-8")
    told, *parameters = browser.get(f"/bản vẽ.{kind}").headers["content-type"].split("; ")
    assert told == SENT[kind]
    assert parameters == ([] if kind == "json" else ["charset=utf-8"])


def test_private_pages_are_never_kept(learner: Browser) -> None:
    for path in ("/hoc-vien/", TEST, "/api/courses", "/hoc-vien/dang-nhap/", "/xac-nhan/"):
        assert learner.get(path).headers["cache-control"] == "no-store"


def test_nothing_is_inline_in_our_pages(learner: Browser) -> None:
    learner.begin()
    for path in (
        "/hoc-vien/",
        TEST,
        TEST + "lam-bai/",
        "/xac-nhan/",
        "/tien-do/",
        "/hoc-vien/phieu/nuoc-sach/",
    ):
        page = learner.get(path).text
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", page), path
        foreign = re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]+", page)
        assert foreign == [], path


def test_by_plain_http_there_is_no_promise_of_https(hotspot: Browser) -> None:
    assert "strict-transport-security" not in hotspot.get("/hoc-vien/dang-nhap/").headers


# --- cookies ------------------------------------------------------------------------------------


def cookie(browser: Browser, code: str) -> str:
    signed = browser.sign_in(code)
    return next(line for line in signed.headers.get_list("set-cookie") if "sid=" in line)


def test_by_https_the_cookie_is_bound_to_this_host(browser: Browser, two_learners: TwoLearners) -> None:
    name, _, attributes = cookie(browser, two_learners.code).partition("=")
    assert name == "__Host-sid"
    assert {part.strip() for part in attributes.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=lax",
        "Secure",
    }


def test_on_a_hotspot_it_is_a_plain_one(hotspot: Browser, two_learners: TwoLearners) -> None:
    name, _, attributes = cookie(hotspot, two_learners.code).partition("=")
    assert name == "sid"
    assert {part.strip() for part in attributes.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=lax"}


def test_a_token_has_256_bits_and_only_its_hash_is_stored(learner: Browser, store: Store) -> None:
    token = learner.client.cookies["__Host-sid"]
    assert len(token) == 43
    with store.read() as connection:
        stored = connection.exec_driver_sql("SELECT * FROM session").all()
    assert len(stored) == 1
    assert token not in str(stored)


def test_public_pages_set_no_cookie_and_look_nobody_up(browser: Browser) -> None:
    for path in ("/", "/xac-nhan/", "/tien-do/", "/khoa-hoc/nuoc-sach/", "/api/health"):
        assert "set-cookie" not in browser.get(path).headers


# --- where a write comes from ---------------------------------------------------------------------


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_write_from_elsewhere_is_refused(learner: Browser, store: Store, foreign: dict[str, str]) -> None:
    attempt, form = learner.begin()
    token = learner.token(TEST + "lam-bai/")
    by_api = learner.put(f"/api/attempts/{attempt}", json={"form": form, "responses": {}}, headers=foreign)
    by_form = learner.post(
        TEST + "lam-bai/", data={"token": token, "form": form, "anyway": "yes"}, headers=foreign
    )
    out = learner.ask("DELETE", "/api/session", headers=foreign)
    assert [answer.status_code for answer in (by_api, by_form, out)] == [403, 403, 403]
    assert by_api.json()["code"] == "cross-site"
    assert learner.get("/api/courses").json()[0]["attempts"] == []


def test_where_the_browser_tells_no_site_the_origin_must_be_ours(
    hotspot: Browser, two_learners: TwoLearners
) -> None:
    def put(origin: str | None) -> int:
        headers = {"Origin": origin} if origin else {}
        if origin is None:
            del hotspot.client.headers["Origin"]
        return hotspot.put(f"/api/attempts/{uuid4()}", json={}, headers=headers).status_code

    hotspot.sign_in(two_learners.code)
    wrong = ["https://192.168.43.1:8080", "http://192.168.43.1", "http://evil.example", "null", None]
    assert put(HOTSPOT) == 422
    assert [put(origin) for origin in wrong] == [403] * len(wrong)


def test_on_a_hotspot_a_form_without_an_origin_goes_by_its_token(
    hotspot: Browser, two_learners: TwoLearners
) -> None:
    """Our pages send no referrer, so a browser says `Origin: null` with a form, and nothing else."""
    hotspot.client.headers["Origin"] = "null"
    assert hotspot.sign_in(two_learners.code).status_code == 303
    begun = hotspot.send(TEST)
    assert begun.status_code == 303
    without = hotspot.post(TEST, data={})
    foreign = hotspot.post(TEST, data={"token": "0" * 64}, headers={"Origin": "http://evil.example"})
    assert (without.status_code, foreign.status_code) == (403, 403)


def test_there_is_no_cors(browser: Browser) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
    answer = browser.ask("OPTIONS", f"/api/attempts/{uuid4()}", headers=asked)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["TRACE", "PATCH", "PROPFIND", "CONNECT"])
@pytest.mark.parametrize(
    "path", ["/", "/hoc-vien/", "/api/courses", "/api/session", "/tien-do/", "/dich-vu/service.css"]
)
def test_no_method_but_those_of_a_route_is_taken(learner: Browser, method: str, path: str) -> None:
    assert learner.ask(method, path).status_code == 405


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_the_api_takes_nothing_but_json(learner: Browser, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = learner.put(f"/api/attempts/{uuid4()}", content=b'{"form": ""}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "not-json")


# --- tokens of forms ----------------------------------------------------------------------------


def forms(app: FastAPI) -> list[str]:
    """Every route that takes a form."""
    found = [
        (context.path, method)
        for context in _routes(app.routes)
        for method in context.methods or ()
        if method not in {"GET", "HEAD", "OPTIONS"}
    ]
    return sorted(path for path, _ in found if not path.startswith("/api/"))


def _routes(routes: Any) -> Iterator[Any]:
    for route in routes:
        if hasattr(route, "methods"):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


def test_every_form_needs_its_token(app: FastAPI, learner: Browser) -> None:
    paths = forms(app)
    assert TEST.replace("nuoc-sach", "{course}") in paths
    for path in paths:
        path = path.replace("{course}", "nuoc-sach")
        for token in ("", "0" * 64):
            answer = learner.post(path, data={"token": token})
            assert (answer.status_code, "mở đã lâu" in answer.text) == (403, True), path


def test_the_token_of_another_session_is_not_mine(learner: Browser, two_learners: TwoLearners) -> None:
    others = learner.token(TEST)
    learner.sign_in(two_learners.other_code)
    assert learner.post(TEST, data={"token": others}).status_code == 403


def test_a_token_does_not_give_the_cookie_away(learner: Browser) -> None:
    assert learner.client.cookies["__Host-sid"] not in learner.get(TEST).text


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
    with serve(make(settings=small, routers=[uploads]), portal) as asking:
        sizes = (70_000, 200_000, 200_001)
        found = [asking.post("/can-bo/danh-sach/thu/", content=b"x" * size).status_code for size in sizes]
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


# --- what is written down -------------------------------------------------------------------------


def test_no_name_code_or_token_is_in_a_log_or_an_address(
    learner: Browser, two_learners: TwoLearners, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    learner.sign_in(two_learners.code)
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, {})
    learner.get(f"/hoc-vien/ket-qua/{attempt}/?ten=Lo+Thi+An")
    learner.get("/xac-nhan/?so=ABCD")
    learner.get("/ho-tro/")
    written = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("taphuan"))
    assert "PUT /api/attempts/{attempt} 201" in written
    assert "GET /hoc-vien/ket-qua/{attempt}/ 200" in written
    secrets = (
        two_learners.code,
        "Lò Thị An",
        "Thi+An",
        learner.client.cookies["__Host-sid"],
        attempt,
        form,
        two_learners.an,
    )
    for secret in (*secrets, "ABCD", "ho-tro", "127.0.0.1"):
        assert secret not in written
    asked = "\n".join(str(answer.request.url) for answer in learner.seen)
    for secret in (two_learners.code, learner.client.cookies["__Host-sid"], two_learners.an):
        assert secret not in asked


def test_what_nobody_foresaw_is_a_page_with_a_number_and_no_trace(
    learner: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Lò Thị An, mã 12345")

    monkeypatch.setattr("taphuan.service.attempts.Attempts.standings", broken)
    page, told = learner.get("/hoc-vien/"), learner.get("/api/courses")
    assert (page.status_code, told.status_code) == (500, 500)
    assert told.json()["code"] == "unforeseen"
    for text in (page.text, told.text):
        assert "Traceback" not in text
        assert "Lò Thị An, mã" not in text
        assert re.search(r"kèm số [0-9a-f]{8}", text)
    number = re.findall(r"kèm số ([0-9a-f]{8})", told.text)[0]
    written = [record.getMessage() for record in caplog.records if number in record.getMessage()]
    assert len(written) == 1
    assert "RuntimeError" in written[0]
    assert "test_security.py" in written[0]
    assert "Lò Thị An" not in written[0]


def test_records_that_cannot_be_written_are_unavailable_and_not_an_error(
    learner: Browser, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> Future[None]:
        promise: Future[None] = Future()
        promise.set_exception(OperatorError("không ghi được Lò Thị An", fix="xem đĩa"))
        return promise

    attempt, form = learner.begin()
    monkeypatch.setattr(store, "append_from", full)
    answer = learner.hand_in(attempt, form, {})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "retry-after" in answer.headers
    told = [one.getMessage() for one in caplog.records if one.name == "taphuan.service"]
    assert any(one.startswith("OperatorError ") for one in told), "the operator sees what it was"
    assert not any("Lò Thị An" in one for one in told)


def test_a_full_disk_refuses_writes_until_there_is_room_and_readers_go_on(
    learner: Browser, store: Store
) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    attempt, form = learner.begin()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, before[1]))
    try:
        refused = learner.hand_in(attempt, form, {})
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert refused.headers["retry-after"] == "15"
        assert learner.get("/hoc-vien/").status_code == 200
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert learner.hand_in(attempt, form, {}).status_code == 201


def test_when_no_reader_gets_free_every_page_says_to_come_back(
    learner: Browser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as held:
        for _ in range(READERS):
            held.enter_context(store.read())
        monkeypatch.setattr(store._engines.reader.pool, "_timeout", 0.05)
        for path in ("/hoc-vien/", "/api/courses", "/api/health"):
            answer = learner.get(path)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1"), path
    assert learner.get("/api/health").status_code == 200


def test_errors_are_json_for_programs_and_vietnamese_pages_for_people(browser: Browser) -> None:
    told = browser.get("/api/khong-co")
    assert told.headers["content-type"] == "application/json"
    assert sorted(told.json()) == ["code", "fix", "message"]
    page = browser.get("/hoc-vien/khong-co/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="vi"' in page.text
    assert "Không có trang này" in page.text


def test_documentation_that_loads_foreign_scripts_is_off(browser: Browser) -> None:
    assert [browser.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]
    assert browser.get("/api/openapi.json").json()["info"]["title"].endswith("sổ theo dõi")


def test_settings_are_values() -> None:
    assert replace(Settings(), is_secure=False).scheme == "http"

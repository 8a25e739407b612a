"""PostgreSQL behind the service: what it does not take, and what is answered while it is gone."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from threading import Thread
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import Browser
from clocks import Clock
from fastapi import APIRouter, FastAPI
from hostile_requests import Answered, Operation, operations
from postgres_server import PostgresServer
from raw_clients import RawClient, learner, office
from sqlalchemy import text
from staff_operations import Place
from staff_users import OURS, SignedIn
from starlette.responses import Response
from test_staff_hostile_requests import noted, settings, walked

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.staff_entries import IssuedPlan, listed
from taphuan.service import Settings
from taphuan.service.app import create_app
from taphuan.service.dependencies import Running
from taphuan.service.staff import ROUTERS

pytestmark = pytest.mark.thorough

__all__ = ["noted", "settings"]


@pytest.fixture
def store(postgres: PostgresServer, clock: Clock) -> Iterator[Store]:
    with Store.open(postgres.create(f"trial_{uuid4().hex}"), clock=clock) as opened:
        yield opened


def test_nothing_that_is_sent_reaches_postgresql_as_what_it_refuses(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    store: Store,
    noted: set[str],
) -> None:
    """It takes no NUL in a text and no number of more than 64 bits, not even to find nothing by it."""
    asker = office(app, signed_in, places, store)
    walked(portal, asker, noted, ("a nul",))


# --- a server that is gone ----------------------------------------------------------------------


def query_routes() -> APIRouter:
    """Operations that read what a test wants them to."""
    routes = APIRouter()

    @routes.get("/can-bo/hoi/")
    async def ask(service: Running, sql: str) -> Response:
        await service.read(lambda within: within.exec_driver_sql(sql).all())
        return Response()

    return routes


@pytest.fixture
def app(  # type: ignore[no-untyped-def]
    programme: Programme, store: Store, settings: Settings, hashing: Hashing, stopwatch
) -> FastAPI:
    given = {"settings": settings, "hashing": hashing, "stopwatch": stopwatch}
    return create_app(programme, store, **given, routers=(*ROUTERS, query_routes()))


PLAN = {"number": "12/KH-UBND", "issued_on": "2026-02-20", "first_year": "2026", "last_year": "2026"}
TO_ENTER = Operation("POST", "/can-bo/ke-hoach/", ())
#: What starts a browser to print, or needs no records at all.
LEFT_OUT = ("/can-bo/lop/{id}/phieu/", "/can-bo/phieu-xac-nhan/{serial}.pdf", "/can-bo/hoi/")


async def _everything(asker: RawClient) -> list[tuple[str, Answered]]:
    found = []
    for one in operations(asker.app):
        if one.path not in LEFT_OUT:
            about = f"{one.method} {one.path}"
            found.append((about, await asker.send(one, asker.fields(one), about)))
    return found


def test_while_postgresql_is_gone_every_operation_says_to_come_back_and_then_it_goes_on(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    postgres: PostgresServer,
    store: Store,
    browser: Browser,
    hashing: Hashing,
) -> None:
    askers = (office(app, signed_in, places, store), learner(app, browser, places, store, hashing))
    everybody = (*askers, RawClient(app=app, ids={}))
    postgres.stop()
    try:
        answers = [one for asker in everybody for one in portal.call(_everything, asker)]
    finally:
        postgres.start()
    statuses = Counter(answer.status for _, answer in answers)
    assert statuses.keys() <= {200, 303, 401, 403, 404, 405, 415, 422, 503}, statuses
    assert statuses[503] > len(answers) / 2, statuses
    for about, answer in answers:
        if answer.status == 503:
            assert answer.headers["retry-after"] == "15", about
            assert "Sổ theo dõi tạm thời không dùng được" in answer.body.decode(), about
            assert set(answer.faults()) == {"503"}, (about, answer.faults())
    for asker in askers:
        later = dict(portal.call(_everything, asker))
        assert {about: one.status for about, one in later.items() if one.status >= 500} == {}


def test_what_was_typed_while_postgresql_was_gone_is_sent_again_from_the_page(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    postgres: PostgresServer,
    store: Store,
) -> None:
    asker = office(app, signed_in, places, store)
    fields = {**PLAN, "number": '12/KH-"UB"', "unit": OURS, "once": str(uuid4())}
    before = len(entered(store))
    postgres.stop()
    try:
        page = portal.call(asker.send, TO_ENTER, fields, "a plan").body.decode()
    finally:
        postgres.start()
    assert "chờ 15 giây rồi bấm “Gửi lại”" in page
    for name, value in (fields | {"token": asker.token}).items():
        assert f'type="hidden" name="{name}" value="{value.replace(chr(34), "&#34;")}"' in page
    assert portal.call(asker.send, TO_ENTER, fields | PLAN, "a plan").status == 303
    assert len(entered(store)) == before + 1


def test_no_secret_stands_in_the_page_that_says_to_come_back(
    app: FastAPI, portal: BlockingPortal, postgres: PostgresServer, browser: Browser
) -> None:
    asker = RawClient(app=app, ids={})
    postgres.stop()
    try:
        for path in ("/can-bo/dang-nhap/", "/hoc-vien/dang-nhap/", "/can-bo/loi-moi/"):
            fields = {"name": "Cô Páo", "code": "K7Q2M", "password": "câu dài", "again": "câu dài"}
            page = portal.call(asker.send, Operation("POST", path, ()), fields, path)
            assert "câu dài" not in page.body.decode()
            assert "K7Q2M" not in page.body.decode()
    finally:
        postgres.start()


def entered(store: Store) -> list[str]:
    with store.read() as connection:
        return [one.number for one in listed(connection, IssuedPlan)]


def test_a_connection_that_is_killed_while_it_reads_is_no_error_of_ours(
    app: FastAPI, portal: BlockingPortal, postgres: PostgresServer, browser: Browser
) -> None:
    answer: Future[Answered] = Future()
    sleeping = "SELECT pg_sleep(60)"

    def ask() -> None:
        asker = RawClient(app=app, ids={})
        query = sleeping.replace(" ", "%20")
        answer.set_result(portal.call(asker.tell, "GET", f"/can-bo/hoi/?sql={query}", "asleep"))

    thread = Thread(target=ask)
    thread.start()
    kill = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = :query")
    with postgres.engine.connect() as connection:
        while not connection.execute(kill, {"query": sleeping}).all():
            pass
    thread.join()
    assert answer.result().status == 503
    assert browser.get("/api/health").status_code == 200


def test_an_error_of_the_program_stays_one_and_its_line_quotes_no_row(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        for sql in ("SELECT 'Lò Thị Hoa'::int", "SELECT nope"):
            told = browser.get("/can-bo/hoi/", params={"sql": sql})
            assert told.status_code == 500
            assert "Phần mềm gặp lỗi ngoài dự kiến" in told.text
            assert "Lò Thị Hoa" not in told.text
    assert "Lò Thị Hoa" not in caplog.text
    assert "DataError" in caplog.text

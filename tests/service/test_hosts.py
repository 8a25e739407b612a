"""The names under which the service answers: what it gives out never repeats one that a stranger made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import ORIGIN, Browser, serve
from fixtures_service import TwoLearners, listening

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service import Settings, create_app
from taphuan.service.staff import ROUTERS

FOREIGN = (
    *(
        "evil.example",
        "evil.example:8080",
        "tap-huan.test.evil.example",
        "evil.local.example",
        "1.2.3.4.example",
    ),
    *("", "a b", "tap-huan.test/x", "tap-huan.test@evil.example", "[::1", "x:y", "192.168.1.5:99999999"),
)
OF_A_CLASSROOM = (
    *("192.168.43.1:8080", "10.0.0.5", "127.0.0.1:8080", "localhost:8080", "[::1]:8080", "[fe80::1]"),
    *("may-tinh", "MAY-TINH:8080", "may-tinh.local", "laptop.local.", "laptop.lan:8080", "laptop.mshome.net"),
    *("laptop.home:8080", "may-tinh.localdomain", "[fe80::1%25wlan0]:8080"),
)
NAMED = Settings(address=ORIGIN, listening=("http://192.168.43.1:8080/",))

Make = Callable[[Settings], AbstractContextManager[Browser]]


@pytest.fixture
def make(
    programme: Programme,
    store: Store,
    hashing: Hashing,
    site: Path,
    portal: BlockingPortal,
    two_learners: TwoLearners,
) -> Make:
    @contextmanager
    def made(settings: Settings) -> Iterator[Browser]:
        app = create_app(programme, store, site=site, settings=settings, hashing=hashing, routers=ROUTERS)
        with serve(app, portal) as browser:
            yield browser

    return made


@pytest.mark.parametrize("settings", [Settings(), NAMED], ids=["no address", "an address"])
def test_a_foreign_name_is_refused_whatever_is_asked(make: Make, settings: Settings) -> None:
    with make(settings) as browser:
        for host in FOREIGN:
            for path in ("/", "/khoa-hoc", "/can-bo/dang-nhap/", "/hoc-vien", "/khong-co/"):
                answer = browser.get(path, headers={"Host": host})
                assert (answer.status_code, "location" in answer.headers) == (400, False), (host, path)
                assert "không trả lời ở địa chỉ này" in answer.text
                assert "evil" not in answer.text
            told = browser.post("/api/session", headers={"Host": host}, json={"code": "x"})
            assert (told.status_code, told.json()["code"]) == (400, "foreign-host")


def test_two_names_at_once_are_refused(make: Make) -> None:
    with make(NAMED) as browser:
        twice = [("Host", "tap-huan.test"), ("Host", "evil.example")]
        assert browser.get("/", headers=twice).status_code == 400


@pytest.mark.parametrize("host", OF_A_CLASSROOM)
def test_a_classroom_needs_no_setting(make: Make, host: str) -> None:
    with make(Settings(is_secure=False)) as browser:
        assert browser.get("/hoc-vien/dang-nhap/", headers={"Host": host}).status_code == 200


def test_with_an_address_other_names_are_those_that_the_service_said_itself(make: Make) -> None:
    with make(NAMED) as browser:
        for host in (
            "tap-huan.test",
            "TAP-HUAN.test.",
            "tap-huan.test:443",
            "127.0.0.1:8080",
            "192.168.43.1:8080",
        ):
            assert browser.get("/", headers={"Host": host}).status_code == 200, host
        for host in ("192.168.43.2:8080", "may-tinh", "laptop.local"):
            assert browser.get("/", headers={"Host": host}).status_code == 400, host


@pytest.mark.parametrize(
    "path", ["/khoa-hoc/nuoc-sach", "/hoc-vien/dang-nhap", "/can-bo/dang-nhap", "/tien-do"]
)
def test_a_missing_slash_is_put_right_by_a_path_alone(make: Make, path: str) -> None:
    with make(NAMED) as browser:
        led = browser.get(f"{path}?a=1", headers={"Host": "192.168.43.1:8080"})
    assert (led.status_code in {303, 307}, led.headers["location"]) == (True, f"{path}/?a=1")


@pytest.mark.parametrize(
    "path", ["//khoa-hoc/nuoc-sach", "///evil.example", "//evil.example/%2e%2e/hoc-vien"]
)
def test_no_path_leads_to_another_host(make: Make, path: str) -> None:
    with make(NAMED) as browser:
        led = browser.get(path).headers.get("location", "/")
    assert (led[0], led[1:2] in {"/", "\\"}) == ("/", False)


def test_over_http_it_is_the_same(programme: Programme, store: Store, hashing: Hashing, site: Path) -> None:
    def app(settings: Settings):  # type: ignore[no-untyped-def]
        return create_app(programme, store, site=site, settings=settings, hashing=hashing)

    with listening(app) as address:
        led = httpx.get(f"{address}/khoa-hoc/nuoc-sach")
        foreign = httpx.get(f"{address}/khoa-hoc/nuoc-sach", headers={"Host": "evil.example"})
    assert (led.headers["location"], foreign.status_code) == ("/khoa-hoc/nuoc-sach/", 400)

"""Staff pages on a host name of their own: another origin to every page of the site."""

from __future__ import annotations

import pytest
from asgi_browser import ORIGIN, Browser, serve
from staff_users import PROVINCE, SignedIn

from taphuan.service import Settings

STAFF = "https://can-bo.tap-huan.test"
PUBLIC, PRIVATE = {"host": "tap-huan.test"}, {"host": "can-bo.tap-huan.test"}


@pytest.fixture
def settings() -> Settings:
    return Settings(address=ORIGIN, staff_address=STAFF)


@pytest.fixture
def anybody(app, portal):  # type: ignore[no-untyped-def]
    with serve(app, portal) as browser:
        yield browser


@pytest.mark.parametrize("path", ["/can-bo/", "/can-bo/dang-nhap/?a=1%20b", "/can-bo/nguoi/x/"])
def test_a_page_of_the_staff_is_shown_on_their_host_alone(anybody: Browser, path: str) -> None:
    led = anybody.get(path, headers=PUBLIC)
    assert (led.status_code, led.headers["location"]) == (303, STAFF + path)
    assert anybody.get("/can-bo/dang-nhap/", headers=PRIVATE).status_code == 200


@pytest.mark.parametrize(
    "path", ["/hoc-vien/", "/xac-nhan/", "/tien-do/", "/khoa-hoc/", "/assets/x.js", "/api/health"]
)
def test_nothing_else_is_shown_there(anybody: Browser, path: str) -> None:
    led = anybody.get(path, headers=PRIVATE)
    assert (led.status_code, led.headers["location"]) == (303, ORIGIN + path)


@pytest.mark.parametrize(
    "host", ["CAN-BO.tap-huan.test", "can-bo.tap-huan.test:443", "can-bo.tap-huan.test."]
)
def test_their_host_is_theirs_however_it_is_written(anybody: Browser, host: str) -> None:
    assert anybody.get("/can-bo/dang-nhap/", headers={"host": host}).status_code == 200
    assert anybody.get("/khoa-hoc/", headers={"host": host}).headers["location"] == f"{ORIGIN}/khoa-hoc/"


@pytest.mark.parametrize("path", ["/can-bo/../khoa-hoc/index.html", "/assets/stylesheets/%2e%2e/%2e%2e/x"])
def test_no_way_up_leads_out_of_what_is_theirs(anybody: Browser, path: str) -> None:
    assert anybody.get(path, headers=PRIVATE).status_code in {303, 404}


def test_the_front_of_their_host_leads_to_their_pages(anybody: Browser) -> None:
    assert anybody.get("/", headers=PRIVATE).headers["location"] == "/can-bo/"


@pytest.mark.parametrize("path", ["//evil.example/can-bo/", "/can-bo//evil.example", "/can-bo/%0d%0ax: y"])
def test_no_address_leads_to_a_foreign_host(anybody: Browser, path: str) -> None:
    for host in (PUBLIC, PRIVATE):
        led = anybody.get(f"{ORIGIN}{path}", headers=host).headers.get("location", STAFF + "/")
        assert led.startswith((f"{STAFF}/", f"{ORIGIN}/", "/can-bo/"))


def test_no_form_of_the_staff_is_taken_from_a_page_of_the_site(anybody: Browser) -> None:
    answer = anybody.post("/can-bo/dang-nhap/", headers=PUBLIC, data={"name": "x", "password": "y"})
    assert answer.status_code == 404
    answer = anybody.post(
        "/can-bo/dang-nhap/", headers=PRIVATE | {"origin": ORIGIN, "sec-fetch-site": "same-site"}
    )
    assert answer.status_code == 403


def test_no_learner_signs_in_on_the_host_of_the_staff(anybody: Browser) -> None:
    assert anybody.post("/hoc-vien/dang-nhap/", headers=PRIVATE, data={"code": "x"}).status_code == 404
    assert anybody.post("/api/session", headers=PRIVATE, json={"code": "x"}).status_code == 404


def test_styles_come_from_there_and_no_script_of_the_site_does(anybody: Browser) -> None:
    page = anybody.get("/can-bo/dang-nhap/", headers=PRIVATE).text
    assert "/dich-vu/service.css" in page
    assert anybody.get("/dich-vu/service.css", headers=PRIVATE).status_code == 200
    assert anybody.get("/assets/stylesheets/none.css", headers=PRIVATE).status_code == 404


def test_a_one_time_link_leads_to_the_host_of_the_staff(by_password: SignedIn) -> None:
    office = by_password("office", PROVINCE)
    assert office.bind().headers["location"] == "/can-bo/bao-cao/"
    fields = {"name": "Chị Hoa", "role": "trainer", "unit": PROVINCE, "reason": "công văn 12"}
    page = office.post("tai-khoan/", "tai-khoan/", **fields).text
    assert f"{STAFF}/can-bo/loi-moi/#ma=" in page

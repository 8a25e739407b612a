"""A write comes from our own pages alone: origins, methods, tokens of forms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from asgi_browser import ORIGIN, TEST, Browser
from fastapi import FastAPI
from fixtures_service import TwoLearners
from security_requests import HOTSPOT

from taphuan.records import Store

#: Nothing that another site's page could make a browser send.
FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": ORIGIN},
)


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

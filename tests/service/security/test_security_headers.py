"""Every answer carries the headers; cookies are bound to this host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from asgi_browser import TEST, Browser
from fixtures_service import TwoLearners

from taphuan.records import Store

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

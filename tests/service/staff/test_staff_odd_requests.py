"""Requests that no browser of ours sends: odd letters, methods, addresses, headers, JSON and forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import Browser
from fastapi import FastAPI
from hostile_requests import FORM
from raw_clients import COURSE, NOBODY, RawClient, learner, office
from staff_operations import Place
from staff_users import SignedIn
from test_staff_hostile_requests import settings

from taphuan.records import Store
from taphuan.records.access.credentials import Hashing

__all__ = ["settings"]

#: How a form may call its letters: only the first two are as a browser does.
CHARSETS = ("utf-8", "", "unicode_escape", "raw_unicode_escape", "punycode", "undefined", "utf-16", "idna")
CHARSETS += ("rot13", "zlib", "utf-7", "latin-1", "khong-co", "\0", "é", '"utf-16"', "x" * 9_000)
ID = b"0" * 24
JSONS = (
    *(b"", b"null", b"[]", b"1e999", b"-0", b"true", b'"x"', b"{", b"NaN", b"\xff\xfe", b"9" * 5_000),
    *(b"[" * 20_000, b'{"code":' * 5_000, b'{"\\ud800":1}', b'{"a\\u0000":1,"code":"x"}'),
    *(b'{"code":"\xed\xa0\x80"}', b'{"code":"\\u0000"}', b'{"code":"\\ud800"}', b'{"code":1e999}'),
    *(b'{"code":%s}' % (b"9" * 400), b'{"code":-0}', b'{"code":true}', b'{"code":"%s"}' % (b"x" * 60_000)),
)
ONES = (b"1", b"1e999", b"true", b'"\\u0000"', b'"\\ud800"', b'"%s"' % (b"9" * 5_000), b"-0", b"null")
MOMENTS = (b'"0001-01-01T00:00:00+14:00"', b'"9999-12-31T23:59:59-14:00"', b"1e999", b"-0", b'"\\ud800"')
HANDED_IN = (
    *(b'{"form":"%s","responses":{"1":[%s]}}' % (ID, one) for one in ONES),
    *(b'{"form":"%s","responses":{%s:["1"]}}' % (ID, one) for one in ONES),
    *(b'{"form":"%s","responses":{},"client_time":%s}' % (ID, one) for one in MOMENTS),
)
HEADERS: Mapping[str, tuple[bytes, ...]] = {
    "host": (b"", b"[", b"]:[", b"\xff", b"\xbd.example", b"a b", b"x:99999999999", b"%00", b"\\"),
    "origin": (b"\xff", b"null", b"[", b"https://["),
    "sec-fetch-site": (b"\xff", b""),
    "accept": (b"\xff", b"application/json"),
    "cookie": (
        *(
            b"__Host-sid=\xff; __Host-form=\xfe; __Host-done=\xfd",
            b"=;=;;",
            b"\x00",
            b"__Host-form=a\x01b\x7f",
        ),
        *(b'__Host-form="\\000\\012\\377"', b'__Host-sid="\\303\\251"', b"__Host-done=" + b"x" * 8_000),
    ),
    "content-length": (b"\xb2", b"-1", b"9" * 30, b"1e3"),
    "if-none-match": (b"\xff",),
    "range": (b"bytes=9-1,-1-,\xff", b"bytes=" + b"0-1," * 3_000),
    "x-forwarded-for": (b"\xff, [::", b"::ffff:1.2.3.4%eth0"),
}
METHODS = ("HEAD", "OPTIONS", "TRACE", "CONNECT", "PATCH", "DELETE", "PUT", "PROPFIND", "get", "X" * 3_000)
PATHS = (
    *(
        "/",
        "/can-bo/",
        "/can-bo/dang-nhap/",
        "/hoc-vien/dang-nhap/",
        "/hoc-vien",
        "/api/session",
        "/api/health",
    ),
    *("/api/khong-co", "/khong-co/%ff%fe", "/%00", "/can-bo/%ed%a0%80/", "/xac-nhan/%ED%BF%BF", "//["),
    *("/dich-vu/service.css", "/dich-vu/..%2f..%2fapp.py", "/dich-vu/" + "a" * 5_000),
    "/can-bo/nhat-ky/?tu=%ff&%00=%00",
)
BODIES = (
    *(b"", b"--x", b"--x\r\n\r\n", b"\0" * 99, b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0\xed\xa0\x80"\r\n\r\n\0\r\n--x--\r\n',
)
KINDS = (b"multipart/form-data; boundary=x", b"multipart/form-data", b"multipart/form-data; boundary=", FORM)
#: A way to ask, and the body with its kind or any other header.
Odd = tuple[str, str, bytes, dict[str, bytes]]


def multipart(fields: Mapping[str, bytes]) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(head % (name.encode(), value) for name, value in fields.items()) + b"--x--\r\n"


def by_charset(token: str) -> Iterator[tuple[str, Odd]]:
    """Forms that say what their letters are, with bytes that some of these make a lone surrogate of."""
    sent = multipart({"token": token.encode(), "password": b"\\ud800\xff\0", "name": b"\\ud800"})
    for path in ("/can-bo/dang-nhap/", "/can-bo/danh-sach/thu/", "/hoc-vien/dang-nhap/", "/can-bo/nguoi/"):
        for charset in CHARSETS:
            said = b"; charset=" + charset.encode("latin-1")
            yield charset, ("POST", path, sent, {"content-type": KINDS[0] + said})
            yield charset, ("POST", path, b"name=%ff", {"content-type": FORM + said})


def odd() -> Iterator[Odd]:
    for path in PATHS:
        yield from ((method, path, b"", {}) for method in ("GET", "POST", *METHODS))
        for name, values in HEADERS.items():
            for value in values:
                yield "GET", path, b"", {name: value}
                yield "POST", path, b"a=b", {"content-type": FORM, name: value}
    yield from of_json()
    for body in BODIES:
        yield from (("POST", "/can-bo/danh-sach/thu/", body, {"content-type": kind}) for kind in KINDS)


def of_json() -> Iterator[Odd]:
    for charset in (b"", b"; charset=utf-16", b"; charset=\xff"):
        kind = {"content-type": b"application/json" + charset}
        for body in (*JSONS, *HANDED_IN):
            yield "POST", "/api/session", body, kind
            yield "PUT", f"/api/attempts/{NOBODY}", body, kind
            yield "POST", f"/api/courses/{COURSE}/form", body, kind


async def _told(asker: RawClient, one: Odd) -> int:
    method, path, body, headers = one
    about = f"{path[:60]} {body[:60]!r} {str(headers)[:90]}"
    return (await asker.tell(method, path, about, body, headers)).status


def test_a_form_that_is_not_in_utf8_is_refused(
    app: FastAPI, portal: BlockingPortal, signed_in: SignedIn, places: dict[str, Place], store: Store
) -> None:
    asker = office(app, signed_in, places, store)
    for charset, one in by_charset(asker.token):
        status = portal.call(_told, asker, one)
        assert (status == 415) == (charset not in {"utf-8", ""}), one
    assert asker.faults == []


@pytest.mark.slow
@pytest.mark.parametrize("who", ["nobody", "a learner", "the office"])
def test_no_request_however_odd_is_answered_with_an_error_of_ours(
    who: str,
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    places: dict[str, Place],
    store: Store,
    browser: Browser,
    hashing: Hashing,
) -> None:
    asker = RawClient(app=app, ids={})
    if who == "the office":
        asker = office(app, signed_in, places, store)
    elif who == "a learner":
        asker = learner(app, browser, places, store, hashing)
    for one in odd():
        portal.call(_told, asker, one)
    assert asker.faults == []

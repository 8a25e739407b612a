"""No name, code or token of staff, or of those they look after, gets into a log or an address."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from all_pages import AllPages
from anyio.from_thread import BlockingPortal
from asgi_browser import TOKEN, serve
from fastapi import FastAPI
from httpx import Response
from staff_users import NAMES, OURS, PASSWORD, PROVINCE, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.programme.vietnamese import folded
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service.staff import base

PERSONS = [name for whose in NAMES.values() for name in whose.values()]
#: What these tests' own browser says of itself.
OF_THE_TEST = ("httpx", "httpcore")
CODE = re.compile(r"#ma=([0-9A-Za-z_-]{12,})")
SHOWN_CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}\b")
ADDRESS = re.compile(r'(?:href|action|formaction|src|data-[a-z-]+)="([^"]*)"')


@pytest.fixture
def all_pages(
    app: FastAPI,
    portal: BlockingPortal,
    signed_in: SignedIn,
    store: Store,
    programme: Programme,
    hashing: Hashing,
    persons_by_unit: dict[str, UnitPersons],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheet.html.encode())
    caplog.set_level(logging.DEBUG)
    office = signed_in("office", PROVINCE)
    with serve(app, portal) as learner:
        yield AllPages(
            office=office,
            learner=learner,
            store=store,
            programme=programme,
            hashing=hashing,
            persons_by_unit=persons_by_unit,
        )


def whole(all_pages: AllPages) -> list[Response]:
    """All that was answered: every page, somebody invited and reset, signed out and in, and mistakes."""
    answers = [answer for _, answer in all_pages.pages()]
    office = all_pages.office
    invited = {"name": "Tráng Thị Mới", "role": "trainer", "unit": OURS, "reason": "cử"}
    answers.append(office.post("tai-khoan/", "tai-khoan/", **invited))
    answers.append(office.post("nguoi/", "nguoi/", name="Lò Thị Hoa"))
    answers.append(office.get(f"nguoi/?ten={quote_plus('Lò Thị Hoa')}"))
    answers.append(office.browser.send("/can-bo/dang-xuat/", "/can-bo/"))
    wrong = {"name": "Tráng Thị Mới", "password": "không phải mật khẩu này"}
    answers.append(office.browser.send("/can-bo/dang-nhap/", **wrong))
    answers.append(office.browser.send("/can-bo/dang-nhap/", name="office 99 1", password=PASSWORD))
    assert answers[-1].headers["location"] == "/can-bo/"
    return answers


def secrets(all_pages: AllPages, answers: Iterable[Response]) -> set[str]:
    """Whatever was shown or sent that is nobody else's business."""
    pages = [answer.text for answer in (*all_pages.office.browser.seen, *all_pages.learner.seen, *answers)]
    tokens = {found for page in pages for found in TOKEN.findall(page)}
    codes = {found for page in pages for found in (*CODE.findall(page), *SHOWN_CODE.findall(page))}
    cookies = set(all_pages.office.browser.client.cookies.values()) | set(
        all_pages.learner.client.cookies.values()
    )
    assert len(tokens) > 3
    assert len(codes) > 3
    names = {*PERSONS, "Tráng Thị Mới", "office 99 1"}
    spelled = {form(name) for name in names for form in (str, folded, quote, quote_plus)}
    return {*tokens, *codes, *cookies, *spelled, PASSWORD, all_pages.office.secret, "không phải mật khẩu này"}


def test_none_is_in_a_log(all_pages: AllPages, caplog: pytest.LogCaptureFixture) -> None:
    answers = whole(all_pages)
    written = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if not record.name.startswith(OF_THE_TEST)
    )
    assert "POST /can-bo/nguoi/{id}/ma/ 200" in written
    assert "POST /can-bo/tai-khoan/ 200" in written
    found = {secret for secret in secrets(all_pages, answers) if secret.lower() in written.lower()}
    assert found == set()
    assert all_pages.persons_by_unit[OURS].ids["hoa"] not in written


def test_none_is_in_an_address(all_pages: AllPages) -> None:
    """Neither one that was asked for, nor one that a page leads to, nor one that it was sent on to."""
    answers = whole(all_pages)
    seen = [*all_pages.office.browser.seen, *all_pages.learner.seen, *answers]
    asked = {str(answer.request.url) for answer in seen if "?ten=" not in str(answer.request.url)}
    led = {html.unescape(found) for answer in seen for found in _led(answer)}
    sent = {answer.headers["location"] for answer in seen if "location" in answer.headers}
    addresses = "\n".join(f"{one} {unquote_plus(one)}" for one in (*asked, *led, *sent))
    assert "/can-bo/nguoi/" in addresses
    found = {secret for secret in secrets(all_pages, answers) if secret.lower() in addresses.lower()}
    assert found == set()


def _led(answer: Response) -> list[str]:
    """Addresses on a page. Names on the class page stand in `data-name`, which is none."""
    return [one for one in ADDRESS.findall(answer.text) if "/" in one]


def test_whoever_was_refused_is_written_down_by_the_id_that_the_trail_has(
    signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    trainer = signed_in("trainer", OURS)
    assert trainer.get("nhat-ky/").status_code == 403
    assert trainer.get("lop/").status_code == 200
    lines = [record.getMessage() for record in caplog.records if record.name == "taphuan.service"]
    assert [line.rpartition(" ms ")[::2] for line in lines if trainer.account in line] == [
        (lines[-2].rpartition(" ms ")[0], trainer.account)
    ]
    assert lines[-2].startswith("GET /can-bo/nhat-ky/ 403 ")

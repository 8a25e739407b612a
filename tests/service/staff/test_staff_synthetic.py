"""What is made up says so wherever it shows: on every page and paper, of staff, learners and everybody."""

from __future__ import annotations

import json

import pytest
from all_pages import AllPages
from anyio.from_thread import BlockingPortal
from asgi_browser import serve
from fastapi import FastAPI
from staff_users import NAMES, PROVINCE, SignedIn, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.service.staff import base

MARK = "DỮ LIỆU MẪU"
PERSONS = {name for whose in NAMES.values() for name in whose.values()}
#: Pages that name nobody and still rest on those who are made up.
NAMELESS = {
    *("progress", "a public confirmation", "before a test", "a test", "a result"),
    *("/can-bo/chi-tieu/", "/can-bo/bao-cao/", "/can-bo/danh-sach/", "/can-bo/ma/"),
}


@pytest.fixture
def invented() -> bool:
    return True


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
):  # type: ignore[no-untyped-def]
    """Papers are looked at as they go to the browser that prints them."""
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheet.html.encode())
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


def test_every_page_that_shows_somebody_made_up_says_so(all_pages: AllPages) -> None:
    silent, named = [], set()
    for what, answer in all_pages.pages():
        assert answer.status_code in {200, 303, 404, 422}, (what, answer.status_code)
        shows = any(name in answer.text for name in PERSONS)
        named |= {what} if shows else set()
        if (shows or what in NAMELESS) and MARK not in answer.text:
            silent.append(what)
    assert silent == []
    assert {"a slip", "slips of codes", "a sheet to sign", "a code again", "a paper's result"} <= named
    assert {"/can-bo/doi-chieu/", "/can-bo/phieu-xac-nhan/", "a confirmation", "courses"} <= named


def test_a_confirmation_of_somebody_made_up_is_never_called_real(all_pages: AllPages) -> None:
    (page,) = [answer.text for what, answer in all_pages.pages() if what == "a public confirmation"]
    assert "đã được cấp và còn giá trị" not in page
    assert "phiếu mẫu, không có giá trị" in page


def test_a_script_that_finds_people_is_told_too(all_pages: AllPages) -> None:
    token = all_pages.office.browser.token("/can-bo/nguoi/")
    answer = all_pages.office.browser.post(
        "/can-bo/nguoi/", data={"token": token, "name": "hoa"}, headers={"Accept": "application/json"}
    )
    assert [one["unit"].endswith("(dữ liệu mẫu)") for one in json.loads(answer.text)] == [True]


class TestOfRealPeople:
    """Nothing is called made up that is not."""

    @pytest.fixture
    def invented(self) -> bool:
        return False

    def test_no_page_says_so(self, all_pages: AllPages) -> None:
        rosters = "/can-bo/danh-sach/"  # where a made-up list can be had, to try everything with
        said = [what for what, answer in all_pages.pages() if MARK in answer.text and what != rosters]
        assert said == []

"""What anybody may see: whether a confirmation is real, and the province's figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from asgi_browser import Browser, right_responses, stored_form
from clocks import Stopwatch
from fixtures_service import OPERATOR
from sqlalchemy import Connection

from taphuan.records import Store, people
from taphuan.records.training.certificates import issue, revoke
from taphuan.records.training.corrections import record_document, void

pytestmark = pytest.mark.slow


@pytest.fixture
def attempt(learner: Browser, store: Store) -> str:
    """An attempt that completes the course."""
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, right_responses(*stored_form(store, form)))
    return attempt


@pytest.fixture
def serial(attempt: str, store: Store, two_learners: Any) -> str:
    return store.write(lambda within: issue(within, two_learners.an, "nuoc-sach", now=store.now())).serial


def grouped(serial: str) -> str:
    return "-".join(serial[at : at + 4] for at in range(0, 24, 4))


def test_a_serial_tells_course_date_issuer_and_validity_but_no_name(browser: Browser, serial: str) -> None:
    browser.client.cookies.clear()
    page = browser.get(f"/xac-nhan/{serial}").text
    for words in (
        "đã được cấp và còn giá trị",
        "Nước sạch cho cán bộ xã",
        "02/3/2026",
        "Nơi cấp</dt><dd>Sở Mẫu",
    ):
        assert words in page
    for words in ("Lò Thị An", "Công chức", "Suối Trong"):
        assert words not in page


@pytest.mark.parametrize("typed", [grouped, str.lower, lambda serial: f" {grouped(serial).lower()} "])
def test_it_is_found_as_people_type_it(browser: Browser, serial: str, typed: Callable[[str], str]) -> None:
    assert browser.get(f"/xac-nhan/{typed(serial)}").status_code == 200
    led = browser.get("/xac-nhan/", params={"so": typed(serial)})
    assert (led.status_code, led.headers["location"]) == (303, f"/xac-nhan/{serial}")


def test_one_that_another_took_the_place_of_says_which(
    browser: Browser, serial: str, store: Store, two_learners: Any
) -> None:
    def join(within: Connection) -> str:
        given = {"document": "45/QĐ-SYT", "day": date(2026, 3, 1), "event_id": str(uuid4())}
        record_document(within, two_learners.binh, "nuoc-sach", **given, by=OPERATOR, now=store.now())
        own = issue(within, two_learners.binh, "nuoc-sach", now=store.now()).serial
        people.merge_persons(within, two_learners.an, into=two_learners.binh, by=OPERATOR, now=store.now())
        return own

    own = store.write(join)
    page = browser.get(f"/xac-nhan/{serial}").text
    assert "đã được thay" in page
    assert grouped(own) in page
    assert "còn giá trị" not in page
    assert "đã được cấp và còn giá trị" in browser.get(f"/xac-nhan/{own}").text


def test_a_revoked_one_says_so(browser: Browser, serial: str, store: Store) -> None:
    store.write(lambda within: revoke(within, serial, by=OPERATOR, now=store.now()))
    page = browser.get(f"/xac-nhan/{serial}").text
    assert "đã bị thu hồi" in page
    assert "còn giá trị.</strong>" not in page


def test_one_whose_attempt_was_voided_holds_no_longer(
    browser: Browser, attempt: str, serial: str, store: Store
) -> None:
    store.write(lambda within: void(within, attempt, event_id=str(uuid4()), by=OPERATOR, now=store.now()))
    page = browser.get(f"/xac-nhan/{serial}").text
    assert "không còn giá trị" in page
    assert "có thật" not in page


@pytest.mark.parametrize("serial", ["0" * 24, "x", "ÔNG", "%00", "..%2f..%2fetc", "A" * 3000])
def test_an_unknown_serial_is_not_found(browser: Browser, serial: str) -> None:
    answer = browser.get(f"/xac-nhan/{serial}")
    assert answer.status_code == 404


def test_whoever_guesses_serials_has_to_wait(browser: Browser, stopwatch: Stopwatch) -> None:
    codes = [browser.get(f"/xac-nhan/{nth:024d}").status_code for nth in range(601)]
    assert codes == [404] * 600 + [429]
    stopwatch.seconds += 60
    assert browser.get("/xac-nhan/0").status_code == 404

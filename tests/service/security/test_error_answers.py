"""What is written down, and what is said where something fails."""

from __future__ import annotations

import logging
import re
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace

import pytest
from asgi_browser import Browser
from fixtures_service import TwoLearners

from taphuan.errors import OperatorError
from taphuan.records import Store
from taphuan.records.store.engines import READERS
from taphuan.service import Settings


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
    assert "test_error_answers.py" in written[0]
    assert "Lò Thị An" not in written[0]


def test_records_that_cannot_be_written_are_unavailable_and_not_an_error(
    learner: Browser, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> Future[None]:
        promise: Future[None] = Future()
        promise.set_exception(OperatorError("không ghi được Lò Thị An", fix="xem đĩa"))
        return promise

    attempt, form = learner.begin()
    monkeypatch.setattr(store, "submit_to", full)
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

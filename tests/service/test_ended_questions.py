"""A question that is right until a day: learners are asked it until then, and whoever was asked is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from asgi_browser import TEST, Browser, right_responses, serve, stored_form
from clocks import Clock
from fixtures_ended_questions import (
    COURSE,
    LAST,
    OVER,
    SPARE,
    TODAY,
    form_of_seed,
    question_ids,
    with_ended_questions,
)
from fixtures_service import TwoLearners
from sqlalchemy import Connection

from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.training import progress
from taphuan.service import create_app
from taphuan.service.attempts import Attempts, Opened

#: Half past eleven of the last day in Việt Nam, when it is still afternoon in UTC.
EVE = datetime(LAST.year, LAST.month, LAST.day, 16, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.time = EVE
    return clock


@pytest.fixture
def programme(programme: Programme) -> Programme:
    """One question ends; another takes its place."""
    return with_ended_questions(programme, OVER)


@pytest.fixture
def short(programme, store, two_learners, settings, hashing, portal) -> Iterator[Browser]:  # type: ignore[no-untyped-def]
    """An, where a test has too few questions left after the last day."""
    app = create_app(with_ended_questions(programme, OVER, SPARE), store, settings=settings, hashing=hashing)
    with serve(app, portal) as browser:
        browser.sign_in(two_learners.code)
        yield browser


def attempts(store: Store, person: str) -> tuple[progress.Attempt, ...]:
    with store.read() as connection:
        return progress.attempts(connection, person)


def test_a_new_form_asks_it_until_midnight_here_and_never_after(
    learner: Browser, two_learners: TwoLearners, programme: Programme, store: Store, clock: Clock
) -> None:
    attempt, first = learner.begin()
    assert OVER in question_ids(stored_form(store, first)[0])
    learner.hand_in(attempt, first, {})
    clock.forward(minutes=40)
    assert OVER in question_ids(form_of_seed(programme, two_learners.an, COURSE, "2", on=LAST))
    _, second = learner.begin()
    assert stored_form(store, second)[0] == form_of_seed(programme, two_learners.an, COURSE, "2", on=TODAY)
    assert OVER not in question_ids(stored_form(store, second)[0])


def test_a_form_that_was_begun_is_still_answered_and_marked(
    learner: Browser, store: Store, clock: Clock, two_learners: TwoLearners
) -> None:
    attempt, form = learner.begin()
    clock.forward(hours=1)
    assert learner.begin() == (attempt, form)
    assert learner.hand_in(attempt, form, right_responses(*stored_form(store, form))).json()["passed"] is True
    assert len(attempts(store, two_learners.an)) == 1


def test_of_two_devices_on_either_side_of_midnight_the_first_has_the_form(
    programme: Programme, store: Store, two_learners: TwoLearners
) -> None:
    attempts = Attempts(programme)

    def both(within: Connection) -> tuple[Opened, Opened]:
        drawn = [attempts.draw(within, two_learners.an, COURSE, day) for day in (LAST, TODAY)]
        first, second = (attempts.keep(within, two_learners.an, form, key, EVE) for form, key in drawn)
        return first, second

    first, second = store.write(both)
    assert OVER in question_ids(first.form)
    assert second == first


def test_where_too_few_are_left_a_learner_is_told_calmly_and_loses_nothing(
    short: Browser, store: Store, clock: Clock, two_learners: TwoLearners
) -> None:
    clock.forward(hours=1)
    for answer in (short.get(TEST), short.send(TEST, "/hoc-vien/")):
        assert answer.status_code == 409
        assert "Bài kiểm tra đang được cập nhật theo quy định mới" in answer.text
        assert "không mất lần làm bài nào" in answer.text
        assert OVER not in answer.text
    told = short.post(f"/api/courses/{COURSE}/form").json()
    assert told["code"] == "test-being-renewed"
    assert attempts(store, two_learners.an) == ()

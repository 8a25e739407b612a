"""Tests of a course: who gets which form, and what holds when something changed meanwhile."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from anyio.from_thread import BlockingPortal
from asgi_browser import (
    ORIGIN,
    Browser,
    serve,
    stored_form,
)
from attempt_rows import right
from fixtures_service import OPERATOR, TwoLearners

from taphuan import quiz
from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.access.credentials import Hashing
from taphuan.records.training import course_versions
from taphuan.records.training.course_versions import Rule
from taphuan.service import Settings, create_app
from taphuan.service.attempts import Attempts, HandedIn

# --- forms --------------------------------------------------------------------------------------


def test_a_learner_finds_the_same_form_again_until_it_is_handed_in(learner: Browser) -> None:
    assert learner.begin() == learner.begin()


def test_another_learner_and_another_attempt_get_other_forms(
    learner: Browser, two_learners: TwoLearners, store: Store
) -> None:
    attempt, first = learner.begin()
    learner.hand_in(attempt, first, {})
    _, second = learner.begin()
    learner.sign_in(two_learners.other_code)
    _, others = learner.begin()
    assert len({first, second, others}) == 3
    seeds = {stored_form(store, form)[0].seed for form in (first, second, others)}
    assert len(seeds) == 3


def test_the_same_learner_and_attempt_draw_the_same_form_on_another_machine(
    learner: Browser, programme: Programme, store: Store, two_learners: TwoLearners
) -> None:
    _, form = learner.begin()
    drawn = quiz.draw(
        programme,
        programme.courses["nuoc-sach"],
        quiz.seed_of(two_learners.an, "nuoc-sach", "1"),
        on=date(2026, 3, 2),
    )
    assert stored_form(store, form)[0] == drawn


def test_a_form_comes_as_json_too_under_the_same_id(learner: Browser) -> None:
    begun = learner.post("/api/courses/nuoc-sach/form").json()
    attempt, form = learner.begin()
    assert (begun["attempt"], begun["sheet"]["form"]) == (attempt, form)
    assert [question["number"] for question in begun["sheet"]["questions"]] == list("123456")


# --- what changes meanwhile ---------------------------------------------------------------------


def test_a_form_begun_before_the_bank_was_edited_is_marked_by_the_key_of_its_day(
    learner: Browser,
    root: Path,
    tmp_path: Path,
    store: Store,
    portal: BlockingPortal,
    hashing: Hashing,
    two_learners: TwoLearners,
) -> None:
    attempt, form = learner.begin()
    answers = right(store, form)
    edited = shutil.copytree(root, tmp_path / "edited")
    bank = edited / "content/questions/nuoc-sach-kiem-tra.yml"
    text = bank.read_text(encoding="utf-8").replace("answer: true", "answer: false")
    bank.write_text(text.replace("kt-dat-gieng", "kt-dat-gieng-moi"), encoding="utf-8")
    course = edited / "curricula/nuoc-sach.yml"
    course.write_text(course.read_text(encoding="utf-8").replace("80%", "100%"), encoding="utf-8")
    programme = load(edited).programme
    assert programme is not None
    app = create_app(programme, store, settings=Settings(address=ORIGIN), hashing=hashing)
    with serve(app, portal) as later:
        later.sign_in(two_learners.code)
        told = later.hand_in(attempt, form, answers).json()
        assert (told["right"], told["pass_share"], told["passed"]) == (6, 80, True)
        assert later.begin()[1] != form


def test_a_learner_who_was_merged_meanwhile_hands_in_as_the_person_that_remains(
    learner: Browser, two_learners: TwoLearners, store: Store
) -> None:
    attempt, form = learner.begin()
    store.write(
        lambda within: people.merge_persons(
            within, two_learners.an, into=two_learners.binh, by=OPERATOR, now=store.now()
        )
    )
    assert "Vàng A Bình" in learner.get("/hoc-vien/").text
    answer = learner.hand_in(attempt, form, right(store, form))
    assert answer.status_code == 201
    assert learner.hand_in(attempt, form, right(store, form)).status_code == 200
    assert learner.get("/api/courses").json()[0]["completed_on"] == "2026-03-02"


def test_an_erased_learner_is_signed_out(learner: Browser, two_learners: TwoLearners, store: Store) -> None:
    store.write(lambda within: people.erase_person(within, two_learners.an, by=OPERATOR, now=store.now()))
    assert learner.get("/api/courses").status_code == 401


# --- the rule of a course ---------------------------------------------------------------------------


def test_a_course_without_a_test_has_a_version_and_a_rule_for_its_class(
    programme: Programme, store: Store
) -> None:
    only_classes = {"test": None, "class_minutes": 25}
    course = programme.courses["nuoc-sach"].model_copy(update=only_classes)
    attempts = Attempts(programme.having(Course, {course.id: course}))
    store.write(lambda within: attempts.publish(within, store.now()))
    with store.read() as connection:
        published = course_versions.published_rule(connection, course.id, attempts.version(course.id))
    assert published == Rule(pass_share=0, attempts=0, minutes=25)


# --- courses for whom nobody is registered --------------------------------------------------------


def test_a_course_that_counts_toward_nothing_asks_nobody_and_keeps_nothing(
    learner: Browser, browser: Browser, store: Store
) -> None:
    for path in ("/hoc-vien/kiem-tra/dong-dang-vien/", "/hoc-vien/phieu/dong-dang-vien/"):
        assert learner.get(path).status_code == 404
    assert learner.post("/api/courses/dong-dang-vien/form").status_code == 404
    assert "dong-dang-vien" not in learner.get("/hoc-vien/").text
    assert [course["id"] for course in learner.get("/api/courses").json()] == ["nuoc-sach"]
    with store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM form").scalar() == 0
        published = connection.exec_driver_sql("SELECT DISTINCT course FROM course_version").scalars().all()
    assert published == ["nuoc-sach"]


def test_what_is_refused_of_one_learner_sends_nobody_behind_into_a_round_of_their_own(
    learner: Browser, store: Store, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt, form = learner.begin()
    rounds: list[Any] = []
    read_forms = course_versions.forms_and_keys
    monkeypatch.setattr(
        course_versions, "forms_and_keys", lambda *given: rounds.append(given) or read_forms(*given)
    )
    attempts, token = Attempts(programme), learner.client.cookies["__Host-sid"]
    sent = [HandedIn(token=token, attempt=str(uuid4()), form="0" * 24, wire={}) for _ in range(20)]
    sent.append(HandedIn(token=token, attempt=attempt, form=form, wire=right(store, form)))
    rounds.clear()
    outcomes = store.write(lambda within: attempts.hand_in(within, sent, store.now()))
    assert [isinstance(outcome, Exception) for outcome in outcomes] == [True] * 20 + [False]
    assert len(rounds) == 1

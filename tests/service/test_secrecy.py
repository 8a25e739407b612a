"""Answers of graded tests never leave the server: every answer to a learner is searched for them."""

from __future__ import annotations

import re

import pytest
from asgi_browser import TEST, Browser, right_fields, right_responses, stored_form
from fixtures_service import TwoLearners

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import TrueFalse
from taphuan.records import Store

pytestmark = pytest.mark.slow


def secrets(programme: Programme) -> set[str]:
    """Ids, reasons and explanations of every test question."""
    found: set[str] = set()
    for bank in programme.banks.values():
        if bank.use != "test":
            continue
        for id, question in bank.questions.items():
            found.add(id)
            found |= set(question.part_texts) - {"true", "false"}
            found |= {reason for reason in question.reasons.values() if reason}
            found |= {question.explanation} if question.explanation else set()
            assert isinstance(question, TrueFalse) or question.part_texts
    return found


def ask_for_everything(learner: Browser, store: Store) -> None:
    """All that a learner can ask for: a test failed with a warning, one passed, results, lists, faults."""
    learner.get("/api/openapi.json")
    _, form = learner.begin()
    fields = right_fields(*stored_form(store, form))
    first = {name: values for name, values in fields.items() if name.startswith("q1")}
    learner.send(TEST + "lam-bai/", form=form, flag=["2"], **first)
    failed = learner.send(TEST + "lam-bai/", form=form, anyway="yes", **first)
    learner.get(failed.headers["location"])
    learner.post("/api/courses/nuoc-sach/form")
    attempt, form = learner.begin()
    learner.hand_in(attempt, form, {"1": ["99"]})
    learner.hand_in(attempt, form, {"1": ["cho-thu"]})
    learner.hand_in(attempt, form, right_responses(*stored_form(store, form)))
    learner.hand_in(attempt, form, right_responses(*stored_form(store, form)))
    learner.hand_in(attempt, form, {})
    for path in (f"/api/attempts/{attempt}", f"/hoc-vien/ket-qua/{attempt}/", "/api/courses", "/hoc-vien/"):
        learner.get(path)
    for path in (TEST, TEST + "lam-bai/", "/hoc-vien/phieu/nuoc-sach/", "/khoa-hoc/nuoc-sach/kiem-tra/"):
        learner.get(path)
    for name in ("test.js", "drafts.js", "sign-in.js", "theme.js", "print.js", "service.css"):
        learner.get(f"/dich-vu/{name}")


def test_no_answer_reason_or_id_of_a_test_question_is_in_any_answer(
    learner: Browser, two_learners: TwoLearners, store: Store, programme: Programme
) -> None:
    hidden = secrets(programme)
    assert len(hidden) > 40
    ask_for_everything(learner, store)
    assert len(learner.seen) > 25
    assert {answer.status_code for answer in learner.seen} == {200, 201, 303, 409, 422}
    leaks = [
        (str(answer.request.url), secret)
        for answer in learner.seen
        for secret in hidden
        if secret in answer.text or secret in str(answer.headers)
    ]
    assert leaks == []


def test_a_page_of_a_test_says_nothing_of_what_is_correct(learner: Browser) -> None:
    learner.begin()
    page = learner.get(TEST + "lam-bai/").text
    assert not re.search(
        r"correct|answer|right(?!s\")|PHANHOI|LOIGIAI|data-key", page.replace('class="rights"', "")
    )


def test_right_and_wrong_options_look_alike(learner: Browser, store: Store) -> None:
    """Each option differs from its neighbours by number, letter and words alone."""
    learner.begin()
    page = learner.get(TEST + "lam-bai/").text
    options = re.findall(r'<li class="choice"><label.*?</label></li>|<option value="\d".*?</option>', page)
    shapes = {
        re.sub(
            r'(value="|name="q)\d|[A-Z]\.</span> .*?</span>|<span>(Đúng|Sai)</span>|>[A-Z]\. .*?<|>\d<',
            "",
            one,
        )
        for one in options
    }
    assert len(options) > 24
    assert len(shapes) <= 4

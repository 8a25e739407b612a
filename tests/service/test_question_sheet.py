"""Question sheets show a form without its answers, and turn numbers back into ids."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest
from asgi_browser import right_fields, right_responses

from taphuan import quiz
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import KINDS
from taphuan.quiz import Form, Key
from taphuan.service import test_view
from taphuan.service.http.errors import Fault
from taphuan.service.test_view import QuestionSheets, to_responses, unanswered


@pytest.fixture
def form(programme: Programme) -> Form:
    return quiz.draw(programme, programme.courses["nuoc-sach"], 1, on=date(2026, 3, 2))


@pytest.fixture
def key(programme: Programme, form: Form) -> Key:
    return quiz.answer_key(programme, form)


def test_a_sheet_holds_no_id_and_no_reason(programme: Programme, form: Form, key: Key) -> None:
    sheet = QuestionSheets(programme).make("f" * 24, form, key)
    assert {question.kind for question in sheet.questions} == set(KINDS)
    told = json.dumps(asdict(sheet), ensure_ascii=False)
    for asked in form.asked:
        assert asked.id not in told
        assert [id for id in asked.parts if id not in {"true", "false"} and id in told] == []
    assert "PHANHOI" not in told
    assert "LOIGIAI" not in told


def test_parts_stand_in_the_order_of_the_form(programme: Programme, form: Form, key: Key) -> None:
    sheet = QuestionSheets(programme).make("f" * 24, form, key)
    pairs = [
        ([part.text for part in shown.parts], [question.options[id].text for id in asked.parts])
        for asked, shown in zip(form.asked, sheet.questions, strict=True)
        if (question := programme.questions[asked.id][1]).kind == "single-choice"
    ]
    assert pairs
    assert [texts for texts, expected in pairs if texts != expected] == []


def test_right_numbers_become_right_responses(form: Form, key: Key) -> None:
    found = to_responses(form, key, right_responses(form, key))
    assert quiz.mark(key, found, pass_share=100).is_passed
    assert unanswered(form, key, found) == ()


def test_fields_of_a_page_without_scripts_become_the_same(form: Form, key: Key) -> None:
    wire = test_view.to_wire(form, key, right_fields(form, key))
    assert to_responses(form, key, wire) == to_responses(form, key, right_responses(form, key))


@pytest.mark.parametrize("seed", range(5))
def test_a_sheet_of_any_seed_comes_back_whole(programme: Programme, seed: int) -> None:
    form = quiz.draw(programme, programme.courses["nuoc-sach"], seed, on=date(2026, 3, 2))
    key = quiz.answer_key(programme, form)
    assert quiz.mark(key, to_responses(form, key, right_responses(form, key)), pass_share=100).is_passed


def test_what_is_half_done_is_told_as_open(form: Form, key: Key) -> None:
    wire = {number: chosen[:-1] for number, chosen in right_responses(form, key).items()}
    kinds = {str(nth): key[asked.id].kind for nth, asked in enumerate(form.asked, 1)}
    open_kinds = {kinds[number] for number in unanswered(form, key, to_responses(form, key, wire))}
    assert open_kinds == set(KINDS) - {"multiple-choice"}


def test_two_parts_in_one_place_are_no_order_yet(form: Form, key: Key) -> None:
    given = {name: ["1"] if "-" in name else values for name, values in right_fields(form, key).items()}
    number = next(str(nth) for nth, asked in enumerate(form.asked, 1) if key[asked.id].kind == "ordering")
    wire = test_view.to_wire(form, key, given)
    assert number not in wire
    assert number in unanswered(form, key, to_responses(form, key, wire))


@pytest.mark.parametrize(
    "wire",
    [
        {"7": ["1"]},
        {"0": ["1"]},
        {"1": ["9"]},
        {"1": ["0"]},
        {"1": ["-1"]},
        {"1": ["1=1"]},
        {"1": ["²"]},
        {"1": ["9" * 5000]},
        {"1": ["1", "1", "1", "1"]},
    ],
)
def test_a_number_that_is_not_on_the_sheet_is_not_understood(
    programme: Programme, wire: dict[str, list[str]]
) -> None:
    course = programme.courses["nuoc-sach"]
    form = next(
        form
        for form in (quiz.draw(programme, course, seed, on=date(2026, 3, 2)) for seed in range(100))
        if quiz.answer_key(programme, form)[form.asked[0].id].kind == "single-choice"
    )
    with pytest.raises(Fault) as fault:
        to_responses(form, quiz.answer_key(programme, form), wire)
    assert fault.value.code == "not-understood"

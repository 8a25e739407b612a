"""The letters of an answer sheet, read as the form means them."""

from __future__ import annotations

import pytest

from taphuan.quiz import Answer, Form, FormQuestion, mark
from taphuan.service.staff.people.paper_tests import read_letters

KEY = {
    "mot": Answer(kind="single-choice", right=("b",), objective="x"),
    "nhieu": Answer(kind="multiple-choice", right=("a", "c"), objective="x"),
    "dung-sai": Answer(kind="true-false", right=("true",), objective="x"),
    "noi": Answer(kind="matching", right=("p=p", "q=q"), objective="x"),
    "xep": Answer(kind="ordering", right=("a", "b", "c"), objective="x"),
}
PARTS = {
    "mot": ("c", "b", "a"),
    "nhieu": ("c", "b", "a"),
    "dung-sai": ("true", "false"),
    "noi": ("q", "p"),
    "xep": ("b", "c", "a"),
}
FORM = Form(
    course="k",
    version="v",
    seed=1,
    asked=tuple(FormQuestion(id=id, parts=parts) for id, parts in PARTS.items()),
)
RIGHT = {1: "B", 2: "A, C", 3: "Đ", 4: "1B 2A", 5: "C A B"}


def test_right_letters_are_right_answers() -> None:
    given = read_letters(FORM, KEY, RIGHT)
    assert not given.faults
    assert not given.blank
    assert mark(KEY, given.responses, pass_share=100).is_passed


def test_letters_mean_the_order_of_the_form_not_of_the_author() -> None:
    assert read_letters(FORM, KEY, {1: "a"}).responses == {"mot": ("c",)}
    assert read_letters(FORM, KEY, {4: "2b-1a"}).responses == {"noi": ("q=p", "p=q")}


@pytest.mark.parametrize("written", ["đ", "Đ", "D", " đ "])
def test_true_is_written_in_many_ways(written: str) -> None:
    assert read_letters(FORM, KEY, {3: written}).responses == {"dung-sai": ("true",)}


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "AB"),
        (1, "D"),
        (1, "?1"),
        (2, "AA"),
        (3, "X"),
        (4, "A1"),
        (4, "1A 1B"),
        (4, "3A"),
        (5, "AB"),
        (5, "AAB"),
    ],
)
def test_what_is_no_answer_is_named_and_not_guessed(number: int, written: str) -> None:
    given = read_letters(FORM, KEY, {number: written})
    assert set(given.faults) == {number}
    assert given.responses == {}


def test_blanks_are_counted() -> None:
    assert read_letters(FORM, KEY, {1: "B", 2: " - "}).blank == (2, 3, 4, 5)

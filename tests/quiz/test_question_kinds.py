"""Every kind of question: put, answered on pages and paper, marked and drafted, with no branch elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from jinja2 import TemplateNotFound
from programmes import REPOSITORY

from taphuan.programme.model.question import (
    KINDS,
    AnyKind,
    FillIn,
    Matching,
    MultipleChoice,
    Ordering,
    SingleChoice,
    TrueFalse,
    UnknownKind,
)
from taphuan.programme.model.question_parts import Blank, Item, NoSuchPart, Option, Pair, UnreadableLetters
from taphuan.quiz import _shown
from taphuan.render.templates import environment

OPTIONS = {
    "a": Option(text="một", correct=True, feedback="VÌ A"),
    "b": Option(text="hai", feedback="VÌ B"),
    "c": Option(text="ba", feedback="VÌ C"),
}
QUESTIONS: dict[str, AnyKind] = {
    "single-choice": SingleChoice(kind="single-choice", stem="Hỏi", options=OPTIONS),
    "multiple-choice": MultipleChoice(
        kind="multiple-choice", stem="Hỏi", options=OPTIONS | {"d": Option(text="bốn", correct=True)}
    ),
    "true-false": TrueFalse(kind="true-false", stem="Hỏi", answer=False, feedback={"true": "VÌ A"}),
    "matching": Matching(
        kind="matching",
        stem="Hỏi",
        pairs={id: Pair(left=f"trái {id}", right=f"phải {id}", feedback="VÌ A") for id in "abc"},
    ),
    "fill-in": FillIn(
        kind="fill-in",
        stem="Đun [blank:y] rồi [blank:x].",
        blanks={"x": Blank(options=OPTIONS), "y": Blank(options={id: OPTIONS[id] for id in "cab"})},
    ),
    "ordering": Ordering(kind="ordering", stem="Hỏi", items={id: Item(text=f"bước {id}") for id in "abc"}),
}
#: What says on a form drawn backwards that the answer is right, and what a page sends then.
RIGHT = {
    "single-choice": ("C", {"q1": ["3"]}),
    "multiple-choice": ("A, D", {"q1": ["4", "1"]}),
    "true-false": ("S", {"q1": ["2"]}),
    "matching": ("1C 2B 3A", {"q1-1": ["3"], "q1-2": ["2"], "q1-3": ["1"]}),
    "fill-in": ("1B 2C", {"q1-1": ["2"], "q1-2": ["3"]}),
    "ordering": ("C B A", {"q1-1": ["3"], "q1-2": ["2"], "q1-3": ["1"]}),
}
#: What a template of a kind draws: for a self-check its question and answer, a handout, a form, the box that
#: staff type letters into, a test on the web, and what `taphuan new` writes.
DRAWINGS = ("page", "reasons", "handout", "form", "box", "test", "draft")


def backwards(parts: tuple[str, ...], _: str) -> tuple[str, ...]:
    return parts[::-1]


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == set(QUESTIONS) == set(RIGHT)


@pytest.mark.parametrize("kind", KINDS)
def test_letters_of_the_key_are_read_as_the_right_answer(kind: str) -> None:
    question, (letters, _) = QUESTIONS[kind], RIGHT[kind]
    parts, right = question.arranged(backwards), question.right_response
    assert question.letters(parts, right) == letters
    response = question.from_letters(parts, right, re.sub(r"\W", "", letters))
    assert KINDS[kind].is_right(right, response)
    assert question.is_whole(right, response)


@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_a_page_are_read_as_the_right_answer(kind: str) -> None:
    question, (_, fields) = QUESTIONS[kind], RIGHT[kind]
    parts, right = question.arranged(backwards), question.right_response
    response = question.from_numbers(parts, right, question.from_fields("q1", fields))
    assert KINDS[kind].is_right(right, response)
    assert question.from_fields("q2", fields) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_as_it_is_asked_has_neither_ids_nor_reasons(kind: str) -> None:
    question = QUESTIONS[kind]
    shown = question.shown("1", question.arranged(backwards), question.right_response, str, str)
    assert not re.search(r"VÌ|correct|feedback|'[a-d]'|true|false'", repr(shown).replace(f"'{kind}'", ""))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_drawn_everywhere(kind: str) -> None:
    module = environment().get_template(f"questions/{kind}.j2").module
    assert [name for name in DRAWINGS if not hasattr(module, name)] == []


@pytest.mark.parametrize("name", ["handout", "form"])
def test_paper_has_the_blanks_by_number_and_a_list_for_each(name: str) -> None:
    question = QUESTIONS["fill-in"]
    shown = question.shown("1", question.arranged(backwards), question.right_response, str, str)
    drawn = str(getattr(environment().get_template("questions/fill-in.j2").module, name)(shown))
    assert shown.stem == "Đun (1) …… rồi (2) ……."
    assert drawn.count("Chỗ trống (") == 2
    assert [drawn.count(word) for word in ("một", "hai", "ba")] == [2 + drawn.count("chọn một"), 2, 2]


def test_a_page_without_scripts_has_a_field_for_each_blank_and_keeps_what_was_chosen() -> None:
    question = QUESTIONS["fill-in"]
    shown = question.shown("4", question.arranged(backwards), question.right_response, str, str)
    page = str(environment().get_template("questions/fill-in.j2").module.test(shown, {"q4-2": ["3"]}))
    assert re.findall(r'<select [^>]*name="(q4-\d)"', page) == ["q4-1", "q4-2"]
    assert re.findall(r'<option value="(\d)" selected>(.*?)</option>', page) == [("3", "C. một")]


def test_blanks_of_a_form_are_each_in_an_order_of_their_own() -> None:
    question = QUESTIONS["fill-in"]
    right = question.right_response
    keys = {question.letters(_shown(question, bytes(31) + bytes([last])), right) for last in range(60)}
    assert len(keys) == 9


def test_an_option_of_another_blank_is_no_answer() -> None:
    question = QUESTIONS["fill-in"]
    parts, right = question.arranged(backwards), question.right_response
    assert not question.is_right(right, ("x=a", "x=a"))
    assert not question.is_whole(right, ("x=a",))
    with pytest.raises(NoSuchPart):
        question.from_numbers(parts, right, ["1=4"])
    with pytest.raises(UnreadableLetters, match="từ A đến C"):
        question.from_letters(parts, right, "1D")


def test_an_unknown_kind_fails_loudly() -> None:
    with pytest.raises(UnknownKind, match=r"essay.*single-choice"):
        KINDS["essay"]
    with pytest.raises(TemplateNotFound, match="essay"):
        environment().from_string("{% import 'questions/' ~ kind ~ '.j2' as drawing %}").render(kind="essay")


def branches() -> Iterator[str]:
    """Yields each place outside the model that asks which kind a question is."""
    kinds = "|".join([*KINDS, *(kind.__name__ for kind in KINDS.values()), "Choice"])
    asks = re.compile(
        rf"isinstance\([^)]*(?<![.\w])({kinds})\b|kind *[!=]=+ *[\"']({kinds})|[\"']({kinds})[\"'] *: "
    )
    folders = ("generator", "overrides")
    files = (file for folder in folders for file in (REPOSITORY / folder).rglob("*"))
    for file in files:
        if file.suffix in {".py", ".j2", ".js", ".html"} and file.parent.name != "model":
            for line in file.read_text(encoding="utf-8").splitlines():
                if asks.search(line) and not re.fullmatch(r" *[\"'a-z-]+: [A-Za-z]+,?", line):
                    yield f"{file.relative_to(REPOSITORY)}: {line.strip()}"


def test_nothing_outside_the_model_asks_which_kind_it_is() -> None:
    """Scripts have one table each, a line to a kind."""
    assert list(branches()) == []

"""What is drawn for a seed stays what it is: on every machine, and after other questions have ended."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import SAMPLES
from test_question_kinds import QUESTIONS

from taphuan import quiz
from taphuan.programme.loader import load
from taphuan.programme.model.course import Course, Draw
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import KINDS, Bank, Ordering, SingleChoice
from taphuan.programme.model.question_parts import Item, Option
from taphuan.quiz import Form, TooFewLeft, course_version, draw, every_form, last_day
from taphuan.render.paper import CodedForm
from taphuan.render.paper import test_papers as papers
from taphuan.render.text.prose import Prose

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)
#: How many questions of each objective there are; a form takes three of each and two of any.
EACH, TAKEN = 12, 8
#: Of the seed 2026.
GOLDEN = [
    ("giu-nguon-5", "bdca"),
    ("giu-nguon-2", "bdca"),
    ("bao-tin-6", "cadb"),
    ("bao-tin-8", "bacd"),
    ("bao-tin-11", "badc"),
    ("bao-tin-9", "adcb"),
    ("giu-nguon-6", "cdab"),
    ("giu-nguon-8", "dbca"),
]
#: Of each kind, as the digests of "1" and "2" arrange its parts.
SHOWN = {
    "single-choice": ["a c b", "c b a"],
    "multiple-choice": ["d a b c", "b c a d"],
    "true-false": ["true false", "true false"],
    "matching": ["a c b", "c b a"],
    "ordering": ["a c b", "c b a"],
    "fill-in": ["y=c y=a y=b x=a x=c x=b", "y=b y=c y=a x=b x=c x=a"],
}


def choice(number: int, objective: str) -> SingleChoice:
    options = {name: Option(text=f"Câu {number}{name}", correct=name == "a") for name in "abcd"}
    return SingleChoice(kind="single-choice", stem=f"Hỏi {number}?", objective=objective, options=options)


@pytest.fixture(scope="module")
def programme() -> Programme:
    """The sample with a test of questions enough to choose from; none of them ends."""
    sample = load(SAMPLES / "good").programme
    assert sample
    questions = {
        f"{objective}-{number}": choice(number, objective)
        for objective in ("giu-nguon", "bao-tin")
        for number in range(EACH)
    }
    bank = Bank(id="nhieu-cau", use="test", questions=questions)
    draws = (
        Draw(bank=bank.id, take=3, objective="giu-nguon"),
        Draw(bank=bank.id, take=3, objective="bao-tin"),
        Draw(bank=bank.id, take=2),
    )
    course = sample.courses["nuoc-sach"]
    assert course.test
    course = course.model_copy(update={"test": course.test.model_copy(update={"draw": draws})})
    return sample.having(Bank, {bank.id: bank}).having(Course, {course.id: course})


@pytest.fixture(scope="module")
def course(programme: Programme) -> Course:
    return programme.courses["nuoc-sach"]


def ending(programme: Programme, *ids: str, day: date = OLD) -> Programme:
    """The programme where those questions are right until a day."""
    bank = programme.banks["nhieu-cau"]
    changed = {id: bank.questions[id].model_copy(update={"valid_until": day}) for id in ids}
    return programme.having(
        Bank, {bank.id: Bank(id=bank.id, use="test", questions={**bank.questions, **changed})}
    )


def every_kind(programme: Programme) -> Programme:
    """The programme where the test draws from a question of each kind."""
    questions = {
        f"hoi-{kind}": question.model_copy(update={"objective": "bao-tin"})
        for kind, question in QUESTIONS.items()
    }
    return programme.having(Bank, {"nhieu-cau": Bank(id="nhieu-cau", use="test", questions=questions)})


def ids(form: Form) -> set[str]:
    return {asked.id for asked in form.asked}


def test_a_seed_draws_what_it_always_drew(programme: Programme, course: Course) -> None:
    """Papers are handed out under it: whoever changes how a form is drawn has to think of those."""
    form = draw(programme, course, 2026, on=OLD)
    assert [(asked.id, "".join(asked.parts)) for asked in form.asked] == GOLDEN
    assert form.check == "168"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_shown_for_a_seed_as_it_always_was(kind: str) -> None:
    shown = [" ".join(quiz._shown(QUESTIONS[kind], hashlib.sha256(seed).digest())) for seed in (b"1", b"2")]
    assert shown == SHOWN[kind]


def test_the_version_of_a_course_is_what_it_always_was(programme: Programme, course: Course) -> None:
    """Forms in the records have it: whoever changes how it is found has to think of those."""
    assert course_version(every_kind(programme), course) == "77db13d8137a5d17"
    untested = course.model_copy(update={"test": None})
    assert course_version(programme, untested) == "aa183922d2bfb686"


def test_what_a_question_asks_is_another_version_and_a_field_that_is_left_out_is_none(
    programme: Programme, course: Course
) -> None:
    """So a kind may get a field: whoever writes nothing there asks what they asked before."""

    class Longer(SingleChoice):
        hint: str | None = None

    def version(**changed: object) -> str:
        bank = programme.banks["nhieu-cau"]
        changed_question = Longer(
            **{**bank.questions["bao-tin-0"].model_dump(exclude_defaults=True), **changed}
        )
        questions = {**bank.questions, "bao-tin-0": changed_question}
        return course_version(
            programme.having(Bank, {bank.id: bank.model_copy(update={"questions": questions})}), course
        )

    options = programme.banks["nhieu-cau"].questions["bao-tin-0"].written_parts
    assert version() == course_version(programme, course)
    changes = ({"stem": "Khác?"}, {"hint": "Nhớ lại"}, {"options": dict(reversed(options.items()))})
    assert len({version(), *(version(**change) for change in changes)}) == 4


def test_an_order_to_find_is_never_shown_as_the_answer() -> None:
    items = {name: Item(text=name) for name in "ab"}
    question = Ordering(kind="ordering", stem="Xếp", items=items)
    shown = {quiz._shown(question, bytes(31) + bytes([last])) for last in range(20)}
    assert shown == {("b", "a")}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**31), data=st.data())
def test_a_question_that_was_not_drawn_is_not_missed_when_it_ends(
    programme: Programme, course: Course, seed: int, data: st.DataObject
) -> None:
    before = draw(programme, course, seed, on=OLD)
    others = sorted(programme.banks["nhieu-cau"].questions.keys() - ids(before))
    later = ending(programme, *data.draw(st.sets(st.sampled_from(others))))
    assert draw(later, course, seed, on=NEW).asked == before.asked


@settings(derandomize=True, max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**31))
def test_no_form_asks_what_is_over(programme: Programme, course: Course, seed: int) -> None:
    first = draw(programme, course, seed, on=OLD)
    over = first.asked[0].id
    later = ending(programme, over)
    assert draw(later, course, seed, on=OLD).asked == first.asked
    assert over not in ids(draw(later, course, seed, on=NEW))
    assert len(draw(later, course, seed, on=NEW).asked) == TAKEN


def test_every_question_is_drawn_as_often_as_another_and_stands_anywhere(
    programme: Programme, course: Course
) -> None:
    forms = [draw(programme, course, seed, on=OLD, of="v") for seed in range(3_000)]
    drawn = {id: sum(id in ids(form) for form in forms) for id in programme.banks["nhieu-cau"].questions}
    first = {id: sum(form.asked[0].id == id for form in forms) for id in drawn}
    shown = [form.asked[0].parts for form in forms]
    expected = len(forms) * TAKEN / len(drawn)
    assert max(abs(count - expected) for count in drawn.values()) < expected * 0.12
    assert min(first.values()) > 0.6 * len(forms) / len(drawn)
    assert len(set(shown)) == 24
    assert max(shown.count(order) for order in set(shown)) < 1.5 * len(forms) / 24


def test_a_form_may_be_used_until_the_first_of_its_questions_ends(
    programme: Programme, course: Course
) -> None:
    form = draw(programme, course, 5, on=OLD)
    first, two, *_ = sorted(ids(form))
    assert last_day(programme, form) is None
    later = ending(ending(programme, first), two, day=NEW)
    assert last_day(later, draw(later, course, 5, on=OLD)) == OLD


def test_a_printed_form_is_found_again_by_its_digits_whatever_ended_since(
    programme: Programme, course: Course
) -> None:
    first = draw(programme, course, 5, on=OLD)
    later = ending(programme, first.asked[0].id)
    forms = {form.check: form for form in every_form(later, course, 5)}
    assert len(forms) == 2
    assert forms[first.check].asked == first.asked
    assert forms[draw(later, course, 5, on=NEW).check].asked != first.asked


def test_too_few_that_are_right_are_told_apart_from_no_test(programme: Programme, course: Course) -> None:
    over = [id for id in programme.banks["nhieu-cau"].questions if id.startswith("bao-tin")][:10]
    later = ending(programme, *over)
    assert draw(later, course, 1, on=OLD)
    with pytest.raises(TooFewLeft):
        draw(later, course, 1, on=NEW)


def test_a_day_makes_no_other_version(programme: Programme, course: Course) -> None:
    """It says when a question is asked, so nothing that somebody passed is another test for it."""
    assert course_version(ending(programme, "bao-tin-0"), course) == course_version(programme, course)


def test_a_form_on_paper_says_until_when_it_is_used(programme: Programme, course: Course) -> None:
    kept = draw(programme, course, 1, on=OLD)
    later = ending(programme, kept.asked[0].id)
    changed = draw(later, course, 1, on=NEW)
    coded = [CodedForm(code=101, form=kept), CodedForm(code=102, form=changed)]
    sheets = papers(later, Prose(later), course, coded, seed=5)
    old, new, answers = (sheet.html.replace("\N{NO-BREAK SPACE}", " ") for sheet in sheets)
    assert "Dùng đến ngày 31/12/2026" in old
    assert "Dùng đến" not in new
    of_old, of_new = answers.split("<h1>")[1:]
    assert of_old.startswith(f"Đáp án · Mã đề 101-{kept.check}</h1>")
    assert "Dùng đến ngày <b>31/12/2026</b>" in of_old
    assert of_new.startswith(f"Đáp án · Mã đề 102-{changed.check}</h1>")
    assert "Dùng đến ngày" not in of_new

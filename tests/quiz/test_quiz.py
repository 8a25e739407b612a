"""The graded test: drawn from a seed, marked by its key alone, printed without its answers."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_question_kinds import QUESTIONS

from taphuan.programme.loader import load
from taphuan.programme.model.course import Course, Draw
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import KINDS, Bank
from taphuan.quiz import Answer, Form, NoTest, answer_key, course_version, draw, mark, seed_of
from taphuan.render.paper import CodedForm
from taphuan.render.paper import test_papers as papers
from taphuan.render.text.prose import Prose

SAMPLE = Path(__file__).parents[1] / "samples/good"
DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def programme() -> Programme:
    loaded = load(SAMPLE).programme
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def course(programme: Programme) -> Course:
    return next(course for course in programme.courses.values() if course.test)


def full(programme: Programme, form: Form) -> dict[str, tuple[str, ...]]:
    return {id: answer.right for id, answer in answer_key(programme, form).items()}


def test_the_same_seed_gives_the_same_form(programme: Programme, course: Course) -> None:
    assert draw(programme, course, 7, on=DAY) == draw(programme, course, 7, on=DAY)
    assert len({draw(programme, course, seed, on=DAY) for seed in range(20)}) > 1


def test_a_version_found_before_gives_the_same_form(programme: Programme, course: Course) -> None:
    assert draw(programme, course, 7, of=course_version(programme, course), on=DAY) == draw(
        programme, course, 7, on=DAY
    )


def test_a_form_takes_what_the_blueprint_says_and_no_question_twice(
    programme: Programme, course: Course
) -> None:
    assert course.test is not None
    for seed in range(30):
        ids = [asked.id for asked in draw(programme, course, seed, on=DAY).asked]
        assert len(ids) == len(set(ids)) == sum(wanted.take for wanted in course.test.draw)
        assert all(programme.questions[id][0].use == "test" for id in ids)


def test_a_course_without_a_test_has_no_form(programme: Programme, course: Course) -> None:
    with pytest.raises(NoTest):
        draw(programme, course.model_copy(update={"test": None}), 1, on=DAY)


@pytest.mark.parametrize("bank", ["nuoc-sach-tu-kiem-tra", "khong-co"])
def test_a_test_draws_neither_from_what_learners_see_nor_from_a_bank_that_is_not_there(
    programme: Programme, course: Course, bank: str
) -> None:
    assert course.test is not None
    elsewhere = course.test.model_copy(update={"draw": (Draw(bank=bank, take=1),)})
    with pytest.raises(NoTest, match=bank):
        draw(programme, course.model_copy(update={"test": elsewhere}), 1, on=DAY)


def test_all_right_passes_and_nothing_answered_does_not(programme: Programme, course: Course) -> None:
    form = draw(programme, course, 3, on=DAY)
    answers = answer_key(programme, form)
    assert mark(answers, full(programme, form), pass_share=80).is_passed
    nothing = mark(answers, {}, pass_share=80)
    assert (nothing.is_passed, nothing.tally.right) == (False, 0)


def test_the_pass_mark_is_exact() -> None:
    answers = {str(n): Answer(kind="single-choice", right=("a",), objective="x") for n in range(5)}
    four = {str(n): ("a",) for n in range(4)}
    assert mark(answers, four, pass_share=80).is_passed
    assert not mark(answers, four, pass_share=81).is_passed


def test_a_later_edit_of_the_course_does_not_change_an_old_mark(programme: Programme, course: Course) -> None:
    form = draw(programme, course, 3, on=DAY)
    answers, responses = answer_key(programme, form), full(programme, form)
    edited = programme.having(Bank, {})
    assert course_version(programme, course) != course_version(edited, course)
    assert mark(answers, responses, pass_share=100).is_passed


@pytest.mark.parametrize("changed", [{"pass_share": 51}, {"attempts": 9}])
def test_another_rule_is_another_version_with_the_same_questions(
    programme: Programme, course: Course, changed: dict[str, int]
) -> None:
    assert course.test is not None
    stricter = course.model_copy(update={"test": course.test.model_copy(update=changed)})
    assert course_version(programme, stricter) != course_version(programme, course)
    assert draw(programme, stricter, 7, on=DAY).asked == draw(programme, course, 7, on=DAY).asked


@pytest.mark.parametrize(
    ("kind", "right", "response", "expected"),
    [
        ("single-choice", ("a",), ("a",), True),
        ("single-choice", ("a",), ("a", "b"), False),
        ("multiple-choice", ("a", "b"), ("b", "a"), True),
        ("multiple-choice", ("a", "b"), ("a",), False),
        ("multiple-choice", ("a", "b"), ("a", "b", "b"), False),
        ("matching", ("a=a", "b=b"), ("b=b", "a=a"), True),
        ("matching", ("a=a", "b=b"), ("a=b", "b=a"), False),
        ("ordering", ("a", "b"), ("b", "a"), False),
        ("ordering", ("a", "b"), ("a", "b"), True),
        ("true-false", ("true",), ("true",), True),
    ],
)
def test_an_answer_is_right_or_wrong_as_a_whole(
    kind: str, right: tuple[str, ...], response: tuple[str, ...], expected: bool
) -> None:
    assert KINDS[kind].is_right(right, response) is expected


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=5), max_size=5))
def test_no_response_is_an_error(responses: dict[str, list[str]]) -> None:
    answers = {"a": Answer(kind="matching", right=("x=x",), objective="")}
    assert mark(answers, responses, pass_share=50).tally.asked == 1


def test_seeds_are_the_same_on_every_machine() -> None:
    assert seed_of("can-bo-cap-xa", "1", "101") == 145926897639435
    assert seed_of("a", "bc") != seed_of("ab", "c")


@pytest.fixture(scope="module")
def every_kind(programme: Programme, course: Course) -> tuple[Programme, Course]:
    """The sample with a test of a question of each kind, each with reasons and an explanation."""
    assert course.test is not None
    bank = programme.banks[course.test.draw[0].bank]
    questions = {
        kind: question.model_copy(update={"explanation": f"LỜI GIẢI {kind}", "objective": "giu-nguon"})
        for kind, question in QUESTIONS.items()
    }
    whole = Bank(id=bank.id, source=bank.source, use="test", questions=questions)
    drawn = course.test.model_copy(update={"draw": (Draw(bank=bank.id, take=len(questions)),)})
    return (
        programme.having(Bank, {**programme.banks, bank.id: whole}),
        course.model_copy(update={"test": drawn}),
    )


def test_paper_forms_never_show_what_is_right(every_kind: tuple[Programme, Course]) -> None:
    programme, course = every_kind
    forms = [CodedForm(code=code, form=draw(programme, course, code, on=DAY)) for code in (101, 102)]
    *sheets, answers = papers(programme, Prose(programme), course, forms, seed=5)
    assert len(sheets) == 2
    asked = [programme.questions[asked.id][1] for asked in forms[0].form.asked]
    reasons = {
        reason
        for question in asked
        for reason in (question.explanation, *question.reasons.values())
        if reason
    }
    assert len(reasons) > len(KINDS)
    for sheet in sheets:
        assert all(question.stem.partition(" [")[0] in sheet.html for question in QUESTIONS.values())
        assert [reason for reason in reasons if reason in sheet.html] == []
        assert f"Phiếu trả lời · Mã đề {sheet.id[-3:]}-" in sheet.html.replace("\N{NO-BREAK SPACE}", " ")
        assert f"Mã bộ đề 5, phiên bản câu hỏi {forms[0].form.version}" in sheet.html
    assert "không phát cho học viên" in answers.html
    assert f"Mã bộ đề <b>5</b>, phiên bản câu hỏi {forms[0].form.version}" in answers.html


def test_the_key_on_paper_is_the_key_of_each_kind(every_kind: tuple[Programme, Course]) -> None:
    programme, course = every_kind
    coded = CodedForm(code=101, form=draw(programme, course, 1, on=DAY))
    *_, answers = papers(programme, Prose(programme), course, [coded], seed=5)
    printed = dict(re.findall(ANSWERED, answers.html))
    circled = filled_circles(answers.html)
    key = answer_key(programme, coded.form)
    assert {answer.kind for answer in key.values()} == set(KINDS)
    for number, asked in enumerate(coded.form.asked, 1):
        letters = re.sub(r"\W", "", printed[str(number)])
        right, question = key[asked.id].right, QUESTIONS[asked.id]
        response = question.from_letters(asked.parts, right, letters)
        assert question.is_right(right, response)
        assert not question.is_right(right, response[1:])
        assert "".join(circled[number]) == "".join(re.findall("[A-ZĐ]", letters))


#: A question of an answer sheet or its key: its number, what stands beside it, and its rows of circles.
ASKED = re.compile(r"<li[^>]*><b>(\d+)</b>(.*?)</li>", re.S)
ANSWERED = re.compile(r"<li[^>]*><b>(\d+)</b><span class=\"mark\">([^<]+)</span>")
CIRCLE = re.compile(r'<i class="circle( filled)?">([A-ZĐ])</i>')


def circle_rows(html: str) -> dict[int, list[list[tuple[str, str]]]]:
    """Each question's rows of circles, each with what is filled and its letter."""
    return {
        int(number): [CIRCLE.findall(row) for row in inside.split('<span class="circles">')[1:]]
        for number, inside in ASKED.findall(html)
    }


def filled_circles(html: str) -> dict[int, list[str]]:
    return {
        number: ["".join(letter for filled, letter in row if filled) for row in rows]
        for number, rows in circle_rows(html).items()
    }


def test_a_form_has_the_circles_of_its_key_in_the_same_places_and_none_filled(
    every_kind: tuple[Programme, Course],
) -> None:
    programme, course = every_kind
    coded = CodedForm(code=101, form=draw(programme, course, 1, on=DAY))
    form, answers = papers(programme, Prose(programme), course, [coded], seed=5)

    def letters(html: str) -> list[tuple[int, list[list[str]]]]:
        return [(n, [[letter for _, letter in row] for row in rows]) for n, rows in circle_rows(html).items()]

    columns = [
        [re.findall(r"<li[^>]*><b>(\d+)</b>", column) for column in html.split('<div class="column">')[1:]]
        for html in (form.html, answers.html)
    ]
    assert letters(form.html) == letters(answers.html)
    assert columns[0] == columns[1]
    assert len(columns[0]) == 2
    assert [number for column in columns[0] for number in column] == [
        str(n) for n in range(1, len(KINDS) + 1)
    ]
    assert {mark for rows in filled_circles(form.html).values() for mark in rows} == {""}
    assert all("".join(rows) for rows in filled_circles(answers.html).values())


@pytest.mark.usefixtures("chromium_path")
def test_the_command_prints_forms_and_key_apart_and_the_same_for_the_same_seed(whole: Path) -> None:
    def printed(out: str) -> dict[str, bytes]:
        command = ["taphuan", "paper", "nuoc-sach", "--forms", "2", "--seed", "5", "--date", "01/3/2026"]
        command += ["--out", out]
        code = "import sys; sys.argv = sys.argv[1:]; from taphuan.cli import main; main()"
        subprocess.run([sys.executable, "-c", code, *command], cwd=whole, check=True, timeout=120)
        return {path.name: path.read_bytes() for path in sorted((whole / out).glob("*.pdf"))}

    first = printed("dist/trainer")
    assert sorted(first) == ["nuoc-sach-dap-an.pdf", "nuoc-sach-de-101.pdf", "nuoc-sach-de-102.pdf"]
    assert printed("dist/again") == first

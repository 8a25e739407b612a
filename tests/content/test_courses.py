"""The courses of the province: their lessons, their self-checks, and tests that ask for judgement."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import date

import programme_texts
import pytest

from bench.question_wording import plain_words
from bench.questions import QuestionFigures, question_figures
from taphuan.programme.checks.objectives import MEASURE
from taphuan.programme.course_figures import count_read_words
from taphuan.programme.model.course import Lesson
from taphuan.programme.model.pointer import POINTER, pointers_in, without_code
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Question
from taphuan.programme.vietnamese import sentences, syllables

#: What may be scored by the wording alone; guessing one of four gives 0.25.
MOST_BY_WORDING = 0.32


@pytest.fixture(scope="module")
def programme() -> Programme:
    return programme_texts.programme()


def reading(lesson: Lesson) -> str:
    """What a reader reads of a body: no pointer, no mark of a block."""
    return re.sub(r"^[ \t]*(?:!!!|\?\?\?) \w+", "", POINTER.sub("", without_code(lesson.body)), flags=re.M)


# --- courses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["can-bo-cap-xa", "can-bo-cap-tinh"])
def test_a_course_for_officials_has_a_core_of_three_to_five_hours_and_a_path_for_each_role(
    id: str, programme: Programme
) -> None:
    course = programme.courses[id]
    assert 180 <= sum(programme.core_minutes(course).values()) <= 300
    assert [text for text in course.objectives.values() if not MEASURE.search(text)] == []
    assert len(course.paths) >= 4
    assert all(programme.lessons_on(course, path) for path in course.paths)


def test_the_course_for_communes_has_at_least_ten_lessons_of_its_own(programme: Programme) -> None:
    course = programme.courses["can-bo-cap-xa"]
    assert len(course.lesson_ids) >= 10
    assert course.counts_toward == "commune-officials-trained"
    assert {programme.lessons[id].home for id in course.lesson_ids} == {course.id}


def test_the_course_for_the_province_has_lessons_of_its_own_and_of_the_communes(programme: Programme) -> None:
    course = programme.courses["can-bo-cap-tinh"]
    homes = [programme.lessons[id].home for id in course.lesson_ids]
    assert course.counts_toward == "province-officials-trained"
    assert (homes.count("can-bo-cap-tinh"), homes.count("can-bo-cap-xa")) == (7, 16)
    assert course.audience == "province-officials"


def test_an_objective_is_a_sentence_that_says_first_what_is_done(programme: Programme) -> None:
    given_first = {
        id
        for lesson in programme.lessons.values()
        for id, own in lesson.own_objectives.items()
        if own.text.startswith("Cho ") or not own.text.endswith(".")
    }
    assert given_first == set()


def test_an_opening_picture_is_light_and_is_shown_nowhere_else_in_its_lesson(programme: Programme) -> None:
    for lesson in programme.lessons.values():
        if lesson.picture is None:
            continue
        drawing = programme.drawing(lesson.picture)
        assert drawing is not None
        assert len(gzip.compress(drawing.encode())) < 3000, lesson.id
        again = {scenario.picture for scenario in programme.scenarios_of(lesson)}
        figures = re.findall(r'!!! figure "([^"]+)"', lesson.body)
        assert lesson.picture not in again.union(*map(str.split, figures)), lesson.id


def test_every_training_target_has_a_course_that_counts_toward_it(programme: Programme) -> None:
    counted = {course.counts_toward for course in programme.courses.values()}
    training = {id for id, target in programme.charter.targets.items() if target.measure == "training"}
    assert training == counted - {None}


def test_every_lesson_is_in_the_course_it_lies_in(programme: Programme) -> None:
    for id, lesson in programme.lessons.items():
        assert id in programme.courses[lesson.home].lesson_ids


def test_every_objective_of_a_course_is_taught_and_asked_about(programme: Programme) -> None:
    """A lesson of another course may teach more than is promised here."""
    for course in programme.courses.values():
        lessons = programme.lessons_of(course)
        within = {lesson: lesson.objectives_within(course.id) for lesson in lessons}
        own = {objective for lesson in lessons if lesson.home == course.id for objective in within[lesson]}
        taught = {objective for lesson in lessons for objective in within[lesson]}
        named = {question.objective or "" for _, question in programme.questions.values()}
        asked = named | {programme.belonging[course.id].get(id) for id in named}
        assert own <= set(course.objectives) <= taught
        assert set(course.objectives) <= asked


def test_a_test_asks_about_every_objective_of_its_course_and_no_other(programme: Programme) -> None:
    tested = [(course, course.test) for course in programme.courses.values() if course.test]
    assert tested
    for course, test in tested:
        assert {draw.objective for draw in test.draw} == set(course.objectives)


def test_a_lesson_can_be_read_in_one_sitting(programme: Programme) -> None:
    lengths = {id: count_read_words(lesson.body) for id, lesson in programme.lessons.items()}
    assert {id: length for id, length in lengths.items() if not 500 <= length <= 900} == {}
    short = {id: length for id, length in lengths.items() if programme_texts.is_for_who_reads_little(id)}
    assert {id: length for id, length in short.items() if length > 750} == {}


def test_a_lessons_sentences_are_short_on_the_whole(programme: Programme) -> None:
    for id, lesson in programme.lessons.items():
        counts = [count for sentence in sentences(reading(lesson)) if (count := syllables(sentence))]
        assert sum(counts) / len(counts) <= 25, id


def test_every_lesson_has_a_case_or_a_scenario_to_talk_about_and_something_to_do_on_monday(
    programme: Programme,
) -> None:
    for id, lesson in programme.lessons.items():
        if not programme.scenarios_of(lesson):
            assert re.search(r'^!!! case (?:adults )?"\S', lesson.body, re.M), id
            assert re.search(r'^ {4}\?\?\? discussion "\S', lesson.body, re.M), id
        assert re.search(r'^!!! monday "\S', lesson.body, re.M), id


def test_every_lesson_says_what_it_is_for_and_cites_the_law(programme: Programme) -> None:
    for id, lesson in programme.lessons.items():
        assert 3 <= len(lesson.key_points) <= 5, id
        assert 3 <= len(lesson.self_check) <= 5, id
        assert lesson.activities, id
        assert lesson.trainer_notes, id
        assert lesson.serves, id
        assert any(pointer.kind == "reference" for pointer in pointers_in(programme.in_words(lesson.body))), (
            id
        )
        assert not lesson.body.lstrip().startswith(("#", "!", "|", "-")), id


# --- questions ---------------------------------------------------------------------------------


def test_every_option_of_a_self_check_has_its_reason(programme: Programme) -> None:
    self_checks = {
        id: question for id, (bank, question) in programme.questions.items() if bank.use == "self-check"
    }
    assert self_checks
    for id, question in self_checks.items():
        assert question.reasons, id
        assert all(question.reasons.values()), id
        assert question.explanation, id


def test_every_self_check_is_asked_in_some_lesson(programme: Programme) -> None:
    asked = {id for lesson in programme.lessons.values() for id in lesson.self_check}
    assert {id for id, (bank, _) in programme.questions.items() if bank.use == "self-check"} == asked


def test_no_question_is_in_two_banks_and_none_repeats_another(programme: Programme) -> None:
    assert len(programme.questions) == sum(len(bank.questions) for bank in programme.banks.values())
    stems = [question.stem.casefold() for _, question in programme.questions.values()]
    assert sorted({stem for stem in stems if stems.count(stem) > 1}) == []


def test_a_test_leaves_something_to_draw(programme: Programme) -> None:
    """Two forms of a test that hold the same questions would be one form."""
    for course in programme.courses.values():
        for draw in course.test.draw if course.test else ():
            assert len(programme.drawable(course, programme.banks[draw.bank], draw.objective)) > draw.take


# --- tests -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def figures() -> QuestionFigures:
    return question_figures(programme_texts.programme(), date(2026, 11, 26))


def test_the_wording_of_options_gives_no_answer_away(figures: QuestionFigures) -> None:
    """`make questions` names the questions to rewrite."""
    assert figures.weighed > 80
    assert figures.scores
    assert figures.scores.by_looks <= MOST_BY_WORDING
    assert figures.scores.by_words <= MOST_BY_WORDING
    assert figures.scores.by_self_checks is not None
    assert figures.scores.by_self_checks <= MOST_BY_WORDING


@pytest.fixture(scope="module")
def self_checks(programme: Programme) -> list[Question]:
    return [question for bank, question in programme.questions.values() if bank.use == "self-check"]


def test_a_self_checks_right_option_is_seldom_the_longest(self_checks: list[Question]) -> None:
    lengths = [
        {id: len(plain_words(text)) for id, text in question.part_texts.items()}
        for question in self_checks
        if question.right_option
    ]
    rights = [question.right_option or "" for question in self_checks if question.right_option]
    longest = [
        all(length < counts[right] for id, length in counts.items() if id != right)
        for counts, right in zip(lengths, rights, strict=True)
    ]
    assert sum(longest) <= 0.3 * len(longest)


def test_a_self_checks_right_option_stands_in_every_place_alike(self_checks: list[Question]) -> None:
    """A page shows options as their author wrote them."""
    places = Counter(
        list(question.part_texts).index(question.right_option)
        for question in self_checks
        if question.right_option and len(question.part_texts) == 4
    )
    even = places.total() / 4
    assert all(abs(places[place] - even) <= 0.2 * even for place in range(4)), places


def test_as_many_self_checks_state_what_is_true_as_what_is_false(self_checks: list[Question]) -> None:
    stated = Counter(question.stated for question in self_checks if question.stated is not None)
    assert abs(stated[True] - stated[False]) <= 0.2 * stated.total()


def test_right_options_stand_in_every_place_alike(figures: QuestionFigures) -> None:
    assert min(figures.positions) >= figures.weighed * 0.15


def test_statements_are_true_as_often_as_false(figures: QuestionFigures) -> None:
    both = figures.true_statements + figures.false_statements
    assert abs(figures.true_statements - figures.false_statements) <= max(2, both // 4)

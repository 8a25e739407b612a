"""Self-checks on paper: their answers behind them, and nothing of a test anywhere but in its key."""

from __future__ import annotations

import re

import pytest
from paper_sheets import BOOK, COURSE, HANDOUT, LESSON, on_paper, words

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.question import Bank, Ordering, SingleChoice
from taphuan.programme.model.values import ReadOnly
from taphuan.render.printable import Sheet
from taphuan.render.text.prose import Prose
from taphuan.render.typography import bind_page

GUIDE = f"{COURSE}-tap-huan-vien"


@pytest.fixture(scope="module")
def paper(programme: Programme) -> dict[str, Sheet]:
    return on_paper(programme)


def test_prints_the_answers_of_self_checks_with_their_reasons_behind_the_questions(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    for lesson in programme.lessons_of(programme.courses[COURSE]):
        handout = paper[lesson.id.replace("/", "-")].html
        asked, _, explained_html = handout.partition('class="upside-down"')
        for id in lesson.self_check:
            question = programme.questions[id][1]
            explained = question.explanation or next(filter(None, question.reasons.values()))
            reason = Prose(programme).plain(explained.split("[")[0])
            assert reason[:40] in words(explained_html)
            assert reason[:40] not in words(asked)
            assert reason[:40] in words(paper[BOOK].html.partition('id="dap-an"')[2])


def test_letters_of_an_answer_are_those_that_stand_on_the_sheet(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    compared = 0
    for lesson in programme.lessons_of(programme.courses[COURSE]):
        asked, _, explained_html = paper[lesson.id.replace("/", "-")].html.partition('class="upside-down"')
        for number, id in enumerate(lesson.self_check, 1):
            question = programme.questions[id][1]
            if not isinstance(question, SingleChoice):
                continue
            letter = re.findall(rf'"no">{number}\.</b> <b class="right whole">([A-J])\.</b>', explained_html)[
                0
            ]
            right = words(bind_page(question.options[question.right_response[0]].text.split("[")[0]))
            assert f"{letter}. {right}" in words(asked)
            compared += 1
    assert compared


def test_tells_the_trainer_why_each_part_of_a_self_check_is_right_or_wrong(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    guide = words(paper[GUIDE].html)
    for lesson in programme.lessons_of(programme.courses[COURSE]):
        for id in lesson.self_check:
            for reason in filter(None, programme.questions[id][1].reasons.values()):
                assert words(bind_page(reason.split("[")[0])) in guide


def test_prints_no_key_or_reason_of_a_test_even_where_a_lesson_names_its_question(
    programme: Programme,
) -> None:
    """What is asked in a graded test has its answer in the key, which is no sheet of these."""
    banks = {id: bank.model_copy(update={"use": "test"}) for id, bank in programme.banks.items()}
    graded = programme.having(Bank, ReadOnly(banks))
    everything = words("".join(sheet.html for sheet in on_paper(graded).values()))
    reasons = [
        words(bind_page(text.split("[")[0]))
        for _, question in graded.questions.values()
        for text in filter(None, [*question.reasons.values(), question.explanation])
    ]
    assert len([reason for reason in reasons if len(reason) >= 20]) > 8
    assert [reason for reason in reasons if len(reason) >= 20 and reason in everything] == []
    assert "upside-down" not in on_paper(graded)[HANDOUT].html.partition("</style>")[2]


def test_prints_every_self_check_question_of_a_lesson(programme: Programme, paper: dict[str, Sheet]) -> None:
    printed, prose = words(paper[HANDOUT].html), Prose(programme)
    for id in programme.lessons[LESSON].self_check:
        assert prose.plain(programme.questions[id][1].stem) in printed


def test_never_prints_a_question_of_a_test_even_where_a_lesson_names_it(programme: Programme) -> None:
    banks = {id: bank.model_copy(update={"use": "test"}) for id, bank in programme.banks.items()}
    printed = words(on_paper(programme.having(Bank, ReadOnly(banks)))[HANDOUT].html)
    for id in programme.lessons[LESSON].self_check:
        assert programme.questions[id][1].stem not in printed


def test_never_prints_the_steps_of_an_ordering_in_their_order(
    programme: Programme, paper: dict[str, Sheet]
) -> None:
    orderings = [
        (lesson, question)
        for lesson in programme.lessons.values()
        for id in lesson.self_check
        if isinstance(question := programme.questions[id][1], Ordering)
    ]
    assert orderings
    for lesson, question in orderings:
        asked = paper[lesson.id.replace("/", "-")].html.partition('class="upside-down"')[0]
        html = words(asked)
        places = [html.rindex(words(bind_page(item.text))) for item in question.items.values()]
        assert places != sorted(places)

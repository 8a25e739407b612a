"""The questions of the real tests ask for judgement, not for a feeling for how tests are written."""

from __future__ import annotations

from datetime import date

import programme_texts
import pytest

from taphuan.programme.status.question_figures import QuestionFigures, question_figures

#: What may be scored by the wording alone; guessing one of four gives 0.25.
MOST_BY_WORDING = 0.32


@pytest.fixture(scope="module")
def figures() -> QuestionFigures:
    return question_figures(programme_texts.programme(), date(2026, 11, 26))


def test_the_wording_of_options_gives_no_answer_away(figures: QuestionFigures) -> None:
    """`taphuan status --questions` names the questions to rewrite."""
    assert figures.weighed > 80
    assert figures.learned_score is not None
    assert figures.learned_score <= MOST_BY_WORDING
    assert figures.rule_score is not None
    assert figures.rule_score <= MOST_BY_WORDING


def test_right_options_stand_in_every_place_alike(figures: QuestionFigures) -> None:
    assert min(figures.positions) >= figures.weighed * 0.15


def test_statements_are_true_as_often_as_false(figures: QuestionFigures) -> None:
    both = figures.true_statements + figures.false_statements
    assert abs(figures.true_statements - figures.false_statements) <= max(2, both // 4)

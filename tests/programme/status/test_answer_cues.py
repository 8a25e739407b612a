"""The score of a reader who only looks at the wording of options."""

from __future__ import annotations

import random

import pytest

from taphuan.programme.status.answer_cues import AnsweredChoice, habits, learned_shares, rule_score

pytestmark = pytest.mark.slow

SYLLABLES = (
    "nước",
    "khe",
    "bản",
    "mưa",
    "rừng",
    "đá",
    "suối",
    "cây",
    "gạo",
    "ngô",
    "chợ",
    "trâu",
    "núi",
    "gió",
)


def some_words(drawn: random.Random, most: int = 9) -> str:
    return " ".join(drawn.choices(SYLLABLES, k=drawn.randint(4, most))).capitalize() + "."


def choices(count: int, right_ending: str = "", wrong_ending: str = "") -> list[AnsweredChoice]:
    """Questions of four options of chance words, the right ones and the wrong ones with their own endings."""
    drawn = random.Random(7)
    made = []
    for _ in range(count):
        right = drawn.randrange(4)
        endings = [right_ending if place == right else wrong_ending for place in range(4)]
        options = tuple(some_words(drawn)[:-1] + ending + "." for ending in endings)
        made.append(AnsweredChoice(stem=some_words(drawn), options=options, right=right))
    return made


def mean(shares: list[float]) -> float:
    return sum(shares) / len(shares)


def test_wording_that_tells_nothing_leaves_a_reader_at_chance() -> None:
    assert 0.17 < mean(learned_shares(choices(150))) < 0.33
    assert rule_score(choices(150)) == 0.25


@pytest.mark.parametrize("ending", [", vì nước của chung", "; rồi báo cho trưởng bản", ", không để lâu"])
def test_a_sign_of_right_options_is_learned_from_other_questions(ending: str) -> None:
    assert mean(learned_shares(choices(60, right_ending=ending))) > 0.9


def test_a_sign_of_a_single_question_is_never_learned() -> None:
    """All questions but the first are told by a sign that misleads there."""
    misleading = choices(40, right_ending="; rồi báo cho trưởng bản")
    first = AnsweredChoice(stem="Làm gì?", options=("Đi; rồi về", "Đi", "Ở", "Ghi"), right=1)
    shares = learned_shares([first, *misleading])
    assert shares[0] == 0
    assert mean(shares[1:]) > 0.9


def test_the_same_questions_give_the_same_figure() -> None:
    assert learned_shares(choices(25)) == learned_shares(choices(25))


@pytest.mark.parametrize(
    ("options", "score"),
    [
        (("Đi, vì đã muộn", "Gửi cả nhóm", "Ghi lại; báo xã", "Đợi"), 1.0),
        (("Ghi lại; báo xã", "Đợi; rồi hỏi", "Đi", "Về"), 0.0),
        (("Đi, vì đã muộn", "Về, vì tối", "Ghi", "Đợi"), 0.5),
    ],
)
def test_three_habits_of_writers_are_known(options: tuple[str, ...], score: float) -> None:
    assert rule_score([AnsweredChoice(stem="Làm gì?", options=options, right=2)]) == score


def test_habits_count_right_and_wrong_options_apart() -> None:
    question = AnsweredChoice(
        stem="Làm gì?",
        options=("Không đi, vì đã muộn lắm rồi", "Gửi đi", "Ghi lại; báo", "Ghi lại rồi báo"),
        right=2,
    )
    counted = {name: (habit.right, habit.wrong) for name, habit in habits([question, question]).items()}
    assert counted == {
        "longest": (0, 2),
        "shortest": (0, 2),
        "reason": (0, 2),
        "negation": (0, 2),
        "semicolon": (2, 0),
        "agreeing": (0, 2),
    }
    assert {(habit.rights, habit.wrongs) for habit in habits([question, question]).values()} == {(2, 6)}

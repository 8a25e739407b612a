"""The score of a reader who only looks at the wording of options."""

from __future__ import annotations

import random

import pytest

from bench.question_wording import (
    AnsweredChoice,
    TellingWord,
    habits,
    option_looks,
    option_words,
    share_by,
    shares_by_others,
    telling_words,
    weights_learned,
)

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


def asked(*options: str, right: int, course: str = "khoa-0", stem: str = "Làm gì?") -> AnsweredChoice:
    return AnsweredChoice(course=course, stem=stem, options=options, right=right)


def choices(count: int, right_ending: str = "", wrong_ending: str = "") -> list[AnsweredChoice]:
    """Questions of three courses, four options of chance words, right and wrong ones with their endings."""
    drawn = random.Random(7)
    made = []
    for number in range(count):
        right = drawn.randrange(4)
        endings = [right_ending if place == right else wrong_ending for place in range(4)]
        options = tuple(some_words(drawn)[:-1] + ending + "." for ending in endings)
        made.append(asked(*options, right=right, course=f"khoa-{number % 3}", stem=some_words(drawn)))
    return made


def mean(shares: list[float]) -> float:
    return sum(shares) / len(shares)


def test_wording_that_tells_nothing_leaves_a_reader_at_chance() -> None:
    assert 0.17 < mean(shares_by_others(choices(300), option_words)) < 0.33
    assert 0.17 < mean(shares_by_others(choices(300), option_looks)) < 0.33


@pytest.mark.parametrize("ending", [" vì nước của chung", " rồi báo cho trưởng bản", " không để lâu"])
def test_a_word_of_right_options_is_learned_from_other_courses(ending: str) -> None:
    assert mean(shares_by_others(choices(60, right_ending=ending), option_words)) > 0.9


@pytest.mark.parametrize("ending", ["; suối", ", suối", ": suối", " vì suối", " không suối"])
def test_how_right_options_look_is_learned_from_other_courses(ending: str) -> None:
    assert mean(shares_by_others(choices(60, right_ending=ending), option_looks)) > 0.9


def test_a_word_of_one_course_tells_nothing_of_its_own_questions() -> None:
    """The first course tells its right options by a word that is in wrong ones elsewhere."""
    first = [asked("Đi rồi", "Đi", "Ở", "Ghi", right=0, course="khoa-a") for _ in range(20)]
    others = [asked("Về rồi", "Về", "Nghỉ", "Hát", right=1, course="khoa-b") for _ in range(20)]
    shares = shares_by_others([*first, *others], option_words)
    assert max(shares) == 0


def test_in_a_single_course_a_reader_learns_from_its_other_questions() -> None:
    """A word that is in one question alone says nothing of that one."""
    alike = [asked("Đi rồi", "Đi", "Ở", "Ghi", right=0) for _ in range(20)]
    alone = asked("Mưa", "Nắng", "Gió", "Bão", right=2)
    assert shares_by_others([*alike, alone], option_words) == [*[1.0] * 20, 0.25]


def test_a_reader_of_what_is_public_answers_what_has_the_same_words() -> None:
    weights = weights_learned([asked("Ghi lại", "Đợi mai", "Về", "Hỏi", right=0)], option_words)
    assert share_by(weights, asked("Đợi thư", "Ghi thư", "Đợi", "Đợi cơm", right=1), option_words) == 1


def test_who_learned_from_nothing_guesses() -> None:
    weights = weights_learned([], option_words)
    assert share_by(weights, asked("Đi", "Ở", "Ghi", "Về", right=1), option_words) == 0.25


def test_the_words_that_stand_most_unevenly_are_told_first() -> None:
    twice = [asked("Ghi ngay", "Đợi mai", "Về mai", "Hỏi mai", right=0)] * 2
    assert telling_words(twice, 2) == (
        TellingWord(word="ghi", right=2, options=2),
        TellingWord(word="mai", right=0, options=6),
    )
    assert telling_words([], 2) == ()


def test_habits_count_right_and_wrong_options_apart() -> None:
    question = asked("Không đi, vì đã muộn lắm rồi", "Gửi đi", "Ghi lại; báo", "Ghi lại rồi báo", right=2)
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

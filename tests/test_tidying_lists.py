"""Lists as offices, Word and Zalo write them come out as lists; what is no list is left alone."""

from __future__ import annotations

import pytest

from generator.programme.tidying.signs import without_bullet


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- Hỏi", "Hỏi"),
        ("•\tHỏi", "Hỏi"),
        ("– Hỏi", "Hỏi"),
        ("1) Hỏi", "1) Hỏi"),
        ("-5 độ", "-5 độ"),
        ("Hỏi", "Hỏi"),
    ],
)
def test_a_remark_of_a_trainer_loses_its_bullet_alone(line: str, words: str) -> None:
    assert without_bullet(line) == words

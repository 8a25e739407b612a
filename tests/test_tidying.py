"""Text as people type and paste it comes out as they meant it, on the site and on paper alike."""

from __future__ import annotations

import pytest

from generator.programme.tidying import tidied


@pytest.mark.parametrize("written", ["“Chủ nhà hỏi”", "”Chủ nhà hỏi”", "„Chủ nhà hỏi“", "«Chủ nhà hỏi»"])
@pytest.mark.parametrize("opening", ["!!! case", "!!!case", "    ??? discussion", "???+ discussion"])
def test_quotation_marks_that_word_has_curled_are_straight_around_the_title_of_a_block(
    opening: str, written: str
) -> None:
    text = f"Trước.\n\n{opening} {written}\n    “Có phải ghi tên không?”\n"
    assert tidied(text) == text.replace(written, '"Chủ nhà hỏi"')


def test_code_is_left_as_it_was_typed() -> None:
    text = "```\n!!! case “Chủ nhà hỏi”\n```\n"
    assert tidied(text) == text

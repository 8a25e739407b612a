"""Text as people type and paste it comes out as they meant it, on the site and on paper alike."""

from __future__ import annotations

import pytest

from generator.programme.tidying import tidied

WORDS = "    “Có phải ghi tên không?”\n"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "“Chủ nhà hỏi”",
            "”Chủ nhà hỏi”",
            "„Chủ nhà hỏi“",
            "«Chủ nhà hỏi»",
            "‘Chủ nhà hỏi’",
            "'Chủ nhà hỏi'",
        ),
        *('"Chủ nhà hỏi”', "&quot;Chủ nhà hỏi&quot;", "“Chủ nhà hỏi", 'Chủ nhà hỏi"', "“ Chủ nhà hỏi ” "),
        *("Chủ nhà hỏi", ": Chủ nhà hỏi", "– “Chủ nhà hỏi”", '"Chủ nhà hỏi"'),
    ],
)
@pytest.mark.parametrize(
    ("opening", "meant"),
    [
        *(("!!! case", "!!! case"), ("!!!case", "!!! case"), ("!! case", "!!! case"), ("! case", "!!! case")),
        *(("!!!! Case", "!!! case"), ("    ??? discussion", "    ??? discussion"), ("?? LAW", "!!! law")),
        *(("???+ discussion", "???+ discussion"), ("!!! discussion", "??? discussion")),
        *(("??? case", "!!! case"), ("\t!!!monday", "\t!!! monday")),
    ],
)
def test_a_block_opens_under_its_name_whatever_signs_and_marks_are_around_it(
    opening: str, meant: str, written: str
) -> None:
    text = f"Trước.\n\n{opening} {written}\n{WORDS}"
    assert tidied(text) == f'Trước.\n\n{meant} "Chủ nhà hỏi"\n{WORDS}'


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("“Chủ nhà hỏi: “Có phải ghi tên không?””", "Chủ nhà hỏi: “Có phải ghi tên không?”"),
        ('"Chủ nhà "hỏi" gì"', "Chủ nhà “hỏi” gì"),
        ("“Có” hay “không”", "“Có” hay “không”"),
        ('"Có" hay "không"', "“Có” hay “không”"),
        ('Chủ nhà hỏi "gì"', "Chủ nhà hỏi “gì”"),
        ("Bà H'Mai hỏi", "Bà H'Mai hỏi"),
        ('""', ""),
    ],
)
def test_a_title_keeps_the_quotation_marks_that_are_its_own(written: str, title: str) -> None:
    once = tidied(f"!!! case {written}\n{WORDS}")
    assert once == f'!!! case "{title}"\n{WORDS}'
    assert tidied(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "```\n!! case “Chủ nhà hỏi”\n```\n",
        "!!! cases “Chủ nhà hỏi”\n",
        "!!! case-study “Chủ nhà hỏi”\n",
        "!!! key\n    Nhớ.\n",
        "![case](a.svg)\n",
        "Hỏi! case gì?\n",
        "!!!\n",
    ],
)
def test_what_opens_no_block_and_what_is_code_is_left_as_it_was_typed(text: str) -> None:
    assert tidied(text) == text

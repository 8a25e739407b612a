"""Text as people type and paste it comes out as they meant it, on the site and on paper alike."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taphuan.programme.checks.markup import (
    _faulty_blocks as blocks,
)
from taphuan.programme.checks.markup import (
    _faulty_headings as headings,
)
from taphuan.programme.checks.markup import (
    _forbidden_markup as markup,
)
from taphuan.programme.markdown_repair import repair_markdown
from taphuan.programme.markdown_repair.tables import tables_in, visible_marks
from taphuan.programme.vietnamese import find_misread

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
        *(("!!!! Case", "!!! case"), ("    ??? discussion", "??? discussion"), ("?? LAW", "!!! law")),
        *(("???+ discussion", "???+ discussion"), ("!!! discussion", "??? discussion")),
        *(("??? case", "!!! case"), ("\t!!!monday", "!!! monday")),
    ],
)
def test_a_block_opens_under_its_name_whatever_signs_and_marks_are_around_it(
    opening: str, meant: str, written: str
) -> None:
    margin = opening[: -len(opening.lstrip())]
    text = f"Trước.\n\n{opening} {written}\n{margin}{WORDS}"
    assert repair_markdown(text) == f'Trước.\n\n{meant} "Chủ nhà hỏi"\n{WORDS}'


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
    once = repair_markdown(f"!!! case {written}\n{WORDS}")
    assert once == f'!!! case "{title}"\n{WORDS}'
    assert repair_markdown(once) == once


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
    assert repair_markdown(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("** Ghi vào ** sổ.", "**Ghi vào** sổ."),
        ("Bạn **ghi vào **sổ, **hỏi **, rồi** về **nhà.", "Bạn **ghi vào** sổ, **hỏi**, rồi **về** nhà."),
        ("- ** Một ** hai\n- Năm", "- **Một** hai\n- Năm"),
        ("* __Ba __ bốn\n* Năm", "* __Ba__ bốn\n* Năm"),
        ("**Ghi\nvào **sổ", "**Ghi\nvào** sổ"),
        ("| ** Nơi ** | Giờ |\n|---|---|\n| a | ** b** |", "| **Nơi** | Giờ |\n|---|---|\n| a | **b** |"),
        ("** [term:a|chuyển gửi] ** ngay", "**[term:a|chuyển gửi]** ngay"),
        ("*** Ghi *** ngay", "***Ghi*** ngay"),
        ("Gọi ngay![contact:a]", "Gọi ngay\\![contact:a]"),
        ("Hòm 2*3*4 m, *rất* to", "Hòm 2\\*3\\*4 m, *rất* to"),
        ("Nhà nghỉ 3*, 4* và 5*.", "Nhà nghỉ 3\\*, 4\\* và 5\\*."),
        ("Đạt 4*/5*.", "Đạt 4\\*/5\\*."),
        ("Giá*, *chưa thuế*", "Giá\\*, *chưa thuế*"),
    ],
)
def test_marks_of_bold_text_stand_next_to_their_words(written: str, meant: str) -> None:
    assert repair_markdown(written) == meant
    assert repair_markdown(meant) == meant
    assert visible_marks(written) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("2 * 3 = 6", "2 ** 3 ** 4", "a * b * c", "* Một\n* Hai", "***", "ten__tep và a__b", "`** a **`"),
        *("**a *b***", "**Hỏi:**có", "![Một](a.svg)", "```\n** a **\n```", "\\** a", "*Ghi* vào *sổ*"),
        *("`2*3*4`", "2\\*3\\*4", "Giá 5*.", "*Ghi 5*, *gọi 6*."),
    ],
)
def test_what_is_no_bold_text_or_is_right_is_left_alone(text: str) -> None:
    assert repair_markdown(text) == text
    assert visible_marks(text) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        *(("Ghi **vào sổ", 4), ("Ghi ** vào", 4), ("**a** b **c", 8), ("- **a\n- b**", 2), ("**a\n\nb**", 0)),
        *(("Tên: __ Tuổi: __", 5), ("** **", 0), ("*Ghi vào * sổ", 9), ("**a | b**", None)),
    ],
)
def test_marks_that_would_be_seen_are_found(text: str, place: int | None) -> None:
    assert [at for at, _ in visible_marks(text)][:1] == ([] if place is None else [place])


PIECES = (
    *(
        "a",
        "b",
        "9",
        " ",
        "\t",
        "\n",
        "\n\n",
        "    ",
        "|",
        "| a |",
        "|---|",
        "–",
        ":",
        "**",
        "__",
        "*",
        "***",
        "- ",
    ),
    *("1. ", "# ", "!", "!! case", "??? law", "“", "”", '"', "[term:a|b]", "\\", "```\n"),
)


@pytest.mark.slow
@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_tidying_twice_is_tidying_once_and_loses_no_word(text: str) -> None:
    once = repair_markdown(text)
    assert repair_markdown(once) == once
    assert re.findall(r"[^\W_]+", once) == re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "|" * 30_000,
            "| a " * 20_000,
            "|\n" * 30_000,
            "a\tb\n" * 20_000,
            "\t" * 50_000,
            "-" * 50_000 + "x|",
        ),
        *(
            "** " * 30_000,
            "a **" * 30_000,
            "!!! case " + "“" * 50_000,
            "# " + " " * 50_000 + "x",
            "__a " * 30_000,
        ),
        *(
            "[" * 50_000,
            "![a](" * 20_000,
            "?? " * 30_000,
            "vµo " * 30_000,
            "á»" * 50_000,
            "a|b\n--" + "- " * 30_000,
        ),
    ],
)
def test_no_text_takes_long_to_tidy_and_check(text: str) -> None:
    began = time.process_time()
    repair_markdown(text)
    tables_in(text)
    assert headings(text) is not None
    assert blocks(text) is not None
    assert markup(text) is not None
    assert find_misread(text) is not None
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Xem [trang] (https://example.org/a).", "Xem [trang](https://example.org/a)."),
        ("Xem (trang)[https://example.org/a].", "Xem [trang](https://example.org/a)."),
        ("Xem [1] (trang 5).", "Xem [1] (trang 5)."),
        *(
            (text, text)
            for text in ("[contact:a] (https://a.vn)", "[@a:1] (https://a.vn)", "[ ] (https://a.vn)")
        ),
        *((text, text) for text in ("![a] (https://a.vn/a.png)", "Xem!(a)[https://a.vn/a.png]")),
        ("Bể rộng 3*4*5 m.", r"Bể rộng 3\*4\*5 m."),
        ("Gõ `3*4` là đúng, *3* thì không.", "Gõ `3*4` là đúng, *3* thì không."),
        ("Ø\tGặp ai\nØ\tNói gì", "- Gặp ai\n- Nói gì"),
    ],
)
def test_links_measures_and_bullets_of_a_font_are_what_was_meant(written: str, meant: str) -> None:
    assert repair_markdown(written) == meant

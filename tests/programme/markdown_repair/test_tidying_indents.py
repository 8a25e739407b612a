"""What is set in outside a list begins a paragraph, as in Word; nothing becomes a grey box of code."""

from __future__ import annotations

import pytest

from taphuan.programme.markdown_repair import repair_markdown


@pytest.mark.parametrize("margin", ["    ", "      ", "\t", "\t\t", " \t", "\u00a0" * 5, "\u2003" * 4])
def test_a_paragraph_set_in_stands_at_the_margin(margin: str) -> None:
    assert repair_markdown(f"{margin}Ghi vào sổ.") == "Ghi vào sổ."
    assert repair_markdown(f"Trước.\n\n{margin}Ghi vào sổ.\n\nSau.") == "Trước.\n\nGhi vào sổ.\n\nSau."
    assert repair_markdown(f"!!! key\n    {margin}Ghi vào sổ.\n") == "!!! key\n    Ghi vào sổ.\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\tGhi vào sổ.\n\tHẹn ngày gặp.", "Ghi vào sổ.\n\nHẹn ngày gặp."),
        ("\tGhi vào sổ\n\tvà hẹn ngày gặp.", "Ghi vào sổ\nvà hẹn ngày gặp."),
        ("\tGhi:\n\t- tên\n\t- việc", "Ghi:\n\n- tên\n- việc"),
        ("    ## Hẹn lại", "## Hẹn lại"),
        ("\t**Hẹn** lại", "**Hẹn** lại"),
        ("    | Việc | Ai |\n    |---|---|", "| Việc | Ai |\n|---|---|"),
        ('\t!!! case "Hỏi"\n\t    Có không?\n\nHết.', '!!! case "Hỏi"\n    Có không?\n\nHết.'),
        ("!!! key\n    Một.\n\n        Hai.", "!!! key\n    Một.\n\n    Hai."),
    ],
)
def test_what_is_set_in_is_what_it_is_at_the_margin(written: str, meant: str) -> None:
    assert repair_markdown(written) == meant
    assert repair_markdown(meant) == meant


def test_a_paragraph_under_an_item_stays_with_it_however_far_it_is_set_in() -> None:
    assert repair_markdown("- Một\n\n\t\t\tHai\n\n- Ba") == "- Một\n\n    Hai\n\n- Ba"


def test_code_between_fences_stays_set_in() -> None:
    text = "```\n    Ghi vào sổ.\n```\n"
    assert repair_markdown(text) == text

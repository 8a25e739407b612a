"""Tables that were pasted or typed in a hurry come out as tables, and none of their cells is lost."""

from __future__ import annotations

import pytest

from taphuan.programme.markdown_repair import repair_markdown
from taphuan.programme.markdown_repair.tables import repair_tables as with_tables
from taphuan.programme.markdown_repair.tables import tables_in
from taphuan.render.text.tree import parse, words_of

MADE = "| Nơi | Giờ |\n| --- | --- |\n| Khe | 8 |"


@pytest.mark.parametrize(
    "written",
    [
        "Nơi\tGiờ\nKhe\t8",
        "Nơi\tGiờ\t\nKhe\t8\t",
        "| Nơi | Giờ |\n| Khe | 8 |",
        "| Nơi | Giờ |\n|—|–|\n| Khe | 8 |",
        "| Nơi | Giờ |\n|---|\n| Khe | 8 |",
        "| Nơi | Giờ |\n| --- | --- | --- |\n| Khe | 8 |",
        MADE,
    ],
)
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_table_has_its_rule_however_it_was_typed(written: str, indent: str) -> None:
    opening = '!!! case "Khe"\n' if indent else ""
    assert repair_markdown(opening + _set_in(written, indent)) == opening + _set_in(MADE, indent)


def _set_in(text: str, indent: str) -> str:
    return "\n".join(indent + line for line in text.split("\n"))


@pytest.mark.parametrize(
    ("before", "after"), [("Giờ mở:", ""), ("Giờ mở:", "## Sau"), ("## Giờ", "- Một"), ("", "")]
)
@pytest.mark.parametrize("written", ["Nơi\tGiờ\nKhe\t8", "| Nơi | Giờ |\n| Khe | 8 |", MADE])
def test_a_table_stands_apart_from_the_lines_around_it(written: str, before: str, after: str) -> None:
    text = "\n".join(filter(None, [before, written, after]))
    assert repair_markdown(text) == "\n\n".join(filter(None, [before, MADE, after]))


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("Nơi\tGiờ\nKhe [term:a|b]\t8", ["Nơi", "Giờ", "Khe ", "8"]),
        ("Nơi\tGiờ\nKhe|suối\t8", ["Nơi", "Giờ", "Khe|suối", "8"]),
        ("\tSáng\tChiều\nKhe\t8\t", ["", "Sáng", "Chiều", "Khe", "8", ""]),
        ("Nơi | Giờ\n--|--\n| Khe | 8 |", ["Nơi", "Giờ", "Khe", "8"]),
        ("Nơi\tGiờ\n`Khe\t7`\t8", ["Nơi", "Giờ", "Khe  7", "8"]),
        ("STT\tNơi\tGiờ\n1.\tKhe\t8", ["STT", "Nơi", "Giờ", "1.", "Khe", "8"]),
    ],
)
def test_every_cell_stands_where_it_stood(written: str, cells: list[str]) -> None:
    shown = [words_of(cell) for cell in parse(written).iter() if cell.tag in ("th", "td")]
    assert shown == cells


@pytest.mark.parametrize(
    "text",
    [
        "•\tGặp ai\n•\tNói gì",
        "1.\tGặp ai\n2.\tNói gì",
        "a)\tGặp ai\nb)\tNói gì",
        "Họ tên:\tLò Văn An",
        "Gọi 111 | 113 khi gấp.",
        "> | Nơi | Giờ |\n> |---|---|",
        "```\nNơi\tGiờ\nKhe\t8\n```",
        "Trước.\n\n`a|b`\n`c|d`",
        "| Nơi | [term:a|b] |\n|---|---|\n| Khe | `8|9` |\n| Giếng | 7\\|8 |",
    ],
)
def test_a_list_prose_with_a_bar_and_code_are_no_tables_to_write_anew(text: str) -> None:
    assert with_tables(text) == text
    assert not any(table.fault for table in tables_in(text))

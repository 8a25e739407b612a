"""Columns of a table and lines of a list that set what to do against what not to do have a sign each."""

from __future__ import annotations

import re

import markdown
import pytest

from taphuan.render.html_safety import trusted_html
from taphuan.render.text.tree import EXTENSIONS, parse

CONVERTER = markdown.Markdown(extensions=list(EXTENSIONS))


def signs(*heads: str) -> list[str]:
    """Returns the class of each head of a table, as a page or a sheet has it."""
    text = "\n".join("|" + "|".join(row) + "|" for row in (heads, ["---"] * len(heads), ["a"] * len(heads)))
    shown = trusted_html(CONVERTER.reset().convert(text))
    return re.findall(r'<th(?: class="(\w+)")?>', shown)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (("Nên hỏi", "Không hỏi"), ["do", "avoid"]),
        (("Đừng nói", "Nói thay"), ["avoid", "do"]),
        (("Xã làm", "Xã không làm"), ["do", "avoid"]),
        (("Câu dễ buột miệng", "Câu nên nói"), ["avoid", "do"]),
        (("Câu buột miệng", "Người ta nghe thành", "Nói thay"), ["avoid", "", "do"]),
        (("Nên dùng", "Nên tránh", "Vì sao"), ["do", "avoid", ""]),
    ],
)
def test_what_to_do_and_what_not_to_do_are_marked(heads: tuple[str, ...], expected: list[str]) -> None:
    assert signs(*heads) == expected


@pytest.mark.parametrize(
    "heads",
    [
        ("Câu dễ buột miệng", "Vì sao không nói"),
        ("Câu dễ buột miệng", "Em nghe thành"),
        ("Chuyện đã xảy ra", "Có thể hại ai không?"),
        ("Giữ được", "Không giữ kín được", "Chưa rõ"),
        ("Dấu hiệu", "Gọi ai, làm gì"),
    ],
)
def test_a_column_that_only_asks_or_explains_is_not_marked(heads: tuple[str, ...]) -> None:
    assert signs(*heads) == [""] * len(heads)


def signs_of_lines(*leads: str) -> list[str | None]:
    items = parse("\n".join(f"- **{lead}** Hỏi." for lead in leads)).iter("li")
    return [item.get("class") for item in items]


def test_lines_of_a_list_are_marked_where_it_sets_the_two_against_each_other() -> None:
    assert signs_of_lines("Khoan hỏi:", "Nên hỏi:", "Ở bên em.") == ["avoid", "do", None]


def test_a_line_that_names_a_mistake_is_marked_whatever_stands_beside_it() -> None:
    assert signs_of_lines("Nhầm:", "Nhầm:", "Nhầm đường:") == ["avoid", "avoid", None]


@pytest.mark.parametrize("leads", [("Đừng rình.", "Không quay."), ("Nên hỏi:", "Ở bên em.")])
def test_a_list_of_one_kind_alone_stays_as_it_is(leads: tuple[str, ...]) -> None:
    assert signs_of_lines(*leads) == [None, None]

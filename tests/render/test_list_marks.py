"""Bullets that begin with a letter, a number or a tick show that alone, as text of the item."""

from __future__ import annotations

import markdown
import pytest

from taphuan.render.html_safety import trusted_html
from taphuan.render.text.tree import EXTENSIONS

CONVERTER = markdown.Markdown(extensions=list(EXTENSIONS))


def html(text: str) -> str:
    return trusted_html(CONVERTER.reset().convert(text).replace("\n", ""))


def marked(*items: str) -> str:
    return '<ul class="typed-marks" role="list">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def mark(sign: str) -> str:
    return f'<span class="typed-mark">{sign}</span>'


def test_the_letter_stands_apart_from_words_that_are_markdown() -> None:
    shown = html("- đ) **Hỏi** *ai*\n- e) [một](hai)")
    assert shown == marked(
        f"{mark('đ)')} <strong>Hỏi</strong> <em>ai</em>", f'{mark("e)")} <a href="hai">một</a>'
    )


def test_items_of_several_paragraphs_and_lists_within_have_their_letters_too() -> None:
    shown = html("- a) Hỏi\n\n    Rồi nghe.\n\n- b) Ghi\n    - i) Ai\n    - ii) Gì")
    within = marked(f"{mark('i)')} Ai", f"{mark('ii)')} Gì")
    assert shown.startswith(marked(f"<p>{mark('a)')} Hỏi</p><p>Rồi nghe.</p>").removesuffix("</ul>"))
    assert within in shown


def test_a_number_that_would_open_a_list_is_typed_with_a_backslash() -> None:
    assert html("- 2\\. Hỏi\n- 4\\. Ghi") == "<ul><li>2. Hỏi</li><li>4. Ghi</li></ul>"
    assert html("- 1\\. Hỏi\n- 4\\. Ghi") == marked(f"{mark('1.')} Hỏi", f"{mark('4.')} Ghi")


def test_a_list_with_letters_in_some_items_becomes_one_list_of_each_kind() -> None:
    shown = html("- a) Hỏi\n- b) Ghi\n- Về\n\nSau.")
    letters = marked(f"{mark('a)')} Hỏi", f"{mark('b)')} Ghi")
    assert shown == f"{letters}<ul><li>Về</li></ul><p>Sau.</p>"


@pytest.mark.parametrize(
    "text", ["- 3.5 triệu\n- 9 hộ", "- A. Tuấn\n- Lan", "- v.v.\n- TP.HCM", "- 👉 Gọi\n- 5 người"]
)
def test_a_bullet_that_only_looks_like_one_stays_a_bullet(text: str) -> None:
    assert "typed-mark" not in html(text)

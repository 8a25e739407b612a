"""A tick or a cross that begins a head of a table or a line of a list tells what to do, or not to do."""

from __future__ import annotations

import pytest

from taphuan.render.text.tree import parse, written


def signs(*heads: str) -> list[str | None]:
    """Returns the class of each head of a table, as a page or a sheet has it."""
    text = "\n".join("|" + "|".join(row) + "|" for row in (heads, ["---"] * len(heads), ["a"] * len(heads)))
    return [head.get("class") for head in parse(text).iter("th")]


def test_heads_are_marked_by_the_sign_that_their_author_typed() -> None:
    assert signs("✗ Câu buột miệng", "Người ta nghe thành", "✓ Nói thay") == ["avoid", None, "do"]


def test_a_sign_stays_in_the_words_of_its_head() -> None:
    shown = written(parse("| ✓ Nên hỏi | ✗ Không hỏi |\n|---|---|\n| a | b |"))
    assert '<th class="do"><span class="typed-mark">✓</span> Nên hỏi</th>' in shown


def test_signs_pasted_as_pictures_of_a_phone_count_too() -> None:
    assert signs("✅ Nên hỏi", "❌ Không hỏi") == ["do", "avoid"]


@pytest.mark.parametrize("heads", [("✓", "✗"), ("Nên hỏi", "Không hỏi"), ("□ Có", "□ Không")])
def test_heads_of_a_sign_alone_or_of_words_alone_stay_as_they_are(heads: tuple[str, ...]) -> None:
    assert signs(*heads) == [None, None]


def test_lines_of_a_list_are_marked_by_their_sign() -> None:
    items = parse("- ✗ **Khoan hỏi:** a\n- ✓ **Nên hỏi:** b\n- Ở bên em.").iter("li")
    assert [item.get("class") for item in items] == ["avoid", "do", None]


def test_a_list_keeps_the_signs_of_its_lines_as_they_were_typed() -> None:
    assert written(parse("✓ Nghe.\n✗ Hỏi dồn.")) == (
        '<ul class="typed-marks" role="list">\n<li class="do"><span class="typed-mark">✓</span> Nghe.</li>\n'
        '<li class="avoid"><span class="typed-mark">✗</span> Hỏi dồn.</li>\n</ul>'
    )

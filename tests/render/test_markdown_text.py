"""Texts as HTML: what needs no converter comes out as the converter would have it."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programmes import Edit

from taphuan.programme.loader import load
from taphuan.render.text.paper import Notes
from taphuan.render.text.prose import Prose
from taphuan.render.text.tree import EXTENSION_CONFIGS, EXTENSIONS, PLAIN

CONVERTER = markdown.Markdown(
    extensions=list(EXTENSIONS),
    extension_configs={
        name: dict(options) for name, options in EXTENSION_CONFIGS.items() if name in EXTENSIONS
    },
)
MARKS = st.sampled_from(" .,!?#|~-+=:;\"'()[]{}<>*_`\\/%&@\n\t\N{NO-BREAK SPACE}“”–…")
LETTERS = st.sampled_from("aằĐể1 ")
NO_MARKUP = str.maketrans("", "", "\\`*_[<>&{\n\t")


#: Texts that begin with a letter: most of them are plain, so that few are thrown away.
TEXTS = st.lists(MARKS | LETTERS, max_size=20).map(lambda rest: "a" + "".join(rest).translate(NO_MARKUP))


@given(TEXTS.filter(PLAIN.fullmatch))
def test_a_plain_text_is_what_markdown_makes_of_it(text: str) -> None:
    assert CONVERTER.reset().convert(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "*nghiêng*",
        "a < b",
        "Luật & lệnh",
        "1. Một",
        "- Một",
        "Một\nHai",
        "`mã`",
        "[một](hai)",
        "hết \\*",
        "{: .a}",
    ],
)
def test_what_may_be_markdown_goes_to_the_converter(text: str) -> None:
    assert not PLAIN.fullmatch(text)


def test_a_sentence_is_inline_without_its_paragraph(good: Path) -> None:
    programme = load(good).programme
    assert programme is not None
    prose = Prose(programme)
    assert (
        prose.inline("Gọi 111, ngày hay đêm đều có người nghe.", "")
        == "Gọi 111, ngày hay đêm đều có người nghe."
    )
    assert prose.inline("Gọi **ngay** số 111.", "") == "Gọi <strong>ngay</strong> số 111."


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Một.\n<!-- taphuan: allow long-sentence vì trích -->\nHai.", "<p>Một.\nHai.</p>"),
        ("Một. <!-- taphuan: allow long-sentence vì trích -->\n\nHai.", "<p>Một.</p>\n<p>Hai.</p>"),
        ("<!-- taphuan: allow long-sentence vì trích -->\nMột.", "<p>Một.</p>"),
    ],
)
def test_a_silence_is_not_shown_and_joins_no_paragraphs(good: Path, written: str, html: str) -> None:
    programme = load(good).programme
    assert programme is not None
    assert Prose(programme).print_html(written, Notes()) == html


def test_a_citation_in_a_plain_sentence_is_a_raised_number_on_paper(good: Path) -> None:
    """Such a sentence needs no converter, and its number was left as two signs that nobody can read."""
    programme = load(good).programme
    assert programme
    notes = Notes()
    printed = Prose(programme).print_inline("Giữ nguồn nước [@nd-moi:3].", notes)
    assert 'href="#note-1"' in printed
    assert not set(printed) & {"\ufdd0", "\ufdd1"}
    assert [note.words for note in notes.notes] == ["Nghị định 2/2025, Điều 3"]


def test_a_line_without_notes_below_it_has_its_citations_in_words(good: Path) -> None:
    programme = load(good).programme
    assert programme
    written = "Đọc [@nd-moi:3], [@nd-moi:8.6] và [@nd-cu:4|cũ], rồi gọi [contact:to-cap-nuoc]."
    assert Prose(programme).print_line(written) == (
        "Đọc (Nghị định 2/2025, Điều 3), (Nghị định 2/2025, Điều 8 khoản 6, chưa kiểm) và "
        "(Nghị định 1/2020, Điều 4, văn bản cũ), rồi gọi <strong>Tổ cấp nước (0900)</strong>."
    )


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Nhắc [term:nuoc-sach][@nd-moi:3].", "Nhắc nước sạch (Nghị định 2/2025, Điều 3)."),
        ("Xem [1][@nd-moi:3] nhé.", "Xem [1] (Nghị định 2/2025, Điều 3) nhé."),
    ],
)
def test_a_citation_in_words_makes_no_link_of_what_stands_before_it(
    good: Path, written: str, printed: str
) -> None:
    programme = load(good).programme
    assert programme
    assert Prose(programme).print_line(written) == printed


def test_the_link_of_a_number_that_nobody_has_called_has_no_note_of_editors(good: Path) -> None:
    """It is on no help page, so no link leads there. A sheet says it, a lesson below its text."""
    programme = load(good).programme
    assert programme
    prose = Prose(programme)
    written = "Hỏi [contact:so-chua-goi-thu]."
    shown = prose.inline(written, "khoa-hoc/nuoc/bai/")
    assert "Số chờ thử (0901)" in shown
    assert 'href="tel:0901"' in shown
    assert (
        prose.print_inline(written, Notes())
        == "Hỏi <strong>Số chờ thử (0901, gọi thử trước khi dùng)</strong>."
    )


def test_a_channel_that_is_not_on_the_help_page_is_no_link(good: Path, edit: Edit) -> None:
    old, new = '    number: "0900"\n    display: 0900\n', "    on_help_page: false\n"
    edit(good, "content/programme/contacts.yml", old, new)
    programme = load(good).programme
    assert programme
    assert Prose(programme).inline("Gọi [contact:to-cap-nuoc].", "") == "Gọi <strong>Tổ cấp nước</strong>."


def test_a_number_that_may_not_be_told_is_said_nowhere(good: Path) -> None:
    """It is a finding, but a preview shows the text all the same."""
    programme = load(good).programme
    assert programme
    prose = Prose(programme)
    assert "0902" not in prose.inline("Gọi [contact:so-noi-bo].", "")
    assert "0902" not in prose.print_inline("Gọi [contact:so-noi-bo].", Notes())
    assert "0900" in prose.inline("Gọi [contact:to-cap-nuoc].", "")

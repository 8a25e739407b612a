"""One spelling to compare, one to keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taphuan.roster_import.vocabulary import (
    LONGEST_QUOTE,
    capitalised,
    comparable,
    plain,
    quoted,
    without_unseen,
    words,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Lò  Văn\tÁnh ", "Lò Văn Ánh"),
        ("Lò\u00a0Văn\u2003Ánh", "Lò Văn Ánh"),
        ("Lò\nVăn Ánh", "Lò Văn Ánh"),
        (unicodedata.normalize("NFD", "Lò Văn Ánh"), "Lò Văn Ánh"),
        ("L\u200bò\ufeff Văn\u00ad Ánh", "Lò Văn Ánh"),
        ("\u202eÁnh\x00", "Ánh"),
        ("", ""),
        ("\u00a0", ""),
    ],
)
def test_a_plain_text_is_composed_and_single_spaced(typed: str, kept: str) -> None:
    assert plain(typed) == kept


@settings(deadline=None)
@given(st.text())
def test_plain_is_final(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@settings(deadline=None)
@given(st.text())
def test_a_quote_is_never_long_and_always_encodable(text: str) -> None:
    assert len(quoted(text)) <= LONGEST_QUOTE
    quoted(text).encode()


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Pa Khoá", "pa khóa"),
        ("Hoà", "HÒA"),
        ("Thuý", "Thúy"),
        ("Sùng  A  Chứ", "sùng a chứ"),
        ("H’Mông", "H'mông"),
        ("Mường Tè", unicodedata.normalize("NFD", "Mường Tè")),
    ],
)
def test_spellings_of_one_word_compare_equal(text: str, other: str) -> None:
    assert comparable(text) == comparable(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [("Nậm Cha", "Nậm Chà"), ("Pa Ủ", "Pa Ú"), ("Pa Ủ", "Pa U"), ("Bum Nưa", "Bum Nua"), ("Hoa", "Hóa")],
)
def test_marks_tell_words_apart(text: str, other: str) -> None:
    assert comparable(text) != comparable(other)


def test_words_leave_out_punctuation_and_joining_words() -> None:
    assert words("Sở Giáo dục và Đào tạo") == words("Sở Giáo dục & Đào tạo.")
    assert words("X. Mường-Tè") == words("x Mường Tè")
    assert words(" – ") == ()


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("LÒ VĂN ÁNH", "Lò Văn Ánh"),
        ("lò văn ánh", "Lò Văn Ánh"),
        ("GIÀNG A CHỨ", "Giàng A Chứ"),
        ("ĐÈO THỊ ĐÀO", "Đèo Thị Đào"),
        ("H'MÔNG THỊ DỢ", "H'Mông Thị Dợ"),
        ("MÙA-A CỨ", "Mùa-A Cứ"),
        ("ÂU ỨNG", "Âu Ứng"),
        ("Lò Văn Ánh", "Lò Văn Ánh"),
    ],
)
def test_a_name_has_a_capital_at_each_syllable(written: str, usual: str) -> None:
    assert capitalised(written) == usual


def test_only_what_cannot_be_seen_is_taken_away() -> None:
    assert without_unseen("a\u200bb\tc\x07") == "ab\tc"
    assert without_unseen("Lò Văn") == "Lò Văn"

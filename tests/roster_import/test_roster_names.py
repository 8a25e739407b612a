"""Names and positions as typed: what is mended with a word, and what is asked back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taphuan.roster_import.grid import GridCell
from taphuan.roster_import.person_names import clean_name, clean_position, clean_text

MENDED = [
    ("Lò Văn Ánh", "Lò Văn Ánh", []),
    ("Giàng A Sử", "Giàng A Sử", []),
    ("H'Mông Thị Dợ", "H'Mông Thị Dợ", []),
    ("H’Mông Thị Dợ", "H'Mông Thị Dợ", []),
    ("Mùa-A Cứ", "Mùa-A Cứ", []),
    (" Lò Văn Ánh ", "Lò Văn Ánh", ["stray-spaces"]),
    ("Lò  Văn Ánh", "Lò Văn Ánh", ["stray-spaces"]),
    ("Lò\u00a0Văn\u00a0Ánh", "Lò Văn Ánh", ["stray-spaces"]),
    ("Lò Văn\nÁnh", "Lò Văn Ánh", ["stray-spaces"]),
    ("Lò Văn\u200b Ánh\ufeff", "Lò Văn Ánh", ["unseen-characters"]),
    (unicodedata.normalize("NFD", "Lò Văn Ánh"), "Lò Văn Ánh", ["decomposed-letters"]),
    ("LÒ VĂN ÁNH", "Lò Văn Ánh", ["name-in-capitals"]),
    ("lò văn ánh", "Lò Văn Ánh", ["name-in-small-letters"]),
    ("Lò văn Ánh", "Lò Văn Ánh", ["name-in-small-letters"]),
    ("Lò Văn ÁNH", "Lò Văn Ánh", ["name-in-small-letters"]),
    ("Ông Lò Văn Ánh", "Lò Văn Ánh", ["honorific"]),
    ("Bà: Chẻo Mẩy", "Chẻo Mẩy", ["honorific"]),
    ("Đ/c Lò Văn Ánh", "Lò Văn Ánh", ["honorific"]),
    ("ThS.BS. Lò Văn Ánh", "Lò Văn Ánh", ["honorific"]),
    ("BSCKI Lò Văn Ánh", "Lò Văn Ánh", ["honorific"]),
    ("Thiếu tá Lò Văn Ánh", "Lò Văn Ánh", ["honorific"]),
    ("Đ/úy Nguyễn Tá Quyền", "Nguyễn Tá Quyền", ["honorific"]),
    ("Lò Văn Ánh (nữ)", "Lò Văn Ánh", ["honorific"]),
    ("Lò Văn Ánh - 0912 345 678", "Lò Văn Ánh", ["name-cut"]),
    ("12. Lò Văn Ánh", "Lò Văn Ánh", ["numbered-name"]),
    ("Họ tên: Lò Văn Ánh", "Lò Văn Ánh", ["name-cut"]),
    ("Lò Văn Ánh - 1990", "Lò Văn Ánh", ["name-cut"]),
    ("Ông Thị Ánh", "Ông Thị Ánh", ["honorific-or-family"]),
    ("Ông Lò Ánh", "Lò Ánh", ["honorific-or-family"]),
    ("Bà: Lò Ánh", "Lò Ánh", ["honorific"]),
    ("Bá Văn Dư", "Bá Văn Dư", []),
    ("Đồng chí LÒ VĂN ÁNH", "Lò Văn Ánh", ["honorific", "name-in-capitals"]),
    ("Ánh", "Ánh", ["one-word-name"]),
    ("Phó Đức Chính", "Phó Đức Chính", []),
    ("Vi Trí", "Vi Trí", []),
    (
        unicodedata.normalize("NFD", " LÒ\u00a0VĂN ÁNH"),
        "Lò Văn Ánh",
        ["decomposed-letters", "stray-spaces", "name-in-capitals"],
    ),
]

ASKED = [
    ("Lò Văn Ánh 2", "number-for-name"),
    ("0912345678", "number-for-name"),
    ("Lò Văn Ánh\nChẻo Láo Mẩy", "several-names"),
    ("NguyÔn V¨n Anh", "odd-letters"),
    ("Nguyeãn Vaên A~", "odd-letters"),
    ("Lò Văn Ánh; Chẻo Mẩy", "odd-letters"),
    ("anh@example.vn", "odd-letters"),
    ("Лò Văn Ánh", "odd-letters"),
    ("Lò V. Ánh", "odd-letters"),
    ("-", "no-name"),
    ("Phó Chủ tịch", "no-name"),
    ("Khuyết", "no-name"),
    ("Chưa có", "no-name"),
    ("x", "no-name"),
    ("Lò Văn Ánh - Mùa A Dê", "several-names"),
    ("Lò Văn Ánh     Mùa A Dê", "several-names"),
    ("CHỦ TỊCH HỘI LHPN", "no-name"),
    ("Xã Nậm Tăm", "no-name"),
    ("Đơn vị", "no-name"),
    ("Lò " * 30, "name-too-long"),
]


def codes(notices: tuple[object, ...]) -> list[str]:
    return [notice.code for notice in notices]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("typed", "kept", "said"), MENDED)
def test_a_name_is_brought_to_its_usual_form(typed: str, kept: str, said: list[str]) -> None:
    cleaned = clean_name(GridCell(text=typed))
    assert (cleaned.text, codes(cleaned.notices)) == (kept, said)


@pytest.mark.parametrize(("typed", "code"), ASKED)
def test_what_may_be_no_name_is_asked_back(typed: str, code: str) -> None:
    cleaned = clean_name(GridCell(text=typed))
    assert cleaned.text is None
    assert codes(cleaned.notices)[-1] == code


def test_the_proposed_spelling_is_shown_beside_the_typed_one() -> None:
    (notice,) = clean_name(GridCell(text="LÒ VĂN ÁNH")).notices
    assert notice.values == {"written": "LÒ VĂN ÁNH", "proposed": "Lò Văn Ánh"}


def test_letters_of_an_old_font_are_named() -> None:
    (notice,) = clean_name(GridCell(text="NguyÔn V¨n ¸nh")).notices
    assert notice.values["letters"] == "¨ ¸"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("formula", "formula-cell"),
        ("error", "error-cell"),
        ("date", "date-cell"),
        ("flag", "not-text"),
        ("overlong", "cell-too-long"),
    ],
)
def test_a_cell_of_another_kind_is_asked_back(kind: str, code: str) -> None:
    cell = GridCell(text="Lò Văn Ánh", kind=kind)  # type: ignore[arg-type]
    for clean in (clean_text, clean_name, clean_position):
        cleaned = clean(cell)
        assert (cleaned.text, codes(cleaned.notices)) == (None, [code])


@pytest.mark.parametrize(
    "text",
    ["0912345678", "Y sĩ 0912 345 678", "CCCD 012345678901", "Y sĩ, anh@example.vn", "TK 1234.5678.9012"],
)
def test_a_position_with_private_numbers_is_refused_without_quoting_them(text: str) -> None:
    cleaned = clean_position(GridCell(text=text))
    assert cleaned.text is None
    assert codes(cleaned.notices) == ["private-number"]


@pytest.mark.parametrize(
    "text", ["Tổ trưởng tổ 5", "Phó Chủ tịch", "Cán bộ (mảng 138)", "PC02", "Công an viên 1"]
)
def test_a_position_may_have_small_numbers(text: str) -> None:
    assert clean_position(GridCell(text=text)).text == text


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GridCell(text="12", kind="number"), "number-for-position"),
        (GridCell(text="…"), "number-for-position"),
        (GridCell(text="cán bộ " * 40), "position-too-long"),
    ],
)
def test_a_position_without_words_or_with_too_many_is_asked_back(cell: GridCell, code: str) -> None:
    cleaned = clean_position(cell)
    assert cleaned.text is None
    assert codes(cleaned.notices)[-1] == code


@settings(deadline=None)
@given(st.text(min_size=1))
def test_any_text_is_kept_or_asked_back(text: str) -> None:
    for clean in (clean_name, clean_position):
        cleaned = clean(GridCell(text=text))
        assert cleaned.text is None or not any(letter in "\t\n\r\u00a0" for letter in cleaned.text)
        assert cleaned.text is not None or cleaned.notices


@settings(deadline=None)
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ AĐÁ'-", min_size=1, max_size=40))
def test_a_kept_name_would_be_kept_again_without_a_word_on_its_letters(text: str) -> None:
    kept = clean_name(GridCell(text=text)).text
    assume(kept)
    again = clean_name(GridCell(text=str(kept)))
    assert again.text == kept
    assert set(codes(again.notices)) <= {"one-word-name"}

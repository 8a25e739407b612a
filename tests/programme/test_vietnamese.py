"""Vietnamese is folded, named, counted and cut into sentences as its readers do."""

from __future__ import annotations

import ast
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import REPOSITORY

import taphuan
from taphuan.programme.vietnamese import (
    alphabetical,
    folded,
    lowered,
    sentences,
    slug,
    syllables,
    written_day,
)

ANY_TEXT = st.text() | st.text(alphabet="aăâàáảãạbdđeêiouơưy ĐÊƠƯÂĂ-.?!\n“”", max_size=60)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đào tạo", "dao tao"),
        ("ĐƯỜNG DÂY NÓNG", "duong day nong"),
        ("Nghị định 282/2025/NĐ-CP", "nghi dinh 282/2025/nd-cp"),
        ("ưỡn ẹo ỵ", "uon eo y"),
        (unicodedata.normalize("NFD", "Thẩm quyền"), "tham quyen"),
    ],
)
def test_folding_takes_away_every_mark(text: str, bare: str) -> None:
    assert folded(text) == bare


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đào tạo", "dao-tao"),
        ("  Mức phạt: 1–2 triệu!  ", "muc-phat-1-2-trieu"),
        ("II.2.1.đ", "ii-2-1-d"),
        ("???", ""),
    ],
)
def test_a_slug_is_what_an_address_can_hold(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_slug_is_joined_as_the_table_of_contents_asks() -> None:
    assert slug("Đào tạo", "_") == "dao_tao"


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_folding_twice_is_folding_once_and_does_not_mind_how_letters_are_typed(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))
    assert not any(unicodedata.combining(mark) for mark in folded(text))
    if text.isascii() or all(letter in "ăâđêôơưĂÂĐÊÔƠƯ" or letter.isascii() for letter in text):
        assert folded(folded(text)) == folded(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_a_slug_is_ascii_and_its_own_slug(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))
    assert slug(slug(text)) == slug(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="İẞßǅΣἙaĐ"))
def test_lowering_leaves_every_letter_where_it_was(text: str) -> None:
    assert len(lowered(text)) == len(text)
    assert lowered("ĐƯỜNG İ " + text).startswith("đường")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Phòng, chống mại dâm", 4),
        ("Nghị định 282/2025/NĐ-CP", 3),
        ("Từ 1–2 triệu đồng", 4),
        ("- một\n- hai", 2),
        ("Gọi 111 – miễn phí", 4),
        ("một\N{NO-BREAK SPACE}hai", 2),
        ("**đậm** | `mã`", 2),
    ],
)
def test_tieng_are_what_stands_between_spaces(text: str, count: int) -> None:
    assert syllables(text) == count


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("Một. Hai! Ba? Bốn…", ("Một.", "Hai!", "Ba?", "Bốn…")),
        ("Một… rồi hai.", ("Một…", "rồi hai.")),
        ("“Một.” Hai.", ("“Một.", "Hai.")),
        ("Ở TP. Lai Châu có ThS. An.", ("Ở TP. Lai Châu có ThS. An.",)),
        ("Mức 1.000.000 đồng. Rồi thôi.", ("Mức 1.000.000 đồng.", "Rồi thôi.")),
        ("Theo khoản 1.\nĐiều 5.", ("Theo khoản 1.", "Điều 5.")),
        ("- Một\n- Hai", ("- Một", "- Hai")),
        ("Việc:\n1. Một\n2. Hai", ("Việc:", "1. Một", "2. Hai")),
        ("a | b", ("a", "b")),
        ("Một\nhai", ("Một\nhai",)),
        ("Một\n \nhai", ("Một", "hai")),
    ],
)
def test_a_text_is_cut_where_a_reader_takes_breath(text: str, pieces: tuple[str, ...]) -> None:
    assert sentences(text) == pieces


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_cutting_loses_no_word(text: str) -> None:
    assert "".join(re.findall(r"\w", "".join(sentences(text)))) == "".join(re.findall(r"\w", text))
    assert sum(map(syllables, sentences(text))) >= 0


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 9, 3), "03/9/2026"),
        (date(2026, 3, 20), "20/3/2026"),
        (date(2027, 2, 14), "14/02/2027"),
        (date(2027, 1, 1), "01/01/2027"),
        (date(2026, 11, 25), "25/11/2026"),
    ],
)
def test_a_day_has_a_nought_before_days_under_ten_and_the_first_two_months(day: date, written: str) -> None:
    assert written_day(day) == written


def test_words_stand_as_in_a_dictionary() -> None:
    words = ["dữ liệu", "đồng đẳng viên", "định kiến", "AIDS", "bạo lực", "bán dâm", "ăn", "ấm"]
    assert sorted(words, key=alphabetical) == [
        "AIDS",
        "ăn",
        "ấm",
        "bán dâm",
        "bạo lực",
        "dữ liệu",
        "định kiến",
        "đồng đẳng viên",
    ]


def test_units_stand_as_in_a_dictionary() -> None:
    order = [
        "Phường Đoàn Kết",
        "Phường Tân Phong",
        "Xã Bản Bo",
        "Xã Bình Lư",
        "Xã Bum Nưa",
        "Xã Bum Tở",
        "Xã Dào San",
        "Xã Đa Phước",
        "Xã Hồng Thu",
        "Xã Hua Bum",
        "Xã Nậm Hàng",
        "Xã Nậm Mạ",
        "Xã Than Uyên",
        "Xã Thu Lũm",
    ]
    assert sorted(sorted(order), key=alphabetical) == order


def test_tones_follow_the_letters_in_the_order_of_a_dictionary() -> None:
    order = ["la", "là", "lả", "lã", "lá", "lạ", "lan", "làn", "lăn", "lân"]
    assert sorted(sorted(order), key=alphabetical) == order
    decomposed = [unicodedata.normalize("NFD", word) for word in order]
    assert sorted(sorted(decomposed), key=alphabetical) == decomposed


def by_code_point(call: ast.Call) -> bool:
    """Whether a call sorts by a name as it is written."""
    how = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    keys = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
    if how not in {"sorted", "sort"} or not keys:
        return False
    inside = {part for part in ast.walk(keys[0]) if isinstance(part, ast.Attribute | ast.Name)}
    written = {part.attr if isinstance(part, ast.Attribute) else part.id for part in inside}
    return bool(written & {"name", "full_name"}) and "alphabetical" not in written


@pytest.mark.parametrize("room", ["service", "reports", "roster_import", "records"])
def test_no_list_is_sorted_by_a_name_as_it_is_written(room: str) -> None:
    modules = sorted((Path(taphuan.__file__).parent / room).rglob("*.py"))
    sorted_by_code_point = [
        (path.name, node.lineno)
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and by_code_point(node)
    ]
    assert modules
    assert sorted_by_code_point == []


def test_catalogues_are_read_in_one_place() -> None:
    modules = (REPOSITORY / "generator").rglob("*.py")
    readers = [path.name for path in modules if "tomllib" in path.read_text(encoding="utf-8")]
    assert readers == ["catalogue.py"]

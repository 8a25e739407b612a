"""Files as they come from editors, telephones and mistakes are read or told of."""

from __future__ import annotations

import copy
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from broken_samples import (
    AUDIENCES,
    BANK,
    CAMPAIGN,
    CHARTER,
    COURSE,
    LAW,
    LESSON,
    PAGE,
    PICTURES,
    SECOND,
    UNITS,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programmes import Edit, FindingsOf, codes

from taphuan.programme.loader import LoadResult, load

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


def rewrite(root: Path, change: object) -> None:
    """Every file of text as `change` makes it, from bytes to bytes."""
    for path in root.rglob("*"):
        if path.is_file():
            path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]


# --- files as they come ------------------------------------------------------------------------


def test_a_byte_order_mark_and_windows_line_ends_are_nobodys_mistake(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme == before


def test_old_mac_line_ends_are_line_ends(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: raw.replace(b"\n", b"\r"))
    assert load(good).programme == before


def test_letters_typed_apart_from_their_marks_are_put_together_with_one_warning_a_file(good: Path) -> None:
    before = load(good).programme
    rewrite(good, lambda raw: unicodedata.normalize("NFD", raw.decode()).encode())
    loading = load(good)
    assert loading.programme == before
    assert set(codes(loading)) == {"not-nfc"}
    files = [finding.file for finding in loading.findings]
    assert len(files) == len(set(files)) == 25
    assert not loading.has_errors


def test_the_place_of_a_finding_is_the_same_whatever_the_line_ends(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, LESSON, "ai cũng giữ [@nd-moi:3]", "ai cũng giữ [@nd-mi:3]")
    before = findings_of(good)
    rewrite(good, lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert findings_of(good) == before


@pytest.mark.parametrize(("file", "wanted"), [(CAMPAIGN, "các từ khóa"), (AUDIENCES, "các từ khóa")])
@pytest.mark.parametrize("written", ["- một\n- hai\n", "chỉ là chữ\n"])
def test_a_file_that_is_not_made_of_keys_is_said_to_be_so(
    good: Path, file: str, wanted: str, written: str, findings_of: FindingsOf
) -> None:
    (good / file).write_text(written, encoding="utf-8")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file, finding.line) == ("keys-wanted", file, 1)
    assert finding.message.startswith(f"“tệp này” cần là {wanted}, ")


@pytest.mark.parametrize("front", ["---\n---\n", "---\n# sẽ viết sau\n---\n", "---\n\n---\n"])
def test_front_matter_without_a_key_is_not_taken_for_a_page_that_is_not_there(
    good: Path, front: str, findings_of: FindingsOf
) -> None:
    (good / SECOND).write_text(f"{front}Nội dung.\n", encoding="utf-8")
    (finding,) = findings_of(good)
    assert (finding.code, finding.file) == ("no-front-matter", SECOND)


def test_a_rule_of_dashes_in_a_text_does_not_end_the_front_matter(good: Path, edit: Edit) -> None:
    edit(good, LESSON, "  Hỏi học viên trước khi mở hình.", "  Hỏi trước.\n  ---\n  Rồi mở hình.")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert "---" in (loading.programme.lessons["nuoc-sach/giu-nguon-nuoc"].trainer_notes or "")


def test_a_key_named_as_a_choice_of_a_union_confuses_nobody(
    good: Path, edit: Edit, findings_of: FindingsOf
) -> None:
    edit(good, BANK, "  thu-tu-bao-tin:\n", "  ordering:\n")
    line, column = edit(good, BANK, "      ngung: {text: Ngừng dùng nước,", "      «ngung: {")
    edit(good, SECOND, "thu-tu-bao-tin]", "ordering]")
    (finding,) = findings_of(good)
    assert (finding.code, finding.line, finding.column) == ("missing-key", line, column)


# --- whatever a file may hold ------------------------------------------------------------------


FILES = (CHARTER, UNITS, AUDIENCES, LAW, COURSE, LESSON, BANK, CAMPAIGN, PICTURES, PAGE)


NASTY = (
    "\0", "\ufeff", "\t", "---\n", "&x ", "*x", "!!int ", "{{", "<b", "[@", "]", "](", "[", "{", "}",
    ": ", "\n", "\n  - ", "'", '"', "`", "```\n", "|", ">-", "#", "% ", "~", "null", "given: x\n",
    "<!--", "taphuan:", "\u2028", "İ", "ß", "e\u0301", "https://[", "99999999999", "%s", "{x}", "\\",
    "💧", "=====", "[a]: b\n", "\u202e",
)  # fmt: skip


def assert_sound(loading: LoadResult) -> None:
    assert loading.programme is not None or loading.has_errors
    for finding in loading.findings:
        assert finding.line >= 1
        assert finding.column >= 1
        assert finding.message
        assert finding.fix
    assert list(loading.findings) == sorted(loading.findings, key=lambda finding: finding.order)


@settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    file=st.sampled_from(FILES),
    start=st.floats(0, 1),
    length=st.integers(0, 40),
    put=st.lists(st.sampled_from(NASTY), max_size=3).map("".join) | st.text(max_size=20),
)
def test_no_slip_of_the_hand_makes_loading_fail(
    good: Path, file: str, start: float, length: int, put: str
) -> None:
    path = good / file
    before = path.read_bytes()
    text = before.decode()
    at = int(start * len(text))
    path.write_bytes((text[:at] + put + text[at + length :]).encode("utf-8", "replace"))
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)


@settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(file=st.sampled_from(FILES), raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_whatever_it_holds_makes_loading_fail(good: Path, file: str, raw: bytes) -> None:
    path = good / file
    before = path.read_bytes()
    path.write_bytes(raw)
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)


def paths(value: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Of everything inside a value, the way that leads to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(path for key, item in inner for path in paths(item, (*above, key)))]


def put(value: Any, path: tuple[str | int, ...], other: object) -> Any:
    for part in path[:-1]:
        value = value[part]
    if isinstance(other, str) and other.startswith("key:") and isinstance(value, dict):
        value[other] = value.pop(path[-1])
    else:
        value[path[-1]] = other


@settings(
    derandomize=True,
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    file=st.sampled_from([file for file in FILES if file.endswith(".yml")]),
    where=st.floats(0, 0.999),
    other=st.sampled_from(
        [
            "",
            "x",
            "true",
            "key: x",
            [],
            ["x"],
            [[[]]],
            {},
            {"a": "b"},
            {"kind": "poster"},
            {"kind": ["x"]},
            [{}],
        ]
    ),
)
def test_a_value_of_another_shape_is_a_finding_wherever_it_stands(
    good: Path, file: str, where: float, other: object
) -> None:
    path = good / file
    before = path.read_bytes()
    value = yaml.load(before, yaml.CBaseLoader)
    ways = [way for way in paths(value) if way]
    put(value, ways[int(where * len(ways))], copy.deepcopy(other))
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        assert_sound(load(good))
    finally:
        path.write_bytes(before)

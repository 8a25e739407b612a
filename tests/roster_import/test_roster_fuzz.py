"""Whatever is sent, there is an answer in sentences and never an exception."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from old_font_texts import names, tcvn3, vni
from roster_lists import ANH, HEADINGS, MAY, parts_of, person, proposal, with_part, workbook
from test_roster_word import cell, raw, table

from taphuan.roster_import.file_reader import read_file
from taphuan.roster_import.proposal import TOPICS, Proposal

pytestmark = pytest.mark.slow

GOOD = workbook(ANH, MAY)
PARTS = sorted(parts_of(GOOD))
WORD = raw(table(HEADINGS, ANH, MAY))
AGREED = dict.fromkeys(TOPICS, True)
KNOWN = [person("p1", *ANH), person("p2", *MAY)]


def answered(content: bytes) -> Proposal:
    """The proposal, all that was inferred agreed to, which says why where there is nothing to freeze."""
    proposed = proposal(content, KNOWN, answers=AGREED)
    assert proposed.can_be_frozen or proposed.problems
    for finding in proposed.findings:
        assert finding.message
        assert finding.fix
        (finding.message + finding.fix + finding.worksheet).encode()
    return proposed


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_never_raise(content: bytes) -> None:
    answered(content)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n", b"\xd0\xcf\x11\xe0", b"<"]),
    st.binary(max_size=300),
)
def test_random_bytes_after_a_known_beginning_never_raise(start: bytes, content: bytes) -> None:
    answered(start + content)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_workbook_with_changed_bytes_never_raises(changes: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD)
    for at, value in changes:
        content[at] = value
    answered(bytes(content))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)))
def test_a_workbook_with_a_piece_missing_never_raises(start: int, end: int) -> None:
    answered(GOOD[: min(start, end)] + GOOD[max(start, end) :])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PARTS), st.binary(max_size=200))
def test_a_part_of_random_bytes_never_raises(name: str, part: bytes) -> None:
    answered(with_part(GOOD, name, part))


@pytest.mark.parametrize("name", PARTS)
def test_a_part_with_its_tags_shuffled_never_raises(name: str) -> None:
    pieces = parts_of(GOOD)[name].split(b"<")
    for seed in range(12):
        shuffled = pieces[1:]
        random.Random(seed).shuffle(shuffled)
        answered(with_part(GOOD, name, b"<" + b"<".join(shuffled)))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_as_csv_never_raises(text: str) -> None:
    answered(text.encode("utf-8", "surrogatepass"))


#: What an XLSX can hold: no control characters.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    TEXT,
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELL, max_size=6), max_size=6))
def test_any_cells_under_the_headings_never_raise(rows: list[list[Any]]) -> None:
    answered(workbook(*rows, headings=(*HEADINGS, "Ghi chú", "Huyện", "Ngày sinh")))


@settings(max_examples=60, deadline=None)
@given(
    st.permutations([*HEADINGS, "STT", "Huyện", "Ngày sinh", "Họ", "Tên", "Cơ quan", "Ghi chú"]),
    st.integers(0, 10),
)
def test_any_order_and_choice_of_headings_never_raises(headings: list[str], count: int) -> None:
    answered(workbook(ANH, MAY, headings=headings[:count]))


AREA = st.tuples(st.integers(1, 6), st.integers(1, 4), st.integers(0, 3), st.integers(0, 2))


def test_any_merged_areas_lose_nobody_in_silence() -> None:
    frozen: list[int] = []
    rows = [
        ("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ"),
        ("Lò Văn Ón", "Y sĩ", "Xã Pa Ủ"),
        ("Lò Thị Só", "Y sĩ", "Xã Pa Ủ"),
    ]

    @settings(max_examples=80, deadline=None)
    @given(st.lists(AREA, max_size=4))
    @example([(6, 4, 0, 1)])
    @example([(2, 1, 0, 0), (1, 1, 1, 0)])
    def merge(areas: list[tuple[int, int, int, int]]) -> None:
        def shape(sheet: Any) -> None:
            for row, column, down, right in areas:
                sheet.merge_cells(
                    start_row=row, start_column=column, end_row=row + down, end_column=column + right
                )

        content = workbook(*rows, shape=shape)
        answer = answered(content)
        if answer.can_be_frozen:
            people = [row for grid in read_file(content, "a").grids for row in grid.rows if row.number > 1]
            assert len(answer.rows) == sum(1 for row in people if set(row.cells) & {1, 2, 3})
            frozen.append(len(areas))

    merge()
    assert any(frozen)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORD) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_a_document_with_changed_bytes_never_raises(changes: list[tuple[int, int]]) -> None:
    content = bytearray(WORD)
    for at, value in changes:
        content[at] = value
    answered(bytes(content))


def test_a_document_with_its_tags_shuffled_never_raises() -> None:
    for name, part in parts_of(WORD).items():
        pieces = part.split(b"<")[1:]
        for seed in range(40):
            random.Random(seed).shuffle(pieces)
            answered(with_part(WORD, name, b"<" + b"<".join(pieces)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(-2, 99), st.sampled_from(["", "restart", "x"])), max_size=4),
        max_size=4,
    )
)
def test_any_spans_and_merges_of_a_document_never_raise(rows: list[list[tuple[int, str]]]) -> None:
    about = '<w:gridSpan w:val="{}"/><w:vMerge w:val="{}"/>'
    written = ("".join(cell("Lò Văn Ánh", about.format(*each)) for each in row) for row in rows)
    answered(raw("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in written) + table(HEADINGS, ANH)[7:]))


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("too-many-rows", lambda: raw(table(HEADINGS, *((name,) for name in names(50_001))))),
        ("too-many-sheets", lambda: raw(table(HEADINGS, ANH) * 501)),
        ("broken-workbook", lambda: lying(WORD)),
    ],
)
def test_a_document_that_is_too_much_is_refused_by_name(code: str, content: Callable[[], bytes]) -> None:
    assert next(finding.code for finding in answered(content()).problems) == code


def lying(content: bytes) -> bytes:
    """The document with a main part that is larger than its directory says."""
    size = len(parts_of(content)["word/document.xml"])
    return content.replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little"))


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(max_codepoint=0xFF), max_size=300), st.sampled_from([tcvn3, vni]))
def test_letters_of_old_fonts_among_any_others_never_raise(text: str, typed: Callable[[str], str]) -> None:
    people = "\n".join(typed(f"{name};Xã Pa Ủ") for name in names(4))
    answered(f"{typed('Họ và tên;Đơn vị')}\n{people}\n{text}".encode("latin-1"))

"""No exported cell becomes a formula, and every cell has its address."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from taphuan.roster_import.findings import cell_address, cell_ranges, column_letters
from taphuan.roster_import.grid import FORMULA_STARTS, escape_formula, is_formula
from taphuan.roster_import.vocabulary import is_unseen

DANGEROUS = [
    "=1+1",
    "+84912",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝HYPERLINK(1)",
    "＋1",
    "－1",
    "＠x",
    "﹢1",
    "﹣1",
    "﹦1",
    "﹫x",
    "−5",
    " =1",
    "\u00a0=1",
    "\u200b=cmd|' /C calc'!A0",
    "\ufeff=1",
    "\u202e=1",
]
HARMLESS = ["", "Lò Văn Ánh", "Xã Pa Ủ", "12", "a=b", "Văn hóa – Xã hội", "(1)", "'=1", "'", " Lò", "Ông +"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert escape_formula(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text


@settings(deadline=None)
@given(st.text())
def test_a_safe_text_is_no_formula_and_stays_safe(text: str) -> None:
    found = escape_formula(text)
    assert not is_formula(found)
    assert escape_formula(found) == found
    assert found.removeprefix("'") == text.removeprefix("'") or found == text


@settings(deadline=None)
@given(st.text(min_size=1))
def test_whatever_starts_like_a_formula_after_blanks_is_one(text: str) -> None:
    visible = "".join(letter for letter in text if not is_unseen(letter))
    if visible[:1] in FORMULA_STARTS and visible:
        assert is_formula(text)


def test_a_csv_of_safe_cells_has_no_formula_when_read_back() -> None:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[escape_formula(text)] for text in DANGEROUS])
    cells = [row[0] for row in csv.reader(io.StringIO(buffer.getvalue(), newline="")) if row]
    assert all(cell.startswith("'") for cell in cells)


def test_openpyxl_takes_no_safe_cell_for_a_formula() -> None:
    sheet = openpyxl.Workbook().active
    sheet.append([escape_formula(text) for text in DANGEROUS])
    assert {cell.data_type for cell in sheet[1]} == {"s"}


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (0, "")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letters(column) == letters


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=18_278))
def test_columns_are_lettered_as_openpyxl_does(column: int) -> None:
    assert column_letters(column) == get_column_letter(column)


@pytest.mark.parametrize(("row", "column", "cell"), [(5, 3, "C5"), (0, 3, "C"), (5, 0, "5"), (0, 0, "")])
def test_an_address_may_be_a_whole_row_or_column(row: int, column: int, cell: str) -> None:
    assert cell_address(row, column) == cell


def test_addresses_below_each_other_are_a_range() -> None:
    assert cell_ranges(("D2", "D3", "D4", "D7", "AA7", "5", "6")) == ("D2:D4", "D7", "AA7", "5:6")
    assert cell_ranges(()) == ()

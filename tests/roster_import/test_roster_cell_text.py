"""Every cell has its address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from taphuan.roster_import.grid import Spot, cell_ranges, column_letters


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
    assert Spot(row=row, column=column).cell == cell


def test_addresses_below_each_other_are_a_range() -> None:
    assert cell_ranges(("D2", "D3", "D4", "D7", "AA7", "5", "6")) == ("D2:D4", "D7", "AA7", "5:6")
    assert cell_ranges(()) == ()

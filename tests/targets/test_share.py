"""Shares are exact, and never written as more than they are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taphuan.targets import Share


@pytest.mark.parametrize(
    ("numerator", "denominator", "text", "is_reached"),
    [
        (35, 38, "92,1%", True),
        (34, 38, "89,5%", False),
        (9, 10, "90,0%", True),
        (0, 38, "0,0%", False),
        (38, 38, "100,0%", True),
    ],
)
def test_a_share_has_one_decimal_after_a_comma(
    numerator: int, denominator: int, text: str, is_reached: bool
) -> None:
    share = Share(numerator=numerator, denominator=denominator, goal=90)
    assert (share.text, share.is_reached) == (text, is_reached)


def test_ninety_percent_of_38_communes_are_35() -> None:
    assert [Share(numerator=n, denominator=38, goal=90).gap for n in (33, 34, 35, 38)] == [2, 1, 0, 0]
    assert Share(numerator=34, denominator=38, goal=90).needed == 35


def test_rounding_never_lifts_a_share_onto_its_goal_or_onto_the_whole() -> None:
    assert Share(numerator=8_999, denominator=10_000, goal=90).text == "89,9%"
    assert Share(numerator=1_999, denominator=2_000).text == "99,9%"
    assert Share(numerator=8_999, denominator=10_000, goal=80).text == "90,0%"


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 100))
def test_what_is_written_reaches_the_goal_just_when_the_share_does(part: int, rest: int, goal: int) -> None:
    share = Share(numerator=part, denominator=part + rest, goal=goal)
    assert share.tenths is not None
    assert (share.tenths >= goal * 10) == share.is_reached
    assert share.tenths < 1000
    assert abs(share.tenths - Fraction(part * 1000, part + rest)) < 1
    assert (share.gap == 0) == share.is_reached


def test_nothing_has_no_share() -> None:
    share = Share(numerator=0, denominator=0, goal=90)
    assert (share.tenths, share.text, share.is_reached) == (None, "", None)


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 3)])
def test_a_part_is_never_more_than_the_whole(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        Share(numerator=numerator, denominator=denominator)

"""What everybody may see of persons: no count below five, and none that the total gives away."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from taphuan.targets import LEAST, Share, is_small, joined_counts, may_show, shown_totals

COUNTS = st.fixed_dictionaries({letter: st.integers(min_value=0, max_value=30) for letter in "ABCDE"})


@given(COUNTS)
def test_no_class_of_few_persons_stands_alone_and_none_is_lost(counts: dict[str, int]) -> None:
    shown = joined_counts(counts)
    assert not any(is_small(count) for count in shown.values())
    if not shown:
        # Nothing is left to join with: all of them together are too few, or one class alone is small.
        assert sum(counts.values()) < LEAST
        return
    assert sum(shown.values()) == sum(counts.values())
    assert sorted("".join(shown)) == sorted(counts)


@given(COUNTS)
def test_a_small_count_cannot_be_found_by_subtraction(counts: dict[str, int]) -> None:
    for letters in joined_counts(counts):
        if len(letters) > 1:
            assert sum(1 for letter in letters if counts[letter]) > 1
        else:
            assert not is_small(counts[letters])


@given(st.lists(st.integers(min_value=0, max_value=12), min_size=1, max_size=8))
def test_no_two_running_totals_that_are_shown_tell_of_a_few(new: list[int]) -> None:
    totals = list(accumulate(new))
    shown = shown_totals(totals)
    assert shown[-1]
    told = [total for total, is_shown in zip(totals, shown, strict=True) if is_shown]
    assert not any(is_small(after - before) for before, after in pairwise(told))


def test_a_total_is_kept_back_where_few_came_after_it_and_told_where_nobody_or_five_did() -> None:
    assert shown_totals([6, 8]) == (False, True)
    assert shown_totals([6, 11, 11]) == (True, True, True)
    assert shown_totals([6, 8, 12]) == (True, False, True)
    assert shown_totals([]) == ()


def test_the_smallest_are_joined_first_and_stand_in_their_order() -> None:
    assert joined_counts({"A": 31, "B": 30, "D": 3, "E": 4}) == {"A": 31, "B": 30, "DE": 7}
    assert joined_counts({"A": 31, "B": 30, "D": 0, "E": 4}) == {"A": 31, "D": 0, "BE": 34}
    assert joined_counts({"A": 0, "B": 2, "D": 0, "E": 1}) == {}


def test_a_share_is_shown_of_a_list_that_is_not_short_and_of_nobody_or_of_five() -> None:
    shown = [may_show(Share(numerator=part, denominator=10)) for part in (0, 1, 4, 5, 10)]
    assert shown == [True, False, False, True, True]
    assert not may_show(Share(numerator=0, denominator=4))

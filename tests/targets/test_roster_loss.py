"""From when on a shorter list has to be asked about."""

from __future__ import annotations

import pytest
from fixtures_targets import listed

from taphuan.targets import Comparison, UnitDifference


def compared(*units: tuple[int, int]) -> Comparison:
    """Two lists by their persons of each unit."""
    return Comparison(
        before=listed("a").roster,
        units=tuple(
            UnitDifference(unit=f"u{place}", before=before, now=now)
            for place, (before, now) in enumerate(units)
        ),
        shares=(),
        left=0,
        left_trained=0,
        joined=0,
    )


@pytest.mark.parametrize(
    ("before", "now", "is_loss"),
    [
        (384, 365, False),
        (384, 364, True),
        (20, 19, False),
        (19, 18, True),
        (6, 5, True),
        (5, 5, False),
        (5, 9, False),
    ],
)
def test_more_than_five_percent_less_is_a_loss(before: int, now: int, is_loss: bool) -> None:
    assert compared((before, now)).is_loss is is_loss


def test_a_whole_unit_is_a_loss_though_there_are_more_people() -> None:
    found = compared((3, 0), (10, 40))
    assert found.is_loss
    assert [unit.unit for unit in found.gone] == ["u0"]


def test_a_unit_that_had_nobody_is_none_that_vanished() -> None:
    assert not compared((0, 0), (10, 10)).is_loss


def test_nobody_at_all_is_a_loss() -> None:
    assert compared((1, 0)).is_loss

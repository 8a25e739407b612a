"""Communes that keep communicating."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fixtures_targets import COMMUNICATING, H1, H2, YEAR, activity, figures, programme, units

from taphuan.records.staff_entries import CommunicationActivity
from taphuan.targets import Communication, Figures, Period, Regular, measure_targets

SPRING, AUTUMN = date(2026, 4, 1), date(2026, 11, 1)


def measured(given: Figures, period: Period = YEAR, regular: Regular | None = None) -> Communication:
    settled = {"regular": regular} if regular else {}
    found = measure_targets(programme(communicating=COMMUNICATING, **settled), given, period)["communicating"]  # type: ignore[arg-type]
    assert isinstance(found, Communication)
    return found


def regular_communes(found: Communication) -> list[str]:
    return [one.unit for one in found.communes if one.is_regular]


def both_halves(unit: str) -> tuple[CommunicationActivity, ...]:
    return activity(unit, SPRING), activity(unit, AUTUMN)


@pytest.mark.parametrize(("active", "text", "is_reached"), [(35, "92,1%", True), (34, "89,5%", False)])
def test_thirty_five_of_38_communes_reach_ninety_percent_and_34_do_not(
    active: int, text: str, is_reached: bool
) -> None:
    held = tuple(one for number in range(1, active + 1) for one in both_halves(f"{number:05}"))
    found = measured(figures(communes=38, activities=held))
    assert found.share is not None
    assert (found.share.denominator, found.share.text, found.share.is_reached) == (38, text, is_reached)
    assert len(found.communes) == 38


def test_regularly_means_in_each_half_year_where_nothing_else_is_set() -> None:
    held = (*both_halves("00001"), activity("00002", SPRING), activity("00003", AUTUMN))
    given = figures(activities=held)
    assert regular_communes(measured(given)) == ["00001"]
    assert regular_communes(measured(given, H1)) == ["00001", "00002"]
    assert regular_communes(measured(given, H2)) == ["00001", "00003"]
    assert measured(given).regular == Regular(times=1, every="half-year")


def test_what_regularly_means_is_a_setting_that_stands_beside_the_result() -> None:
    held = (*both_halves("00001"), activity("00002", SPRING))
    found = measured(figures(activities=held), regular=Regular(times=1, every="period"))
    assert (regular_communes(found), found.regular.every) == (["00001", "00002"], "period")
    twice = measured(figures(activities=held), regular=Regular(times=2, every="period"))
    assert regular_communes(twice) == ["00001"]


def test_activities_of_the_province_are_no_communes() -> None:
    found = measured(figures(activities=(*both_halves("so-mau"), activity("00001", SPRING))))
    assert found.share is not None
    assert (found.share.numerator, found.share.denominator) == (0, 3)


def test_nothing_on_record_is_not_that_nothing_was_done() -> None:
    for held in ((), both_halves("so-mau"), (activity("00001", date(2027, 1, 1)),)):
        found = measured(figures(communes=38, activities=held))
        assert (found.missing, found.share, found.communes) == ("no-activity", None, ())


def test_each_commune_has_its_activities_by_half_year_and_its_attendances() -> None:
    held = (
        *both_halves("00002"),
        activity("00002", SPRING, 12, "cha-me"),
        activity("00002", date(2027, 1, 1)),
    )
    one = measured(figures(activities=held)).communes[1]
    assert (one.activities, one.total, one.attendances) == ({H1: 2, H2: 1}, 3, 72)


def test_a_commune_that_no_longer_exists_is_not_asked() -> None:
    known = dict(units())
    known["00003"] = replace(known["00003"], valid_to=date(2026, 8, 31))
    given = figures(units=known, activities=both_halves("00001"))
    assert [len(measured(given, period).communes) for period in (H1, H2)] == [3, 2]


def test_a_province_without_communes_has_no_share() -> None:
    found = measured(figures(communes=0))
    assert (found.missing, found.share) == ("no-commune", None)

"""How far it is, and when it would be reached."""

from __future__ import annotations

from datetime import date

from fixtures_targets import H2, INSPECTED, TRAINED, done, figures, listed, programme, told

from taphuan.targets import Done, Pace, Period, measure_targets

PEOPLE = [f"p{number}" for number in range(100)]


def pace(period: Period, *grown: tuple[date, int], taken_on: date = date(2030, 12, 31)) -> Pace:
    """Of 100 persons, so many newly trained on each of these days."""
    waiting, facts = iter(PEOPLE), list[Done]()
    for day, count in grown:
        facts += [done(next(waiting), on=day) for _ in range(count)]
    given = figures(listed(PEOPLE), done=tuple(facts), taken_on=taken_on)
    found = measure_targets(programme(trained=TRAINED), given, period)["trained"]
    assert found.pace is not None
    return found.pace


FIRST, SECOND, THIRD = date(2026, 10, 1), date(2027, 3, 1), date(2027, 10, 1)
NEXT = Period.parse("2027H1")


def test_the_gap_is_shared_out_over_the_half_years_that_are_left_and_rounded_up() -> None:
    found = pace(H2, (FIRST, 10))
    assert (found.half_years_left, found.needed) == (8, 7)
    assert pace(Period.parse("2030H1"), (FIRST, 10)).needed == 50


def test_when_the_time_is_over_no_pace_helps() -> None:
    found = pace(Period.parse("2030"), (FIRST, 10))
    assert (found.half_years_left, found.needed) == (0, None)


def test_one_period_is_too_little_to_expect_anything() -> None:
    found = pace(H2, (FIRST, 10))
    assert (found.outlook, found.expected) == ("too-few-periods", None)


def test_from_two_periods_the_difference_is_carried_on() -> None:
    found = pace(NEXT, (FIRST, 10), (SECOND, 20))
    assert (found.outlook, found.expected, found.is_late) == ("expected", Period.parse("2028H1"), False)


def test_a_period_that_is_not_over_is_no_whole_period() -> None:
    assert pace(NEXT, (FIRST, 10), (SECOND, 20), taken_on=date(2027, 6, 10)).outlook == "too-few-periods"


def test_an_expected_day_after_the_targets_year_is_late() -> None:
    found = pace(NEXT, (FIRST, 10), (SECOND, 2))
    assert (found.expected, found.is_late) == (Period.parse("2039H1"), True)


def test_standing_still_leads_nowhere() -> None:
    found = pace(NEXT, (FIRST, 10))
    assert (found.outlook, found.expected) == ("no-progress", None)


def test_what_is_reached_needs_no_pace() -> None:
    found = pace(Period.parse("2027H2"), (FIRST, 20), (SECOND, 20), (THIRD, 20))
    assert (found.outlook, found.needed, found.expected) == ("reached", 0, None)


def test_what_the_office_told_in_several_periods_has_a_pace_too() -> None:
    entered = (
        told("inspected", "2026H2", 10, 100),
        told("inspected", "2027", 30, 100),
        told("inspected", "typo", 90, 100),
        told("inspected", "2028", 90, 100),
    )
    given = figures(entered=entered)
    found = measure_targets(programme(inspected=INSPECTED), given, Period.parse("2027"))["inspected"]
    assert found.pace is not None
    assert (found.pace.outlook, found.pace.expected) == ("expected", Period.parse("2031H1"))
    assert found.pace.is_late

"""What only the office knows is entered with its source, or stays a blank."""

from __future__ import annotations

from datetime import date

from fixtures_targets import H1, H2, NEXT, NOW, PLANNED, SERVED, figures, issued, programme, told

from taphuan.records.staff_entries import EnteredFigure, IssuedPlan
from taphuan.targets import Period, ReportedFigures, Share, measure_targets


def measured(
    *entered: EnteredFigure, period: Period = H2, plans: tuple[IssuedPlan, ...] = ()
) -> dict[str, ReportedFigures]:
    given = figures(entered=entered, issued=plans)
    found = measure_targets(programme(served=SERVED, planned=PLANNED), given, period)
    return {id: one for id, one in found.items() if isinstance(one, ReportedFigures)}


def test_an_entered_figure_is_a_share_with_its_source() -> None:
    found = measured(told("served", "2026H2", 31, 40, source="Báo cáo số 9"))["served"]
    assert found.share is not None
    assert (found.share.text, found.share.is_reached) == ("77,5%", True)
    assert found.figure is not None
    assert found.figure.source == "Báo cáo số 9"


def test_what_nobody_entered_is_a_blank_even_if_another_period_has_it() -> None:
    found = measured(told("served", "2026H2", 31, 40), period=H1)["served"]
    assert (found.missing, found.share, found.figure) == ("not-entered", None, None)


def test_the_last_entered_stands() -> None:
    first = told("served", "2026H2", 1, 40, id="z")
    last = told("served", "2026H2", 2, 40, id="a", entered_at=NOW.replace(hour=9))
    found = measured(last, first)["served"]
    assert found.share is not None
    assert found.share.numerator == 2


def test_nothing_out_of_nothing_is_no_failure_but_nothing_that_arose() -> None:
    found = measured(told("served", "2026H2", 0, 0))["served"]
    assert (found.missing, found.share) == ("none-arose", None)


def test_plans_are_known_by_their_numbers_up_to_the_periods_end() -> None:
    plans = (
        issued("00001", "11/KH-UBND", date(2026, 8, 5)),
        issued("00002", "12/KH-UBND", date(2027, 1, 5)),
    )
    found = measured(plans=plans)
    assert [one.number for one in found["planned"].issued] == ["11/KH-UBND"]
    assert found["served"].issued == ()
    assert found["planned"].share is None


def test_a_plan_counts_in_the_years_that_it_is_for() -> None:
    plans = (
        issued("00001", "11/KH-UBND", date(2026, 8, 5)),
        issued("00002", "12/KH-UBND", date(2026, 8, 5), (2026, 2030)),
        issued("00003", "13/KH-UBND", date(2026, 12, 5), (2027, 2027)),
    )
    in_2026, in_2027 = (measured(plans=plans, period=period)["planned"].issued for period in (H2, NEXT))
    assert [one.number for one in in_2026] == ["11/KH-UBND", "12/KH-UBND"]
    assert [one.number for one in in_2027] == ["12/KH-UBND", "13/KH-UBND"]


def test_what_the_province_told_says_nothing_of_one_unit() -> None:
    given = figures(entered=(told("served", "2026H2", 31, 40),)).within("00001")
    found = measure_targets(programme(served=SERVED), given, H2)["served"]
    assert found.missing == "not-entered"


def test_communes_with_plans_are_counted_once_each_among_those_that_exist() -> None:
    given = figures(
        issued=(
            issued("00001", "11/KH-UBND", date(2026, 8, 5)),
            issued("00001", "12/KH-UBND", date(2026, 8, 6)),
            issued("so-mau", "3/KH-SM", date(2026, 8, 6)),
        )
    )
    assert given.communes_with_plans(H2) == Share(numerator=1, denominator=3)
    assert given.communes_with_plans(H1) == Share(numerator=0, denominator=3)
    assert given.within("so-mau").communes_with_plans(H2) == Share(numerator=0, denominator=0)

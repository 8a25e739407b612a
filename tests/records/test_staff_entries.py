"""What the office enters: activities, figures from documents."""

from __future__ import annotations

from datetime import date

import pytest
from clocks import Clock
from fixtures_province import (
    FAIR,
    OFFICE,
    TRAINER,
    Province,
)
from sqlalchemy import select

from taphuan.records import (
    Malformed,
    Unknown,
    schema,
    staff_entries,
)


def test_activities_are_listed_by_day_and_unit(province: Province) -> None:
    fair = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **FAIR)
    other = province.do(
        staff_entries.enter,
        staff_entries.CommunicationActivity,
        **{**FAIR, "held_on": date(2026, 3, 1), "unit": "03389"},
    )
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity) == (fair, other)
    assert province.see(
        staff_entries.listed, staff_entries.CommunicationActivity, since=date(2026, 3, 1)
    ) == (other,)
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity, last=1) == (other,)
    assert province.see(
        staff_entries.listed, staff_entries.CommunicationActivity, until=date(2026, 2, 28), units={"03388"}
    ) == (fair,)


def test_an_activity_entered_by_mistake_is_taken_back_once(province: Province) -> None:
    fair = province.do(staff_entries.enter, staff_entries.CommunicationActivity, **FAIR)
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, fair.id, by=TRAINER)
    assert province.see(staff_entries.listed, staff_entries.CommunicationActivity) == ()
    (taken_back,) = province.see(staff_entries.listed, staff_entries.CommunicationActivity, withdrawn=True)
    province.do(staff_entries.withdraw, staff_entries.CommunicationActivity, fair.id, by=OFFICE)
    assert province.see(staff_entries.entry_by_id, staff_entries.CommunicationActivity, fair.id) == taken_back


@pytest.mark.parametrize(
    "fault", [{"headcount": -1}, {"place_kind": " "}, {"audience": ""}, {"unit": "x"}], ids=str
)
def test_an_activity_of_another_shape_is_refused(province: Province, fault: dict[str, object]) -> None:
    with pytest.raises((Malformed, Unknown)):
        province.do(staff_entries.enter, staff_entries.CommunicationActivity, **{**FAIR, **fault})


FIGURE = {
    "target": "premises-inspected",
    "period": "2026-H1",
    "numerator": 12,
    "denominator": 30,
    "source": "Báo cáo 77/BC-SVHTTDL",
    "by": OFFICE,
}


def test_the_last_figure_of_a_period_stands_and_the_earlier_stays_in_the_table(
    province: Province, clock: Clock
) -> None:
    province.do(staff_entries.enter, staff_entries.EnteredFigure, **FIGURE)
    clock.forward(days=1)
    last = province.do(staff_entries.enter, staff_entries.EnteredFigure, **{**FIGURE, "numerator": 14})
    assert province.see(staff_entries.figures, "2026-H1") == {"premises-inspected": last}
    assert province.see(staff_entries.figures, "2026-H2") == {}
    assert province.see(lambda connection: len(connection.execute(select(schema.tables.figure)).all())) == 2


@pytest.mark.parametrize("fault", [{"numerator": 31}, {"numerator": -1}, {"source": " "}], ids=str)
def test_a_figure_is_so_many_of_so_many_with_a_source(province: Province, fault: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        province.do(staff_entries.enter, staff_entries.EnteredFigure, **{**FIGURE, **fault})

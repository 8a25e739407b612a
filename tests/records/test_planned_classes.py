"""Classes to come: kept with their day and hour, once each, and taken back with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from fixtures_province import TRAINER, Province

from taphuan.records import Malformed, NotAllowed, staff_entries
from taphuan.records.staff_entries import PlannedClass

PLANNED = {
    "unit": "03388",
    "held_on": date(2026, 3, 9),
    "begins": "08:00",
    "course": "nuoc-sach",
    "by": TRAINER,
}


def test_classes_to_come_are_listed_by_day_and_hour(province: Province) -> None:
    late = province.do(staff_entries.enter, PlannedClass, **{**PLANNED, "begins": "13:30"})
    early = province.do(staff_entries.enter, PlannedClass, **PLANNED)
    later = province.do(staff_entries.enter, PlannedClass, **{**PLANNED, "held_on": date(2026, 3, 20)})
    assert province.see(staff_entries.listed, PlannedClass) == (early, late, later)
    assert province.see(staff_entries.listed, PlannedClass, since=date(2026, 3, 10)) == (later,)
    province.do(staff_entries.withdraw, PlannedClass, early.id, by=TRAINER)
    assert province.see(staff_entries.listed, PlannedClass) == (late, later)


@pytest.mark.parametrize(
    "fault",
    [
        {"held_on": date(2026, 3, 1)},
        {"held_on": date(2027, 4, 1)},
        {"begins": "8:00"},
        {"begins": "25:00"},
        {"course": " "},
    ],
)
def test_a_day_that_is_over_or_far_and_an_hour_that_is_none_are_refused(
    fault: dict[str, object], province: Province
) -> None:
    with pytest.raises(Malformed):
        province.do(staff_entries.enter, PlannedClass, **{**PLANNED, **fault})
    assert province.see(staff_entries.listed, PlannedClass) == ()


def test_the_same_class_is_planned_once(province: Province) -> None:
    province.do(staff_entries.enter, PlannedClass, **PLANNED)
    with pytest.raises(NotAllowed):
        province.do(staff_entries.enter, PlannedClass, **PLANNED)
    province.do(staff_entries.enter, PlannedClass, **{**PLANNED, "begins": "13:30"})
    assert len(province.see(staff_entries.listed, PlannedClass)) == 2

"""Plans that units issue: entered once by their number, for some years, taken back with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from clocks import Clock
from fixtures_province import TRAINER, Province
from sqlalchemy import select

from taphuan.records import By, Malformed, NotAllowed, Unknown, schema, staff_entries

PLAN = {
    "unit": "03388",
    "number": "12/KH-UBND",
    "issued_on": date(2026, 2, 20),
    "first_year": 2026,
    "last_year": 2030,
    "by": TRAINER,
}
NUMBERS = {
    "12/KH-UBND": "12/KH-UBND",
    " 07 / KH – UBND ": "07/KH-UBND",
    "Số: 12a/KH-SGDĐT": "12a/KH-SGDĐT",
    "125/2026/KH-CAT-PV01": "125/2026/KH-CAT-PV01",
    "15-KH/TU": "15-KH/TU",
    "12/KH-SGDĐT-GDTrH": "12/KH-SGDĐT-GDTrH",
}
WRONG = (
    *("", "12", "số 12", "KH-UBND", "12/", "12/2026", "00/KH-UBND", "12/KH UBND", "12/KH-UBND; 13/KH-UBND"),
    *("=12/KH-UBND", "12/KH-<b>", "20/02/2026", "12/KH-UBND\n=1+1", "1" * 6 + "/KH-UBND", "1/" + "K" * 80),
)


def test_a_plan_is_kept_with_its_number_day_and_years(province: Province, clock: Clock) -> None:
    entered = province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == (entered,)
    assert province.see(staff_entries.entry_by_id, staff_entries.IssuedPlan, entered.id) == entered
    assert (entered.unit, entered.number, entered.entered_at) == ("03388", "12/KH-UBND", clock())
    assert [entered.is_for(year) for year in (2025, 2026, 2030, 2031)] == [False, True, True, False]


def test_plans_are_listed_by_day_and_unit(province: Province) -> None:
    later = province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    earlier = province.do(
        staff_entries.enter,
        staff_entries.IssuedPlan,
        **{**PLAN, "unit": "so-y-te", "issued_on": date(2026, 1, 5)},
    )
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == (earlier, later)
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan, units={"03388"}) == (later,)
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan, units=()) == ()


@pytest.mark.parametrize("typed", NUMBERS)
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    assert staff_entries.document_number(typed) == NUMBERS[typed]


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_number_of_a_document_is_refused(province: Province, typed: str) -> None:
    with pytest.raises(Malformed):
        province.do(staff_entries.enter, staff_entries.IssuedPlan, **{**PLAN, "number": typed})
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == ()


@pytest.mark.parametrize(
    "fault",
    [
        {"issued_on": date(2026, 3, 3)},
        {"first_year": 2031},
        {"first_year": 2019},
        {"last_year": 2036},
        {"unit": "x"},
    ],
    ids=str,
)
def test_a_plan_of_another_shape_is_refused(province: Province, fault: dict[str, object]) -> None:
    with pytest.raises((Malformed, Unknown)):
        province.do(staff_entries.enter, staff_entries.IssuedPlan, **{**PLAN, **fault})
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == ()


def test_the_day_is_the_one_in_viet_nam(province: Province, clock: Clock) -> None:
    clock.forward(hours=16)
    assert province.do(
        staff_entries.enter, staff_entries.IssuedPlan, **{**PLAN, "issued_on": date(2026, 3, 3)}
    ).id


@pytest.mark.parametrize("number", ["12/KH-UBND", "012/kh-ubnd", "Số 12/KH-UBND"])
def test_the_same_plan_twice_is_refused(province: Province, number: str) -> None:
    province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    again = {**PLAN, "number": number, "issued_on": date(2026, 2, 21)}
    with pytest.raises(NotAllowed):
        province.do(staff_entries.enter, staff_entries.IssuedPlan, **again)
    assert len(province.see(staff_entries.listed, staff_entries.IssuedPlan)) == 1


def test_numbers_begin_again_each_year_and_in_each_unit(province: Province) -> None:
    province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    province.do(staff_entries.enter, staff_entries.IssuedPlan, **{**PLAN, "issued_on": date(2025, 12, 31)})
    province.do(staff_entries.enter, staff_entries.IssuedPlan, **{**PLAN, "unit": "03389"})
    assert len(province.see(staff_entries.listed, staff_entries.IssuedPlan)) == 3


def test_a_plan_entered_by_mistake_is_taken_back_once_and_can_be_entered_again(
    province: Province, clock: Clock
) -> None:
    mistaken = province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    province.do(
        staff_entries.withdraw,
        staff_entries.IssuedPlan,
        mistaken.id,
        by=By(actor="office", reason="ghi nhầm xã"),
    )
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == ()
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan, withdrawn=True) == (
        replace(mistaken, withdrawn_at=clock()),
    )
    taken_back = province.see(staff_entries.listed, staff_entries.IssuedPlan, withdrawn=True)
    clock.forward(days=1)
    province.do(staff_entries.withdraw, staff_entries.IssuedPlan, mistaken.id, by=TRAINER)
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan, withdrawn=True) == taken_back
    with pytest.raises(Unknown):
        province.do(staff_entries.withdraw, staff_entries.IssuedPlan, "không có", by=TRAINER)
    again = province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    assert province.see(staff_entries.listed, staff_entries.IssuedPlan) == (again,)


def test_who_entered_and_who_took_back_stands_in_the_audit(province: Province) -> None:
    entered = province.do(staff_entries.enter, staff_entries.IssuedPlan, **PLAN)
    province.do(
        staff_entries.withdraw,
        staff_entries.IssuedPlan,
        entered.id,
        by=By(actor="office", reason="ghi nhầm xã"),
    )
    with pytest.raises(Unknown):
        province.see(staff_entries.entry_by_id, staff_entries.IssuedPlan, "không có")
    audit = schema.audit.c
    query = select(audit.action, audit.actor, audit.reason).where(audit.subject == entered.id)
    said = province.see(lambda connection: {tuple(row) for row in connection.execute(query)})
    assert said == {
        ("plan.entered", TRAINER.actor, TRAINER.reason),
        ("plan.withdrawn", "office", "ghi nhầm xã"),
    }

"""Plans that units issue, entered and taken back by those who look after the unit."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import uuid4

import openpyxl
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from staff_users import OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store, schema
from taphuan.records.access.accounts import Role
from taphuan.records.staff_entries import IssuedPlan, listed

PLAN = {
    "unit": OURS,
    "number": "12/KH-UBND",
    "issued_on": "2026-02-20",
    "first_year": "2026",
    "last_year": "2030",
}
REFUSED = {
    "a number without a symbol": ({"number": "12"}, "Ghi số và ký hiệu như trên văn bản"),
    "a symbol without a number": ({"number": "KH-UBND"}, "Ghi số và ký hiệu như trên văn bản"),
    "a formula": ({"number": "=1/KH-UBND"}, "Ghi số và ký hiệu như trên văn bản"),
    "a number that is too long": ({"number": "1/" + "K" * 500}, "Ghi số và ký hiệu như trên văn bản"),
    "no number": ({"number": ""}, "Ghi số và ký hiệu như trên văn bản"),
    "a day to come": ({"issued_on": "2026-03-03"}, "Ngày này chưa đến."),
    "no day": ({"issued_on": ""}, "Ghi ngày ban hành"),
    "an unknown unit": ({"unit": "99999"}, "Chọn đơn vị trong phạm vi của bạn."),
    "another unit": ({"unit": THEIRS}, "Chọn đơn vị trong phạm vi của bạn."),
    "the province above": ({"unit": PROVINCE}, "Chọn đơn vị trong phạm vi của bạn."),
    "a year before the plan": ({"first_year": "2025"}, "Ghi một số từ 2026 đến 2031."),
    "a year far ahead": ({"last_year": "2099"}, "Ghi một số từ 2026 đến 2031."),
    "no year": ({"first_year": ""}, "Ghi năm bằng bốn chữ số"),
    "years backwards": ({"first_year": "2028", "last_year": "2026"}, "Năm cuối không thể trước năm đầu."),
}


def standing(store: Store) -> tuple[IssuedPlan, ...]:
    with store.read() as connection:
        return listed(connection, IssuedPlan)


def enter(user: StaffUser, **changed: str) -> IssuedPlan:
    answer = user.post("ke-hoach/", "ke-hoach/", **{**PLAN, **changed})
    assert answer.status_code == 303, answer.text
    return standing(user.store)[-1]


@pytest.mark.parametrize("role", ["trainer", "unit-head", "office"])
def test_a_plan_is_entered_by_whoever_looks_after_the_unit(
    role: Role, signed_in: SignedIn, store: Store
) -> None:
    user = signed_in(role, OURS)
    entered = enter(user)
    assert (entered.unit, entered.number, str(entered.issued_on)) == (OURS, "12/KH-UBND", "2026-02-20")
    assert (entered.first_year, entered.last_year) == (2026, 2030)
    page = user.get("ke-hoach/").text
    assert "số 12/KH-UBND, ngày 20/02/2026, cho các năm 2026–2030" in page
    assert "<strong>1/1</strong> xã, phường đã ghi nhận kế hoạch cho năm 2026" in page


def test_one_year_is_enough_and_a_day_may_be_written_as_people_do(signed_in: SignedIn) -> None:
    entered = enter(signed_in("trainer", OURS), issued_on="20/02/2026", last_year="", number="Số: 7/KH-UBND")
    assert (entered.number, entered.first_year, entered.last_year) == ("7/KH-UBND", 2026, 2026)


def test_reports_and_plans_begin_with_the_first_year_of_the_plan(signed_in: SignedIn, app: FastAPI) -> None:
    office = signed_in("office", PROVINCE)
    assert "cả năm 2025" not in office.browser.get("/can-bo/chi-tieu/").text
    programme = app.state.service.programme
    plan = programme.charter.plan.model_copy(update={"first_year": 2025})
    charter = programme.charter.model_copy(update={"plan": plan})
    app.state.service = replace(app.state.service, programme=replace(programme, charter=charter))
    assert "cả năm 2025" in office.browser.get("/can-bo/chi-tieu/").text
    assert enter(office, unit=OURS, first_year="2025", last_year="2025").first_year == 2025


def test_a_control_character_in_a_number_is_a_blank(signed_in: SignedIn, store: Store) -> None:
    enter(signed_in("unit-head", OURS), number="12/KH\x00 -UBND\x0b")
    assert [one.number for one in standing(store)] == ["12/KH-UBND"]


@pytest.mark.parametrize("wrong", REFUSED)
def test_what_is_wrong_is_told_and_changes_nothing(wrong: str, signed_in: SignedIn, store: Store) -> None:
    changed, told = REFUSED[wrong]
    answer = signed_in("unit-head", OURS).post("ke-hoach/", "ke-hoach/", **{**PLAN, **changed})
    assert answer.status_code == 422
    assert told in answer.text
    assert standing(store) == ()


def test_the_same_plan_twice_is_told_and_stands_once(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    enter(user)
    answer = user.post("ke-hoach/", "ke-hoach/", **{**PLAN, "number": "012/kh-ubnd"})
    assert answer.status_code == 422
    assert "đã có trong sổ" in answer.text
    assert len(standing(store)) == 1


def test_a_plan_is_taken_back_with_a_reason_and_stays_to_be_seen(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    entered = enter(user)
    blank = user.post(f"ke-hoach/{entered.id}/huy/", "ke-hoach/", reason=" ")
    assert blank.status_code == 422
    assert "Ghi lý do hủy ghi nhận." in blank.text
    assert standing(store) == (entered,)
    assert user.post(f"ke-hoach/{entered.id}/huy/", "ke-hoach/", reason="ghi nhầm số").status_code == 303
    assert standing(store) == ()
    page = user.get("ke-hoach/").text
    assert "Đã hủy ghi nhận" in page
    assert "do trainer 00101 1: ghi nhầm số." in page
    enter(user)


def test_a_plan_taken_back_again_is_answered_as_done_and_one_that_never_was_as_no_page(
    signed_in: SignedIn,
) -> None:
    user = signed_in("trainer", OURS)
    entered = enter(user)
    for reason in ("ghi nhầm số", "lần nữa", ""):
        again = user.post(f"ke-hoach/{entered.id}/huy/", "ke-hoach/", reason=reason)
        assert (again.status_code, again.headers["location"]) == (303, "/can-bo/ke-hoach/")
        page = user.get("ke-hoach/").text
        assert "Đã hủy ghi nhận kế hoạch." in page
        assert "do trainer 00101 1: ghi nhầm số." in page
    assert user.post(f"ke-hoach/{uuid4()}/huy/", "ke-hoach/", reason="nhầm").status_code == 404


@pytest.mark.parametrize("role", ["trainer", "unit-head", "office"])
def test_a_plan_of_another_unit_is_neither_seen_nor_taken_back(
    role: Role, signed_in: SignedIn, store: Store
) -> None:
    theirs = enter(signed_in("trainer", THEIRS), unit=THEIRS, number="99/KH-UBND")
    user = signed_in(role, OURS)
    assert "99/KH-UBND" not in user.get("ke-hoach/").text
    answer = user.post(f"ke-hoach/{theirs.id}/huy/", "ke-hoach/", reason="nhầm")
    assert answer.status_code == 404
    assert standing(store) == (theirs,)


def test_the_province_sees_who_has_none(signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]) -> None:
    user = signed_in("office", PROVINCE)
    enter(user)
    page = user.get("ke-hoach/").text
    assert "<strong>1/2</strong> xã, phường" in page
    assert "Xã, phường chưa ghi nhận kế hoạch (1)" in page


def test_who_wrote_and_why_stands_in_the_audit(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("unit-head", OURS)
    entered = enter(user)
    user.post(f"ke-hoach/{entered.id}/huy/", "ke-hoach/", reason="ghi nhầm số")
    audit = schema.audit.c
    query = select(audit.action, audit.actor, audit.reason).where(audit.subject == entered.id)
    with store.read() as connection:
        said = {tuple(row) for row in connection.execute(query)}
    assert said == {
        ("plan.entered", user.account, "ghi kế hoạch số 12/KH-UBND"),
        ("plan.withdrawn", user.account, "ghi nhầm số"),
    }


def test_the_report_has_a_row_for_it_and_one_for_each_count(signed_in: SignedIn) -> None:
    user = signed_in("office", PROVINCE)
    enter(user)
    user.prove()
    whole = user.post("bao-cao/", "bao-cao/", period="2026H1", kind="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(whole.content))["Số liệu"]
    found = {row[0]: row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("plans.")}
    assert found["plans.issued"][4] == 1
    assert found["plans.communes"][4:6] == (1, 2)
    assert found[f"plans.unit.{OURS}.1"][8] == "12/KH-UBND, ngày 20/02/2026"

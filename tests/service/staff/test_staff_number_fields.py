"""A number that is typed is read as it is written, and is within its limits however it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from fixtures_service import PAPER_101
from sqlalchemy import func, select
from staff_users import OURS, PROVINCE, SignedIn, StaffUser

from taphuan.records import Store, schema
from taphuan.service.staff.forms import MOST_DIGITS, whole_number

COURSE = "nuoc-sach"
READ = {
    "0": 0,
    "12": 12,
    "0000012": 12,
    "1.200": 1_200,
    "1 200": 1_200,
    "1\u00a0200": 1_200,
    "1.200.000": 1_200_000,
    "１２": 12,
    "١٢": 12,
    "0000000019999999": 19_999_999,
    "9" * 25: 10**MOST_DIGITS,
    "9" * 100_000: 10**MOST_DIGITS,
    "0" * 100_000 + "7": 7,
}
#: What could be a number to some program, and is none to who typed it.
NONE = (
    *("", " ", "-1", "+1", "−1", "1e3", "1E3", "1_000", "0x10", "1,5", "1.5", "1.20", "12.00", "1,200"),
    *(
        "1.2000",
        "1.200 000",
        ".5",
        "1.",
        "1..200",
        "nan",
        "inf",
        "True",
        "10²",
        "½",
        "Ⅻ",
        "一",
        "1\n2",
        "1\x002",
    ),
    *("1\n2", "1\x002", "1\ud8002", "3\u200b5", "12 người"),
)
#: The page, what its form sends, and its fields of numbers with the largest that is taken.
FORMS: Mapping[str, tuple[str, dict[str, str], dict[str, int]]] = {
    "a class": (
        "lop/",
        {"course": COURSE, "unit": OURS, "held_on": "2026-03-01", "trainer": "Cô Páo Thử"},
        {"minutes": 720, "headcount": 2_000},
    ),
    "an activity": (
        "truyen-thong/",
        {
            "unit": OURS,
            "held_on": "2026-03-01",
            "place": "chợ phiên",
            "audience": "nguoi-dan",
            "material": "none",
        },
        {"headcount": 1_000_000},
    ),
    "a plan": (
        "ke-hoach/",
        {"unit": OURS, "number": "12/KH-UBND", "issued_on": "2026-02-20"},
        {"first_year": 2031, "last_year": 2031},
    ),
    "a paper": ("bai-giay/", {"course": COURSE, "name": "thi hoa", "code": PAPER_101}, {"sown": 2**31}),
}
PAST = ("{past}", "00000000000{past}", "9223372036854775807", "9" * 25, "9" * 5_000)


@pytest.mark.parametrize(("written", "number"), READ.items(), ids=lambda one: str(one)[:20])
def test_a_number_is_read_as_it_is_written(written: str, number: int) -> None:
    assert whole_number(written) == number


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_whole_number_is_read_as_none(written: str) -> None:
    assert whole_number(written) is None


def sent(user: StaffUser, form: str, **changed: str) -> Any:
    path, fields, numbers = FORMS[form]
    return user.post(path, path, **fields, **{name: str(most) for name, most in numbers.items()} | changed)


def rows(store: Store) -> list[int]:
    tables = (schema.class_session, schema.tables.activity, schema.tables.issued_plan, schema.event)
    with store.read() as connection:
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


@pytest.mark.parametrize("form", FORMS)
def test_a_number_past_its_limit_is_told_at_its_field_and_all_else_is_kept(
    form: str, signed_in: SignedIn, store: Store
) -> None:
    user = signed_in("office", PROVINCE)
    before = rows(store)
    for field, most in FORMS[form][2].items():
        for written in (one.format(past=most + 1) for one in PAST):
            answer = sent(user, form, **{field: written})
            assert answer.status_code == 422, (field, written)
            assert f'id="loi-{field}">Ghi một số từ ' in answer.text, (field, written)
            assert f'value="{written}"' in answer.text
            others = [value for name, value in FORMS[form][1].items() if name in {"trainer", "number"}]
            assert all(value in answer.text for value in others)
        answer = sent(user, form, **{field: "1e3"})
        assert answer.status_code == 422
        assert "Chỉ ghi chữ số, như 1200 hoặc 1.200." in answer.text
    assert rows(store) == before


def test_a_number_with_its_points_is_what_people_mean_by_it(signed_in: SignedIn, store: Store) -> None:
    """In a field that takes it: the browser must not cut what is typed to its last figure."""
    user = signed_in("office", PROVINCE)
    assert sent(user, "an activity", headcount="1.200").status_code == 303
    assert sent(user, "an activity", headcount="1.000.000").status_code == 303
    with store.read() as connection:
        found = connection.execute(select(schema.tables.activity.c.headcount)).scalars().all()
    assert sorted(found) == [1_200, 1_000_000]
    assert 'maxlength="12"' in user.get("truyen-thong/").text

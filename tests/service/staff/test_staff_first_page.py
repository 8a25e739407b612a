"""The first page says how things stand: the shares, what waits, the next class, the days of the period."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from class_pages import COURSE
from clocks import Clock
from sqlalchemy import select
from staff_users import OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.records import Store
from taphuan.records.staff_entries import PlannedClass, listed
from taphuan.service.staff import home_figures
from taphuan.targets import Period

TRAINED = "can-bo-duoc-tap-huan"
#: A unit with people not yet trained: its page, its name, how many of how many.
LINE = re.compile(
    r'<li><a href="/can-bo/(chua-tap-huan/[^"]+)">([^<]+)</a>.*?<strong>(\d)</strong> trên (\d)', re.DOTALL
)
LATER = {"course": COURSE, "unit": OURS, "held_on": "20/3/2026", "begins": "8 giờ"}


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, which also means to have communes communicate."""
    trained = programme.charter.targets[TRAINED]
    named = {"title": "Xã truyền thông thường xuyên", "measure": "communication", "level": None}
    communes = trained.model_copy(update={**named, "every": "period"})
    targets = ReadOnly({TRAINED: trained, "communes": communes})
    return replace(programme, charter=programme.charter.model_copy(update={"targets": targets}))


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def plan(user: StaffUser, **changed: str) -> None:
    answer = user.post("lop-sap-mo/", "lop-sap-mo/", **{**LATER, **changed})
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize("invented", [True, False], ids=["made up", "real"])
def test_the_page_says_the_day_who_works_there_and_once_that_all_is_made_up(
    invented: bool, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = signed_in("office", PROVINCE).get("").text
    assert "<h1>Việc hôm nay</h1>" in page
    assert "Thứ Hai, 02/3/2026 · " in page
    assert page.count("DỮ LIỆU MẪU") == int(invented)
    waits, shares = page.index('id="dang-cho"'), page.index('id="da-tap-huan"')
    assert waits < shares


# --- the next class ---------------------------------------------------------------------------


def test_the_next_class_is_told_with_its_days_and_who_is_left(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    assert "Chưa hẹn lớp nào." in user.get("").text
    plan(user)
    plan(user, held_on="5/3/2026", begins="")
    home = words(user.get("").text)
    assert "Lớp tới, còn 3 ngày Xã Suối Trong 05/3/2026" in home
    assert "4 trên 4 người của đơn vị chưa tập huấn" in home
    assert "Xem 1 lớp nữa" in home


def test_a_class_that_is_over_is_no_longer_the_next(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], clock: Clock
) -> None:
    user = signed_in("trainer", OURS)
    plan(user, held_on="2/3/2026")
    assert "Lớp tới, hôm nay" in words(user.get("").text)
    clock.forward(days=1)
    user = signed_in("trainer", OURS)
    assert "Chưa hẹn lớp nào." in user.get("").text
    assert "02/3/2026" not in user.get("lop-sap-mo/").text


def test_classes_of_other_units_are_not_seen(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    plan(signed_in("trainer", THEIRS), unit=THEIRS)
    assert "Chưa hẹn lớp nào." in signed_in("trainer", OURS).get("").text
    assert "Lớp tới, còn 18 ngày" in words(signed_in("office", PROVINCE).get("").text)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"held_on": "1/3/2026"}, "Ngày này đã qua."),
        ({"held_on": "1/3/2062"}, "Ngày này xa quá một năm."),
        ({"held_on": ""}, "Ghi ngày mở lớp."),
        ({"begins": "sáng"}, "Viết giờ và phút"),
        ({"unit": THEIRS}, "Chọn đơn vị trong phạm vi của bạn."),
        ({"course": "khac"}, "Chọn khóa học."),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(
    changed: dict[str, str], said: str, signed_in: SignedIn, store: Store
) -> None:
    answer = signed_in("trainer", OURS).post("lop-sap-mo/", "lop-sap-mo/", **{**LATER, **changed})
    (name,) = changed
    assert answer.status_code == 422
    assert re.search(rf'id="loi-{name}">{said}', answer.text)
    with store.read() as connection:
        assert listed(connection, PlannedClass) == ()


def test_the_same_class_twice_is_said(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    plan(user)
    again = user.post("lop-sap-mo/", "lop-sap-mo/", **{**LATER, "begins": "08:00"})
    assert "Lớp này đã có trong lịch." in again.text
    with store.read() as connection:
        assert [planned.begins for planned in listed(connection, PlannedClass)] == ["08:00"]


def test_no_name_stands_in_a_planned_class(signed_in: SignedIn, store: Store) -> None:
    plan(signed_in("trainer", OURS))
    with store.read() as connection:
        (row,) = connection.execute(select(PlannedClass.table)).mappings()
    assert set(row) == {"id", "unit", "held_on", "begins", "course", "entered_at", "withdrawn_at"}


# --- figures ----------------------------------------------------------------------------------


def test_the_shares_stand_with_their_counts_and_lead_to_the_names(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], trained
) -> None:
    trained(persons_by_unit[OURS].ids["hoa"])
    page = signed_in("office", PROVINCE).get("").text
    assert "16,7% 1 trên 6 người" in words(page)
    assert "+1 trong kỳ này" in page
    assert "</svg>\n văn bản của cơ quan" in page
    assert "bài kiểm tra trực tuyến" not in page
    left = LINE.findall(page)
    assert [(name, count, size) for _, name, count, size in left] == [
        ("Xã Suối Trong", "3", "4"),
        ("Phường Giếng Làng", "2", "2"),
    ]
    names = signed_in("office", PROVINCE).get(left[0][0].replace("&amp;", "&")).text
    assert "Vàng A Mình" in names
    assert "Lò Thị Hoa" not in names


def test_one_unit_sees_its_own_count_and_no_other_unit(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = signed_in("unit-head", OURS).get("").text
    assert "Chưa ghi nhận ai đã tập huấn trong số 4 người." in page
    assert "Phường Giếng Làng" not in page
    assert "tới chỉ tiêu" not in page


def test_communes_without_communication_wait_for_the_whole_province_alone(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    office = signed_in("office", PROVINCE)
    assert "2/2 xã, phường chưa có hoạt động truyền thông trong sổ" in office.get("").text
    fair = {"unit": OURS, "held_on": "2026-03-01", "place": "chợ phiên", "audience": "nguoi-dan"}
    office.post("truyen-thong/", "truyen-thong/", **fair, headcount="9", material="none")
    assert "1/2 xã, phường chưa có hoạt động truyền thông trong sổ" in office.get("").text
    assert "chưa có hoạt động truyền thông" not in signed_in("unit-head", THEIRS).get("").text


# --- the period of the report -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "on", "period", "days"),
    [
        (("half-year", "year"), date(2026, 3, 2), "2026H1", 120),
        (("half-year", "year"), date(2026, 6, 30), "2026H1", 0),
        (("half-year",), date(2026, 7, 1), "2026H2", 183),
        (("year",), date(2026, 3, 2), "2026", 304),
    ],
)
def test_the_days_are_those_of_the_period_that_the_plan_asks_a_report_of(
    asked: tuple[str, ...], on: date, period: str, days: int
) -> None:
    term = home_figures.report_term(service_of(asked), on)
    assert term == home_figures.ReportTerm(Period.parse(period), days)


def test_a_plan_that_asks_for_no_report_has_no_days() -> None:
    assert home_figures.report_term(service_of(()), date(2026, 3, 2)) is None


def service_of(reports: tuple[str, ...]) -> Any:
    """A service whose plan asks for these reports."""
    plan = SimpleNamespace(reports=reports)
    return SimpleNamespace(programme=SimpleNamespace(charter=SimpleNamespace(plan=plan)))


def test_the_page_names_the_period_and_no_day_by_which_the_report_is_due(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = home_figures.ReportTerm(Period.parse("2026H1"), 120)
    monkeypatch.setattr("taphuan.service.staff.home.report_term", lambda service, on: term)
    said = words(signed_in("trainer", OURS).get("").text)
    assert (
        "120 ngày nữa Hết kỳ báo cáo 06 tháng đầu năm 2026, đến hết ngày 30/6/2026. Hạn nộp theo hướng"
        in said
    )


def test_the_list_of_units_is_short_and_says_how_many_there_are(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taphuan.service.staff.home.MOST_UNITS", 1)
    page = signed_in("office", PROVINCE).get("").text
    assert page.count('class="lacking__count"') == 1
    assert "6 người, 2 đơn vị" in page
    assert home_figures.MOST_UNITS > 1

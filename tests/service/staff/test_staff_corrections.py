"""What was entered by mistake is taken back: it counts nowhere, and stays to be seen with its reason."""

from __future__ import annotations

import io
import re
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import insert, select
from staff_users import OURS, PROVINCE, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store, schema
from taphuan.records.staff_entries import CommunicationActivity, listed
from taphuan.records.training import progress

COURSE = "nuoc-sach"
CLASS = {
    "course": COURSE,
    "unit": OURS,
    "held_on": "2026-03-01",
    "minutes": "600",
    "trainer": "Tôi",
    "headcount": "4",
    "sheet_ref": "PK-1",
}
ACTIVITY = {
    "unit": OURS,
    "held_on": "2026-03-01",
    "place": "chợ phiên",
    "audience": "nguoi-dan",
    "headcount": "90",
    "material": "giu-giot-nuoc/to-gap",
}


def hold(user: StaffUser, **changed: str) -> str:
    answer = user.post("lop/", "lop/", **{**CLASS, **changed})
    return str(answer.headers["location"]).removeprefix("/can-bo/").partition("?")[0]


def reported(user: StaffUser) -> dict[str, object]:
    """The figures of the report in XLSX, by their ids."""
    user.prove()
    whole = user.post("bao-cao/", "bao-cao/", period="2026H1", kind="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(whole.content))["Số liệu"]
    return {str(row[0]): row[4] or row[8] for row in sheet.iter_rows(values_only=True)}


def test_a_class_taken_back_counts_nowhere_and_stays_to_be_seen(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    office = signed_in("office", PROVINCE)
    page = hold(office)
    hoa = persons_by_unit[OURS].ids["hoa"]
    office.post(f"{page}co-mat/", page, person=hoa)
    assert reported(office)["training.sessions"] == 1
    assert "data-numerator>1<" in office.get("chi-tieu/").text
    blank = office.post(f"{page}huy/", page, reason="")
    assert (blank.status_code, "Ghi lý do hủy ghi nhận." in blank.text) == (422, True)
    answer = office.post(f"{page}huy/", page, reason="ghi nhầm ngày")
    assert answer.headers["location"] == f"/can-bo/{page}"
    seen = office.get(page).text
    assert "Lớp này đã hủy ghi nhận" in seen
    assert re.search("do office 99 1: ghi nhầm ngày", seen)
    assert "Ghi có mặt" not in seen
    assert "Đã hủy ghi nhận" in office.get("lop/").text
    figures = reported(office)
    assert (figures["training.sessions"], figures["training.attendances"]) == ("Chưa ghi nhận",) * 2
    targets = office.get("chi-tieu/").text
    assert "Chưa ghi nhận ai đã tập huấn trong số" in targets
    assert "data-numerator" not in targets
    with store.read() as connection:
        assert progress.completions(connection, hoa) == ()
    again = office.post(f"{page}huy/", page, reason="lần nữa")
    assert again.headers["location"] == answer.headers["location"]
    assert office.post(f"{page}co-mat/", page, person=hoa).status_code == 403


def test_a_trainer_takes_back_a_class_only_while_nobody_attended(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    page = hold(user)
    assert f'action="/can-bo/{page}huy/"' in user.get(page).text
    user.post(f"{page}co-mat/", page, person=persons_by_unit[OURS].ids["hoa"])
    seen = user.get(page).text
    assert f'action="/can-bo/{page}huy/"' not in seen
    assert "phụ trách đơn vị hoặc cơ quan chủ trì mới hủy ghi nhận được" in seen
    assert user.post(f"{page}huy/", page, reason="nhầm").status_code == 403


def test_an_anonymous_class_is_taken_back_too(signed_in: SignedIn) -> None:
    user = signed_in("trainer", OURS)
    hold(user, anonymous="yes", headcount="20")
    page = re.findall(r'href="/can-bo/(lop/[0-9a-f-]{36}/)"', user.get("lop/").text)[0]
    assert "Lớp không ghi danh tính" in user.get(page).text
    assert user.post(f"{page}huy/", page, reason="ghi hai lần").status_code == 303
    assert "Lớp đã hủy ghi nhận" in user.get(page).text


def test_an_activity_taken_back_counts_nowhere_and_stays_to_be_seen(
    signed_in: SignedIn, store: Store
) -> None:
    office = signed_in("office", PROVINCE)
    office.post("truyen-thong/", "truyen-thong/", **ACTIVITY)
    figures = reported(office)
    assert figures["communication.activities"] == 1
    assert figures["communication.audience.nguoi-dan.attendances"] == 90
    assert figures["communication.material.giu-giot-nuoc/to-gap.activities"] == 1
    with store.read() as connection:
        (entered,) = listed(connection, CommunicationActivity)
    path = f"truyen-thong/{entered.id}/huy/"
    blank = office.post(path, "truyen-thong/", reason=" ")
    assert (blank.status_code, "Ghi lý do hủy ghi nhận." in blank.text) == (422, True)
    for _ in range(2):
        answer = office.post(path, "truyen-thong/", reason="ghi nhầm xã")
        assert answer.headers["location"] == "/can-bo/truyen-thong/"
    page = office.get("truyen-thong/").text
    assert "do office 99 1: ghi nhầm xã." in page
    assert "Tờ gấp giữ nước" in page
    figures = reported(office)
    assert figures["communication.activities"] == "Chưa ghi nhận"
    assert "communication.audience.nguoi-dan.attendances" not in figures


@pytest.mark.parametrize("name", ["audience", "material", "place"])
def test_what_is_not_on_the_list_is_refused(name: str, signed_in: SignedIn, store: Store) -> None:
    answer = signed_in("trainer", OURS).post(
        "truyen-thong/", "truyen-thong/", **{**ACTIVITY, name: "chị Hoa ở đầu bản"}
    )
    assert answer.status_code == 422
    with store.read() as connection:
        assert listed(connection, CommunicationActivity) == ()


def test_what_was_typed_before_there_was_a_list_is_shown_and_grouped(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    """A title that was typed counts with those that were chosen; any other text stands for itself."""
    office = signed_in("office", PROVINCE)
    for audience, material in (("người  dân", "Tờ gấp giữ nước"), ("Các cụ già", "Loa kéo")):
        old = {
            "id": str(uuid4()),
            "unit": OURS,
            "held_on": store.now().date(),
            "place_kind": "chợ phiên",
            "audience": audience,
            "headcount": 5,
            "material": material,
            "entered_at": store.now(),
        }
        store.write(lambda within, old=old: within.execute(insert(schema.tables.activity), old) and None)
    office.post("truyen-thong/", "truyen-thong/", **ACTIVITY)
    page = office.get("truyen-thong/").text
    for words in ("Người dân, 5 lượt; Tờ gấp giữ nước", "Các cụ già, 5 lượt; Loa kéo"):
        assert words in page
    figures = reported(office)
    assert figures["communication.audience.nguoi-dan.activities"] == 2
    assert figures["communication.audience.Các cụ già.activities"] == 1
    assert figures["communication.material.giu-giot-nuoc/to-gap.attendances"] == 95
    assert figures["communication.material.Loa kéo.activities"] == 1


def test_no_material_and_another_material_are_choices(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    for material in ("none", "other", "giu-giot-nuoc"):
        user.post("truyen-thong/", "truyen-thong/", **{**ACTIVITY, "material": material})
    with store.read() as connection:
        kept = set(connection.execute(select(schema.tables.activity.c.material)).scalars())
    assert kept == {None, "other", "giu-giot-nuoc"}
    page = user.get("truyen-thong/").text
    assert "lượt; Tài liệu khác" in page
    assert "lượt; Giữ từng giọt nước" in page


def test_what_regularly_is_taken_to_mean_stands_where_activities_are_entered(signed_in: SignedIn) -> None:
    assert "ít nhất 1 hoạt động trong mỗi 06 tháng" in signed_in("trainer", OURS).get("truyen-thong/").text

"""A form that is sent twice writes once, and leads to the same page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from staff_users import OURS, PROVINCE, SignedIn, UnitPersons

from taphuan.records import Store, schema
from taphuan.service.staff import base

ONCE = re.compile(r'name="once" value="([0-9a-f-]{36})"')
TABLES = (
    *(
        schema.event,
        schema.audit,
        schema.class_session,
        schema.tables.activity,
        schema.tables.issued_plan,
        schema.tables.figure,
    ),
    *(schema.account, schema.certificate),
)
CLASS = {
    "course": "nuoc-sach",
    "unit": OURS,
    "held_on": "2026-03-01",
    "minutes": "600",
    "trainer": "Tôi",
    "headcount": "2",
    "sheet_ref": "PK-1",
}
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "a class": ("lop/", CLASS),
    "an anonymous class": ("lop/", {**CLASS, "anonymous": "yes", "headcount": "20"}),
    "an activity": (
        "truyen-thong/",
        {
            "unit": OURS,
            "held_on": "2026-03-01",
            "place": "chợ phiên",
            "audience": "nguoi-dan",
            "headcount": "9",
            "material": "giu-giot-nuoc/to-gap",
        },
    ),
    "a plan": (
        "ke-hoach/",
        {"unit": OURS, "number": "1/KH-UBND", "issued_on": "2026-02-01", "first_year": "2026"},
    ),
}


def counts(store: Store) -> dict[str, int]:
    with store.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in TABLES
        }


@pytest.mark.parametrize("form", FORMS)
def test_the_same_form_again_changes_nothing(form: str, signed_in: SignedIn, store: Store) -> None:
    path, fields = FORMS[form]
    user = signed_in("trainer", OURS)
    once = ONCE.findall(user.get(path).text)[0]
    before = counts(store)
    first = user.post(path, path, **fields, once=once)
    assert first.status_code == 303, first.text
    written = counts(store)
    assert written != before
    again = user.post(path, path, **fields, once=once)
    assert (again.status_code, again.headers.get("location")) == (303, first.headers["location"])
    assert counts(store) == written


def test_a_page_gone_back_to_and_changed_is_another_form(signed_in: SignedIn, store: Store) -> None:
    user, once = signed_in("trainer", OURS), str(uuid4())
    first = user.post("lop/", "lop/", **CLASS, once=once)
    other = user.post("lop/", "lop/", **{**CLASS, "sheet_ref": "PK-2"}, once=once)
    assert first.headers["location"] != other.headers["location"]
    assert counts(store)["class_session"] == 2


def test_a_form_without_its_key_is_refused(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    for path, fields in FORMS.values():
        assert user.post(path, path, **fields, once="").status_code in {403, 409}, path
    assert counts(store)["class_session"] == counts(store)["activity"] == 0


def test_an_account_is_made_once_and_its_link_is_shown_again(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("office", PROVINCE)
    user.prove()
    fields = {"name": "Người Mới", "role": "trainer", "unit": OURS, "reason": "cử"}
    once = ONCE.findall(user.get("tai-khoan/").text)[0]
    for _ in range(2):
        answer = user.post("tai-khoan/", "tai-khoan/", **fields, once=once)
        assert answer.status_code == 200
        assert "/can-bo/loi-moi/#ma=" in answer.text
    assert counts(store)["account"] == 2
    assert user.post("tai-khoan/", "tai-khoan/", **fields).status_code == 422


def test_slips_are_printed_once_so_that_those_in_hand_stay_good(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(base, "print_sheet", lambda sheet: b"%PDF")
    user = signed_in("trainer", OURS)
    once = ONCE.findall(user.get("ma/").text)[0]
    asked = {"unit": OURS, "everybody": "yes", "once": once}
    assert user.post("ma/phieu.pdf", "ma/", **asked).status_code == 200
    with store.read() as connection:
        codes = set(connection.execute(select(schema.credential.c.hash)).scalars())
    again = user.post("ma/phieu.pdf", "ma/", **asked)
    assert (again.status_code, "Phiếu này vừa được in." in again.text) == (422, True)
    with store.read() as connection:
        assert set(connection.execute(select(schema.credential.c.hash)).scalars()) == codes
    assert user.post("ma/phieu.pdf", "ma/", unit=OURS, everybody="yes").status_code == 200


def test_a_name_is_erased_and_a_record_changed_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    user.prove()
    changed = {"full_name": "Lò Thị Hoa", "position": "Phó chủ tịch", "unit": OURS, "reason": "đổi việc"}
    erased = {"sure": "yes", "reason": "theo yêu cầu"}
    for path, fields in (("sua", changed), ("xoa-ten", erased)):
        first = user.post(f"nguoi/{hoa}/{path}/", "nguoi/", **fields)
        written = counts(store)
        again = user.post(f"nguoi/{hoa}/{path}/", "nguoi/", **fields)
        assert (again.status_code, again.headers.get("location")) == (303, first.headers["location"])
        assert counts(store) == written

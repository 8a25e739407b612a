"""Two records of one person: found without marks, looked at side by side, merged with a reason, undone."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store, people, schema
from taphuan.records.access.accounts import Role

CANDIDATE = re.compile(r'<li><a href="/can-bo/nguoi/[^"]+/gop/([^"/]+)/"><strong>([^<]+)</strong>')


def candidates(page: str) -> dict[str, str]:
    """The names that a page offers, by id."""
    return dict(CANDIDATE.findall(page))


def merged(store: Store) -> dict[str, str | None]:
    with store.read() as connection:
        table = schema.person.c
        return dict(connection.execute(select(table.id, table.merged_into)).all())  # type: ignore[arg-type]


def proven(user: StaffUser) -> StaffUser:
    table = schema.session
    here = update(table).where(table.c.account == user.account).values(totp_at=user.store.now())
    user.store.write(lambda connection: connection.execute(here) and None)
    return user


def test_those_who_are_called_alike_are_offered_at_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    namesake = people.NewPerson(full_name="Lò Thị Hoa", position="Văn thư", unit=THEIRS)
    (id,) = store.write(lambda within: people.add_persons(within, [namesake], by=OPERATOR, now=store.now()))
    page = signed_in("office", PROVINCE).get(f"nguoi/{persons_by_unit[OURS].ids['hoa']}/gop/").text
    assert candidates(page) == {id: "Lò Thị Hoa"}
    assert "Văn thư" in page


def test_others_are_found_without_marks_and_by_unit_without_a_script(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    path = f"nguoi/{hoa}/gop/"
    assert set(candidates(user.post(path, path, name="LO").text).values()) == {"Lò Văn Sủa"}
    assert candidates(user.post(path, path, name="lo", unit=OURS).text) == {}
    found = user.post(path, path, name="giang thi", unit=OURS)
    assert set(candidates(found.text).values()) == {"Giàng Thị Đua", "Giàng Thị Dừa"}
    assert "Công chức" in found.text
    assert candidates(user.post(path, path, name="l", unit="").text) == {}
    assert candidates(user.post(path, path, name="lo", unit="không có").text) == {}


def test_a_search_by_unit_answers_the_script_too(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    fields = {"token": user.browser.token("/can-bo/nguoi/"), "name": "lo"}

    def names(unit: str) -> list[str]:
        data, headers = {**fields, "unit": unit}, {"Accept": "application/json"}
        return [one["name"] for one in user.browser.post("/can-bo/nguoi/", data=data, headers=headers).json()]

    assert names(OURS) == names("") == ["Lò Thị Hoa"]
    assert names(THEIRS) == []


def test_an_office_of_one_unit_finds_nobody_outside(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa, sua = (
        signed_in("office", OURS),
        persons_by_unit[OURS].ids["hoa"],
        persons_by_unit[THEIRS].ids["sua"],
    )
    path = f"nguoi/{hoa}/gop/"
    assert candidates(user.post(path, path, name="lo").text) == {}
    assert user.get(f"{path}{sua}/").status_code == 404
    assert user.get(f"nguoi/{sua}/gop/").status_code == 404


@pytest.mark.parametrize("role", ["trainer", "unit-head"])
def test_only_the_office_looks_for_records_to_merge(
    role: Role, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa, dua = signed_in(role, OURS), persons_by_unit[OURS].ids["hoa"], persons_by_unit[OURS].ids["dua"]
    for path in (f"nguoi/{hoa}/gop/", f"nguoi/{hoa}/gop/{dua}/"):
        assert user.get(path).status_code == 403
    assert "/gop/" not in user.get(f"nguoi/{hoa}/").text


@pytest.mark.parametrize("keeps_first", [True, False])
def test_the_one_that_was_chosen_stays(
    keeps_first: bool, signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user = proven(signed_in("office", PROVINCE))
    first, second = persons_by_unit[OURS].ids["dua"], persons_by_unit[OURS].ids["dua-2"]
    path = f"nguoi/{first}/gop/{second}/"
    page = user.get(path).text
    assert "Giữ: Giàng Thị Đua" in page
    assert "Giữ: Giàng Thị Dừa" in page
    assert "Cả hai hồ sơ đều có trong danh sách cấp xã chốt ngày 02/3/2026" in page
    kept, left = (first, second) if keeps_first else (second, first)
    answer = user.post(path, path, stays=kept, reason="nhập hai lần")
    assert answer.headers["location"].startswith(f"/can-bo/nguoi/{kept}/")
    assert merged(store)[left] == kept
    assert "nhập hai lần" in user.get(f"nguoi/{kept}/").text


def test_rosters_of_one_day_are_told_apart(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    first, now = persons_by_unit[OURS].ids["dua"], store.now()

    def elsewhere(within):  # type: ignore[no-untyped-def]
        new = people.NewPerson(full_name="Giàng Thị Đua", position=None, unit=PROVINCE)
        (id,) = people.add_persons(within, [new], by=OPERATOR, now=now)
        people.freeze_roster(
            within,
            [people.RosterMember(person=id, unit=PROVINCE)],
            level="province",
            as_of=now.date(),
            decision_ref="13/QĐ",
            source_sha256="1" * 64,
            by=OPERATOR,
            now=now,
        )
        return id

    page = signed_in("office", PROVINCE).get(f"nguoi/{first}/gop/{store.write(elsewhere)}/").text
    assert "Trong danh sách cấp tỉnh chốt ngày 02/3/2026." in page
    assert "Trong danh sách cấp xã chốt ngày 02/3/2026." in page
    assert "mẫu số" not in page


def test_the_same_form_twice_merges_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user = proven(signed_in("office", PROVINCE))
    first, second = persons_by_unit[OURS].ids["dua"], persons_by_unit[OURS].ids["dua-2"]
    path = f"nguoi/{first}/gop/{second}/"
    for _ in range(2):
        answer = user.post(path, "nguoi/", stays=first, reason="nhập hai lần")
        assert answer.headers["location"].startswith(f"/can-bo/nguoi/{first}/")
    with store.read() as connection:
        kinds = connection.execute(select(schema.event.c.kind)).scalars().all()
    assert kinds == ["person.merged"]
    assert user.get(path).headers["location"] == f"/can-bo/nguoi/{first}/"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": "nhập hai lần"}, "Chọn hồ sơ được giữ lại."),
        ({"stays": "ai khác", "reason": "nhập hai lần"}, "Chọn hồ sơ được giữ lại."),
        ({"stays": "{first}", "reason": " "}, "Ghi lý do gộp."),
    ],
)
def test_without_a_choice_or_a_reason_nothing_is_merged(
    fields: dict[str, str],
    told: str,
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
) -> None:
    user = proven(signed_in("office", PROVINCE))
    first, second = persons_by_unit[OURS].ids["dua"], persons_by_unit[OURS].ids["dua-2"]
    sent = {name: value.format(first=first) for name, value in fields.items()}
    answer = user.post(f"nguoi/{first}/gop/{second}/", "nguoi/", **sent)
    assert answer.status_code == 422
    assert told in answer.text
    assert not any(merged(store).values())


def test_nobody_is_merged_with_themselves_or_a_stranger(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = proven(signed_in("office", PROVINCE)), persons_by_unit[OURS].ids["hoa"]
    for other in (hoa, "không-có"):
        path = f"nguoi/{hoa}/gop/{other}/"
        assert user.get(path).status_code == 404
        assert user.post(path, "nguoi/", stays=hoa, reason="nhầm").status_code == 404
    assert not any(merged(store).values())


def test_a_merge_is_undone_on_the_page_of_the_one_who_stayed(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user = proven(signed_in("office", PROVINCE))
    first, second = persons_by_unit[OURS].ids["dua"], persons_by_unit[OURS].ids["dua-2"]
    user.post(f"nguoi/{first}/gop/{second}/", "nguoi/", stays=first, reason="nhập hai lần")
    page = user.get(f"nguoi/{first}/").text
    (event,) = re.findall(rf"/can-bo/nguoi/{first}/huy/([0-9a-f-]{{36}})/", page)
    (once,) = set(re.findall(r'name="once" value="([^"]+)"', page))
    user.post(f"nguoi/{first}/huy/{event}/", f"nguoi/{first}/", reason="hai người khác nhau", once=once)
    assert not any(merged(store).values())


def test_beside_what_was_voided_stands_who_did_that_and_why(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = proven(signed_in("unit-head", OURS)), persons_by_unit[OURS].ids["hoa"]
    page = user.get(f"nguoi/{hoa}/").text
    (once,) = set(re.findall(r'name="once" value="([^"]+)"', page))
    said = {"course": "nuoc-sach", "document": "1/QĐ-UBND", "day": "2026-03-01", "reason": "theo văn bản"}
    user.post(f"nguoi/{hoa}/van-ban/", f"nguoi/{hoa}/", once=once, **said)
    (event,) = re.findall(rf"/can-bo/nguoi/{hoa}/huy/([0-9a-f-]{{36}})/", user.get(f"nguoi/{hoa}/").text)
    user.post(f"nguoi/{hoa}/huy/{event}/", f"nguoi/{hoa}/", once=once, reason="sai người")
    page = user.get(f"nguoi/{hoa}/").text
    assert "Hủy ghi nhận ngày 02/3/2026 (số 2), do unit-head 00101 1: sai người." in page

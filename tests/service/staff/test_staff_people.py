"""Correcting what the records say of somebody."""

from __future__ import annotations

import pytest
from staff_users import OPERATOR, OURS, SignedIn, UnitPersons

from taphuan.records import Store, people
from taphuan.records.people import NewPerson, Person


def known(store: Store, id: str) -> Person:
    with store.read() as connection:
        return people.person(connection, id)


def test_somebody_who_left_stays_gone_when_a_name_is_corrected(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    hoa, gone = persons_by_unit[OURS].ids["hoa"], NewPerson(full_name="Lò Thị Hoa", position=None, unit=OURS)
    store.write(
        lambda within: people.change_person(within, hoa, gone, active=False, by=OPERATOR, now=store.now())
    )
    user = signed_in("unit-head", OURS)
    answer = user.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name="Lò Thị Hòa", unit=OURS, reason="sai dấu")
    assert answer.status_code == 303
    assert (known(store, hoa).full_name, known(store, hoa).active) == ("Lò Thị Hòa", False)


def test_what_was_typed_is_read_once(signed_in: SignedIn) -> None:
    """Neither the escapes of an address nor those of HTML are undone a second time."""
    typed = "Lò %54hị &lt;b&gt; %253C \\u0041"
    page = signed_in("trainer", OURS).post("nguoi/", "nguoi/", name=typed).text
    assert 'value="Lò %54hị &amp;lt;b&amp;gt; %253C \\u0041"' in page


def test_no_control_character_is_kept(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    """PostgreSQL refuses a NUL, and a document none of the others may stand in."""
    hoa = persons_by_unit[OURS].ids["hoa"]
    user = signed_in("unit-head", OURS)
    name = "Lò\x00 Thị\x1b\u0085Hòa"
    answer = user.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name=name, unit=OURS, reason="sai dấu")
    assert answer.status_code == 303
    assert known(store, hoa).full_name == "Lò Thị Hòa"


@pytest.mark.parametrize(
    "name",
    [
        *("<b>Lò Thị Hoa</b>", "Lò Thị Hoa 0912345678", "Lò Thị Hoa2", "Lò Thị Hoa; Vàng A Bình", "123", "—"),
        *("Lò Thị Hoa, Xã Mẫu", "Lò Thị Hoа", "Chủ tịch UBND xã", "Khuyết", "Lò " * 30),
    ],
)
def test_a_name_is_corrected_to_what_a_list_would_take(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store, name: str
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    user = signed_in("unit-head", OURS)
    answer = user.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name=name, unit=OURS, reason="sai dấu")
    assert answer.status_code == 422
    assert "Ghi đủ họ và tên, chỉ gồm chữ cái và dấu cách." in answer.text
    assert known(store, hoa).full_name == "Lò Thị Hoa"


def test_what_turns_a_name_around_is_not_kept(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    user = signed_in("unit-head", OURS)
    name = "\u202eLò Thị\u2066 Ho\u200b\u0300a\u202c"
    answer = user.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name=name, unit=OURS, reason="sai dấu")
    assert (answer.status_code, known(store, hoa).full_name) == (303, "Lò Thị Hòa")


def test_a_telephone_number_is_no_position(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    hoa, wrong = (
        persons_by_unit[OURS].ids["hoa"],
        {"unit": OURS, "reason": "sai dấu", "full_name": "Lò Thị Hoa"},
    )
    user = signed_in("unit-head", OURS)
    for position in ("Công chức, 0912 345 678", "hoa@example.vn", "12345"):
        answer = user.post(f"nguoi/{hoa}/sua/", "nguoi/", position=position, **wrong)
        assert (answer.status_code, "Ghi chức vụ bằng chữ, hoặc để trống." in answer.text) == (422, True)
    assert known(store, hoa).position == "Công chức"


def test_a_name_that_a_list_would_not_take_does_not_stand_in_the_way_of_another_correction(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    hoa, odd = persons_by_unit[OURS].ids["hoa"], NewPerson(full_name="Lò Thị Hoa 2", position=None, unit=OURS)
    store.write(
        lambda within: people.change_person(within, hoa, odd, active=True, by=OPERATOR, now=store.now())
    )
    user = signed_in("unit-head", OURS)
    answer = user.post(
        f"nguoi/{hoa}/sua/",
        "nguoi/",
        full_name="Lò Thị Hoa 2",
        position="Phó phòng",
        unit=OURS,
        reason="thiếu",
    )
    assert (answer.status_code, known(store, hoa).position) == (303, "Phó phòng")

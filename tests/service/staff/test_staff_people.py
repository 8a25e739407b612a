"""Correcting what the records say of somebody."""

from __future__ import annotations

from desks import OPERATOR, OURS, Folk, SignedIn

from generator.records import Store, people
from generator.records.people import NewPerson, Person


def known(store: Store, id: str) -> Person:
    with store.read() as connection:
        return people.person(connection, id)


def test_somebody_who_left_stays_gone_when_a_name_is_corrected(
    signed_in: SignedIn, folk: dict[str, Folk], store: Store
) -> None:
    hoa, gone = folk[OURS].ids["hoa"], NewPerson(full_name="Lò Thị Hoa", position=None, unit=OURS)
    store.write(lambda within: people.change(within, hoa, gone, active=False, by=OPERATOR, now=store.now()))
    desk = signed_in("unit-head", OURS)
    answer = desk.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name="Lò Thị Hòa", unit=OURS, reason="sai dấu")
    assert answer.status_code == 303
    assert (known(store, hoa).full_name, known(store, hoa).active) == ("Lò Thị Hòa", False)


def test_no_control_character_is_kept(signed_in: SignedIn, folk: dict[str, Folk], store: Store) -> None:
    """PostgreSQL refuses a NUL, and a document none of the others may stand in."""
    hoa = folk[OURS].ids["hoa"]
    desk = signed_in("unit-head", OURS)
    name = "Lò\x00 Thị\x1b\u0085Hòa"
    answer = desk.post(f"nguoi/{hoa}/sua/", "nguoi/", full_name=name, unit=OURS, reason="sai dấu")
    assert answer.status_code == 303
    assert known(store, hoa).full_name == "Lò Thị Hòa"

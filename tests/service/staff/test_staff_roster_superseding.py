"""A list frozen by mistake is never edited: another one stands in for it, and both stay to be seen."""

from __future__ import annotations

import pytest
from clocks import Clock
from httpx import Response
from roster_uploads import CSV, LESS, hidden_fields, roster_count, signed_in_office, upload
from staff_users import SignedIn, StaffUser

from taphuan.records import Store, people
from taphuan.records.people import Roster

MISTAKEN = "thiếu phường Giếng Làng"


def send(user: StaffUser, **said: str) -> Response:
    """Sends up a list in place of the first one and freezes it."""
    page = upload(user, CSV.encode(), **{"replaces": "1", "because": MISTAKEN, **said})
    return user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS)


def rosters(store: Store) -> dict[int, Roster]:
    with store.read() as connection:
        return {one.number: one for one in people.all_rosters(connection)}


def test_a_mistaken_list_is_replaced_by_another_one_and_stays(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = user.get("danh-sach/").text
    assert "Danh sách số 1: cấp xã" in page
    assert 'href="/can-bo/danh-sach/?thay=1#gui"' in page
    form = user.get("danh-sach/?thay=1").text
    assert "Gửi danh sách thay cho danh sách số 1" in form
    assert '<input type="hidden" name="replaces" value="1">' in form
    assert send(user).status_code == 303
    old, new = rosters(store)[1], rosters(store)[2]
    assert old.superseded is not None
    assert (old.superseded.by_roster, old.superseded.reason) == (new.id, MISTAKEN)
    assert (new.instead_of, old.superseded.decision_ref) == (1, "15/QĐ-SYT")
    page = user.get("danh-sach/").text
    assert 'Đã được thay bằng <a href="#so-2">danh sách số 2</a>' in page
    assert f"vì: {MISTAKEN}" in page
    assert "?thay=1" not in page


def test_the_trail_names_both(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    assert send(user).status_code == 303
    page = user.get("nhat-ky/").text
    assert "danh sách số 1, đã được thay bằng số 2" in page
    assert "danh sách số 2, thay cho số 1" in page
    assert f"thay cho danh sách số 1 vì {MISTAKEN}" in page


def test_figures_of_this_half_year_and_of_the_one_before_follow_the_right_list(
    signed_in: SignedIn, store: Store, clock: Clock
) -> None:
    clock.time = clock.time.replace(month=8)
    user = signed_in_office(signed_in)
    assert "danh sách ngày 02/3/2026 (12/QĐ" in user.get("chi-tieu/?ky=2026H1").text
    assert send(user).status_code == 303
    for period in ("2026H1", "2026H2"):
        page = user.get(f"chi-tieu/?ky={period}").text
        assert "người của danh sách ngày 01/3/2026 (15/QĐ-SYT" in page
        assert "thay cho danh sách số 1" in page
    assert store.verify() == ()


def test_it_takes_a_reason(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode(), replaces="1", because=" ")
    assert page.status_code == 422
    assert "Ghi nội dung sai của danh sách số 1." in page.text
    assert roster_count(store) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"replaces": "9"}, "Danh sách số 9 không có, hoặc đã được thay."),
        ({"replaces": "x"}, "Danh sách số x không có, hoặc đã được thay."),
        ({"levels": "province"}, "Danh sách số 1 là của cấp khác."),
        ({"levels": "both"}, "Danh sách số 1 là của cấp khác."),
    ],
)
def test_what_cannot_be_replaced_is_told(
    signed_in: SignedIn, store: Store, said: dict[str, str], told: str
) -> None:
    page = upload(signed_in_office(signed_in), CSV.encode(), **{"replaces": "1", "because": MISTAKEN, **said})
    assert page.status_code == 422
    assert told in page.text
    assert roster_count(store) == 1


def test_a_list_is_replaced_once(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    assert send(user).status_code == 303
    assert send(user).status_code == 422
    assert len(rosters(store)) == 2


def test_the_next_list_is_set_beside_the_one_that_stands_in(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    assert send(user).status_code == 303
    page = upload(user, CSV.encode())
    assert "So với danh sách số 2" in page.text
    assert "So với danh sách số 1" not in page.text


def test_what_stands_in_is_set_beside_the_mistaken_list_and_the_one_before_it(
    signed_in: SignedIn, store: Store
) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode(), as_of=store.now().date().isoformat())
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 303
    page = upload(user, CSV.encode(), replaces="2", because=MISTAKEN)
    assert "So với danh sách số 2" in page.text
    assert "So với danh sách số 1" in page.text
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page)).status_code == 422

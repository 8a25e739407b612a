"""A list is set beside the one before; much less of it takes a reason, which stays in the trail."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from httpx import Response
from roster_uploads import CSV, LESS, hidden_fields, roster_count, signed_in_office, upload
from staff_users import NAMES, OPERATOR, OURS, THEIRS, SignedIn, StaffUser, UnitPersons

from taphuan.records import Store, people
from taphuan.records.audit_trail import trail
from taphuan.records.training.corrections import record_document
from taphuan.roster_import.vocabulary import vocabulary

HEADINGS = "Họ và tên,Chức vụ,Đơn vị\n"
UNITS = {OURS: "Xã Suối Trong", THEIRS: "Phường Giếng Làng"}


def rows(**left_out: object) -> str:
    """Everybody of both communes, but for some."""
    listed = [(name, UNITS[unit]) for unit, names in NAMES.items() for name in names.values()]
    return HEADINGS + "".join(f"{name},Công chức,{unit}\n" for name, unit in listed if name not in left_out)


def settle(user: StaffUser, page: Response, **said: str) -> Response:
    return user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | said)


def words(page: Response) -> str:
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def reasons(store: Store) -> list[str]:
    with store.read() as connection:
        return [entry.reason for entry in trail(connection, action="roster.frozen")]


def test_the_same_people_again_are_frozen_without_a_question(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, rows().encode())
    assert "mới chốt được" not in page.text
    assert "Danh sách trước có 6 người, danh sách này có 6 người." in words(page)
    assert 'name="loss_reason"' not in page.text
    assert settle(user, page).status_code == 303
    assert roster_count(store) == 2


def test_a_much_shorter_list_stops_until_a_reason_is_given(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, rows(**{"Giàng Thị Dừa": 1}).encode())
    assert "Dừng: danh sách cấp xã giảm 16,7%" in words(page)
    assert "Danh sách trước có 6 người, danh sách này có 5 người (giảm 1)." in words(page)
    for said in ({}, {"loss_reason": "  "}, {"loss_reason": "\u200b\u00ad"}, {"loss_document": "7/NQ"}):
        answer = settle(user, page, **said)
        assert answer.status_code == 422
        assert '<a href="#loss_reason">Danh sách giảm nhiều' in answer.text
    assert roster_count(store) == 1
    assert settle(user, page, **LESS).status_code == 303
    told = (
        "chốt danh sách theo 15/QĐ-SYT; cấp xã từ 6 thành 5 người (giảm 16,7%), so với danh sách số 1. "
        "Lý do: Năm xã đã hợp nhất, theo 7/NQ-HĐND"
    )
    assert told in reasons(store)


def test_a_unit_that_vanishes_stops_however_many_there_are(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    others = "".join(f"Lý A {name},Công chức,Xã Suối Trong\n" for name in ("Một", "Hai", "Ba", "Tư"))
    page = upload(user, (rows(**dict.fromkeys(NAMES[THEIRS].values())) + others).encode())
    assert "thiếu cả đơn vị" in words(page)
    assert "Đơn vị không còn người nào trong danh sách: Phường Giếng Làng." in words(page)
    assert "đơn vị đang có người trong sổ nhưng không có ai" not in page.text, "said twice"
    assert settle(user, page).status_code == 422
    assert settle(user, page, **LESS).status_code == 303
    assert "từ 6 thành 8 người, không còn Phường Giếng Làng" in reasons(store)[0]


def test_what_the_share_would_become_is_said(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    given = {"document": "1/QĐ", "day": store.now().date(), "by": OPERATOR, "now": store.now()}
    store.write(
        lambda within: record_document(
            within, persons_by_unit[OURS].ids["hoa"], "nuoc-sach", event_id=str(uuid4()), **given
        )
    )
    page = upload(signed_in_office(signed_in), CSV.encode(), as_of=store.now().date().isoformat())
    assert re.search(r"16,7% → thành 50,0% .*dù không có thêm người được tập huấn", words(page))
    assert re.search(r"−5 người không còn trong danh sách \+1 người mới", words(page))


def test_who_left_and_was_trained_is_counted(
    signed_in: SignedIn, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    given = {"document": "1/QĐ", "day": store.now().date(), "by": OPERATOR, "now": store.now()}
    store.write(
        lambda within: record_document(
            within, persons_by_unit[THEIRS].ids["sua"], "nuoc-sach", event_id=str(uuid4()), **given
        )
    )
    assert "−5 người không còn trong danh sách, 1 người đã tập huấn" in words(
        upload(signed_in_office(signed_in), CSV.encode())
    )


def test_the_list_before_may_be_of_the_same_day(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    today = {"as_of": store.now().date().isoformat()}
    assert settle(user, upload(user, rows().encode(), **today)).status_code == 303
    page = upload(user, CSV.encode(), **today)
    assert "So với danh sách số 2" in words(page)
    assert settle(user, page).status_code == 422
    assert roster_count(store) == 2


def test_a_page_that_says_nothing_of_the_loss_does_not_get_around_the_stop(
    signed_in: SignedIn, store: Store
) -> None:
    user = signed_in_office(signed_in)
    sent = hidden_fields(upload(user, CSV.encode()))
    answer = user.browser.post("/can-bo/danh-sach/chot/", data=sent | {"reason": "vì thế"})
    assert answer.status_code == 422
    assert roster_count(store) == 1


def test_a_list_in_place_of_an_earlier_one_is_set_beside_the_one_that_it_pushes_out_too(
    signed_in: SignedIn, store: Store
) -> None:
    """Else a short list in place of an old one would become the denominator without a word."""
    user = signed_in_office(signed_in)
    others = "".join(f"Lý A {chr(65 + i)}x,Công chức,Xã Suối Trong\n" for i in range(20))
    today = {"as_of": store.now().date().isoformat()}
    assert settle(user, upload(user, (rows() + others).encode(), **today)).status_code == 303
    instead = {"replaces": "1", "because": "nhầm tệp"}
    page = upload(user, rows().encode(), **today, **instead)
    assert "So với danh sách số 2" in words(page)
    assert "danh sách cấp xã giảm 76,9%" in words(page)
    assert len(re.findall("[Nn]ếu chốt danh sách này", words(page))) == 1
    assert settle(user, page).status_code == 422
    assert roster_count(store) == 2
    page = upload(user, rows().encode(), **instead)
    assert "So với danh sách số 2" not in words(page), "of an earlier day, it pushes out none"
    assert "Nếu chốt danh sách này, tỷ lệ" not in words(page)


def test_a_list_of_an_earlier_day_says_that_it_changes_no_share(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, rows().encode())
    assert "Danh sách này ghi ngày sớm hơn danh sách số 1 (cấp xã, ngày 02/3/2026)" in words(page)
    assert "Sau khi chốt, tỷ lệ của kỳ này vẫn tính theo danh sách số 1" in words(page)
    assert "Nếu chốt danh sách này, tỷ lệ" not in words(page)
    assert settle(user, page).status_code == 303
    assert "người của danh sách ngày 02/3/2026" in words(user.get("chi-tieu/"))
    page = upload(user, rows().encode(), as_of=store.now().date().isoformat())
    assert "ghi ngày sớm hơn" not in words(page)
    assert "Nếu chốt danh sách này, tỷ lệ" in words(page)


class TestMadeUp:
    """Of made-up people."""

    @pytest.fixture
    def invented(self) -> bool:
        return True

    def test_a_shorter_made_up_list_stops_too(self, signed_in: SignedIn, store: Store) -> None:
        user = signed_in_office(signed_in)
        mark = vocabulary().synthetic
        marked = f'Họ và tên,Chức vụ,Đơn vị,Ghi chú\nLò Thị Hoa,Công chức,Xã Suối Trong,"{mark}"\n'
        page = upload(user, marked.encode())
        assert "mới chốt được" in words(page)
        assert settle(user, page).status_code == 422
        assert settle(user, page, **LESS).status_code == 303
        with store.read() as connection:
            assert [one.synthetic for one in people.all_rosters(connection)] == [True, True]

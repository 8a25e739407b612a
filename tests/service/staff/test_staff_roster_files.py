"""Thirty-eight communes send thirty-eight files: one look, one freezing."""

from __future__ import annotations

import re

from roster_uploads import CSV, LESS, hidden_fields, roster_count, signed_in_office, upload
from staff_users import SignedIn

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.roster_import.template import build_template

HEADINGS = "Họ và tên,Chức vụ,Đơn vị\n"


def commune_files(count: int) -> tuple[bytes, ...]:
    """A file of each of so many communes, with three people."""
    names = [first + rest for first in "BCDGHKLMNT" for rest in ("an", "inh", "ung", "oa")][:count]
    rows = (
        "".join(f"Lò {given} {name},Công chức,Xã Suối Trong\n" for given in ("An", "Cúc", "Tú"))
        for name in names
    )
    return tuple(f"{HEADINGS}{one}".encode() for one in rows)


def test_thirty_eight_files_are_one_look_and_one_freezing(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    names = [f"xa-{n:02}.csv" for n in range(38)]
    page = upload(user, *commune_files(38), names=names)
    assert "38 tệp. <strong>Chưa ghi gì vào sổ.</strong>" in page.text
    assert "<dt>Số người</dt><dd>114</dd>" in page.text
    sent = hidden_fields(page)
    assert len(sent["packed"]) == 38
    assert sent["file_name"] == names
    assert user.browser.post("/can-bo/danh-sach/chot/", data=sent | LESS).status_code == 303
    assert roster_count(store) == 2
    with store.read() as connection:
        newest = max(people.all_rosters(connection), key=lambda one: one.number)
        assert len(people.roster_members(connection, newest.id)) == 114


def test_thirty_eight_workbooks_fit_into_the_page(signed_in: SignedIn, programme: Programme) -> None:
    user = signed_in_office(signed_in)
    books = [build_template(programme.units) + bytes(n) for n in range(1, 39)]
    page = upload(user, *books, names=[f"xa-{n:02}.xlsx" for n in range(38)])
    assert page.status_code == 200
    again = user.browser.post("/can-bo/danh-sach/thu/", data=hidden_fields(page))
    assert again.status_code == 200
    assert "38 tệp" in again.text


def test_a_broken_file_is_named_and_can_be_left_out(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode(), b"PK\x03\x04broken", names=["a.csv", "hong.xlsx"])
    assert "<strong>Tệp “hong.xlsx”" in page.text
    assert "Sùng A Mới" in page.text
    assert "Chốt danh sách</button>" not in page.text
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 422
    assert roster_count(store) == 1
    assert "Bỏ tệp: hong.xlsx" in page.text
    mended = user.browser.post("/can-bo/danh-sach/thu/", data=hidden_fields(page) | {"leave-out": "1"})
    assert hidden_fields(mended)["file_name"] == ["a.csv"]
    assert user.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(mended) | LESS).status_code == 303
    assert roster_count(store) == 2


def test_a_file_ticked_and_frozen_at_once_is_shown_again_first(signed_in: SignedIn, store: Store) -> None:
    user = signed_in_office(signed_in)
    sent = hidden_fields(upload(user, *commune_files(2), names=["a.csv", "b.csv"])) | LESS
    answer = user.browser.post("/can-bo/danh-sach/chot/", data=sent | {"leave-out": "1"})
    assert answer.status_code == 422
    assert "đã thay đổi" in answer.text
    assert roster_count(store) == 1


def test_a_finding_names_file_and_sheet_and_a_person_in_two_files_both(signed_in: SignedIn) -> None:
    user = signed_in_office(signed_in)
    wrong = f"{HEADINGS}Lý A Lạ,Công chức,Xã Không Có\n".encode()
    page = upload(user, CSV.encode(), CSV.encode() + b"\n", wrong, names=["a.csv", "b.csv", "c.csv"])
    assert "Tệp “c.csv”, ô C2" in page.text
    (doubt,) = re.findall(r"<legend>b\.csv, hàng 2: .*?</fieldset>", page.text, re.DOTALL)
    assert "đã có ở a.csv!" in doubt


def test_the_same_file_twice_is_told_and_its_people_counted_once(signed_in: SignedIn) -> None:
    page = upload(signed_in_office(signed_in), CSV.encode(), CSV.encode(), names=["a.csv", "b.csv"])
    assert "giống hệt tệp “a.csv”" in page.text
    assert "<dt>Số người</dt><dd>2</dd>" in page.text


def test_files_that_are_too_much_together_are_refused_with_what_to_do(
    signed_in: SignedIn, store: Store
) -> None:
    noise = [bytes([n]) * 5_400_000 for n in (65, 66)]
    page = upload(signed_in_office(signed_in), *noise, names=["a.csv", "b.csv"])
    assert page.status_code in {413, 422}
    assert "MB" in page.text
    assert roster_count(store) == 1


def test_a_list_said_to_be_of_both_levels_that_has_one_is_not_taken_for_both(
    signed_in: SignedIn, store: Store
) -> None:
    """Else everybody of the other level would leave, though no list of theirs is frozen."""
    user = signed_in_office(signed_in)
    page = upload(user, CSV.encode(), levels="both")
    assert page.status_code == 422
    assert "Tệp không có người nào ở cấp tỉnh." in page.text
    sent = hidden_fields(upload(user, CSV.encode())) | LESS | {"levels": "both"}
    assert user.browser.post("/can-bo/danh-sach/chot/", data=sent).status_code == 422
    assert roster_count(store) == 1


def test_more_files_than_a_list_may_have_are_told_by_their_number(signed_in: SignedIn, store: Store) -> None:
    names = [f"{number}.csv" for number in range(101)]
    page = upload(signed_in_office(signed_in), *(CSV.encode() for _ in names), names=names)
    assert page.status_code == 422
    assert "nhiều nhất 100 tệp, đây là 101 tệp" in page.text
    assert roster_count(store) == 1

"""What stops a list stands at its top, one panel a cause, with the way on; a doubt stands by its row."""

from __future__ import annotations

import re

import pytest
from httpx import Response
from roster_uploads import CSV, hidden_fields, signed_in_office, upload
from staff_users import SignedIn, UnitPersons
from starlette.datastructures import FormData

from taphuan.service.staff.people.roster_draft import MOST_DOUBTS, read_settled

HEAD = "Họ và tên,Chức vụ,Đơn vị\n"
BOTH = f"{CSV}Tẩn A Sở,Chuyên viên,Sở Mẫu\nChẻo Thị Sở,Chuyên viên,Sở Mẫu\n"
STOP = re.compile(r'<section class="stop[^>]*>.*?<h2[^>]*>(.*?)</h2>', re.DOTALL)
CHOICE = re.compile(r'<input type="radio" name="(who-[^"]+)" value="([^"]+)"')


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def stops(page: Response) -> list[str]:
    return [words(title) for title in STOP.findall(page.text)]


def test_a_file_of_both_levels_is_one_cause_and_the_level_is_chosen_anew_without_the_file(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, BOTH.encode())
    first = stops(page)[0]
    assert first == "Dừng: 2 người trong tệp không thuộc cấp xã"
    assert page.text.index("Tẩn A Sở") < page.text.index('<dl class="sums">'), "each by name"
    assert (
        '<button type="submit" class="button" name="levels" value="both">Xem lại với cả hai cấp' in page.text
    )
    again = user.browser.post("/can-bo/danh-sach/thu/", data={**hidden_fields(page), "levels": "both"})
    assert "Xem thử danh sách cả hai cấp</h1>" in again.text
    assert not any("không thuộc" in title for title in stops(again))
    assert "Chốt danh sách</button>" in again.text


def test_a_file_of_the_other_level_alone_is_looked_at_as_that(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    page = upload(signed_in_office(signed_in), f"{HEAD}Tẩn A Sở,Chuyên viên,Sở Mẫu\n".encode())
    assert stops(page)[0] == "Dừng: 1 người trong tệp không thuộc cấp xã"
    assert 'name="levels" value="province">Xem lại với cấp tỉnh</button>' in page.text


def test_faults_that_one_thing_puts_right_stand_together(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    rows = "".join(f"{number}2345,Công chức,Xã Suối Trong\n" for number in range(1, 6))
    page = upload(signed_in_office(signed_in), f"{CSV}Lò Văn Ánh,Công chức,Xã Không Có Đâu\n{rows}".encode())
    (stop, *_) = re.findall(r'<section class="stop" id="phai-sua".*?</section>', page.text, re.DOTALL)
    assert stop.count('<li class="cause">') == 2
    assert "Chốt danh sách</button>" not in page.text


def test_who_leaves_is_told_at_the_top_although_as_many_come(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    """The size stays, and the share would become another one."""
    names = ("Ánh", "Bích", "Chung", "Én")
    rows = "".join(f"Lò Mới {name},Công chức,Xã Suối Trong\n" for name in names)
    rows += "".join(f"Lý Mới {name},Công chức,Phường Giếng Làng\n" for name in names[:2])
    page = upload(signed_in_office(signed_in), f"{HEAD}{rows}".encode())
    assert stops(page) == ["Xem kỹ: 6 người ra khỏi danh sách cấp xã"]
    assert page.text.index("Xem kỹ:") < page.text.index('<dl class="sums">')
    assert 'name="loss_reason"' not in page.text
    assert "Chốt danh sách</button>" in page.text


def test_the_same_people_again_stop_nowhere(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    rows = "".join(
        f"{name},Công chức,{unit}\n"
        for unit, names in {
            "Xã Suối Trong": ("Lò Thị Hoa", "Vàng A Mình", "Giàng Thị Đua", "Giàng Thị Dừa"),
            "Phường Giếng Làng": ("Lò Văn Sủa", "Thào A Páo"),
        }.items()
        for name in names
    )
    assert stops(upload(signed_in_office(signed_in), f"{HEAD}{rows}".encode())) == []


def test_a_doubt_shows_what_the_file_and_the_records_say_and_its_answers(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    page = upload(user, f"{HEAD}Lò Thị Hoa,Công chức,Phường Giếng Làng\n".encode())
    (doubt,) = re.findall(r'<fieldset class="assumption doubt.*?</fieldset>', page.text, re.DOTALL)
    said = words(doubt)
    assert "Tệp ghi Công chức, Phường Giếng Làng Sổ đang ghi Công chức, Xã Suối Trong" in said
    answers = CHOICE.findall(doubt)
    assert [value for _, value in answers] == [persons_by_unit["00101"].ids["hoa"], "new"]
    assert "checked" not in doubt, "what was not said is not sent"
    sent = {**hidden_fields(page), answers[1][0]: "new"}
    again = user.browser.post("/can-bo/danh-sach/thu/", data=sent).text
    assert re.search(r'value="new" checked', again)


def test_all_who_may_be_one_record_each_are_answered_by_one_button_and_none_is_beforehand(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, ours = signed_in_office(signed_in), persons_by_unit["00101"].ids
    rows = "".join(f"{name},Công chức,Xã Suối Trong\n" for name in ("Lo Thi Hoa", "Vang A Minh"))
    page = upload(user, f"{HEAD}{rows}Lo Van Sua,Công chức,Phường Giếng Làng\n".encode())
    assert "Chọn một lượt cho 3 người." in words(page.text)
    assert "Họ tên trong tệp chỉ khác về dấu với người trong sổ." in words(page.text)
    fieldsets = re.findall(r'<fieldset class="assumption doubt.*?</fieldset>', page.text, re.DOTALL)
    assert len(fieldsets) == 3
    assert not any("checked" in fieldset or "chỉ khác về dấu" in fieldset for fieldset in fieldsets)
    assert "Tệp, sổ đều ghi Công chức, Xã Suối Trong" in words(page.text)
    sent, (first, second, *_) = (
        hidden_fields(page),
        dict.fromkeys(name for name, _ in CHOICE.findall(page.text)),
    )
    same = user.browser.post("/can-bo/danh-sach/thu/", data=sent | {"all-who": "same", second: "new"})
    chosen = re.findall(r'name="(who-[^"]+)" value="([^"]+)" checked', same.text)
    assert (first, ours["hoa"]) in chosen
    assert (second, "new") in chosen, "what somebody said of one stays said"
    assert len(chosen) == 3
    assert "Chọn một lượt" not in same.text
    new = user.browser.post("/can-bo/danh-sach/thu/", data=sent | {"all-who": "new"})
    assert [value for _, value in re.findall(r'name="(who-[^"]+)" value="([^"]+)" checked', new.text)] == [
        "new"
    ] * 3


@pytest.mark.parametrize(
    ("others", "unsaid"),
    [
        (("Công chức,Xã Suối Trong",), "2"),
        (("Văn thư,Xã Suối Trong",), "1"),
        (("Văn thư,Phường Giếng Làng",) * 2, "1"),
    ],
    ids=["twice with one record", "same name in the unit", "twice with a guessed record"],
)
@pytest.mark.parametrize("everybody", ["same", "new"])
def test_whoever_s_record_is_guessed_or_another_row_s_is_left_out_of_the_button_for_all(
    everybody: str,
    others: tuple[str, ...],
    unsaid: str,
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
) -> None:
    """A row with a record of its own keeps it, and a row that stands twice does not become two people."""
    user = signed_in_office(signed_in)
    rows = "Vang A Minh,Công chức,Xã Suối Trong\n"
    rows += "".join(f"{name},Công chức,Phường Giếng Làng\n" for name in ("Lo Van Sua", "Thao A Pao"))
    rows += "".join(f"Lò Thị Hoa,{where}\n" for where in ("Công chức,Xã Suối Trong", *others))
    page = upload(user, f"{HEAD}{rows}".encode())
    assert "Chọn một lượt cho 3 người." in words(page.text)
    sent = hidden_fields(page) | {"all-who": everybody}
    after = user.browser.post("/can-bo/danh-sach/thu/", data=sent).text
    chosen = re.findall(r'name="(who-[^"]+)" value="[^"]+" checked', after)
    assert sorted(chosen) == ["who-A2-CSV", "who-A3-CSV", "who-A4-CSV"]
    assert re.findall(r"(\d+) người phải xác định", words(after)) == [unsaid]
    assert "Chốt danh sách</button>" not in after


def test_that_names_differ_by_marks_is_said_of_those_not_chosen_yet_where_others_are(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    rows = "Vang A Minh,Công chức,Xã Suối Trong\nLò Thị Hoa,Công chức,Phường Giếng Làng\n"
    rows += "".join(f"{name},Công chức,Phường Giếng Làng\n" for name in ("Lo Van Sua", "Thao A Pao"))
    page = upload(user, f"{HEAD}{rows}".encode())
    assert "chỉ khác về dấu với người trong sổ." not in words(page.text).partition("Hồ sơ cần")[2][:200]
    sent = {**hidden_fields(page), "who-A3-CSV": "new"}
    after = words(user.browser.post("/can-bo/danh-sach/thu/", data=sent).text)
    assert "Họ tên của 3 người chưa chọn chỉ khác về dấu với người trong sổ." in after


def test_answers_for_all_are_as_many_as_a_page_asks_for_and_worksheets_may_have_any_name(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    offered = "A2-Xã\u2028Một=p-1\r\nA3.2-Hai\x85=p-2\r\n"
    _, decisions = read_settled(FormData([("all-who", "same"), ("offered", offered)]))
    assert decisions == {("Xã\u2028Một", "A2"): "p-1", ("Hai\x85", "A3.2"): "p-2"}
    user = signed_in_office(signed_in)
    sent = hidden_fields(upload(user, CSV.encode())) | {"all-who": "new"}
    most = "".join(f"A{row}-CSV=p\n" for row in range(100, 100 + MOST_DOUBTS))
    assert user.browser.post("/can-bo/danh-sach/thu/", data=sent | {"offered": most}).status_code == 200
    refused = user.browser.post("/can-bo/danh-sach/thu/", data=sent | {"offered": f"{most}A9-CSV=p\n"})
    assert refused.status_code == 422
    assert "nhiều nhất 1.500 người, đây là 1.501." in words(refused.text)


def test_one_reckoning_holds_for_all_numbers_of_a_list(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    """Whoever is of another level, or not told from others yet, is counted apart and by name."""
    user = signed_in_office(signed_in)
    both = words(upload(user, BOTH.encode()).text)
    assert "Số người cấp xã 2" in both
    assert "Ngoài cấp đã chọn, chưa tính 2" in both
    assert "kể cả 2 người ngoài cấp đã chọn" in both


def test_one_record_chosen_for_two_rows_is_chosen_again_and_not_mended_in_the_file(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    hoa = persons_by_unit["00101"].ids["hoa"]
    rows = "Lò Thị Hoa,Công chức,Phường Giếng Làng\nLò Thị Hoa,Văn thư,Phường Giếng Làng\n"
    page = upload(user, f"{HEAD}{rows}".encode())
    both = {name: hoa for name, value in CHOICE.findall(page.text) if value == hoa}
    assert len(both) == 2
    again = user.browser.post("/can-bo/danh-sach/thu/", data={**hidden_fields(page), **both})
    assert stops(again)[0] == "Dừng: 1 lựa chọn không còn dùng được"
    assert not any("phải sửa trong tệp" in title for title in stops(again))
    assert "Xem lại với lựa chọn này</button></p>\n</div>" in again.text


def test_who_must_be_chosen_is_counted_by_people(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in_office(signed_in)
    rows = "Giàng Thị Đứa,Công chức,Xã Suối Trong\n" * 3
    page = upload(user, f"{HEAD}{rows}".encode())
    section = re.findall(r"Phải chọn cho (\d+) người", page.text)
    bar = re.findall(r"(\d+) người phải xác định", page.text)
    assert section == bar != []


def test_two_rows_that_differ_by_their_marks_say_that_one_may_be_deleted(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    rows = "Lò Văn Hoà,Công chức,Xã Suối Trong\nLò Văn Hoá,Công chức,Xã Suối Trong\n"
    page = upload(signed_in_office(signed_in), f"{HEAD}{rows}".encode())
    assert "nếu là một người thì xóa một hàng" in words(page.text).lower()


def test_those_not_told_from_others_yet_are_not_said_to_leave(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    names = ("Lo Thi Hoa", "Vang A Minh", "Giang Thi Đua", "Giang Thi Dưa")
    rows = "".join(f"{name},Công chức,Xã Suối Trong\n" for name in names)
    rows += "Lò Văn Sủa,Công chức,Phường Giếng Làng\nThào A Páo,Công chức,Phường Giếng Làng\n"
    page = upload(signed_in_office(signed_in), f"{HEAD}{rows}".encode())
    assert "người chưa xác định được hồ sơ, ở đây tính là người mới" in words(page.text)
    assert not any(title.startswith("Xem kỹ") for title in stops(page))

"""A class, from its sheet to who attended."""

from __future__ import annotations

import re

import pytest
from class_pages import COURSE, ONCE, done, hold
from sqlalchemy import func, select
from staff_users import OPERATOR, OURS, PROVINCE, THEIRS, SignedIn, UnitPersons

from taphuan.records import Store, people, schema
from taphuan.records.people import NewPerson
from taphuan.records.staff_entries import listed
from taphuan.records.training import progress
from taphuan.records.training.classes import ClassSession
from taphuan.service.staff.people import attendance, class_pages


def test_who_attended_a_whole_course_has_completed_it(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = hold(user)
    answer = user.post(f"{page}co-mat/", page, once=ONCE.findall(user.get(page).text)[0], person=hoa)
    assert answer.status_code == 303
    assert done(store, hoa) == [(COURSE, "B")]
    assert "<strong>1</strong>/2" in user.get(page).text


BOX = re.compile(r'<input type="checkbox" name="person" value="([^"]+)"( checked)?>')


def test_everybody_is_ticked_without_a_script_and_nothing_is_recorded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ours = signed_in("office", PROVINCE), persons_by_unit[OURS]
    page, guest = hold(user, headcount="9"), persons_by_unit[THEIRS].ids["sua"]
    assert (
        f'formaction="/can-bo/{page}chon/" name="all" value="yes">Chọn tất cả 4 người' in user.get(page).text
    )
    ticked = user.post(f"{page}chon/", page, all="yes", person=guest)
    assert ticked.status_code == 200
    assert {id: bool(mark) for id, mark in BOX.findall(ticked.text)} == dict.fromkeys(
        [*ours.all, guest], True
    )
    assert "chưa ghi vào sổ" in ticked.text
    assert [done(store, one) for one in ours.all] == [[], [], [], []]
    cleared = user.post(f"{page}chon/", page, all="no", person=ours.all)
    assert {bool(mark) for _, mark in BOX.findall(cleared.text)} == {False}
    assert user.post(f"{page}co-mat/", page, person=[*ours.all, guest]).status_code == 303
    assert [done(store, one) for one in (*ours.all, guest)] == [[(COURSE, "B")]] * 5


def test_whoever_was_ticked_from_another_unit_stays_when_something_is_wrong(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, guest = signed_in("office", PROVINCE), persons_by_unit[THEIRS].ids["sua"]
    page = hold(user, headcount="1")
    answer = user.post(f"{page}co-mat/", page, person=[persons_by_unit[OURS].ids["hoa"], guest])
    assert answer.status_code == 422
    assert (guest, " checked") in BOX.findall(answer.text)


def test_where_more_are_ticked_than_heads_were_entered_the_heads_are_raised_right_there(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ours = signed_in("trainer", OURS), persons_by_unit[OURS].all
    page = hold(user, headcount="2")
    sent = {"once": ONCE.findall(user.get(page).text)[0], "person": list(ours)}
    refused = user.post(f"{page}co-mat/", page, **sent)
    assert refused.status_code == 422
    assert "Bỏ đánh dấu 2 người, hoặc sửa số người dự." in refused.text
    assert re.search(r'id="headcount" name="headcount" type="text" value="4"', refused.text)
    for wrong in ("3", "bốn", "9999"):
        again = user.post(f"{page}co-mat/", page, **sent, headcount=wrong, **{"raise": "yes"})
        assert again.status_code == 422
        assert [bool(mark) for _, mark in BOX.findall(again.text)] == [True] * 4
        assert f'value="{wrong}"' in again.text
    assert user.post(f"{page}co-mat/", page, **sent, headcount="4").status_code == 422, "not asked to raise"
    for _ in range(2):
        assert user.post(f"{page}co-mat/", page, **sent, headcount="4", **{"raise": "yes"}).status_code == 303
    assert "<strong>4</strong>/4" in user.get(page).text
    with store.read() as connection:
        raised = select(schema.audit.c.reason).filter_by(action="class.headcount-raised")
        assert connection.execute(raised).scalars().all() == ["sửa số người dự của lớp từ 2 thành 4"]
    assert store.verify() == ()


def test_nobody_out_of_reach_is_ticked_into_a_class(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, guest = signed_in("trainer", OURS), persons_by_unit[THEIRS].ids["sua"]
    page = hold(user)
    assert user.post(f"{page}chon/", page, all="yes", person=guest).status_code == 404


def test_one_rule_is_published_told_and_recorded(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    """All lessons of the sample take 30 minutes; nobody has said that a class may be shorter."""
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    assert "Nước sạch cho cán bộ xã (dự đủ 30 phút là hoàn thành)" in user.get("lop/").text
    assert ">Nước sạch cho cộng tác viên</option>" in user.get("lop/").text
    first, second = hold(user, minutes="20"), hold(user, minutes="10", sheet_ref="PK-2")
    for page in (first, second):
        assert done(store, hoa) == []
        assert "Người dự đủ 30 phút" in user.get(page).text
        once = ONCE.findall(user.get(page).text)[0]
        assert user.post(f"{page}co-mat/", page, once=once, person=hoa).status_code == 303
    assert done(store, hoa) == [(COURSE, "B")]
    rule = '{"attempts":3,"minutes":30,"pass_share":80}'
    with store.read() as connection:
        published = connection.execute(select(schema.course_version)).one()
        (completed,) = progress.completions(connection, hoa)
    assert (published.course, published.version, published.rule) == (COURSE, completed.version, rule)
    assert completed.rule == rule
    assert "Giả định, chờ cơ quan chủ trì xác nhận: người dự lớp đủ 30 phút" in user.get("chi-tieu/").text


def test_the_same_form_twice_writes_once_and_never_more_than_the_heads(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].all
    page = hold(user)
    once = ONCE.findall(user.get(page).text)[0]
    for _ in range(2):
        assert user.post(f"{page}co-mat/", page, once=once, person=ids[:2]).status_code == 303
    assert "<strong>2</strong>/2" in user.get(page).text
    too_many = user.post(f"{page}co-mat/", page, once=once, person=ids[:3])
    assert too_many.status_code == 422
    assert "đã điểm danh 2, chọn thêm 1." in too_many.text


def test_somebody_merged_since_attended_once(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, ids = signed_in("trainer", OURS), persons_by_unit[OURS].ids
    page = hold(user, headcount="1")
    once = ONCE.findall(user.get(page).text)[0]
    user.post(f"{page}co-mat/", page, once=once, person=ids["dua"])
    now = store.now()
    store.write(
        lambda within: people.merge_persons(within, ids["dua"], into=ids["dua-2"], by=OPERATOR, now=now)
    )
    assert "<strong>1</strong>/1" in user.get(page).text
    again = ONCE.findall(user.get(page).text)[0]
    assert user.post(f"{page}co-mat/", page, once=again, person=ids["dua-2"]).status_code == 303
    with store.read() as connection:
        attended = (
            select(func.count()).select_from(schema.event).where(schema.event.c.kind == "session.attended")
        )
        assert connection.execute(attended).scalar() == 1


def test_a_pasted_list_is_matched_and_shown_before_anything_is_written(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    page = hold(user)
    names = "1. Lò Thị Hoa\nGiang Thi Dua\nLò Văn Sủa\nVàng A Mình"
    seen = user.post(f"{page}dan/", page, names=names).text
    review = seen[seen.index('id="xem-lai"') : seen.index("Chọn người có mặt")]
    assert len(re.findall(r"checkbox[^>]*checked", review)) == 2
    assert "có 2 người cùng tên" in review
    assert "Lò Văn Sủa: <strong>không có ai tên này" in review
    assert "<strong>0</strong>/2" in seen


def test_of_everybody_only_who_is_named_in_a_pasted_list_is_read(
    signed_in: SignedIn, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, read = signed_in("trainer", OURS), []
    many = [NewPerson(full_name=f"Lò Văn {n:05}", position=None, unit=OURS) for n in range(1_000)]
    store.write(lambda within: people.add_persons(within, many, by=OPERATOR, now=store.now()))
    matched = attendance.match_names
    monkeypatch.setattr(
        attendance, "match_names", lambda text, found: read.append(len(found)) or matched(text, found)
    )
    page = hold(user)
    seen = user.post(f"{page}dan/", page, names="lo van 00007\nGiàng Thị Đua\nNguyễn Lạ").text
    assert "Lò Văn 00007" in seen
    assert read == [3]


def test_without_marks_a_name_is_found_also_for_a_script(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    token = user.browser.token("/can-bo/nguoi/")
    answer = user.browser.post(
        "/can-bo/nguoi/", data={"token": token, "name": "thi hoa"}, headers={"Accept": "application/json"}
    )
    assert [one["name"] for one in answer.json()] == ["Lò Thị Hoa"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_anonymous_class_keeps_no_name(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert hold(user, anonymous="yes", trainer="", headcount="12") == "lop/"
    with store.read() as connection:
        (held,) = listed(connection, ClassSession)
    assert (held.anonymous, held.trainer, held.sheet_ref, held.unit) == (True, None, None, OURS)


def test_for_people_who_are_never_registered_there_is_no_sheet_to_sign(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user = signed_in("trainer", OURS)
    for fields in ({"course": "dong-dang-vien"}, {"course": COURSE, "anonymous": "yes"}):
        answer = user.post("lop/phieu-ky/", "lop/", unit=OURS, **fields)
        assert answer.status_code == 422
        assert "không có danh sách ký tên" in answer.text
        assert "Lò Thị Hoa" not in answer.text


def test_the_trail_of_an_anonymous_class_names_no_sheet(signed_in: SignedIn, store: Store) -> None:
    hold(signed_in("trainer", OURS), anonymous="yes", headcount="12", sheet_ref="PK-20260301-7K2M9Q")
    with store.read() as connection:
        said = connection.execute(select(schema.audit.c.reason).filter_by(action="class.held")).scalar()
        assert said == "ghi lớp tập huấn"


def test_a_course_that_counts_for_nothing_is_always_anonymous(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    assert hold(user, course="dong-dang-vien", headcount="4") == "lop/"
    with store.read() as connection:
        (held,) = listed(connection, ClassSession)
        assert (held.anonymous, held.unit) == (True, people.province(connection).id)


def test_ten_classes_are_in_sight_and_earlier_ones_folded_by_half_year(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons]
) -> None:
    user, hoa = signed_in("trainer", OURS), persons_by_unit[OURS].ids["hoa"]
    page = hold(user, sheet_ref="")
    user.post(f"{page}co-mat/", page, once=ONCE.findall(user.get(page).text)[0], person=hoa)
    for number in range(11):
        hold(user, held_on=f"2025-{number + 1:02}-15", sheet_ref=f"PK-{number + 10}")
    text = user.get("lop/").text
    shown, folded = text.partition('<details class="folded">')[::2]
    assert shown.count('class="held__class"') == 10
    assert folded.count('class="held__class"') == 2
    assert "06 tháng đầu năm 2025: 2 lớp nữa</summary>" in folded
    first = re.findall(r'<li class="held__class">.*?</li>', shown)[0]
    assert "2 người dự, điểm danh 1<" in first
    assert "1 chưa điểm danh" in first
    assert "1 chờ đối chiếu" in first
    assert text.count('<p class="held__course">Nước sạch cho cán bộ xã</p>') == 4, "once a part"


def test_a_class_is_found_by_its_signed_sheet_and_no_half_year_that_goes_on_is_given_a_whole_number(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_pages, "MOST_LISTED", 12)
    user = signed_in("trainer", OURS)
    for number in range(12):
        hold(user, held_on=f"2025-{number + 1:02}-15", sheet_ref=f"PK-{number + 10}")
    text = user.get("lop/").text
    assert 'danh sách ký tên <span class="held__sheet">PK-21</span>' in text
    assert "06 tháng đầu năm 2025: 2 lớp nữa</summary>" in text
    assert "lớp gần nhất" not in text, "there are no more"
    hold(user, held_on="2025-01-03", sheet_ref="PK-99")
    text = user.get("lop/").text
    assert "06 tháng đầu năm 2025: hơn 2 lớp nữa</summary>" in text
    assert text.count('class="held__class"') == 12
    assert "Trang này chỉ nêu 12 lớp gần nhất." in text

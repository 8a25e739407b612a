"""Learners of a course that no target counts are added by a list, which makes no denominator."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from asgi_browser import Browser
from class_pages import ONCE, done, hold
from roster_uploads import CSV, LESS, hidden_fields, roster_count, signed_in_office, upload
from staff_users import OURS, SignedIn, StaffUser, UnitPersons

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.records import Store, people
from taphuan.records.people import Person
from taphuan.service.staff import base

APART = "dong-dang-vien"
OF_APART = f"course:{APART}"
TITLE = "Nước sạch cho cộng tác viên"
TEACHERS = (
    "Họ và tên,Chức vụ,Đơn vị\nLò Thị Hoa,Giáo viên,Xã Suối Trong\nLý Thị Giáo,Giáo viên,Xã Suối Trong\n"
)
SLIP = re.compile(r'<h2>([^<]+)</h2>.*?<p class="code">([^<]+)</p>', re.DOTALL)
FACTS = re.compile(r"<dt>(Người mới|Có thay đổi|Đưa ra khỏi danh sách)</dt><dd>(\d+)</dd>")


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, whose second course is recorded apart."""
    course = programme.courses[APART].model_copy(update={"records": True})
    return programme.having(Course, {**programme.courses, APART: course})


@pytest.fixture
def office(signed_in: SignedIn) -> StaffUser:
    return signed_in_office(signed_in)


def list_teachers(office: StaffUser) -> None:
    page = upload(office, TEACHERS.encode(), levels=OF_APART)
    assert FACTS.findall(page.text) == [
        ("Người mới", "1"),
        ("Có thay đổi", "0"),
        ("Đưa ra khỏi danh sách", "0"),
    ], page.text
    assert f"người học của khóa <strong>“{TITLE}”</strong>: không tính vào chỉ tiêu nào" in page.text
    assert office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page)).status_code == 303


def named(store: Store, name: str) -> Person:
    with store.read() as connection:
        (person,) = people.search_persons(connection, name)
    return person


def whole(office: StaffUser) -> list[str]:
    """What the targets are measured against."""
    return re.findall(r"trong số ([\d.]+) người của danh sách", office.get("chi-tieu/").text)


def test_a_list_of_learners_adds_people_corrects_nobody_and_moves_no_denominator(
    office: StaffUser, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    before = whole(office), office.get("chua-tap-huan/").text.count("Lò Thị Hoa")
    list_teachers(office)
    assert (whole(office), office.get("chua-tap-huan/").text.count("Lò Thị Hoa")) == before
    assert before[0] == ["6"]
    assert roster_count(store) == 1
    assert named(store, "Lò Thị Hoa").position == "Công chức"
    page = office.get("danh-sach/").text
    assert f"Danh sách số 2: người học của khóa “{TITLE}”, cấp xã" in page
    address = re.findall(r'href="/can-bo/danh-sach/([^"/]+)/"><strong>Danh sách số 2', page)[0]
    members = office.get(f"danh-sach/{address}/").text
    assert "Lý Thị Giáo" in members
    assert "Danh sách này không phải là mẫu số" in members
    assert "Lý Thị Giáo" not in office.get("chua-tap-huan/").text


def test_codes_classes_and_certificates_work_for_them(
    office: StaffUser, store: Store, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_teachers(office)
    teacher, once = named(store, "Lý Thị Giáo").id, str(uuid4())
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheet.html.encode())
    made = office.post("ma/don-vi/", "ma/", which="all", once=once, unit=OURS)
    slips = office.post("ma/tep/", "ma/", once=(*ONCE.findall(made.text), once)[0]).text
    browser.sign_in(dict(SLIP.findall(slips))["Lý Thị Giáo"])
    page = browser.get("/hoc-vien/").text
    assert page.index("Khóa học của bạn") < page.index(f'"/khoa-hoc/{APART}/"')
    assert page.index(f'"/khoa-hoc/{APART}/"') < page.index("</section>", page.index("Khóa học của bạn"))
    held = hold(office, course=APART)
    answer = office.post(f"{held}co-mat/", held, once=ONCE.findall(office.get(held).text)[0], person=teacher)
    assert answer.status_code == 303, answer.text
    assert done(store, teacher) == [(APART, "B")]
    assert browser.get(f"/hoc-vien/phieu/{APART}/").status_code == 200
    assert re.search(rf"{TITLE}</th><td class=\"number\">1<", office.get("chi-tieu/").text)
    assert whole(office) == ["6"]


def missing(office: StaffUser, person: str) -> tuple[int, bool]:
    """How many courses a person's page calls missing, and whether it says that this one is not asked."""
    page = office.get(f"nguoi/{person}/").text
    return page.count("Chưa hoàn thành"), f"Không bắt buộc với người này: {TITLE}." in page


def test_nobody_is_told_that_a_course_is_missing_which_is_not_theirs(
    office: StaffUser, store: Store, persons_by_unit: dict[str, UnitPersons]
) -> None:
    hoa = persons_by_unit[OURS].ids["hoa"]
    assert missing(office, hoa) == (1, True)
    list_teachers(office)
    assert missing(office, hoa) == (2, False), "both the roster's and the list's"
    teacher = named(store, "Lý Thị Giáo").id
    assert missing(office, teacher) == (1, False)
    assert "Không bắt buộc với người này: Nước sạch cho cán bộ xã." in office.get(f"nguoi/{teacher}/").text


def test_the_same_form_sent_twice_lists_them_once(office: StaffUser, store: Store) -> None:
    sent = hidden_fields(upload(office, TEACHERS.encode(), levels=OF_APART))
    answers = [office.browser.post("/can-bo/danh-sach/chot/", data=sent).status_code for _ in range(2)]
    assert answers == [303, 422]
    with store.read() as connection:
        assert len(people.all_rosters(connection, of_learners=True)) == 1


def test_a_later_roster_lets_no_learner_go(office: StaffUser, store: Store) -> None:
    list_teachers(office)
    page = upload(office, CSV.encode(), as_of=store.now().date().isoformat())
    assert ("Đưa ra khỏi danh sách", "5") in FACTS.findall(page.text)
    assert office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS).status_code == 303
    assert named(store, "Lý Thị Giáo").active
    assert not named(store, "Vàng A Mình").active


def test_who_had_left_a_roster_is_back_as_a_learner(office: StaffUser, store: Store) -> None:
    page = upload(office, CSV.encode(), as_of=store.now().date().isoformat())
    office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page) | LESS)
    teachers = TEACHERS.replace("Lò Thị Hoa", "Vàng A Mình")
    page = upload(office, teachers.encode(), levels=OF_APART)
    assert office.browser.post("/can-bo/danh-sach/chot/", data=hidden_fields(page)).status_code == 303
    back = named(store, "Vàng A Mình")
    assert (back.active, back.position) == (True, "Công chức")


def test_a_list_is_of_no_course_that_a_target_counts(office: StaffUser) -> None:
    assert "Chọn cấp của danh sách." in upload(office, TEACHERS.encode(), levels="course:nuoc-sach").text
    assert f'value="{OF_APART}"' in office.get("danh-sach/").text

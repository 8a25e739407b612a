"""A class of a course with a core: what it taught is entered, credited, and told wherever somebody looks."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from asgi_browser import Browser
from class_pages import COURSE, ONCE, done, hold
from staff_users import OPERATOR, OURS, PROVINCE, SignedIn, StaffUser, UnitPersons
from untrained_pages import LIST

from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.records import Store
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.learner_codes import LearnerSignIn
from taphuan.records.staff_entries import listed
from taphuan.records.training.classes import ClassSession
from taphuan.service.staff import base

SOURCE, REPORT = f"phut.{COURSE}.nguon-nuoc", f"phut.{COURSE}.bao-tin"


@pytest.fixture(scope="module")
def programme(root: Path) -> Programme:
    """The sample with a core of two modules: 20 minutes of one, 10 of the other."""
    whole = load(root).programme
    assert whole is not None
    return with_core(whole)


def with_core(whole: Programme) -> Programme:
    course: Course = whole.courses[COURSE]
    (module,) = course.modules
    first = module.model_copy(update={"core": True, "lessons": ("giu-nguon-nuoc",)})
    second = first.model_copy(update={"id": "bao-tin", "title": "Báo tin", "lessons": ("bao-nuoc-ban",)})
    cored = course.model_copy(update={"modules": (first, second)})
    return whole.having(Course, {**whole.courses, COURSE: cored})


def attend(user: StaffUser, page: str, person: str) -> None:
    once = ONCE.findall(user.get(page).text)[0]
    assert user.post(f"{page}co-mat/", page, once=once, person=person).status_code == 303


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_form_asks_for_each_module_and_holds_the_core_first(signed_in: SignedIn) -> None:
    page = signed_in("trainer", OURS).get("lop/").text
    assert "Nguồn nước (cốt lõi, cả phần 20 phút)" in page
    assert re.search(rf'name="{re.escape(SOURCE)}"[^>]*value="20"', page)
    assert re.search(rf'name="{re.escape(REPORT)}"[^>]*value="10"', page)
    assert "Nước sạch cho cán bộ xã (học đủ 2 phần cốt lõi là hoàn thành)" in page
    assert "khóa “Nước sạch cho cộng tác viên”" not in page


def test_half_a_day_counts_for_what_it_taught_and_the_rest_completes(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    first = hold(user, minutes="25", **{SOURCE: "12", REPORT: "10"})
    attend(user, first, hoa)
    assert done(store, hoa) == []
    told = words(user.get(first).text)
    assert "Đã dạy Nguồn nước: 12/20 phút Báo tin: 10 phút" in told
    assert "còn thiếu phần cốt lõi: Nguồn nước (8 phút)" in told
    missing = "đã dự lớp 25 phút, còn thiếu phần cốt lõi: Nguồn nước (8 phút)"
    assert f"Ở lớp: {missing}." in words(user.get(f"nguoi/{hoa}/").text)
    assert missing in words(user.get(LIST).text)
    attend(user, hold(user, minutes="8", sheet_ref="PK-2", **{SOURCE: "8"}), hoa)
    assert done(store, hoa) == [(COURSE, "B")]
    assert "Ở lớp:" not in words(user.get(f"nguoi/{hoa}/").text)


def test_a_withdrawn_class_takes_its_modules_away(
    signed_in: SignedIn, persons_by_unit: dict[str, UnitPersons], store: Store
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    first = hold(user, **{SOURCE: "20"})
    second = hold(user, sheet_ref="PK-2", **{REPORT: "10"})
    for page in (first, second):
        attend(user, page, hoa)
    assert done(store, hoa) == [(COURSE, "B")]
    user.proved(minutes=0)
    assert user.post(f"{first}huy/", first, reason="ghi nhầm lớp").status_code == 303
    assert done(store, hoa) == []
    assert "còn thiếu phần cốt lõi: Nguồn nước (20 phút)" in words(user.get(f"nguoi/{hoa}/").text)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Ghi số phút đã dạy của ít nhất một phần."),
        ({SOURCE: "0", REPORT: ""}, "Ghi số phút đã dạy của ít nhất một phần."),
        ({SOURCE: "20", REPORT: "10"}, "Các phần cộng lại 30 phút, nhiều hơn thời lượng của lớp (25 phút)."),
        ({SOURCE: "hai mươi"}, "Ghi số phút, hoặc để trống nếu chưa dạy."),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_is_entered(
    typed: dict[str, str], said: str, signed_in: SignedIn, store: Store
) -> None:
    user = signed_in("trainer", OURS)
    whole = {
        "course": COURSE,
        "unit": OURS,
        "held_on": "2026-03-01",
        "minutes": "25",
        "trainer": "Tôi",
        "headcount": "2",
        "sheet_ref": "PK-1",
    }
    answer = user.post("lop/", "lop/", **{**whole, **typed})
    assert answer.status_code == 422
    assert said in words(answer.text)
    with store.read() as connection:
        assert listed(connection, ClassSession) == ()


def test_an_anonymous_class_says_nothing_of_modules(signed_in: SignedIn, store: Store) -> None:
    user = signed_in("trainer", OURS)
    fields = {"course": COURSE, "unit": OURS, "held_on": "2026-03-01", "minutes": "25", "headcount": "12"}
    assert user.post("lop/", "lop/", anonymous="yes", **fields).status_code == 303
    with store.read() as connection:
        assert [held.taught for held in listed(connection, ClassSession)] == [{}]


def test_the_rule_is_told_with_the_targets(signed_in: SignedIn) -> None:
    told = words(signed_in("office", PROVINCE).get("chi-tieu/").text)
    assert "người dự đủ 2 phần cốt lõi (Nguồn nước; Báo tin; cộng lại 30 phút)" in told


def test_the_sheet_to_sign_lists_the_parts_of_the_course_for_the_pen(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "print_sheet", lambda sheet: sheet.html.encode())
    sheet = signed_in("trainer", OURS).post("lop/phieu-ky/", "lop/", course=COURSE, unit=OURS)
    assert "Nội dung: Nguồn nước (……… phút); Báo tin (……… phút)" in words(sheet.text)


def test_a_learner_sees_what_is_missing_in_class(
    signed_in: SignedIn,
    persons_by_unit: dict[str, UnitPersons],
    store: Store,
    hashing: Hashing,
    browser: Browser,
) -> None:
    user, hoa = signed_in("office", PROVINCE), persons_by_unit[OURS].ids["hoa"]
    browser.sign_in(LearnerSignIn(store, hashing).issue([hoa], by=OPERATOR)[hoa].text)
    assert "dự lớp" not in words(browser.get("/hoc-vien/").text)
    attend(user, hold(user, minutes="25", **{SOURCE: "12", REPORT: "10"}), hoa)
    missing = "Bạn đã dự lớp 25 phút. Để hoàn thành khóa tại lớp, bạn còn cần dự: Nguồn nước (8 phút)."
    assert missing in words(browser.get("/hoc-vien/").text)
    attend(user, hold(user, minutes="8", sheet_ref="PK-2", **{SOURCE: "8"}), hoa)
    assert "dự lớp" not in words(browser.get("/hoc-vien/").text)

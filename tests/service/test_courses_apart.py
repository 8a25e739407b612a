"""A course that is recorded and counts toward no target: its test and its certificate are as any other's."""

from __future__ import annotations

import re

import pytest
from asgi_browser import Browser
from attempt_rows import right

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.records import Store

APART = "dong-dang-vien"


@pytest.fixture(scope="session")
def programme(programme: Programme) -> Programme:
    """The sample, whose second course is recorded apart."""
    course = programme.courses[APART].model_copy(update={"records": True})
    return programme.having(Course, {**programme.courses, APART: course})


def heading_above(page: str, course: str) -> str:
    """The heading of the section that a learner's course stands in."""
    before = page[: page.index(f'href="/khoa-hoc/{course}/"')]
    return before[before.rindex("<h2") :].split(">")[1].split("<")[0]


def test_its_test_is_taken_and_its_certificate_is_printed(learner: Browser, store: Store) -> None:
    page = learner.get("/hoc-vien/").text
    assert heading_above(page, APART) == "Các khóa học khác"
    ours, _, others = page.partition("Các khóa học khác")
    assert ours.count("Chưa hoàn thành") == 1
    assert "Chưa hoàn thành" not in others
    assert "Không bắt buộc với bạn" in others
    begun = learner.post(f"/api/courses/{APART}/form").json()
    attempt, form = begun["attempt"], begun["sheet"]["form"]
    page = learner.get("/hoc-vien/").text
    assert heading_above(page, APART) == "Khóa học của bạn", "what was begun is theirs"
    assert page.count("Chưa hoàn thành") == 1
    assert learner.get(f"/hoc-vien/phieu/{APART}/").status_code != 200
    assert learner.hand_in(attempt, form, right(store, form)).json()["passed"]
    page = learner.get("/hoc-vien/").text
    assert heading_above(page, APART) == "Khóa học của bạn"
    assert "✓ Đã hoàn thành" in page
    assert '<details class="folded">\n<summary>Các bài đã nộp (1)' in page
    certificate = learner.get(f"/hoc-vien/phieu/{APART}/")
    assert certificate.status_code == 200
    assert "Nước sạch cho cộng tác viên" in certificate.text


def said(page: str) -> str:
    """What a reader reads."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_who_completed_it_is_a_number_of_persons_on_the_public_page(learner: Browser, store: Store) -> None:
    unknown = "1 khóa không tính vào chỉ tiêu nào, chưa ghi nhận ai hoàn thành Nước sạch cho cộng tác viên"
    assert unknown in said(learner.get("/tien-do/").text)
    begun = learner.post(f"/api/courses/{APART}/form").json()
    learner.hand_in(begun["attempt"], begun["sheet"]["form"], right(store, begun["sheet"]["form"]))
    page = said(learner.get("/tien-do/").text)
    assert "Số người đã hoàn thành các khóa không tính vào chỉ tiêu nào" in page
    assert "Khóa học Số người Nước sạch cho cộng tác viên dưới 5" in page
    assert "Chưa có số liệu: chưa chốt danh sách người cần tập huấn." in page
    assert "100" not in page

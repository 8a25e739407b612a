"""A draw by a course's objective takes the questions of the lessons' objectives that belong to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from programmes import SAMPLES, change

from taphuan.programme.course_figures import question_supplies
from taphuan.programme.loader import load
from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.quiz import course_version, draw

DAY = date(2026, 3, 1)
COURSE, OTHER = "curricula/nuoc-sach.yml", "curricula/khac.yml"
LESSON = "content/lessons/nuoc-sach/bao-nuoc-ban.md"
TESTS = "content/questions/nuoc-sach-kiem-tra.yml"
OWN = 'objectives: {goi-dung-nguoi: {text: "Gọi đúng người cho cả ba việc hay gặp.", of: bao-tin}}'


def read(root: Path) -> Programme:
    loading = load(root)
    assert loading.programme
    assert loading.findings == ()
    return loading.programme


def asked(programme: Programme, course: Course) -> set[str]:
    return {question.id for seed in range(20) for question in draw(programme, course, seed, on=DAY).asked}


@pytest.fixture
def drawn(good: Path) -> Path:
    """The sample, whose test draws for one objective alone, and asks about that of a lesson."""
    change(good, COURSE, "    - {bank: nuoc-sach-kiem-tra, take: 1}\n", "")
    change(good, COURSE, "objective: giu-nguon, take: 1", "objective: bao-tin, take: 1")
    change(good, TESTS, "    objective: bao-tin", "    objective: goi-dung-nguoi")
    change(good, TESTS, "    objective: giu-nguon", "    objective: bao-tin")
    return good


def test_a_draw_takes_questions_of_its_objective_and_of_lessons_below_it(drawn: Path) -> None:
    programme = read(drawn)
    course = programme.courses["nuoc-sach"]
    assert asked(programme, course) == {"kt-giu-gieng", "kt-goi-ai"}
    (supply,) = (supply for supply in question_supplies(programme, course) if supply.objective)
    assert (supply.objective, len(supply.questions)) == ("bao-tin", 2)


def test_a_draw_for_another_objective_leaves_them_alone(drawn: Path) -> None:
    change(drawn, LESSON, "of: bao-tin}", "of: giu-nguon}")
    change(drawn, TESTS, "    objective: goi-dung-nguoi", "    objective: bao-tin")
    programme = read(drawn)
    assert asked(programme, programme.courses["nuoc-sach"]) == {"kt-giu-gieng", "kt-goi-ai"}
    change(
        drawn,
        TESTS,
        "correct: true}\n      khong: {text: Không cần gọi ai}\n    objective: bao-tin",
        "correct: true}\n      khong: {text: Không cần gọi ai}\n    objective: goi-dung-nguoi",
    )
    loading = load(drawn)
    assert [finding.code for finding in loading.findings] == ["never-drawn"]
    assert loading.programme
    assert asked(loading.programme, loading.programme.courses["nuoc-sach"]) == {"kt-giu-gieng"}


def test_a_shared_lessons_objective_belongs_in_each_course_where_it_says(drawn: Path) -> None:
    text = (SAMPLES / "good" / COURSE).read_text(encoding="utf-8")
    for old, new in (
        ("id: nuoc-sach\n", "id: khac\n"),
        ("observed_tasks: [viet-lai-thong-bao-nuoc, nghe-tin-nuoc-duc]\n", ""),
        ("test:\n", "# taphuan: allow observed-tasks-not-two vì khóa này không học ở lớp\ntest:\n"),
        ("  giu-nguon: Giữ được nguồn nước của bản\n  bao-tin: Báo tin", "  goi-ngay: Gọi ngay"),
        ("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]"),
        (
            "objective: giu-nguon, take: 1}\n    - {bank: nuoc-sach-kiem-tra, take",
            "objective: goi-ngay, take",
        ),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (drawn / OTHER).write_text(text, encoding="utf-8")
    change(drawn, LESSON, "of: bao-tin}", "of: {nuoc-sach: bao-tin, khac: goi-ngay}}")
    programme = read(drawn)
    assert asked(programme, programme.courses["khac"]) == {"kt-goi-ai"}
    assert asked(programme, programme.courses["nuoc-sach"]) == {"kt-giu-gieng", "kt-goi-ai"}


def test_a_test_is_the_same_whether_lessons_name_or_write_their_objectives(good: Path) -> None:
    """No version, no form and no stored completion is another one because a lesson says more of itself."""
    after = read(good)
    change(good, LESSON, OWN, "objectives: [bao-tin]")
    change(
        good, "content/questions/nuoc-sach-tu-kiem-tra.yml", "objective: goi-dung-nguoi", "objective: bao-tin"
    )
    before = read(good)
    course = before.courses["nuoc-sach"]
    assert course_version(after, after.courses["nuoc-sach"]) == course_version(before, course)
    untested = course.model_copy(update={"test": None})
    assert course_version(after, untested) == course_version(before, untested)
    for seed in range(20):
        assert draw(after, after.courses["nuoc-sach"], seed, on=DAY) == draw(before, course, seed, on=DAY)


@pytest.mark.parametrize(("take", "codes"), [(2, []), (3, ["bank-too-small"])])
def test_a_bank_has_enough_where_those_of_lessons_make_up_the_number(
    drawn: Path, take: int, codes: list[str]
) -> None:
    change(drawn, COURSE, "take: 1}", f"take: {take}}}")
    assert [finding.code for finding in load(drawn).findings] == codes

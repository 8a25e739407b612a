"""A folder becomes one programme: what is read, and that it never changes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from broken_samples import (
    ACTS,
    CHARTER,
    COURSE,
    LAW,
    PAGE,
    SECOND,
    UNITS,
)
from programmes import Edit, codes
from pydantic import ValidationError

from taphuan.programme.loader import load
from taphuan.programme.model.programme import Programme


@pytest.fixture
def programme(good: Path) -> Programme:
    loaded = load(good).programme
    assert loaded
    return loaded


# --- what is read ------------------------------------------------------------------------------


def test_the_good_sample_is_read_as_one_value(programme: Programme) -> None:
    assert programme.charter.short_title == "Nước sạch tỉnh Mẫu"
    assert list(programme.units.communes) == ["00101", "00102"]
    assert list(programme.lessons) == ["nuoc-sach/bao-nuoc-ban", "nuoc-sach/giu-nguon-nuoc"]
    assert [question.kind for question in programme.banks["nuoc-sach-tu-kiem-tra"].questions.values()] == [
        "single-choice",
        "multiple-choice",
        "true-false",
        "matching",
        "ordering",
    ]
    assert [material.kind for material in programme.campaigns["giu-giot-nuoc"].materials.values()] == [
        "leaflet",
        "poster",
    ]
    assert (programme.drawing("giot-nuoc") or "").startswith("<svg ")
    assert [page.source for page in programme.pages.values()] == [PAGE]


def test_a_lesson_knows_its_name_its_home_and_where_its_body_begins(programme: Programme) -> None:
    lesson = programme.lessons["nuoc-sach/bao-nuoc-ban"]
    assert (lesson.id, lesson.home, lesson.name) == ("nuoc-sach/bao-nuoc-ban", "nuoc-sach", "bao-nuoc-ban")
    assert lesson.source == SECOND
    assert lesson.body.startswith("Nước có mùi lạ")
    assert lesson.body_line == 11


def test_a_course_lists_its_lessons_in_its_own_order(programme: Programme) -> None:
    course = programme.courses["nuoc-sach"]
    assert [lesson.name for lesson in programme.lessons_of(course)] == ["giu-nguon-nuoc", "bao-nuoc-ban"]
    assert programme.taught_minutes(course) == 30
    assert programme.courses_with(programme.lessons["nuoc-sach/bao-nuoc-ban"]) == (course,)


CORE_AND_MORE = """core: true
    lessons: [giu-nguon-nuoc]
  - id: bao-tin
    title: Báo tin
    lessons: [bao-nuoc-ban]"""
PATHS = """paths:
  - {id: truong-ban, title: Trưởng bản, modules: [nguon-nuoc], lessons: [bao-nuoc-ban]}
  - {id: to-nuoc, title: Tổ nước, without_core: true, lessons: [bao-nuoc-ban, giu-nguon-nuoc]}
"""


def test_a_class_lasts_as_long_as_all_lessons_or_as_its_course_says(good: Path, edit: Edit) -> None:
    for said, minutes in (("", 30), ("class_minutes: 25\n", 25)):
        if said:
            edit(good, COURSE, "review: {status: draft}", f"{said}review: {{status: draft}}")
        programme = load(good).programme
        assert programme is not None
        assert programme.class_minutes(programme.courses["nuoc-sach"]) == minutes


def test_a_lesson_may_stand_in_the_course_of_another(good: Path) -> None:
    other = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: khac\n")
    other = other.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]")
    (good / "curricula/khac.yml").write_text(other, encoding="utf-8")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    shared = loading.programme.lessons["nuoc-sach/bao-nuoc-ban"]
    assert [course.id for course in loading.programme.courses_with(shared)] == ["khac", "nuoc-sach"]


def test_courses_stand_in_the_order_of_their_audiences_doors(good: Path) -> None:
    """One whose audience has no door comes last, whatever its file is called."""
    other = (good / COURSE).read_text(encoding="utf-8").replace("id: nuoc-sach\n", "id: a-khac\n")
    other = other.replace("audience: can-bo-xa", "audience: nguoi-dan")
    other = other.replace("[giu-nguon-nuoc, bao-nuoc-ban]", "[nuoc-sach/bao-nuoc-ban]")
    (good / "curricula/a-khac.yml").write_text(other, encoding="utf-8")
    programme = load(good).programme
    assert programme is not None
    assert programme.audiences["nguoi-dan"].home_position is None
    assert list(programme.courses) == ["nuoc-sach", "a-khac"]


def test_every_question_is_known_with_its_bank(programme: Programme) -> None:
    bank, question = programme.questions["kt-goi-ai"]
    assert (bank.id, bank.use, question.stem) == ("nuoc-sach-kiem-tra", "test", "Ống nước vỡ thì gọi ai?")


def test_the_plan_has_the_points_that_a_citation_may_name(programme: Programme) -> None:
    assert {"I.2.a", "I.3.b", "II.1", "II.1.1", "II.1.1.đ", "IV.1", "IV.1.a"} <= programme.plan_points
    assert "II.1.1.d" not in programme.plan_points


def test_a_quoted_and_an_unquoted_code_of_a_commune_keep_their_zeros(good: Path, edit: Edit) -> None:
    edit(good, UNITS, '"00102"', "00102")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    assert list(loading.programme.units.communes) == ["00101", "00102"]


def test_a_day_may_be_written_both_ways_and_a_text_stands_where_no_day_is_known(
    good: Path, edit: Edit
) -> None:
    edit(good, LAW, "issued: 01/05/2025", "issued: chưa rõ ngày")
    loading = load(good)
    assert codes(loading) == []
    assert loading.programme
    documents = loading.programme.register.documents
    assert documents["nd-moi"].issued == "chưa rõ ngày"
    assert f"{documents['nd-cu'].issued:%Y-%m-%d}" == "2020-02-01"


# --- what never changes ------------------------------------------------------------------------


def test_a_programme_is_frozen_to_the_bottom(programme: Programme) -> None:
    with pytest.raises(FrozenInstanceError):
        programme.root = Path()  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        programme.charter.plan.tasks[0].title = "khác"  # type: ignore[misc]
    points = programme.charter.plan.tasks[0].parts[0].points
    for change in (
        lambda: points.update(a="khác"),  # type: ignore[attr-defined]
        lambda: points.__setitem__("a", "khác"),  # type: ignore[attr-defined]
        lambda: points.pop("a"),  # type: ignore[attr-defined]
        lambda: programme.lessons.clear(),  # type: ignore[attr-defined]
    ):
        with pytest.raises(TypeError, match="never changes"):
            change()


def test_a_value_can_be_hashed_and_two_readings_are_equal(good: Path) -> None:
    first, second = load(good).programme, load(good).programme
    assert first
    assert second
    assert hash(first.banks["nuoc-sach-kiem-tra"]) == hash(second.banks["nuoc-sach-kiem-tra"])
    assert first == second


# --- open questions -----------------------------------------------------------------------------


def test_a_question_is_open_until_a_paper_with_a_number_answers_it(good: Path) -> None:
    programme = load(good).programme
    assert programme
    assert {id: decision.is_open for id, decision in programme.decisions.items()} == {
        "gieng-nao-duoc-dem": True,
        "thuong-xuyen": False,
    }
    assert programme.deciders(*programme.decisions.values()) == ("Sở Mẫu",)


def test_a_programme_without_the_file_has_no_open_question(good: Path, edit: Edit) -> None:
    for file in ("content/programme/decisions.yml", ACTS):
        (good / file).unlink()
    edit(good, CHARTER, ", assumes: [thuong-xuyen]", "")
    loading = load(good)
    assert loading.programme
    assert (dict(loading.programme.decisions), codes(loading)) == ({}, [])


def test_what_rests_on_questions_that_could_not_be_read_is_not_missed_too(good: Path) -> None:
    (good / "content/programme/decisions.yml").write_text("a: [", encoding="utf-8")
    assert set(codes(load(good))) & {"unknown-decision", "missing-file"} == set()


def test_a_course_with_a_core_lasts_as_long_as_that_in_class(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "lessons: [giu-nguon-nuoc, bao-nuoc-ban]", CORE_AND_MORE)
    programme = load(good).programme
    assert programme is not None
    course = programme.courses["nuoc-sach"]
    assert [module.id for module in course.core] == ["nguon-nuoc"]
    assert programme.core_minutes(course) == {"nguon-nuoc": 20}
    assert programme.class_minutes(course) == 20


def test_a_path_adds_to_the_core_or_stands_alone(good: Path, edit: Edit) -> None:
    edit(good, COURSE, "lessons: [giu-nguon-nuoc, bao-nuoc-ban]", CORE_AND_MORE)
    edit(good, COURSE, "test:\n", f"{PATHS}test:\n")
    programme = load(good).programme
    assert programme is not None
    course = programme.courses["nuoc-sach"]
    lessons = {
        path.id: [lesson.name for lesson in programme.lessons_on(course, path)] for path in course.paths
    }
    assert lessons == {"truong-ban": ["bao-nuoc-ban"], "to-nuoc": ["giu-nguon-nuoc", "bao-nuoc-ban"]}

"""Courses that are recorded and that no target counts have a number of persons, out of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fixtures_targets import COURSE, H1, H2, TRAINED, figures, listed, programme, target

from taphuan.programme.model.course import Course
from taphuan.programme.model.programme import Programme
from taphuan.records.training.progress import FirstDone
from taphuan.targets import completed_apart, measure_targets

APART = "giao-vien"
SPRING, AUTUMN = date(2026, 3, 2), date(2026, 10, 2)
FIGURES = figures(
    listed("ab"),
    first_done=(
        FirstDone(APART, "00001", SPRING, 3),
        FirstDone(APART, None, AUTUMN, 1),
        FirstDone(COURSE, "00001", SPRING, 50),
    ),
)


def with_teachers(plan: Programme, **fields: object) -> Programme:
    """The plan with a course besides, recorded where nothing else is said."""
    given = {"id": APART, "counts_toward": None, "records": True, **fields}
    return plan.having(Course, {**plan.courses, APART: plan.courses[COURSE].model_copy(update=given)})


PLAN = with_teachers(programme(trained=TRAINED))


def test_they_are_counted_up_to_the_end_of_the_period() -> None:
    assert completed_apart(PLAN, FIGURES, H1) == {APART: 3}
    assert completed_apart(PLAN, FIGURES, H2) == {APART: 4}


def test_of_a_unit_are_those_who_belong_to_it_today() -> None:
    assert completed_apart(PLAN, FIGURES.within("00001"), H2) == {APART: 3}
    assert completed_apart(PLAN, FIGURES.within("00002"), H2) == {APART: 0}


def test_a_course_that_keeps_nothing_or_that_a_target_names_is_not_apart() -> None:
    assert completed_apart(with_teachers(PLAN, records=False), FIGURES, H2) == {}
    named = with_teachers(programme(trained=target(courses={"any_of": [COURSE, APART]})))
    assert completed_apart(named, FIGURES, H2) == {}


def test_they_change_no_target() -> None:
    without = replace(FIGURES, first_done=())
    assert measure_targets(PLAN, FIGURES, H2) == measure_targets(PLAN, without, H2)

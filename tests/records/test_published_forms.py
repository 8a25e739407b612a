"""Versions of courses, and forms kept for ever."""

from __future__ import annotations

from datetime import date

import pytest
from clocks import Clock
from fixtures_province import COURSE, TRAINER, Province, number
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from taphuan.quiz import Answer, Form, FormQuestion, mark
from taphuan.records import Conflict, Unknown, record, schema
from taphuan.records.training import course_versions
from taphuan.records.training.course_versions import PaperSource, Rule
from taphuan.records.training.progress import attempts, completions

FORM = Form(
    course=COURSE,
    version="v1",
    seed=7,
    asked=(FormQuestion(id="cau-1", parts=("dung", "sai")), FormQuestion(id="cau-2", parts=("b", "a"))),
)
KEY = {
    "cau-1": Answer(kind="single-choice", right=("dung",), objective="o1"),
    "cau-2": Answer(kind="ordering", right=("a", "b"), objective=""),
}
RULE = Rule(pass_share=80, attempts=3)


def test_a_version_is_noted_once_with_each_of_its_rules(province: Province) -> None:
    assert province.do(course_versions.publish, COURSE, "v1", RULE) is True
    assert province.do(course_versions.publish, COURSE, "v1", RULE) is False
    assert province.do(course_versions.publish, COURSE, "v1", RULE._replace(pass_share=90)) is True


def test_the_minutes_of_a_class_are_part_of_the_rule_that_was_published(
    province: Province, clock: Clock
) -> None:
    province.do(course_versions.publish, COURSE, "v1", RULE._replace(minutes=520))
    assert province.see(course_versions.published_rule, COURSE, "v1") == Rule(
        pass_share=80, attempts=3, minutes=520
    )
    clock.forward(days=1)
    assert province.do(course_versions.publish, COURSE, "v1", RULE._replace(minutes=480)) is True
    assert province.see(course_versions.published_rule, COURSE, "v1") == Rule(
        pass_share=80, attempts=3, minutes=520
    )
    assert province.see(course_versions.published_rule, COURSE, "v2") is None


def test_a_form_and_its_key_come_back_as_they_were_kept(province: Province) -> None:
    id = province.do(course_versions.add_form, FORM, KEY)
    assert province.see(course_versions.form_and_key, id) == (FORM, KEY)


def test_keeping_a_form_again_changes_nothing(province: Province) -> None:
    assert (
        province.do(course_versions.add_form, FORM, KEY)
        == province.do(course_versions.add_form, FORM, KEY)
        == course_versions.form_id(FORM)
    )


def test_another_key_for_the_same_form_is_a_conflict(province: Province) -> None:
    province.do(course_versions.add_form, FORM, KEY)
    with pytest.raises(Conflict):
        province.do(course_versions.add_form, FORM, {**KEY, "cau-1": KEY["cau-1"]._replace(right=("sai",))})


def test_a_form_cannot_be_changed_or_removed(province: Province) -> None:
    province.do(course_versions.add_form, FORM, KEY)
    for change in (update(schema.form).values(key="{}"), delete(schema.form)):
        with pytest.raises(DBAPIError, match="only grows"):
            province.store.write(lambda connection, change=change: connection.execute(change))  # type: ignore[misc]


def test_an_unknown_form(province: Province) -> None:
    with pytest.raises(Unknown):
        province.see(course_versions.form_and_key, "0" * 24)


def test_the_service_marks_and_passes_the_mark_in(province: Province) -> None:
    responses = {"cau-1": ("dung",), "cau-2": ("a", "b")}
    marked = mark(KEY, responses, pass_share=RULE.pass_share)
    event = course_versions.answers_submitted(
        event_id=number(1),
        person="p0",
        form_id=course_versions.form_id(FORM),
        form=FORM,
        rule=RULE,
        responses=responses,
        mark=marked,
    )
    province.do(record, event)
    (attempt,) = province.see(attempts, "p0", COURSE)
    assert (attempt.right, attempt.asked, attempt.is_passed, attempt.form) == (
        2,
        2,
        True,
        course_versions.form_id(FORM),
    )
    assert [one.evidence for one in province.see(completions, "p0")] == ["A"]


@pytest.mark.parametrize(("sheet", "evidence"), [("Sổ 1, tờ 3", "B"), (None, "D")])
def test_answers_typed_from_paper(province: Province, sheet: str | None, evidence: str) -> None:
    marked = mark(KEY, {}, pass_share=80)
    event = course_versions.answers_submitted(
        event_id=number(1),
        person="p0",
        form_id=course_versions.form_id(FORM),
        form=FORM,
        rule=RULE,
        responses={},
        mark=marked,
        paper=PaperSource(day=date(2026, 2, 1), sheet=sheet, by=TRAINER),
    )
    province.do(record, event)
    (attempt,) = province.see(attempts, "p0")
    assert (attempt.evidence, attempt.is_passed, attempt.done_on) == (evidence, False, date(2026, 2, 1))

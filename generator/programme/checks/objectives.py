"""Checks of objectives: each belongs to one of its course, says how well, and is asked about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..model.course import Course, Lesson, LessonObjective
from ..model.programme import Programme
from ..problems import Problem, nearest_name, place_of, unknown_name
from .wording import PLACEHOLDER

#: Words of a measure. "Một" alone is none: "trong một tin nhắn" says in what.
MEASURE = re.compile(
    r"[0-9]|\b(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|đủ|mọi|tất cả|từng|ít nhất|nhiều nhất|tối thiểu"
    r"|tối đa|không (?:quá|bỏ|sót|sai|thêm|nhầm|lẫn|lộ|để)|đúng (?:thứ tự|hạn|giờ))\b",
    re.IGNORECASE,
)


def check_objectives(programme: Programme) -> Iterator[Problem]:
    seen = {id: course.source for course in programme.courses.values() for id in course.objectives}
    asked = {question.objective for _, question in programme.questions.values()}
    for lesson in programme.lessons.values():
        yield from _named(programme, lesson)
        for id, own in lesson.own_objectives.items():
            if id in seen:
                place = replace(place_of(lesson, "objectives", id), at_key=True)
                yield Problem(code="duplicate-id", place=place, values={"id": id, "other": seen[id]})
            seen.setdefault(id, lesson.source)
            yield from _belonging(programme, lesson, id, own)
            # What is yet to be written is told as that.
            if not PLACEHOLDER.search(own.text):
                yield from _measure(lesson, id, own)
                yield from _unasked(programme, lesson, id, own, asked)
    yield from _of_questions(programme, seen)


def _named(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    """Yields what a lesson names as an objective of its course, and is none."""
    home = programme.courses.get(lesson.home)
    for index, id in enumerate(() if lesson.own_objectives else lesson.objectives):
        if home and id not in home.objectives:
            yield unknown_name("objective", place_of(lesson, "objectives", index), id, home.objectives)


def _belonging(programme: Programme, lesson: Lesson, id: str, own: LessonObjective) -> Iterator[Problem]:
    if isinstance(own.of, str):
        home = programme.courses.get(lesson.home)
        if home and own.of not in home.objectives:
            yield unknown_name("objective", place_of(lesson, "objectives", id, "of"), own.of, home.objectives)
    else:
        for name, objective in own.of.items():
            yield from _named_course(programme, lesson, id, objective, name)
    for course in programme.courses_with(lesson):
        if course.objectives and _is_left_out(lesson, own, course):
            values = {"id": id, "course": course.id, "known": ", ".join(course.objectives)}
            place = place_of(lesson, "objectives", id, "of")
            yield Problem(code="objective-outside-course", place=place, values=values)


def _named_course(
    programme: Programme, lesson: Lesson, id: str, objective: str, name: str
) -> Iterator[Problem]:
    place = place_of(lesson, "objectives", id, "of", name)
    course, courses = programme.courses.get(name), programme.courses_with(lesson)
    if course is None:
        yield unknown_name("course", replace(place, at_key=True), name, programme.courses)
    elif course not in courses:
        yield Problem(
            code="course-without-lesson",
            place=replace(place, at_key=True),
            values={"id": name},
            suggestion=nearest_name(name, [other.id for other in courses]),
        )
    elif objective not in course.objectives:
        yield unknown_name("objective", place, objective, course.objectives)


def _is_left_out(lesson: Lesson, own: LessonObjective, course: Course) -> bool:
    """Tells whether the objective belongs nowhere in the course, and nothing else is found about that."""
    within = own.within(course.id)
    is_shared = course.id != lesson.home and isinstance(own.of, str)
    return within is None or (is_shared and within not in course.objectives)


def _measure(lesson: Lesson, id: str, own: LessonObjective) -> Iterator[Problem]:
    if not MEASURE.search(own.text):
        place = place_of(lesson, "objectives", id, "text")
        yield Problem(code="objective-without-measure", place=place, values={"id": id})


def _unasked(
    programme: Programme, lesson: Lesson, id: str, own: LessonObjective, asked: Collection[str | None]
) -> Iterator[Problem]:
    """Yields an objective that no question names, where it belongs to a course with a test."""
    courses = programme.courses_with(lesson)
    if id not in asked and any(course.test and own.within(course.id) for course in courses):
        place = replace(place_of(lesson, "objectives", id), at_key=True)
        yield Problem(code="objective-not-asked", place=place, values={"id": id}, about="bank lesson")


def _of_questions(programme: Programme, known: dict[str, str]) -> Iterator[Problem]:
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            if question.objective and question.objective not in known:
                place = place_of(bank, "questions", id, "objective")
                yield unknown_name("objective", place, question.objective, known, about="course lesson")

"""A course for whoever teaches it: what each lesson is for, what the class does, and what to mind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Activity, Course, Lesson, Module
from ...programme.tidying.signs import without_bullet
from ..prose import Notes
from ..sheet import Sheet
from .desk import PaperContext
from .lesson import LessonOnPaper


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A lesson and what its trainer needs; `rest` are the minutes that no activity takes."""

    lesson: LessonOnPaper
    activities: tuple[Activity, ...]
    rest: int
    remarks: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question that a class may ask and no trainer may answer."""

    question: str
    who: str
    until_then: Markup


@dataclass(frozen=True, kw_only=True)
class GuideModule:
    title: str
    minutes: int
    lessons: tuple[Planned, ...]


def has_guide(desk: PaperContext, course: Course) -> bool:
    """Whether its authors wrote anything for a trainer."""
    return any(one.activities or one.trainer_notes for one in desk.programme.lessons_of(course))


def guide(desk: PaperContext, course: Course) -> Sheet:
    """The trainer's guide of a course."""
    return desk.sheet(
        "guide.html.j2",
        id=f"{course.id}-tap-huan-vien",
        kind="guide",
        title=course.title,
        audience="Tập huấn viên",
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge"},
        course=course,
        taught_minutes=desk.programme.taught_minutes(course),
        class_minutes=desk.programme.class_minutes(course),
        parts=tuple(_part(desk, course, module) for module in course.modules),
        asked=tuple(_asked(desk, course)),
    )


def _asked(desk: PaperContext, course: Course) -> Iterator[OpenQuestion]:
    """Yields the questions of a course that are still open."""
    for one in desk.programme.decisions.values():
        if one.is_open and course.id in one.courses:
            yield OpenQuestion(
                question=one.question,
                who=", ".join(desk.programme.deciders(one)),
                until_then=desk.prose.print_inline(one.until_then, Notes()),
            )


def _part(desk: PaperContext, course: Course, module: Module) -> GuideModule:
    lessons = tuple(_planned(desk, course, module))
    return GuideModule(
        title=module.title, minutes=sum(one.lesson.minutes for one in lessons), lessons=lessons
    )


def _planned(desk: PaperContext, course: Course, module: Module) -> Iterator[Planned]:
    for name in module.lessons:
        lesson = desk.programme.lessons.get(course.lesson_id(name))
        if lesson is not None and lesson.id in desk.lessons:
            yield Planned(
                lesson=desk.lessons[lesson.id].within_book(course, module),
                activities=lesson.activities,
                rest=lesson.minutes - sum(one.minutes for one in lesson.activities),
                remarks=_remarks(desk, lesson),
            )


def _remarks(desk: PaperContext, lesson: Lesson) -> tuple[Markup, ...]:
    """The trainer's notes, one for each line that their author wrote."""
    lines = (without_bullet(line.strip()) for line in (lesson.trainer_notes or "").splitlines())
    return tuple(desk.prose.print_inline(line, Notes()) for line in lines if line)

"""The trainer's guide of a course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Activity, Course, Lesson, Module
from ...programme.model.plan import DECISIONS
from ..markdown_text import Notes
from ..printable import Sheet
from .answers import AnswerOnPaper, full_answers
from .context import LessonOnPaper, PaperContext
from .handbook import paths_in_book
from .observed_task import task_on_paper


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A branching scenario and what a good conversation about it needs."""

    title: str
    remarks: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A lesson and what its trainer needs; `steps` are its activities, before them the minutes of none.

    `flows` has the titles of its flows, which are sheets for the wall.
    `belonging` has the course's objectives to which those belong that the lesson writes itself, each once.
    """

    lesson: LessonOnPaper
    belonging: tuple[Markup, ...]
    flows: tuple[str, ...]
    steps: tuple[Activity, ...]
    remarks: tuple[Markup, ...]
    conversations: tuple[Conversation, ...]
    answers: tuple[AnswerOnPaper, ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question that a class may ask and no trainer may answer."""

    question: str
    who: str
    until_then: Markup


@dataclass(frozen=True, kw_only=True)
class GuideModule:
    title: str
    is_core: bool
    minutes: int
    lessons: tuple[Planned, ...]


def has_guide(context: PaperContext, course: Course) -> bool:
    """Tells whether its authors wrote anything for a trainer."""
    lessons = context.programme.lessons_of(course)
    return bool(context.programme.tasks_of(course)) or any(
        lesson.activities or lesson.trainer_notes or any(_conversations(context, lesson))
        for lesson in lessons
    )


def guide(context: PaperContext, course: Course) -> Sheet:
    """The trainer's guide of a course."""
    parts = tuple(_guide_module(context, course, module) for module in course.modules)
    lessons = (planned.lesson for part in parts for planned in part.lessons)
    return context.sheet(
        "guide.html.j2",
        id=f"{course.id}-tap-huan-vien",
        kind="guide",
        title=course.title,
        audience="Tập huấn viên",
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge"},
        course=course,
        taught_minutes=context.programme.taught_minutes(course),
        class_minutes=context.programme.class_minutes(course),
        core=[module.title for module in course.core],
        paths=paths_in_book(context, course, lessons),
        parts=parts,
        observed=tuple(task_on_paper(context, task, course) for task in context.programme.tasks_of(course)),
        asked=tuple(_open_questions(context, course)),
    )


def _open_questions(context: PaperContext, course: Course) -> Iterator[OpenQuestion]:
    """Yields the questions of a course that are still open."""
    for decision in context.programme.decisions.values():
        if decision.is_open and course.id in decision.courses:
            yield OpenQuestion(
                question=decision.question,
                who=", ".join(context.programme.deciders(decision)),
                until_then=context.prose.print_line(decision.until_then, DECISIONS),
            )


def _guide_module(context: PaperContext, course: Course, module: Module) -> GuideModule:
    lessons = tuple(_planned_activities(context, course, module))
    return GuideModule(
        title=module.title,
        is_core=module.core,
        minutes=sum(planned.lesson.minutes for planned in lessons),
        lessons=lessons,
    )


def _planned_activities(context: PaperContext, course: Course, module: Module) -> Iterator[Planned]:
    for name in module.lessons:
        lesson = context.programme.lessons.get(course.lesson_id(name))
        if lesson is not None and lesson.id in context.lessons:
            yield Planned(
                lesson=context.lessons[lesson.id].within_book(course, module),
                belonging=_belonging(context, course, lesson),
                flows=tuple(_flow_titles(context, lesson)),
                steps=tuple(_steps(lesson)),
                remarks=context.remarks(lesson.trainer_notes, lesson.source),
                conversations=tuple(_conversations(context, lesson)),
                answers=tuple(full_answers(context.programme, lesson, context.prose.print_line)),
            )


def _flow_titles(context: PaperContext, lesson: Lesson) -> Iterator[str]:
    for flow in context.programme.flows.values():
        if lesson in context.programme.lessons_with(flow):
            yield flow.title


def _steps(lesson: Lesson) -> Iterator[Activity]:
    rest = lesson.minutes - sum(activity.minutes for activity in lesson.activities)
    if lesson.activities and rest > 0:
        yield Activity(title="Trình bày, hỏi đáp", minutes=rest, form="cả lớp")
    yield from lesson.activities


def _belonging(context: PaperContext, course: Course, lesson: Lesson) -> tuple[Markup, ...]:
    """The course's objectives that a lesson's own ones belong to; nothing where it names them itself."""
    ids = lesson.objectives_within(course.id) if lesson.own_objectives else ()
    return tuple(
        context.prose.print_inline(course.objectives[id], Notes(), course.source)
        for id in ids
        if id in course.objectives
    )


def _conversations(context: PaperContext, lesson: Lesson) -> Iterator[Conversation]:
    for scenario in context.programme.scenarios_of(lesson):
        if scenario.trainer_notes:
            yield Conversation(
                title=scenario.title, remarks=context.remarks(scenario.trainer_notes, scenario.source)
            )

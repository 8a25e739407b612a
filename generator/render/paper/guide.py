"""The trainer's guide of a course."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from ...programme.model.course import Course, Lesson, Module
from ...programme.model.observed_task import ObservedTask
from ...programme.model.plan import DECISIONS
from ...programme.model.scenario import placed_scenarios
from ..markdown_text import Notes
from ..printable import Sheet
from .answers import AnswerOnPaper, full_answers
from .context import LessonOnPaper, PaperContext
from .handbook import paths_in_book
from .observed_task import TaskOnPaper, task_on_paper

#: Letters of a line, and lines of a page, that notes have beside what is done.
LETTERS_BESIDE, LINES_BESIDE = 27, 32
_SECTION = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class StepInClass:
    """An activity from the minute `start` to `end`; `topics` are the sections that it goes through."""

    title: str
    start: int
    end: int
    form: str
    text: str
    topics: tuple[Markup, ...]

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A branching scenario and what a good conversation about it needs."""

    title: str
    remarks: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class Observed:
    """A task that is observed in class, with the numbers of the lessons that teach what it shows."""

    anchor: str
    shown: TaskOnPaper
    lessons: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A lesson and what its trainer needs; `steps` are its activities, before them the minutes of none.

    `flows` has the titles of its flows, which are sheets for the wall.
    `belonging` has the course's objectives to which those belong that the lesson writes itself, each once.
    `observed` are the tasks that show an objective of it.
    """

    lesson: LessonOnPaper
    belonging: tuple[Markup, ...]
    flows: tuple[str, ...]
    steps: tuple[StepInClass, ...]
    observed: tuple[Observed, ...]
    remarks: tuple[Markup, ...]
    conversations: tuple[Conversation, ...]
    answers: tuple[AnswerOnPaper, ...]

    @property
    def beside(self) -> tuple[Markup, ...]:
        """Returns the remarks that have room beside what is done."""
        lines = accumulate(math.ceil(len(remark.striptags()) / LETTERS_BESIDE) for remark in self.remarks)
        return tuple(remark for remark, line in zip(self.remarks, lines, strict=True) if line <= LINES_BESIDE)

    @property
    def opposite(self) -> tuple[Markup, ...]:
        """Returns the other remarks, which stand on the page that faces it."""
        return self.remarks[len(self.beside) :]


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
    observed = tuple(_observed(context, course, task) for task in context.programme.tasks_of(course))
    parts = tuple(_guide_module(context, course, module, observed) for module in course.modules)
    lessons = (planned.lesson for part in parts for planned in part.lessons)
    return context.sheet(
        "guide.html.j2",
        id=f"{course.id}-tap-huan-vien",
        kind="guide",
        title=course.title,
        audience="Tập huấn viên",
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge", "has_contents": True},
        course=course,
        picture=context.picture(context.programme.audiences[course.audience].picture),
        taught_minutes=context.programme.taught_minutes(course),
        class_minutes=context.programme.class_minutes(course),
        core=[module.title for module in course.core],
        paths=paths_in_book(context, course, lessons),
        parts=parts,
        observed=observed,
        asked=tuple(_open_questions(context, course)),
        # Whoever teaches says it before anybody tells anything.
        limits=context.prose.print_line("[limits:trainers]"),
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


def _observed(context: PaperContext, course: Course, task: ObservedTask) -> Observed:
    objective = task.objective_within(course.id)
    teaching = (
        number
        for number, lesson in enumerate(map(context.programme.lessons.get, course.lesson_ids), 1)
        if lesson and objective in lesson.objectives_within(course.id)
    )
    return Observed(
        anchor=f"quan-sat-{task.id}", shown=task_on_paper(context, task, course), lessons=tuple(teaching)
    )


def _guide_module(
    context: PaperContext, course: Course, module: Module, observed: tuple[Observed, ...]
) -> GuideModule:
    lessons = tuple(_planned_lessons(context, course, module, observed))
    return GuideModule(
        title=module.title,
        is_core=module.core,
        minutes=sum(planned.lesson.minutes for planned in lessons),
        lessons=lessons,
    )


def _planned_lessons(
    context: PaperContext, course: Course, module: Module, observed: tuple[Observed, ...]
) -> Iterator[Planned]:
    for name in module.lessons:
        lesson = context.programme.lessons.get(course.lesson_id(name))
        if lesson is not None and lesson.id in context.lessons:
            shown = context.lessons[lesson.id].within_book(course, module)
            yield Planned(
                lesson=shown,
                belonging=_belonging(context, course, lesson),
                flows=tuple(_flow_titles(context, lesson)),
                steps=tuple(_steps(context, lesson)),
                observed=tuple(task for task in observed if shown.number in task.lessons),
                remarks=context.remarks(lesson.trainer_notes, lesson.source),
                conversations=tuple(_conversations(context, lesson)),
                answers=tuple(full_answers(context.programme, lesson, context.prose.print_line)),
            )


def _flow_titles(context: PaperContext, lesson: Lesson) -> Iterator[str]:
    for flow in context.programme.flows.values():
        if lesson in context.programme.lessons_with(flow):
            yield flow.title


def _steps(context: PaperContext, lesson: Lesson) -> Iterator[StepInClass]:
    spent = sum(activity.minutes for activity in lesson.activities)
    minute = max(lesson.minutes - spent, 0) if lesson.activities else 0
    if minute:
        topics = tuple(_topics(context, lesson))
        yield StepInClass(
            title="Trình bày, hỏi đáp", start=0, end=minute, form="cả lớp", text="", topics=topics
        )
    for activity in lesson.activities:
        yield StepInClass(
            title=activity.title,
            start=minute,
            end=minute + activity.minutes,
            form=activity.form or "",
            text=activity.text or "",
            topics=(),
        )
        minute += activity.minutes


def _topics(context: PaperContext, lesson: Lesson) -> Iterator[Markup]:
    """Yields the sections of a lesson that a class is told of; those with a scenario are played."""
    sections = list(_SECTION.finditer(lesson.body))
    bounds = [*(section.start() for section in sections), len(lesson.body)]
    scenarios = [placed.start for placed in placed_scenarios(lesson.body)]
    for section, end in zip(sections, bounds[1:], strict=True):
        if not any(section.start() < start < end for start in scenarios):
            yield context.prose.print_line(section[1], lesson.source)


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

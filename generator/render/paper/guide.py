"""The trainer's guide of a course."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from ...programme.class_clock import BREAK, LONGEST_STRETCH, SECTION, breaks, class_clock
from ...programme.model.course import Course, Lesson, Module
from ...programme.model.observed_task import ObservedTask
from ...programme.model.plan import DECISIONS
from ..printable import Sheet
from ..text.paper import Notes
from .answers import AnswerOnPaper, full_answers
from .context import LessonOnPaper, PaperContext
from .handbook import paths_in_book
from .observed_task import TaskOnPaper, task_on_paper

#: Letters of a line, and lines of a page, that notes have beside what is done.
LETTERS_BESIDE, LINES_BESIDE = 27, 32
#: Titles and ways of the parts of a lesson that its author does not write; the guide's front says how.
BLOCK_WORDS = {
    "scene": ("Mở bài", "cả lớp"),
    "input": ("Trình bày, hỏi đáp", "cả lớp"),
    "self-check": ("Tự kiểm tra", "giơ tay"),
    "close": ("Khép lại", "cả lớp"),
}


@dataclass(frozen=True, kw_only=True)
class StepInClass:
    """A part of a lesson from the minute `start` to `end`; `topics` are the sections that it goes through."""

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
    """A lesson and what its trainer needs; `steps` are what is done in class, minute by minute.

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
    lessons = [planned.lesson for part in parts for planned in part.lessons]
    rests = [lessons[number].number for number in breaks(lesson.minutes for lesson in lessons)]
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
        rests=rests,
        rest_minutes=BREAK,
        longest_stretch=LONGEST_STRETCH,
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
    """Yields what is done in class, minute by minute; nothing of a lesson without activities."""
    if not lesson.activities:
        return
    headings = [
        context.prose.print_line(heading[1], lesson.source) for heading in SECTION.finditer(lesson.body)
    ]
    start = 0
    for block in class_clock(context.programme, lesson):
        activity = lesson.activities[block.parts[0]] if block.kind == "activity" else None
        title, form = (activity.title, activity.form or "") if activity else BLOCK_WORDS[block.kind]
        if block.kind == "self-check" and len(block.parts) < len(lesson.self_check):
            title += f" (câu 1–{len(block.parts)})"
        yield StepInClass(
            title=title,
            start=start,
            end=start + block.minutes,
            form=form,
            text=(activity and activity.text) or "",
            topics=tuple(headings[number] for number in block.parts) if block.kind == "input" else (),
        )
        start += block.minutes


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

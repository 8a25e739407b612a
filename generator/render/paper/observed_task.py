"""Observed tasks on paper: the sheet that a learner is handed, and the one that a trainer ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.contact import Contact
from ...programme.model.course import Course
from ...programme.model.observed_task import ObservedTask
from ..printable import Sheet
from ..text.paper import Note, Notes
from .context import PaperContext

#: Persons ticked on a sheet: as many columns as a pen finds without looking twice.
PERSONS_ON_A_SHEET = 12


def mono_sheets(context: PaperContext) -> Iterator[Sheet]:
    for task in context.programme.observed_tasks.values():
        if context.programme.courses_observing(task):
            yield observation_sheet(context, task)


@dataclass(frozen=True, kw_only=True)
class TaskOnPaper:
    """A task as templates show it, with the course's objective that it shows and what its texts cite."""

    title: str
    minutes: int
    objective: Markup
    gets: Markup
    does: Markup
    rubric: tuple[str, ...]
    remarks: tuple[Markup, ...]
    contacts: tuple[Contact, ...]
    notes: tuple[Note, ...]
    persons: range = range(PERSONS_ON_A_SHEET)


def task_on_paper(
    context: PaperContext, task: ObservedTask, course: Course, notes: Notes | None = None
) -> TaskOnPaper:
    """Returns a task with what it cites as numbers in `notes`; in words where a sheet has none."""

    def shown(text: str) -> Markup:
        if notes is None:
            return context.prose.print_line(text, task.source)
        return context.prose.print_html(text, notes, task.source)

    gets, does = shown(task.gets), shown(task.does)
    return TaskOnPaper(
        title=task.title,
        minutes=task.minutes,
        objective=context.prose.print_line(course.objectives[task.objective_within(course.id) or ""]),
        gets=gets,
        does=does,
        rubric=task.rubric,
        remarks=context.remarks(task.trainer_notes, task.source),
        contacts=context.contacts(task.contacts),
        notes=tuple(notes.notes) if notes else (),
    )


def observation_sheet(context: PaperContext, task: ObservedTask) -> Sheet:
    """Returns a task's sheet: what the learner is handed, then ten lines to tick."""
    course = context.programme.courses_observing(task)[0]
    return context.sheet(
        "observed-task.html.j2",
        id=f"{task.id}-phieu-quan-sat",
        kind="observed-task",
        title=task.title,
        audience="Tập huấn viên",
        subject=task.source,
        review=context.programme.task_review(task),
        layout={"duplex": "none"},
        shown=task_on_paper(context, task, course, Notes()),
    )

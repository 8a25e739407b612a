"""Observed tasks (việc quan sát): what somebody does in class while a trainer ticks ten lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..model.course import Course
from ..model.observed_task import RUBRIC_LINES, TASKS_OF_COURSE, ObservedTask
from ..model.programme import Programme
from ..problems import Problem, nearest_name, place_of, unknown_name
from .base import DocumentKind, Pattern

#: What goes on in somebody's head, where no trainer sees it.
UNSEEN_ACT = re.compile(
    r"\b(?:thấu hiểu|hiểu(?! lầm)|nắm (?:được|rõ|vững|chắc|bắt)|nhận thức|ý thức|thái độ|thông cảm|đồng cảm"
    r"|tôn trọng|quan tâm|biết (?:cách|rõ|được))\b",
    re.IGNORECASE,
)


def check_observed_tasks(programme: Programme) -> Iterator[Problem]:
    for course in programme.courses.values():
        yield from _named(programme, course)
    named = _meant(programme)
    for task in programme.observed_tasks.values():
        yield from _rubric(task)
        yield from _objective(programme, task)
        if task.id not in named:
            place, values = place_of(task, "id"), {"id": task.id}
            yield Problem(code="observed-task-nowhere", place=place, values=values, about="course")


def _meant(programme: Programme) -> frozenset[str]:
    """Returns the tasks that courses name; a mistyped id counts as the task that was meant."""
    named = {id for course in programme.courses.values() for id in course.observed_tasks}
    unknown = named.difference(programme.observed_tasks)
    return frozenset(named | {nearest_name(id, programme.observed_tasks) for id in unknown})


def _named(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields tasks that are not there or named twice, and a course with a test that has not two."""
    tasks = course.observed_tasks
    for index, id in enumerate(tasks):
        place = place_of(course, "observed_tasks", index)
        if id not in programme.observed_tasks:
            yield unknown_name("observed-task", place, id, programme.observed_tasks)
        elif id in tasks[:index]:
            yield Problem(code="task-named-twice", place=place, values={"id": id})
    count = len(set(tasks))
    if course.test and not course.keeps_nothing and count != TASKS_OF_COURSE:
        values = {"count": str(count), "wanted": str(TASKS_OF_COURSE)}
        place = replace(place_of(course, "observed_tasks" if tasks else "test"), at_key=True)
        yield Problem(code="observed-tasks-not-two", place=place, values=values)


def _rubric(task: ObservedTask) -> Iterator[Problem]:
    if len(task.rubric) != RUBRIC_LINES:
        values = {"count": str(len(task.rubric)), "wanted": str(RUBRIC_LINES)}
        place = replace(place_of(task, "rubric"), at_key=True)
        yield Problem(code="rubric-not-ten", place=place, values=values)
    for index, line in enumerate(task.rubric):
        place = place_of(task, "rubric", index)
        if line in task.rubric[:index]:
            yield Problem(code="rubric-line-twice", place=place)
        if unseen := UNSEEN_ACT.search(line):
            yield Problem(code="rubric-line-unseen", place=replace(place, phrase=unseen[0]))


def _objective(programme: Programme, task: ObservedTask) -> Iterator[Problem]:
    named = () if isinstance(task.objective, str) else tuple(task.objective)
    unknown = [name for name in named if name not in programme.courses]
    for name in unknown:
        where = replace(place_of(task, "objective", name), at_key=True)
        yield unknown_name("course", where, name, programme.courses)
    for course in programme.courses_observing(task):
        id = task.objective_within(course.id)
        if id is None and not unknown:
            values = {"id": task.id, "course": course.id, "known": ", ".join(course.objectives)}
            place = place_of(task, "objective")
            yield Problem(code="observed-task-outside-course", place=place, values=values)
        elif id is not None and id not in course.objectives:
            path = () if isinstance(task.objective, str) else (course.id,)
            yield unknown_name("objective", place_of(task, "objective", *path), id, course.objectives)


def _audiences(programme: Programme, task: ObservedTask) -> Iterable[str]:
    return dict.fromkeys(course.audience for course in programme.courses_observing(task))


KIND = DocumentKind(
    name="observed-task",
    model=ObservedTask,
    folder="content/observed-tasks",
    words="việc quan sát",
    position=90,
    pattern=Pattern(
        about="việc làm ở lớp, có phiếu quan sát mười dòng",
        id_words="MÃ_VIỆC",
        example="viet-lai-thong-bao",
    ),
    checks=(check_observed_tasks,),
    sheets={"observed-task": "Phiếu quan sát"},
    audiences=_audiences,
    review=lambda programme, task: programme.task_review(task),
    approved_with=lambda programme, task: programme.courses_observing(task),
    needs_all=True,
    how_approved="phê duyệt khóa học có nó: phê duyệt khóa gồm cả việc quan sát của khóa",
)

"""Observed tasks: what somebody does in class, and the ten acts that a trainer ticks as they are seen."""

from __future__ import annotations

import hashlib
import json

from .course import ObjectiveOfCourses, objective_within
from .values import (
    MarkdownText,
    Minutes,
    NamedDocument,
    Slug,
    Text,
)

#: So many lines are kept in view while somebody acts, and each is worth the same.
RUBRIC_LINES = 10
#: A course with a test has one that is written and one that is played.
TASKS_OF_COURSE = 2


class ObservedTask(NamedDocument):
    """The content of `content/observed-tasks/<task>.yml`.

    `gets` is the page or the scene that a learner is handed. `objective` is the one that it shows: of each
    course that names the task, or by the course's id.
    """

    title: Text
    minutes: Minutes
    objective: ObjectiveOfCourses
    gets: MarkdownText
    does: MarkdownText
    rubric: tuple[Text, ...]
    trainer_notes: MarkdownText | None = None
    contacts: tuple[Slug, ...] = ()

    def objective_within(self, course: str) -> str | None:
        """Returns the objective of that course which it shows; None where it names none."""
        return objective_within(self.objective, course)

    @property
    def rubric_version(self) -> str:
        """A hash of the ten lines, so that ticks are never read beside other lines than they were made by."""
        canonical = json.dumps(self.rubric, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]

"""Courses, their modules and lessons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from .values import (
    NOTHING,
    Count,
    Flag,
    FrozenMap,
    LessonName,
    MarkdownText,
    Minutes,
    Percent,
    ReadOnly,
    ServingDocument,
    Slug,
    Text,
    Value,
)


class Activity(Value):
    """An activity of a class, which takes some minutes of a lesson."""

    title: Text
    minutes: Minutes
    form: Text | None = None
    text: Text | None = None


#: The shapes of what may be ids or keys with values, named as no key is.
IDS, KEYS = "[ids]", "[keys]"


def _shape(value: object) -> str:
    return KEYS if isinstance(value, Mapping) and value else IDS


def _shape_of_objectives(value: object) -> str:
    """Returns the shape meant: ids in braces instead of brackets are still ids."""
    return KEYS if isinstance(value, Mapping) and any(value.values()) else IDS


#: The objective of any course that has it, or that of each course by the course's id.
ObjectiveOfCourses = Annotated[
    Annotated[Slug, Tag(IDS)]
    | Annotated[Mapping[Slug, Slug], Field(min_length=1), AfterValidator(ReadOnly), Tag(KEYS)],
    Discriminator(_shape),
]


def objective_within(of: str | Mapping[str, str], course: str) -> str | None:
    """Returns the objective of that course; None where there is none of it."""
    return of if isinstance(of, str) else of.get(course)


class LessonObjective(Value):
    """Says what whoever learned a lesson can do: what is done, with what, how well.

    `of` is the objective of the course that it belongs to, or that of each course by the course's id.
    """

    text: MarkdownText
    of: ObjectiveOfCourses

    def within(self, course: str) -> str | None:
        """Returns the objective of that course; None where it belongs to none."""
        return objective_within(self.of, course)


#: Ids of the course's objectives, or the lesson's own ones by their ids.
LessonObjectives = Annotated[
    Annotated[tuple[Slug, ...], Tag(IDS)]
    | Annotated[Mapping[Slug, LessonObjective], Field(min_length=1), AfterValidator(ReadOnly), Tag(KEYS)],
    Discriminator(_shape_of_objectives),
]


class Lesson(ServingDocument):
    """One page of a course. `id` is `<course>/<lesson>`, after the file's place."""

    given: ClassVar[frozenset[str]] = frozenset({"source", "id", "body", "body_line"})
    id: str = ""
    body: str = ""
    body_line: int = 1
    summary: MarkdownText
    # In class, activities included. The minutes to study alone are computed (`programme.course_figures`).
    minutes: Minutes
    # Stands at the head of its opening story; a figure of its own there needs none.
    picture: Slug | None = None
    objectives: LessonObjectives = ()
    key_points: tuple[MarkdownText, ...] = ()
    self_check: tuple[Slug, ...] = ()
    activities: tuple[Activity, ...] = ()
    trainer_notes: MarkdownText | None = None

    @property
    def home(self) -> str:
        """The course whose folder the lesson lies in."""
        return self.id.split("/")[0]

    @property
    def name(self) -> str:
        return self.id.split("/")[1]

    @property
    def own_objectives(self) -> Mapping[str, LessonObjective]:
        """The objectives that the lesson writes itself; none where it names those of its course."""
        return self.objectives if isinstance(self.objectives, Mapping) else NOTHING

    def objectives_within(self, course: str) -> tuple[str, ...]:
        """Returns the ids of that course's objectives that the lesson serves, each once."""
        if not isinstance(self.objectives, Mapping):
            return self.objectives
        return tuple(dict.fromkeys(filter(None, (own.within(course) for own in self.objectives.values()))))

    def stated_objectives(self, course: Course) -> tuple[str, ...]:
        """Returns what a reader is told: its own objectives, else those that it names of the course."""
        if isinstance(self.objectives, Mapping):
            return tuple(own.text for own in self.objectives.values())
        return tuple(course.objectives[id] for id in self.objectives if id in course.objectives)


class Module(Value):
    """A part of a course; in class, the course is completed by those of its core.

    `picture` is beside its title where the part begins in the handbook.
    """

    id: Slug
    title: Text
    picture: Slug | None = None
    lessons: tuple[LessonName, ...]
    core: Flag = False


class RolePath(Value):
    """A way by role: what somebody learns besides the core, whole modules and single lessons.

    With `without_core` it is all that they are asked for, which does not complete the course.
    """

    id: Slug
    title: Text
    summary: MarkdownText | None = None
    modules: tuple[Slug, ...] = ()
    lessons: tuple[LessonName, ...] = ()
    without_core: Flag = False


class Draw(Value):
    """A draw of a blueprint: how many questions of a bank, for one objective, a form takes."""

    bank: Slug
    take: Count
    objective: Slug | None = None


class Blueprint(Value):
    """A course's blueprint: how its test is drawn and passed."""

    title: Text | None = None
    attempts: Count
    draw: tuple[Draw, ...]
    minutes: Minutes | None = None
    # `pass` is a Python keyword, so the key has another name inside.
    pass_share: Percent = Field(alias="pass")

    @property
    def asked(self) -> int:
        """How many questions a form has."""
        return sum(draw.take for draw in self.draw)

    @property
    def needed(self) -> int:
        """How many of a form's questions have to be right."""
        return -(-self.asked * self.pass_share // 100)


class Course(ServingDocument):
    summary: MarkdownText
    audience: Slug
    counts_toward: Slug | None = None
    # Recorded all the same where it counts toward no target: counted apart, out of nobody.
    records: Flag = False
    # Neither the device nor the records keep anything of whoever reads it, and its pages say so.
    keeps: Literal["nothing"] | None = None
    objectives: FrozenMap[Slug, MarkdownText] = NOTHING
    modules: tuple[Module, ...]
    paths: tuple[RolePath, ...] = ()
    test: Blueprint | None = None
    # Done in class, while a trainer ticks what is seen; never a condition of completion.
    observed_tasks: tuple[Slug, ...] = ()
    # Attended in class, all together, to complete a course without a core; left out, all its lessons.
    class_minutes: Minutes | None = None

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        return tuple(self.lesson_id(name) for module in self.modules for name in module.lessons)

    @property
    def is_recorded(self) -> bool:
        """True where it is recorded who completed it; other courses keep nothing of anybody."""
        return self.records or self.counts_toward is not None

    @property
    def keeps_nothing(self) -> bool:
        return self.keeps == "nothing"

    @property
    def core(self) -> tuple[Module, ...]:
        """The modules that complete the course in class; none where its minutes do."""
        return tuple(module for module in self.modules if module.core)

    def lesson_id(self, name: str) -> str:
        return name if "/" in name else f"{self.id}/{name}"

    def lesson_ids_of(self, module: Module) -> tuple[str, ...]:
        return tuple(map(self.lesson_id, module.lessons))

    def lesson_ids_on(self, path: RolePath) -> tuple[str, ...]:
        """Returns a path's lessons in the course's order, those of the core only where it stands alone."""
        named = {self.lesson_id(name) for name in path.lessons}
        named.update(*(self.lesson_ids_of(module) for module in self.modules if module.id in path.modules))
        if not path.without_core:
            named.difference_update(*map(self.lesson_ids_of, self.core))
        return tuple(id for id in self.lesson_ids if id in named)

"""Courses, their modules and lessons."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from .values import (
    DRAFT,
    NOTHING,
    Count,
    Document,
    FrozenMap,
    LessonName,
    MarkdownText,
    Minutes,
    Percent,
    Point,
    Review,
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


class Lesson(Document):
    """One page of a course. `id` is `<course>/<lesson>`, after the file's place."""

    given: ClassVar[frozenset[str]] = frozenset({"source", "id", "body", "body_line"})
    id: str = ""
    body: str = ""
    body_line: int = 1
    title: Text
    summary: MarkdownText
    # In class, activities included. The minutes to study alone are computed (`programme.course_figures`).
    minutes: Minutes
    objectives: tuple[Slug, ...] = ()
    key_points: tuple[MarkdownText, ...] = ()
    self_check: tuple[Slug, ...] = ()
    activities: tuple[Activity, ...] = ()
    trainer_notes: MarkdownText | None = None
    serves: tuple[Point, ...] = ()
    review: Review = DRAFT

    @property
    def home(self) -> str:
        """The course whose folder the lesson lies in."""
        return self.id.split("/")[0]

    @property
    def name(self) -> str:
        return self.id.split("/")[1]


class Module(Value):
    id: Slug
    title: Text
    lessons: tuple[LessonName, ...]


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


class Course(Document):
    id: Slug
    title: Text
    summary: MarkdownText
    audience: Slug
    counts_toward: Slug | None = None
    serves: tuple[Point, ...] = ()
    objectives: FrozenMap[Slug, MarkdownText] = NOTHING
    modules: tuple[Module, ...]
    test: Blueprint | None = None
    # Attended in class, all together, to complete the course; where it is left out, all its lessons.
    class_minutes: Minutes | None = None
    review: Review = DRAFT

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        return tuple(self.lesson_id(name) for module in self.modules for name in module.lessons)

    def lesson_id(self, name: str) -> str:
        return name if "/" in name else f"{self.id}/{name}"

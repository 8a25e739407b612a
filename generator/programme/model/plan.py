"""The plan that a programme carries out: targets, tasks, duties, and decisions still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from .values import (
    NOTHING,
    Count,
    Day,
    Document,
    Flag,
    FrozenMap,
    Level,
    MarkdownText,
    Percent,
    Point,
    Slug,
    Text,
    Url,
    Value,
)


class TaskPart(Value):
    """A part of the tasks, such as II.1.1, and its points, each with the plan's own words."""

    point: Point
    title: Text
    points: FrozenMap[Text, Text]
    short_titles: FrozenMap[Text, Text] = NOTHING
    """What lists call a point, by its letter; left out, the first words of its text."""

    def short_title(self, letter: str) -> str:
        return self.short_titles.get(letter) or _first_words(self.points[letter])


FIRST_WORDS = 9


def _first_words(text: str) -> str:
    """Returns the first clause of a text, cut short where it is long."""
    words = re.split(r"[;.:]", text, maxsplit=1)[0].split()
    return " ".join(words) if len(words) <= FIRST_WORDS else " ".join(words[:FIRST_WORDS]) + "…"


class TaskGroup(Value):
    point: Point
    title: Text
    short_title: Text | None = None
    """What tables call it; left out, its title."""
    parts: tuple[TaskPart, ...]

    def points(self) -> Iterator[tuple[str, str, str]]:
        """Yields each point of the group with its short title and its text."""
        for part in self.parts:
            for letter, text in part.points.items():
                yield f"{part.point}.{letter}", part.short_title(letter), text


class Duty(Value):
    """A duty that section IV gives a unit, and the task points read out of it."""

    point: Point
    unit: Slug
    requested: Flag = False
    text: Text | None = None
    points: FrozenMap[Text, Text] = NOTHING
    leads: tuple[Point, ...] = ()
    supports: tuple[Point, ...] = ()


class Plan(Value):
    reference: Slug
    notice: Text | None = None
    first_year: Count
    overall_goal: Text
    goals: FrozenMap[Text, Text]
    funding: Text | None = None
    reporting: Text | None = None
    reports: tuple[Literal["half-year", "year"], ...] = ()
    """How often the plan asks for a report."""
    tasks: tuple[TaskGroup, ...]
    duties: tuple[Duty, ...]

    def task_points(self) -> Iterator[tuple[str, str]]:
        """Yields every point of the tasks with its text."""
        yield from ((point, text) for group in self.tasks for point, _, text in group.points())

    def points(self) -> Iterator[str]:
        """Yields every point of the plan that a citation may name."""
        yield from ("I.1", "I.2", "I.3", "I.3.a", "I.3.b", "II", "III", "IV")
        yield from (f"I.2.{letter}" for letter in self.goals)
        for group in self.tasks:
            yield group.point
            yield from (part.point for part in group.parts)
        yield from (point for point, _ in self.task_points())
        for duty in self.duties:
            yield duty.point
            yield from (f"{duty.point}.{letter}" for letter in duty.points)


class Counting(Value):
    """The courses that make somebody count: all of some, any one of others, or both."""

    any_of: tuple[Slug, ...] = ()
    all_of: tuple[Slug, ...] = ()

    @property
    def courses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.all_of, *self.any_of)))


class Milestone(Value):
    """A share to be reached on the way, as a document sets it; without its number there is none."""

    share: Percent
    day: Day
    document: Text


class Target(Value):
    """A target: a share to be reached, of which roster, by when."""

    point: Point
    title: Text
    text: Text
    share: Percent
    every: Literal["year", "period"]
    year: Count
    level: Level | None = None
    measure: Literal["training", "communication", "plans", "services", "reports", "documents", "premises"]
    denominator: Text
    task: Point | None = None
    """The part of the tasks under which reports tell it; left out: after all of them."""
    courses: Counting | None = None
    """The courses that a training target counts; left out, any one of those that say they count toward it."""
    milestones: tuple[Milestone, ...] = ()
    """Shares on the way that a document sets; a straight line between today and the goal is none."""
    assumes: tuple[Slug, ...] = ()
    """The decisions that its counting rests on. While one is open, nobody is told whether it is reached."""


class Regular(Value):
    """The meaning given to "regularly" for communication, since a plan may not define it."""

    times: Count
    every: Literal["half-year", "period"]
    assumes: tuple[Slug, ...] = ()
    """The decisions that it rests on, and with it every target of communication."""


class Charter(Document):
    """The file `programme.yml`: the programme, its owner, and its plan."""

    id: Slug
    title: Text
    short_title: Text
    headline: Text
    welcome: MarkdownText
    picture: Slug | None = None
    owner: Text
    coordinator: Slug
    law_confirmed_by: Slug
    as_of: Day
    exit_url: Url
    moments: FrozenMap[Slug, Text] = NOTHING
    """What readers call the moments at which blank forms are needed, in the order of the list."""
    sensitive: FrozenMap[Text, tuple[Text, ...]] = NOTHING
    """What nobody is asked on paper here, beside HIV, origin, faith, pregnancy and crimes: its phrases."""
    not_on_covers: tuple[Text, ...] = ()
    """Words that give away, from outside, who carries a pocket text."""
    helped_too: MarkdownText | None = None
    """A sentence of the help page, for whoever thinks that help is not meant for them."""
    plan: Plan
    regular: Regular = Regular(times=1, every="half-year")
    """Required wherever a target counts communication: there its default is a finding."""
    targets: FrozenMap[Slug, Target]


#: The only file of decisions; a programme without it has no open question.
DECISIONS = "content/programme/decisions.yml"


class Decided(Value):
    """The paper that answers a question. Without its number nothing is decided."""

    document: Text
    issued: Day
    says: MarkdownText


class Decision(Value):
    """A question, who has to answer it, and what holds until they do."""

    question: Text
    why: MarkdownText
    who: tuple[Slug, ...]
    since: Day
    until_then: MarkdownText
    courses: tuple[Slug, ...] = ()
    """The courses in whose classes it comes up."""
    decided: Decided | None = None

    @property
    def is_open(self) -> bool:
        return self.decided is None

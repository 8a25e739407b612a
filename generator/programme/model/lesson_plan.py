"""Lesson plans (giáo án): a period with pupils, or an evening with parents, minute by minute."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .values import (
    DRAFT,
    Count,
    Document,
    Flag,
    ForReaders,
    MarkdownText,
    Minutes,
    Point,
    Review,
    Slug,
    Text,
    Value,
)

#: Parts of a step that a class hears.
HEARD = frozenset({"does", "says", "asks"})
#: Parts of a plan that stand on the board, or that a class is handed; whom to call is told to it too.
HANDED = frozenset({"title", "board", "cards", "contacts"})


class AgeGroup(Value):
    """The ages that a plan is for, both included."""

    # `from` is a Python keyword, so the key has another name inside.
    youngest: Count = Field(alias="from")
    oldest: Count = Field(alias="to")


class ClassGroup(Value):
    """The classes of a school that a plan is for, both included."""

    lowest: Count = Field(alias="from")
    highest: Count = Field(alias="to")


class PlanObjectives(Value):
    """The objectives of a plan, in the three parts that schools write."""

    knowledge: MarkdownText
    competence: MarkdownText
    qualities: MarkdownText


class PlanStep(Value):
    """A step of an activity: what is done, said and asked, and what nobody says or asks."""

    title: Text
    minutes: Minutes
    does: MarkdownText | None = None
    says: tuple[MarkdownText, ...] = ()
    asks: tuple[MarkdownText, ...] = ()
    never: tuple[MarkdownText, ...] = ()


class PlanActivity(Value):
    """An activity with its aim, its content, what comes of it, and how it goes."""

    title: Text
    aim: MarkdownText
    content: MarkdownText
    product: MarkdownText
    steps: tuple[PlanStep, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


class Phrase(Value):
    """Words to say in a moment that comes without warning."""

    when: Text
    say: MarkdownText


class CutCard(Value):
    kicker: Text | None = None
    text: Text


class CutCards(Value):
    """Cards to cut out, eight to a sheet; on each, `answer` leads a line and `choices` are ringed."""

    answer: Text | None = None
    choices: tuple[Text, ...] = ()
    items: tuple[CutCard, ...]


class LessonPlan(Document, ForReaders):
    """The content of `content/lesson-plans/<plan>.yml`.

    It is read by whoever leads it; marked for adults, nobody under age hears it either.
    """

    id: Slug
    title: Text
    summary: MarkdownText
    kind: Literal["lesson", "parents"]
    ages: AgeGroup | None = None
    classes: ClassGroup | None = None
    # Which of the lessons that its classes have in a year it is.
    order: Count | None = None
    grades: Text | None = None
    subject: Text | None = None
    minutes: Minutes
    # On its card among the others.
    picture: Slug | None = None
    objectives: PlanObjectives
    equipment: tuple[MarkdownText, ...]
    safety: tuple[MarkdownText, ...]
    phrases: tuple[Phrase, ...] = ()
    activities: tuple[PlanActivity, ...]
    board: tuple[Text, ...] = ()
    cards: CutCards | None = None
    # The way out for a pupil who is touched by it, and who listens afterwards.
    exit: MarkdownText
    assessment: MarkdownText | None = None
    contacts: tuple[Slug, ...] = ()
    # Its teacher has the strip of the first hours, which the class does not hear.
    first_hours: Flag = False
    law: MarkdownText | None = None
    serves: tuple[Point, ...] = ()
    review: Review = DRAFT

    @staticmethod
    def is_said(path: tuple[str | int, ...]) -> bool:
        """Tells whether the text there is heard or held by the class; the rest is for its teacher alone."""
        if path[0] == "activities":
            return not HEARD.isdisjoint(path)
        return path[0] in HANDED or (path[0] == "phrases" and path[-1] == "say")

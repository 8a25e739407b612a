"""Lesson plans (giáo án): a period with pupils, or an evening with parents, minute by minute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pydantic import Field

from .. import urls
from ..model.programme import Programme
from ..model.registers import Ages
from ..model.values import (
    Count,
    Flag,
    ForReaders,
    MarkdownText,
    Minutes,
    ServingDocument,
    Slug,
    Text,
    Value,
)
from ..problems import Problem, place_of
from .base import DocumentKind, Pattern

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


class LessonPlan(ServingDocument, ForReaders):
    """The content of `content/lesson-plans/<plan>.yml`.

    It is read by whoever leads it; marked for adults, nobody under age hears it either.
    """

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

    @staticmethod
    def is_said(path: tuple[str | int, ...]) -> bool:
        """Tells whether the text there is heard or held by the class; the rest is for its teacher alone."""
        if path[0] == "activities":
            return not HEARD.isdisjoint(path)
        return path[0] in HANDED or (path[0] == "phrases" and path[-1] == "say")


# --- checks ---------------------------------------------------------------------------------------

OF_AGE = 18
#: Whoever leads most of them, as the programme names them.
PLAN_READER = "teachers"
#: A period at school is written down as four activities.
ACTIVITIES = 4
#: What asks a class for somebody's own story.
EXPERIENCE = re.compile(
    r"(?:em|bạn|con|cháu|ai) (?:nào )?(?:ở đây )?(?:đã |có )?từng(?! chữ)(?!\w)", re.IGNORECASE
)


def check_lesson_plans(programme: Programme) -> Iterator[Problem]:
    for plan in programme.of(LessonPlan).values():
        yield from _minutes(plan)
        yield from _stories(plan)
        if plan.cards and not plan.cards.items:
            yield Problem(code="no-cards", place=replace(place_of(plan, "cards"), at_key=True))
        if plan.readers and _ages(plan):
            yield Problem(code="adults-plan", place=place_of(plan, "for"))
        if plan.ages and plan.ages.oldest < plan.ages.youngest:
            yield Problem(code="ages-reversed", place=place_of(plan, "ages", "to"))
        if plan.classes and plan.classes.highest < plan.classes.lowest:
            yield Problem(code="classes-reversed", place=place_of(plan, "classes", "to"))
        if plan.kind == "lesson" and len(plan.activities) != ACTIVITIES:
            values = {"count": str(len(plan.activities)), "wanted": str(ACTIVITIES)}
            place = replace(place_of(plan, "activities"), at_key=True)
            yield Problem(code="activities-not-four", place=place, values=values)


def _minutes(plan: LessonPlan) -> Iterator[Problem]:
    """Yields the minutes of a plan that its steps do not make up."""
    together = sum(activity.minutes for activity in plan.activities)
    if together != plan.minutes:
        values = {"whole": str(plan.minutes), "together": str(together)}
        yield Problem(code="steps-not-whole", place=place_of(plan, "minutes"), values=values)


def _stories(plan: LessonPlan) -> Iterator[Problem]:
    for path, text in plan.texts:
        if path[0] == "activities" and plan.is_said(path) and (asked := EXPERIENCE.search(text)):
            yield Problem(code="asks-for-story", place=replace(place_of(plan, *path), phrase=asked[0]))


def _ages(plan: LessonPlan) -> Ages | None:
    return "minors" if plan.ages and plan.ages.youngest < OF_AGE else None


KIND = DocumentKind(
    name="lesson-plan",
    model=LessonPlan,
    folder="content/lesson-plans",
    words="giáo án",
    position=80,
    pattern=Pattern(about="giáo án có thẻ để cắt", id_words="MÃ_GIÁO_ÁN", example="dung-hoi-ke"),
    checks=(check_lesson_plans,),
    address=lambda plan: urls.lesson_plan(plan.id),
    index=urls.LESSON_PLANS,
    sheets={"lesson-plan": "Giáo án", "lesson-cards": "Thẻ để cắt"},
    printed_for=lambda programme, _: (PLAN_READER,) if PLAN_READER in programme.audiences else (),
    ages=_ages,
    is_for_leader=lambda path: not LessonPlan.is_said(path),
)

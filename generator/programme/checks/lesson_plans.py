"""Lesson plans: their minutes add up, and nobody is asked what happened to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..audience_gate import readers_of
from ..model.lesson_plan import LessonPlan
from ..model.programme import Programme
from ..problems import Problem
from .campaigns import contact_problems
from .passages import place_of

#: A period at school is written down as four activities.
ACTIVITIES = 4
#: What asks a class for somebody's own story.
EXPERIENCE = re.compile(
    r"(?:em|bạn|con|cháu|ai) (?:nào )?(?:ở đây )?(?:đã |có )?từng(?! chữ)(?!\w)", re.IGNORECASE
)


def check_lesson_plans(programme: Programme) -> Iterator[Problem]:
    for plan in programme.lesson_plans.values():
        yield from contact_problems(programme, plan)
        yield from _minutes(plan)
        yield from _stories(plan)
        if plan.cards and not plan.cards.items:
            yield Problem(code="no-cards", place=replace(place_of(plan, "cards"), at_key=True))
        if plan.readers and readers_of(programme, plan).ages == "minors":
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

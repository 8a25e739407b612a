"""Lesson plans on paper, in the form that schools know, and their cards to cut out."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.kinds.lesson_plan import LessonPlan
from ...programme.model.first_response import HOURS_BLOCK
from ..page_address import short_address
from ..printable import PLAN_READERS, Sheet
from ..text.paper import Notes
from .context import PaperContext
from .publications import on_paper

#: Cards of 105 × 70 mm on a sheet of A4.
CARDS_ON_A_SHEET = 8


def sheets(context: PaperContext) -> Iterator[Sheet]:
    for plan in context.programme.of(LessonPlan).values():
        yield plan_sheet(context, plan)


def mono_sheets(context: PaperContext) -> Iterator[Sheet]:
    for plan in context.programme.of(LessonPlan).values():
        yield from card_sheets(context, plan)


def plan_sheet(context: PaperContext, plan: LessonPlan) -> Sheet:
    notes = Notes()
    return context.sheet(
        "lesson-plan.html.j2",
        id=f"{plan.id}-giao-an",
        kind="lesson-plan",
        title=plan.title,
        audience=PLAN_READERS[plan.kind],
        subject=plan.source,
        review=plan.review,
        layout={"duplex": "long-edge"},
        plan=on_paper(context, plan, "", notes, plan.source),
        first_hours=context.prose.print_html(HOURS_BLOCK, notes) if plan.first_hours else "",
        activities=[(activity, activity.minutes) for activity in plan.activities],
        notes=tuple(notes.notes),
        address=short_address(context.address(urls.lesson_plan(plan.id))),
    )


def card_sheets(context: PaperContext, plan: LessonPlan) -> Iterator[Sheet]:
    """Yields the sheet of a plan's cards, eight to a page, if it has any."""
    if plan.cards:
        cards = list(enumerate(plan.cards.items, 1))
        yield context.sheet(
            "lesson-cards.html.j2",
            id=f"{plan.id}-the",
            kind="lesson-cards",
            title=f"{plan.title}: thẻ để cắt",
            audience=PLAN_READERS[plan.kind],
            subject=plan.source,
            review=plan.review,
            layout={"duplex": "none", "is_exact": True},
            plan=plan,
            faces=[cards[at : at + CARDS_ON_A_SHEET] for at in range(0, len(cards), CARDS_ON_A_SHEET)],
        )

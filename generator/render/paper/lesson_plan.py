"""Lesson plans on paper, in the form that schools know, and their cards to cut out."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.model.lesson_plan import LessonPlan
from ..markdown_text import Notes
from ..printable import Sheet
from .context import PaperContext, qr_code, short_address
from .publications import on_paper

#: Cards of 105 × 70 mm on a sheet of A4.
CARDS_ON_A_SHEET = 8
#: Whom a plan is for, as its sheet says.
READERS = {"lesson": "Giáo viên", "parents": "Người chủ trì buổi gặp cha mẹ"}


def plan_sheet(context: PaperContext, plan: LessonPlan) -> Sheet:
    notes = Notes()
    address = context.address(urls.lesson_plan(plan.id))
    return context.sheet(
        "lesson-plan.html.j2",
        id=f"{plan.id}-giao-an",
        kind="lesson-plan",
        title=plan.title,
        audience=READERS[plan.kind],
        subject=plan.source,
        review=plan.review,
        layout={"duplex": "long-edge"},
        plan=on_paper(context, plan, "", notes),
        activities=[(activity, activity.minutes) for activity in plan.activities],
        notes=tuple(notes.notes),
        checked=next((note.checked for note in notes.notes if note.checked), ""),
        qr=qr_code(address) if address else None,
        address=short_address(address),
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
            audience=READERS[plan.kind],
            subject=plan.source,
            review=plan.review,
            layout={"duplex": "none", "is_exact": True},
            plan=plan,
            faces=[cards[at : at + CARDS_ON_A_SHEET] for at in range(0, len(cards), CARDS_ON_A_SHEET)],
        )

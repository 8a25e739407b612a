"""Pages of lesson plans: a period, or an evening with parents, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...programme import urls
from ...programme.kinds.lesson_plan import LessonPlan
from ...programme.model.first_response import HOURS_BLOCK
from ..printable import PLAN_READERS
from .context import SiteContext, SitePage, drawn_content

#: A search that begins on a page for pupils leaves it out: what a class hears stands among notes on it.
FOR_ITS_TEACHER = {kind: {"readers": [words], "ages": "adults"} for kind, words in PLAN_READERS.items()}


def pages(context: SiteContext) -> Iterator[SitePage]:
    yield lesson_plans_page(context)
    for plan in context.programme.of(LessonPlan).values():
        yield lesson_plan_page(context, plan)


def lesson_plan_page(context: SiteContext, plan: LessonPlan) -> SitePage:
    page = urls.lesson_plan(plan.id)
    hours = HOURS_BLOCK if plan.first_hours else ""
    content = drawn_content(
        "site/lesson-plan.html.j2",
        context=context,
        page=page,
        plan=plan,
        addresses=urls,
        contacts=[(id, context.contact(id)) for id in plan.contacts],
        downloads=context.downloads_of(plan.source),
        first_hours=context.prose.html(hours, page),
        cited=context.cited(*(text for _, text in plan.texts), hours),
    )
    return SitePage(
        address=page,
        title=plan.title,
        description=context.prose.plain(plan.summary),
        content=content,
        meta={"kind": "lesson-plan", "hide": ["navigation", "toc"], **FOR_ITS_TEACHER[plan.kind]},
    )


def lesson_plans_page(context: SiteContext) -> SitePage:
    page = urls.LESSON_PLANS
    plans = context.programme.of(LessonPlan).values()
    content = drawn_content(
        "site/lesson-plans.html.j2",
        context=context,
        page=page,
        plans=plans,
        groups=tuple(_groups(plans)),
        classes=sorted({number for plan in plans for number in _classes(plan)}),
        all_drafts=bool(plans) and all(plan.review.is_draft for plan in plans),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Giáo án",
        description="Kế hoạch bài dạy và buổi gặp cha mẹ, có thẻ để cắt và lối ra cho học sinh.",
        content=content,
        meta={"kind": "plans", "hide": ["navigation", "toc"]},
    )


def _classes(plan: LessonPlan) -> tuple[int, ...]:
    """Returns the classes that a plan is for, none where it says none."""
    return tuple(range(plan.classes.lowest, plan.classes.highest + 1)) if plan.classes else ()


def _groups(plans: Iterable[LessonPlan]) -> Iterator[dict[str, object]]:
    """Yields plans by those who sit in the room, the youngest first and parents last, as a year has them."""

    def room(plan: LessonPlan) -> tuple[bool, int, int, tuple[int, ...]]:
        ages = (plan.ages.youngest, plan.ages.oldest) if plan.ages else (0, 0)
        return plan.kind == "parents", *ages, _classes(plan)

    ranked = sorted(plans, key=lambda plan: (*room(plan), plan.order or 0))
    for (is_parents, youngest, oldest, classes), group in groupby(ranked, key=room):
        ages = f" {youngest}–{oldest} tuổi" if oldest else ""
        taught = f", lớp {classes[0]}–{classes[-1]}" if classes else ""
        yield {
            "anchor": f"{'cha-me' if is_parents else 'hoc-sinh'}{f'-{youngest}-{oldest}' if oldest else ''}",
            "title": f"{'Cha mẹ' if is_parents else 'Học sinh'}{ages}{taught}",
            "classes": classes,
            "plans": tuple(group),
        }

"""The page of the province's plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from ...programme import urls
from ...programme.model.plan import DECISIONS, Duty
from ...programme.model.programme import Serving
from ..templates import render
from .context import SiteContext, SitePage

Links = dict[str, list[tuple[str, str]]]


def plan_page(context: SiteContext) -> SitePage:
    page = urls.PLAN
    charter = context.programme.charter
    body = render(
        "site/plan.md.j2",
        context=context,
        page=page,
        charter=charter,
        plan=charter.plan,
        reference=context.programme.register.documents[charter.plan.reference],
        agencies=context.programme.units.agencies,
        anchor=urls.point_anchor,
        decisions=DECISIONS,
        asked=[item for item in context.programme.decisions.items() if item[1].is_open],
        answered=[item for item in context.programme.decisions.items() if not item[1].is_open],
        leaders=_units_by_point(context, "leads"),
        supporters=_units_by_point(context, "supports"),
        serving=_material_by_point(context, page),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Kế hoạch của tỉnh",
        description=charter.title,
        body=body,
        meta={"kind": "plan", "hide": ["navigation"]},
    )


def _units_by_point(context: SiteContext, key: str) -> dict[str, list[str]]:
    """Returns names of units by the task point that they lead or support."""
    unit_names: dict[str, list[str]] = defaultdict(list)
    for duty in context.programme.charter.plan.duties:
        for point in _points(duty, key):
            unit_names[point].append(context.programme.units.agencies[duty.unit].name)
    return unit_names


def _points(duty: Duty, key: str) -> tuple[str, ...]:
    return duty.leads if key == "leads" else duty.supports


def _material_by_point(context: SiteContext, page: str) -> Links:
    """Returns courses, campaigns, blank forms, lesson plans and lessons by the task point that they serve."""
    material: Links = defaultdict(list)
    programme = context.programme
    groups: tuple[tuple[Iterable[Serving], str, Callable[[str], str]], ...] = (
        (programme.courses.values(), "", urls.course),
        (programme.campaigns.values(), "", urls.campaign),
        (programme.forms.values(), "Tờ mẫu: ", urls.form),
        (programme.lesson_plans.values(), "Giáo án: ", urls.lesson_plan),
    )
    for documents, kind, address in groups:
        for document in documents:
            for point in document.serves:
                material[point].append((kind + document.title, context.link(address(document.id), page)))
    for lesson in programme.lessons.values():
        whole_course = {point for course in programme.courses_with(lesson) for point in course.serves}
        for point in lesson.serves:
            if point not in whole_course:
                material[point].append((lesson.title, context.link(urls.lesson(lesson.id), page)))
    return material

"""The plan as a page: each task with who is responsible and what material serves it."""

from __future__ import annotations

from collections import defaultdict

from ...programme import addresses
from ...programme.model.plan import Duty
from ..templating import render
from .desk import SiteContext
from .page import SitePage

Links = dict[str, list[tuple[str, str]]]


def plan_page(desk: SiteContext) -> SitePage:
    page = addresses.PLAN
    charter = desk.programme.charter
    body = render(
        "site/plan.md.j2",
        desk=desk,
        page=page,
        charter=charter,
        plan=charter.plan,
        reference=desk.programme.register.documents[charter.plan.reference],
        agencies=desk.programme.units.agencies,
        anchor=addresses.point_anchor,
        asked=[one for one in desk.programme.decisions.items() if one[1].is_open],
        answered=[one for one in desk.programme.decisions.items() if not one[1].is_open],
        leaders=_units(desk, "leads"),
        supporters=_units(desk, "supports"),
        serving=_serving(desk, page),
        addresses=addresses,
    )
    return SitePage(
        address=page,
        title="Kế hoạch của tỉnh",
        description=charter.title,
        body=body,
        meta={"kind": "plan", "hide": ["navigation"]},
    )


def _units(desk: SiteContext, key: str) -> dict[str, list[str]]:
    """Names of units by the task point that they lead or support."""
    found: dict[str, list[str]] = defaultdict(list)
    for duty in desk.programme.charter.plan.duties:
        for point in _points(duty, key):
            found[point].append(desk.programme.units.agencies[duty.unit].name)
    return found


def _points(duty: Duty, key: str) -> tuple[str, ...]:
    return duty.leads if key == "leads" else duty.supports


def _serving(desk: SiteContext, page: str) -> Links:
    """Courses, campaigns and lessons by the task point that they serve."""
    found: Links = defaultdict(list)
    programme = desk.programme
    for course in programme.courses.values():
        for point in course.serves:
            found[point].append((course.title, desk.link(addresses.course(course.id), page)))
    for campaign in programme.campaigns.values():
        for point in campaign.serves:
            found[point].append((campaign.title, desk.link(addresses.campaign(campaign.id), page)))
    for lesson in programme.lessons.values():
        whole_course = {point for course in programme.courses_with(lesson) for point in course.serves}
        for point in lesson.serves:
            if point not in whole_course:
                found[point].append((lesson.title, desk.link(addresses.lesson(lesson.id), page)))
    return found

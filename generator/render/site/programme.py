"""Pages that present the programme: home, plan, campaigns, and those written by hand."""

from __future__ import annotations

from collections import defaultdict

from ...programme import urls
from ...programme.model.campaign import Campaign
from ...programme.model.plan import Duty
from ...programme.model.programme import HandPage
from ..templates import render
from .context import SiteContext, SitePage


def home_page(context: SiteContext) -> SitePage:
    page = urls.HOME
    audiences = [
        (id, audience) for id, audience in context.programme.audiences.items() if audience.home_position
    ]
    cards = [
        {
            "audience": audience,
            "picture": context.picture(audience.picture, page),
            "href": context.link(
                audience.opens.lstrip("/") if audience.opens else _audience_address(context, id), page
            ),
        }
        for id, audience in sorted(audiences, key=lambda pair: pair[1].home_position or 0)
    ]
    body = render(
        "site/home.md.j2",
        context=context,
        page=page,
        charter=context.programme.charter,
        cards=cards,
        addresses=urls,
        hero=context.picture(context.programme.charter.picture, page),
        start=_start_address(context),
        targets=[t for t in context.programme.charter.targets.values() if t.measure == "training"],
    )
    return SitePage(
        address=page,
        title=context.programme.charter.short_title,
        description=context.programme.charter.title,
        body=body,
        meta={"kind": "home", "hide": ["navigation", "toc"]},
    )


def _start_address(context: SiteContext) -> str:
    """Returns where learning begins: the only course, the list where there are several, or "" without any."""
    courses = tuple(context.programme.courses)
    if not courses:
        return ""
    return urls.course(courses[0]) if len(courses) == 1 else urls.COURSES


def _audience_address(context: SiteContext, audience: str) -> str:
    """Returns where an audience's card leads: its course, else its campaign, else the list of courses."""
    programme = context.programme
    for course in programme.courses.values():
        if course.audience == audience:
            return urls.course(course.id)
    for campaign in programme.campaigns.values():
        if audience in campaign.audiences:
            return urls.campaign(campaign.id)
    return urls.COURSES


def hand_page(context: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    body = render(
        "site/hand.md.j2",
        written=written,
        body=context.prose.page_markdown(written.body, page, written.source),
    )
    return SitePage(
        address=page,
        title=written.title,
        description=written.summary or "",
        body=body,
        meta={"kind": "page", "hide": ["navigation"]},
    )


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
    """Returns courses, campaigns and lessons by the task point that they serve."""
    material: Links = defaultdict(list)
    programme = context.programme
    for course in programme.courses.values():
        for point in course.serves:
            material[point].append((course.title, context.link(urls.course(course.id), page)))
    for campaign in programme.campaigns.values():
        for point in campaign.serves:
            material[point].append((campaign.title, context.link(urls.campaign(campaign.id), page)))
    for lesson in programme.lessons.values():
        whole_course = {point for course in programme.courses_with(lesson) for point in course.serves}
        for point in lesson.serves:
            if point not in whole_course:
                material[point].append((lesson.title, context.link(urls.lesson(lesson.id), page)))
    return material


def campaign_page(context: SiteContext, campaign: Campaign) -> SitePage:
    page = urls.campaign(campaign.id)
    body = render(
        "site/campaign.md.j2",
        context=context,
        page=page,
        campaign=campaign,
        addresses=urls,
        audiences=[context.programme.audiences[id].title for id in campaign.audiences],
        contacts=[(id, context.contact(id)) for id in campaign.contacts],
        picture=context.picture(campaign.picture, page),
        downloads=context.downloads_of(campaign.id),
        cited=context.cited(*(evidence.source for evidence in campaign.evidence)),
    )
    return SitePage(
        address=page,
        title=campaign.title,
        description=context.prose.plain(campaign.summary),
        body=body,
        meta={"kind": "campaign", "hide": ["navigation", "toc"]},
    )


def campaigns_page(context: SiteContext) -> SitePage:
    page = urls.CAMPAIGNS
    body = render("site/campaigns.md.j2", context=context, page=page, addresses=urls)
    return SitePage(
        address=page,
        title="Truyền thông",
        description="Các chiến dịch có sẵn tờ gấp, áp phích để in và treo.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )

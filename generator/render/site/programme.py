"""Pages that present the programme: home, plan, campaigns, and those written by hand."""

from __future__ import annotations

from collections import defaultdict

from ...programme import urls
from ...programme.model.campaign import Campaign
from ...programme.model.plan import Duty
from ...programme.model.programme import HandPage
from ..templates import render
from .context import SiteContext, SitePage


def home_page(desk: SiteContext) -> SitePage:
    page = urls.HOME
    audiences = [(id, one) for id, one in desk.programme.audiences.items() if one.door]
    doors = [
        {
            "audience": audience,
            "picture": desk.picture(audience.picture, page),
            "href": desk.link(
                audience.opens.lstrip("/") if audience.opens else _audience_address(desk, id), page
            ),
        }
        for id, audience in sorted(audiences, key=lambda pair: pair[1].door or 0)
    ]
    body = render(
        "site/home.md.j2",
        desk=desk,
        page=page,
        charter=desk.programme.charter,
        doors=doors,
        addresses=urls,
        hero=desk.picture(desk.programme.charter.picture, page),
        start=_start_address(desk),
        targets=[t for t in desk.programme.charter.targets.values() if t.measure == "training"],
    )
    return SitePage(
        address=page,
        title=desk.programme.charter.short_title,
        description=desk.programme.charter.title,
        body=body,
        meta={"kind": "home", "hide": ["navigation", "toc"]},
    )


def _start_address(desk: SiteContext) -> str:
    """Where learning begins: the one course, or the list where there are several; nowhere without any."""
    courses = tuple(desk.programme.courses)
    if not courses:
        return ""
    return urls.course(courses[0]) if len(courses) == 1 else urls.COURSES


def _audience_address(desk: SiteContext, audience: str) -> str:
    """Where the door of an audience leads: its course, else its campaign, else the list of courses."""
    programme = desk.programme
    for course in programme.courses.values():
        if course.audience == audience:
            return urls.course(course.id)
    for campaign in programme.campaigns.values():
        if audience in campaign.audiences:
            return urls.campaign(campaign.id)
    return urls.COURSES


def hand_page(desk: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    body = render(
        "site/hand.md.j2",
        written=written,
        body=desk.prose.page_markdown(written.body, page, written.source),
    )
    return SitePage(
        address=page,
        title=written.title,
        description=written.summary or "",
        body=body,
        meta={"kind": "page", "hide": ["navigation"]},
    )


Links = dict[str, list[tuple[str, str]]]


def plan_page(desk: SiteContext) -> SitePage:
    page = urls.PLAN
    charter = desk.programme.charter
    body = render(
        "site/plan.md.j2",
        desk=desk,
        page=page,
        charter=charter,
        plan=charter.plan,
        reference=desk.programme.register.documents[charter.plan.reference],
        agencies=desk.programme.units.agencies,
        anchor=urls.point_anchor,
        asked=[one for one in desk.programme.decisions.items() if one[1].is_open],
        answered=[one for one in desk.programme.decisions.items() if not one[1].is_open],
        leaders=_units_by_point(desk, "leads"),
        supporters=_units_by_point(desk, "supports"),
        serving=_material_by_point(desk, page),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Kế hoạch của tỉnh",
        description=charter.title,
        body=body,
        meta={"kind": "plan", "hide": ["navigation"]},
    )


def _units_by_point(desk: SiteContext, key: str) -> dict[str, list[str]]:
    """Names of units by the task point that they lead or support."""
    found: dict[str, list[str]] = defaultdict(list)
    for duty in desk.programme.charter.plan.duties:
        for point in _points(duty, key):
            found[point].append(desk.programme.units.agencies[duty.unit].name)
    return found


def _points(duty: Duty, key: str) -> tuple[str, ...]:
    return duty.leads if key == "leads" else duty.supports


def _material_by_point(desk: SiteContext, page: str) -> Links:
    """Courses, campaigns and lessons by the task point that they serve."""
    found: Links = defaultdict(list)
    programme = desk.programme
    for course in programme.courses.values():
        for point in course.serves:
            found[point].append((course.title, desk.link(urls.course(course.id), page)))
    for campaign in programme.campaigns.values():
        for point in campaign.serves:
            found[point].append((campaign.title, desk.link(urls.campaign(campaign.id), page)))
    for lesson in programme.lessons.values():
        whole_course = {point for course in programme.courses_with(lesson) for point in course.serves}
        for point in lesson.serves:
            if point not in whole_course:
                found[point].append((lesson.title, desk.link(urls.lesson(lesson.id), page)))
    return found


def campaign_page(desk: SiteContext, campaign: Campaign) -> SitePage:
    page = urls.campaign(campaign.id)
    body = render(
        "site/campaign.md.j2",
        desk=desk,
        page=page,
        campaign=campaign,
        addresses=urls,
        audiences=[desk.programme.audiences[id].title for id in campaign.audiences],
        contacts=[(id, desk.contact(id)) for id in campaign.contacts],
        picture=desk.picture(campaign.picture, page),
        downloads=desk.downloads_of(campaign.id),
        cited=desk.cited(*(evidence.source for evidence in campaign.evidence)),
    )
    return SitePage(
        address=page,
        title=campaign.title,
        description=desk.prose.plain(campaign.summary),
        body=body,
        meta={"kind": "campaign", "hide": ["navigation", "toc"]},
    )


def campaigns_page(desk: SiteContext) -> SitePage:
    page = urls.CAMPAIGNS
    body = render("site/campaigns.md.j2", desk=desk, page=page, addresses=urls)
    return SitePage(
        address=page,
        title="Truyền thông",
        description="Các chiến dịch có sẵn tờ gấp, áp phích để in và treo.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )

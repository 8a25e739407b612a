"""The home page: numbers to call, a door for each audience, and the targets."""

from __future__ import annotations

from ...programme import urls
from ..templates import render
from .context import SiteContext, SitePage
from .course import resumable_courses
from .help import urgent_contacts


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
        help_href=context.link(urls.HELP, page),
        urgent=[contact for _, contact in urgent_contacts(context) if context.telephone(contact)],
        addresses=urls,
        hero=context.picture(context.programme.charter.picture, page),
        start=_start_address(context),
        resumable=resumable_courses(context, page),
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

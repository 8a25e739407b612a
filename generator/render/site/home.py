"""The home page: numbers to call, a door for each audience, and the targets."""

from __future__ import annotations

from typing import Any

from ...programme import urls
from ...programme.model.course import Course
from ...programme.model.registers import Audience
from ..page_address import full_address, qr_code, short_address
from .context import SiteContext, SitePage, drawn_content
from .course import first_lesson, resumable_courses
from .help import urgent_contacts

#: The heading above the cards of the audiences.
WHO_ARE_YOU = "ban-la-ai"
#: How many words to say stand on the card of who needs help.
SAID_FIRST = 3


def home_page(context: SiteContext) -> SitePage:
    page = urls.HOME
    address = full_address(context.site_url, page)
    audiences = [
        (id, audience) for id, audience in context.programme.audiences.items() if audience.home_position
    ]
    cards = [
        _card(context, id, audience)
        for id, audience in sorted(audiences, key=lambda pair: pair[1].home_position or 0)
    ]
    content = drawn_content(
        "site/home.html.j2",
        context=context,
        page=page,
        charter=context.programme.charter,
        cards=cards,
        who_are_you=WHO_ARE_YOU,
        help_href=context.link(urls.HELP, page),
        sayings=context.programme.contacts.say[:SAID_FIRST],
        urgent=[contact for _, contact in urgent_contacts(context) if context.telephone(contact)],
        addresses=urls,
        address=short_address(address),
        qr=qr_code(address) if address else None,
        hero=context.picture(context.programme.charter.picture, page),
        start=_start(context, cards),
        resumable=resumable_courses(context, page),
        targets=[t for t in context.programme.charter.targets.values() if t.measure == "training"],
    )
    return SitePage(
        address=page,
        title=context.programme.charter.short_title,
        description=context.programme.charter.title,
        content=content,
        meta={"kind": "home", "hide": ["navigation", "toc"]},
    )


def _card(context: SiteContext, id: str, audience: Audience) -> dict[str, Any]:
    """Returns where readers of one kind go, and the lesson that their own course begins with."""
    course = None if audience.opens else _course_for(context, id)
    address = audience.opens.lstrip("/") if audience.opens else _audience_address(context, id)
    return {
        "audience": audience,
        "picture": context.picture(audience.picture, urls.HOME),
        "href": context.link(address, urls.HOME),
        "is_read": address.startswith(urls.CAMPAIGNS),
        "course": course,
        "begin": first_lesson(context, course, urls.HOME) if course else None,
    }


def _start(context: SiteContext, cards: list[dict[str, Any]]) -> str:
    """Returns where learning begins: with the only course, at the cards of several, or "" without any."""
    courses = tuple(context.programme.courses.values())
    if len(courses) == 1:
        return first_lesson(context, courses[0], urls.HOME) or ""
    if any(card["begin"] for card in cards):
        return f"#{WHO_ARE_YOU}"
    return context.link(urls.COURSES, urls.HOME) if courses else ""


def _course_for(context: SiteContext, audience: str) -> Course | None:
    courses = context.programme.courses.values()
    return next((course for course in courses if course.audience == audience), None)


def _audience_address(context: SiteContext, audience: str) -> str:
    """Returns where an audience's card leads: its course, else its campaign, else the list of courses."""
    if course := _course_for(context, audience):
        return urls.course(course.id)
    for campaign in context.programme.campaigns.values():
        if audience in campaign.audiences:
            return urls.campaign(campaign.id)
    return urls.COURSES

"""The pages one looks things up in: glossary, help, downloads, home, and those written by hand."""

from __future__ import annotations

from itertools import groupby

from ...programme import addresses
from ...programme.model.programme import HandPage
from ...programme.vietnamese import alphabetical, unaccented
from ..downloads import KIND_WORDS
from ..templating import render
from .desk import SiteContext
from .page import SitePage


def glossary_page(desk: SiteContext) -> SitePage:
    page = addresses.GLOSSARY
    entries = sorted(desk.programme.terms.glossary.items(), key=lambda pair: alphabetical(pair[1].term))
    groups = [
        (letter, list(members))
        for letter, members in groupby(entries, key=lambda pair: unaccented(pair[1].term)[0].upper())
    ]
    body = render(
        "site/glossary.md.j2",
        desk=desk,
        page=page,
        groups=groups,
        preferred=desk.programme.terms.preferred.values(),
    )
    return SitePage(
        address=page,
        title="Thuật ngữ",
        description="Các từ ngữ dùng trong tài liệu, được giải thích bằng lời dễ hiểu.",
        body=body,
        meta={"kind": "glossary", "hide": ["navigation"]},
    )


def help_page(desk: SiteContext) -> SitePage:
    page = addresses.HELP
    contacts = [(id, one) for id, one in desk.programme.contacts.contacts.items() if one.is_offered]
    body = render(
        "site/help.md.j2",
        desk=desk,
        page=page,
        urgent=[pair for pair in contacts if pair[1].urgent],
        others=[pair for pair in contacts if not pair[1].urgent],
        local=[slot for slot in desk.programme.contacts.local.values() if slot.is_filled],
        communes=_local_numbers(desk),
        exit_url=desk.programme.charter.exit_url,
    )
    return SitePage(
        address=page,
        title="Nơi giúp đỡ",
        description="Số điện thoại để gọi và nơi để đến.",
        body=body,
        meta={"kind": "help", "hide": ["navigation", "toc"], "exit": desk.programme.charter.exit_url},
    )


def _local_numbers(desk: SiteContext) -> list[tuple[str, list[str]]]:
    """Filled local slots by commune; an empty slot is never shown."""
    found = []
    for code, slots in desk.programme.contacts.local_by_commune.items():
        numbers = [f"{slot.name}: {slot.number}" for slot in slots.values() if slot.is_filled]
        if numbers:
            found.append((desk.programme.units.communes[code].name, numbers))
    return found


def downloads_page(desk: SiteContext) -> SitePage:
    page = addresses.DOWNLOADS
    courses = desk.programme.courses.values()
    order = {id: place for place, id in enumerate(id for course in courses for id in course.lesson_ids)}
    body = render(
        "site/downloads.md.j2",
        desk=desk,
        page=page,
        groups=[
            (kind, KIND_WORDS[kind], sorted(members, key=lambda one: order.get(one.subject, 0)))
            for kind, members in groupby(desk.downloads, key=lambda one: one.kind)
        ],
        has_drafts=_has_drafts(desk),
    )
    return SitePage(
        address=page,
        title="Tài liệu in",
        description="Mọi bản in của chương trình, kèm cách in từng loại.",
        body=body,
        meta={"kind": "downloads", "hide": ["navigation", "toc"]},
    )


def _has_drafts(desk: SiteContext) -> bool:
    programme = desk.programme
    reviews = (
        *(course.review for course in programme.courses.values()),
        *(lesson.review for lesson in programme.lessons.values()),
        *(campaign.review for campaign in programme.campaigns.values()),
    )
    return any(review.is_draft for review in reviews)


def home_page(desk: SiteContext) -> SitePage:
    page = addresses.HOME
    audiences = [(id, one) for id, one in desk.programme.audiences.items() if one.door]
    doors = [
        {
            "audience": audience,
            "picture": desk.picture(audience.picture, page),
            "href": desk.link(audience.opens.lstrip("/") if audience.opens else _door(desk, id), page),
        }
        for id, audience in sorted(audiences, key=lambda pair: pair[1].door or 0)
    ]
    body = render(
        "site/home.md.j2",
        desk=desk,
        page=page,
        charter=desk.programme.charter,
        doors=doors,
        addresses=addresses,
        hero=desk.picture(desk.programme.charter.picture, page),
        start=_start(desk),
        targets=[t for t in desk.programme.charter.targets.values() if t.measure == "training"],
    )
    return SitePage(
        address=page,
        title=desk.programme.charter.short_title,
        description=desk.programme.charter.title,
        body=body,
        meta={"kind": "home", "hide": ["navigation", "toc"]},
    )


def _start(desk: SiteContext) -> str:
    """Where learning begins: the one course, or the list where there are several; nowhere without any."""
    courses = tuple(desk.programme.courses)
    if not courses:
        return ""
    return addresses.course(courses[0]) if len(courses) == 1 else addresses.COURSES


def _door(desk: SiteContext, audience: str) -> str:
    """Where the door of an audience leads: its course, else its campaign, else the list of courses."""
    programme = desk.programme
    for course in programme.courses.values():
        if course.audience == audience:
            return addresses.course(course.id)
    for campaign in programme.campaigns.values():
        if audience in campaign.audiences:
            return addresses.campaign(campaign.id)
    return addresses.COURSES


def hand_page(desk: SiteContext, written: HandPage) -> SitePage:
    page = addresses.page(written.source)
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

"""Pages that one looks things up in: legal register, glossary, help and downloads."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby

from ...programme import urls
from ...programme.model import registers
from ...programme.model.registers import Reference
from ...programme.vietnamese import alphabetical, unaccented
from ..printable import KIND_WORDS
from ..templates import render
from .context import SiteContext, SitePage

#: The groups of the list, in order: those that hold come first.
REGISTER_GROUPS = (
    ("Đang có hiệu lực", {"in-force", "amended", "partly-in-force"}),
    ("Chưa kiểm tra được", {"unverified"}),
    ("Văn bản cũ, giữ để tra cứu", {"replaced", "expired"}),
)


def reference_page(desk: SiteContext, id: str, reference: Reference) -> SitePage:
    page = urls.reference(id)
    documents = desk.programme.register.documents
    successor = documents.get(reference.replaced_by or "")
    body = render(
        "site/reference.md.j2",
        desk=desk,
        page=page,
        id=id,
        reference=reference,
        successor=successor,
        successor_id=reference.replaced_by,
        is_plan=reference.divided_by == "points",
        issued=reference.issued if isinstance(reference.issued, (date, str)) else "",
        status=desk.status(reference),
        locator_words=registers.locator_words,
        confidence_words=registers.CONFIDENCE_WORDS,
        addresses=urls,
        register=desk.programme.register,
        confirmed_by=desk.programme.units.agencies[desk.programme.charter.law_confirmed_by].name,
        lessons=[desk.programme.lessons[one] for one in desk.lessons_citing.get(id, [])],
    )
    return SitePage(
        address=page,
        title=f"{reference.short}",
        description=f"{reference.number}: {reference.title}",
        body=body,
        meta={"kind": "reference"},
    )


def register_page(desk: SiteContext) -> SitePage:
    page = urls.LAW
    documents = desk.programme.register.documents
    grouped: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for id, reference in documents.items():
        title = next(title for title, statuses in REGISTER_GROUPS if reference.status in statuses)
        grouped[title].append((id, reference))
    body = render(
        "site/register.md.j2",
        desk=desk,
        page=page,
        doubt_words=registers.doubt_words,
        groups=[(title, grouped[title]) for title, _ in REGISTER_GROUPS if grouped[title]],
        addresses=urls,
        register=desk.programme.register,
        confirmed_by=desk.programme.units.agencies[desk.programme.charter.law_confirmed_by].name,
    )
    return SitePage(
        address=page,
        title="Văn bản pháp luật",
        description="Các văn bản được dẫn trong tài liệu, tình trạng hiệu lực và ngày kiểm tra.",
        body=body,
        meta={"kind": "register", "hide": ["navigation"]},
    )


def glossary_page(desk: SiteContext) -> SitePage:
    page = urls.GLOSSARY
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
    page = urls.HELP
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
    page = urls.DOWNLOADS
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

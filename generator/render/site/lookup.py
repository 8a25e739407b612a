"""Pages to look things up in: legal register, glossary, help and downloads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from ...programme import urls
from ...programme.model import registers
from ...programme.model.campaign import MATERIAL_KINDS
from ...programme.model.registers import Reference
from ...programme.vietnamese import alphabetical, unaccented
from ..printable import DUPLEX_WORDS, KIND_WORDS
from ..templates import render
from .context import SiteContext, SitePage

#: The groups of the list, in order: those in force come first.
REGISTER_GROUPS = (
    ("Đang có hiệu lực", {"in-force", "amended", "partly-in-force"}),
    ("Chưa kiểm tra được", {"unverified"}),
    ("Văn bản cũ, giữ để tra cứu", {"replaced", "expired"}),
)


def reference_page(context: SiteContext, id: str, reference: Reference) -> SitePage:
    page = urls.reference(id)
    documents = context.programme.register.documents
    successor = documents.get(reference.replaced_by or "")
    body = render(
        "site/reference.md.j2",
        context=context,
        page=page,
        id=id,
        reference=reference,
        successor=successor,
        successor_id=reference.replaced_by,
        is_plan=reference.divided_by == "points",
        issued=reference.issued if isinstance(reference.issued, (date, str)) else "",
        status=context.status(reference),
        locator_words=registers.locator_words,
        confidence_words=registers.CONFIDENCE_WORDS,
        addresses=urls,
        register=context.programme.register,
        confirmed_by=context.programme.units.agencies[context.programme.charter.law_confirmed_by].name,
        lessons=[context.programme.lessons[lesson_id] for lesson_id in context.lessons_citing.get(id, [])],
    )
    return SitePage(
        address=page,
        title=f"{reference.short}",
        description=f"{reference.number}: {reference.title}",
        body=body,
        meta={"kind": "reference"},
    )


def register_page(context: SiteContext) -> SitePage:
    page = urls.LAW
    documents = context.programme.register.documents
    grouped: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for id, reference in documents.items():
        title = next(title for title, statuses in REGISTER_GROUPS if reference.status in statuses)
        grouped[title].append((id, reference))
    body = render(
        "site/register.md.j2",
        context=context,
        page=page,
        doubt_words=registers.doubt_words,
        groups=[(title, grouped[title]) for title, _ in REGISTER_GROUPS if grouped[title]],
        addresses=urls,
        register=context.programme.register,
        confirmed_by=context.programme.units.agencies[context.programme.charter.law_confirmed_by].name,
    )
    return SitePage(
        address=page,
        title="Văn bản pháp luật",
        description="Các văn bản được dẫn trong tài liệu, tình trạng hiệu lực và ngày kiểm tra.",
        body=body,
        meta={"kind": "register", "hide": ["navigation"]},
    )


def glossary_page(context: SiteContext) -> SitePage:
    page = urls.GLOSSARY
    entries = sorted(context.programme.terms.glossary.items(), key=lambda pair: alphabetical(pair[1].term))
    groups = [
        (letter, list(members))
        for letter, members in groupby(entries, key=lambda pair: unaccented(pair[1].term)[0].upper())
    ]
    body = render(
        "site/glossary.md.j2",
        context=context,
        page=page,
        groups=groups,
        preferred=context.programme.terms.preferred.values(),
    )
    return SitePage(
        address=page,
        title="Thuật ngữ",
        description="Các từ ngữ dùng trong tài liệu, được giải thích bằng lời dễ hiểu.",
        body=body,
        meta={"kind": "glossary", "hide": ["navigation"]},
    )


def help_page(context: SiteContext) -> SitePage:
    page = urls.HELP
    contacts = [
        (id, contact) for id, contact in context.programme.contacts.contacts.items() if contact.is_offered
    ]
    body = render(
        "site/help.md.j2",
        context=context,
        page=page,
        urgent=[pair for pair in contacts if pair[1].urgent],
        others=[pair for pair in contacts if not pair[1].urgent],
        local=[slot for slot in context.programme.contacts.local.values() if slot.is_filled],
        communes=_local_numbers(context),
        exit_url=context.programme.charter.exit_url,
    )
    return SitePage(
        address=page,
        title="Nơi giúp đỡ",
        description="Số điện thoại để gọi và nơi để đến.",
        body=body,
        meta={"kind": "help", "hide": ["navigation", "toc"], "exit": context.programme.charter.exit_url},
    )


def _local_numbers(context: SiteContext) -> list[tuple[str, list[str]]]:
    """Returns the local numbers by commune; one that nobody has confirmed is never shown."""
    communes = []
    for code, slots in context.programme.contacts.local_by_commune.items():
        numbers = [f"{slot.name}: {slot.number}" for slot in slots.values() if slot.is_filled]
        if numbers:
            communes.append((context.programme.units.communes[code].name, numbers))
    return communes


def downloads_page(context: SiteContext) -> SitePage:
    page = urls.DOWNLOADS
    courses = context.programme.courses.values()
    order = {id: place for place, id in enumerate(id for course in courses for id in course.lesson_ids)}
    groups = [
        (kind, KIND_WORDS[kind], sorted(members, key=lambda download: order.get(download.subject, 0)))
        for kind, members in groupby(context.downloads, key=lambda download: download.kind)
    ]
    body = render(
        "site/downloads.md.j2",
        context=context,
        page=page,
        groups=groups,
        printing=_printing((kind, members[0].duplex) for kind, _, members in groups),
        has_drafts=_has_drafts(context),
    )
    return SitePage(
        address=page,
        title="Tài liệu in",
        description="Mọi bản in của chương trình, kèm cách in từng loại.",
        body=body,
        meta={"kind": "downloads", "hide": ["navigation", "toc"]},
    )


def _printing(duplexes: Iterable[tuple[str, str]]) -> list[tuple[list[str], str, str]]:
    """Returns each way to print with the kinds that are printed so, and what is done with them afterwards."""
    ways: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, duplex in duplexes:
        after = MATERIAL_KINDS[kind].after_printing if kind in MATERIAL_KINDS else ""
        ways[DUPLEX_WORDS[duplex], after].append(KIND_WORDS[kind])
    return [(kinds, *way) for way, kinds in ways.items()]


def _has_drafts(context: SiteContext) -> bool:
    programme = context.programme
    reviews = (
        *(course.review for course in programme.courses.values()),
        *(lesson.review for lesson in programme.lessons.values()),
        *(campaign.review for campaign in programme.campaigns.values()),
    )
    return any(review.is_draft for review in reviews)

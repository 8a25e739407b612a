"""The pages of laws, their list, and the glossary."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby

from ...programme import urls
from ...programme.model import registers
from ...programme.model.registers import Reference
from ...programme.vietnamese import alphabetical, unaccented
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

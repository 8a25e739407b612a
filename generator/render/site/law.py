"""The legal register: a page for each document, and the list."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ...programme import addresses, law
from ...programme.model.reference import Reference
from ..templating import render
from .desk import SiteContext
from .page import SitePage

#: The groups of the list, in order: those that hold come first.
GROUPS = (
    ("Đang có hiệu lực", {"in-force", "amended", "partly-in-force"}),
    ("Chưa kiểm tra được", {"unverified"}),
    ("Văn bản cũ, giữ để tra cứu", {"replaced", "expired"}),
)


def reference_page(desk: SiteContext, id: str, reference: Reference) -> SitePage:
    page = addresses.reference(id)
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
        locator_words=law.locator_words,
        confidence_words=law.CONFIDENCE_WORDS,
        addresses=addresses,
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
    page = addresses.LAW
    documents = desk.programme.register.documents
    grouped: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for id, reference in documents.items():
        title = next(title for title, statuses in GROUPS if reference.status in statuses)
        grouped[title].append((id, reference))
    body = render(
        "site/register.md.j2",
        desk=desk,
        page=page,
        doubt_words=law.doubt_words,
        groups=[(title, grouped[title]) for title, _ in GROUPS if grouped[title]],
        addresses=addresses,
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

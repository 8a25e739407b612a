"""The page of papers to download."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from ...programme import urls
from ...programme.model.campaign import MATERIAL_KINDS
from ..printable import DUPLEX_WORDS, KIND_WORDS
from ..templates import render
from .context import SiteContext, SitePage


def downloads_page(context: SiteContext) -> SitePage:
    page = urls.DOWNLOADS
    courses = context.programme.courses.values()
    order = {id: place for place, id in enumerate(id for course in courses for id in course.lesson_ids)}
    for flow in context.programme.flows.values():
        shown_by = [order.get(lesson.id, 0) for lesson in context.programme.lessons_with(flow)]
        order[flow.subject] = min(shown_by, default=0)
    groups = [
        (kind, KIND_WORDS[kind], sorted(members, key=lambda download: order.get(download.subject, 0)))
        for kind, members in groupby(context.downloads, key=lambda download: download.kind)
    ]
    body = render(
        "site/downloads.md.j2",
        context=context,
        page=page,
        groups=groups,
        printing=_printing((kind, {member.duplex for member in members}) for kind, _, members in groups),
        has_drafts=_has_drafts(context),
    )
    return SitePage(
        address=page,
        title="Tài liệu in",
        description="Mọi bản in của chương trình, kèm cách in từng loại.",
        body=body,
        meta={"kind": "downloads", "hide": ["navigation", "toc"]},
    )


#: Said of a kind whose sheets lie in more than one way.
EACH_ITS_OWN_WAY = "Khổ giấy và số mặt ghi ở từng tờ"


def _printing(duplexes: Iterable[tuple[str, set[str]]]) -> list[tuple[list[str], str, str]]:
    """Returns each way to print with the kinds that are printed so, and what is done with them afterwards."""
    ways: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, of_members in duplexes:
        after = MATERIAL_KINDS[kind].after_printing if kind in MATERIAL_KINDS else ""
        way = DUPLEX_WORDS[min(of_members)] if len(of_members) == 1 else EACH_ITS_OWN_WAY
        ways[way, after].append(KIND_WORDS[kind])
    return [(kinds, *way) for way, kinds in ways.items()]


def _has_drafts(context: SiteContext) -> bool:
    return any(document.review.is_draft for document in context.programme.serving)

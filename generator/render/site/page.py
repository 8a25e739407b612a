"""Pages that somebody wrote by hand."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.model.page import HandPage
from ..templates import render
from .context import SiteContext, SitePage


def pages(context: SiteContext) -> Iterator[SitePage]:
    for written in context.programme.pages.values():
        yield written_page(context, written)


def written_page(context: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    body = render(
        "site/page.md.j2",
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

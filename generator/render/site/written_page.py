"""Pages that somebody wrote by hand."""

from __future__ import annotations

from ...programme import urls
from ...programme.model.programme import HandPage
from ..templates import render
from .context import SiteContext, SitePage


def written_page(context: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    body = render(
        "site/written-page.md.j2",
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

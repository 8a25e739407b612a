"""Pages that somebody wrote by hand."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.model.page import HandPage
from ..text.outline import Outline
from .context import SiteContext, SitePage, drawn_content


def pages(context: SiteContext) -> Iterator[SitePage]:
    for written in context.programme.pages.values():
        yield written_page(context, written)


def written_page(context: SiteContext, written: HandPage) -> SitePage:
    page = urls.page(written.source)
    outline = Outline()
    heading = outline.heading(1, written.title)
    text = context.prose.html(written.body, page, written.source, outline=outline)
    content = drawn_content("site/page.html.j2", outline, written=written, heading=heading, text=text)
    return SitePage(
        address=page,
        title=written.title,
        description=written.summary or "",
        content=content,
        meta={"kind": "page", "hide": ["navigation"]},
    )

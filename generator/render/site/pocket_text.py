"""Pages of pocket texts: what stands on each of their small pages, and the sheet to print."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme import urls
from ...programme.kinds.pocket_text import ADDRESS, PocketText
from .context import SiteContext, SitePage, drawn_content


def pages(context: SiteContext) -> Iterator[SitePage]:
    texts = tuple(context.programme.of(PocketText).values())
    yield _page(context, ADDRESS, "Tờ bỏ túi", texts, meta={"unlisted": True})
    for text in texts:
        yield _page(context, f"{ADDRESS}{text.id}/", text.title, (text,), meta=context.readers(text))


def _page(
    context: SiteContext, address: str, title: str, texts: tuple[PocketText, ...], meta: dict[str, object]
) -> SitePage:
    content = drawn_content(
        "site/pocket-text.html.j2",
        context=context,
        page=address,
        index=ADDRESS,
        texts=texts,
        addresses=urls,
        cited=context.cited(*(said for text in texts for _, said in text.texts)),
    )
    styles = ["prose", "contacts", "downloads", "sheet-preview"]
    return SitePage(
        address=address,
        title=title,
        content=content,
        meta={"kind": "pocket-text", "styles": styles, "hide": ["navigation", "toc"], **meta},
    )

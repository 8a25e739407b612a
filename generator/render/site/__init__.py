"""The site as pages of plain Markdown: a pure function of a programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from ...programme.kinds import KINDS
from ...programme.model.course import Lesson
from ...programme.model.programme import Programme
from ..printable import Download
from ..text.prose import Prose
from .context import PageCache, SiteContext, SitePage
from .downloads import downloads_page
from .glossary import glossary_page
from .help import help_page
from .home import home_page
from .law import reference_page, register_page
from .look_up import look_up_page
from .plan import plan_page
from .trainer import trainer_page

__all__ = ["PageCache", "SitePage", "pages"]


#: What draws the pages of each kind of document that has some.
LESSONS_FIRST: tuple[Callable[[SiteContext], Iterator[SitePage]], ...] = tuple(
    import_module(f"{__name__}.{kind.name.replace('-', '_')}").pages
    for kind in sorted(KINDS, key=lambda kind: kind.model is not Lesson)
    if kind.address
)


def pages(
    programme: Programme,
    downloads: tuple[Download, ...] = (),
    cache: PageCache | None = None,
    *,
    site_url: str = "",
) -> Iterator[SitePage]:
    """Yields every page of the site, without lessons that no course uses; lessons, at which one works, first.

    With a `cache`, a lesson whose sources have not changed is taken from it. With `site_url`, the home
    page has its address for paper, also as a QR code.
    """
    cache = cache or PageCache()
    cache.clear_if_changed(programme, downloads)
    context = SiteContext(
        programme=programme, prose=Prose(programme), downloads=downloads, cache=cache, site_url=site_url
    )
    for draw in LESSONS_FIRST:
        yield from draw(context)
    yield home_page(context)
    if programme.look_up:
        yield look_up_page(context, programme.look_up)
    yield register_page(context)
    for id, reference in programme.register.documents.items():
        yield reference_page(context, id, reference)
    yield glossary_page(context)
    yield plan_page(context)
    yield help_page(context)
    yield downloads_page(context)
    yield trainer_page(context)

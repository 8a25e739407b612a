"""The site as pages of plain Markdown: a pure function of a programme."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme.model.programme import Programme
from ..markdown_text import Prose
from ..printable import Download
from .context import PageCache, SiteContext, SitePage
from .course import course_page, courses_page, lesson_page
from .lookup import downloads_page, glossary_page, help_page, reference_page, register_page
from .programme import campaign_page, campaigns_page, hand_page, home_page, plan_page

__all__ = ["PageCache", "SitePage", "pages"]


def pages(
    programme: Programme, downloads: tuple[Download, ...] = (), shelf: PageCache | None = None
) -> Iterator[SitePage]:
    """Every page of the site; lessons that no course uses are not among them.

    With a `shelf`, a lesson whose sources have not changed is taken from it.
    """
    shelf = shelf or PageCache()
    shelf.stand_in(programme, downloads)
    desk = SiteContext(programme=programme, prose=Prose(programme), downloads=downloads, shelf=shelf)
    yield home_page(desk)
    yield courses_page(desk)
    for course in programme.courses.values():
        yield course_page(desk, course)
    for lesson in programme.lessons.values():
        if programme.courses_with(lesson):
            yield lesson_page(desk, lesson)
    yield campaigns_page(desk)
    for campaign in programme.campaigns.values():
        yield campaign_page(desk, campaign)
    yield register_page(desk)
    for id, reference in programme.register.documents.items():
        yield reference_page(desk, id, reference)
    yield glossary_page(desk)
    yield plan_page(desk)
    yield help_page(desk)
    yield downloads_page(desk)
    for written in programme.pages:
        yield hand_page(desk, written)

"""The site as pages of plain Markdown: a pure function of a programme."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme.model.programme import Programme
from ..markdown_text import Prose
from ..printable import Download
from .blank_form import blank_form_page, blank_forms_page
from .campaign import campaign_page, campaigns_page
from .context import PageCache, SiteContext, SitePage
from .course import course_page, courses_page
from .downloads import downloads_page
from .glossary import glossary_page
from .help import help_page
from .home import home_page
from .law import reference_page, register_page
from .lesson import lesson_page
from .lesson_plan import lesson_plan_page, lesson_plans_page
from .look_up import look_up_page
from .plan import plan_page
from .trainer import trainer_page
from .written_page import written_page

__all__ = ["PageCache", "SitePage", "pages"]


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
    for lesson in programme.lessons.values():
        if programme.courses_with(lesson):
            yield lesson_page(context, lesson)
    yield home_page(context)
    yield courses_page(context)
    for course in programme.courses.values():
        yield course_page(context, course)
    yield campaigns_page(context)
    for campaign in programme.campaigns.values():
        yield campaign_page(context, campaign)
    yield blank_forms_page(context)
    for form in programme.forms.values():
        yield blank_form_page(context, form)
    yield lesson_plans_page(context)
    for plan in programme.lesson_plans.values():
        yield lesson_plan_page(context, plan)
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
    for written in programme.pages:
        yield written_page(context, written)

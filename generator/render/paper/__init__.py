"""Every printed sheet of a programme, as complete HTML documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...programme.model.course import Course
from ...programme.model.programme import Programme
from ..markdown_text import Prose
from ..printable import Sheet
from .context import MONO_SUFFIX, PaperContext
from .lesson import lessons_on_paper
from .publications import guide, handbook, handout, has_guide, job_aid, material_sheet
from .test_forms import CodedForm, form_sheets

__all__ = ["CodedForm", "sheets", "test_papers"]


def sheets(programme: Programme, prose: Prose, *, site_url: str = "") -> tuple[Sheet, ...]:
    """All sheets but tests: handbooks, guides, handouts, job aids, materials; colour before its mono twin.

    With `site_url`, a sheet carries the address of its page, also as a QR code.
    """
    lessons = lessons_on_paper(programme, prose, site_url)
    colour = PaperContext(
        programme=programme, prose=prose, site_url=site_url, edition="colour", lessons=lessons
    )
    mono = replace(colour, edition="mono")
    return tuple(
        sheet
        for pair in zip(_sheets_of_edition(colour), _sheets_of_edition(mono), strict=True)
        for sheet in pair
    )


def test_papers(
    programme: Programme, prose: Prose, course: Course, forms: Sequence[CodedForm], *, seed: int
) -> tuple[Sheet, ...]:
    """Returns the forms of a course's test and their key, in black and white; `seed` is printed on both."""
    context = PaperContext(programme=programme, prose=prose, site_url="", edition="mono", lessons={})
    return tuple(
        replace(sheet, id=sheet.id.removesuffix(MONO_SUFFIX))
        for sheet in form_sheets(context, course, forms, seed=seed)
    )


def _sheets_of_edition(context: PaperContext) -> Iterator[Sheet]:
    programme = context.programme
    for course in programme.courses.values():
        yield handbook(context, course)
        if has_guide(context, course):
            yield guide(context, course)
    for id in context.lessons:
        yield handout(context, programme.lessons[id])
    for flow in programme.flows.values():
        if any(lesson.id in context.lessons for lesson in programme.lessons_with(flow)):
            yield job_aid(context, flow)
    for campaign in programme.campaigns.values():
        for name in campaign.materials:
            yield material_sheet(context, campaign, name)

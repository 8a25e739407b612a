"""Every printed sheet of a programme, as complete HTML documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import chain

from ...programme.agency_tasks import agency_shares
from ...programme.kinds import KINDS
from ...programme.model.campaign import Leaflet
from ...programme.model.course import Course
from ...programme.model.programme import Programme
from ..printable import Sheet
from ..text.prose import Prose
from .agency_tasks import agency_sheet
from .context import MONO_SUFFIX, PRESS_SUFFIX, PaperContext
from .guide import guide, has_guide
from .handbook import handbook
from .handout import handouts
from .help_sheet import help_sheets
from .lesson import lessons_on_paper
from .look_up_card import look_up_cards
from .publications import job_aid, material_sheet
from .test_forms import FIRST_CODE, CodedForm, form_sheets

__all__ = ["FIRST_CODE", "PRESS_SUFFIX", "CodedForm", "press_sheets", "sheets", "test_papers"]

#: What draws the sheets of each kind of document that is printed by itself, by `sheets` or `mono_sheets`.
DRAWN_BY = tuple(import_module(f"{__name__}.{kind.name.replace('-', '_')}") for kind in KINDS if kind.sheets)


def sheets(programme: Programme, prose: Prose, *, site_url: str = "") -> tuple[Sheet, ...]:
    """All sheets but tests: handbooks, guides, handouts, job aids, materials, lesson plans, agencies; colour
    before its mono twin; then what has black ink alone.

    With `site_url`, a sheet carries the address of its page, also as a QR code.
    """
    colour = PaperContext(
        programme=programme,
        prose=prose,
        site_url=site_url,
        edition="colour",
        lessons=lessons_on_paper(programme, prose, site_url),
        alone=lessons_on_paper(programme, prose, site_url, is_alone=True),
    )
    mono = replace(colour, edition="mono")
    pairs = zip(_sheets_of_edition(colour), _sheets_of_edition(mono), strict=True)
    return (*chain.from_iterable(pairs), *_without_twin(_mono_sheets(mono)))


def press_sheets(programme: Programme, prose: Prose, *, site_url: str = "") -> tuple[Sheet, ...]:
    """Leaflets as a press prints them: with 3 mm to cut off, and marks where."""
    context = PaperContext(programme=programme, prose=prose, site_url=site_url, edition="press", lessons={})
    return tuple(
        material_sheet(context, campaign, name)
        for campaign in programme.campaigns.values()
        for name, material in campaign.materials.items()
        if isinstance(material, Leaflet)
    )


def test_papers(
    programme: Programme, prose: Prose, course: Course, forms: Sequence[CodedForm], *, seed: int
) -> tuple[Sheet, ...]:
    """Returns the forms of a course's test and their key, in black and white; `seed` is printed on both."""
    context = PaperContext(programme=programme, prose=prose, site_url="", edition="mono", lessons={})
    return _without_twin(form_sheets(context, course, forms, seed=seed))


def _without_twin(mono: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """Returns sheets that have no colour edition, under their own names."""
    return tuple(replace(sheet, id=sheet.id.removesuffix(MONO_SUFFIX)) for sheet in mono)


def _mono_sheets(context: PaperContext) -> Iterator[Sheet]:
    """Yields what is written on or cut up, in black and white."""
    for module in DRAWN_BY:
        if hasattr(module, "mono_sheets"):
            yield from module.mono_sheets(context)


def _sheets_of_edition(context: PaperContext) -> Iterator[Sheet]:
    programme = context.programme
    for course in programme.courses.values():
        yield handbook(context, course)
        if has_guide(context, course):
            yield guide(context, course)
    yield from handouts(context)
    for flow in programme.flows.values():
        if any(lesson.id in context.lessons for lesson in programme.lessons_with(flow)):
            yield job_aid(context, flow)
    yield from look_up_cards(context)
    for campaign in programme.campaigns.values():
        for name in campaign.materials:
            yield material_sheet(context, campaign, name)
    for module in DRAWN_BY:
        if hasattr(module, "sheets"):
            yield from module.sheets(context)
    yield from help_sheets(context)
    for share in agency_shares(programme):
        yield agency_sheet(context, share)

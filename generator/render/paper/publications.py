"""Publications for readers: job aid, leaflet and poster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from ...programme import urls
from ...programme.model.campaign import Campaign, Leaflet, Material, Poster
from ...programme.model.first_response import HOURS_BLOCK, HOURS_BRIEF
from ...programme.model.flow import Flow
from ...programme.model.values import Markdown, Value
from ..flow_steps import drawn_flow
from ..page_address import qr_code, short_address
from ..printable import Sheet
from ..text.paper import Notes
from .context import PaperContext
from .lesson import first_course


def job_aid(context: PaperContext, flow: Flow) -> Sheet:
    """A flow alone, to be hung up where the work is done, with whom to call."""
    programme, notes = context.programme, Notes()
    inline = partial(context.prose.print_inline, notes=notes, source=flow.source)
    # The sheet has no caption, so none of its citations is a note.
    drawn = drawn_flow(programme, flow.model_copy(update={"caption": None}), inline)
    shown_by = [lesson for lesson in programme.lessons_with(flow) if lesson.id in context.lessons]
    courses = {first_course(programme, lesson).audience: None for lesson in shown_by}
    return context.sheet(
        "job-aid.html.j2",
        id=f"{flow.id}-to-dan",
        kind="job-aid",
        title=flow.title,
        audience=", ".join(programme.audiences[id].title for id in courses),
        subject=flow.subject,
        review=programme.flow_review(flow),
        layout={"duplex": "none"},
        drawn=drawn,
        panel=flow.panel,
        picture=context.picture(flow.picture),
        first_hours=_first_hours(context, flow, notes),
        notes=tuple(notes.notes),
        address=short_address(context.address(urls.lesson(shown_by[0].id))),
    )


def _first_hours(context: PaperContext, flow: Flow, notes: Notes) -> Markup:
    """Returns the strip of the first hours; where more than a few steps take the page, in a breath."""
    strip = HOURS_BLOCK if flow.density == "few" else HOURS_BRIEF
    return context.prose.print_html(strip if flow.first_hours else None, notes)


def _leaflet_strips(context: PaperContext, campaign: Campaign, notes: Notes) -> dict[str, object]:
    return {
        "message": context.prose.print_inline(campaign.message, notes, campaign.source),
        "call_to_action": str(campaign.call_to_action),
        "contacts": context.contacts(campaign.contacts),
    }


@dataclass(frozen=True, kw_only=True)
class MaterialDrawing:
    """Says how a kind lies, by fields of Sheet, and what of its campaign the template is given besides."""

    layout: dict[str, Any]
    values: Callable[[PaperContext, Campaign, Notes], dict[str, object]] = lambda *_: {}


DRAWINGS: Mapping[type[Material], MaterialDrawing] = {
    Leaflet: MaterialDrawing(
        layout={"landscape": True, "duplex": "short-edge", "is_exact": True}, values=_leaflet_strips
    ),
    Poster: MaterialDrawing(layout={"duplex": "none"}),
}


def material_sheet(context: PaperContext, campaign: Campaign, name: str) -> Sheet:
    """Returns the campaign's material of that name, drawn by the template that is named as its kind."""
    written = campaign.materials[name]
    drawing, notes = DRAWINGS[type(written)], Notes()
    material = on_paper(context, written, f"materials.{name}", notes, campaign.source)
    values = drawing.values(context, campaign, notes)
    address = context.address(urls.campaign(campaign.id))
    return context.sheet(
        f"{written.kind}.html.j2",
        id=f"{campaign.id}-{name}",
        kind=written.kind,
        title=written.title,
        audience=context.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout=drawing.layout,
        material=material,
        notes=tuple(notes.notes),
        qr=qr_code(address) if address else None,
        address=short_address(address),
        **values,
    )


def on_paper(context: PaperContext, value: Any, field: str, notes: Notes, source: str) -> Any:
    """Returns a value as a template shows it: Markdown as HTML, ids as what they name, nothing as no words.

    What says `law` is set within a line. A value of the model keeps the names of its fields, and has the
    `field` where its author finds it in the file `source`, from which pictures are named.
    """
    shown = partial(on_paper, context, notes=notes, source=source)
    if isinstance(value, Value):
        drawings: dict[str, Callable[[Any], Any]] = {
            "picture": context.picture,
            "contacts": context.contacts,
            "law": partial(context.prose.print_inline, notes=notes, source=source),
        }
        fields: dict[str, Any] = {"field": field}
        for name, info in type(value).model_fields.items():
            draw = drawings.get(name)
            inner, place = getattr(value, name), f"{field}.{info.alias or name}"
            fields[name] = draw(inner) if draw else shown(inner, place)
        return SimpleNamespace(**fields)
    if isinstance(value, tuple):
        return tuple(shown(inner, f"{field}.{index}") for index, inner in enumerate(value))
    if isinstance(value, Mapping):
        return {key: shown(inner, f"{field}.{key}") for key, inner in value.items()}
    if isinstance(value, Markdown):
        return context.prose.print_html(value, notes, source)
    return "" if value is None else value

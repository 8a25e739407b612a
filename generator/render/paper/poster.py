"""A small poster: A4 portrait, read from a few steps away."""

from __future__ import annotations

from ...programme.model.campaign import Campaign, Poster
from ..prose import Notes
from ..sheet import Sheet
from .desk import PaperContext


def poster(desk: PaperContext, campaign: Campaign, name: str, material: Poster) -> Sheet:
    notes = Notes()
    return desk.sheet(
        "poster.html.j2",
        id=f"{campaign.id}-{name}",
        kind="poster",
        title=material.title,
        audience=desk.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout={"duplex": "none", "panels": True},
        kicker=material.kicker,
        text=desk.prose.print_html(material.text, notes),
        picture=desk.picture(material.picture),
        contacts=desk.contacts(material.contacts),
        notes=tuple(notes.notes),
        field=f"materials.{name}.text",
    )

"""A tri-fold leaflet: A4 landscape, two sides, six faces."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...programme import addresses
from ...programme.model.campaign import Campaign, Leaflet, Panel
from ...programme.model.contact import Contact
from ..prose import Notes
from ..sheet import Sheet
from .address import short
from .desk import PaperContext
from .picture import EmbeddedPicture, qr


@dataclass(frozen=True, kw_only=True)
class Face:
    """One panel as it is shown; `field` is where its author finds it."""

    name: str
    field: str
    kicker: str | None
    title: str | None
    text: Markup
    picture: EmbeddedPicture | None
    contacts: tuple[Contact, ...]


def leaflet(desk: PaperContext, campaign: Campaign, name: str, material: Leaflet) -> Sheet:
    notes = Notes()
    faces = {
        key.replace("-", "_"): _face(desk, f"materials.{name}.panels.{key}", key, panel, notes)
        for key, panel in material.panels.named()
    }
    address = desk.address(addresses.campaign(campaign.id))
    return desk.sheet(
        "leaflet.html.j2",
        id=f"{campaign.id}-{name}",
        kind="leaflet",
        title=material.title,
        audience=desk.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout={"landscape": True, "duplex": "short-edge", "panels": True},
        message=desk.prose.print_inline(campaign.message, notes),
        call_to_action=str(campaign.call_to_action),
        first=next(iter(desk.contacts(campaign.contacts)), None),
        faces=faces,
        notes=tuple(notes.notes),
        qr=qr(address) if address else None,
        address=short(address),
    )


def _face(desk: PaperContext, field: str, name: str, panel: Panel, notes: Notes) -> Face:
    return Face(
        name=name,
        field=field,
        kicker=panel.kicker,
        title=panel.title,
        text=desk.prose.print_html(panel.text, notes),
        picture=desk.picture(panel.picture),
        contacts=desk.contacts(panel.contacts),
    )

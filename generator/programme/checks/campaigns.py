"""Campaigns: one short message, a call that starts with a verb, contacts that can be relied on."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.campaign import Campaign, Leaflet
from ..model.programme import Programme
from ..problems import Path, Place, Problem
from ..vietnamese import syllables
from .near import unknown
from .passages import place_of

LONGEST_MESSAGE = 20


def check(programme: Programme) -> Iterator[Problem]:
    for campaign in programme.campaigns.values():
        yield from _campaign(programme, campaign)
        for path, id in _contacts(campaign):
            yield from _contact(programme, campaign, path, id)
    for place, picture in _pictures(programme):
        if picture not in programme.pictures:
            yield unknown("picture", place, picture, programme.pictures)


def _campaign(programme: Programme, campaign: Campaign) -> Iterator[Problem]:
    for index, audience in enumerate(campaign.audiences):
        if audience not in programme.audiences:
            yield unknown("audience", place_of(campaign, "audiences", index), audience, programme.audiences)
    count = syllables(campaign.message)
    if count > LONGEST_MESSAGE:
        values = {"count": str(count), "most": str(LONGEST_MESSAGE)}
        yield Problem(code="message-too-long", place=place_of(campaign, "message"), values=values)
    verbs = {verb.casefold() for verb in programme.terms.action_verbs}
    verb = campaign.call_to_action.verb
    if verb.casefold() not in verbs:
        place = place_of(campaign, "call_to_action", "verb")
        yield unknown("verb", place, verb, programme.terms.action_verbs)


def _contact(programme: Programme, campaign: Campaign, path: Path, id: str) -> Iterator[Problem]:
    contact = programme.contacts.contacts.get(id)
    place = place_of(campaign, *path)
    if contact is None:
        yield unknown("contact", place, id, programme.contacts.contacts)
    elif not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": id})
    elif not contact.is_ready:
        values = {"id": id, "condition": contact.condition or ""}
        yield Problem(code="contact-not-ready", place=place, values=values)


def _contacts(campaign: Campaign) -> Iterator[tuple[Path, str]]:
    for index, id in enumerate(campaign.contacts):
        yield ("contacts", index), id
    for name, material in campaign.materials.items():
        if isinstance(material, Leaflet):
            for panel_name, panel in material.panels.named():
                for index, id in enumerate(panel.contacts):
                    yield ("materials", name, "panels", panel_name, "contacts", index), id
        else:
            for index, id in enumerate(material.contacts):
                yield ("materials", name, "contacts", index), id


def _pictures(programme: Programme) -> Iterator[tuple[Place, str]]:
    """Every picture that is named, on the site's doors as in campaigns."""
    if programme.charter.picture:
        yield place_of(programme.charter, "picture"), programme.charter.picture
    for id, audience in programme.audiences.items():
        if audience.picture:
            yield Place(file="content/programme/audiences.yml", path=(id, "picture")), audience.picture
    for campaign in programme.campaigns.values():
        for path, picture in _campaign_pictures(campaign):
            yield place_of(campaign, *path), picture


def _campaign_pictures(campaign: Campaign) -> Iterator[tuple[Path, str]]:
    if campaign.picture:
        yield ("picture",), campaign.picture
    for name, material in campaign.materials.items():
        if isinstance(material, Leaflet):
            for panel_name, panel in material.panels.named():
                if panel.picture:
                    yield ("materials", name, "panels", panel_name, "picture"), panel.picture
        elif material.picture:
            yield ("materials", name, "picture"), material.picture

"""The page of those who help."""

from __future__ import annotations

import re

from ...programme import urls
from ...programme.model.contact import Contact, HelpTopic
from ...programme.model.first_response import HOURS_BLOCK, HOURS_BRIEF
from ...programme.model.pointer import expand_pointers
from .context import SiteContext, SitePage, drawn_content


def help_page(context: SiteContext) -> SitePage:
    page, source = urls.HELP, context.programme.contacts.source
    charter = context.programme.charter
    contacts = [
        (id, contact) for id, contact in context.programme.contacts.contacts.items() if contact.is_offered
    ]
    content = drawn_content(
        "site/help.html.j2",
        context=context,
        page=page,
        urgent=urgent_contacts(context),
        others=sorted(
            (pair for pair in contacts if not pair[1].urgent), key=lambda pair: _is_web_site(pair[1])
        ),
        sayings=context.programme.contacts.say,
        care=context.inline("[limits:care]", page, source),
        limits=context.inline(_limits(context, page), page, source),
        helped_too=context.inline(charter.helped_too, page, charter.source),
        first_hours=context.prose.html(HOURS_BLOCK, page),
        brief=context.inline(HOURS_BRIEF, page, source),
        topics={id: _topic(context, topic) for id, topic in context.programme.contacts.topics.items()},
        picture=context.picture_of_readers(page),
        local=[slot for slot in context.programme.contacts.local.values() if slot.is_filled],
        communes=_local_numbers(context),
        exit_url=charter.exit_url,
    )
    return SitePage(
        address=page,
        title="Nơi giúp đỡ",
        description="Số điện thoại để gọi và nơi để đến.",
        content=content,
        meta={"kind": "help", "hide": ["navigation", "toc"], "exit": charter.exit_url},
    )


def _limits(context: SiteContext, page: str) -> str:
    """Returns the pointer to the sentence for those whom the page is for; "" where nobody is named."""
    audiences = context.programme.audiences.items()
    reader = next((id for id, audience in audiences if (audience.opens or "").strip("/") == page[:-1]), "")
    return f"[limits:{reader}]" if reader else ""


def _topic(context: SiteContext, topic: HelpTopic) -> dict[str, object]:
    text = _without_law(context, topic.text)
    return {
        "title": topic.title,
        "text": context.prose.html(text, urls.HELP, context.programme.contacts.source),
    }


def _without_law(context: SiteContext, text: str) -> str:
    """Returns a text without its citations, since their links lead to pages without a quick exit."""
    said = context.programme.in_words(text)
    alone = expand_pointers(said, lambda pointer: "" if pointer.kind == "reference" else pointer.written)
    return re.sub(r"[ \n]+(?=[.,;])", "", alone)


def urgent_contacts(context: SiteContext) -> list[tuple[str, Contact]]:
    """Returns whom anybody calls at once, by id, in the order of the register."""
    contacts = context.programme.contacts.contacts
    return [(id, contact) for id, contact in contacts.items() if contact.is_offered and contact.urgent]


def _is_web_site(contact: Contact) -> bool:
    """Tells whether there is nothing but an address to open, which helps last."""
    return contact.url is not None and contact.number is None


def _local_numbers(context: SiteContext) -> list[tuple[str, list[str]]]:
    """Returns the local numbers by commune; one that nobody has confirmed is never shown."""
    communes = []
    for code, slots in context.programme.contacts.local_by_commune.items():
        numbers = [f"{slot.name}: {slot.number}" for slot in slots.values() if slot.is_filled]
        if numbers:
            communes.append((context.programme.units.communes[code].name, numbers))
    return communes

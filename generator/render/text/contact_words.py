"""How a contact is named: with its number, and only with one that may be published."""

from __future__ import annotations

from ...programme.model.contact import Contact


def contact_words(contact: Contact) -> str:
    """Returns the short name with the number, once and only if it may be published."""
    number = (contact.display or contact.number) if contact.publish else None
    return f"{contact.short} ({number})" if number and number not in contact.short else contact.short


def printed_contact(contact: Contact) -> str:
    """Returns what a sheet names a contact by: with the caution of one that nobody has called."""
    words = contact_words(contact)
    if not contact.caution:
        return words
    return f"{words[:-1]}, {contact.caution})" if words.endswith(")") else f"{words} ({contact.caution})"


def telephone_link(contact: Contact) -> str:
    return f"tel:{contact.number}" if contact.number and contact.publish else ""

"""Whom a sheet may name."""

from __future__ import annotations

from collections.abc import Iterable

from ...programme.model.contact import Contact
from ...programme.model.programme import Programme


def published(programme: Programme, ids: Iterable[str]) -> tuple[Contact, ...]:
    """The contacts of those ids that may be published, each once."""
    known = programme.contacts.contacts
    return tuple(known[id] for id in dict.fromkeys(ids) if id in known and known[id].publish)


def offered(programme: Programme, ids: Iterable[str]) -> tuple[Contact, ...]:
    """Those of them that somebody who needs help is told of."""
    return tuple(one for one in published(programme, ids) if one.is_offered)

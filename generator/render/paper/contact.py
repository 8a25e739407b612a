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
    """Returns those of them that somebody who needs help is told of."""
    return tuple(one for one in published(programme, ids) if one.is_offered)


def places(programme: Programme, besides: Iterable[str] = ()) -> tuple[Contact, ...]:
    """Returns where anybody can go who has no number to call, or cannot call."""
    named = frozenset(besides)
    return tuple(one for id, one in programme.contacts.contacts.items() if one.is_place and id not in named)

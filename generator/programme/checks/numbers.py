"""Telephone numbers typed into a text: a number stands in `contacts.yml` or nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.programme import Programme
from ..problems import Problem
from .passages import QUOTING, Passage
from .telephones import TypedNumber, called, digits_of, telephones

#: What everybody calls in an emergency, whether the programme has a contact for it or not.
EMERGENCY = frozenset({"111", "112", "113", "114", "115"})
LONGEST_SHORT = 5
#: Where a number has its place.
OWN = frozenset({"number", "display"})


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    known = {digits_of(one.number): id for id, one in programme.contacts.contacts.items() if one.number}
    short = EMERGENCY | {number for number in known if len(number) <= LONGEST_SHORT}
    for passage in passages:
        if passage.kind == "Contacts" and passage.path[-1] in OWN:
            continue
        for number in telephones(passage.text, passage.is_markdown):
            yield from _number(programme, passage, number, known.get(number.digits, ""))
        if passage.kind not in QUOTING:
            for number in called(passage.text, short, passage.is_markdown):
                yield from _number(programme, passage, number, known.get(number.digits, ""))


def _number(programme: Programme, passage: Passage, number: TypedNumber, id: str) -> Iterator[Problem]:
    """A pointer belongs in its place; where none can stand, the number has to be one that may be told."""
    place = passage.at(number.start, number.written)
    contact = programme.contacts.contacts.get(id)
    if contact and not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": id})
    elif contact is None or passage.takes_pointer(number.start):
        yield Problem(code="typed-number", place=place, values={"number": number.written}, suggestion=id)

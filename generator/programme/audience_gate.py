"""The audiences of documents, which decide what may stand in them and who is shown them by the search.

A document is held to the gate unless it is for adults alone: whatever somebody under age may read holds
nothing that its author has marked `for: adults`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .kinds import KINDS, kind_of
from .model.pointer import BLOCK_OPENING, MANY, without_code
from .model.programme import Programme
from .model.registers import Ages
from .model.values import ForReaders, NamedDocument, ShownDocument


class Readers(NamedTuple):
    """Says whom a page is for: titles of audiences, none where it is for everyone, and their ages."""

    titles: tuple[str, ...] = ()
    ages: Ages = "all"


def readers_of(programme: Programme, document: NamedDocument) -> Readers:
    """Returns whom a document is for.

    Where somebody under age is among several audiences, it is for them as well: `minors`. A document of a
    kind that names no audience is for everyone, unless its author marked it for adults.
    """
    if own := kind_of(document).ages(document):
        return Readers(ages=own)
    if isinstance(document, ForReaders) and document.readers:
        return Readers(ages=document.readers)
    named = tuple(kind_of(document).audiences(programme, document))
    known = [programme.audiences[id] for id in named if id in programme.audiences]
    ages = {audience.ages for audience in known}
    youngest: Ages = "minors" if "minors" in ages else "all" if "all" in ages or not named else "adults"
    return Readers(tuple(audience.title for audience in known), youngest)


def may_be_watched(programme: Programme, document: NamedDocument) -> bool:
    """Tells whether a document is read by somebody who may be watched, be they one of several audiences."""
    kind = kind_of(document)
    if kind.may_be_watched:
        return kind.may_be_watched(document)
    named = (programme.audiences.get(id) for id in kind.audiences(programme, document))
    return any(audience.may_be_watched for audience in named if audience)


#: The kinds that lessons place.
PLACED = tuple(kind for kind in KINDS if kind.placed_in)


class Shown(NamedTuple):
    """A document that a text shows: where its id stands there."""

    start: int
    id: str
    document: ShownDocument


def shown_in(programme: Programme, body: str) -> Iterator[Shown]:
    """Yields the documents that a body shows by their ids."""
    for kind in PLACED:
        documents = programme.of(kind.model)
        for start, id in kind.placed_in(body) if kind.placed_in else ():
            if id in documents:
                yield Shown(start, id, documents[id])


class TextBlock(NamedTuple):
    """A block of a text: where its line begins, and whether it is for adults."""

    start: int
    line: str
    is_for_adults: bool


@lru_cache(maxsize=MANY)
def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """Returns the blocks of a text in order, those in code left out."""
    if "!" not in text and "?" not in text:
        return ()
    return tuple(
        TextBlock(block.start("line"), block["line"].strip(), block["readers"] is not None)
        for block in BLOCK_OPENING.finditer(without_code(text))
    )

"""Which content cites which law, and of what day that content is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ..model.base import Document
from ..model.pointer import pointers
from ..model.programme import Programme, id_of
from .approvals import KINDS


@dataclass(frozen=True, kw_only=True)
class Citing:
    """A course, lesson, campaign, page or bank, with the places of the law that it cites as law.

    `day` is the one on which somebody checked it (`review.checked`); where nobody wrote one down, and of
    banks, it is the programme's (`as_of`), as in the checks. What is cited as former law is left out.
    """

    id: str
    kind: str
    title: str
    day: date
    is_checked: bool
    places: tuple[tuple[str, str], ...]


def cited(programme: Programme) -> tuple[Citing, ...]:
    """Returns all content, in the order of the programme, with the places that each cites."""
    return tuple(chain(_of_reviewed(programme), _of_banks(programme)))


def citing(citations: Iterable[Citing], document: str, locator: str = "") -> tuple[Citing, ...]:
    """Returns the content that cites a document or, with a locator, that place of it."""
    return tuple(one for one in citations if cites(one, document, locator))


def cites(one: Citing, document: str, locator: str) -> bool:
    """Tells whether content rests on a place of the law, as `8` and `8.3.d` do on one another.

    Whoever names only the document rests on it as a whole, not on one article of it.
    """
    return any(id == document and _touches(place, locator) for id, place in one.places)


def _touches(place: str, locator: str) -> bool:
    if not locator or place == locator:
        return True
    return bool(place) and (place.startswith(f"{locator}.") or locator.startswith(f"{place}."))


def _of_reviewed(programme: Programme) -> Iterator[Citing]:
    for document in programme.reviewed:
        yield Citing(
            id=id_of(document),
            kind=KINDS[type(document)],
            title=document.title,
            day=document.review.content_date(programme.charter.as_of),
            is_checked=document.review.checked is not None,
            places=_places(programme, document),
        )


def _of_banks(programme: Programme) -> Iterator[Citing]:
    for bank in programme.banks.values():
        yield Citing(
            id=bank.id,
            kind="bank",
            title=bank.title or bank.id,
            day=programme.charter.as_of,
            is_checked=False,
            places=_places(programme, bank),
        )


def _places(programme: Programme, document: Document) -> tuple[tuple[str, str], ...]:
    texts = [*(text for _, text in document.texts), getattr(document, "body", "")]
    found = (pointer for text in texts for pointer in pointers(text) if pointer.kind == "reference")
    known = programme.register.documents
    places = ((one.id, one.locator) for one in found if one.id in known and not one.is_former)
    return tuple(dict.fromkeys(places))

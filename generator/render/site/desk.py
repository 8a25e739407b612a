"""What every page needs at hand while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from ...programme import addresses, law
from ...programme.model.contact import Contact
from ...programme.model.pointer import pointers
from ...programme.model.programme import Programme
from ...programme.model.reference import Reference
from ..downloads import Download, printables
from ..prose import PICTURES, Prose, telephone
from .shelf import PageCache

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
NUMERAL = re.compile(r"\b(?:\d+|" + "|".join(ROMAN[1:]) + r")\b")


@dataclass(frozen=True, kw_only=True)
class CitedReference:
    """A document that a text cites, with the articles it names."""

    id: str
    reference: Reference
    status: str
    locators: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SiteContext:
    """A programme, its prose, and what has been printed of it."""

    programme: Programme
    prose: Prose
    downloads: tuple[Download, ...] = ()
    shelf: PageCache = field(default_factory=PageCache)

    def link(self, target: str, page: str) -> str:
        return addresses.relative(target, page)

    def inline(self, text: str | None, page: str) -> Markup:
        return self.prose.inline(text, page)

    def picture(self, id: str | None, page: str) -> dict[str, str] | None:
        """Address, words and natural size of a picture."""
        if not id or id not in self.programme.pictures:
            return None
        picture = self.programme.pictures[id]
        width, height = _size(self.programme.drawing(id) or "")
        source = addresses.relative(f"{PICTURES}pictures/{picture.file}", page)
        return {"src": source, "alt": picture.alt, "width": width, "height": height}

    def status(self, reference: Reference) -> str:
        return law.status_on(reference, self.programme.charter.as_of)

    def cited(self, *texts: str | None) -> tuple[CitedReference, ...]:
        """The documents that texts cite, as first mentioned, each with its articles in order."""
        found: dict[str, list[str]] = {}
        for text in texts:
            for pointer in pointers(text or ""):
                if pointer.kind == "reference":
                    reference = self.programme.register.documents[pointer.id]
                    words = law.locator_words(reference, pointer.locator)
                    doubt = law.doubt_words(reference, pointer.locator)
                    words = f"{words} ({doubt})" if words and doubt else words
                    found.setdefault(pointer.id, [])
                    if words and words not in found[pointer.id]:
                        found[pointer.id].append(words)
        documents = self.programme.register.documents
        return tuple(
            CitedReference(
                id=id, reference=documents[id], status=self.status(documents[id]), locators=_in_order(words)
            )
            for id, words in found.items()
        )

    def downloads_of(self, *subjects: str) -> tuple[Download, ...]:
        return tuple(one for one in self.downloads if one.subject in subjects)

    def printables(self, downloads: Iterable[Download]) -> tuple[tuple[Download, ...], ...]:
        return printables(downloads)

    def contact(self, id: str) -> Contact:
        return self.programme.contacts.contacts[id]

    def telephone(self, contact: Contact) -> str:
        return telephone(contact)

    @cached_property
    def lessons_citing(self) -> dict[str, list[str]]:
        """Lesson ids by the document that they cite."""
        found: dict[str, list[str]] = {}
        for lesson in self.programme.lessons.values():
            for id in _references(lesson.body, *lesson.key_points):
                found.setdefault(id, []).append(lesson.id)
        return found


def _in_order(locators: Iterable[str]) -> tuple[str, ...]:
    """By number: Điều 5 stands before Điều 34 khoản 1, mục II.3 before mục IV.2."""
    return tuple(sorted(locators, key=lambda words: [_place(numeral) for numeral in NUMERAL.findall(words)]))


def _place(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else ROMAN.index(numeral)


def _references(*texts: str) -> Iterator[str]:
    yield from dict.fromkeys(
        pointer.id for text in texts for pointer in pointers(text) if pointer.kind == "reference"
    )


def _size(drawing: str) -> tuple[str, str]:
    """Width and height of an SVG after its `viewBox`, so that a page does not jump."""
    _, _, after = drawing.partition('viewBox="')
    numbers = after.partition('"')[0].split()
    return (numbers[2], numbers[3]) if len(numbers) == 4 else ("320", "200")

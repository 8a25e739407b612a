"""Values that pages of the site are drawn with: the page, the pages drawn before, and the site's context."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ...programme import urls
from ...programme.audience_gate import may_be_watched, readers_of
from ...programme.kinds import kind_of
from ...programme.model import registers
from ...programme.model.campaign import Picture
from ...programme.model.contact import Contact
from ...programme.model.flow import Flow
from ...programme.model.pointer import pointers_in
from ...programme.model.programme import Programme
from ...programme.model.registers import Reference
from ...programme.model.values import NOTHING, NamedDocument
from ..printable import Download, by_edition
from ..templates import render, render_block
from ..text.citations import NumberedCitations
from ..text.contact_words import telephone_link
from ..text.outline import Outline, PageHeading
from ..text.prose import Prose
from ..text.shown_blocks import drawing_size
from ..text.site import PICTURES


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """The HTML of what stands on a page, with its headings in the order of reading."""

    html: str
    headings: tuple[PageHeading, ...]

    @property
    def bare(self) -> PageContent:
        """The headings alone."""
        return replace(self, html="")


def drawn_content(template: str, /, outline: Outline | None = None, **values: object) -> PageContent:
    """Returns what a template draws; headings that texts have already are in the `outline`."""
    outline = outline or Outline()
    html = render(template, outline=outline, **values)
    return PageContent(html=html, headings=tuple(outline.headings))


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """A page: `address` from the site's root, ending in a slash; `meta` goes to the theme."""

    address: str
    title: str
    content: PageContent
    description: str = ""
    meta: Mapping[str, Any] = NOTHING

    @property
    def body(self) -> str:
        return self.content.html

    @property
    def text(self) -> str:
        """The page as a file for any builder of sites: a block of HTML below front matter."""
        about = {"title": self.title, "description": self.description, **self.meta}
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in about.items() if value]
        return "\n".join(["---", *lines, "---", "", *filter(str.strip, self.body.splitlines()), ""])

    @property
    def path(self) -> str:
        """The file that a builder of sites turns into this address."""
        return f"{self.address}index.md"


@dataclass
class PageCache:
    """Pages by address, each with its own sources; `around` is what all of them share."""

    around: object = None
    drawn: dict[str, tuple[object, SitePage]] = field(default_factory=dict)

    def clear_if_changed(self, programme: Programme, downloads: tuple[Download, ...]) -> None:
        """Forgets every page when more has changed than what has pages of its own, or is part of one."""
        others = replace(programme, documents=NOTHING, files=frozenset())
        if (others, downloads) != self.around:
            self.around = (others, downloads)
            self.drawn.clear()

    def page(self, address: str, sources: object, draw: Callable[[], SitePage]) -> SitePage:
        """Returns the page as drawn before from equal sources, else drawn anew."""
        cached = self.drawn.get(address)
        if cached is None or cached[0] != sources:
            cached = self.drawn[address] = (sources, draw())
        return cached[1]


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
    cache: PageCache = field(default_factory=PageCache)
    site_url: str = ""
    """Where the site is published, "" while that is not known."""

    def link(self, target: str, page: str) -> str:
        return urls.relative(target, page)

    def inline(
        self, text: str | None, page: str, source: str, numbered: NumberedCitations | None = None
    ) -> Markup:
        """Returns the HTML of a text of the file `source`, from which its links and pictures are named."""
        return self.prose.inline(text, page, source, numbered)

    def readers(self, document: NamedDocument) -> dict[str, object]:
        """Returns whom a page of the document is for, as the theme and the search index read it.

        Where one of them may be watched, `exit` is where the quick exit of the page leads.
        """
        titles, ages = readers_of(self.programme, document)
        exit_url = self.programme.charter.exit_url if may_be_watched(self.programme, document) else None
        unlisted = not kind_of(document).in_search
        return {"readers": list(titles), "ages": ages, "exit": exit_url, "unlisted": unlisted}

    def picture(self, id: str | None, page: str) -> dict[str, str] | None:
        """Returns address, words and natural size of a picture, or None."""
        if not id or id not in self.programme.pictures:
            return None
        picture = self.programme.pictures[id]
        width, height = drawing_size(self.programme.drawing(id))
        source = urls.relative(f"{PICTURES}pictures/{picture.file}", page)
        return {
            "src": source,
            "alt": picture.alt,
            "width": width,
            "height": height,
            "shows": _part_shown(picture),
        }

    def picture_of_readers(self, page: str) -> dict[str, str] | None:
        """Returns the picture of those whose card on the home page opens a page, or None."""
        audiences = self.programme.audiences.values()
        opening = (each for each in audiences if (each.opens or "").strip("/") == page.strip("/"))
        return next((self.picture(audience.picture, page) for audience in opening), None)

    def status(self, reference: Reference) -> str:
        return registers.surest_status_on(reference, self.programme.charter.as_of)

    def cited(self, *texts: str | None) -> tuple[CitedReference, ...]:
        """Returns the documents that texts cite, as first mentioned, each with its articles in order."""
        locators_by_id: dict[str, list[str]] = {}
        for text in texts:
            for pointer in pointers_in(self.programme.in_words(text or "")):
                if pointer.kind == "reference":
                    reference = self.programme.register.documents[pointer.id]
                    words = registers.locator_words(reference, pointer.locator)
                    doubt = registers.doubt_words(reference, pointer.locator)
                    words = f"{words} ({doubt})" if words and doubt else words
                    locators_by_id.setdefault(pointer.id, [])
                    if words and words not in locators_by_id[pointer.id]:
                        locators_by_id[pointer.id].append(words)
        documents = self.programme.register.documents
        return tuple(
            CitedReference(
                id=id,
                reference=documents[id],
                status=self.status(documents[id]),
                locators=_sorted_locators(words),
            )
            for id, words in locators_by_id.items()
        )

    def downloads_of(self, *subjects: str) -> tuple[Download, ...]:
        return tuple(download for download in self.downloads if download.subject in subjects)

    def job_aids(self, flows: Iterable[Flow], page: str) -> dict[str, str]:
        """Returns links to the printed flows, in colour, by the id of the flow."""
        paths = {aid.subject: aid.path for aid in reversed(self.downloads) if aid.edition == "colour"}
        return {flow.id: self.link(paths[flow.subject], page) for flow in flows if flow.subject in paths}

    def printables(self, downloads: Iterable[Download]) -> tuple[tuple[Download, ...], ...]:
        return by_edition(downloads)

    def thumbnail(self, kind: str) -> Markup:
        """Returns the shapes of a kind of download; nothing where its paper template has none."""
        return Markup(render_block(f"paper/{kind}.html.j2", "thumbnail"))

    def contact(self, id: str) -> Contact:
        return self.programme.contacts.contacts[id]

    def telephone(self, contact: Contact) -> str:
        return telephone_link(contact)

    @cached_property
    def lessons_citing(self) -> dict[str, dict[str, list[str]]]:
        """Lesson ids by the document that they cite, then by its article; "" is the document as a whole."""
        lesson_ids: dict[str, dict[str, list[str]]] = {}
        for lesson in filter(self.programme.courses_with, self.programme.lessons.values()):
            scenarios, flows = self.programme.scenarios_of(lesson), self.programme.flows_in(lesson)
            branching = (text for scenario in scenarios for text in scenario.texts_shown)
            drawn = (text for flow in flows for text in flow.running_texts)
            shown = (lesson.body, *lesson.key_points, *branching, *drawn)
            for id, article in _cited_articles(*map(self.programme.in_words, shown)):
                lesson_ids.setdefault(id, {}).setdefault(article, []).append(lesson.id)
        return lesson_ids


def _part_shown(picture: Picture) -> str:
    """Returns the classes that keep what matters of a picture within a frame of another shape."""
    parts = {"across": picture.across, "down": picture.down}
    return " ".join(f"{way}-{round(share, -1)}" for way, share in parts.items() if share is not None)


def _sorted_locators(locators: Iterable[str]) -> tuple[str, ...]:
    """Returns locators sorted by number: Điều 5 before Điều 34 khoản 1, mục II.3 before mục IV.2."""
    return tuple(
        sorted(locators, key=lambda words: [_numeral_value(numeral) for numeral in NUMERAL.findall(words)])
    )


def _numeral_value(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else ROMAN.index(numeral)


def _cited_articles(*texts: str) -> Iterator[tuple[str, str]]:
    yield from dict.fromkeys(
        (pointer.id, pointer.locator.split(".")[0])
        for text in texts
        for pointer in pointers_in(text)
        if pointer.kind == "reference"
    )

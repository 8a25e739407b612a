"""Values that sheets are drawn with: programme, edition, lessons on paper, contacts, addresses, pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import Markup

from ...programme.markdown_repair.text_lines import without_bullet
from ...programme.model.campaign import Campaign
from ...programme.model.contact import Contact
from ...programme.model.course import Course, Module
from ...programme.model.programme import Programme
from ...programme.model.values import NOTHING, Review
from ..page_address import full_address
from ..printable import Edition, Sheet
from ..templates import day, render
from ..text.paper import Note
from ..text.prose import Prose
from ..text.shown_blocks import ON_PAPER, drawing_size
from ..text.tree import written
from ..typography import bind_page, css_string
from .answers import AnswerOnPaper
from .mono_picture import mono_drawing


def published_contacts(programme: Programme, ids: Iterable[str]) -> tuple[Contact, ...]:
    """Returns the contacts of those ids that may be published, each once."""
    contacts = programme.contacts.contacts
    return tuple(contacts[id] for id in dict.fromkeys(ids) if id in contacts and contacts[id].publish)


def offered_contacts(programme: Programme, ids: Iterable[str]) -> tuple[Contact, ...]:
    """Returns the contacts of those ids that are shown to somebody who needs help."""
    return tuple(contact for contact in published_contacts(programme, ids) if contact.is_offered)


def places_to_go(programme: Programme, besides: Iterable[str] = ()) -> tuple[Contact, ...]:
    """Returns the places to go for those who have no number to call, or cannot call."""
    named = frozenset(besides)
    return tuple(
        contact for id, contact in programme.contacts.contacts.items() if contact.is_place and id not in named
    )


def urgent_numbers(programme: Programme) -> tuple[Contact, ...]:
    """Returns the contacts with a number that anybody calls at once."""
    return tuple(
        contact
        for contact in programme.contacts.contacts.values()
        if contact.is_offered and contact.urgent and contact.number
    )


WIDE_RATIO = 2.0


@dataclass(frozen=True, kw_only=True)
class EmbeddedPicture:
    """A picture's address inside the document, and its alternative text."""

    source: str
    alt: str
    ratio: float
    """Width by height."""

    @property
    def is_wide(self) -> bool:
        """True where it is too wide to be cropped to the shape of its neighbours."""
        return self.ratio > WIDE_RATIO


def embedded_picture(programme: Programme, id: str | None, edition: Edition) -> EmbeddedPicture | None:
    """Returns the picture of that id, or None where none is named or drawn."""
    drawing = programme.drawing(id)
    if id is None or drawing is None:
        return None
    return EmbeddedPicture(
        source=data_uri(drawing, edition), alt=programme.pictures[id].alt, ratio=_drawing_ratio(drawing)
    )


def _drawing_ratio(svg: str) -> float:
    width, height = drawing_size(svg)
    return round(float(width) / float(height), 4)


def data_uri(svg: str, edition: Edition) -> str:
    inked = mono_drawing(svg) if edition == "mono" else svg
    return "data:image/svg+xml;base64," + b64encode(inked.encode()).decode()


@dataclass(frozen=True, kw_only=True)
class LessonOnPaper:
    """A lesson as the template shows it: on a sheet of its own, or in a handbook."""

    id: str
    anchor: str
    within: str
    number: int
    count: int
    minutes: int
    """Minutes in class."""
    self_study: int
    """Minutes to study alone."""
    title: str
    summary: Markup
    is_draft: bool
    objectives: tuple[Markup, ...]
    is_measured: bool
    """True where the objectives are its own, each a sentence that says how well."""
    text: Element
    """The tree of its body."""
    key_points: tuple[Markup, ...]
    questions: tuple[AnswerOnPaper, ...]
    contacts: tuple[Contact, ...]
    places: tuple[Contact, ...]
    """Further places to go for help."""
    notes: tuple[Note, ...]
    tabled: tuple[Note, ...]
    """Places that tables cite in words."""
    terms: tuple[str, ...]
    """Ids of the glossary's terms that the lesson uses."""
    names: tuple[str, ...]
    """Ids of the contacts that it names."""
    address: str

    @property
    def body(self) -> Markup:
        return written(self.text)

    def within_book(self, course: Course, module: Module) -> LessonOnPaper:
        """Returns the same lesson as a part of a handbook."""
        return replace(
            self,
            text=deepcopy(self.text),
            within=module.title,
            number=course.lesson_ids.index(self.id) + 1,
            count=len(course.lesson_ids),
        )


MONO_SUFFIX, PRESS_SUFFIX = "-den-trang", "-nha-in"
SUFFIXES: Mapping[Edition, str] = {"colour": "", "mono": MONO_SUFFIX, "press": PRESS_SUFFIX}


@dataclass(frozen=True, kw_only=True)
class PaperContext:
    """One edition of everything, with what its sheets are drawn with."""

    programme: Programme
    prose: Prose
    site_url: str
    edition: Edition
    lessons: Mapping[str, LessonOnPaper]
    alone: Mapping[str, LessonOnPaper] = NOTHING
    """The same lessons as each stands on a sheet of its own."""

    def address(self, path: str) -> str:
        return full_address(self.site_url, path)

    def picture(self, id: str | None) -> EmbeddedPicture | None:
        return embedded_picture(self.programme, id, self.edition)

    def contacts(self, ids: Iterable[str]) -> tuple[Contact, ...]:
        return published_contacts(self.programme, ids)

    def _with_figures(self, html: str) -> str:
        """Returns the HTML with each figure's picture in this edition, since a sheet fetches nothing."""
        for id in self.programme.pictures if ON_PAPER in html else ():
            address = f'"{ON_PAPER}{id}"'
            if address in html:
                html = html.replace(address, f'"{data_uri(self.programme.drawing(id) or "", self.edition)}"')
        return html

    def remarks(self, trainer_notes: str | None, source: str) -> tuple[Markup, ...]:
        """Returns notes for the trainer, each line that their author wrote by itself."""
        lines = (without_bullet(line.strip()) for line in (trainer_notes or "").splitlines())
        return tuple(self.prose.print_line(line, source) for line in lines if line)

    def audiences(self, campaign: Campaign) -> str:
        titles = [self.programme.audiences[id].title for id in campaign.audiences]
        return ", ".join([titles[0], *(title[:1].lower() + title[1:] for title in titles[1:])])

    def sheet(
        self,
        template: str,
        *,
        id: str,
        kind: str | None = None,
        title: str,
        audience: str,
        subject: str,
        review: Review,
        layout: dict[str, Any],
        **values: object,
    ) -> Sheet:
        """Returns the sheet that the template makes of the values."""
        charter = self.programme.charter
        owner, dated = review.imprint(charter.owner), review.content_date(charter.as_of)
        html = render(
            f"paper/{template}",
            edition=self.edition,
            title=title,
            audience=audience,
            owner=owner,
            dated=dated,
            dated_words=f"bản ngày {day(dated)}" if review.is_draft else day(dated),
            is_draft=review.is_draft,
            css=css_string,
            **values,
        )
        return Sheet(
            id=id + SUFFIXES[self.edition],
            kind=kind,
            title=title,
            audience=audience,
            author=owner,
            subject=subject,
            dated=dated,
            edition=self.edition,
            html=self._with_figures(bind_page(html)),
            **layout,
        )

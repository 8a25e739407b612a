"""The headings of a page, each with an address of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from ...programme.vietnamese import slug
from .tree import words_of


@dataclass(frozen=True, kw_only=True)
class PageHeading:
    level: int
    id: str
    title: str


@dataclass
class Outline:
    """Gathers the headings of a page in the order of reading."""

    headings: list[PageHeading] = field(default_factory=list)

    def heading(self, level: int, title: str, shown: str | None = None) -> Markup:
        """Returns a heading that a template sets; `shown` is its HTML where that is more than words."""
        tag, id = f"h{level}", self._entered(level, title)
        return Markup(f'<{tag} id="{id}">{escape(shown or title)}</{tag}>')

    def enter(self, element: Element) -> None:
        """Enters a heading of a text, and gives it an id."""
        element.set("id", self._entered(int(element.tag[1]), words_of(element)))

    def _entered(self, level: int, title: str) -> str:
        id = base = slug(title, "-")
        number = 0
        while any(heading.id == id for heading in self.headings):
            number += 1
            id = f"{base}_{number}"
        self.headings.append(PageHeading(level=level, id=id, title=" ".join(title.split())))
        return id

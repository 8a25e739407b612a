"""A sheet to be printed, and what came out of the press."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Kind = Literal["handout", "handbook", "guide", "leaflet", "poster"]
Edition = Literal["colour", "mono"]
Duplex = Literal["none", "long-edge", "short-edge"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One printed thing as a complete HTML document, with what a reader must know to print it."""

    id: str
    kind: Kind
    title: str
    audience: str
    author: str
    subject: str
    """Whose sheet it is: a lesson as `course/lesson`, a course, or a campaign, by id."""
    dated: date
    """The content's date, which is also the PDF's: a build has no clock."""
    edition: Edition = "colour"
    paper: Literal["A4"] = "A4"
    landscape: bool = False
    duplex: Duplex = "long-edge"
    html: str
    has_contents: bool = False
    """True when the page numbers of `[data-page-of]` elements are filled in by a second pass."""
    panels: bool = False
    """True when each `[data-panel]` element has a fixed size that its text must fit."""


@dataclass(frozen=True, kw_only=True)
class Overflow:
    """A panel whose text does not fit, and by how many lines."""

    sheet: str
    panel: str
    lines: int
    field: str
    """The author's field that fills the panel, as the template's `data-field` names it."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A PDF on disk."""

    sheet: str
    path: Path
    pages: int
    bytes: int
    sha256: str
    is_reused: bool
    overflows: tuple[Overflow, ...] = ()

"""Kinds of documents, as each tells of itself; whatever asks it of every kind loops over `KINDS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ..model.programme import Programme
from ..model.registers import Ages
from ..model.values import DRAFT, NOTHING, NamedDocument, Review, ReviewedDocument
from ..problems import Path, Problem

D = TypeVar("D", bound=NamedDocument)


def own_review(_: Programme, document: Any) -> Review:
    """Returns the review that a document has itself."""
    return document.review if isinstance(document, ReviewedDocument) else DRAFT


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """The words of `taphuan new` on a kind; the new file is `templates/new/<kind>.j2`, whose macro `steps`
    says what its author does next, a line each.
    """

    about: str
    id_words: str
    example: str


@dataclass(frozen=True, kw_only=True)
class DocumentKind(Generic[D]):
    """A kind of document: `name` is that of its schema, its pattern, and the modules that draw it.

    The loader, schemas, editors, checks, the gate of audiences, links, `taphuan status`, approvals, `taphuan
    new`, the site and the downloads ask it here. `pages` in `render/site/<name>.py` draws its pages,
    `sheets` in `render/paper/<name>.py` its sheets, or `mono_sheets` those in black alone, with `_` for `-`.
    """

    name: str
    model: type[D]
    folder: str
    """Where its files lie. One of Markdown has a `body`, and its place there is its id."""
    depth: int = 0
    """How many folders deep they may lie below it."""
    words: str
    """What readers call one, in lower case."""
    position: int
    """Where it stands wherever several kinds are listed."""
    pattern: Pattern | None = None
    checks: tuple[Callable[[Programme], Iterator[Problem]], ...] = ()

    # --- its pages and sheets ---
    address: Callable[[D], str] | None = None
    """The address of its page; without, it has none."""
    index: str = ""
    """The address of the page that lists all; the menu leads there."""
    in_search: bool = True
    """Whether the site's search, and others', may find its page."""
    sheets: Mapping[str, str] = NOTHING
    """What readers call each kind of sheet that it is printed as, by the sheet's `kind`."""
    printed_for: Callable[[Programme, D], Iterable[str]] | None = None
    """The audiences that its sheets are offered to; without, those that it is for."""

    # --- whom it is for ---
    audiences: Callable[[Programme, D], Iterable[str]] = lambda _, __: ()
    ages: Callable[[D], Ages | None] = lambda _: None
    """The youngest who hear it, where it says that itself."""
    is_for_leader: Callable[[Path], bool] = lambda path: path[:1] == ("trainer_notes",)
    """Whether the text there is only for whoever teaches."""
    may_be_watched: Callable[[D], bool] | None = None
    """Whether who reads it may be watched, where it has no audience that says so."""
    is_handed_out: bool = False
    """Whoever holds one may be in distress: every number in it has been tried, in a draft too."""
    placed_in: Callable[[str], Iterable[tuple[int, str]]] | None = None
    """The places in a lesson's body that show one, each with the id there."""

    # --- who approves it ---
    review: Callable[[Programme, D], Review] = own_review
    approved_with: Callable[[Programme, D], tuple[ReviewedDocument, ...]] | None = None
    """What it is approved with, where it has no review of its own."""
    needs_all: bool = False
    """Whether it is a draft as long as one of those is."""
    how_approved: str = ""
    """Tells whoever asks to approve one alone what to approve instead."""

    @property
    def is_reviewed(self) -> bool:
        return issubclass(self.model, ReviewedDocument)

    @property
    def is_markdown(self) -> bool:
        return "body" in self.model.model_fields

    @property
    def heading(self) -> str:
        return self.words[:1].upper() + self.words[1:]

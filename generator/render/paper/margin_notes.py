"""Notes in the outer margin of a handbook: what a paragraph or an item of a list cites stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from ...programme.model import registers
from ...programme.model.registers import Reference
from ..citations import in_print, short_name, short_place
from ..markdown_text import Note
from ..templates import render
from ..typography import NBSP
from .context import LessonOnPaper

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b[^>]*?(?P<alone>/?)>")
_CALL = re.compile(r'<a href="#[a-z0-9-]+-note-(\d+)">')
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
_LISTS = frozenset({"ol", "ul"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})


@dataclass(frozen=True, kw_only=True)
class PlaceBeside:
    """A place of a document by the number of its note; `words` are "" for the document as a whole."""

    number: int
    words: str
    doubt: str


@dataclass(frozen=True, kw_only=True)
class LawBeside:
    """A document with the places that a paragraph cites; `status` is "" where it is law."""

    short: str
    status: str
    places: tuple[PlaceBeside, ...]


@dataclass(frozen=True, kw_only=True)
class _Unit:
    """A paragraph, or what an item of a list holds, by its place in the HTML; a heading begins anew."""

    kind: str
    start: int
    end: int


def with_margin_notes(lesson: LessonOnPaper, documents: Mapping[str, Reference]) -> Markup:
    """Returns the lesson's body with the law beside what cites it, the same place once below a heading."""
    html, numbered = str(lesson.body), {note.number: note for note in lesson.notes}
    parts, end, shown = [], 0, set[int]()
    for unit in _units(html):
        if unit.kind == "heading":
            shown.clear()
            continue
        text = html[unit.start : unit.end]
        numbers = dict.fromkeys(int(number) for number in _CALL.findall(text))
        cited = [numbered[number] for number in numbers if number in numbered and number not in shown]
        shown.update(numbers)
        if cited:
            beside = render(
                "paper/margin-note.html.j2",
                kind=unit.kind,
                text=Markup(text),
                anchor=lesson.anchor,
                laws=tuple(_laws(cited, documents)),
            )
            parts += [html[end : unit.start], beside]
            end = unit.end
    return Markup("".join([*parts, html[end:]]))


def _laws(notes: Iterable[Note], documents: Mapping[str, Reference]) -> Iterator[LawBeside]:
    for id, of_law in groupby(notes, key=lambda note: note.id):
        places = list(of_law)
        in_force = registers.says_in_force(places[0].status)
        yield LawBeside(
            short=short_name(documents[id].short),
            status="" if in_force else places[0].status,
            places=tuple(_place(note, documents[id]) for note in places),
        )


def _place(note: Note, reference: Reference) -> PlaceBeside:
    words = in_print(short_place(reference, note.locator)).replace(" ", NBSP)
    return PlaceBeside(number=note.number, words=words, doubt=note.doubt)


def _units(html: str) -> Iterator[_Unit]:
    """Yields what stands by itself in the column of text, in the order of reading."""
    opened: list[tuple[str, re.Match[str]]] = []
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if tag["alone"] or name in _VOID:
            continue
        if not tag["end"]:
            opened.append((name, tag))
            continue
        _, start = opened.pop()
        if not opened and name == "p":
            yield _Unit(kind="paragraph", start=start.start(), end=tag.end())
        elif not opened and name in _HEADINGS:
            yield _Unit(kind="heading", start=start.start(), end=tag.end())
        elif len(opened) == 1 and name == "li" and opened[0][0] in _LISTS:
            yield _Unit(kind="item", start=start.end(), end=tag.start())

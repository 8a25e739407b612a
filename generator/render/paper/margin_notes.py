"""Notes in the outer margin of a handbook: what a paragraph or an item of a list cites stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from ...programme.model import registers
from ...programme.model.registers import Reference
from ..templates import render
from ..text.citations import in_print, short_name, short_place
from ..text.paper import Note
from ..text.tree import HEADINGS, HTML, hold, made, parts_of, words_of
from ..typography import NBSP
from .context import LessonOnPaper

_LISTS = ("ol", "ul")


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


def set_margin_notes(lesson: LessonOnPaper, documents: Mapping[str, Reference]) -> None:
    """Sets the law beside the paragraph or item that cites it, the same place once below a heading."""
    numbered = {note.number: note for note in lesson.notes}
    shown = set[int]()
    for place, element in enumerate(list(lesson.text)):
        if element.tag in HEADINGS:
            shown.clear()
        for unit in element if element.tag in _LISTS else (element,):
            numbers = _numbers(unit) if unit.tag in ("p", "li") else {}
            cited = [numbered[number] for number in numbers if number not in shown]
            shown.update(numbers)
            if not cited:
                continue
            laws = tuple(_laws(cited, documents))
            beside = made(HTML, [render("paper/margin-note.html.j2", anchor=lesson.anchor, laws=laws)])
            if unit.tag == "li":
                text = made("div", parts_of(unit), class_="text")
                hold(unit, [made("div", [text, beside], class_="noted")])
            else:
                lesson.text[place] = made("div", [unit, beside], class_="noted")


def _numbers(unit: Element) -> dict[int, None]:
    """Returns the numbers of the notes in a paragraph or an item, each once."""
    calls = (call for call in unit.iter("sup") if "note" in call.get("class", "").split())
    return {int(words_of(call)): None for call in calls}


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

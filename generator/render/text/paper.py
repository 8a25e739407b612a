"""An author's text on a sheet: citations as numbers or in words, pictures embedded, links as words."""

from __future__ import annotations

import base64
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ...programme.model import registers
from ...programme.model.pointer import Pointer
from ...programme.model.programme import Programme
from ...programme.vietnamese import written_day
from ..flow_steps import drawn_flow
from ..templates import render
from .citations import cell_words, cited_in_short, doubt_of, in_print, noted_force, place_doubt
from .contact_words import contact_words, printed_contact, telephone_link
from .shown_blocks import ON_PAPER
from .tree import CONTACT, TERM, Parts, made, parts_of
from .writer import CitedGroup, TextWriter, pointer_of

#: Types of images by the ending of a file's name.
IMAGES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    **dict.fromkeys((".jpg", ".jpeg"), "image/jpeg"),
    ".webp": "image/webp",
}


@dataclass(frozen=True, kw_only=True)
class Note:
    """A law cited on paper; `number` is 0 where a table cites it, `status` "" beside a doubt about law."""

    number: int
    id: str
    locator: str
    words: str
    doubt: str
    title: str
    status: str
    checked: str
    """The day up to which the status was checked, where it says "in force"; else ""."""


@dataclass
class Notes:
    """Gathers the notes of a sheet, the same citation once, and what its tables cite in words.

    With `in_words` all of it is cited as tables do, since whoever keeps a single sheet looks up no numbers.
    Links lead to notes whose ids begin with the `anchor`.
    """

    notes: list[Note] = field(default_factory=list)
    tabled: list[Note] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    in_words: bool = False
    #: What somebody carries along says nothing of the law behind it.
    are_left_out: bool = False
    #: Flows on a sheet of one lesson, each of which may move to its next page.
    flows: int = 0
    anchor: str = ""


class PaperText(TextWriter):
    """Writes texts of the file `source` for a sheet, and adds what they cite to its `notes`."""

    replaced = ("a", "img")

    def __init__(self, programme: Programme, notes: Notes, source: str = "") -> None:
        super().__init__(programme)
        self.notes, self.source = notes, source

    # --- citations ------------------------------------------------------------------------------

    def cited(self, group: CitedGroup, before: Parts, after: str) -> str:
        if self.notes.in_words:
            for pointer in group.pointers:
                self.tabled(pointer)
            words = (cited_in_short(self.programme.register, pointer) for pointer in group.pointers)
            before += [_in_brackets(words, before)]
            return after
        if before and isinstance(before[-1], str):
            before[-1] = before[-1].rstrip()
        if self.notes.are_left_out:
            return after
        before += (self._number(pointer, is_next=nth > 0) for nth, pointer in enumerate(group.pointers))
        return after

    def _number(self, pointer: Pointer, *, is_next: bool) -> Element:
        words = said_words(self.programme, pointer)
        if words not in self.notes.numbers:
            self.notes.numbers[words] = len(self.notes.notes) + 1
            self.notes.notes.append(self._note(pointer, words, self.notes.numbers[words]))
        number = self.notes.numbers[words]
        link = made("a", [str(number)], href=f"#{self.notes.anchor}note-{number}")
        return made("sup", [link], class_=f"note{' next' * is_next}")

    def cell(self, pointers: Sequence[Pointer], is_named_above: bool) -> Iterator[str | Element]:
        for nth, pointer in enumerate(pointers):
            self.tabled(pointer)
            words = in_print(cell_words(self.programme.register, pointer, is_named_above))
            doubt = doubt_of(pointer)
            yield f"{', ' * (nth > 0)}{words}{f' ({doubt})' if doubt else ''}"

    def tabled(self, pointer: Pointer) -> None:
        """Adds a place that is cited in words to those that a list of law names."""
        self.notes.tabled.append(self._note(pointer, said_words(self.programme, pointer), 0))

    def _note(self, pointer: Pointer, words: str, number: int) -> Note:
        register = self.programme.register
        reference = register.documents[pointer.id]
        status, doubt = noted_force(reference, pointer, self.programme.charter.as_of)
        return Note(
            number=number,
            id=pointer.id,
            locator=pointer.locator,
            words=f"{words} ({doubt})" if doubt else words,
            doubt=doubt,
            title=reference.title,
            status=status,
            checked=written_day(register.checked_until) if registers.says_in_force(status) else "",
        )

    # --- what else a text names -----------------------------------------------------------------

    def shown(self, element: Element, parent: Element, is_alone: bool) -> Iterator[str | Element]:
        if element.tag == "a":
            self._walk(element)
            yield from parts_of(element)
        elif element.tag == "img":
            element.set("src", self._carried(element.get("src", "")))
            yield element
        elif element.tag == CONTACT:
            id = element.get("id", "")
            _add(self.notes.contacts, [id])
            yield made("strong", [printed_contact(self.programme.contacts.contacts[id])])
        else:
            if element.tag == TERM:
                _add(self.notes.terms, [element.get("id", "")])
            yield said_words(self.programme, pointer_of(element))

    def drawn(self, flow: str) -> str:
        named = self.programme.flows[flow]
        texts = PaperText(self.programme, self.notes, named.source)
        drawing = drawn_flow(self.programme, named, texts.inline)
        _add(self.notes.contacts, named.all_calls)
        self.notes.flows += self.notes.in_words
        place = f"cho-so-do-{self.notes.flows}" if self.notes.in_words else ""
        return render("flow.html.j2", drawn=drawing, job_aid=None, place=place)

    def source_of(self, picture: str) -> str:
        return ON_PAPER + picture

    def _carried(self, target: str) -> str:
        """Returns the image as a data address, since a sheet fetches nothing."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), target))
        kind = IMAGES[posixpath.splitext(file)[1].lower()]
        drawing = self.programme.drawings.get(file)
        raw = drawing.encode() if drawing is not None else (self.programme.root / file).read_bytes()
        return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


class PaperLine(PaperText):
    """Writes texts below which no notes stand: all of a citation is in words."""

    def __init__(self, programme: Programme, source: str = "") -> None:
        super().__init__(programme, Notes(), source)

    def cited(self, group: CitedGroup, before: Parts, after: str) -> str:
        before += [_in_brackets(map(self._words, group.pointers), before)]
        return after

    def cell(self, pointers: Sequence[Pointer], is_named_above: bool) -> Iterator[str | Element]:
        yield _in_brackets(map(self._words, pointers), [])

    def _words(self, pointer: Pointer) -> str:
        reference = self.programme.register.documents[pointer.id]
        doubt = place_doubt(reference, pointer)
        return ", ".join(filter(None, (said_words(self.programme, pointer), doubt)))


def said_words(programme: Programme, pointer: Pointer) -> str:
    """Returns the words that stand for a pointer where nothing can be followed."""
    if pointer.kind == "reference":
        reference = programme.register.documents.get(pointer.id)
        return registers.citation_words(reference, pointer.locator) if reference else pointer.id
    if pointer.kind == CONTACT:
        contact = programme.contacts.contacts[pointer.id]
        # What a page says below of a number, it has no place to say of an address.
        return contact_words(contact) if telephone_link(contact) else printed_contact(contact)
    if pointer.kind == TERM:
        return pointer.words or programme.terms.glossary[pointer.id].term
    return f"{programme.charter.targets[pointer.id].share}%"


def _in_brackets(words: Iterator[str], before: Parts) -> str:
    last = before[-1] if before else ""
    is_close = isinstance(last, str) and last[-1:] not in ("", "(") and not last[-1:].isspace()
    return f"{' ' * is_close}({'; '.join(words)})"


def _add(named: list[str], ids: Iterable[str]) -> None:
    named += (id for id in ids if id not in named)

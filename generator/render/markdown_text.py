"""Authors' Markdown as HTML or as Markdown for a page: pointers as links or notes.

One list of extensions serves the site and print, so a text looks the same in both.
"""

from __future__ import annotations

import base64
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import markdown
from markupsafe import Markup

from ..programme import urls
from ..programme.markdown_repair import repair_markdown
from ..programme.model import registers
from ..programme.model.contact import Contact
from ..programme.model.pointer import CODE, Pointer, expand_pointers
from ..programme.model.programme import Programme
from ..programme.model.values import NOTHING
from ..programme.vietnamese import slug, written_day
from .citations import (
    NumberedCitations,
    SiteCitations,
    cited_in_short,
    noted_force,
    place_doubt,
    printed_cells,
)
from .figure_blocks import ON_PAPER, OPENS, with_pictures
from .flow_steps import FLOW_PARAGRAPH, FLOW_SIGN, drawn_flow, mark_flows, with_flows
from .html_safety import plain_markdown, trusted_html
from .templates import render

EXTENSIONS = (
    *("admonition", "attr_list", "fenced_code", "sane_lists", "tables", "pymdownx.details"),
    "taphuan.render.list_marks:ListMarks",
    "taphuan.render.do_and_avoid:ColumnSigns",
    "taphuan.render.figure_blocks:FigureBlocks",
)
EXTENSION_CONFIGS: Mapping[str, Mapping[str, Any]] = {
    # A style attribute would break `style-src 'self'`.
    "tables": {"use_align_attribute": True},
    "toc": {"slugify": slug, "permalink": False, "toc_depth": "1-3"},
}
PICTURES = "hinh/"
LINK = re.compile(r"(!?\[[^\]\n]*\]\(\s*)([^)\s]+)(\s*(?:\"[^\"\n]*\"\s*)?\))")
#: Around a note's number and a citation in words until the text is HTML, where a bracket could make a link.
NOTE_OPENS, NOTE_CLOSES, WORDS_OPEN, WORDS_CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
NOTE = re.compile(f"{NOTE_OPENS}([0-9]{{1,4}}){NOTE_CLOSES}")
_BETWEEN_WORDS = re.compile(rf"{WORDS_CLOSE}\s*{WORDS_OPEN}")
#: Where nothing parts a citation from the word before it.
_BEFORE_WORDS = re.compile(rf"(?<=[^\s(>])(?={WORDS_OPEN})")
NOTE_OR_TAG = re.compile(rf"<[^>]*>|{NOTE.pattern}")
#: A contact that is all that a cell of a table or an item of a list says.
ALONE_CONTACT = re.compile(
    r"(?P<before>^[ \t]*(?:[-*]|\d+\.)[ \t]+|\|[ \t]*)\[contact:(?P<id>[A-Za-z0-9-]+)\](?=[ \t]*(?:\||$))",
    re.MULTILINE,
)
_SILENCE = r"[ \t]*<!--[ \t]*taphuan:[^<>\n`~]*-->"
#: Takes its line with it where it has one of its own; behind words it leaves the end of their line.
COMMENT = re.compile(rf"(?<=\n){_SILENCE}[ \t]*(?:\n|\Z)|(?<![ \t]){_SILENCE}")
#: A line in which nothing is Markdown or HTML: most texts of a question are, and need no converter.
PLAIN = re.compile(r"[^\W\d_][^\\`*_\[<>&{\x00-\x1f]*(?<!\s)")
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
    """

    notes: list[Note] = field(default_factory=list)
    tabled: list[Note] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    in_words: bool = False


class Prose:
    """Turns texts of one programme into what a page or a sheet shows."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self._markdown = _converter()

    # --- for the site: `page` is the address of the page the text stands on -------------

    def page_markdown(
        self,
        text: str,
        page: str,
        source: str = "",
        job_aids: Mapping[str, str] = NOTHING,
        numbered: NumberedCitations | None = None,
    ) -> str:
        """Returns the text as Markdown that any builder can read, with pointers and links as plain links.

        `job_aids` are addresses of printed flows, by the id of the flow; `numbered` gathers what is cited,
        for a page that lists it.
        """

        def shown(part: str) -> str:
            linked = self._links(COMMENT.sub("", part), page, source)
            return with_pictures(linked, self.programme, address) if OPENS in linked else linked

        def address(picture: str) -> str:
            return urls.relative(f"{PICTURES}pictures/{self.programme.pictures[picture].file}", page)

        def draw(id: str) -> str:
            flow, address = self.programme.flows[id], partial(self._contact_address, page=page)
            inline = partial(self.inline, page=page, source=flow.source, numbered=numbered)
            drawn = drawn_flow(self.programme, flow, inline, address)
            return render("flow.html.j2", drawn=drawn, job_aid=job_aids.get(id))

        linked = _outside_code(self._repaired(text), shown)
        citations = SiteCitations(self.programme.register, page, numbered)

        def pointed(part: str) -> str:
            called = ALONE_CONTACT.sub(self._button, part) if "[contact:" in part else part
            return expand_pointers(citations.written(called), lambda pointer: self._link(pointer, page))

        return with_flows(linked, pointed, draw)

    def html(
        self, text: str | None, page: str, source: str = "", numbered: NumberedCitations | None = None
    ) -> Markup:
        return self._html(self.page_markdown(text, page, source, numbered=numbered)) if text else Markup()

    def inline(
        self, text: str | None, page: str, source: str = "", numbered: NumberedCitations | None = None
    ) -> Markup:
        """Returns the HTML of one paragraph without its `<p>`, links and pictures named from `source`."""
        return _without_paragraph(self.html(text, page, source, numbered))

    # --- for print ----------------------------------------------------------------------

    def print_html(self, text: str | None, notes: Notes, source: str = "") -> Markup:
        """Returns HTML in which a citation is a raised number, and adds what it stands for to `notes`.

        In a cell of a table that says nothing else it is in words, as whoever looks up a table needs them.
        """
        if not text:
            return Markup()
        flows: dict[str, str] = {}

        def shown(part: str) -> str:
            drawn = self._drawn(COMMENT.sub("", part), source)
            return with_pictures(drawn, self.programme, ON_PAPER.__add__) if OPENS in drawn else drawn

        def draw(id: str) -> str:
            flow = self.programme.flows[id]
            inline = partial(self.print_inline, notes=notes, source=flow.source)
            flows[id] = render("flow.html.j2", drawn=drawn_flow(self.programme, flow, inline), job_aid=None)
            notes.contacts += (contact for contact in flow.all_calls if contact not in notes.contacts)
            return f"{FLOW_SIGN}{id}{FLOW_SIGN}"

        plain = _outside_code(self._repaired(text), shown)
        printed = partial(self._printed, notes=notes)
        cite = partial(self.note_in_words, notes=notes)

        def pointed(part: str) -> str:
            return expand_pointers(printed_cells(part, self.programme.register, cite), printed)

        made = self._html(with_flows(plain, pointed, draw), flows)
        return _in_brackets(made) if notes.in_words else made

    def note_in_words(self, pointer: Pointer, notes: Notes) -> None:
        """Adds a place that is cited in words to those that a list of law names."""
        notes.tabled.append(self._note(pointer, self._words(pointer), 0))

    def print_inline(self, text: str | None, notes: Notes, source: str = "") -> Markup:
        return _without_paragraph(self.print_html(text, notes, source))

    def print_line(self, text: str, source: str = "") -> Markup:
        """Returns the HTML of one paragraph of a sheet below which no notes stand: citations are in words."""
        said = expand_pointers(self.programme.in_words(text), self._cited_in_words)
        return _in_brackets(self.print_inline(said, Notes(), source))

    def _cited_in_words(self, pointer: Pointer) -> str:
        if pointer.kind != "reference":
            return pointer.written
        reference = self.programme.register.documents[pointer.id]
        words = ", ".join(filter(None, (self._words(pointer), place_doubt(reference, pointer))))
        return WORDS_OPEN + plain_markdown(words) + WORDS_CLOSE

    def plain(self, text: str) -> str:
        """Returns the words alone, for search, descriptions and captions."""
        words = expand_pointers(COMMENT.sub("", self.programme.in_words(text)), self._words)
        return re.sub(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)", r"\1", words).strip()

    def _repaired(self, text: str) -> str:
        return repair_markdown(mark_flows(self.programme.in_words(text), self.programme.flows))

    # --- pointers -----------------------------------------------------------------------

    def _html(self, text: str, flows: Mapping[str, str] = NOTHING) -> Markup:
        if NOTE_OPENS not in text and PLAIN.fullmatch(text):
            return Markup(f"<p>{text}</p>")
        self._markdown.reset()
        made = self._markdown.convert(text)
        made = FLOW_PARAGRAPH.sub(lambda flow: flows[flow[1]], made) if flows else made
        return trusted_html(NOTE_OR_TAG.sub(_raised_note, made) if NOTE_OPENS in made else made)

    def _words(self, pointer: Pointer) -> str:
        if pointer.kind == "reference":
            reference = self.programme.register.documents.get(pointer.id)
            return registers.citation_words(reference, pointer.locator) if reference else pointer.id
        if pointer.kind == "contact":
            contact = self.programme.contacts.contacts[pointer.id]
            # What a page says below of a number, it has no place to say of an address.
            return contact_words(contact) if telephone_link(contact) else printed_contact(contact)
        if pointer.kind == "term":
            return pointer.words or self.programme.terms.glossary[pointer.id].term
        return f"{self.programme.charter.targets[pointer.id].share}%"

    def _link(self, pointer: Pointer, page: str) -> str:
        words = plain_markdown(self._words(pointer))
        if pointer.kind == "target":
            return words
        if pointer.kind == "contact":
            address = self._contact_address(pointer.id, page)
            return f"[{words}]({address}){{.contact}}" if address else f"**{words}**"
        return f"[{words}]({urls.relative(urls.term(pointer.id), page)}){{.term}}"

    def _button(self, alone: re.Match[str]) -> str:
        """Returns a contact that stands alone in its cell or item as what one taps to call it."""
        contact = self.programme.contacts.contacts[alone["id"]]
        address = telephone_link(contact)
        words = plain_markdown(contact_words(contact))
        return f"{alone['before']}[{words}]({address}){{.contact .call}}" if address else alone[0]

    def _contact_address(self, id: str, page: str) -> str:
        """Returns the link to call, else the place on the help page, else ""."""
        contact = self.programme.contacts.contacts[id]
        on_page = urls.relative(urls.contact(id), page) if contact.is_offered else ""
        return telephone_link(contact) or on_page

    def _printed(self, pointer: Pointer, notes: Notes) -> str:
        words = self._words(pointer)
        if pointer.kind == "contact":
            words = printed_contact(self.programme.contacts.contacts[pointer.id])
            if pointer.id not in notes.contacts:
                notes.contacts.append(pointer.id)
        if pointer.kind == "term" and pointer.id not in notes.terms:
            notes.terms.append(pointer.id)
        if pointer.kind != "reference":
            shown = plain_markdown(words)
            return f"**{shown}**" if pointer.kind == "contact" else shown
        if notes.in_words:
            self.note_in_words(pointer, notes)
            return (
                f"{WORDS_OPEN}{plain_markdown(cited_in_short(self.programme.register, pointer))}{WORDS_CLOSE}"
            )
        if words not in notes.numbers:
            notes.numbers[words] = len(notes.notes) + 1
            notes.notes.append(self._note(pointer, words, notes.numbers[words]))
        return f"{NOTE_OPENS}{notes.numbers[words]}{NOTE_CLOSES}"

    def _note(self, pointer: Pointer, words: str, number: int) -> Note:
        reference = self.programme.register.documents[pointer.id]
        status, doubt = noted_force(reference, pointer, self.programme.charter.as_of)
        until = written_day(self.programme.register.checked_until)
        return Note(
            number=number,
            id=pointer.id,
            locator=pointer.locator,
            words=f"{words} ({doubt})" if doubt else words,
            doubt=doubt,
            title=reference.title,
            status=status,
            checked=until if registers.says_in_force(status) else "",
        )

    # --- links between texts ------------------------------------------------------------

    def _links(self, text: str, page: str, source: str) -> str:
        def link(match: re.Match[str]) -> str:
            return match[1] + self._target(match[2], page, source) + match[3]

        return LINK.sub(link, text) if "](" in text else text

    def _target(self, target: str, page: str, source: str) -> str:
        path, mark, anchor = target.partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target) or not path:
            return target
        if path.startswith("/"):
            return urls.relative(path.lstrip("/") + mark + anchor, page)
        named = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if named.endswith(".md"):
            return urls.relative(page_address(named) + mark + anchor, page)
        return urls.relative(PICTURES + named.removeprefix("content/"), page)

    def _drawn(self, text: str, source: str) -> str:
        """Returns the text with each link as its words, and each picture embedded in the sheet."""

        def drawn(match: re.Match[str]) -> str:
            words = match[1].strip("![]( ")
            return f"![{words}]({self._carried(match[2], source)})" if match[1].startswith("!") else words

        return LINK.sub(drawn, text) if "](" in text else text

    def _carried(self, target: str, source: str) -> str:
        """Returns the image as a data address, since a sheet fetches nothing."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        kind = IMAGES[posixpath.splitext(file)[1].lower()]
        drawing = self.programme.drawings.get(file)
        raw = drawing.encode() if drawing is not None else (self.programme.root / file).read_bytes()
        return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def _converter() -> markdown.Markdown:
    """Returns a Markdown converter that shows a typed HTML tag as its letters."""
    converter = markdown.Markdown(
        extensions=list(EXTENSIONS),
        extension_configs={k: dict(v) for k, v in EXTENSION_CONFIGS.items() if k in EXTENSIONS},
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    return converter


def _in_brackets(made: Markup) -> Markup:
    """Returns HTML with its citations in words in brackets, those together that nothing parts."""
    joined = _BETWEEN_WORDS.sub("; ", _BEFORE_WORDS.sub(" ", str(made)))
    return Markup(joined.translate({ord(WORDS_OPEN): "(", ord(WORDS_CLOSE): ")"}))


def _raised_note(note: re.Match[str]) -> str:
    """Returns a note's number raised above the line; within a tag, as in a picture's words, none."""
    if note[1] is None:
        return NOTE.sub("", note[0])
    return f'<sup class="note"><a href="#note-{note[1]}">{note[1]}</a></sup>'


def page_address(source: str) -> str:
    """Returns the address of a lesson or a page written by hand, by its file."""
    if source.startswith("content/lessons/"):
        return urls.lesson(source.removeprefix("content/lessons/").removesuffix(".md"))
    return urls.page(source)


def contact_words(contact: Contact) -> str:
    """Returns the short name with the number, once and only if it may be published."""
    number = (contact.display or contact.number) if contact.publish else None
    return f"{contact.short} ({number})" if number and number not in contact.short else contact.short


def printed_contact(contact: Contact) -> str:
    """Returns what a sheet names a contact by: with the caution of one that nobody has called."""
    words = contact_words(contact)
    if not contact.caution:
        return words
    return f"{words[:-1]}, {contact.caution})" if words.endswith(")") else f"{words} ({contact.caution})"


def telephone_link(contact: Contact) -> str:
    return f"tel:{contact.number}" if contact.number and contact.publish else ""


def _without_paragraph(html: Markup) -> Markup:
    single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return Markup(html[3:-4]) if single else html


def _outside_code(text: str, change: Any) -> str:
    parts, end = [], 0
    for code in CODE.finditer(text):
        parts += [change(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, change(text[end:])])

"""An author's text on a page: citations as links, contacts to call, pictures and flows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from ...programme import urls
from ...programme.model import registers
from ...programme.model.pointer import Pointer
from ...programme.model.programme import Programme
from ...programme.model.values import NOTHING
from ..flow_steps import drawn_flow
from ..templates import render
from .citations import NumberedCitations, call_anchor, cell_words, doubt_of, law_address, note_anchor
from .contact_words import contact_words, telephone_link
from .outline import Outline
from .tree import CITATION, CONTACT, HEADINGS, TARGET, Parts, made
from .writer import CitedGroup, TextWriter, pointer_of

PICTURES = "hinh/"
_STOP = re.compile(r"[.,;:]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")


class SiteText(TextWriter):
    """Writes texts of the file `source` for the page at the address `page`.

    With `numbered` citations are numbers, which it gathers; else words in brackets. `job_aids` are addresses
    of printed flows, by the id of the flow; headings are entered in the `outline`.
    """

    def __init__(
        self,
        programme: Programme,
        page: str,
        source: str = "",
        numbered: NumberedCitations | None = None,
        job_aids: Mapping[str, str] = NOTHING,
        outline: Outline | None = None,
    ) -> None:
        super().__init__(programme)
        self.page, self.source, self.numbered = page, source, numbered
        self.job_aids, self.outline = job_aids, outline
        self.called: set[str] = set()
        """Ids of the contacts that the texts have buttons to call."""

    # --- citations ------------------------------------------------------------------------------

    def cited(self, group: CitedGroup, before: Parts, after: str) -> str:
        if self.numbered is None:
            last = before[-1] if before else ""
            is_close = isinstance(last, Element) or last[-1:].isalnum() or last[-1:] in (*")]}",)
            before += [" "] if is_close and last != "" else []
            said = last if isinstance(last, str) else ""
            before += self._in_words(group, said)
            return after
        if before and isinstance(before[-1], str) and not before[-1].endswith("\n"):
            before[-1] = before[-1].rstrip(" \t")
        stop = _STOP.match(after)
        before += [stop[0]] if stop else []
        before += (self._number(pointer, is_next=nth > 0) for nth, pointer in enumerate(group.pointers))
        return after[1:] if stop else after

    def _number(self, pointer: Pointer, *, is_next: bool) -> Element:
        assert self.numbered is not None
        number, is_first = self.numbered.number(pointer)
        shown = f"{number} {'cũ' if pointer.is_former else doubt_of(pointer)}".strip()
        words = ", ".join(filter(None, (self._citation(pointer), doubt_of(pointer)))).replace('"', "")
        link = made(
            "a",
            [shown],
            class_=f"citation citation--number{' citation--next' * is_next}{_kind(pointer)}",
            href=f"#{note_anchor(number)}",
        )
        link.set("aria-label", f"Chú thích {shown}: {words}")
        if is_first:
            link.set("id", call_anchor(number))
        return link

    def _in_words(self, group: CitedGroup, before: str) -> Iterator[str | Element]:
        """Yields citations in one pair of brackets, part of the links, or as words of the sentence.

        A document is named once for places of it that follow each other, and not where the words before do.
        """
        opening, closing = ("", "") if group.is_leaned_on else ("(", ")")
        last = len(group.pointers) - 1
        for nth, pointer in enumerate(group.pointers):
            reference = self.programme.register.documents[pointer.id]
            is_named = (
                pointer.id == group.pointers[nth - 1].id if nth else before.rstrip().endswith(reference.short)
            )
            place = registers.locator_words(reference, pointer.locator)
            citation = place if is_named and place else self._citation(pointer)
            words = ", ".join(filter(None, (citation, doubt_of(pointer))))
            if nth:
                yield " "
            yield self._law(pointer, f"{'' if nth else opening}{words}{';' if nth < last else closing}")

    def cell(self, pointers: Sequence[Pointer], is_named_above: bool) -> Iterator[str | Element]:
        for nth, pointer in enumerate(pointers):
            words, doubt = cell_words(self.programme.register, pointer, is_named_above), doubt_of(pointer)
            if nth:
                yield ", "
            yield self._law(pointer, f"{words} ({doubt})" if doubt else words)

    def _law(self, pointer: Pointer, words: str) -> Element:
        address = urls.relative(law_address(self.programme.register, pointer), self.page)
        return made("a", [words], class_=f"citation{_kind(pointer)}", href=address)

    def _citation(self, pointer: Pointer) -> str:
        return registers.citation_words(self.programme.register.documents[pointer.id], pointer.locator)

    # --- what else a text names -----------------------------------------------------------------

    def shown(self, element: Element, parent: Element, is_alone: bool) -> Iterator[str | Element]:
        if element.tag == "img":
            element.set("src", self._target(element.get("src", "")))
            yield element
            return
        pointer = pointer_of(element)
        if element.tag == TARGET:
            yield f"{self.programme.charter.targets[pointer.id].share}%"
        elif element.tag == CONTACT:
            yield self._contact(pointer.id, is_button=is_alone and parent.tag in ("td", "li"))
        elif element.tag != CITATION:
            words = pointer.words or self.programme.terms.glossary[pointer.id].term
            address = urls.relative(urls.term(pointer.id), self.page)
            yield made("a", [words], class_="term", href=address)

    def _contact(self, id: str, *, is_button: bool) -> Element:
        """Returns a contact with its link, a button where it stands alone in its cell or item."""
        contact = self.programme.contacts.contacts[id]
        address, call = self.address_of(id), telephone_link(contact)
        words = contact_words(contact)
        if not address:
            return made("strong", [words])
        if is_button and call:
            self.called.add(id)
        return made("a", [words], class_=f"contact{' call' * bool(is_button and call)}", href=address)

    def address_of(self, contact: str) -> str:
        """Returns the link to call, else the place on the help page, else ""."""
        named = self.programme.contacts.contacts[contact]
        on_page = urls.relative(urls.contact(contact), self.page) if named.is_offered else ""
        return telephone_link(named) or on_page

    def drawn(self, flow: str) -> str:
        named = self.programme.flows[flow]
        texts = SiteText(self.programme, self.page, named.source, self.numbered)
        drawing = drawn_flow(self.programme, named, texts.inline, self.address_of)
        return render("flow.html.j2", drawn=drawing, job_aid=self.job_aids.get(flow), place="")

    def source_of(self, picture: str) -> str:
        return urls.relative(f"{PICTURES}pictures/{self.programme.pictures[picture].file}", self.page)

    def seen(self, element: Element) -> None:
        if element.tag == "a":
            element.set("href", self._target(element.get("href", "")))
        elif element.tag in HEADINGS and self.outline is not None:
            self.outline.enter(element)

    def _target(self, target: str) -> str:
        """Returns where a link of the text leads: from its file to the page or picture that it names."""
        path, mark, anchor = target.partition("#")
        if _SCHEME.match(target) or not path:
            return target
        if path.startswith("/"):
            return urls.relative(path.lstrip("/") + mark + anchor, self.page)
        named = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))
        if named.endswith(".md"):
            return urls.relative(page_address(named) + mark + anchor, self.page)
        return urls.relative(PICTURES + named.removeprefix("content/"), self.page)


def page_address(source: str) -> str:
    """Returns the address of a lesson or a page written by hand, by its file."""
    if source.startswith("content/lessons/"):
        return urls.lesson(source.removeprefix("content/lessons/").removesuffix(".md"))
    return urls.page(source)


def _kind(pointer: Pointer) -> str:
    return (
        " citation--former" if pointer.is_former else " citation--unchecked" if pointer.is_unchecked else ""
    )

"""Walks the tree of a text in the order of reading, as all of its writers do, citations by the group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markupsafe import Markup

from ...programme.model.pointer import Pointer
from ...programme.model.programme import Programme
from .citations import leaned_on, short_name
from .shown_blocks import FLOW, PICTURE, drawing_size
from .tree import (
    CITATION,
    CITES,
    HTML,
    PLAIN,
    POINTERS,
    Parts,
    hold,
    made,
    parse,
    parts_of,
    words_of,
    written,
)

#: What may stand between citations that belong together.
_BETWEEN = re.compile(r"[ \t]*(?:\n[ \t]*)?")
#: Stands for a citation where the words before it are looked at.
_CITED = "\N{OBJECT REPLACEMENT CHARACTER}"
_LEANED_ON = leaned_on(_CITED)


class CitedGroup(NamedTuple):
    """Citations with but space between them; `is_leaned_on` where the sentence needs their words."""

    pointers: tuple[Pointer, ...]
    is_leaned_on: bool


class TextWriter:
    """Turns the tree of one text after the other into the elements of a page or a sheet.

    A kind of writer says what stands for a citation, another pointer, a picture and a flow.
    """

    #: Elements of HTML besides pointers that stand for something else.
    replaced: tuple[str, ...] = ("img",)

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def tree(self, text: str) -> Element:
        root = parse(self.programme.in_words(text))
        self._cells_done: set[Element] = set()
        self._walk(root)
        return root

    def html(self, text: str | None) -> Markup:
        if not text or PLAIN.fullmatch(text):
            return Markup(f"<p>{text}</p>" if text else "")
        return written(self.tree(text))

    def inline(self, text: str | None) -> Markup:
        """Returns the HTML of one paragraph without its `<p>`."""
        if not text or PLAIN.fullmatch(text):
            return Markup(text or "")
        root = self.tree(text)
        is_single = len(root) == 1 and root[0].tag == "p"
        return written(root[0] if is_single else root)

    # --- what a kind of writer says -------------------------------------------------------------

    def cited(self, group: CitedGroup, before: Parts, after: str) -> str:
        """Puts a group behind the parts before it, and returns what is left of the text behind it."""
        raise NotImplementedError

    def cell(self, pointers: Sequence[Pointer], is_named_above: bool) -> Iterator[str | Element]:
        """Yields what stands for citations that are all that a cell says."""
        raise NotImplementedError

    def shown(self, element: Element, parent: Element, is_alone: bool) -> Iterator[str | Element]:
        """Yields what stands for an element; `is_alone` where its parent holds nothing else."""
        raise NotImplementedError

    def drawn(self, flow: str) -> str:
        """Returns the HTML of a flow."""
        raise NotImplementedError

    def source_of(self, picture: str) -> str:
        """Returns the address of a picture of the programme."""
        raise NotImplementedError

    def seen(self, element: Element) -> None:
        """Changes an element that stays, once what it holds is written."""

    # --- the walk -------------------------------------------------------------------------------

    def _walk(self, parent: Element) -> None:
        if parent.tag == "table":
            self._cells(parent)
        if any(self._is_replaced(child) for child in parent):
            hold(parent, self._written(parent, parts_of(parent)))
        else:
            for child in parent:
                if child not in self._cells_done:
                    self._walk(child)
        self.seen(parent)

    def _is_replaced(self, element: Element) -> bool:
        return element.tag in POINTERS or element.tag in (*self.replaced, FLOW, PICTURE)

    def _written(self, parent: Element, parts: Parts) -> Parts:
        done: Parts = []
        leaned_on = _leaned_on(parts)
        at = 0
        while at < len(parts):
            part = parts[at]
            if isinstance(part, str):
                done.append(part)
            elif part.tag == CITATION:
                end = _end_of_group(parts, at)
                pointers = tuple(pointer_of(each) for each in parts[at:end] if isinstance(each, Element))
                group = CitedGroup(pointers, at in leaned_on)
                behind = parts[end] if end < len(parts) else ""
                text = behind if isinstance(behind, str) else ""
                done.append(self.cited(group, done, text))
                at = end - (0 if text else 1)
            elif part.tag == FLOW:
                if part.get("id") in self.programme.flows:
                    done.append(made(HTML, [self.drawn(part.get("id", ""))]))
            elif part.tag == PICTURE:
                done.extend(self._picture(part.get("id", "")))
            elif self._is_replaced(part):
                is_alone = not any(each is not part and _says_something(each) for each in parts)
                done.extend(self.shown(part, parent, is_alone))
            else:
                self._walk(part)
                done.append(part)
            at += 1
        return done

    def _picture(self, id: str) -> Iterator[Element]:
        if picture := self.programme.pictures.get(id):
            width, height = drawing_size(self.programme.drawing(id))
            yield made("img", src=self.source_of(id), alt=picture.alt, width=width, height=height)

    # --- cells of tables ------------------------------------------------------------------------

    def _cells(self, table: Element) -> None:
        """Writes cells that only cite, and names in the head of a column the document that all of it cite."""
        rows = list(table.iter("tr"))
        for cells in zip(*rows, strict=False):
            head, *others = cells
            citing = [(cell, pointers) for cell in others if (pointers := _only_cites(cell))]
            documents = sorted({pointer.id for _, pointers in citing for pointer in pointers})
            is_one = len(documents) == 1
            if is_one:
                name = short_name(self.programme.register.documents[documents[0]].short)
                hold(head, [f", {name}"])
            for cell, pointers in citing:
                parts_of(cell)
                hold(cell, self.cell(pointers, is_one))
                cell.set(CITES, " ".join(f"{pointer.id}:{pointer.locator}" for pointer in pointers))
                self._cells_done.add(cell)


def _leaned_on(parts: Parts) -> set[int]:
    """Returns the places of citations behind words that say nothing without them."""
    words, places = "", {}
    for at, part in enumerate(parts):
        if isinstance(part, str):
            words += part
        elif part.tag == CITATION and not part.get("words"):
            places[len(words)] = at
            words += _CITED
        else:
            words += words_of(part)
    spans = [match.span() for match in _LEANED_ON.finditer(words)] if places else []
    return {at for place, at in places.items() if any(start < place < end for start, end in spans)}


def _end_of_group(parts: Parts, start: int) -> int:
    """Returns the place behind the last citation of a group."""
    end = start + 1
    while end < len(parts):
        between = parts[end]
        is_space = isinstance(between, str) and _BETWEEN.fullmatch(between) is not None
        following = parts[end + is_space] if end + is_space < len(parts) else ""
        if not (isinstance(following, Element) and following.tag == CITATION) or (
            isinstance(between, str) and not is_space
        ):
            break
        end += 1 + is_space
    return end


def _only_cites(cell: Element) -> tuple[Pointer, ...]:
    """Returns the citations of a cell that has nothing else, else none."""
    said = (cell.text or "") + "".join(child.tail or "" for child in cell)
    is_alone = len(cell) and not said.strip() and all(child.tag == CITATION for child in cell)
    return tuple(map(pointer_of, cell)) if is_alone else ()


def _says_something(part: str | Element) -> bool:
    return isinstance(part, Element) or bool(part.strip())


def pointer_of(element: Element) -> Pointer:
    kind = "reference" if element.tag == CITATION else element.tag
    id, locator, words = (element.get(name, "") for name in ("id", "locator", "words"))
    return Pointer(kind=kind, id=id, locator=locator, words=words)

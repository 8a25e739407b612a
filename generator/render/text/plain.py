"""An author's text in plain words, for search, descriptions and captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ...programme.model.pointer import Pointer
from .paper import said_words
from .tree import Parts, words_of
from .writer import CitedGroup, TextWriter, pointer_of


class PlainText(TextWriter):
    """Writes a text without marks; pictures and flows are left out."""

    def words(self, text: str) -> str:
        return words_of(self.tree(text)).strip()

    def cited(self, group: CitedGroup, before: Parts, after: str) -> str:
        before += [" ".join(said_words(self.programme, pointer) for pointer in group.pointers)]
        return after

    def cell(self, pointers: Sequence[Pointer], is_named_above: bool) -> Iterator[str | Element]:
        yield ", ".join(said_words(self.programme, pointer) for pointer in pointers)

    def shown(self, element: Element, parent: Element, is_alone: bool) -> Iterator[str | Element]:
        yield "" if element.tag == "img" else said_words(self.programme, pointer_of(element))

    def drawn(self, flow: str) -> str:
        return ""

    def source_of(self, picture: str) -> str:
        return ""

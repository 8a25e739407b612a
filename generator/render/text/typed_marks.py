"""Signs that authors type before the items of a list and the heads of a table, set apart from their words.

A typed sign stays in the text, so it is read aloud, copied, found and printed, and right without a
stylesheet. A tick says what to do, a cross what not to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ...programme.markdown_repair.text_lines import Sign, counted_kinds, sign_of, with_romans

#: A number that would open a list of its own is typed with a backslash.
ESCAPED_NUMBER = re.compile(r"([0-9]+)\\([.)])(?=\s)")


#: The class of an item or a head, by its sign.
ADVICE = {**dict.fromkeys("✓✔√", "do"), **dict.fromkeys("✗✘", "avoid")}


class TypedMarks(Extension):
    """Adds `_Marks` to a converter, before the text of items and heads is read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Marks(md), "typed_marks", 25)


class _Marks(Treeprocessor):
    """Sets signs apart from the words behind them; a list with signs in some items becomes several."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for bullets in [child for child in parent if child.tag == "ul"]:
                self._part(parent, bullets)
        for head in root.iter("th"):
            sign = sign_of(head.text or "")
            if sign and sign.typed in ADVICE and sign.width < len(head.text or ""):
                _set_apart(head, sign)

    def _part(self, parent: Element, bullets: Element) -> None:
        marked = {id(item): mark for item, mark in _signed_items(bullets)}
        if not marked:
            return
        place = list(parent).index(bullets)
        parent.remove(bullets)
        for is_marked, items in groupby(list(bullets), key=lambda item: id(item) in marked):
            part = Element("ul", {"class": "typed-marks", "role": "list"} if is_marked else {})
            for item in items:
                part.append(item)
                if is_marked:
                    _set_apart(item, marked[id(item)])
            parent.insert(place, part)
            place += 1
        part.tail = bullets.tail


def _signed_items(bullets: Element) -> Iterator[tuple[Element, Sign]]:
    """Yields the items that begin with a sign that a list may have."""
    read = [(item, sign) for item in bullets if (sign := sign_of(_item_text(_words_holder(item))))]
    signs = with_romans(sign for _, sign in read)
    kinds = counted_kinds(signs)
    for (item, _), sign in zip(read, signs, strict=True):
        is_one = sign.kind in kinds or sign.kind.endswith((")", "/"))
        if sign.group == "tick" or (sign.is_ordered and is_one):
            yield item, sign


def _words_holder(item: Element) -> Element:
    """Returns the element with the first words of an item: itself, or its first paragraph."""
    is_paragraph = not (item.text or "").strip() and len(item) and item[0].tag == "p"
    return item[0] if is_paragraph else item


def _item_text(holder: Element) -> str:
    return ESCAPED_NUMBER.sub(r"\1\2", (holder.text or "").lstrip(), count=1)


def _set_apart(item: Element, sign: Sign) -> None:
    if advice := ADVICE.get(sign.typed):
        item.set("class", advice)
    holder = _words_holder(item)
    mark = Element("span", {"class": "typed-mark"})
    mark.text, mark.tail = sign.typed, " " + _item_text(holder)[sign.width :]
    holder.text = None
    holder.insert(0, mark)

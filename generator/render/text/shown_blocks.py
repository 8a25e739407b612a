"""Blocks that show what their ids name: pictures of the programme with their words, and flows.

The words of a figure may begin with a list of as many items as there are pictures: each then stands with its
picture. The same block serves pages and sheets.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ...programme.model.pointer import shown_ids
from ..html_tags import attributes_of, split_tags, tag_name

FIGURE, FLOW, PICTURE = "figure", "flow", "picture"
#: Where a picture lies until the edition of its sheet is known: no file is called that.
ON_PAPER = "hinh-trong-bai/"


@lru_cache
def drawing_size(drawing: str | None) -> tuple[str, str]:
    """Returns width and height of an SVG by its `viewBox`, so that a page does not jump while loading."""
    root = next((tag for tag in split_tags(drawing or "")[1::2] if tag_name(tag) == "svg"), "<svg>")
    box = attributes_of(root).get("viewBox", "").split()
    return (box[2], box[3]) if len(box) == 4 else ("320", "200")


class ShownBlocks(Extension):
    """Adds `_Shown` to a converter, before titles are read as text: these are ids."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Shown(md), "shown_blocks", 26)


class _Shown(Treeprocessor):
    """Makes each box of a figure a figure, and each of a flow an element that names it."""

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for box in list(parent):
                _, kind, *_ = *box.get("class", "").split()[:2], "", ""
                if box.tag == "div" and kind == FIGURE:
                    _make_figure(box)
                elif box.tag == "div" and kind == FLOW:
                    _make_flow(parent, box)


def _ids(box: Element) -> tuple[str, ...]:
    """Takes the title of a box, and returns the ids in it."""
    if not len(box) or box[0].get("class") != "admonition-title":
        return ()
    title = box[0].text or ""
    box.remove(box[0])
    return tuple(id for id, _ in shown_ids(title))


def _make_flow(parent: Element, box: Element) -> None:
    place, ids = list(parent).index(box), _ids(box)
    parent.remove(box)
    flow = [Element(FLOW, {"id": ids[0]})] if len(ids) == 1 else []
    for at, element in enumerate((*flow, *box), place):
        parent.insert(at, element)


def _make_figure(box: Element) -> None:
    """Makes a box a figure: pictures, each with its item where there are as many, then the words."""
    pictures = [Element(PICTURE, {"id": id}) for id in _ids(box)]
    if not pictures:
        return
    words = list(box)
    for child in words:
        box.remove(child)
    box.tag = FIGURE
    classes = box.get("class", "").removeprefix("admonition ")
    parts = list(words[0]) if words and words[0].tag in ("ul", "ol") else []
    if len(pictures) > 1 and len(parts) == len(pictures):
        words = words[1:]
        classes += f" {FIGURE}--parts"
        _set_side_by_side(SubElement(box, "ul", {"class": f"{FIGURE}__parts"}), pictures, parts)
    else:
        box.extend(pictures)
    box.set("class", classes)
    if words:
        SubElement(box, "figcaption").extend(words)


def _set_side_by_side(row: Element, pictures: Iterable[Element], parts: Iterable[Element]) -> None:
    for picture, part in zip(pictures, parts, strict=True):
        item = SubElement(row, "li")
        item.append(picture)
        part.tag, part.tail = "div", None
        item.append(part)

"""Figures of a text: a block names pictures of the programme, and becomes them with their words.

The words may begin with a list of as many items as there are pictures: each then stands with its picture.
The same block serves pages and sheets, and where nobody knows figures it is a box with pictures and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from ..programme.model.pointer import BLOCK_OPENING, ShownId, shown_ids
from ..programme.model.programme import Programme
from .html_safety import plain_markdown

NAME = "figure"
#: How each figure begins in repaired Markdown.
OPENS = f"!!! {NAME}"
#: Where a picture lies until the edition of its sheet is known: no file is called that.
ON_PAPER = "hinh-trong-bai/"
DRAWN_ON_PAPER = re.compile(rf'src="{ON_PAPER}(?P<id>[a-z0-9-]+)"')
_VIEW_BOX = re.compile(r'<svg\b[^<>]* viewBox="[\d.-]+ [\d.-]+ (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"')


def drawing_size(drawing: str | None) -> tuple[str, str]:
    """Returns width and height of an SVG by its `viewBox`, so that a page does not jump while loading."""
    box = _VIEW_BOX.search(drawing or "")
    return (box[1], box[2]) if box else ("320", "200")


def with_pictures(text: str, programme: Programme, address: Callable[[str], str]) -> str:
    """Returns repaired Markdown with each figure's pictures in its block, by the `address` of a picture."""

    def opened(block: re.Match[str]) -> str:
        if block["name"].lower() != NAME:
            return block[0]
        pictures = _pictures(programme, shown_ids(block["rest"]), address)
        readers = f" {block['readers']}" if block["readers"] else ""
        return f'{block["indent"]}{OPENS}{readers} ""\n{block["indent"]}    {pictures}\n'

    return BLOCK_OPENING.sub(opened, text)


def _pictures(programme: Programme, ids: Iterable[ShownId], address: Callable[[str], str]) -> str:
    drawn = []
    for id, _ in ids:
        if picture := programme.pictures.get(id):
            width, height = drawing_size(programme.drawing(id))
            drawn.append(f"![{plain_markdown(picture.alt)}]({address(id)}){{width={width} height={height}}}")
    return " ".join(drawn)


class FigureBlocks(Extension):
    """Adds `_FigureMaker` to a converter, after attributes of pictures are read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_FigureMaker(md), "figures", 5)


class _FigureMaker(Treeprocessor):
    """Makes each box of a figure, as other blocks become, a figure."""

    def run(self, root: Element) -> None:
        for box in list(root.iter("div")):
            is_figure = box.get("class", "").startswith(f"admonition {NAME}")
            if is_figure and len(box) and box[0].find("img") is not None:
                _make_figure(box)


def _make_figure(box: Element) -> None:
    """Makes a box a figure: pictures, each with its item where there are as many, then the words."""
    pictures = list(box[0].iter("img"))
    words = list(box)[1:]
    for child in list(box):
        box.remove(child)
    box.tag = "figure"
    classes = box.get("class", "").removeprefix("admonition ")
    parts = list(words[0]) if words and words[0].tag in ("ul", "ol") else []
    if len(pictures) > 1 and len(parts) == len(pictures):
        words = words[1:]
        classes += f" {NAME}--parts"
        _set_side_by_side(SubElement(box, "ul", {"class": f"{NAME}__parts"}), pictures, parts)
    else:
        for picture in pictures:
            picture.tail = None
            box.append(picture)
    box.set("class", classes)
    if words:
        SubElement(box, "figcaption").extend(words)


def _set_side_by_side(row: Element, pictures: Iterable[Element], parts: Iterable[Element]) -> None:
    for picture, part in zip(pictures, parts, strict=True):
        item = SubElement(row, "li")
        picture.tail = None
        item.append(picture)
        part.tag, part.tail = "div", None
        item.append(part)

"""The XML of a Word document: its paragraphs and rows one by one, and what is to be read in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from .limits import ListTooLarge
from .parts import ArchivePart, walk

#: As Word writes by default, and as “Strict Open XML”.
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
#: Word itself nests some tens of elements.
DEEPEST = 250
#: Deleted text, instructions of fields and properties; text boxes are read on their own.
LEFT_OUT = {"del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "tblPr", "sdtPr", "txbxContent"}
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Holds rows or cells without being either.
AROUND = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}
NO = {"0", "false", "off"}

BlockKind = Literal["table", "row", "end", "paragraph"]


@dataclass(frozen=True, kw_only=True)
class WordCell:
    """A cell of a row: how many columns it spans, and whether it begins or goes on merging downward."""

    text: str
    span: int = 1
    joins: Literal["", "begins", "goes on"] = ""
    is_struck: bool = False


def blocks(part: ArchivePart) -> Iterator[tuple[BlockKind, Element]]:
    """Yields tables, their rows and ends, and the paragraphs outside of them, in order.

    Each is dropped once the next is asked for. Raises TooMuch.
    """
    held = 0
    for event, path in walk(part):
        name = local(path[-1])
        if event == "start" and len(path) > DEEPEST:
            raise ListTooLarge("part-too-big")
        if not held and name == "tbl":
            yield "table" if event == "start" else "end", path[-1]
        elif event == "start":
            held = held or (len(path) if name in {"p", "tr"} else 0)
        elif held == len(path):
            yield "row" if name == "tr" else "paragraph", path[-1]
            held = 0
            for element in path:
                element.clear()
            part.dropped()


def local(element: Element) -> str:
    """The name of one of Word's own elements; nothing of others'."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in SPACES else ""


def row_cells(row: Element) -> tuple[int, list[WordCell]] | None:
    """How many columns a row leaves free at its start, and its cells; None where it was deleted."""
    about = _child(row, "trPr")
    if about is not None and _child(about, "del") is not None:
        return None
    free = _number(about, "gridBefore", 0)
    return free, [_cell(cell) for cell in _children(row, "tc")]


def _cell(cell: Element) -> WordCell:
    about = _child(cell, "tcPr")
    merge = None if about is None else _child(about, "vMerge")
    joins: Literal["", "begins", "goes on"] = ""
    if merge is not None:
        joins = "begins" if _value(merge) == "restart" else "goes on"
    span = max(1, _number(about, "gridSpan", 1))
    return WordCell(text=text(cell), span=span, joins=joins, is_struck=_is_struck(cell))


def _is_struck(cell: Element) -> bool:
    """Whether all that a cell says is struck out."""
    runs = [run for run in cell.iter() if local(run) == "r" and text(run).strip()]
    return bool(runs) and all(_has(run, "rPr", "strike") or _has(run, "rPr", "dstrike") for run in runs)


def _has(element: Element, about: str, name: str) -> bool:
    """Whether something is set among what is said about an element."""
    said = _child(element, about)
    found = None if said is None else _child(said, name)
    return found is not None and _value(found) not in NO


def _number(about: Element | None, name: str, default: int) -> int:
    found = None if about is None else _child(about, name)
    return default if found is None else int(_value(found) or default)


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child) == name), None)


def _children(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if local(child) == name:
            yield child
        elif local(child) in AROUND:
            yield from _children(child, name)


def _value(element: Element) -> str:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == "val"), "")


# --- text -------------------------------------------------------------------------------------


def text(element: Element) -> str:
    """All that is seen in a paragraph or cell, a line for each paragraph and each break."""
    found: list[str] = []
    _visit(element, found.append)
    return "".join(found).strip("\n")


def boxed(paragraph: Element) -> str:
    """The text of the boxes that are anchored to a paragraph."""
    found = list(_boxes(paragraph))
    return "\n".join(filter(None, ("\n".join(map(text, box)).strip("\n") for box in found)))


def _boxes(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) == "txbxContent":
            yield child
        elif not _is_fallback(child):
            yield from _boxes(child)


def _visit(element: Element, say: Callable[[str], object]) -> None:
    name = local(element)
    if name in LEFT_OUT or _is_fallback(element) or _is_unseen(element, name):
        return
    if name == "t":
        say(element.text or "")
    say(SIGNS.get(name, ""))
    for child in element:
        _visit(child, say)
    if name == "p":
        say("\n")


def _is_fallback(element: Element) -> bool:
    """Whether it says once more, for old programs, what stands beside it."""
    return element.tag.endswith("}Fallback")


def _is_unseen(element: Element, name: str) -> bool:
    """Hidden text, and the words of a form that ask for an entry."""
    if name == "sdt":
        return _has(element, "sdtPr", "showingPlcHdr")
    return name == "r" and _has(element, "rPr", "vanish")

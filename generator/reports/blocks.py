"""What a report is made of. Every writer sets the same blocks, so that no two can disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..render.templating import thousands
from ..targets import Share
from .wording import wording

#: A place to be filled in by hand.
BLANK = re.compile(wording("report")["marks"]["pattern"])

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Level 1 has a Roman number, 2 an Arabic one, 3 two of them."""

    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    kind: Literal["body", "note", "closing", "caption"] = "body"


@dataclass(frozen=True, kw_only=True)
class Column:
    """`width` in millimetres."""

    head: str
    width: float
    align: Align = "left"


#: A cell: words, a number, a share, or nothing known.
Cell = str | int | Share | None


@dataclass(frozen=True, kw_only=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    """True when the last row sums up."""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, kw_only=True)
class Appendix:
    """`number` is empty for the only one."""

    number: str
    title: str
    blocks: tuple[Block, ...]


def shown(cell: Cell, blank: str) -> str:
    """A cell as it is read; `blank` stands for what is not known."""
    if cell is None:
        return blank
    if isinstance(cell, Share):
        return cell.text or blank
    return thousands(cell) if isinstance(cell, int) else cell


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a blank."""
    at = 0
    for found in BLANK.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False

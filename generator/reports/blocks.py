"""Blocks of a report (paragraphs, tables, appendices), and words and numbers as it writes them.

The words stand in templates. Every writer sets the same blocks, so that no two can disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from markupsafe import Markup

from ..catalogue import read_catalogue
from ..programme.vietnamese import thousands, written_day
from ..render.templates import environment
from ..targets import Period, Share

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_SLOT = re.compile(r"\{([a-z_]+)\}")


def report_toml(name: str) -> Mapping[str, Any]:
    """Returns a file of `templates/report/`."""
    return read_catalogue("taphuan", f"templates/report/{name}.toml")


def words_for(table: str, key: str, /, **values: object) -> str:
    """Returns words of `words.toml`, filled in."""
    return fill(report_toml("words")[table][key], **values)


def fill(text: str, /, **values: object) -> str:
    """Returns a text with its slots filled; numbers get dots, days their order.

    Raises for a missing value.
    """
    return _SLOT.sub(lambda slot: written_value(values[slot[1]]), text)


def written_value(value: object) -> str:
    if isinstance(value, bool):
        return words_for("values", "yes" if value else "no")
    if isinstance(value, int):
        return thousands(value)
    if isinstance(value, date):
        return written_day(value)
    if isinstance(value, Period):
        half = {None: "year", 1: "first", 2: "second"}[value.half]
        return words_for("periods", half, year=str(value.year))
    return without_controls(str(value))


def without_controls(text: str) -> str:
    """Returns a text without the controls that no document can hold."""
    return _CONTROLS.sub(" ", text)


def lowered(text: str) -> str:
    """Returns a text as the rest of a sentence; words in capitals stay."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def long_day(value: date | None) -> tuple[str, str, str]:
    """Returns day, month and year in the order of words, each dots where it is not known."""
    day, month, year = written_day(value).split("/") if value else ("…", "…", "…")
    return day, month, year


#: A place to be filled in by hand, as a group, so that `split` keeps it.
BLANK = re.compile(f"({report_toml('report')['marks']['pattern']})")
UNKNOWN = str(report_toml("report")["marks"]["cell"])

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading: level 1 has a Roman number, 2 an Arabic one, 3 two of them."""

    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    kind: str = "body"
    """`body`, `note`, `closing` or `caption`: the style that templates set it in."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column; `width` in millimetres."""

    head: str
    width: float
    align: Align = "left"


def columns(specs: Iterable[Sequence[Any]]) -> tuple[Column, ...]:
    """Returns columns from head, width and alignment, which may be left out."""
    return tuple(
        Column(head=head, width=width, align=align[0] if align else "centre") for head, width, *align in specs
    )


#: A cell: words, a number, a share, or None where nothing is known.
Cell = str | int | Share | None


@dataclass(frozen=True, kw_only=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False
    """True when the last row sums up."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing in black and white, as wide as the text; `height` is in parts of its width.

    `absent` is said in its place where it cannot be drawn.
    """

    svg: Markup
    alt: str
    height: float
    absent: str


#: The width of the text, in millimetres.
TEXT_WIDTH = 160.0
Block = Heading | Paragraph | Table | Chart
#: Templates of plain text: whatever a value is, it is written as in a report.
TEXTS = environment().overlay(
    finalize=lambda value: value if isinstance(value, Markup) else written_value(value)
)


def filled_blocks(name: str, tables: Mapping[str, Table], /, **values: object) -> tuple[Block, ...]:
    """Returns the blocks of a template in `templates/report/`: one a line, behind its kind and a bar."""
    text = TEXTS.get_template(f"report/{name}.j2").render(lowered=lowered, **values)
    blocks: list[Block] = []
    for kind, bar, written in (Markup(line).unescape().partition("| ") for line in text.split("\n")):
        if kind == "table":
            blocks.append(tables[written])
        elif kind.startswith("h"):
            blocks.append(Heading(text=written, level=int(kind[1:])))
        elif bar:
            blocks.append(Paragraph(text=written, kind=kind))
    return tuple(blocks)


@dataclass(frozen=True, kw_only=True)
class Appendix:
    """An appendix; `number` is empty for the only one."""

    number: str
    title: str
    blocks: tuple[Block, ...]


def cell_text(cell: Cell) -> str:
    """Returns a cell as it is read; an unknown value is a blank for the office to fill in."""
    text = cell.text or None if isinstance(cell, Share) else cell
    if text is None:
        return UNKNOWN
    return thousands(text) if isinstance(text, int) else text


def appendix_name(appendix: Appendix) -> str:
    """Returns an appendix's name for the text: "Phụ lục II"."""
    words = report_toml("report")["appendix"]
    return fill(words["number"], number=appendix.number) if appendix.number else str(words["only"])

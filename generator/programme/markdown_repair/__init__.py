"""Repairs text as people type and paste it into Markdown, where it can have only one meaning.

A block's name tells how it is drawn, so any signs count before a known name, and all behind it is the title.
Only http and https addresses are joined, which lead where they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ..model.pointer import (
    BETWEEN,
    BLOCK_OPENING,
    BLOCK_SIGNS,
    DOUBLE_QUOTES,
    FENCED,
    MANY,
    NAMED_QUOTES,
    SINGLE_QUOTES,
    pointers_in,
)
from . import tables
from .list_items import read_lists
from .text_lines import Sign, TextLine

#: Curled within a title, so that the two around it can only be its own.
STRAIGHT = re.compile(r"(?P<opens>(?<![^\s(\[])\"(?=\S))|\"")


def repair_blocks(text: str) -> str:
    """Returns the text with every block opened as Markdown knows it, on the same number of lines."""
    if "!" not in text and "?" not in text:
        return text
    return BLOCK_OPENING.sub(_opened, text)


def _opened(line: re.Match[str]) -> str:
    name = line["name"].lower()
    signs = BLOCK_SIGNS[name] + ("+" if name == "discussion" and line["signs"].endswith("+") else "")
    title = f' "{title_of(line["rest"])}"' if line["rest"].strip(BETWEEN) else ""
    readers = f" {line['readers'].lower()}" if line["readers"] else ""
    return f"{line['indent']}{signs} {name}{readers}{title}"


def title_of(rest: str) -> str:
    """Returns the title from what stands behind a block's name, without the quotation marks around it."""
    title = NAMED_QUOTES.sub('"', rest).lstrip(BETWEEN).rstrip()
    for marks in (DOUBLE_QUOTES, SINGLE_QUOTES):
        places = [at for at, sign in enumerate(title) if sign in marks]
        if len(places) == 1 and marks == DOUBLE_QUOTES and places[0] in (0, len(title) - 1):
            title = title.strip(marks).strip()
        if len(places) > 1 and places[0] == 0 and places[-1] == len(title) - 1 and _is_pair(title, places):
            title = title[1:-1].strip()
            break
    return STRAIGHT.sub(lambda mark: "“" if mark["opens"] else "”", title)


def _is_pair(title: str, marks: list[int]) -> bool:
    """Tells whether the first mark is closed by the last one rather than an earlier one: “Có” hay “không”."""
    if title[0] == title[-1] == '"' and title.count('"') == 2:
        return True
    return len(marks) == 2 or marks[1] == 1 or title[marks[1] - 1] in " \t(["


#: Four blanks, a tab, or what a word processor writes instead.
SET_IN = re.compile(r"^[ \u00a0\u2000-\u200a\u202f\u3000]*(?:\t|[ \u00a0\u2000-\u200a\u202f\u3000]{4})", re.M)


def repair_indents(text: str) -> str:
    """Returns the text with each indented paragraph moved to the margin of the text or of its block."""
    if not SET_IN.search(text):
        return text
    lines, _ = read_lists(text)
    return "\n".join(_written_paragraph(line) if line.is_set_in else line.text for line in lines)


def _written_paragraph(line: TextLine) -> str:
    before = "\n" if line.apart and line.is_prose else ""
    return before + " " * line.indent + line.body


_ADDRESS = r"https?://[^\s()\[\]<>]{1,500}"
#: Words that are no pointer (a pointer has an address of its own), and not all blank.
_WORDS = r"(?!@|(?:contact|term|target)[ ]?:)(?=[^\]\n]{0,200}\w)[^\[\]\n]{1,200}"
#: A mark before it would make a picture of the link.
APART = re.compile(rf"(?<![\\!])(?P<words>\[{_WORDS}\])[ \t\u00a0]+(?=\({_ADDRESS}\))", re.IGNORECASE)
TURNED_ROUND = re.compile(rf"(?<![\]!])\((?P<words>[^()\[\]\n]{{1,200}})\)\[(?P<address>{_ADDRESS})\]")


def repair_links(text: str) -> str:
    """Returns the text with each split link as Markdown knows it, on the same number of lines."""
    if "://" not in text:
        return text
    joined = APART.sub(lambda link: link["words"], text)
    return TURNED_ROUND.sub(lambda link: f"[{link['words']}]({link['address']})", joined)


#: Lines in great disorder settle only when they are read again as they were written.
PASSES = 5
NUMBER = re.compile(r"([0-9]+)([.)])\Z")


def repair_lists(text: str) -> str:
    """Returns the text with its lists in Markdown: blank lines before, known signs, four blanks a level.

    Letters, and numbers that do not count on, stand as typed behind a bullet: Markdown has no such list.
    """
    for _ in range(PASSES):
        before, text = text, _repair_lists_once(text)
        if text == before:
            break
    return text


def _repair_lists_once(text: str) -> str:
    if "\n" not in text.strip():
        return text
    lines, _ = read_lists(text)
    return "\n".join(_written_item(line) for line in lines if not line.gone)


def _written_item(line: TextLine) -> str:
    before = "\n" if line.apart else ""
    if line.sign is None or line.depth is None:
        return before + (line.text if line.moved is None else " " * line.moved + line.body)
    assert line.moved is not None
    indent = " " * line.moved
    if line.sign.is_plain and not line.typed:
        return before + indent + line.body
    return f"{before}{indent}{_sign(line.sign, line.typed)} {line.words}"


def _sign(sign: Sign, is_typed: bool) -> str:
    if sign.group == "number" and not is_typed:
        return f"{sign.value}."
    if sign.group in ("bullet", "picture"):
        return sign.typed
    return "- " + NUMBER.sub(r"\1\\\2", sign.typed)


def repair_pointers(text: str) -> str:
    """Returns the text with each bracket or mark before a pointer escaped, so that the pointer is a link."""
    if "![" not in text:
        return text
    parts, end = [], 0
    for pointer in pointers_in(text):
        before = pointer.start - 1
        if pointer.start and text[before] == "!" and text[max(before - 1, 0) : before] != "\\":
            parts += [text[end:before], "\\"]
            end = before
    return "".join([*parts, text[end:]])


#: Each takes text without fenced code. A step that adds no line comes before those that do.
STEPS: tuple[Callable[[str], str], ...] = (
    repair_blocks,
    repair_pointers,
    repair_links,
    tables.repair_emphasis,
    tables.repair_tables,
    repair_indents,
    repair_lists,
)


@lru_cache(maxsize=MANY)
def repair_markdown(text: str) -> str:
    """Returns the Markdown that the author meant; lines may be added, words are not."""
    parts, end = [], 0
    for code in FENCED.finditer(text):
        parts += [_repair_text(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _repair_text(text[end:])])


def _repair_text(text: str) -> str:
    for step in STEPS:
        text = step(text)
    return text

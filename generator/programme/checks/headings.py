"""Headings of a body: none of the first level, no level skipped, none without words or by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Problem
from .passages import Passage

HEADING = re.compile(r"^[ \t]*(?P<line>(?P<signs>#{1,6})(?!#)(?P<rest>[^\n]*))$", re.MULTILINE)
TITLE = re.compile(r"^(?P<words>[^\n]+)\n(?P<line>=+)[ \t]*$", re.MULTILINE)
#: A line of `-` right below a paragraph's first line, of which Markdown makes a heading.
UNDERLINED = re.compile(
    r"(?:\A|(?<=\n)[ \t]*\n)[ \t]*(?P<words>[^\s|#>-][^\n|]*)\n[ \t]*(?P<line>-+)[ \t]*$", re.MULTILINE
)


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase, wanted in _found(passage.text) if passage.is_body else ():
            values = {"found": phrase, "wanted": wanted}
            yield Problem(code=code, place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=MANY)
def _found(text: str) -> tuple[tuple[str, int, str, str], ...]:
    """Returns (code, offset, phrase, the line to write)."""
    bare = without_code(text)
    return tuple((*_levels(bare), *_underlined(bare)))


def _levels(text: str) -> Iterator[tuple[str, int, str, str]]:
    last = 1
    for heading in HEADING.finditer(text):
        level, start = len(heading["signs"]), heading.start("signs")
        line, words = heading["line"].strip(), heading["rest"].strip().rstrip("#").rstrip()
        if level == 1:
            yield "title-in-body", start, line, f"## {words}"
        elif not words:
            yield "empty-heading", start, line, ""
        elif level > last + 1:
            yield "skipped-level", start, line, f"{'#' * (last + 1)} {words}"
        last = level


def _underlined(text: str) -> Iterator[tuple[str, int, str, str]]:
    for title in TITLE.finditer(text):
        yield "title-in-body", title.start("words"), title["words"].strip(), f"## {title['words'].strip()}"
    for heading in UNDERLINED.finditer(text):
        words = heading["words"].strip()
        yield "underlined-heading", heading.start("words"), words, f"## {words}"

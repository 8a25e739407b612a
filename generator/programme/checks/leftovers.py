"""What pasting leaves in a text: places of lost pictures and letters, fields of Word, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Problem
from .passages import Passage

LOST_PICTURE = re.compile("\ufffc")
LOST_LETTER = re.compile(r"\w{0,12}\ufffd[\w\ufffd]{0,12}")
WORD_FIELD = re.compile(
    r"Error! (?:Reference source|Bookmark|Hyperlink)[^.\n]{0,40}\.?"
    r"|Lỗi! (?:Không tìm thấy|Thẻ đánh dấu)[^.\n]{0,60}\.?"
)
STRUCK_OUT = re.compile(r"(?<![\w~\\])(?P<signs>~{1,2})(?=[^\s~])[^~\n]{0,80}[^\s~](?P=signs)(?![\w~])")
#: A dash with a digit right behind it, as a page number has.
DASH = re.compile(r"[-–—][ \t]?[0-9]")
PAGE_NUMBER = re.compile(
    r"(?<![^\n])[ \t]{0,40}(?P<found>[-–—][ \t]?[0-9]{1,3}[ \t]?[-–—])[ \t]*$", re.MULTILINE
)
FRONT_MATTER = re.compile(r"^---[ \t]*(?=\n(?:title|summary|minutes):)", re.MULTILINE)

FOOTNOTE = re.compile(r"\[\^[^\[\]\n]{1,20}\]")
#: Chat programs put a whole lesson between such lines; it would be shown, and checked, as code is.
FENCED_TEXT = re.compile(r"^(?:`{3,}|~{3,})[ \t]*(?:markdown|md|plaintext|text|txt)[ \t]*$", re.M | re.I)


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase in _found(passage.text, passage.is_markdown):
            yield Problem(code=code, place=passage.at(start, phrase), values={"found": phrase})


@lru_cache(maxsize=MANY)
def _found(text: str, is_markdown: bool) -> tuple[tuple[str, int, str], ...]:
    """Returns (code, offset, phrase)."""
    return tuple((*_left(text, is_markdown), *(_fences(text) if is_markdown else ())))


def _left(text: str, is_markdown: bool) -> Iterator[tuple[str, int, str]]:
    bare = without_code(text) if is_markdown else text
    for code, pattern in _patterns(bare, is_markdown):
        for found in pattern.finditer(bare):
            yield code, found.start("found" if "found" in pattern.groupindex else 0), found[0].strip()


def _fences(text: str) -> Iterator[tuple[str, int, str]]:
    for fence in FENCED_TEXT.finditer(text):
        yield "fenced-text", fence.start(), fence[0].strip()


def _patterns(text: str, is_markdown: bool) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yields those whose first sign the text has."""
    if "\ufffc" in text:
        yield "lost-picture", LOST_PICTURE
    if "\ufffd" in text:
        yield "lost-letter", LOST_LETTER
    if "! " in text:
        yield "word-field", WORD_FIELD
    if not is_markdown:
        return
    if "~" in text:
        yield "struck-out", STRUCK_OUT
    if DASH.search(text):
        yield "page-number", PAGE_NUMBER
    if "---" in text:
        yield "front-matter-in-body", FRONT_MATTER
    if "[^" in text:
        yield "footnote-mark", FOOTNOTE

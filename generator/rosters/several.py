"""Several people in a cell: on lines of their own, numbered, or joined by a sign or a word."""

from __future__ import annotations

import re
from collections.abc import Callable

from .spelling import plain, words
from .vocabulary import vocabulary

#: 1. Lò Văn An 2. Vàng Thị Mẩy
NUMBER = re.compile(r"(?:^|\s)\(?\d{1,2}\s*[.)]\s*(?=[^\W\d])")
BULLET = re.compile(r"^\s*[-–•+*]\s*")
IN_BRACKETS = re.compile(r"([^()]+)\(([^()]+)\)")
#: What a cell of several people has in it.
BETWEEN = re.compile(r"[\d;,\n\r]|\bvà\b")
AND = re.compile(r"\s+và\s+")
#: A line of a name that is broken into two has fewer words.
WHOLE_NAME, SHORTEST_NAME = 3, 2
MOST_PEOPLE = 20


def people(text: str, posts: str = "") -> list[str]:
    """The names in a cell where they are plainly several, else the one text as it is."""
    if not BETWEEN.search(text):
        return [text]
    by_commas = [_by_commas] if len(_by_commas(text)) == len(_by_commas(posts)) else []
    for way in (_numbered, _by_signs, _by_and, *by_commas):
        found = way(text)
        if 1 < len(found) <= MOST_PEOPLE and all(map(_is_name, found)):
            return found
    found = _by_lines(text)
    are_whole = all(len(words(each)) >= WHOLE_NAME for each in found)
    has_bullets = all(BULLET.match(line) for line in text.splitlines() if line.strip())
    is_plain = are_whole or has_bullets or len(_by_lines(posts)) == len(found)
    if 1 < len(found) <= MOST_PEOPLE and all(map(_is_name, found)) and is_plain:
        return found
    return [text]


def parts(text: str, count: int) -> list[str] | None:
    """Returns what a cell says of each of so many people: as many parts, or one said of all; else None."""
    for way in (_numbered, _by_lines, _by_signs, _by_commas):
        if len(found := way(text)) == count:
            return found
    return [text] * count if len(_by_lines(text)) < 2 else None


def with_post(text: str, post: str) -> tuple[str, str]:
    """A name and a post, which may stand in brackets after it: Lò Văn An (Phó Chủ tịch)."""
    found = IN_BRACKETS.fullmatch(text)
    if found is None or post.strip() or words(found[2]) in vocabulary().asides or re.search(r"\d", found[2]):
        return text, post
    return found[1].strip(), found[2].strip()


def _numbered(text: str) -> list[str]:
    pieces = [plain(piece).strip(" ,;") for piece in NUMBER.split(text)]
    found = [piece for piece in pieces if piece]
    return found if len(NUMBER.findall(text)) == len(found) else []


def _by_signs(text: str) -> list[str]:
    return _split(text, lambda whole: whole.split(";"))


def _by_commas(text: str) -> list[str]:
    return _split(text, lambda whole: whole.split(","))


def _by_and(text: str) -> list[str]:
    return _split(text, AND.split)


def _by_lines(text: str) -> list[str]:
    return _split(text, lambda whole: [BULLET.sub("", line) for line in whole.splitlines()])


def _split(text: str, way: Callable[[str], list[str]]) -> list[str]:
    return [piece for each in way(text) if (piece := plain(each).strip(" ,;"))]


def _is_name(text: str) -> bool:
    bare = text.partition("(")[0]
    return len(words(bare)) >= SHORTEST_NAME and not any(letter.isdigit() for letter in bare)

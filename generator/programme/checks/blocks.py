"""Blocks: each has a name that pages draw, a title where one shows, and words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Problem
from ..tidying.blocks import OPENING, SIGNS
from ..vietnamese import slug
from .near import near
from .passages import Passage

#: A line that opens a block under whatever name; a sentence may begin with one such sign, never with two.
NAMED = re.compile(
    r"^[ \t]*(?P<line>(?:!{2,6}|\?{2,6})\+?[ \t]*(?:(?P<words>[^\W\d_][^\"“”„«\n]*)|[\"“”„«][^\n]+))",
    re.MULTILINE,
)
#: What authors call the blocks, and what other books of Markdown call theirs, as slugs.
OTHER_NAMES = {
    **dict.fromkeys(("tinh-huong", "vi-du", "example"), "case"),
    **dict.fromkeys(("thao-luan", "goi-y", "goi-y-thao-luan", "cau-hoi", "question"), "discussion"),
    **dict.fromkeys(("luat", "phap-luat", "can-cu", "quy-dinh"), "law"),
    **dict.fromkeys(("ghi-nho", "can-nho", "luu-y", "chu-y", "note", "tip", "important"), "key"),
    **dict.fromkeys(("thu-hai", "viec-can-lam", "viec-lam"), "monday"),
}
MOST_WORDS = 3
#: What stands between a block's first line and the next line with words.
UNTIL_WORDS = re.compile(r"\n(?:[ \t]*\n)*(?P<inner>[ \t]*)(?=\S|\Z)|\Z")
INDENT = 4


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for code, start, phrase, meant in _found(passage.text) if passage.is_markdown else ():
            place = passage.at(start, phrase)
            yield Problem(code=code, place=place, values={"found": phrase, "wanted": meant}, suggestion=meant)


@lru_cache(maxsize=MANY)
def _found(text: str) -> tuple[tuple[str, int, str, str], ...]:
    """Returns (code, offset, phrase, what may be meant)."""
    if "!" not in text and "?" not in text:
        return ()
    bare = without_code(text)
    return tuple((*_names(bare), *_known(bare)))


def _names(text: str) -> Iterator[tuple[str, int, str, str]]:
    """Under a name that no page draws it would be a bare box."""
    for named in NAMED.finditer(text):
        if not named["words"]:
            yield "block-without-name", named.start("line"), named["line"], ""
        elif not OPENING.match(text, named.start()):
            yield "unknown-block", named.start("words"), *_meant(named["words"].split())


def _meant(words: list[str]) -> tuple[str, str]:
    """Returns the name as it is written, which may be several words, and the block that it may mean."""
    for count in range(MOST_WORDS, 0, -1):
        written = " ".join(words[:count])
        if meant := OTHER_NAMES.get(slug(written)):
            return written, meant
    return words[0], near(words[0].lower(), SIGNS)


def _known(text: str) -> Iterator[tuple[str, int, str, str]]:
    """A title is missed where Markdown would show the English name, and is lost where none is drawn."""
    for opened in OPENING.finditer(text):
        name, line = opened["name"].lower(), opened["line"].strip()
        if not opened["rest"].strip() and name != "key":
            yield "block-without-title", opened.start("line"), line, f'{SIGNS[name]} {name} "Tên khung"'
        if opened["rest"].strip() and name == "key":
            yield "title-not-shown", opened.start("line"), line, ""
        elif _is_empty(text, opened):
            yield "empty-block", opened.start("line"), line, ""


def _is_empty(text: str, opened: re.Match[str]) -> bool:
    """Whether the next words are not set in, and so stand outside."""
    found = UNTIL_WORDS.match(text, opened.end())
    inner = (found["inner"] or "") if found else ""
    return len(inner.expandtabs(INDENT)) < len(opened["indent"].expandtabs(INDENT)) + INDENT

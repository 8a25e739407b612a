"""Checks of figures: each shows pictures of the programme, has words, and an item for each of several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..markdown_repair import repair_markdown
from ..model.pointer import BLOCK_OPENING, MANY, shown_ids, visible
from ..model.programme import Programme
from ..problems import Problem, unknown_name
from .passages import Passage

NAME = "figure"
#: An item at the margin of what stands in a block, as repaired Markdown has it.
ITEM = re.compile(r"(?:[-*+]|[0-9]+\.) ")
INDENT = 4


def check_figures(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if passage.is_markdown and NAME in passage.text.lower():
            yield from _figures(programme, passage)


def _figures(programme: Programme, passage: Passage) -> Iterator[Problem]:
    bare = visible(passage.text)
    opened = [block for block in BLOCK_OPENING.finditer(bare) if block["name"].lower() == NAME]
    for block, (words, items) in zip(opened, _contents(passage.text), strict=False):
        ids, line = shown_ids(block["rest"]), block["line"].strip()
        here = passage.at(block.start("line"), line)
        for id, start in ids:
            if id not in programme.pictures:
                place = passage.at(block.start("rest") + start, id)
                yield unknown_name("picture", place, id, programme.pictures)
        if not ids:
            yield Problem(code="figure-without-picture", place=here, values={"found": line})
        elif not words:
            yield Problem(code="figure-without-words", place=here, values={"found": line})
        elif len(ids) > 1 and items != len(ids):
            values = {"found": line, "count": str(len(ids)), "items": str(items)}
            yield Problem(code="figure-parts", place=here, values=values)


@lru_cache(maxsize=MANY)
def _contents(text: str) -> tuple[tuple[bool, int], ...]:
    """Returns for each figure whether it has words, and how many items its first list has."""
    repaired = visible(repair_markdown(text))
    blocks = [block for block in BLOCK_OPENING.finditer(repaired) if block["name"].lower() == NAME]
    return tuple(_content(repaired, block) for block in blocks)


def _content(text: str, block: re.Match[str]) -> tuple[bool, int]:
    inner = len(block["indent"].expandtabs(INDENT)) + INDENT
    has_words, items = False, 0
    for line in text[block.end() :].splitlines():
        words = line.strip()
        indent = len(line.expandtabs(INDENT)) - len(line.expandtabs(INDENT).lstrip())
        if words and indent < inner:
            break
        has_words = has_words or bool(words)
        if words and indent == inner:
            if not ITEM.match(words):
                break
            items += 1
    return has_words, items

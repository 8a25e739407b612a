"""Text as people type it and paste it, tidied into Markdown that every converter reads alike.

Only what can have one meaning is tidied; what can have two is a finding of `checks`. Code is left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from ..model.pointer import FENCED, MANY
from . import blocks, emphasis, indents, links, lists, pointers, tables

#: Each takes text without fenced code. A step that adds no line stands before those that do.
STEPS: tuple[Callable[[str], str], ...] = (
    blocks.tidied,
    pointers.tidied,
    links.tidied,
    emphasis.tidied,
    tables.tidied,
    indents.tidied,
    lists.tidied,
)


@lru_cache(maxsize=MANY)
def tidied(text: str) -> str:
    """Returns the Markdown that the author meant; lines may be added, words are not."""
    parts, end = [], 0
    for code in FENCED.finditer(text):
        parts += [_tidied(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _tidied(text[end:])])


def _tidied(text: str) -> str:
    for step in STEPS:
        text = step(text)
    return text


__all__ = ["tidied"]

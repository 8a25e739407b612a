"""Lists that may be meant in two ways; those with one meaning are tidied without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ..model.pointer import FENCED, MANY
from ..model.programme import Programme
from ..problems import Problem
from ..tidying.items import Unclear
from ..tidying.listing import listed
from .passages import Passage

#: Read line by line, each an item of its own.
BY_LINE = "trainer_notes"
WORDS_SHOWN = 5
LONGEST_SHOWN = 60


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        if passage.is_markdown and "\n" in passage.text and passage.path[-1:] != (BY_LINE,):
            for code, start, phrase, values in _unclear(passage.text):
                yield Problem(code=code, place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=MANY)
def _unclear(text: str) -> tuple[tuple[str, int, str, Mapping[str, str]], ...]:
    bare = FENCED.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
    return tuple(_shown(one) for one in listed(bare)[1])


def _shown(one: Unclear) -> tuple[str, int, str, Mapping[str, str]]:
    """Returns code, offset, phrase and the values of the sentence."""
    body = one.line.body
    first = body.split()[:WORDS_SHOWN]
    values = {
        "start": " ".join(first).rstrip(".:;,"),
        "line": _to_write(one),
        "before": one.before,
        "mark": one.sign.typed if one.sign else "",
    }
    return one.code, one.line.start + len(one.line.text) - len(body), body.rstrip(), values


def _to_write(one: Unclear) -> str:
    """Returns the line as it is to be typed where it is an item."""
    if one.sign is None:
        return ""
    words = one.line.body[one.sign.width :].rstrip()
    shown = words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN].rsplit(" ", 1)[0] + "…"
    if one.sign.group == "number":
        return f"{one.sign.value}. {shown}"
    return f"- {one.sign.typed} {shown}" if one.sign.group == "mark" else f"- {shown}"

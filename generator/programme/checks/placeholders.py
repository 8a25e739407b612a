"""Texts of a pattern that nobody has written yet: `taphuan new` puts each between ‹ and ›."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..model.pointer import MANY, without_code
from ..model.programme import Programme
from ..problems import Problem
from .passages import Passage, passages

#: A whole placeholder, or what is left where somebody wrote over a part of it. Behind á» it is a byte of
#: UTF-8 that was misread.
PLACEHOLDER = re.compile(r"(?<!á»)(?:‹(?P<what>[^‹›\n]*)›?|›)")


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for passage in passages:
        for start, found, what in _placeholders(passage.text, passage.is_markdown):
            place = passage.at(start, found)
            yield Problem(code="text-to-write", place=place, values={"found": found}, suggestion=what)


def unwritten(programme: Programme) -> Iterator[Problem]:
    """Yields one problem for each file that still holds a pattern's words: it may not go public so."""
    first: dict[str, Problem] = {}
    counts: dict[str, int] = {}
    for problem in check(programme, passages(programme)):
        first.setdefault(problem.place.file, problem)
        counts[problem.place.file] = counts.get(problem.place.file, 0) + 1
    for file, problem in first.items():
        yield Problem(code="unfinished-text", place=problem.place, values={"count": str(counts[file])})


@lru_cache(maxsize=MANY)
def _placeholders(text: str, is_markdown: bool) -> tuple[tuple[int, str, str], ...]:
    """Returns (offset, as it is written, what to write there); code may speak of the two signs."""
    if "‹" not in text and "›" not in text:
        return ()
    bare = without_code(text) if is_markdown else text
    return tuple(
        (found.start(), found[0], _in_a_sentence(found["what"] or "")) for found in PLACEHOLDER.finditer(bare)
    )


def _in_a_sentence(what: str) -> str:
    what = what.strip()
    return what[:1].lower() + what[1:]

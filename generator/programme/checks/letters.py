"""Letters: text that was typed with an old font, or read in a wrong encoding, before it was pasted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..misread import misread
from ..model.programme import Programme
from ..problems import Problem
from .passages import Passage


def check(_: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Finds the first place in each paragraph; whoever mends that one mends the paragraph."""
    for passage in passages:
        for found in misread(passage.text):
            code = "old-font" if found.font else "wrong-encoding"
            place = passage.at(found.start, found.written)
            yield Problem(code=code, place=place, values={"reads": found.reads, "font": found.font})

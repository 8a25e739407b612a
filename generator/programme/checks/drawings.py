"""Drawings go into the page as they are, so they hold lines and shapes and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model.pointer import MANY
from ..model.programme import Programme
from ..problems import Place, Problem

#: What runs, fetches or leads away; `href="#…"` only points inside the drawing.
HARMFUL = re.compile(
    r"<\s*(?:script|style|foreignObject|iframe|image|!ENTITY|!DOCTYPE|\?xml-stylesheet)"
    r"|\son\w+\s*=|(?:java|vb)script:|\bhref\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|\sstyle\s*=",
    re.IGNORECASE,
)


def check(programme: Programme) -> Iterator[Problem]:
    for id, drawing in programme.drawings.items():
        if found := _harmful(drawing):
            line = drawing.count("\n", 0, found.start()) + 1
            column = found.start() - drawing.rfind("\n", 0, found.start())
            phrase = found[0].strip()
            place = Place(
                file=f"content/pictures/{programme.pictures[id].file}",
                line=line,
                column=column,
                phrase=phrase,
            )
            yield Problem(code="unsafe-drawing", place=place, values={"found": phrase})


@lru_cache(maxsize=MANY)
def _harmful(drawing: str) -> re.Match[str] | None:
    return HARMFUL.search(drawing)

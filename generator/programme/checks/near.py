"""Names that are not there, and the ones an author may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache

from ..problems import Place, Problem


def near(name: str, known: Iterable[str]) -> str:
    """The known name closest to `name`, or nothing."""
    return _near(name, tuple(known))


@lru_cache(maxsize=1_000)
def _near(name: str, known: tuple[str, ...]) -> str:
    return "".join(difflib.get_close_matches(name, known, n=1, cutoff=0.6))


def unknown(kind: str, place: Place, id: str, known: Iterable[str], *, about: str = "") -> Problem:
    """`unknown-<kind>`: an echo where a file of `about` (else of `kind`) could not be read."""
    known = tuple(known)
    return Problem(
        code=f"unknown-{kind}",
        place=place,
        values={"id": id},
        suggestion=near(id, known) or near(id.lower(), known),
        about=about or kind,
    )

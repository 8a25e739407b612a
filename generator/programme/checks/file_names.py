"""Names that Windows keeps for itself: a file or a page's folder of that name cannot be copied there.

One of them, “con”, is a Vietnamese word that suits a lesson for parents.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ..model.campaign import Campaign
from ..model.course import Course
from ..model.programme import Programme
from ..problems import Place, Problem
from .passages import place_of

RESERVED = frozenset(
    {"con", "nul", "prn", "aux", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)


def check(programme: Programme) -> Iterator[Problem]:
    courses = {course.source: course for course in programme.courses.values()}
    banks = {bank.source for bank in programme.banks.values()}
    for file in sorted({*programme.files, *courses, *banks}):
        if name := _reserved(file):
            yield Problem(code="windows-name", place=Place(file=file), values={"name": name})
    documents: list[Course | Campaign] = [*courses.values(), *programme.campaigns.values()]
    for document in documents:
        # A page's folder is called after the id; where the file is too, it was told above.
        if document.id in RESERVED and not _reserved(document.source):
            place = place_of(document, "id")
            yield Problem(code="windows-name", place=place, values={"name": document.id})


def _reserved(file: str) -> str:
    """Returns the part of a path that Windows keeps, whatever its ending; nothing where there is none."""
    names = (part.split(".")[0] for part in PurePosixPath(file).parts)
    return next((name for name in names if name.lower() in RESERVED), "")

"""Ways from the site to the service, put in where this service shows a page: to sign in, and to a test.

On a static host there is nowhere to go. A page holds an empty place for each way, and nobody who writes
or publishes has to say where it leads; without scripts it is there too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..programme import addresses
from ..programme.model.course import Course
from ..render.templating import render
from . import areas

PLACE = '<p class="test-door" data-test-door="{}" hidden></p>'
SIGN_IN_PLACE = '<p class="sign-in-door" data-sign-in hidden></p>'


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page with its doors, and what tells it from an earlier one."""

    html: bytes
    etag: str


class Doors:
    """Ways to sign in from every page, and to the test of a course from the course's page."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        tested = [id for id, course in courses.items() if course.test]
        paths = {f"/{addresses.course(id)}": id for id in tested}
        self._courses = paths | {f"{path}index.html": id for path, id in paths.items()}

    def page(self, path: str, file: str, changed: int) -> Page | None:
        """The page at a path, read from a file; nothing where it has no place for a door."""
        return _page(self._courses.get(path, ""), file, changed) if file.endswith(".html") else None


@lru_cache(maxsize=256)
def _page(course: str, file: str, changed: int) -> Page | None:
    html = Path(file).read_bytes()
    doors = {place.encode(): door.encode() for place, door in _doors(course) if place.encode() in html}
    if not doors:
        return None
    for place, door in doors.items():
        html = html.replace(place, door, 1)
    return Page(html=html, etag=f'"{hashlib.sha256(html).hexdigest()[:32]}"')


def _doors(course: str) -> Iterator[tuple[str, str]]:
    """Each place with what stands there instead."""
    yield SIGN_IN_PLACE, render("service/sign-in-door.html.j2", address=areas.LEARNERS).strip()
    if course:
        test = f"{areas.LEARNERS}kiem-tra/{course}/"
        yield PLACE.format(course), render("service/test-door.html.j2", address=test).strip()

"""The way from a course's page of the site to its test, put in where this service shows the page.

On a static host there is no test to go to. The page holds an empty place for the way, and nobody who
writes or publishes has to say where the test is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..programme import addresses
from ..programme.model.course import Course
from ..render.templating import render
from . import areas

PLACE = '<p class="test-door" data-test-door="{}" hidden></p>'


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page with its door, and what tells it from an earlier one."""

    html: bytes
    etag: str


class Doors:
    """Of the courses with a test, by the path of their page."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        tested = [id for id, course in courses.items() if course.test]
        paths = {f"/{addresses.course(id)}": id for id in tested}
        self._courses = paths | {f"{path}index.html": id for path, id in paths.items()}

    def page(self, path: str, file: str, changed: int) -> Page | None:
        """The page at a path, read from a file; nothing where it has no place for a door."""
        course = self._courses.get(path)
        return _page(course, file, changed) if course else None


@lru_cache(maxsize=256)
def _page(course: str, file: str, changed: int) -> Page | None:
    with open(file, encoding="utf-8") as opened:
        html = opened.read()
    place = PLACE.format(course)
    if place not in html:
        return None
    door = render("service/test-door.html.j2", address=f"{areas.LEARNERS}kiem-tra/{course}/")
    written = html.replace(place, door.strip(), 1).encode()
    return Page(html=written, etag=f'"{hashlib.sha256(written).hexdigest()[:32]}"')

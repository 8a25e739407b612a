"""Lessons that are too long or too short, counted in tiếng."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..course_figures import count_read_words
from ..model.pointer import COMMENT
from ..model.programme import Programme
from ..problems import Place, Problem
from .wording import PLACEHOLDER

#: In tiếng: what a reader takes in within a lesson's time.
SHORTEST, LONGEST = 500, 900
#: A finding about a whole lesson may be silenced on any of its lines.
ALLOWED = re.compile(r"taphuan:[ \t]*allow[ \t]+lesson-length(?![\w-])")


def check_lesson_lengths(programme: Programme) -> Iterator[Problem]:
    for lesson in programme.lessons.values():
        count = count_read_words(lesson.body)
        if PLACEHOLDER.search(lesson.body):
            continue  # A pattern: what is to be written there is reported at each placeholder.
        if count and not SHORTEST <= count <= LONGEST:
            bounds = {"least": _grouped(SHORTEST), "most": _grouped(LONGEST)}
            place = Place(file=lesson.source, line=lesson.body_line + _line(lesson.body))
            yield Problem(code="lesson-length", place=place, values={"count": _grouped(count), **bounds})


def _line(body: str) -> int:
    """Returns the line, from 0, of the silencing comment if the body has one, else of its first words."""
    if allowed := ALLOWED.search(body):
        return body.count("\n", 0, allowed.start())
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body)
    return bare.count("\n", 0, len(bare) - len(bare.lstrip()))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")

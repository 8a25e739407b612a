"""Lessons that are too long or too short, counted in tiếng, and those whose minutes cannot hold a class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..class_clock import LONGEST_INPUT, least_clock
from ..course_figures import count_read_words
from ..model.pointer import COMMENT
from ..model.programme import Programme
from ..problems import Place, Problem, place_of
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


def check_class_minutes(programme: Programme) -> Iterator[Problem]:
    """Yields the lessons planned for a class that take more minutes than theirs, or are told too long.

    Activities that alone take too many are a finding already.
    """
    for lesson in programme.lessons.values():
        if not lesson.activities or PLACEHOLDER.search(lesson.body):
            continue
        blocks = least_clock(programme, lesson)
        minutes: Counter[str] = Counter()
        for block in blocks:
            minutes[block.kind] += block.minutes
        if minutes["activity"] <= lesson.minutes < minutes.total():
            values = {
                "minutes": str(lesson.minutes),
                "needed": str(minutes.total()),
                "presented": str(minutes["input"]),
                "practised": str(minutes["activity"]),
                "rest": str(minutes.total() - minutes["input"] - minutes["activity"]),
            }
            yield Problem(code="class-minutes", place=place_of(lesson, "minutes"), values=values)
        longest = max((block.minutes for block in blocks if block.kind == "input"), default=0)
        if longest > LONGEST_INPUT:
            values = {"minutes": str(longest), "most": str(LONGEST_INPUT)}
            yield Problem(code="long-input", place=place_of(lesson, "activities"), values=values)


def _line(body: str) -> int:
    """Returns the line, from 0, of the silencing comment if the body has one, else of its first words."""
    if allowed := ALLOWED.search(body):
        return body.count("\n", 0, allowed.start())
    bare = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body)
    return bare.count("\n", 0, len(bare) - len(bare.lstrip()))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")

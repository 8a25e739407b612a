"""The minutes of a lesson in class: a scene, then input and activity in turn, a self-check, a close.

They are computed from the lesson's text and its activities, so that a class can keep what its guide says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, combinations, pairwise, zip_longest
from math import ceil
from typing import Literal

from .course_figures import TIENG_A_MINUTE, count_read_words
from .model.course import Lesson
from .model.pointer import BLOCK_OPENING, MANY
from .model.programme import Programme
from .model.scenario import placed_scenarios

#: Tiếng a minute, said to a class that asks: under a third of what is read aloud (310).
TIENG_SAID = 90
#: The longest input without an activity, and the longest stretch of teaching without a break, in minutes.
LONGEST_INPUT, LONGEST_STRETCH = 15, 90
BREAK = 10
#: Minutes for a class to say what it would do in the scene; questions of a self-check that a class answers.
TO_ANSWER_SCENE, FEWEST_ASKED = 1, 2
#: Minutes to choose one thing to do on Monday, after the points are said again.
TO_CHOOSE_ONE = 1
#: What is not said to a class: activities have the cases; the law and the list are read at home.
NOT_SAID = frozenset({"case", "discussion", "law", "monday"})

#: A section's heading.
SECTION = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)

Kind = Literal["scene", "input", "activity", "self-check", "close"]


@dataclass(frozen=True, kw_only=True)
class ClassBlock:
    """A part of a lesson in class.

    `parts` are numbers, from 0: of the sections told in an input, of the activity, of the questions asked.
    """

    kind: Kind
    minutes: int
    parts: tuple[int, ...] = ()


def least_clock(programme: Programme, lesson: Lesson) -> tuple[ClassBlock, ...]:
    """Returns the parts of a lesson in class, each with the fewest minutes that it takes.

    Sections are divided over the inputs before each activity; one that a scenario is played in is not told.
    """
    before, *after = _sections(lesson.body)
    opening = said_words(programme.in_words(before))
    said = [0 if placed_scenarios(text) else said_words(programme.in_words(text)) for text in after]
    presented = [number for number, words in enumerate(said) if words]
    inputs = (
        ClassBlock(kind="input", minutes=_said_minutes(sum(said[number] for number in row)), parts=tuple(row))
        for row in _rows(presented, said, len(lesson.activities) or 1)
    )
    activities = (
        ClassBlock(kind="activity", minutes=activity.minutes, parts=(number,))
        for number, activity in enumerate(lesson.activities)
    )
    points = sum(count_read_words(programme.in_words(point)) for point in lesson.key_points)
    blocks = (
        ClassBlock(kind="scene", minutes=_said_minutes(opening) + TO_ANSWER_SCENE if opening else 0),
        *filter(None, chain.from_iterable(zip_longest(inputs, activities))),
        _self_check(_question_minutes(programme, lesson)[:FEWEST_ASKED]),
        ClassBlock(kind="close", minutes=_said_minutes(points) + TO_CHOOSE_ONE),
    )
    return tuple(block for block in blocks if block.minutes)


def class_clock(programme: Programme, lesson: Lesson) -> tuple[ClassBlock, ...]:
    """Returns the parts of a lesson in class, which together take its minutes where these are enough.

    Minutes to spare go to the questions of the self-check, then to inputs, each up to its longest, then to
    the close.
    """
    blocks = list(least_clock(programme, lesson))
    spare = max(lesson.minutes - sum(block.minutes for block in blocks), 0)
    questions = _question_minutes(programme, lesson)
    for at, block in enumerate(blocks):
        if block.kind == "self-check":
            longer = (_self_check(questions[:asked]) for asked in range(len(questions), 0, -1))
            blocks[at] = next((asked for asked in longer if asked.minutes <= block.minutes + spare), block)
            spare -= blocks[at].minutes - block.minutes
    inputs = [at for at, block in enumerate(blocks) if block.kind == "input"]
    for _ in range(spare):
        shortest = min(inputs, key=lambda at: blocks[at].minutes, default=-1)
        at = shortest if inputs and blocks[shortest].minutes < LONGEST_INPUT else -1
        blocks[at] = replace(blocks[at], minutes=blocks[at].minutes + 1)
    return tuple(blocks)


def breaks(minutes: Iterable[int]) -> tuple[int, ...]:
    """Returns before which lessons, numbered from 0, a class rests that is taught one after the other."""
    stretch, rests = 0, []
    for number, taken in enumerate(minutes):
        if stretch and stretch + taken > LONGEST_STRETCH:
            rests.append(number)
            stretch = 0
        stretch += taken
    return tuple(rests)


def _question_minutes(programme: Programme, lesson: Lesson) -> list[float]:
    """Returns the minutes to read and answer each question of a lesson's self-check."""
    questions = [programme.questions[id][1] for id in lesson.self_check if id in programme.questions]
    texts = ((question.stem, *question.part_texts.values()) for question in questions)
    read = (sum(map(count_read_words, asked)) / TIENG_A_MINUTE for asked in texts)
    return [question.minutes + minutes for question, minutes in zip(questions, read, strict=True)]


def _self_check(questions: Sequence[float]) -> ClassBlock:
    return ClassBlock(kind="self-check", minutes=ceil(sum(questions)), parts=tuple(range(len(questions))))


def _rows(numbers: Sequence[int], words: Sequence[int], count: int) -> Iterator[Sequence[int]]:
    """Yields the numbers in at most `count` rows of neighbours, of which the longest has the fewest words."""
    if not numbers:
        return
    inner = combinations(range(1, len(numbers)), min(count, len(numbers)) - 1)
    ways = ([numbers[start:end] for start, end in pairwise((0, *cuts, len(numbers)))] for cuts in inner)
    yield from min(ways, key=lambda rows: max(sum(words[number] for number in row) for row in rows))


def _said_minutes(words: int) -> int:
    return ceil(words / TIENG_SAID)


def _sections(body: str) -> Iterator[str]:
    """Yields what stands before the first section of a body, then each section without its heading."""
    bounds = chain.from_iterable(heading.span() for heading in SECTION.finditer(body))
    edges = (0, *bounds, len(body))
    yield from (body[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


@lru_cache(maxsize=MANY)
def said_words(section: str) -> int:
    """Returns how many tiếng of a section are said to a class."""
    kept, depth = [], None
    for line in section.splitlines():
        indent = len(line) - len(line.lstrip())
        if depth is not None and (not line.strip() or indent > depth):
            continue
        opened = BLOCK_OPENING.match(line)
        depth = indent if opened and opened["name"].lower() in NOT_SAID else None
        if depth is None:
            kept.append(line)
    return count_read_words("\n".join(kept))

"""The minutes of a lesson in class: a scene, then input and activity in turn, a self-check, a close.

They are computed from the lesson's text and its activities, so that a class can keep what its guide says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
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
    """A part of a lesson in class from the minute `start` to `end`.

    `part` is the number, from 0, of the activity; `parts` are those of the sections told, in an input, or of
    the self-check questions asked.
    """

    kind: Kind
    start: int
    end: int
    part: int = 0
    parts: tuple[int, ...] = ()

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, kw_only=True)
class Needs:
    """The fewest minutes that a lesson's parts take in class; `inputs` by the sections that each tells."""

    scene: int
    inputs: tuple[tuple[tuple[int, ...], int], ...]
    activities: tuple[int, ...]
    questions: tuple[float, ...]
    close: int

    @property
    def minutes(self) -> int:
        asked = math.ceil(sum(self.questions[:FEWEST_ASKED]))
        presented = sum(minutes for _, minutes in self.inputs)
        return self.scene + presented + sum(self.activities) + asked + self.close

    @property
    def longest_input(self) -> int:
        return max((minutes for _, minutes in self.inputs), default=0)


def lesson_needs(programme: Programme, lesson: Lesson) -> Needs:
    """Returns what a lesson needs, its sections divided over the stretches before and between activities.

    A section that a scenario is played in is not told.
    """
    before, *after = sections_of(lesson.body)
    opening = said_words(programme.in_words(before))
    sections = [0 if placed_scenarios(text) else said_words(programme.in_words(text)) for text in after]
    activities = tuple(activity.minutes for activity in lesson.activities)
    presented = [number for number, words in enumerate(sections) if words]
    bounds = _parts([sections[number] for number in presented], len(activities) or 1)
    points = sum(count_read_words(programme.in_words(point)) for point in lesson.key_points)
    asked = (programme.questions[id][1] for id in lesson.self_check if id in programme.questions)
    return Needs(
        scene=_said_minutes(opening) + TO_ANSWER_SCENE if opening else 0,
        inputs=tuple(
            (
                tuple(presented[start:end]),
                _said_minutes(sum(sections[number] for number in presented[start:end])),
            )
            for start, end in pairwise(bounds)
        ),
        activities=activities,
        questions=tuple(
            question.minutes
            + sum(count_read_words(text) for text in (question.stem, *question.part_texts.values()))
            / TIENG_A_MINUTE
            for question in asked
        ),
        close=_said_minutes(points) + TO_CHOOSE_ONE,
    )


def class_clock(programme: Programme, lesson: Lesson) -> tuple[ClassBlock, ...]:
    """Returns the parts of a lesson in class, which together take its minutes where these are enough.

    Minutes to spare go to the questions of the self-check, then to inputs, each up to its longest, then to
    the close.
    """
    needs = lesson_needs(programme, lesson)
    spare = max(lesson.minutes - needs.minutes, 0)
    asked, minutes_asked = _asked(needs.questions, spare)
    spare -= minutes_asked - math.ceil(sum(needs.questions[:FEWEST_ASKED]))
    inputs = _lengthened([minutes for _, minutes in needs.inputs], spare)
    spare -= sum(inputs) - sum(minutes for _, minutes in needs.inputs)
    planned: list[tuple[Kind, int, int, tuple[int, ...]]] = [("scene", needs.scene, 0, ())]
    for number in range(max(len(inputs), len(needs.activities))):
        if number < len(inputs):
            planned.append(("input", inputs[number], 0, needs.inputs[number][0]))
        if number < len(needs.activities):
            planned.append(("activity", needs.activities[number], number, ()))
    planned += [
        ("self-check", minutes_asked, 0, tuple(range(asked))),
        ("close", needs.close + spare, 0, ()),
    ]
    return tuple(_timed(planned))


def breaks(minutes: Iterable[int]) -> tuple[int, ...]:
    """Returns before which lessons, numbered from 0, a class rests that is taught one after the other."""
    stretch, rests = 0, []
    for number, taken in enumerate(minutes):
        if stretch and stretch + taken > LONGEST_STRETCH:
            rests.append(number)
            stretch = 0
        stretch += taken
    return tuple(rests)


def _timed(planned: Iterable[tuple[Kind, int, int, tuple[int, ...]]]) -> Iterator[ClassBlock]:
    start = 0
    for kind, minutes, part, parts in planned:
        if minutes:
            yield ClassBlock(kind=kind, start=start, end=start + minutes, part=part, parts=parts)
            start += minutes


def _asked(questions: Sequence[float], spare: int) -> tuple[int, int]:
    """Returns how many of the questions a class answers, and in how many minutes."""
    least = math.ceil(sum(questions[:FEWEST_ASKED]))
    fitting = [
        n for n in range(FEWEST_ASKED, len(questions) + 1) if math.ceil(sum(questions[:n])) <= least + spare
    ]
    count = max(fitting, default=len(questions))
    return count, math.ceil(sum(questions[:count]))


def _lengthened(minutes: list[int], spare: int) -> list[int]:
    """Returns the minutes with those to spare, given one by one to the shortest, none above the longest."""
    longer = list(minutes)
    for _ in range(spare):
        shortest = min(range(len(longer)), key=longer.__getitem__, default=None)
        if shortest is None or longer[shortest] >= LONGEST_INPUT:
            break
        longer[shortest] += 1
    return longer


def _parts(words: Sequence[int], count: int) -> tuple[int, ...]:
    """Returns the bounds of at most `count` rows of neighbours of which the longest has the fewest words."""
    count = min(count, len(words))
    if not count:
        return ()
    ways = ((0, *inner, len(words)) for inner in combinations(range(1, len(words)), count - 1))
    return min(ways, key=lambda way: max(sum(words[start:end]) for start, end in pairwise(way)))


def _said_minutes(words: int) -> int:
    return math.ceil(words / TIENG_SAID)


def sections_of(body: str) -> Iterator[str]:
    """Yields what stands before the first section of a body, then each section without its heading."""
    bounds = [heading.span() for heading in SECTION.finditer(body)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(body)]
    for start, end in zip(starts, ends, strict=True):
        yield body[start:end]


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

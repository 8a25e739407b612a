"""Figures of a course that are computed, never typed: minutes to study alone, and questions for its test.

A typed number would stay as it was when the text grows. The minutes that a class takes are different: its
trainer plans them (`minutes` of a lesson).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .model.course import Course, Lesson
from .model.pointer import BLOCK_OPENING, BLOCKS_BY_ID, LINK_TARGET, MANY, POINTER, visible
from .model.programme import Programme
from .model.question import Bank, Question
from .model.scenario import PLACED_SCENARIO, Scenario, Step, placed_scenarios
from .vietnamese import syllables

#: Tiếng a minute, read to learn from. We found no sound measure of silent reading in Vietnamese. Read aloud
#: it is 5.2 tiếng a second, some 310 a minute (Pellegrino, Coupé, Marsico 2011, eight languages). In English
#: silent reading is a third faster than reading aloud (238 and 183 words a minute, Brysbaert 2019, 190
#: studies), and slower for the old and in a second language, as Vietnamese is to many here; those who plan
#: courses reckon hard texts at half of that (1,000 words in 8 minutes: atingi, How to estimate seat time).
#: So half of what is read aloud.
TIENG_A_MINUTE = 150
#: Minutes to think a case over before its suggestions are opened. Our own reckoning: nobody has timed it.
TO_THINK_OVER = 2.0
#: Minutes to look at a figure, besides reading its words. Our own reckoning as well.
TO_LOOK_AT = 0.25
#: Minutes to choose in a scene, besides reading: as for a question of one choice.
TO_CHOOSE = 0.25


def lesson_minutes(programme: Programme, lesson: Lesson) -> int:
    """Returns the whole minutes (at least 1) to read a lesson and what is drawn in it, think its cases over,
    go through its scenarios on the way that takes longest, and do its self-check.
    """
    if lesson is not programme.lessons.get(lesson.id):
        return _lesson_minutes(programme, lesson)
    if lesson.id not in programme.minutes:
        programme.minutes[lesson.id] = _lesson_minutes(programme, lesson)
    return programme.minutes[lesson.id]


def _lesson_minutes(programme: Programme, lesson: Lesson) -> int:
    asked = [programme.questions[id][1] for id in lesson.self_check if id in programme.questions]
    drawn = (text for flow in programme.flows_in(lesson) for text in flow.running_texts)
    questions = (text for question in asked for text in question.texts_read)
    texts = (lesson.body, *lesson.key_points, *drawn, *questions)
    blocks = Counter(block_names(lesson.body))
    thought = blocks["case"] * TO_THINK_OVER + blocks["figure"] * TO_LOOK_AT
    thought += sum(question.minutes for question in asked)
    thought += sum(map(scenario_minutes, programme.scenarios_of(lesson)))
    read = sum(count_read_words(programme.in_words(text)) for text in texts)
    return max(round(read / TIENG_A_MINUTE + thought), 1)


@lru_cache(maxsize=MANY)
def scenario_minutes(scenario: Scenario) -> float:
    """Returns the minutes of a scenario's longest calm path: reading its scenes, and choosing in them."""
    return max(map(_path_minutes, scenario.calm_paths), default=0.0)


def _path_minutes(path: tuple[Step, ...]) -> float:
    texts = [text for step in path for text in _texts_of_step(step)]
    choosing = TO_CHOOSE * sum(step.chosen is not None for step in path)
    return sum(map(count_read_words, texts)) / TIENG_A_MINUTE + choosing


def _texts_of_step(step: Step) -> Iterator[str]:
    """Yields what is read in a scene: all that may be chosen, and what follows from what is chosen."""
    scene = step.scene
    yield from (scene.when or "", scene.title, scene.text, scene.question or "")
    yield from (choice.text for choice in scene.choices)
    if step.chosen:
        yield from (step.chosen.consequence, step.chosen.why or "")


def course_minutes(programme: Programme, course: Course) -> int:
    """Returns the minutes to study a course's lessons alone, to the nearest ten from an hour on, else five.

    Below ten minutes they are exact.
    """
    whole = sum(lesson_minutes(programme, lesson) for lesson in programme.lessons_of(course))
    step = 10 if whole >= 60 else 5 if whole >= 10 else 1
    return step * round(whole / step)


@lru_cache(maxsize=MANY)
def count_read_words(text: str) -> int:
    """Returns how many tiếng a reader reads, without code, comments, names of blocks and targets of links.

    A pointer counts by the words its author gave it; what the register adds is not the lesson's.
    """
    bare = BLOCK_OPENING.sub(_title_read, PLACED_SCENARIO.sub("", visible(text)))
    return syllables(LINK_TARGET.sub("]", POINTER.sub(lambda pointer: pointer["words"] or "", bare)))


def _title_read(block: re.Match[str]) -> str:
    return "" if block["name"].lower() in BLOCKS_BY_ID else block["rest"]


def block_names(body: str) -> list[str]:
    """Returns the names of a body's blocks, in order."""
    return [block["name"].lower() for block in BLOCK_OPENING.finditer(visible(body))]


def is_illustrated(body: str) -> bool:
    """Tells whether a body shows something: a figure, a diagram or a scenario of its own."""
    return bool(placed_scenarios(body)) or not frozenset(BLOCKS_BY_ID).isdisjoint(block_names(body))


@dataclass(frozen=True, kw_only=True)
class Supply:
    """The questions a test needs of a bank, for an objective or in all, after some draws of its blueprint.

    `draw` is the index of the last of these draws in the blueprint.
    """

    draw: int
    bank: Bank
    objective: str | None
    needed: int
    questions: tuple[Question, ...]

    def left(self, on: date) -> int:
        """Returns how many questions are still right on a day."""
        return sum(question.is_right_on(on) for question in self.questions)

    @property
    def lacks_from(self) -> date | None:
        """The first day on which too few are left; None where none is known."""
        ends = sorted(question.valid_until for question in self.questions if question.valid_until)
        spare = len(self.questions) - self.needed
        return ends[spare] + timedelta(days=1) if 0 <= spare < len(ends) else None


def question_supplies(programme: Programme, course: Course) -> Iterator[Supply]:
    """Yields what each draw needs together with those before it: a form asks no question twice."""
    drawn: Counter[tuple[str, str | None]] = Counter()
    for index, draw in enumerate(course.test.draw if course.test else ()):
        bank = programme.banks.get(draw.bank)
        if bank is None:
            continue
        drawn[bank.id, draw.objective] += draw.take
        for objective in dict.fromkeys((draw.objective, None)):
            needed = sum(
                n
                for (id, drawn_objective), n in drawn.items()
                if id == bank.id and objective in (None, drawn_objective)
            )
            fitting = tuple(question for _, question in programme.drawable(course, bank, objective))
            yield Supply(draw=index, bank=bank, objective=objective, needed=needed, questions=fitting)


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """A test that cannot be drawn from `since` on: a bank has too few questions, of an objective or in all.

    `left` is how many it has then or, if that day is past, on the day that was asked about.
    """

    since: date
    course: str
    bank: str
    objective: str | None
    needed: int
    left: int


def question_shortages(programme: Programme, day: date, until: date) -> tuple[Shortage, ...]:
    """Returns what tests lack on a day, or will by `until`, the earliest first.

    A whole bank's shortage is left out where an objective of it falls short by then, since it follows.
    """
    courses = programme.courses.values()
    shortages = [shortage for course in courses for shortage in _shortages(programme, course, day, until)]
    return tuple(
        sorted(
            (shortage for shortage in shortages if not _follows(shortage, shortages)),
            key=lambda shortage: shortage.since,
        )
    )


def _shortages(programme: Programme, course: Course, day: date, until: date) -> Iterator[Shortage]:
    # Draws add up: the last that asks of a bank for an objective says what all of them need.
    whole = {(supply.bank.id, supply.objective): supply for supply in question_supplies(programme, course)}
    for (bank, objective), supply in whole.items():
        since = supply.lacks_from
        if since and since <= until:
            yield Shortage(
                since=since,
                course=course.id,
                bank=bank,
                objective=objective,
                needed=supply.needed,
                left=supply.left(max(since, day)),
            )


def _follows(shortage: Shortage, shortages: Iterable[Shortage]) -> bool:
    return shortage.objective is None and any(
        other.objective is not None
        and (other.course, other.bank) == (shortage.course, shortage.bank)
        and other.since <= shortage.since
        for other in shortages
    )

"""How many questions a test needs and has, and from when it lacks some, as they are right no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .model.course import Course
from .model.programme import Programme
from .model.question import Bank, Question


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Tells what a test needs of a bank, for an objective or in all, after so many draws of its blueprint.

    `draw` is the place of the last of them in the blueprint.
    """

    draw: int
    bank: Bank
    objective: str | None
    needed: int
    questions: tuple[Question, ...]

    def left(self, on: date) -> int:
        """Returns how many questions are right on a day."""
        return sum(question.is_right_on(on) for question in self.questions)

    @property
    def lacks_from(self) -> date | None:
        """Returns the first day on which too few are left; None where none is known."""
        ends = sorted(question.valid_until for question in self.questions if question.valid_until)
        spare = len(self.questions) - self.needed
        return ends[spare] + timedelta(days=1) if 0 <= spare < len(ends) else None


def supplies(programme: Programme, course: Course) -> Iterator[Supply]:
    """Yields what each draw needs with those before it: a form asks no question twice, so draws add up."""
    drawn: Counter[tuple[str, str | None]] = Counter()
    for index, draw in enumerate(course.test.draw if course.test else ()):
        bank = programme.banks.get(draw.bank)
        if bank is None:
            continue
        drawn[bank.id, draw.objective] += draw.take
        for objective in dict.fromkeys((draw.objective, None)):
            needed = sum(n for (id, one), n in drawn.items() if id == bank.id and objective in (None, one))
            fitting = tuple(question for _, question in bank.fitting(objective))
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


def shortages(programme: Programme, day: date, until: date) -> tuple[Shortage, ...]:
    """Returns what tests lack on a day, or will by `until`, the first to come first.

    That a whole bank is short is not told where an objective of it is so by then: it follows.
    """
    courses = programme.courses.values()
    found = [one for course in courses for one in _shortages(programme, course, day, until)]
    return tuple(sorted((one for one in found if not _follows(one, found)), key=lambda one: one.since))


def _shortages(programme: Programme, course: Course, day: date, until: date) -> Iterator[Shortage]:
    # Draws add up: the last that asks of a bank for an objective says what all of them need.
    whole = {(one.bank.id, one.objective): one for one in supplies(programme, course)}
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


def _follows(one: Shortage, found: Iterable[Shortage]) -> bool:
    return one.objective is None and any(
        other.objective is not None
        and (other.course, other.bank) == (one.course, one.bank)
        and other.since <= one.since
        for other in found
    )

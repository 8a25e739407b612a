"""How many questions a test needs and has: what is left of them once some are right no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .model.course import Course
from .model.programme import Programme
from .model.question import Bank, Question


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What a test needs of a bank, for an objective or in all, after so many draws of its blueprint.

    `draw` is the place of the last of them in the blueprint.
    """

    draw: int
    bank: Bank
    objective: str | None
    needed: int
    questions: tuple[Question, ...]

    def left(self, on: date) -> int:
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

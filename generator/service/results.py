"""What came of an attempt, as its learner is told: never which question was right, nor any answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from .. import quiz
from ..programme import addresses
from ..programme.model.programme import Programme
from ..quiz import Tally
from ..records import courses
from ..records.ledger import Recorded

#: Questions that name no objective, or one that the course has no more.
GENERAL = "Nội dung chung"


@dataclass(frozen=True, kw_only=True)
class Objective:
    title: str
    right: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class Reread:
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """Scores count questions; `pass_share` is in percent; `clock_off`: the client's clock was far off."""

    attempt: str
    course: str
    right: int
    asked: int
    pass_share: int
    passed: bool
    received_at: datetime
    clock_off: bool
    objectives: tuple[Objective, ...]
    reread: tuple[Reread, ...]


class Results:
    """Words the results of one programme's courses, former ones too."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def title(self, course: str) -> str:
        """The title of a course, its id where the programme no longer has it."""
        found = self._programme.courses.get(course)
        return found.title if found else course

    def result(self, connection: Connection, found: Recorded) -> Result:
        """Of an attempt on the ledger: marked again with the key that was kept, by the rule of its day."""
        payload, course = found.event.payload, str(found.event.course)
        _, key = courses.kept(connection, payload["form"])
        pass_share = payload["rule"]["pass_share"]
        mark = quiz.mark(key, payload["responses"], pass_share=pass_share)
        weak = {id for id, tally in mark.by_objective.items() if tally.right < tally.asked}
        return Result(
            attempt=found.event.event_id,
            course=course,
            right=mark.tally.right,
            asked=mark.tally.asked,
            pass_share=pass_share,
            passed=mark.is_passed,
            received_at=found.received_at,
            clock_off=found.client_flagged,
            objectives=tuple(self._objectives(course, mark.by_objective)),
            reread=tuple(self._reread(course, weak)),
        )

    def _objectives(self, course: str, tallies: Mapping[str, Tally]) -> Iterator[Objective]:
        found = self._programme.courses.get(course)
        for id, tally in tallies.items():
            title = found.objectives.get(id, GENERAL) if found else GENERAL
            yield Objective(title=title, right=tally.right, asked=tally.asked)

    def _reread(self, course: str, weak: Collection[str]) -> Iterator[Reread]:
        """The lessons that teach what was not right."""
        found = self._programme.courses.get(course)
        for lesson in self._programme.lessons_of(found) if found else ():
            if any(objective in weak for objective in lesson.objectives):
                yield Reread(title=lesson.title, address=f"/{addresses.lesson(lesson.id)}")

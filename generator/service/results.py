"""What came of an attempt, as its learner is told: never which question was right, nor any answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from .. import quiz
from ..programme import addresses
from ..programme.model.course import Course
from ..programme.model.programme import Programme
from ..quiz import Key, Mark, Tally
from ..records import courses
from ..records.ledger import Event, Recorded

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


def mark_of(event: Event, key: Key) -> Mark:
    """The mark of an attempt's responses, by the rule that it carries."""
    return quiz.mark(key, event.payload["responses"], pass_share=event.payload["rule"]["pass_share"])


def _lessons(programme: Programme, course: Course) -> Iterator[tuple[frozenset[str], Reread]]:
    """Each lesson of a course, with the objectives that it teaches."""
    for lesson in programme.lessons_of(course):
        yield (
            frozenset(lesson.objectives),
            Reread(title=lesson.title, address=f"/{addresses.lesson(lesson.id)}"),
        )


class Results:
    """Words the results of one programme's courses, former ones too."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._lessons = {id: tuple(_lessons(programme, course)) for id, course in programme.courses.items()}

    def title(self, course: str) -> str:
        """The title of a course, its id where the programme no longer has it."""
        found = self._programme.courses.get(course)
        return found.title if found else course

    def result(self, connection: Connection, found: Recorded) -> Result:
        """Of an attempt on the ledger: marked again with the key that was kept, by the rule of its day."""
        _, key = courses.kept(connection, found.event.payload["form"])
        return self.worded(found.event, mark_of(found.event, key), found.received_at, found.client_flagged)

    def worded(self, event: Event, mark: Mark, received_at: datetime, clock_off: bool) -> Result:
        course = str(event.course)
        weak = {id for id, tally in mark.by_objective.items() if tally.right < tally.asked}
        return Result(
            attempt=event.event_id,
            course=course,
            right=mark.tally.right,
            asked=mark.tally.asked,
            pass_share=event.payload["rule"]["pass_share"],
            passed=mark.is_passed,
            received_at=received_at,
            clock_off=clock_off,
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
        return (
            lesson for objectives, lesson in self._lessons.get(course, ()) if not objectives.isdisjoint(weak)
        )

"""A test as a learner sees and sends it: the question sheet, the fields of its page, the result.

No id of a question or an option is on it, only numbers.

An author's ids can give an answer away, and a pair's two sides share one. So questions are numbered as the
form asks them and their parts as it shows them; a matching's left sides as the key has them. What comes
back in numbers (`Wire`) is turned into ids here.

`q3` is what was chosen in question 3; `q3-2` the right side given to left side 2, or the place of part 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from starlette.datastructures import FormData

from .. import quiz
from ..programme import course_figures, urls
from ..programme.model.course import Course
from ..programme.model.programme import Programme
from ..programme.model.question import KINDS
from ..programme.model.question_parts import NUMBERS, Fields, NoSuchPart, ShownQuestion
from ..programme.model.values import NOTHING
from ..quiz import Form, Key, Mark, Responses, Tally
from ..records.events import ledger
from ..records.events.ledger import Event, Recorded
from ..records.training import course_versions
from ..render.text.prose import Prose
from .http.errors import Fault

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
class LessonToReread:
    """A lesson of the course: its number there, and the minutes to study it alone."""

    number: int
    title: str
    address: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class GuidedObjective:
    """An objective of the course with the lessons that teach what was not right."""

    title: str
    right: int
    asked: int
    lessons: tuple[LessonToReread, ...]


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


def _lessons_to_reread(programme: Programme, course: Course) -> Iterator[tuple[frozenset[str], Reread]]:
    """Each lesson of a course, with the objectives that it teaches: its own ones and the course's."""
    for lesson in programme.lessons_of(course):
        yield (
            frozenset((*lesson.own_objectives, *lesson.objectives_within(course.id))),
            Reread(title=lesson.title, address=f"/{urls.lesson(lesson.id)}"),
        )


class Results:
    """Words the results of one programme's courses, former ones too."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._lessons = {
            id: tuple(_lessons_to_reread(programme, course)) for id, course in programme.courses.items()
        }

    def title(self, course_id: str) -> str:
        """The title of a course, its id where the programme no longer has it."""
        course = self._programme.courses.get(course_id)
        return course.title if course else course_id

    def result(self, connection: Connection, recorded: Recorded) -> Result:
        """Returns the result of a recorded attempt, marked again with its key, by the rule of its day."""
        _, key = course_versions.form_and_key(connection, recorded.event.payload["form"])
        return self.worded(
            recorded.event, mark_of(recorded.event, key), recorded.received_at, recorded.client_flagged
        )

    def worded(self, event: Event, mark: Mark, received_at: datetime, clock_off: bool) -> Result:
        """Returns a result by objectives of the course, and the lessons that teach what was not right."""
        id = str(event.course)
        course = self._programme.courses.get(id)
        titles = course.objectives if course else {}
        weak = {objective for objective, tally in mark.by_objective.items() if tally.right < tally.asked}
        return Result(
            attempt=event.event_id,
            course=id,
            right=mark.tally.right,
            asked=mark.tally.asked,
            pass_share=event.payload["rule"]["pass_share"],
            passed=mark.is_passed,
            received_at=received_at,
            clock_off=clock_off,
            objectives=tuple(
                Objective(title=titles.get(objective, GENERAL), right=tally.right, asked=tally.asked)
                for objective, tally in self._by_objective(course, mark).items()
            ),
            reread=tuple(
                lesson for taught, lesson in self._lessons.get(id, ()) if not taught.isdisjoint(weak)
            ),
        )

    def guide(self, connection: Connection, attempt: str) -> tuple[GuidedObjective, ...]:
        """Returns the objectives of a recorded attempt, weakest first, each with what to read again."""
        recorded = ledger.event_by_id(connection, attempt)
        if recorded is None:
            return ()
        event = recorded.event
        _, key = course_versions.form_and_key(connection, event.payload["form"])
        return self.guided(event, mark_of(event, key))

    def guided(self, event: Event, mark: Mark) -> tuple[GuidedObjective, ...]:
        """Returns the objectives of a marked attempt, weakest first."""
        course = self._programme.courses.get(str(event.course))
        titles = course.objectives if course else {}
        objectives = [
            GuidedObjective(
                title=titles.get(id, GENERAL),
                right=tally.right,
                asked=tally.asked,
                lessons=tuple(self._lessons_about(course, _weak_within(self._programme, course, mark, id))),
            )
            for id, tally in self._by_objective(course, mark).items()
        ]
        return tuple(sorted(objectives, key=lambda objective: objective.right / objective.asked))

    def _lessons_about(self, course: Course | None, weak: frozenset[str]) -> Iterator[LessonToReread]:
        """Yields the lessons of a course that teach any of some objectives."""
        if course is None:
            return
        taught = zip(self._programme.lessons_of(course), self._lessons[course.id], strict=True)
        for number, (lesson, (objectives, reread)) in enumerate(taught, 1):
            if not objectives.isdisjoint(weak):
                yield LessonToReread(
                    number=number,
                    title=reread.title,
                    address=reread.address,
                    minutes=course_figures.lesson_minutes(self._programme, lesson),
                )

    def _by_objective(self, course: Course | None, mark: Mark) -> Mapping[str, Tally]:
        """Returns the tallies of the course's objectives, to which those of its lessons belong."""
        belonging = self._programme.belonging[course.id] if course else NOTHING
        tallies: dict[str, Tally] = {}
        for objective, tally in mark.by_objective.items():
            within = belonging.get(objective, objective)
            so_far = tallies.get(within, Tally(0, 0))
            tallies[within] = Tally(right=so_far.right + tally.right, asked=so_far.asked + tally.asked)
        return tallies


def _weak_within(programme: Programme, course: Course | None, mark: Mark, within: str) -> frozenset[str]:
    """Returns the objectives of questions that belong to one of the course, and were not all right."""
    belonging = programme.belonging[course.id] if course else NOTHING
    return frozenset(
        id
        for id, tally in mark.by_objective.items()
        if tally.right < tally.asked and belonging.get(id, id) == within
    )


#: Numbers of parts by the number of a question; `2=1` joins a left side to a right one.
Wire = Mapping[str, Sequence[str]]
#: Where question sheets stand: links in a stem are relative to that.
PAGE = "hoc-vien/kiem-tra/khoa/lam-bai/"


@dataclass(frozen=True, kw_only=True)
class QuestionSheet:
    """The questions of a form, without a trace of their answers."""

    form: str
    course: str
    questions: tuple[ShownQuestion, ...]


class QuestionSheets:
    """Makes the question sheets of one programme's questions."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._prose = Prose(programme)

    def make(self, id: str, form: Form, key: Key) -> QuestionSheet:
        questions = tuple(
            self._programme.questions[asked.id][1].shown(
                str(nth), asked.parts, key[asked.id].right, self._inline, self._block
            )
            for nth, asked in enumerate(form.asked, 1)
        )
        return QuestionSheet(form=id, course=form.course, questions=questions)

    def _inline(self, text: str) -> str:
        return self._prose.inline(text, PAGE)

    def _block(self, text: str) -> str:
        return self._prose.html(text, PAGE)


# --- what comes back ------------------------------------------------------------------------


def to_responses(form: Form, key: Key, wire: Wire) -> Responses:
    """Option ids by question id. Raises Fault for a number that is not on the sheet."""
    asked = dict(zip(NUMBERS, form.asked, strict=False))
    responses = {}
    for number, given in wire.items():
        if number not in asked:
            raise Fault("not-understood", where=f"đề không có câu {number}")
        question = asked[number]
        if len(given) > len(question.parts):
            raise Fault("not-understood", where=f"câu {number} có quá nhiều lựa chọn")
        if given:
            answer = key[question.id]
            try:
                chosen = KINDS[answer.kind].from_numbers(question.parts, answer.right, given)
            except NoSuchPart as part:
                raise Fault("not-understood", where=f"câu {number} không có lựa chọn {part}") from None
            responses[question.id] = chosen
    return responses


def unanswered(form: Form, key: Key, responses: Responses) -> tuple[str, ...]:
    """The numbers of the questions that are not fully answered."""
    return tuple(
        str(nth)
        for nth, asked in enumerate(form.asked, 1)
        if not KINDS[key[asked.id].kind].is_whole(key[asked.id].right, responses.get(asked.id, ()))
    )


FIELD = re.compile(r"q[0-9]{1,3}(?:-[0-9]{1,3})?")


def sent_fields(form: FormData) -> Fields:
    """Returns what was chosen, by the name of a field; empty ones are left out."""
    given: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if FIELD.fullmatch(name) and isinstance(value, str) and value:
            given.setdefault(name, []).append(value)
    return given


def to_wire(form: Form, key: Key, given: Fields) -> Wire:
    """The responses in numbers. Two parts in one place are no order yet."""
    chosen = {
        str(nth): KINDS[key[asked.id].kind].from_fields(f"q{nth}", given)
        for nth, asked in enumerate(form.asked, 1)
    }
    return {number: numbers for number, numbers in chosen.items() if numbers}

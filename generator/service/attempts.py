"""Attempts of a learner: the form that is theirs to answer, handing it in, and what came of it.

Jobs here take a connection and run in the store's transactions; none knows HTTP.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Connection, or_, select

from .. import quiz
from ..programme.model.course import Blueprint, Course
from ..programme.model.programme import Programme
from ..quiz import Form, Key
from ..records import courses, ledger, progress, schema
from ..records.courses import Rule
from ..records.ledger import Recorded
from ..records.progress import Attempt, Completion
from ..records.refusals import Conflict, Unknown
from .faults import Fault
from .results import Result, Results

#: The version of an id that `attempt_id` makes.
DERIVED = 5
#: What a learner's own answers are on the ledger as; others were typed in by staff.
MARKED = frozenset({"attempt.submitted", "paper.submitted"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a learner is with a course. `left` are the attempts that the course still allows."""

    course: Course
    attempts: tuple[Attempt, ...]
    completion: Completion | None

    @property
    def test(self) -> Blueprint | None:
        return self.course.test

    @property
    def allowed(self) -> int:
        return self.course.test.attempts if self.course.test else 0

    @property
    def left(self) -> int:
        return max(self.allowed - sum(one.standing != "voided" for one in self.attempts), 0)

    @property
    def number(self) -> int:
        """Of the next attempt, as the learner counts."""
        return self.allowed - self.left + 1

    @property
    def is_completed(self) -> bool:
        return self.completion is not None

    @property
    def completed_on(self) -> date | None:
        return self.completion.done_on if self.completion else None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A form that a learner may answer, under the id that the attempt will have."""

    attempt: str
    id: str
    form: Form
    key: Key


class Attempts:
    """The tests of one programme's courses that count toward a target; other courses keep nothing."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._results = Results(programme)
        self.courses = {
            id: course for id, course in programme.courses.items() if course.counts_toward is not None
        }
        self._versions = {id: _version(programme, course) for id, course in self.courses.items()}

    # --- where a learner stands -------------------------------------------------------------

    def course(self, id: str) -> Course:
        """A course whose completion is recorded. Raises Fault."""
        if id not in self.courses:
            raise Fault("no-such-course")
        return self.courses[id]

    def tested(self, id: str) -> tuple[Course, Blueprint]:
        """A course with a test. Raises Fault."""
        course = self.course(id)
        if course.test is None:
            raise Fault("no-such-course")
        return course, course.test

    def standings(self, connection: Connection, person: str) -> tuple[Standing, ...]:
        completed = {done.course: done for done in progress.completions(connection, person)}
        made: dict[str, list[Attempt]] = {}
        for attempt in progress.attempts(connection, person):
            made.setdefault(attempt.course, []).append(attempt)
        return tuple(
            Standing(course=course, attempts=tuple(made.get(id, ())), completion=completed.get(id))
            for id, course in self.courses.items()
        )

    def standing(self, connection: Connection, person: str, course: str) -> Standing:
        """With one course. Raises Fault."""
        self.course(course)
        return next(one for one in self.standings(connection, person) if one.course.id == course)

    # --- a form ------------------------------------------------------------------------------

    def publish(self, connection: Connection, now: datetime) -> None:
        """Notes today's versions of the courses with their rules, so that later ones do not change them."""
        for id, version in self._versions.items():
            courses.publish(connection, id, version, self.rule(id), now=now)

    def version(self, course: str) -> str:
        """Of a course today. Raises Fault."""
        self.course(course)
        return self._versions[course]

    def rule(self, course: str) -> Rule:
        """What completes a course today: its test, or so many minutes in class. Raises Fault."""
        whose = self.course(course)
        return Rule(
            pass_share=whose.test.pass_share if whose.test else 0,
            attempts=whose.test.attempts if whose.test else 0,
            minutes=self._programme.class_minutes(whose),
        )

    def opened(self, connection: Connection, person: str, course: str) -> Opened | None:
        """The form that the learner has begun and not handed in, if there is one. Raises Fault."""
        self.tested(course)
        version, seed = self._versions[course], self._next_seed(connection, person, course)
        id = courses.form_id(Form(course=course, version=version, seed=seed, asked=()))
        try:
            return self.kept(connection, person, id)
        except Fault:
            return None

    def draw(self, connection: Connection, person: str, course: str, on: date) -> tuple[Form, Key]:
        """Returns a new form for the learner's next attempt, of what is right on a day.

        Raises Fault where there is no attempt left, or too few questions.
        """
        whose, _ = self.tested(course)
        if not self.standing(connection, person, course).left:
            raise Fault("no-attempt-left")
        seed = self._next_seed(connection, person, course)
        try:
            form = quiz.draw(self._programme, whose, seed, on=on, of=self._versions[course])
        except quiz.TooFewLeft:
            raise Fault("test-being-renewed") from None
        return form, quiz.key(self._programme, form)

    def keep(self, connection: Connection, person: str, form: Form, key: Key, now: datetime) -> Opened:
        """Keeps a drawn form with its key, so that it can be marked whatever changes.

        Where another device was quicker, before midnight perhaps, its form stands.
        """
        try:
            id = courses.keep(connection, form, key, now=now)
        except Conflict:
            return self.kept(connection, person, courses.form_id(form))
        return Opened(attempt=attempt_id(person, id), id=id, form=form, key=key)

    def kept(self, connection: Connection, person: str, id: str) -> Opened:
        """A form by its id, whoever it was drawn for. Raises Fault."""
        try:
            form, key = courses.kept(connection, id)
        except Unknown:
            raise Fault("form-not-open") from None
        return Opened(attempt=attempt_id(person, id), id=id, form=form, key=key)

    def _next_seed(self, connection: Connection, person: str, course: str) -> int:
        return _seed(person, course, len(progress.attempts(connection, person, course)) + 1)

    def result(self, connection: Connection, person: str, attempt: str) -> Result:
        """Of one of the learner's own attempts. Raises Fault."""
        found = ledger.recorded(connection, attempt)
        if found is None or not _is_theirs(connection, found, person):
            raise Fault("no-such-attempt")
        return self._results.result(connection, found)


def _version(programme: Programme, course: Course) -> str:
    """That of its test; of a course without one sixteen hex digits that change with its lessons."""
    if course.test is not None:
        return quiz.version(programme, course)
    taught = [(lesson.id, lesson.minutes) for lesson in programme.lessons_of(course)]
    return hashlib.sha256(repr(taught).encode()).hexdigest()[:16]


def _is_theirs(connection: Connection, found: Recorded, person: str) -> bool:
    return found.event.kind in MARKED and found.event.person in _ids(connection, person)


def attempt_id(person: str, form: str) -> str:
    """The id of a learner's attempt at a form, the same on every device and after every crash."""
    return str(uuid5(NAMESPACE_OID, f"{person}/{form}"))


def may_take(connection: Connection, person: str, attempt: str, form: str) -> bool:
    """Whether a learner may hand a form in under an id: one of their device's own, or the one made for them.

    An id of version 5 follows from person and form, so it would keep its owner out for ever.
    """
    if UUID(attempt).version != DERIVED or attempt == attempt_id(person, form):
        return True
    return attempt in {attempt_id(one, form) for one in _ids(connection, person)}


def is_drawn_for(connection: Connection, person: str, form: Form, numbers: int) -> bool:
    """Whether a form is that of one of so many attempts of a learner, or of somebody merged into them."""
    nths = range(1, numbers + 1)
    if any(form.seed == _seed(person, form.course, number) for number in nths):
        return True
    others = _ids(connection, person) - {person}
    return any(form.seed == _seed(one, form.course, number) for one in others for number in nths)


def _seed(person: str, course: str, number: int) -> int:
    return quiz.seed_of(person, course, str(number))


def _ids(connection: Connection, person: str) -> frozenset[str]:
    """The learner's id and those merged into it."""
    who = schema.person.c
    query = select(who.id).where(or_(who.id == person, who.merged_into == person))
    return frozenset(connection.execute(query).scalars())

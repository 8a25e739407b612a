"""Attempts of learners: the form that is theirs to answer, what they hand in, and how it is marked.

Jobs here take a connection and run in the store's transactions; none knows HTTP. Marking runs in the
transaction that appends the attempts, so nothing that is checked here can change in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import Connection

from .. import quiz
from ..programme.model.course import Blueprint, Course
from ..programme.model.programme import Programme
from ..quiz import Form, Key, Mark, Responses
from ..records.access import sessions
from ..records.errors import Conflict, Unknown
from ..records.events import ledger
from ..records.events.ledger import Appended, Event, Recorded, ids_of_person
from ..records.events.projections import record, record_each
from ..records.training import course_versions, progress
from ..records.training.course_versions import PaperSource, Rule
from ..records.training.progress import Attempt, Completion
from .http.errors import Fault
from .test_view import Result, Results, Wire, mark_of, to_responses

#: The version of an id that `attempt_id` makes.
DERIVED = 5
#: The ledger's kinds for a learner's own answers; others were typed in by staff.
MARKED = frozenset({"attempt.submitted", "paper.submitted"})


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a learner is with a course; `left` is how many attempts the course still allows."""

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
        return max(self.allowed - sum(attempt.standing != "voided" for attempt in self.attempts), 0)

    @property
    def number(self) -> int:
        """The number of the next attempt, from 1."""
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


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """An attempt as sent: the session's token, the attempt's id, the form, and responses in numbers.

    `client_time` is the sender's clock.
    """

    token: str
    attempt: str
    form: str
    wire: Wire
    client_time: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TypedPaper:
    """A person's answers to a form, typed from paper; `is_another` where one of the form and day is known."""

    event_id: str
    person: str
    form: Form
    key: Key
    responses: Responses
    source: PaperSource
    is_another: bool


class PaperRefused(Exception):
    """A paper that is not recorded: one of its form and day is there, or the course allows no more."""

    def __init__(self, reason: Literal["typed_before", "none_left"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An attempt as it stands on the ledger, or is to stand there, with its mark."""

    event: Event
    mark: Mark


class Attempts:
    """Keeps the tests of one programme's courses that are recorded; other courses keep nothing."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._results = Results(programme)
        self.courses = {id: course for id, course in programme.courses.items() if course.is_recorded}
        self._versions = {id: quiz.course_version(programme, course) for id, course in self.courses.items()}
        self._rules: dict[tuple[str, str], Rule] = {}

    # --- where a learner stands -------------------------------------------------------------

    def course(self, id: str) -> Course:
        """Returns a course whose completion is recorded. Raises Fault."""
        if id not in self.courses:
            raise Fault("no-such-course")
        return self.courses[id]

    def tested(self, id: str) -> tuple[Course, Blueprint]:
        """Returns a course with its test. Raises Fault."""
        course = self.courses.get(id)
        if course is None or course.test is None:
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
        """Returns how far a learner is with one course. Raises Fault."""
        self.course(course)
        return next(
            standing for standing in self.standings(connection, person) if standing.course.id == course
        )

    # --- a form ------------------------------------------------------------------------------

    def publish(self, connection: Connection, now: datetime) -> None:
        """Notes today's versions of the courses with their rules, so that later ones do not change them."""
        for id, version in self._versions.items():
            course_versions.publish(connection, id, version, self.rule(id), now=now)

    def version(self, course: str) -> str:
        """Returns a course's version of today. Raises Fault."""
        self.course(course)
        return self._versions[course]

    def rule(self, course: str) -> Rule:
        """Returns what completes a course today: its test, or its core or minutes in class. Raises Fault."""
        recorded_course = self.course(course)
        test, programme = recorded_course.test, self._programme
        share, attempts = (test.pass_share, test.attempts) if test else (0, 0)
        minutes, core = programme.class_minutes(recorded_course), programme.core_minutes(recorded_course)
        return Rule(pass_share=share, attempts=attempts, minutes=minutes, core=core)

    def opened(self, connection: Connection, person: str, course: str) -> Opened | None:
        """Returns the form that the learner has begun and not handed in, or None. Raises Fault."""
        self.tested(course)
        version, seed = self._versions[course], self._next_seed(connection, person, course)
        id = course_versions.form_id(Form(course=course, version=version, seed=seed, asked=()))
        try:
            return self.kept(connection, person, id)
        except Fault:
            return None

    def draw(self, connection: Connection, person: str, course: str, on: date) -> tuple[Form, Key]:
        """Returns a new form for the learner's next attempt, of what is right on a day.

        Raises Fault where there is no attempt left, or too few questions.
        """
        tested_course, _ = self.tested(course)
        if not self.standing(connection, person, course).left:
            raise Fault("no-attempt-left")
        seed = self._next_seed(connection, person, course)
        try:
            form = quiz.draw(self._programme, tested_course, seed, on=on, of=self._versions[course])
        except quiz.TooFewLeft:
            raise Fault("test-being-renewed") from None
        return form, quiz.answer_key(self._programme, form)

    def keep(self, connection: Connection, person: str, form: Form, key: Key, now: datetime) -> Opened:
        """Keeps a drawn form with its key, so that it can be marked whatever changes.

        Where another device kept one first, before midnight perhaps, that one stands.
        """
        try:
            id = course_versions.add_form(connection, form, key, now=now)
        except Conflict:
            return self.kept(connection, person, course_versions.form_id(form))
        return Opened(attempt=attempt_id(person, id), id=id, form=form, key=key)

    def kept(self, connection: Connection, person: str, id: str) -> Opened:
        """Returns a form by its id, whatever learner it was drawn for. Raises Fault."""
        try:
            form, key = course_versions.form_and_key(connection, id)
        except Unknown:
            raise Fault("form-not-open") from None
        return Opened(attempt=attempt_id(person, id), id=id, form=form, key=key)

    def _next_seed(self, connection: Connection, person: str, course: str) -> int:
        number = len(progress.attempts(connection, person, course)) + 1
        return quiz.seed_of(person, course, str(number))

    # --- answers -----------------------------------------------------------------------------

    def hand_in(
        self, connection: Connection, handed: Sequence[HandedIn], now: datetime
    ) -> list[tuple[Marked, Appended] | Exception]:
        """Marks and records attempts; returns each with its place in the ledger, or why it is refused.

        A learner's second one is looked at once the first is recorded: it may be the same again.
        """
        answers: list[tuple[Marked, Appended] | Exception] = []
        while later := handed[len(answers) :]:
            persons = sessions.signed_in_learners(connection, {sent.token for sent in later}, now=now)
            made = progress.attempts_of(connection, set(persons.values()))
            forms = course_versions.forms_and_keys(connection, {sent.form for sent in later})
            marked: dict[str | None, Marked] = {}
            outcomes: list[Marked | Exception] = []
            for sent in later:
                person = persons.get(sent.token)
                if person in marked:
                    break
                try:
                    marked[person] = self._marked(connection, sent, person, made, forms)
                    outcomes.append(marked[person])
                except Fault as fault:
                    outcomes.append(fault)
            places = iter(record_each(connection, [attempt.event for attempt in marked.values()], now))
            for outcome in outcomes:
                if isinstance(outcome, Exception):
                    answers.append(outcome)
                else:
                    place = next(places)
                    answers.append(place if isinstance(place, Exception) else (outcome, place))
        return answers

    def _marked(
        self,
        connection: Connection,
        handed: HandedIn,
        person: str | None,
        made: Mapping[str, Sequence[Attempt]],
        forms: Mapping[str, tuple[Form, Key]],
    ) -> Marked:
        """Marks what a learner handed in. Raises Fault unless the form is theirs to answer, and once."""
        if person is None:
            raise Fault("signed-out")
        if any(attempt.event_id == handed.attempt for attempt in made[person]):
            return _marked_before(connection, handed)
        if not may_hand_in(connection, person, handed.attempt, handed.form):
            raise Fault("foreign-attempt")
        if handed.form not in forms:
            raise Fault("form-not-open")
        form, key = forms[handed.form]
        _, test = self.tested(form.course)
        ours = [attempt for attempt in made[person] if attempt.course == form.course]
        is_answered = any(attempt.form == handed.form for attempt in ours)
        if is_answered or not is_drawn_for(connection, person, form, len(ours) + 1):
            raise Fault("form-not-open")
        if sum(attempt.standing != "voided" for attempt in ours) >= test.attempts:
            raise Fault("no-attempt-left")
        responses = to_responses(form, key, handed.wire)
        return self._mark(
            connection, handed.attempt, person, handed.form, form, key, responses, sent=handed.client_time
        )

    def enter_paper(self, connection: Connection, paper: TypedPaper, now: datetime) -> Mark:
        """Keeps the form, marks what was typed and records it; the same again records nothing.

        Raises PaperRefused, or Fault.
        """
        form, person = paper.form, paper.person
        form_id = course_versions.add_form(connection, form, paper.key, now=now)
        if ledger.event_by_id(connection, paper.event_id) is None:
            standing = self.standing(connection, person, form.course)
            stands = {(made.form, made.done_on) for made in standing.attempts if made.standing != "voided"}
            if (form_id, paper.source.day) in stands and not paper.is_another:
                raise PaperRefused("typed_before")
            if not standing.left:
                raise PaperRefused("none_left")
        marked = self._mark(
            connection, paper.event_id, person, form_id, form, paper.key, paper.responses, paper=paper.source
        )
        record(connection, marked.event, now)
        return marked.mark

    def _mark(
        self,
        connection: Connection,
        event_id: str,
        person: str,
        form_id: str,
        form: Form,
        key: Key,
        responses: Responses,
        *,
        paper: PaperSource | None = None,
        sent: datetime | None = None,
    ) -> Marked:
        """Marks answers by the rule that was published with the form's version, which never changes."""
        version = form.course, form.version
        if version not in self._rules:
            published = course_versions.published_rule(connection, *version)
            self._rules[version] = published or self.rule(form.course)
        rule = self._rules[version]
        mark = quiz.mark(key, responses, pass_share=rule.pass_share)
        event = course_versions.answers_submitted(
            event_id=event_id,
            person=person,
            form_id=form_id,
            form=form,
            rule=rule,
            responses=responses,
            mark=mark,
            paper=paper,
            client_time=sent,
        )
        return Marked(event=event, mark=mark)

    def result(self, connection: Connection, person: str, attempt: str) -> Result:
        """Returns the result of one of the learner's own attempts. Raises Fault."""
        recorded = ledger.event_by_id(connection, attempt)
        if recorded is None or not _is_theirs(connection, recorded, person):
            raise Fault("no-such-attempt")
        return self._results.result(connection, recorded)


def _is_theirs(connection: Connection, recorded: Recorded, person: str) -> bool:
    return recorded.event.kind in MARKED and recorded.event.person in ids_of_person(connection, person)


def attempt_id(person: str, form: str) -> str:
    """Returns the id of a learner's attempt at a form, the same on every device and after every crash."""
    return str(uuid5(NAMESPACE_OID, f"{person}/{form}"))


def may_hand_in(connection: Connection, person: str, attempt: str, form: str) -> bool:
    """Tells whether a learner may hand a form in under an id: one of their device's, or the derived one.

    An id of version 5 follows from person and form, so it would keep its owner out for ever.
    """
    if UUID(attempt).version != DERIVED or attempt == attempt_id(person, form):
        return True
    return attempt in {attempt_id(learner_id, form) for learner_id in ids_of_person(connection, person)}


def is_drawn_for(connection: Connection, person: str, form: Form, numbers: int) -> bool:
    """Tells whether a form is of a learner's first `numbers` attempts, or of a person merged into them."""
    nths = [str(nth) for nth in range(1, numbers + 1)]
    if form.seed in {quiz.seed_of(person, form.course, nth) for nth in nths}:
        return True
    ids = ids_of_person(connection, person)
    return form.seed in {quiz.seed_of(id, form.course, nth) for id in ids for nth in nths}


def _marked_before(connection: Connection, handed: HandedIn) -> Marked:
    """Returns what the learner handed in before, where this is the same. Raises Fault."""
    before = ledger.event_by_id(connection, handed.attempt)
    if before is None or before.event.kind not in MARKED or before.event.payload["form"] != handed.form:
        raise Fault("other-attempt")
    form, key = course_versions.form_and_key(connection, handed.form)
    responses = to_responses(form, key, handed.wire)
    if {id: list(chosen) for id, chosen in responses.items()} != before.event.payload["responses"]:
        raise Fault("other-attempt")
    return Marked(event=before.event, mark=mark_of(before.event, key))

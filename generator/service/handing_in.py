"""Handing in: what learners send is checked and marked, for many of them at once.

It runs in the transaction that appends the attempts, so nothing that is checked here can change in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from .. import quiz
from ..quiz import Form, Key, Mark, Responses
from ..records import access, answers, courses, ledger, progress
from ..records.courses import Rule
from ..records.ledger import Event
from ..records.progress import Attempt
from .attempts import MARKED, Attempts, is_drawn_for, may_take
from .faults import Fault
from .results import mark_of
from .sheet import Wire, responses


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """What somebody sends: their session's token, the attempt's id, the form, and responses in numbers.

    `client_time` is what their clock says, `now` what ours said when it came.
    """

    token: str
    attempt: str
    form: str
    wire: Wire
    now: datetime
    client_time: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Marked:
    """An attempt as it stands on the ledger, or is to stand there, with its mark."""

    event: Event
    mark: Mark


class HandingIn:
    """Marks attempts at the tests of one programme."""

    def __init__(self, attempts: Attempts) -> None:
        self._attempts = attempts
        self._rules: dict[tuple[str, str], Rule] = {}

    def marked(self, connection: Connection, handed: Sequence[HandedIn]) -> list[Marked | Fault]:
        """The event of each, marked; that of the ledger where the same was handed in before."""
        now = max(one.now for one in handed)
        persons = access.signed_in(connection, {one.token for one in handed}, now=now)
        made = progress.attempts_of(connection, set(persons.values()))
        forms = courses.kept_all(connection, {one.form for one in handed})
        return [self._of(connection, one, persons.get(one.token), made, forms) for one in handed]

    def _of(
        self,
        connection: Connection,
        handed: HandedIn,
        person: str | None,
        made: Mapping[str, Sequence[Attempt]],
        forms: Mapping[str, tuple[Form, Key]],
    ) -> Marked | Fault:
        try:
            if person is None:
                raise Fault("signed-out")
            if any(one.event_id == handed.attempt for one in made[person]):
                return _again(connection, handed)
            if not may_take(connection, person, handed.attempt, handed.form):
                raise Fault("foreign-attempt")
            if handed.form not in forms:
                raise Fault("form-not-open")
            form, key = forms[handed.form]
            self._check(connection, person, handed.form, form, made[person])
            return self._new(connection, person, handed, form, key)
        except Fault as fault:
            return fault

    def _check(
        self, connection: Connection, person: str, id: str, form: Form, made: Sequence[Attempt]
    ) -> None:
        """That a form was drawn for this learner and is not yet answered. Raises Fault."""
        _, test = self._attempts.tested(form.course)
        ours = [one for one in made if one.course == form.course]
        is_answered = id in {one.form for one in ours}
        if is_answered or not is_drawn_for(connection, person, form, len(ours) + 1):
            raise Fault("form-not-open")
        if sum(one.standing != "voided" for one in ours) >= test.attempts:
            raise Fault("no-attempt-left")

    def _new(self, connection: Connection, person: str, handed: HandedIn, form: Form, key: Key) -> Marked:
        given, rule = responses(form, key, handed.wire), self._rule(connection, form)
        mark = quiz.mark(key, given, pass_share=rule.pass_share)
        event = answers.submitted(
            event_id=handed.attempt,
            person=person,
            course=form.course,
            form=handed.form,
            version=form.version,
            rule=rule,
            responses=given,
            mark=mark,
            client_time=handed.client_time,
        )
        return Marked(event=event, mark=mark)

    def _rule(self, connection: Connection, form: Form) -> Rule:
        """The rule that was published with the version of a form; it never changes."""
        version = form.course, form.version
        if version not in self._rules:
            published = courses.rule(connection, *version)
            self._rules[version] = published or self._attempts.rule(form.course)
        return self._rules[version]


def _again(connection: Connection, handed: HandedIn) -> Marked:
    """What the learner handed in before, where this is the same. Raises Fault."""
    before = ledger.recorded(connection, handed.attempt)
    if before is None or before.event.kind not in MARKED or before.event.payload["form"] != handed.form:
        raise Fault("other-attempt")
    form, key = courses.kept(connection, handed.form)
    if _plain(responses(form, key, handed.wire)) != before.event.payload["responses"]:
        raise Fault("other-attempt")
    return Marked(event=before.event, mark=mark_of(before.event, key))


def _plain(responses: Responses) -> dict[str, list[str]]:
    return {id: list(chosen) for id, chosen in responses.items()}

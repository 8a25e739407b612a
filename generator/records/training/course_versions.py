"""Published versions of courses: their rules, forms with keys, and the events of answers to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from ...quiz import Answer, Form, FormQuestion, Key, Mark, Responses
from .. import schema
from ..audit_trail import By
from ..errors import Conflict, Unknown
from ..event_kinds import canonical
from ..events import row_digests
from ..events.ledger import Event


class Rule(NamedTuple):
    """The rule that completes a course: its test's share in percent and attempts, its class's minutes.

    Where there is a `core`, the minutes of each of its modules, by id, complete it in class.
    """

    pass_share: int
    attempts: int
    minutes: int = 0
    core: Mapping[str, int] = MappingProxyType({})

    def as_json(self) -> dict[str, Any]:
        """Returns the rule as it is published and kept with events; one without a core says nothing of it."""
        return {name: value for name, value in self._asdict().items() if name != "core" or value}


def publish(connection: Connection, course: str, version: str, rule: Rule, *, now: datetime) -> bool:
    """Notes a version of a course with its rule; returns whether it is new."""
    table = schema.course_version
    row = {"course": course, "version": version, "rule": canonical(rule.as_json())}
    query = select(table.c.course).filter_by(**row)
    if connection.execute(query).first():
        return False
    row_digests.add_rows(
        connection, table, [{**row, "published_at": _after_last_rule(connection, course, version, now)}]
    )
    return True


def _after_last_rule(connection: Connection, course: str, version: str, now: datetime) -> datetime:
    """Returns now, or the moment after a version's last rule if a clock that was ahead dated that."""
    table = schema.course_version.c
    conditions = (table.course == course, table.version == version)
    last = connection.scalar(select(func.max(table.published_at)).where(*conditions))
    return now if last is None or last < now else last + timedelta(microseconds=1)


def published_rule(connection: Connection, course: str, version: str) -> Rule | None:
    """Returns the rule that was published first with a version of a course, or None."""
    table = schema.course_version.c
    query = select(table.rule).where(table.course == course, table.version == version)
    rule = connection.execute(query.order_by(table.published_at)).scalars().first()
    return Rule(**json.loads(rule)) if rule else None


def earlier_rule(connection: Connection, course: str) -> Rule | None:
    """Returns the last rule of a course that had no core, or None."""
    table = schema.course_version.c
    rules = select(table.rule).where(table.course == course).order_by(table.published_at.desc())
    published = (Rule(**json.loads(rule)) for rule in connection.execute(rules).scalars())
    return next((rule for rule in published if not rule.core), None)


def published_versions(connection: Connection, course: str) -> dict[str, datetime]:
    """Returns when each version of a course was first published."""
    table = schema.course_version.c
    first = func.min(table.published_at, type_=table.published_at.type)
    query = select(table.version, first).where(table.course == course).group_by(table.version)
    return {version: published_at for version, published_at in connection.execute(query)}


def form_id(form: Form) -> str:
    """Returns 24 hex digits, the same for the same form on every machine."""
    named = f"{form.course}/{form.version}/{form.seed}"
    return hashlib.sha256(named.encode()).hexdigest()[:24]


def add_form(connection: Connection, form: Form, key: Key, *, now: datetime) -> str:
    """Keeps a form and its key; returns its id. Keeping it again changes nothing.

    Raises Conflict where another form has the same course, version and seed.
    """
    id, table = form_id(form), schema.form
    answers = canonical({id: answer._asdict() for id, answer in key.items()})
    row = {"asked": canonical([question._asdict() for question in form.asked]), "key": answers}
    before = connection.execute(select(table.c.asked, table.c.key).where(table.c.id == id)).first()
    if before is None:
        drawn = {"course": form.course, "version": form.version, "seed": form.seed}
        row_digests.add_rows(connection, table, [{"id": id, **drawn, **row, "kept_at": now}])
    elif (before.asked, before.key) != (row["asked"], row["key"]):
        raise Conflict(id)
    return id


def form_and_key(connection: Connection, id: str) -> tuple[Form, Key]:
    """Returns a form and its key. Raises Unknown."""
    forms = forms_and_keys(connection, [id])
    if id not in forms:
        raise Unknown(id)
    return forms[id]


def forms_and_keys(connection: Connection, ids: Collection[str]) -> dict[str, tuple[Form, Key]]:
    """Returns forms and their keys by id, those that are there."""
    forms: dict[str, tuple[Form, Key]] = {}
    for row in connection.execute(_FORMS, {"ids": list(ids)}).all():
        asked = tuple(
            FormQuestion(question["id"], tuple(question["parts"])) for question in json.loads(row.asked)
        )
        key = {
            id: Answer(kind=answer["kind"], right=tuple(answer["right"]), objective=answer["objective"])
            for id, answer in json.loads(row.key).items()
        }
        forms[row.id] = Form(course=row.course, version=row.version, seed=row.seed, asked=asked), key
    return forms


_FORMS = select(schema.form).where(schema.form.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, kw_only=True)
class PaperSource:
    """The origin of answers typed from paper: the day, a signed sheet's reference, and who typed them."""

    day: date
    sheet: str | None
    by: By


def answers_submitted(
    *,
    event_id: str,
    person: str,
    form_id: str,
    form: Form,
    rule: Rule,
    responses: Responses,
    mark: Mark,
    paper: PaperSource | None = None,
    client_time: datetime | None = None,
) -> Event:
    """Returns the event of answers to a form: of a learner signed in (A), else from paper.

    Paper is evidence B with a signed sheet's reference, D without.
    """
    payload = {
        "form": form_id,
        "version": form.version,
        # Its core says nothing of answers.
        "rule": {"pass_share": rule.pass_share, "attempts": rule.attempts, "minutes": rule.minutes},
        "responses": {id: list(chosen) for id, chosen in responses.items()},
        "right": mark.tally.right,
        "asked": mark.tally.asked,
        "passed": mark.is_passed,
    }
    if paper is not None:
        sheet = {"sheet": paper.sheet} if paper.sheet else {}
        payload |= {"day": paper.day.isoformat(), **sheet}
    return Event(
        kind="paper.submitted" if paper else "attempt.submitted",
        event_id=event_id,
        person=person,
        course=form.course,
        payload=payload,
        evidence="A" if paper is None else "B" if paper.sheet else "D",
        actor=paper.by.actor if paper else None,
        reason=paper.by.reason if paper else None,
        client_time=client_time,
    )

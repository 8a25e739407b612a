"""Events of answers to a form, from the mark that the service made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from ..quiz import Mark, Responses
from .attribution import By
from .courses import Rule
from .ledger import Event


def submitted(
    *,
    event_id: str,
    person: str,
    course: str,
    form: str,
    version: str,
    rule: Rule,
    responses: Responses,
    mark: Mark,
    evidence: Literal["A", "C"] = "A",
    client_time: datetime | None = None,
) -> Event:
    """A learner's attempt: signed in (A), or by an offline slip (C)."""
    return Event(
        kind="attempt.submitted",
        event_id=event_id,
        person=person,
        course=course,
        payload=_payload(form, version, rule, responses, mark),
        evidence=evidence,
        client_time=client_time,
    )


def on_paper(
    *,
    event_id: str,
    person: str,
    course: str,
    form: str,
    version: str,
    rule: Rule,
    responses: Responses,
    mark: Mark,
    day: date,
    sheet: str | None,
    by: By,
) -> Event:
    """Answers typed from paper: evidence B with the reference of the signed sheet, D without one."""
    payload = {**_payload(form, version, rule, responses, mark), "day": day.isoformat()}
    return Event(
        kind="paper.submitted",
        event_id=event_id,
        person=person,
        course=course,
        payload=payload | ({"sheet": sheet} if sheet else {}),
        evidence="B" if sheet else "D",
        actor=by.actor,
        reason=by.reason,
    )


def _payload(form: str, version: str, rule: Rule, responses: Responses, mark: Mark) -> Mapping[str, Any]:
    return {
        "form": form,
        "version": version,
        "rule": rule.payload,
        "responses": {id: list(chosen) for id, chosen in responses.items()},
        "right": mark.tally.right,
        "asked": mark.tally.asked,
        "passed": mark.is_passed,
    }

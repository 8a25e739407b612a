"""Which questions are open, who has to answer them, and what waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..model.decision import Decision
from ..model.programme import Programme


@dataclass(frozen=True, kw_only=True)
class AwaitedDecision:
    """An open question, with the titles by id of the targets that wait for it, and the courses that meet it.

    Whether such a target is reached is told only once the question is answered.
    """

    id: str
    question: str
    who: tuple[str, ...]
    since: date
    targets: Mapping[str, str]
    courses: tuple[str, ...]


def awaited_decisions(programme: Programme) -> tuple[AwaitedDecision, ...]:
    """Returns the open decisions: those asked longest ago first, of one day those that targets wait for."""
    found = [_awaited(programme, id, one) for id, one in programme.decisions.items() if one.is_open]
    return tuple(sorted(found, key=lambda one: (one.since, -len(one.targets))))


def _awaited(programme: Programme, id: str, one: Decision) -> AwaitedDecision:
    waiting = {
        target: found.title
        for target, found in programme.charter.targets.items()
        if id in programme.assumed(target)
    }
    return AwaitedDecision(
        id=id,
        question=one.question,
        who=programme.deciders(one),
        since=one.since,
        targets=waiting,
        courses=tuple(course for course in one.courses if course in programme.courses),
    )

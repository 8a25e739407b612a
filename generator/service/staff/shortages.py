"""Tests for which too few questions are right, or soon will be: told to staff, never to learners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...programme.supply import Supply, supplies
from ..service import Service

#: How long before it comes it is told: long enough to write questions and have them approved.
AHEAD = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """A test that cannot be drawn from a day on. `left` is how many questions there are then, or today.

    `objective` is nothing where it is the bank that is too small.
    """

    course: str
    objective: str
    left: int
    needed: int
    since: date
    is_here: bool


def shortages(service: Service, on: date) -> list[Shortage]:
    """Returns what is short or will be within `AHEAD`, the first to come first."""
    found = [one for course in service.attempts.courses for one in _of_course(service, course, on)]
    return sorted(found, key=lambda one: one.since)


def _of_course(service: Service, id: str, on: date) -> Iterator[Shortage]:
    """Where questions of an objective are short, that their whole bank is then short says nothing more."""
    course, last = service.programme.courses[id], dict[tuple[str, str], Supply]()
    for supply in supplies(service.programme, course):
        # Draws for one objective add up, so the last of them says what all of them need.
        last[supply.bank.id, supply.objective or ""] = supply
    short = {named: supply.lacks_from for named, supply in last.items() if supply.lacks_from}
    for (bank, objective), since in short.items():
        is_echo = not objective and any(other == bank and named for other, named in short)
        if since <= on + AHEAD and not is_echo:
            supply = last[bank, objective]
            yield Shortage(
                course=course.title,
                objective=course.objectives.get(objective, ""),
                left=supply.left(max(since, on)),
                needed=supply.needed,
                since=since,
                is_here=since <= on,
            )

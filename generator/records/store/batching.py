"""A batch of the writer: events, and statements of events, recorded with few statements of SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import Connection

from ..ledger import Event
from ..recording import record_each


class Stated(Protocol):
    """An event, with whatever else it was stated from."""

    @property
    def event(self) -> Event: ...


@dataclass(frozen=True, kw_only=True)
class Statement:
    """Something said, from which an event is stated in the transaction that appends it.

    `make` reads what it needs for several at once, writes nothing, and answers each: stated, or refused.
    """

    make: Callable[[Connection, Sequence[Any]], Sequence[Stated | Exception]]
    said: Any


Work = Event | Statement
#: What a write came to, kept until the commit.
Outcome = tuple[Any, Exception | None]


def record_works(connection: Connection, works: Sequence[Work], now: datetime) -> list[Outcome]:
    """Records each for itself. A statement sees all that its person did before it, in this batch too.

    An event comes to its place, a statement to what it stated and its place. Raises DBAPIError.
    """
    made = _made(connection, works)
    early, late = _in_turn(works, made)
    outcomes = dict(zip(early, _recorded(connection, [made[place] for place in early], now), strict=True))
    for place in late:
        outcomes[place] = _recorded(connection, _made(connection, [works[place]]), now)[0]
    return [outcomes[place] for place in range(len(works))]


Made = Event | Stated | Exception


def _made(connection: Connection, works: Sequence[Work]) -> list[Made]:
    """What is to be recorded for each work, or why it is refused; statements of a kind are made together."""
    found: list[Made] = []
    for make, run in groupby(works, lambda work: work.make if isinstance(work, Statement) else None):
        if make is None:
            found += [work for work in run if isinstance(work, Event)]
        else:
            found += make(connection, [work.said for work in run if isinstance(work, Statement)])
    return found


def _in_turn(works: Sequence[Work], made: Sequence[Made]) -> tuple[list[int], list[int]]:
    """Places that can go together, and those that must see what an earlier one of their person comes to."""
    early: list[int] = []
    late: list[int] = []
    persons: set[str] = set()
    for place, (work, one) in enumerate(zip(works, made, strict=True)):
        person = None if isinstance(one, Exception) else _event(one).person
        is_late = isinstance(work, Statement) and person in persons
        (late if is_late else early).append(place)
        if person is not None:
            persons.add(person)
    return early, late


def _recorded(connection: Connection, made: Sequence[Made], now: datetime) -> list[Outcome]:
    events = [_event(one) for one in made if not isinstance(one, Exception)]
    appended = iter(record_each(connection, events, now))
    return [_outcome(one, one if isinstance(one, Exception) else next(appended)) for one in made]


def _event(made: Event | Stated) -> Event:
    return made if isinstance(made, Event) else made.event


def _outcome(made: Made, appended: Any) -> Outcome:
    if isinstance(appended, Exception):
        return None, appended
    return (appended if isinstance(made, Event) else (made, appended)), None

"""The minutes that persons attended in classes, and what those gave of each module."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from .. import schema
from ..events.class_completion import ClassCredit
from ..events.ledger import CHUNK

#: A person and a course.
Pair = tuple[str, str]


class _Class(NamedTuple):
    """An entry of a class that somebody attended, as far as it is not voided."""

    standing: str
    minutes: int
    event_id: str
    has_modules: bool


def attended_minutes(
    connection: Connection, remaining: Mapping[str, str], courses: Collection[str]
) -> tuple[dict[str, Counter[Pair]], dict[str, dict[Pair, ClassCredit]]]:
    """Returns minutes and modules by the standing of a class; a class counts once, if it can."""
    table = schema.attendance.c
    columns = (table.person, table.course, table.session, table.standing, table.minutes, table.event_id)
    query = select(*columns, table.modules.is_not(None)).where(
        table.person.in_(remaining), table.course.in_(courses), table.standing != "voided"
    )
    classes: dict[tuple[str, str, str], _Class] = {}
    # By the alphabet, what counts comes before what is pending.
    for row in connection.execute(query.order_by(table.standing, table.received_at, table.event_id)):
        person, course, session, *entry = tuple(row)
        classes.setdefault((remaining[person], course, session), _Class(*entry))
    minutes: dict[str, Counter[Pair]] = {name: Counter() for name in ("counted", "pending", "earlier")}
    for (person, course, _), attended in classes.items():
        minutes[attended.standing][person, course] += attended.minutes
        if attended.standing == "counted" and not attended.has_modules:
            minutes["earlier"][person, course] += attended.minutes
    return minutes, _credits(connection, classes)


def _credits(
    connection: Connection, classes: Mapping[tuple[str, str, str], _Class]
) -> dict[str, dict[Pair, ClassCredit]]:
    """Returns what classes that say it gave of each module: those that count, and with those that wait."""
    by_standing: dict[str, dict[Pair, ClassCredit]] = {"counted": {}, "pending": {}}
    saying = {entry.event_id: (key, entry) for key, entry in classes.items() if entry.has_modules}
    for event_id, payload in _payloads(connection, list(saying)):
        (person, course, _), entry = saying[event_id]
        for standing in ("counted", "pending"):
            if entry.standing in ("counted", standing):
                by_standing[standing].setdefault((person, course), ClassCredit()).add(payload)
    return by_standing


def _payloads(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Yields the payloads of attendances by their ids, by the day of the class."""
    event, read = schema.event.c, list[tuple[str, Any]]()
    for first in range(0, len(ids), CHUNK):
        query = select(event.event_id, event.payload).where(event.event_id.in_(ids[first : first + CHUNK]))
        read += ((row.event_id, json.loads(row.payload)) for row in connection.execute(query))
    yield from sorted(read, key=lambda entry: (entry[1]["day"], entry[0]))

"""Keeps the projections up, in the transaction that appends the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, update

from .. import digests, schema
from ..ledger import Event, clamped
from ..refusals import Unknown
from . import merging
from .folding import Fact, Folded, fold, joined
from .rows import FactScope, facts, facts_without_course, stored, write
from .tallying import contributions, places, tally

#: How many events are taken at once; databases take only so many parameters.
CHUNK = 2_000
#: What changes who is one with whom, and so everything of these persons.
REGROUPING = frozenset({"person.merged", "voided"})
#: What adds to the projections by itself, whatever else its person did; all others are seen with the rest.
ADDING = frozenset({"attempt.submitted", "admin.recorded", "waived"})


def apply(connection: Connection, events: Sequence[Event], now: datetime) -> None:
    """Brings the projections up to date with events that were appended just now.

    Raises Unknown for a person who is not there.
    """
    _erase(connection, events, now)
    adding = [event for event in events if event.kind in ADDING]
    others = [event for event in events if event.kind not in ADDING]
    for first in range(0, len(adding), CHUNK):
        _add(connection, adding[first : first + CHUNK], now)
    for first in range(0, len(others), CHUNK):
        _see_whole(connection, others[first : first + CHUNK])


def _erase(connection: Connection, events: Iterable[Event], now: datetime) -> None:
    """Clears what is known of a person. Of two erasures the earlier one gives the time."""
    erased = [event.person for event in events if event.kind == "person.erased"]
    if erased:
        table = schema.person
        cleared = dict.fromkeys(("full_name", "folded", "position", "unit", "salt"))
        earlier = or_(table.c.erased_at.is_(None), table.c.erased_at > now)
        query = update(table).where(table.c.id.in_(erased), earlier)
        connection.execute(query.values(**cleared, active=False, erased_at=now))
        digests.vouch(connection, table, sorted(set(erased)))


def _remaining(connection: Connection, events: Iterable[Event]) -> dict[str, str]:
    """Who remains of the persons of the events and of those merged with them."""
    persons = {one.person for one in events} | {
        one.payload["into"] for one in events if "into" in one.payload
    }
    found = merging.remaining(connection, persons)
    if unknown := persons - found.keys():
        raise Unknown(", ".join(sorted(unknown)))
    return found


# --- events that only add ---------------------------------------------------------------------


def _add(connection: Connection, events: Sequence[Event], now: datetime) -> None:
    """Joins what the events alone come to with what is stored, without looking at the past."""
    remaining = _remaining(connection, events)
    voids = facts_without_course(connection, list({event.person for event in events}))
    added = fold([*(_fact(event, now) for event in events), *voids], remaining)
    if not added.completion and not added.waiver:
        write(connection, Folded(), added)
        return
    courses = {(person, course) for person, course, *_ in (*added.completion, *added.waiver)}
    before = stored(connection, FactScope((), list(courses)), "completion", "waiver")
    after = joined(before, added)
    write(connection, before, after)
    if _done(before) != _done(after):
        theirs = {person for person, _ in courses}
        where = places(connection, {one: stays for one, stays in remaining.items() if stays in theirs})
        tally(connection, contributions(where, before), contributions(where, after))


def _fact(event: Event, now: datetime) -> Fact:
    client_time, _, is_flagged = clamped(event.client_time, now)
    return Fact(
        event.kind,
        event.event_id,
        event.person,
        event.course,
        event.payload,
        event.evidence,
        event.actor,
        client_time,
        is_flagged,
        now,
    )


def _done(folded: Folded) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    return set(folded.completion), set(folded.waiver)


# --- events that change what others mean ------------------------------------------------------


def _see_whole(connection: Connection, events: Sequence[Event]) -> None:
    """Folds all that the events touch afresh."""
    before = _remaining(connection, events)
    after, scope = before, _scope(events, before)
    if scope.courses is None:
        after = merging.remaining_after(merging.edges(connection, before), before)
        merging.store(connection, before, after)
    old = stored(connection, scope)
    new = fold(facts(connection, scope, {event.event_id: event.payload for event in events}), after)
    write(connection, old, new)
    if before != after or _done(old) != _done(new):
        here = places(connection, before)
        there = here if before == after else places(connection, after)
        tally(connection, contributions(here, old), contributions(there, new))


def _scope(events: Iterable[Event], remaining: Mapping[str, str]) -> FactScope:
    """Courses of persons and of those merged with them; all that these did, where it changes who is who."""
    if any(event.kind in REGROUPING for event in events):
        return FactScope(list(remaining), None)
    courses: dict[str, set[str]] = {}
    for event in events:
        if event.course:
            courses.setdefault(remaining[event.person], set()).add(event.course)
    pairs = [(person, course) for person, stays in remaining.items() for course in courses.get(stays, ())]
    return FactScope(list(remaining), pairs)

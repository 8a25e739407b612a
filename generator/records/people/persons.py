"""Persons: a name, a position and a unit, and nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from ...programme.vietnamese import folded
from .. import schema
from ..audit_trail import By, NewId, new_id, note
from ..errors import Malformed, NotAllowed, Unknown, raises_unknown
from ..events import row_digests
from ..events.ledger import CHUNK, Event, remaining_persons
from ..events.projections import record


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """A person to be added; without an `id` one is made."""

    full_name: str
    position: str | None
    unit: str
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person. Someone erased has no name, position or unit; `merged_into` is the one that remains."""

    id: str
    full_name: str | None
    position: str | None
    unit: str | None
    active: bool
    merged_into: str | None
    erased_at: datetime | None


def add_persons(
    connection: Connection, added: Iterable[NewPerson], *, by: By, now: datetime, new_id: NewId = new_id
) -> tuple[str, ...]:
    """Adds persons, all or nothing; returns their ids in order. One row of audit for all of them."""
    rows = [_row(someone, someone.id or new_id()) for someone in added]
    if rows:
        with raises_unknown("a unit"):
            row_digests.add_rows(connection, schema.person, rows)
        note(connection, "persons.added", str(len(rows)), by=by, now=now)
    return tuple(row["id"] for row in rows)


def _row(someone: NewPerson, id: str) -> dict[str, Any]:
    name = " ".join(someone.full_name.split())
    if not name:
        raise Malformed("a person needs a name")
    return {
        "id": id,
        "full_name": name,
        "folded": folded(name),
        "position": someone.position,
        "unit": someone.unit,
        "active": True,
        "salt": secrets.token_hex(16),
    }


def change_person(
    connection: Connection, id: str, changed: NewPerson, *, active: bool = True, by: By, now: datetime
) -> None:
    """Corrects a name, position or unit of today. Rosters that are frozen keep theirs."""
    if person(connection, id).erased_at is not None:
        raise NotAllowed("an erased person stays erased")
    row = {**_row(changed, id), "active": active}
    with raises_unknown(changed.unit):
        connection.execute(update(schema.person).where(schema.person.c.id == id).values(row))
    row_digests.vouch(connection, schema.person, [id])
    note(connection, "person.changed", id, by=by, now=now)


def person(connection: Connection, id: str) -> Person:
    """Returns the person of that id. Raises Unknown."""
    row = connection.execute(select(*_SHOWN).where(schema.person.c.id == id)).mappings().first()
    if row is None:
        raise Unknown(id)
    return Person(**row)


_SHOWN = tuple(schema.person.c[name] for name in Person.__dataclass_fields__)


def persons_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Returns persons by their id; unknown ids are left out."""
    wanted, persons = list(ids), dict[str, Person]()
    for first in range(0, len(wanted), CHUNK):
        query = select(*_SHOWN).where(schema.person.c.id.in_(wanted[first : first + CHUNK]))
        persons |= {row["id"]: Person(**row) for row in connection.execute(query).mappings()}
    return persons


def persons_at_levels(connection: Connection, levels: Collection[str]) -> tuple[Person, ...]:
    """Returns the persons of units of these levels by name, merged and erased ones left out."""
    who, unit = schema.person.c, schema.unit.c
    query = select(*_SHOWN).join(schema.unit, unit.id == who.unit)
    query = query.where(unit.level.in_(levels), who.merged_into.is_(None), who.erased_at.is_(None))
    rows = connection.execute(query.order_by(who.folded, who.id)).mappings()
    return tuple(Person(**row) for row in rows)


def search_persons(
    connection: Connection, name: str, *, units: Collection[str] | None = None, limit: int = 20
) -> tuple[Person, ...]:
    """Returns persons whose name holds the words, marks and case aside; merged ones are left out."""
    table = schema.person
    query = select(*_SHOWN).where(table.c.merged_into.is_(None))
    for word in folded(name).split():
        query = query.where(table.c.folded.contains(word, autoescape=True))
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    query = query.where(table.c.folded.is_not(None)).order_by(table.c.folded, table.c.id).limit(limit)
    return tuple(Person(**row) for row in connection.execute(query).mappings())


def namesakes(
    connection: Connection, names: Collection[str], *, units: Collection[str] | None = None
) -> tuple[Person, ...]:
    """Returns persons whose whole name, once folded, is one of these; merged ones are left out."""
    table = schema.person
    query = select(*_SHOWN).where(table.c.merged_into.is_(None), table.c.folded.in_(names))
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    return tuple(
        Person(**row) for row in connection.execute(query.order_by(table.c.folded, table.c.id)).mappings()
    )


def merge_persons(
    connection: Connection, id: str, *, into: str, by: By, now: datetime, new_id: NewId = new_id
) -> None:
    """Says that two persons are one: what the first has done counts for the second. A void undoes it."""
    leaving, staying = person(connection, id), person(connection, into)
    if id == into or leaving.merged_into or staying.merged_into:
        raise NotAllowed("both must be persons of their own")
    record(
        connection,
        Event(
            kind="person.merged",
            event_id=new_id(),
            person=id,
            payload={"into": into},
            actor=by.actor,
            reason=by.reason,
        ),
        now,
    )


def erase_person(connection: Connection, id: str, *, by: By, now: datetime, new_id: NewId = new_id) -> None:
    """Clears name, position, unit and code of a person and of those merged with them.

    What was done stays counted, without a name. Raises Unknown.
    """
    person(connection, id)
    for merged_id in sorted(remaining_persons(connection, {id})):
        if person(connection, merged_id).erased_at is None:
            _erase_one(connection, merged_id, new_id(), by, now)


def _erase_one(connection: Connection, id: str, event_id: str, by: By, now: datetime) -> None:
    for table in (schema.credential, schema.session):
        connection.execute(delete(table).where(table.c.person == id))
    erased = Event(kind="person.erased", event_id=event_id, person=id, actor=by.actor, reason=by.reason)
    record(connection, erased, now)

"""Persons, a name, a position and a unit and nothing else; and the units: province, agencies, communes."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from ...programme.model.registers import Units
from ...programme.model.values import Level
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


# --- units ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An agency or a commune under the province. `former_names` include those it was formed from."""

    id: str
    parent: str | None
    level: Level
    name: str
    code: str | None = None
    former_names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


def programme_units(units: Units, *, valid_from: date | None = None) -> tuple[Unit, ...]:
    """Returns a programme's units, the province first. A commune's id is its code, an agency's its slug."""
    root = Unit(id=units.province.code, parent=None, level="province", name=units.province.name)
    agencies = (
        Unit(id=slug, parent=root.id, level="province", name=agency.name)
        for slug, agency in units.agencies.items()
    )
    communes = (
        Unit(
            id=code,
            parent=root.id,
            level="commune",
            name=commune.name,
            code=code,
            former_names=commune.formed_from,
            valid_from=valid_from,
        )
        for code, commune in units.communes.items()
    )
    return (root, *agencies, *communes)


def place_units(connection: Connection, placed: Iterable[Unit], *, by: By, now: datetime) -> tuple[str, ...]:
    """Adds or changes units; returns the ids of those that differ from before. Parents come first."""
    stored = units_by_id(connection)
    differing = [unit for unit in placed if stored.get(unit.id) != unit]
    for unit in differing:
        _put_unit(connection, unit, is_known=unit.id in stored)
        note(connection, "unit.placed", unit.id, by=by, now=now)
    return tuple(unit.id for unit in differing)


def _put_unit(connection: Connection, unit: Unit, *, is_known: bool) -> None:
    row = {name: getattr(unit, name) for name in ("id", "parent", "level", "code", "name")}
    row |= {"folded": folded(unit.name), "valid_from": unit.valid_from, "valid_to": unit.valid_to}
    table = schema.unit
    connection.execute(
        update(table).where(table.c.id == unit.id).values(row) if is_known else insert(table).values(row)
    )
    names = schema.former_name
    connection.execute(delete(names).where(names.c.unit == unit.id))
    former = {folded(name): name for name in unit.former_names}
    if former:
        rows = [{"folded": key, "unit": unit.id, "name": name} for key, name in former.items()]
        connection.execute(insert(names), rows)
    for vouched in (table, names):
        row_digests.vouch(connection, vouched, [unit.id])


def units_by_id(connection: Connection, *, on: date | None = None) -> Mapping[str, Unit]:
    """Returns every unit by its id, or those that exist on a day."""
    table, names = schema.unit, schema.former_name
    query = select(table).order_by(table.c.id)
    if on is not None:
        query = query.where(
            or_(table.c.valid_from.is_(None), table.c.valid_from <= on),
            or_(table.c.valid_to.is_(None), table.c.valid_to >= on),
        )
    former: dict[str, list[str]] = {}
    for row in connection.execute(select(names.c.unit, names.c.name).order_by(names.c.name)):
        former.setdefault(row.unit, []).append(row.name)
    return {
        row["id"]: Unit(
            **{name: value for name, value in row.items() if name != "folded"},
            former_names=tuple(former.get(row["id"], ())),
        )
        for row in connection.execute(query).mappings()
    }


def province(connection: Connection) -> Unit:
    """Returns the unit that has no parent. Raises Unknown before any unit is placed."""
    for unit in units_by_id(connection).values():
        if unit.parent is None:
            return unit
    raise Unknown("no unit")


def province_names(connection: Connection) -> Mapping[str, str]:
    """Returns units without a parent, names by ids: one if the ledger is of one programme."""
    table = schema.unit.c
    return {
        row.id: row.name
        for row in connection.execute(select(table.id, table.name).where(table.parent.is_(None)))
    }


def subtree(connection: Connection, unit: str) -> frozenset[str]:
    """Returns a unit and all below it."""
    table = schema.unit
    below = select(table.c.id).where(table.c.id == unit).cte("below", recursive=True)
    below = below.union_all(select(table.c.id).join(below, table.c.parent == below.c.id))
    return frozenset(connection.execute(select(below.c.id)).scalars())


def units_named(connection: Connection, name: str) -> tuple[str, ...]:
    """Returns the ids of units called so now or formerly, marks and case aside; today's come first."""
    table, names = schema.unit, schema.former_name
    wanted = folded(" ".join(name.split()))
    today = connection.execute(select(table.c.id).where(table.c.folded == wanted).order_by(table.c.id))
    formerly = connection.execute(select(names.c.unit).where(names.c.folded == wanted).order_by(names.c.unit))
    return tuple(dict.fromkeys([*today.scalars(), *formerly.scalars()]))

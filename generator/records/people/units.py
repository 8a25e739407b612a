"""Units: the province, its agencies and its communes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from ...programme.model.registers import Units
from ...programme.model.values import Level
from ...programme.vietnamese import folded
from .. import schema
from ..audit_trail import By, note
from ..errors import Unknown
from ..events import row_digests


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

"""What the office enters: communication activities, and figures that only it can know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select, update

from .. import digests, people, schema
from ..attribution import By, NewId, new_id, note
from ..refusals import Malformed, Unknown


@dataclass(frozen=True, kw_only=True)
class CommunicationActivity:
    """A communication activity: where, for whom, for how many. No names."""

    id: str
    unit: str
    held_on: date
    place_kind: str
    audience: str
    headcount: int
    material: str | None
    entered_at: datetime
    withdrawn_at: datetime | None = None


def enter_activity(
    connection: Connection,
    *,
    unit: str,
    held_on: date,
    place_kind: str,
    audience: str,
    headcount: int,
    material: str | None = None,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> CommunicationActivity:
    """Adds an activity; one whose id is known already stays as it is. Raises Malformed or Unknown."""
    entered = CommunicationActivity(
        id=new_id(),
        unit=unit,
        held_on=held_on,
        place_kind=place_kind,
        audience=audience,
        headcount=headcount,
        material=material,
        entered_at=now,
    )
    if headcount < 0 or not place_kind.strip() or not audience.strip():
        raise Malformed("an activity has a kind of place, an audience and heads")
    if unit not in people.units(connection):
        raise Unknown(unit)
    if (noted := _noted(connection, entered.id)) is not None:
        return noted
    digests.add(connection, schema.activity, [vars(entered)])
    note(connection, "activity.entered", entered.id, by=by, now=now)
    return entered


def activities(
    connection: Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    units: Collection[str] | None = None,
    withdrawn: bool = False,
) -> tuple[CommunicationActivity, ...]:
    """The activities from a day to a day, both included, or those taken back; the first first."""
    table = schema.activity
    gone = table.c.withdrawn_at
    query = select(table).where(gone.is_not(None) if withdrawn else gone.is_(None))
    query = query.order_by(table.c.held_on, table.c.id)
    if since is not None:
        query = query.where(table.c.held_on >= since)
    if until is not None:
        query = query.where(table.c.held_on <= until)
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    return tuple(CommunicationActivity(**row) for row in connection.execute(query).mappings())


def activity(connection: Connection, id: str) -> CommunicationActivity:
    """An activity, also one that was taken back. Raises Unknown."""
    found = _noted(connection, id)
    if found is None:
        raise Unknown(id)
    return found


def _noted(connection: Connection, id: str) -> CommunicationActivity | None:
    row = connection.execute(select(schema.activity).where(schema.activity.c.id == id)).mappings().first()
    return CommunicationActivity(**row) if row else None


def withdraw_activity(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back an activity that was entered by mistake; it stays to be seen. Raises Unknown."""
    table = schema.activity
    query = update(table).where(table.c.id == id, table.c.withdrawn_at.is_(None))
    if not connection.execute(query.values(withdrawn_at=now)).rowcount:
        raise Unknown(id)
    digests.vouch(connection, table, [id])
    note(connection, "activity.withdrawn", id, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class EnteredFigure:
    """So many of so many, as the office says, and where it has that from."""

    id: str
    target: str
    period: str
    numerator: int
    denominator: int
    source: str
    entered_by: str
    entered_at: datetime


def enter_figure(
    connection: Connection,
    *,
    target: str,
    period: str,
    numerator: int,
    denominator: int,
    source: str,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> EnteredFigure:
    """Adds a figure; an earlier one of the same target and period stays, but no longer stands.

    One whose id is known already stays as it is. Raises Malformed.
    """
    if not 0 <= numerator <= denominator or not source.strip():
        raise Malformed("a figure is so many of so many, with a source")
    entered = EnteredFigure(
        id=new_id(),
        target=target,
        period=period,
        numerator=numerator,
        denominator=denominator,
        source=source,
        entered_by=by.actor,
        entered_at=_later(connection, target, period, now),
    )
    row = connection.execute(select(schema.figure).where(schema.figure.c.id == entered.id)).mappings().first()
    if row is not None:
        return EnteredFigure(**row)
    digests.add(connection, schema.figure, [vars(entered)])
    note(connection, "figure.entered", entered.id, by=by, now=now)
    return entered


def _later(connection: Connection, target: str, period: str, now: datetime) -> datetime:
    """Now, or right after the last figure if a clock that was ahead dated it: the last entered stands."""
    table = schema.figure.c
    here = (table.target == target, table.period == period)
    last = connection.scalar(select(func.max(table.entered_at)).where(*here))
    return now if last is None or last < now else last + timedelta(microseconds=1)


def figures(connection: Connection, period: str) -> Mapping[str, EnteredFigure]:
    """The figures that stand for a period, by target."""
    table = schema.figure
    query = select(table).where(table.c.period == period).order_by(table.c.entered_at, table.c.id)
    return {row["target"]: EnteredFigure(**row) for row in connection.execute(query).mappings()}

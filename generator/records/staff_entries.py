"""Entries of staff besides training: communication activities, issued plans, figures of the office."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select, update

from . import people, schema
from .audit_trail import By, NewId, new_id, note
from .errors import Malformed, NotAllowed, Unknown
from .events import row_digests
from .events.fold import LOCAL_ZONE


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
    if unit not in people.units_by_id(connection):
        raise Unknown(unit)
    if (noted := _read_activity(connection, entered.id)) is not None:
        return noted
    row_digests.add_rows(connection, schema.activity, [vars(entered)])
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
    """Returns activities from a day to a day, both included, or those taken back; the first day first."""
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
    """Returns an activity, even one taken back. Raises Unknown."""
    entered = _read_activity(connection, id)
    if entered is None:
        raise Unknown(id)
    return entered


def _read_activity(connection: Connection, id: str) -> CommunicationActivity | None:
    row = connection.execute(select(schema.activity).where(schema.activity.c.id == id)).mappings().first()
    return CommunicationActivity(**row) if row else None


def withdraw_activity(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back an activity that was entered by mistake; it stays to be seen. Raises Unknown."""
    table = schema.activity
    query = update(table).where(table.c.id == id, table.c.withdrawn_at.is_(None))
    if not connection.execute(query.values(withdrawn_at=now)).rowcount:
        raise Unknown(id)
    row_digests.vouch(connection, table, [id])
    note(connection, "activity.withdrawn", id, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class EnteredFigure:
    """A share that the office entered: so many of so many, and the source it has that from."""

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
        entered_at=_after_last_figure(connection, target, period, now),
    )
    row = connection.execute(select(schema.figure).where(schema.figure.c.id == entered.id)).mappings().first()
    if row is not None:
        return EnteredFigure(**row)
    row_digests.add_rows(connection, schema.figure, [vars(entered)])
    note(connection, "figure.entered", entered.id, by=by, now=now)
    return entered


def _after_last_figure(connection: Connection, target: str, period: str, now: datetime) -> datetime:
    """Returns now, or the moment after the last figure if a clock that was ahead dated it."""
    table = schema.figure.c
    conditions = (table.target == target, table.period == period)
    last = connection.scalar(select(func.max(table.entered_at)).where(*conditions))
    return now if last is None or last < now else last + timedelta(microseconds=1)


def figures(connection: Connection, period: str) -> Mapping[str, EnteredFigure]:
    """Returns the figures that stand for a period, by target."""
    table = schema.figure
    query = select(table).where(table.c.period == period).order_by(table.c.entered_at, table.c.id)
    return {row["target"]: EnteredFigure(**row) for row in connection.execute(query).mappings()}


#: A number and, after a stroke, the type of document and its issuer: 12/KH-UBND, 07a/2026/KH-SYT, 15-KH/TU.
DOCUMENT_NUMBER = re.compile(
    r"(?=.*/)(?=.*[^\W\d_]{2})0*[1-9][0-9]{0,4}[a-zđ]?(?:[/-][^\W_](?:[^\W_]|[&.])*)+", re.IGNORECASE
)
LONGEST_NUMBER = 60
FIRST_YEAR = 2020
#: The most years that one plan is for.
MOST_YEARS = 10


@dataclass(frozen=True, kw_only=True)
class IssuedPlan:
    """A unit's own plan, for the years from the first to the last."""

    id: str
    unit: str
    number: str
    issued_on: date
    first_year: int
    last_year: int
    entered_at: datetime
    withdrawn_at: datetime | None = None

    def is_for(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year


def document_number(typed: str) -> str | None:
    """Returns a document's number and symbol as it stands on paper; None where it is none."""
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    text = re.sub(r"^(?:số|so)\b\s*:?\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*([/–-])\s*", r"\1", text).replace("–", "-")
    return text if len(text) <= LONGEST_NUMBER and DOCUMENT_NUMBER.fullmatch(text) else None


def enter_plan(
    connection: Connection,
    *,
    unit: str,
    number: str,
    issued_on: date,
    first_year: int,
    last_year: int,
    by: By,
    now: datetime,
    new_id: NewId = new_id,
) -> IssuedPlan:
    """Adds a plan; one whose id is known already stays as it is.

    Raises Malformed or Unknown, and NotAllowed where the same one stands already.
    """
    written = document_number(number)
    if written is None or issued_on > now.astimezone(LOCAL_ZONE).date():
        raise Malformed("a plan has a document's number and a day that has come")
    if not FIRST_YEAR <= first_year <= last_year < first_year + MOST_YEARS:
        raise Malformed("a plan is for one year or some in a row")
    if unit not in people.units_by_id(connection):
        raise Unknown(unit)
    id = new_id()
    if (noted := _read_plan(connection, id)) is not None:
        return noted
    if any(_is_same_plan(standing, written, issued_on) for standing in plans(connection, units=(unit,))):
        raise NotAllowed("this plan stands already")
    entered = IssuedPlan(
        id=id,
        unit=unit,
        number=written,
        issued_on=issued_on,
        first_year=first_year,
        last_year=last_year,
        entered_at=now,
    )
    row_digests.add_rows(connection, schema.issued_plan, [vars(entered)])
    note(connection, "plan.entered", entered.id, by=by, now=now)
    return entered


def _is_same_plan(standing: IssuedPlan, number: str, issued_on: date) -> bool:
    """Returns whether number and year agree, since numbers begin again each year."""
    return _number_key(standing.number) == _number_key(number) and standing.issued_on.year == issued_on.year


def _number_key(number: str) -> str:
    return number.casefold().lstrip("0")


def plans(
    connection: Connection, *, units: Collection[str] | None = None, withdrawn: bool = False
) -> tuple[IssuedPlan, ...]:
    """Returns plans that stand, or those taken back; the first issued first."""
    table = schema.issued_plan
    gone = table.c.withdrawn_at
    query = select(table).where(gone.is_not(None) if withdrawn else gone.is_(None))
    if units is not None:
        query = query.where(table.c.unit.in_(units))
    query = query.order_by(table.c.issued_on, table.c.unit, table.c.id)
    return tuple(IssuedPlan(**row) for row in connection.execute(query).mappings())


def plan(connection: Connection, id: str) -> IssuedPlan:
    """Returns a plan, even one taken back. Raises Unknown."""
    entered = _read_plan(connection, id)
    if entered is None:
        raise Unknown(id)
    return entered


def _read_plan(connection: Connection, id: str) -> IssuedPlan | None:
    query = select(schema.issued_plan).where(schema.issued_plan.c.id == id)
    row = connection.execute(query).mappings().first()
    return IssuedPlan(**row) if row else None


def withdraw_plan(connection: Connection, id: str, *, by: By, now: datetime) -> None:
    """Takes back a plan that was entered by mistake; it stays to be seen. Raises Unknown."""
    table = schema.issued_plan
    query = update(table).where(table.c.id == id, table.c.withdrawn_at.is_(None))
    if not connection.execute(query.values(withdrawn_at=now)).rowcount:
        raise Unknown(id)
    row_digests.vouch(connection, table, [id])
    note(connection, "plan.withdrawn", id, by=by, now=now)

"""Entries of staff, each with its day and unit: communication activities, issued plans, figures, classes.

An entry is never changed, but for the heads of a class, which may be raised. One that was entered by mistake
is withdrawn, and stays to be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Connection, Table, func, select, update

from . import people
from .audit_trail import By, NewId, new_id, note
from .errors import Malformed, NotAllowed, Unknown
from .events import row_digests
from .events.fold import LOCAL_ZONE
from .schema import tables


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """A row that staff entered. A kind of entry says its table and columns, and what they must be."""

    id: str
    entered_at: datetime

    #: What the kind is called in the audit trail, and what its entering is.
    name: ClassVar[str]
    act: ClassVar[str] = "entered"
    table: ClassVar[Table]
    #: The columns by which entries are listed, the day first.
    order: ClassVar[tuple[str, ...]]

    @classmethod
    def complete(
        cls, connection: Connection, columns: Mapping[str, Any], by: By, now: datetime
    ) -> dict[str, Any]:
        """Returns the columns as they are kept, with those that nobody types."""
        return {**columns, "entered_at": now}

    def check(self) -> None:
        """Raises Malformed where a column is not what it must be."""

    def check_beside(self, connection: Connection) -> None:
        """Raises NotAllowed where what stands already leaves no place for a new entry."""


E = TypeVar("E", bound=StaffEntry)


def enter(
    connection: Connection, kind: type[E], *, by: By, now: datetime, new_id: NewId = new_id, **columns: Any
) -> E:
    """Adds an entry; one whose id is known already stays as it is: a form may be sent twice.

    Raises Malformed, Unknown for a unit that is none, or NotAllowed.
    """
    entry = kind(id=new_id(), **kind.complete(connection, columns, by, now))
    entry.check()
    if "unit" in kind.table.c and columns["unit"] not in people.units_by_id(connection):
        raise Unknown(columns["unit"])
    if known := entries_by_id(connection, kind, (entry.id,)):
        return known[entry.id]
    entry.check_beside(connection)
    row_digests.add_rows(connection, kind.table, [vars(entry)])
    note(connection, f"{kind.name}.{kind.act}", entry.id, by=by, now=now)
    return entry


def listed(
    connection: Connection,
    kind: type[E],
    *,
    since: date | None = None,
    until: date | None = None,
    units: Collection[str] | None = None,
    withdrawn: bool = False,
    last: int | None = None,
) -> tuple[E, ...]:
    """Returns the entries from a day to a day, both included, or those withdrawn; the first first.

    With `last`, only so many of them, the last ones.
    """
    columns = kind.table.c
    day, gone = columns[kind.order[0]], columns.withdrawn_at
    query = select(kind.table).where(gone.is_not(None) if withdrawn else gone.is_(None))
    if since is not None:
        query = query.where(day >= since)
    if until is not None:
        query = query.where(day <= until)
    if units is not None:
        query = query.where(columns.unit.in_(units))
    query = query.order_by(*(columns[name].desc() for name in kind.order)).limit(last)
    return tuple(kind(**row) for row in connection.execute(query).mappings())[::-1]


def entry_by_id(connection: Connection, kind: type[E], id: str) -> E:
    """Returns an entry, also one that was withdrawn. Raises Unknown."""
    try:
        return entries_by_id(connection, kind, (id,))[id]
    except KeyError:
        raise Unknown(id) from None


def entries_by_id(connection: Connection, kind: type[E], ids: Collection[str]) -> dict[str, E]:
    """Returns those of these entries that there are, by id, also those that were withdrawn."""
    query = select(kind.table).where(kind.table.c.id.in_(ids))
    return {row["id"]: kind(**row) for row in connection.execute(query).mappings()}


def withdraw(connection: Connection, kind: type[StaffEntry], id: str, *, by: By, now: datetime) -> None:
    """Takes back a mistaken entry, which stays to be seen; nothing changes where it was taken back before.

    Raises Unknown.
    """
    table = kind.table
    query = update(table).where(table.c.id == id, table.c.withdrawn_at.is_(None))
    if not connection.execute(query.values(withdrawn_at=now)).rowcount:
        entry_by_id(connection, kind, id)
        return
    row_digests.vouch(connection, table, [id])
    note(connection, f"{kind.name}.withdrawn", id, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class CommunicationActivity(StaffEntry):
    """A communication activity: where, for whom, for how many. No names."""

    unit: str
    held_on: date
    place_kind: str
    audience: str
    headcount: int
    material: str | None = None
    withdrawn_at: datetime | None = None

    name = "activity"
    table = tables.activity
    order = ("held_on", "id")

    def check(self) -> None:
        if self.headcount < 0 or not self.place_kind.strip() or not self.audience.strip():
            raise Malformed("an activity has a kind of place, an audience and heads")


@dataclass(frozen=True, kw_only=True)
class EnteredFigure(StaffEntry):
    """So many of so many, as the office says, and where it has that from.

    An earlier one of the same target and period stays, but no longer stands.
    """

    target: str
    period: str
    numerator: int
    denominator: int
    source: str
    entered_by: str

    name = "figure"
    table = tables.figure
    order = ("entered_at", "id")

    @classmethod
    def complete(
        cls, connection: Connection, columns: Mapping[str, Any], by: By, now: datetime
    ) -> dict[str, Any]:
        after = _after_last_figure(connection, columns["target"], columns["period"], now)
        return {**columns, "entered_by": by.actor, "entered_at": after}

    def check(self) -> None:
        if not 0 <= self.numerator <= self.denominator or not self.source.strip():
            raise Malformed("a figure is so many of so many, with a source")


def _after_last_figure(connection: Connection, target: str, period: str, now: datetime) -> datetime:
    """Returns now, or the moment after the last figure if a clock that was ahead dated it."""
    table = tables.figure.c
    conditions = (table.target == target, table.period == period)
    last = connection.scalar(select(func.max(table.entered_at)).where(*conditions))
    return now if last is None or last < now else last + timedelta(microseconds=1)


def figures(connection: Connection, period: str) -> Mapping[str, EnteredFigure]:
    """Returns the figures that stand for a period, by target."""
    return {figure.target: figure for figure in all_figures(connection, period)}


def all_figures(connection: Connection, period: str | None = None) -> tuple[EnteredFigure, ...]:
    """Returns the figures, of one period or all, the first entered first: the last of a target stands."""
    table = tables.figure
    query = select(table).order_by(*(table.c[name] for name in EnteredFigure.order))
    if period is not None:
        query = query.where(table.c.period == period)
    return tuple(EnteredFigure(**row) for row in connection.execute(query).mappings())


#: A number and, after a stroke, the type of document and its issuer: 12/KH-UBND, 07a/2026/KH-SYT, 15-KH/TU.
DOCUMENT_NUMBER = re.compile(
    r"(?=.*/)(?=.*[^\W\d_]{2})0*[1-9][0-9]{0,4}[a-zđ]?(?:[/-][^\W_](?:[^\W_]|[&.])*)+", re.IGNORECASE
)
LONGEST_NUMBER = 60
FIRST_YEAR = 2020
#: The most years that one plan is for.
MOST_YEARS = 10


@dataclass(frozen=True, kw_only=True)
class IssuedPlan(StaffEntry):
    """A unit's own plan, for the years from the first to the last."""

    unit: str
    number: str
    issued_on: date
    first_year: int
    last_year: int
    withdrawn_at: datetime | None = None

    name = "plan"
    table = tables.issued_plan
    order = ("issued_on", "unit", "id")

    @classmethod
    def complete(
        cls, connection: Connection, columns: Mapping[str, Any], by: By, now: datetime
    ) -> dict[str, Any]:
        return {**columns, "number": document_number(columns["number"]) or "", "entered_at": now}

    def check(self) -> None:
        if not self.number or self.issued_on > self.entered_at.astimezone(LOCAL_ZONE).date():
            raise Malformed("a plan has a document's number and a day that has come")
        if not FIRST_YEAR <= self.first_year <= self.last_year < self.first_year + MOST_YEARS:
            raise Malformed("a plan is for one year or some in a row")

    def check_beside(self, connection: Connection) -> None:
        """Raises NotAllowed where the same plan stands already; numbers begin again each year."""
        for plan in listed(connection, IssuedPlan, units=(self.unit,)):
            if plan._key == self._key:
                raise NotAllowed("this plan stands already")

    @property
    def _key(self) -> tuple[str, int]:
        return self.number.casefold().lstrip("0"), self.issued_on.year

    def is_for(self, year: int) -> bool:
        return self.first_year <= year <= self.last_year


#: An hour of the day, as 08:00; nothing where none was said.
HOUR = re.compile(r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9])?")
#: How many days ahead a class may be planned.
FARTHEST = 366


@dataclass(frozen=True, kw_only=True)
class PlannedClass(StaffEntry):
    """A class to come: for which unit, of which course, on which day. No names."""

    unit: str
    held_on: date
    begins: str
    course: str
    withdrawn_at: datetime | None = None

    name = "planned-class"
    table = tables.planned_class
    order = ("held_on", "begins", "id")

    def check(self) -> None:
        ahead = self.held_on - self.entered_at.astimezone(LOCAL_ZONE).date()
        if not 0 <= ahead.days <= FARTHEST or not HOUR.fullmatch(self.begins) or not self.course.strip():
            raise Malformed("a planned class has a course, and a day that is to come")

    def check_beside(self, connection: Connection) -> None:
        """Raises NotAllowed where the unit's class of that course and day is planned already."""
        day, units = self.held_on, (self.unit,)
        same_day = listed(connection, PlannedClass, since=day, until=day, units=units)
        if any((other.course, other.begins) == (self.course, self.begins) for other in same_day):
            raise NotAllowed("this class is planned already")


def document_number(typed: str) -> str | None:
    """Returns a document's number and symbol as it stands on paper; nothing where it is none."""
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    text = re.sub(r"^(?:số|so)\b\s*:?\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s*([/–-])\s*", r"\1", text).replace("–", "-")
    return text if len(text) <= LONGEST_NUMBER and DOCUMENT_NUMBER.fullmatch(text) else None


#: The kinds that have a page of `service/staff/entries.py` each.
ENTRY_KINDS: tuple[type[StaffEntry], ...] = (
    PlannedClass,
    CommunicationActivity,
    IssuedPlan,
    EnteredFigure,
)

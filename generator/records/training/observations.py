"""Observed tasks in class: ten acts ticked for somebody who attended, and how often each was seen.

Nothing is completed by them, and no figure or report reads them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, select, update

from .. import schema
from ..audit_trail import By, note
from ..errors import Malformed, NotAllowed
from ..events import row_digests
from ..staff_entries import entry_by_id
from .classes import ClassSession

LINES = 10
TICKS = re.compile(r"[01]{10}")
_TABLE, _CLASS, _ATTENDED = schema.observation, schema.class_session, schema.attendance


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A person's ten acts in a task of a class, as a trainer saw them.

    `ticks` has a 1 or a 0 for each line of the rubric, `rubric` the hash of those lines.
    """

    id: str
    session: str
    task: str
    rubric: str
    person: str
    ticks: str
    entered_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def seen(self) -> tuple[bool, ...]:
        return tuple(tick == "1" for tick in self.ticks)

    @property
    def seen_lines(self) -> tuple[int, ...]:
        """The numbers of the lines that were seen, from 1."""
        return tuple(number for number, seen in enumerate(self.seen, 1) if seen)


@dataclass(frozen=True, kw_only=True)
class LineCounts:
    """How many persons were observed, and of how many each line was seen."""

    persons: int
    seen: tuple[int, ...]


def observe(
    connection: Connection,
    session: str,
    task: str,
    person: str,
    *,
    id: str,
    rubric: str,
    ticks: str,
    by: By,
    now: datetime,
) -> None:
    """Keeps what was seen of somebody who attended a class; what was entered before is withdrawn by it.

    The same id again, or the same ticks, change nothing. Raises Unknown, Malformed, or NotAllowed for a class
    that is withdrawn or anonymous, and for somebody who did not attend it.
    """
    if not TICKS.fullmatch(ticks):
        raise Malformed("ten lines are ticked or not")
    _require_attended(connection, entry_by_id(connection, ClassSession, session), person)
    if connection.scalar(select(_TABLE.c.id).where(_TABLE.c.id == id)):
        return
    before = _own_rows(connection, session, task, person)
    if [(row.rubric, row.ticks) for row in before] == [(rubric, ticks)]:
        return
    _withdraw(connection, [row.id for row in before], now)
    row = Observation(
        id=id, session=session, task=task, rubric=rubric, person=person, ticks=ticks, entered_at=now
    )
    row_digests.add_rows(connection, _TABLE, [vars(row)])
    note(connection, "class.observed", session, by=by, now=now)


def withdraw_observation(
    connection: Connection, session: str, task: str, person: str, *, by: By, now: datetime
) -> None:
    """Takes back what was entered of a person by mistake; nothing changes where nothing stands."""
    standing = [row.id for row in _own_rows(connection, session, task, person)]
    if standing:
        _withdraw(connection, standing, now)
        note(connection, "class.unobserved", session, by=by, now=now)


def _require_attended(connection: Connection, held: ClassSession, person: str) -> None:
    if held.withdrawn_at is not None or held.anonymous:
        raise NotAllowed("nobody is observed in a class that was withdrawn, or that names nobody")
    same = _ATTENDED.c.person.in_(_together(person))
    query = select(exists().where(_ATTENDED.c.session == held.id, same, _ATTENDED.c.standing != "voided"))
    if not connection.scalar(query):
        raise NotAllowed("the person did not attend the class")


def _together(person: str) -> Select[Any]:
    """Returns the ids of a person who remains, with those merged into them."""
    who = schema.person.c
    return select(who.id).where((who.id == person) | (who.merged_into == person))


def _own_rows(connection: Connection, session: str, task: str, person: str) -> tuple[Observation, ...]:
    """Returns what stands of a person and whoever was merged into them."""
    own = (_TABLE.c.session == session, _TABLE.c.task == task, _TABLE.c.person.in_(_together(person)))
    query = select(_TABLE).where(*own, _TABLE.c.withdrawn_at.is_(None))
    return tuple(Observation(**row) for row in connection.execute(query).mappings())


def _withdraw(connection: Connection, ids: list[str], now: datetime) -> None:
    if ids:
        connection.execute(update(_TABLE).where(_TABLE.c.id.in_(ids)).values(withdrawn_at=now))
        row_digests.vouch(connection, _TABLE, ids)


def observations_of_class(connection: Connection, session: str) -> tuple[Observation, ...]:
    """Returns what stands for a class, each person of a task once, under the one who remains."""
    return _read(connection, _TABLE.c.session == session)


def observations_of_person(
    connection: Connection, person: str, units: Collection[str]
) -> tuple[tuple[Observation, ClassSession], ...]:
    """Returns what stands of a person in classes of some units, with the class, the earliest first."""
    rows = _read(connection, _TABLE.c.person.in_(_together(person)), _CLASS.c.unit.in_(units))
    held = select(_CLASS).where(_CLASS.c.id.in_([row.session for row in rows]))
    classes = {row["id"]: ClassSession(**row) for row in connection.execute(held).mappings()}
    listed = [(row, classes[row.session]) for row in rows]
    return tuple(sorted(listed, key=lambda each: (each[1].held_on, each[0].task, each[0].id)))


def line_counts(
    connection: Connection, task: str, rubric: str, *, session: str | None = None, units: Collection[str]
) -> LineCounts:
    """Returns how often each line was seen: in one class, or in all classes of some units, by these lines."""
    wanted = [_TABLE.c.task == task, _TABLE.c.rubric == rubric, _CLASS.c.unit.in_(units)]
    wanted += [_TABLE.c.session == session] if session else []
    rows = _standing(*wanted).subquery()
    each = (func.substr(rows.c.ticks, line, 1) == "1" for line in range(1, LINES + 1))
    sums = (func.coalesce(func.sum(case((seen, 1), else_=0)), 0) for seen in each)
    persons, *seen = connection.execute(select(func.count(), *sums).select_from(rows)).one()
    return LineCounts(persons=persons, seen=tuple(int(count) for count in seen))


def _read(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Observation, ...]:
    rows = connection.execute(_standing(*conditions)).mappings()
    return tuple(Observation(**row) for row in rows)


def _standing(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Returns the rows that stand: of classes that stand, of whoever still counts as having attended.

    Of two that were merged, the last entered stands for both, under the one who remains.
    """
    person, attendee = schema.person.alias(), schema.person.alias()
    stays = func.coalesce(person.c.merged_into, person.c.id)
    attended = (
        exists()
        .where(_ATTENDED.c.session == _TABLE.c.session, _ATTENDED.c.standing != "voided")
        .where(attendee.c.id == _ATTENDED.c.person)
        .where(func.coalesce(attendee.c.merged_into, attendee.c.id) == stays)
    )
    others = (column for column in _TABLE.c if column.name != "person")
    place = func.row_number().over(
        partition_by=(_TABLE.c.session, _TABLE.c.task, stays),
        order_by=(_TABLE.c.entered_at.desc(), _TABLE.c.id),
    )
    ranked = (
        select(*others, stays.label("person"), place.label("place"))
        .join(_CLASS, _CLASS.c.id == _TABLE.c.session)
        .join(person, person.c.id == _TABLE.c.person)
        .where(_TABLE.c.withdrawn_at.is_(None), _CLASS.c.withdrawn_at.is_(None), attended, *conditions)
        .subquery()
    )
    kept = (ranked.c[column.name] for column in _TABLE.c)
    return select(*kept).where(ranked.c.place == 1).order_by(ranked.c.person, ranked.c.task)

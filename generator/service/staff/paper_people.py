"""Whom an answer sheet may be of: somebody of the class that it was written in, or found by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from ...records import schema
from ...records.access import Account
from ...records.classes import ClassSession, sessions
from ...records.people import Person
from ...render.templating import day
from ..faults import Fault
from . import desk
from .attendance import attendees, session_of
from .desk import UnitScope
from .people import found
from .reading import Reading

#: The most classes that are offered.
MOST_CLASSES = 40


def classes(
    connection: Connection, units: UnitScope, titles: Mapping[str, str], tested: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """The last classes of courses with a test whose attendees have names, to choose from."""
    held = (one for one in sessions(connection, units=units.reach)[::-1] if not one.anonymous)
    known = [one for one in held if one.course in tested][:MOST_CLASSES]
    return tuple((one.id, f"{_said(one, units)}: {titles[one.course]}") for one in known)


def _said(held: ClassSession, units: UnitScope) -> str:
    return f"{day(held.held_on)}, {units.name(held.unit)}"


def held_in(connection: Connection, account: Account, reading: Reading) -> ClassSession | None:
    """The class that was chosen, if one was. Raises Fault."""
    id = reading.text("session", most=80)
    held = session_of(connection, account, id) if id else None
    if held is not None and (held.anonymous or held.withdrawn_at is not None):
        raise Fault("no-such-page")
    return held


def left(connection: Connection, account: Account, held: ClassSession) -> tuple[Person, ...]:
    """Those of a class, within reach, who have answered no test of its course since."""
    table, reach = schema.attempt.c, desk.scope(connection, account)
    answered = select(table.person).where(
        table.course == held.course, table.standing != "voided", table.done_on >= held.held_on
    )
    done = set(connection.execute(answered).scalars())
    here = (one for one in attendees(connection, held) if one.erased_at is None)
    return tuple(one for one in here if one.id not in done and reach.holds(one.unit))


def offered(connection: Connection, account: Account, reading: Reading) -> tuple[Person, ...]:
    """Who was pointed at, else who is found by the name, else those who are left of the class."""
    person, name = reading.text("person", most=80), reading.text("name", most=80)
    held = held_in(connection, account, reading)
    if person and not name:
        return (desk.whose(connection, account, person),)
    if name or held is None:
        return _named(connection, account, reading, name)
    here = left(connection, account, held)
    if not here:
        reading.problems["name"] = "Mọi người trong lớp này đã có bài. Nếu cần nhập thêm, hãy gõ tên."
    return here


def _named(connection: Connection, account: Account, reading: Reading, name: str) -> tuple[Person, ...]:
    if not name:
        reading.problems["name"] = "Gõ vài chữ trong tên người làm bài, hoặc chọn lớp."
        return ()
    matches = found(connection, account, name)
    if not matches:
        reading.problems["name"] = "Không tìm thấy ai trong phạm vi của bạn. Hãy gõ ít chữ hơn."
    return matches

"""Who of a class has completed its course, and why the others have no confirmation yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ...records import progress, schema
from ...records.access import Account
from ...records.classes import ClassSession, held
from ...records.people import Person
from .desk import scope
from .people import events


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """Somebody of a class who is given no confirmation, and why."""

    person: Person
    why: str


@dataclass(frozen=True, kw_only=True)
class ClassSlips:
    """Who of a class has completed its course, with the completion, and who lacks what."""

    ready: tuple[tuple[Person, progress.Completion], ...]
    lacking: tuple[Lacking, ...]


def class_slips(
    connection: Connection, account: Account, session: ClassSession, here: Collection[Person], minutes: int
) -> ClassSlips:
    """`here` attended; `minutes` in class complete the course."""
    reach, ready, lacking = scope(connection, account), [], []
    for one in here:
        done = _completed(connection, one, session.course)
        if one.erased_at is not None:
            lacking.append(Lacking(person=one, why="đã xóa tên khỏi sổ"))
        elif not reach.holds(one.unit):
            lacking.append(Lacking(person=one, why="hiện ở đơn vị ngoài phạm vi của bạn"))
        elif done is None:
            why = "; ".join(_missing(connection, one, session.course, minutes))
            lacking.append(Lacking(person=one, why=why or "chưa hoàn thành khóa"))
        elif _is_revoked(connection, one, session.course):
            lacking.append(Lacking(person=one, why="phiếu đã bị thu hồi; cấp lại ở hồ sơ của người này"))
        else:
            ready.append((one, done))
    return ClassSlips(ready=tuple(ready), lacking=tuple(lacking))


def _completed(connection: Connection, person: Person, course: str) -> progress.Completion | None:
    return next((one for one in progress.completions(connection, person.id) if one.course == course), None)


def _is_revoked(connection: Connection, person: Person, course: str) -> bool:
    """Whether the last confirmation was taken back: none takes its place by itself."""
    last = held(connection, person.id, course)
    return last is not None and last.revoked_at is not None


def _missing(connection: Connection, person: Person, course: str, minutes: int) -> Iterator[str]:
    table = schema.pending.c
    waits = select(table.event_id).where(table.person == person.id, table.course == course)
    if connection.execute(waits).first() is not None:
        yield "có mục chờ đối chiếu"
    attended = sum(_attended(connection, person, course).values())
    if attended < minutes:
        yield f"mới dự {attended}/{minutes} phút"
    made = [one for one in progress.attempts(connection, person.id, course) if one.standing == "counted"]
    if made and not any(one.is_passed for one in made):
        yield "bài kiểm tra chưa đạt"


def _attended(connection: Connection, person: Person, course: str) -> Mapping[str, int]:
    """Minutes by class, of what was not voided."""
    return {
        one.event.payload["session"]: one.event.payload["minutes"]
        for one, voided in events(connection, person.id)
        if one.event.kind == "session.attended" and one.event.course == course and voided is None
    }

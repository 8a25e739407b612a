"""What waits for somebody of the staff: entries to check, classes not ticked off, people without a code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from ...records import progress
from ...records.classes import sessions, with_attendances
from ...render.templating import day
from .. import areas
from .codes import CODES, people_without_code
from .desk import UnitScope

#: How far back a class is looked for that nobody was ticked for, and how many are shown.
RECENT, MOST_CLASSES = timedelta(days=60), 5


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """One thing to do: what it is, more about it, and where it is done."""

    text: str
    more: str
    address: str
    act: str


def waiting(
    connection: Connection, units: UnitScope, on: date, permitted: frozenset[str]
) -> Iterator[TodoItem]:
    """`permitted` are the operations whose pages would open."""
    if "countersign" in permitted:
        yield from _entries(connection, units)
    if "class.hold" in permitted:
        yield from _classes(connection, units, on)
    if "code.issue" in permitted:
        yield from _codes(connection, units)


def _entries(connection: Connection, units: UnitScope) -> Iterator[TodoItem]:
    found = progress.pending(connection, units=units.filter)
    if found:
        yield TodoItem(
            text=f"{len(found)} mục nhập tay chờ người thứ hai đối chiếu",
            more=f"Mục cũ nhất: ngày {day(found[0].done_on)}. Mục chưa đối chiếu thì chưa được tính.",
            address=f"{areas.STAFF}doi-chieu/",
            act="Đối chiếu",
        )


def _classes(connection: Connection, units: UnitScope, on: date) -> Iterator[TodoItem]:
    held = sessions(connection, since=on - RECENT, units=units.reach)[::-1]
    named = [one for one in held if not one.anonymous]
    ticked = with_attendances(connection, named)
    empty = [one for one in named if one.id not in ticked]
    for one in empty[:MOST_CLASSES]:
        yield TodoItem(
            text=f"Lớp ngày {day(one.held_on)} tại {units.name(one.unit)} chưa điểm danh",
            more=f"{one.headcount} người dự, danh sách ký tên {one.sheet_ref or 'không có'}.",
            address=f"{areas.STAFF}lop/{one.id}/",
            act="Điểm danh",
        )


def _codes(connection: Connection, units: UnitScope) -> Iterator[TodoItem]:
    lacking = people_without_code(connection, units)
    if lacking:
        yield TodoItem(
            text=f"{sum(lacking.values())} người ở {len(lacking)} đơn vị chưa có mã học viên",
            more="Phải có mã mới làm được bài kiểm tra trên máy và được ghi nhận kết quả.",
            address=CODES,
            act="In phiếu mã",
        )

"""Who stands in a frozen roster: by unit, and as a list that can be sent up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import people
from ...records.access import OPERATIONS, Account
from ...records.attribution import note
from ...records.people import Roster
from ...records.trail import changed_since
from ...render.templating import day
from ...rosters.template import filled
from ...rosters.vocabulary import vocabulary
from ...targets import gather_roster
from ..asking import Posted, StaffMember, staff
from ..faults import Fault
from ..service import Of
from .accounts import must_prove
from .by_unit import ERASED, MOST_NAMES, PersonLine, UnitLines, by_home, line, ordered
from .desk import UnitScope, by, scope
from .pacing import router
from .rosters import ROSTERS, XLSX

routes = router()
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Exporting = Annotated[StaffMember, Depends(staff("export"))]


@dataclass(frozen=True, kw_only=True)
class RosterMembers:
    """Those of a roster who are within reach: so many rows as it was frozen, and today's persons of them."""

    roster: Roster
    scope: UnitScope
    rows: int
    lines: tuple[PersonLine, ...]

    @property
    def merged(self) -> int:
        """How many rows are of persons who have another one, since two records were one person's."""
        return self.rows - len(self.lines)

    @property
    def named(self) -> tuple[PersonLine, ...]:
        return tuple(one for one in self.lines if one.name != ERASED)

    @property
    def erased(self) -> int:
        return len(self.lines) - len(self.named)

    def units(self, unit: str) -> tuple[UnitLines, ...]:
        """The units by the alphabet; the names of one, or of all where a page can hold them."""
        is_named, sizes = len(self.lines) <= MOST_NAMES, Counter(one.unit for one in self.lines)
        named = by_home(one for one in self.lines if (one.unit == unit if unit else is_named))
        found = (
            UnitLines(
                id=id,
                name=self.scope.name(id),
                size=size,
                left=size,
                shown=size,
                lines=named.get(id, ()),
            )
            for id, size in sizes.items()
            if unit in ("", id)
        )
        return ordered(found, by_name=True)


def roster_members(connection: Connection, account: Account, id: str) -> RosterMembers:
    """Raises Fault where there is no such roster."""
    roster = next((one for one in people.rosters(connection) if one.id == id), None)
    if roster is None:
        raise Fault("no-such-page")
    units = scope(connection, account)
    homes = {
        person: unit
        for person, unit in gather_roster(connection, roster).members.items()
        if unit in units.reach
    }
    rows = sum(one.unit in units.reach for one in people.members(connection, id))
    return RosterMembers(
        roster=roster,
        scope=units,
        rows=rows,
        lines=tuple(_lines(connection, roster, homes, units)),
    )


def _lines(
    connection: Connection, roster: Roster, homes: dict[str, str], units: UnitScope
) -> Iterable[PersonLine]:
    """Says of whom the record was changed after the freezing: then the name may be another one."""
    changed = changed_since(connection, roster.frozen_at)
    for id, person in people.several(connection, homes).items():
        one = line(person, homes[id], units)
        said = [f"hồ sơ sửa ngày {day(changed[id])}"] if id in changed and one.name != ERASED else []
        yield replace(one, note=", ".join(filter(None, [one.note, *said])))


@routes.get(f"{ROSTERS}{{roster}}/")
async def members_page(request: Request, service: Of, member: Reader, roster: str, dv: str = "") -> Response:
    found = await service.read(lambda within: roster_members(within, member.account, roster))
    if dv and dv not in found.scope.reach:
        raise Fault("no-such-page")
    units = found.units(dv)
    return service.pages.page(
        request,
        "staff/roster-members",
        found=found,
        units=units,
        unit=dv,
        is_named=not units or any(one.lines for one in units),
        may_export=member.account.role in OPERATIONS["export"].roles,
        must_prove=must_prove(service, member, "export"),
    )


@routes.post(f"{ROSTERS}{{roster}}/tai/")
async def take(service: Of, member: Exporting, form: Posted, roster: str) -> Response:
    """The members as a list that imports again; the trail says who took it."""
    found = await service.read(lambda within: roster_members(within, member.account, roster))
    if not found.named:
        raise Fault("no-such-page")
    mark = vocabulary().synthetic if found.roster.synthetic else ""
    homes = by_home(found.named)
    lines = [one for unit in found.units("") for one in homes.get(unit.id, ())]
    rows = [(one.name, one.position, found.scope.name(one.unit), mark) for one in lines]
    units = service.programme.units
    data = await to_thread.run_sync(lambda: filled(units, rows, note=mark))
    cause, now = by(member.account, f"tải danh sách {len(rows)} người"), service.now()
    await service.write(lambda within: note(within, "roster.exported", roster, by=cause, now=now))
    level = {"commune": "cap-xa", "province": "cap-tinh"}[found.roster.level]
    return workbook(data, f"danh-sach-{level}-{found.roster.as_of}.xlsx")


def workbook(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=XLSX, headers=headers)

"""Rosters: those that are frozen, and the form that sends one up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import people
from ...records.people import Roster
from ...render.templating import day
from ...rosters import synthetic, template
from .. import areas
from ..asking import StaffMember, staff
from ..service import Of, Service
from .accounts import must_prove
from .desk import UnitScope, of_province, scope, today
from .pacing import router
from .reading import Reading

routes = router()
ROSTERS = f"{areas.STAFF}danh-sach/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Importing = Annotated[StaffMember, Depends(of_province("roster.import"))]


@dataclass(frozen=True, kw_only=True)
class ShownRoster:
    """A frozen list with how many it has, how many of them within reach, and what stands in for it."""

    roster: Roster
    size: int
    ours: int
    instead: Roster | None


# --- what there is ----------------------------------------------------------------------------


@routes.get(ROSTERS)
async def rosters_page(request: Request, service: Of, member: Reader, thay: str = "") -> Response:
    """`thay` is the number of a mistaken list: the form then sends up one that stands in for it."""
    return await list_rosters(request, service, member, replaces=thay)


async def list_rosters(
    request: Request, service: Service, member: StaffMember, form: Reading | None = None, replaces: str = ""
) -> Response:
    found, units = await service.read(lambda within: _shown(within, member))
    given = form.given if form else {"as_of": day(today(service)), "levels": "commune", "replaces": replaces}
    replaced = find_roster([one.roster for one in found], given.get("replaces", ""))
    return service.pages.page(
        request,
        "staff/rosters",
        status=422 if form else 200,
        rosters=found,
        replaced=replaced,
        scope=units,
        can_import=member.account.role == "office" and units.has_province,
        must_prove=must_prove(service, member, "roster.import"),
        given=given | ({"levels": replaced.level} if replaced and not form else {}),
        problems=form.problems if form else {},
    )


def _shown(within: Connection, member: StaffMember) -> tuple[list[ShownRoster], UnitScope]:
    units, every = scope(within, member.account), people.rosters(within)
    by_id = {one.id: one for one in every}
    found = []
    for roster in every[::-1]:
        listed = people.members(within, roster.id)
        instead = by_id[roster.superseded.by_roster] if roster.superseded else None
        ours = sum(1 for one in listed if one.unit in units.reach)
        found.append(ShownRoster(roster=roster, size=len(listed), ours=ours, instead=instead))
    return found, units


def find_roster(rosters: list[Roster], number: str) -> Roster | None:
    """Returns the list of that number, as long as nothing stands in for it."""
    return next((one for one in rosters if str(one.number) == number and not one.is_superseded), None)


@routes.get(f"{ROSTERS}mau.xlsx")
async def blank(service: Of, member: Reader) -> Response:
    data = await to_thread.run_sync(lambda: template.template(service.programme.units))
    return _workbook(data, "mau-danh-sach.xlsx")


@routes.get(f"{ROSTERS}mau-dien-thu.xlsx")
async def sample(service: Of, member: Reader) -> Response:
    """The template filled with people who do not exist, to try everything with."""

    def made() -> bytes:
        units = service.programme.units
        return template.synthetic_template(units, synthetic.synthetic(units, 1).entries)

    return _workbook(await to_thread.run_sync(made), "danh-sach-mau-khong-co-that.xlsx")


def _workbook(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=XLSX, headers=headers)

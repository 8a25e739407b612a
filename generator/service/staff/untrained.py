"""Who is not yet trained: a page to filter, the same to print, and as a workbook to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records.access import OPERATIONS
from ...records.attribution import note
from ...rosters.template import filled
from ...rosters.vocabulary import vocabulary
from ...targets import Training
from ..asking import Posted, StaffMember, staff
from ..faults import Fault
from ..service import Of, Service
from . import targets
from .accounts import must_prove
from .by_unit import MOST_NAMES
from .course_words import STAGES
from .desk import UnitScope, by, staff_origin, today
from .pacing import router
from .periods import chosen, name
from .reading import Reading
from .roster_members import workbook
from .targets import UNTRAINED, measurement
from .untrained_list import ListFilter, TargetList, target_lists

routes = router()
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Exporting = Annotated[StaffMember, Depends(staff("export"))]
LEVELS = {"commune": "Cấp xã, phường", "province": "Cấp tỉnh"}
SO_FAR = "Tình hình học"


async def _asked(request: Request) -> ListFilter:
    return ListFilter.of(request.query_params)


Filter = Annotated[ListFilter, Depends(_asked)]


@dataclass(frozen=True, kw_only=True)
class FoundLists:
    """The lists of all targets within reach, as they were asked for."""

    lists: tuple[TargetList, ...]
    asked: ListFilter
    scope: UnitScope
    today: date

    @property
    def meant(self) -> tuple[TargetList, ...]:
        """Those of the targets that were asked for."""
        return tuple(one for one in self.lists if one.is_asked)

    @property
    def left(self) -> int:
        return sum(one.left for one in self.lists)

    @property
    def shown(self) -> int:
        return sum(one.shown for one in self.meant)

    @property
    def unit_count(self) -> int:
        return len({unit.id for one in self.meant for unit in one.units})

    @property
    def is_synthetic(self) -> bool:
        return any(one.training.is_synthetic for one in self.meant)

    @property
    def until(self) -> date:
        return self.asked.until(self.today)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The targets to choose from: by level, where that tells them apart."""
        trainings = [one.training for one in self.lists]
        levels = [LEVELS.get(one.target.level or "", "") for one in trainings]
        is_plain = all(levels) and len(set(levels)) == len(levels)
        named = levels if is_plain else [one.target.title for one in trainings]
        return tuple((one.id, title) for one, title in zip(trainings, named, strict=True))


async def _found(
    service: Service, member: StaffMember, asked: ListFilter, *, whole: bool = False
) -> FoundLists:
    """Raises Fault for a target that there is not, or a unit out of reach."""
    day = today(service)
    measured, units = await measurement(service, member, chosen(asked.period, day))
    trainings = [one for one in measured.measured.values() if isinstance(one, Training)]
    if asked.target and asked.target not in {one.id for one in trainings}:
        raise Fault("no-such-page")
    if asked.unit and asked.unit not in units.reach:
        raise Fault("no-such-page")
    programme = service.programme
    lists = await service.read(
        lambda within: target_lists(within, programme, trainings, asked, units, whole=whole)
    )
    return FoundLists(lists=lists, asked=asked, scope=units, today=day)


# --- to look at -------------------------------------------------------------------------------


@routes.get(UNTRAINED)
async def untrained_page(request: Request, service: Of, member: Reader, asked: Filter) -> Response:
    found = await _found(service, member, asked)
    return service.pages.page(
        request,
        "staff/untrained",
        found=found,
        levels=dict(found.options),
        stages=STAGES,
        most_names=MOST_NAMES,
        unit_options=_unit_options(found.scope),
        missing=targets.MISSING,
        period_name=name(chosen(asked.period, found.today)) if asked.period else "",
        may_export=member.account.role in OPERATIONS["export"].roles,
        must_prove=must_prove(service, member, "export"),
    )


def _unit_options(units: UnitScope) -> tuple[tuple[str, str], ...]:
    """The units to choose from; nobody is listed under the province itself."""
    return tuple((one.id, one.name) for one in units.units if one.parent is not None)


@routes.get(f"{UNTRAINED}in/")
async def print_page(request: Request, service: Of, member: Reader, asked: Filter) -> Response:
    """Everybody whom the filter lets through, each unit on a page of its own."""
    found = await _found(service, member, asked, whole=True)
    return service.pages.page(
        request,
        "staff/untrained-print",
        found=found,
        stages=STAGES,
        levels=dict(found.options),
        source=f"{staff_origin(request, service)}{UNTRAINED}",
    )


# --- to take away -----------------------------------------------------------------------------


@routes.post(f"{UNTRAINED}tai/")
async def take(service: Of, member: Exporting, form: Posted) -> Response:
    """The same people as a workbook; the trail says who took it. Where nobody is left, the page says so."""
    asked = ListFilter.of(Reading(form).given)
    found = await _found(service, member, asked, whole=True)
    rows = _rows(found)
    if not rows:
        return RedirectResponse(f"{UNTRAINED}{asked.query()}", 303)
    units, mark = service.programme.units, vocabulary().synthetic if found.is_synthetic else ""
    data = await to_thread.run_sync(lambda: filled(units, rows, note=mark, more=(SO_FAR,)))
    cause, now = by(member.account, f"tải danh sách {len(rows)} người chưa tập huấn"), service.now()
    rosters = [one.training.roster.id for one in found.meant if one.training.roster and one.lines]

    def noting(within: Connection) -> None:
        for roster in rosters:
            note(within, "roster.exported", roster, by=cause, now=now)

    await service.write(noting)
    return workbook(data, f"chua-tap-huan-{found.until:%Y-%m-%d}.xlsx")


def _rows(found: FoundLists) -> Sequence[Sequence[str]]:
    names, made_up = found.scope.name, vocabulary().synthetic
    return [
        (
            line.name,
            line.position,
            names(line.unit),
            made_up if one.training.is_synthetic else "",
            line.so_far,
        )
        for one in found.meant
        for line in one.lines
    ]

"""Who is not yet trained: a page to filter, the same to print, and as a workbook to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import alphabetical
from ...targets import Training
from ..asking import Member, staff
from ..faults import Fault
from ..service import Of, Service
from . import targets
from .by_unit import MOST_NAMES
from .course_words import STAGES
from .desk import Scope, today
from .pacing import router
from .periods import chosen, name
from .targets import UNTRAINED, measurement
from .untrained_list import ListFilter, TargetList, target_lists

routes = router()
Reader = Annotated[Member, Depends(staff("progress.read"))]
LEVELS = {"commune": "Cấp xã, phường", "province": "Cấp tỉnh"}


async def _asked(request: Request) -> ListFilter:
    return ListFilter.of(request.query_params)


Filter = Annotated[ListFilter, Depends(_asked)]


@dataclass(frozen=True, kw_only=True)
class FoundLists:
    """The lists of all targets within reach, as they were asked for."""

    lists: tuple[TargetList, ...]
    asked: ListFilter
    scope: Scope
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


async def _found(service: Service, member: Member, asked: ListFilter, *, whole: bool = False) -> FoundLists:
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
    )


def _unit_options(units: Scope) -> tuple[tuple[str, str], ...]:
    """Communes first, each kind by the alphabet."""
    near = [one for one in units.units if one.parent is not None or len(units.reach) == 1]
    near.sort(key=lambda one: (one.level != "commune", alphabetical(one.name)))
    return tuple((one.id, one.name) for one in near)

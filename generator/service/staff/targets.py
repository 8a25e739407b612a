"""Where the targets stand: for the province whole, or for the one unit that is within reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import alphabetical
from ...targets import Communication, Measured, Period, ReportedFigures, Training
from .. import areas
from ..asking import StaffMember, staff
from ..confirmations import EVIDENCE
from ..measures import Measurement
from ..service import Of, Service
from . import bars
from .bars import Bar, Tile
from .desk import UnitScope, scope, titles, today
from .pacing import router
from .periods import choices, chosen
from .periods import name as period_name

routes = router()
TARGETS = f"{areas.STAFF}chi-tieu/"
UNTRAINED = f"{areas.STAFF}chua-tap-huan/"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
MISSING = {
    "no-roster": "Chưa có danh sách nào được chốt cho cấp này, tính đến hết kỳ.",
    "nobody-listed": "Danh sách đã chốt chưa có ai thuộc đơn vị này.",
    "no-course": "Chưa có khóa học nào được tính cho chỉ tiêu này.",
    "no-commune": "Chưa có xã, phường nào trong sổ.",
    "no-activity": "Chưa ghi nhận hoạt động truyền thông nào trong kỳ.",
    "not-entered": "……… (cơ quan chủ trì chưa nhập số liệu)",
    "none-arose": "Trong kỳ không phát sinh.",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A target with its bar, its tiles and what is to be said of its pace."""

    measured: Measured
    bar: Bar | None
    tiles: tuple[Tile, ...]
    pace: str
    page: str = ""
    """Where those are listed who are not yet trained."""

    @property
    def left(self) -> int:
        share = self.measured.share if isinstance(self.measured, Training) else None
        return share.denominator - share.numerator if share else 0

    @property
    def missing(self) -> str:
        return MISSING[self.measured.missing] if self.measured.missing else ""


async def measurement(service: Service, member: StaffMember, period: Period) -> tuple[Measurement, UnitScope]:
    """What counts and where targets stand, cut down to what is within reach."""
    units = await service.read(lambda within: scope(within, member.account))
    unit = None if units.has_province else member.account.unit
    return await service.measures.of(period, unit), units


@routes.get(TARGETS)
async def targets_page(request: Request, service: Of, member: Reader, ky: str = "") -> Response:
    period = chosen(ky, today(service))
    found, units = await measurement(service, member, period)
    untrained = partial(_untrained, ky)
    shown = [_shown(one, units, untrained) for one in found.measured.values()]
    return service.pages.page(
        request,
        "staff/targets",
        trainings=[one for one in shown if isinstance(one.measured, Training)],
        communications=[one for one in shown if isinstance(one.measured, Communication)],
        others=[one for one in shown if isinstance(one.measured, ReportedFigures)],
        planning=found.figures.communes_with_plans(period),
        period=period,
        period_name=period_name(period),
        periods=choices(today(service)),
        scope=units,
        untrained=untrained,
        titles=titles(service),
        class_rules=class_rules(service),
        name_of=period_name,
        evidence=EVIDENCE,
        today=today(service),
    )


@dataclass(frozen=True, kw_only=True)
class ClassRule:
    """Minutes in class that complete a course, and whether its author did not say so."""

    title: str
    minutes: int
    is_assumed: bool


def class_rules(service: Service) -> dict[str, ClassRule]:
    """By the course."""
    return {
        id: ClassRule(
            title=course.title,
            minutes=service.attempts.rule(id).minutes,
            is_assumed=course.class_minutes is None,
        )
        for id, course in service.attempts.courses.items()
    }


def _untrained(period: str, target: str, unit: str = "") -> str:
    """The list of those who are not yet trained, of the same target, unit and period."""
    asked = {"ct": target, "dv": unit, "ky": period if Period.is_id(period) else ""}
    return f"{UNTRAINED}?{urlencode({name: value for name, value in asked.items() if value})}"


def _shown(one: Measured, units: UnitScope, untrained: Callable[..., str]) -> Shown:
    evidence = one.evidence if isinstance(one, Training) else {}
    drawn = bars.bar(one.share, evidence) if one.share is not None and one.share.denominator else None
    tiles = _tiles(one, units, untrained)
    return Shown(measured=one, bar=drawn, tiles=tiles, pace=_pace(one), page=untrained(one.id))


def _tiles(one: Measured, units: UnitScope, untrained: Callable[..., str]) -> tuple[Tile, ...]:
    """The communes within reach, by name."""
    if isinstance(one, Communication):
        return tuple(
            bars.outreach(units.name(commune.unit), commune, is_settled=one.is_settled)
            for commune in sorted(one.communes, key=lambda commune: alphabetical(units.name(commune.unit)))
        )
    if not isinstance(one, Training) or one.target.level != "commune" or one.share is None:
        return ()
    found = {unit.unit: unit for unit in one.units}
    return tuple(
        bars.trained(unit.name, found.get(unit.id), untrained(one.id, unit.id))
        for unit in units.units
        if unit.level == "commune"
    )


def _pace(one: Measured) -> str:
    pace, year = one.pace, one.target.year
    if pace is None or one.share is None:
        return ""
    if pace.outlook == "reached":
        return ""
    needed = (
        ""
        if pace.needed is None
        else f"Cần thêm {pace.needed} người trong mỗi 06 tháng để đạt vào cuối năm {year}. "
    )
    if pace.outlook == "expected" and pace.expected is not None:
        when = f"Với tiến độ hiện nay, dự kiến đạt trong {period_name(pace.expected)}"
        return f"{needed}{when}{', muộn hơn kế hoạch' if pace.is_late else ''}."
    if pace.outlook == "no-progress":
        return f"{needed}Các kỳ gần đây không tăng thêm người, nên chưa dự kiến được thời điểm đạt."
    return f"{needed}Chưa dự kiến được thời điểm đạt, vì chưa đủ số liệu (cần ít nhất hai kỳ)."

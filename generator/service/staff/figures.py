"""Figures that only the office can know: so many of so many, and where it has that from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records.classes import enter_figure
from ...records.classes import figures as entered
from ...targets import Period
from .. import areas
from ..asking import Posted, StaffMember
from ..service import Of, Service
from .arrival import arrival
from .desk import by, event_id, of_province, once, today
from .pacing import router
from .periods import choices
from .reading import Reading

routes = router()
FIGURES = f"{areas.STAFF}so-lieu/"
Entering = Annotated[StaffMember, Depends(of_province("figure.enter"))]
#: What the records measure themselves.
MEASURED = frozenset({"training", "communication"})


def told(service: Service) -> dict[str, str]:
    """The targets that the office is asked about, by id."""
    targets = service.programme.charter.targets.items()
    return {id: one.title for id, one in targets if one.measure not in MEASURED}


@routes.get(FIGURES)
async def figures_page(request: Request, service: Of, member: Entering, ky: str = "") -> Response:
    return await _page(request, service, ky)


async def _page(request: Request, service: Service, period: str, reading: Reading | None = None) -> Response:
    shown = period if Period.is_id(period) else Period.of_day(today(service)).id
    found = await service.read(lambda within: entered(within, shown))
    targets = service.programme.charter.targets
    return service.pages.page(
        request,
        "staff/figures",
        status=422 if reading else 200,
        period=shown,
        periods=choices(today(service)),
        targets={id: targets[id] for id in told(service)},
        entered=found,
        given=reading.given if reading else {},
        problems=reading.problems if reading else {},
        once=once(),
    )


@routes.post(FIGURES)
async def enter(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    """A later figure of a target and period stands in for an earlier one, which stays on record."""
    reading = Reading(form)
    target = reading.choice("target", told(service), "Chọn chỉ tiêu.")
    period = reading.choice("period", [id for id, _ in choices(today(service))], "Chọn kỳ.")
    numerator = reading.number("numerator", "Ghi số đã thực hiện.")
    denominator = reading.number("denominator", "Ghi tổng số.")
    source = reading.text("source", "Ghi nguồn số liệu: số văn bản hoặc sổ theo dõi, ngày chốt.")
    if not reading.problems.keys() & {"numerator", "denominator"} and numerator > denominator:
        reading.problems["numerator"] = "Số đã thực hiện không thể lớn hơn tổng số."
    if reading.problems:
        return await _page(request, service, period, reading)
    cause = by(member.account, f"theo {source}")
    id = event_id(reading.text("once"), "figure", target, period, str(numerator), str(denominator), source)
    await service.write(
        lambda within: enter_figure(
            within,
            target=target,
            period=period,
            numerator=numerator,
            denominator=denominator,
            source=source,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )
    )
    return arrival(service, f"{FIGURES}?ky={period}", "so-lieu")

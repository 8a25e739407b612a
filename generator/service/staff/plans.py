"""Plans that units have issued: the document's number and day, and the years it is for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import NotAllowed, people
from ...records.access import accounts
from ...records.classes import document_number, enter_plan, plan, plans, withdraw_plan
from ...records.trail import noted
from .. import areas
from ..asking import Posted, StaffMember, field, staff
from ..service import Of, Service
from .arrival import arrival
from .desk import by, event_id, once, reached, scope, today
from .pacing import router
from .reading import Reading

routes = router()
PLANS = f"{areas.STAFF}ke-hoach/"
Entering = Annotated[StaffMember, Depends(staff("plan.enter"))]
NUMBER = "Ghi số và ký hiệu như trên văn bản, ví dụ: 12/KH-UBND."
YEAR = "Ghi năm bằng bốn chữ số, từ {first} đến {last}."
#: From the province's plan, and how far ahead of today.
FIRST_YEAR, AHEAD = 2026, 5
TWICE = "Kế hoạch số này của đơn vị đã có trong sổ."


@routes.get(PLANS)
async def list_plans(request: Request, service: Of, member: Entering) -> Response:
    return await _list(request, service, member)


async def _list(
    request: Request, service: Service, member: StaffMember, reading: Reading | None = None, gone: str = ""
) -> Response:
    """`gone` is the plan whose withdrawal lacks its reason."""
    year = today(service).year

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        standing = plans(within, units=units.reach)
        withdrawn = plans(within, units=units.reach, withdrawn=True)
        existing = people.units(within, on=today(service))
        communes = [one for one in units.units if one.level == "commune" and one.id in existing]
        issuers = {one.unit for one in standing if one.is_for(year)}
        return {
            "scope": units,
            # The province's plan is the one that the others follow, so it is not what is offered first.
            "own": "" if units.has_province else member.account.unit,
            "plans": standing[::-1],
            "withdrawn": withdrawn[::-1],
            "said": noted(within, "plan.withdrawn", [one.id for one in withdrawn]),
            "names": {one.id: one.name for one in accounts(within)},
            "communes": communes,
            "without": [one for one in communes if one.id not in issuers],
        }

    values = await service.read(looking)
    given = {"unit": values.pop("own"), "first_year": str(year)}
    return service.pages.page(
        request,
        "staff/plans",
        status=422 if reading else 200,
        year=year,
        given=reading.given if reading and not gone else given,
        problems=reading.problems if reading else {},
        gone=gone,
        once=once(),
        **values,
    )


@routes.post(PLANS)
async def enter(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    reading, day = Reading(form), today(service)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    number = document_number(field(form, "number"))
    issued_on = reading.day("issued_on", "Ghi ngày ban hành.", until=day)
    span = {"least": FIRST_YEAR, "most": day.year + AHEAD}
    wrong = YEAR.format(first=FIRST_YEAR, last=day.year + AHEAD)
    first = reading.number("first_year", wrong, **span)
    last = reading.number("last_year", wrong, **span) if field(form, "last_year") else first
    if last < first and not {"first_year", "last_year"} & set(reading.problems):
        reading.problems["last_year"] = "Năm cuối không thể trước năm đầu."
    if number is None:
        reading.problems["number"] = NUMBER
    cause = by(member.account, f"ghi kế hoạch số {number}")
    said = (unit, number or "", str(issued_on), str(first), str(last))
    id = event_id(reading.text("once"), "plan", *said)

    def writing(within: Connection) -> None:
        enter_plan(
            within,
            unit=unit,
            number=number or "",
            issued_on=issued_on,
            first_year=first,
            last_year=last,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )

    if not reading.problems:
        try:
            await service.write(writing)
        except NotAllowed:
            reading.problems["number"] = TWICE
    if reading.problems:
        return await _list(request, service, member, reading)
    return arrival(service, PLANS, "ke-hoach")


@routes.post(f"{PLANS}{{id}}/huy/")
async def withdraw(request: Request, service: Of, member: Entering, form: Posted, id: str) -> Response:
    """Takes a plan back; it stays to be seen, struck out."""
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do hủy ghi nhận.")

    def looking(within: Connection) -> None:
        reached(within, member.account, plan(within, id).unit)

    await service.read(looking)
    if reading.problems:
        return await _list(request, service, member, reading, id)
    cause = by(member.account, reason)

    def writing(within: Connection) -> None:
        looking(within)
        withdraw_plan(within, id, by=cause, now=service.now())

    await service.write(writing)
    return arrival(service, PLANS, "huy-ke-hoach")

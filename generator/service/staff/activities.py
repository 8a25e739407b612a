"""Communication activities: when, where, for whom, how many. Nobody's name is asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records.classes import Activity, activities, enter_activity
from ...render.templating import day
from .. import areas
from ..asking import Member, Posted, staff
from ..service import Of, Service
from .arrival import arrival
from .desk import Scope, by, scope, today
from .reading import Reading

routes = APIRouter(include_in_schema=False)
ACTIVITIES = f"{areas.STAFF}truyen-thong/"
Entering = Annotated[Member, Depends(staff("activity.enter"))]
PLACES = (
    "nhà văn hóa",
    "trường học",
    "chợ phiên",
    "trụ sở xã, phường",
    "cơ sở kinh doanh dịch vụ",
    "loa truyền thanh",
    "mạng xã hội",
    "nơi khác",
)


@routes.get(ACTIVITIES)
async def list_activities(request: Request, service: Of, member: Entering) -> Response:
    return await _list(request, service, member)


async def _list(
    request: Request, service: Service, member: Member, reading: Reading | None = None
) -> Response:
    def looking(within: Connection) -> tuple[Scope, tuple[Activity, ...]]:
        units = scope(within, member.account)
        return units, activities(within, units=units.reach)

    units, found = await service.read(looking)
    audiences = [one.title for one in service.programme.audiences.values()]
    campaigns = [one.title for one in service.programme.campaigns.values()]
    return service.pages.page(
        request,
        "staff/activities",
        status=422 if reading else 200,
        activities=found[::-1][:100],
        scope=units,
        places=PLACES,
        audiences=audiences,
        materials=campaigns,
        given=reading.given if reading else {"unit": member.account.unit, "held_on": day(today(service))},
        problems=reading.problems if reading else {},
    )


@routes.post(ACTIVITIES)
async def enter(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    held_on = reading.day("held_on", "Ghi ngày diễn ra.", until=today(service))
    place = reading.choice("place", PLACES, "Chọn loại địa điểm.")
    audience = reading.text("audience", "Ghi nhóm người nghe, không ghi tên ai.", most=120)
    headcount = reading.number("headcount", "Ghi số lượt người, bằng số.", most=1_000_000)
    material = reading.text("material", most=120)
    if reading.problems:
        return await _list(request, service, member, reading)
    cause = by(member.account, "ghi hoạt động truyền thông")

    def writing(within: Connection) -> None:
        enter_activity(
            within,
            unit=unit,
            held_on=held_on,
            place_kind=place,
            audience=audience,
            headcount=headcount,
            material=material or None,
            by=cause,
            now=service.now(),
        )

    await service.write(writing)
    return arrival(ACTIVITIES, "hoat-dong")

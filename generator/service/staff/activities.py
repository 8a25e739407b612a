"""Communication activities: when, where, for whom, how many. Nobody's name is asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records.access import accounts
from ...records.classes import activities, activity, enter_activity, withdraw_activity
from ...records.trail import noted
from ...render.templating import day
from ...targets import audiences, materials, titled
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..service import Of, Service
from .arrival import arrival
from .desk import by, event_id, once, reached, scope, today
from .pacing import router
from .reading import Reading

routes = router()
ACTIVITIES = f"{areas.STAFF}truyen-thong/"
Entering = Annotated[StaffMember, Depends(staff("activity.enter"))]
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
#: Nothing was given out.
NONE = "none"
OTHER_MATERIAL = "Tài liệu khác"


@routes.get(ACTIVITIES)
async def list_activities(request: Request, service: Of, member: Entering) -> Response:
    return await _list(request, service, member)


async def _list(
    request: Request, service: Service, member: StaffMember, reading: Reading | None = None, gone: str = ""
) -> Response:
    """`gone` is the activity whose withdrawal lacks its reason."""

    def looking(within: Connection) -> dict[str, object]:
        units = scope(within, member.account)
        withdrawn = activities(within, units=units.reach, withdrawn=True)[::-1][:100]
        return {
            "scope": units,
            "activities": activities(within, units=units.reach)[::-1][:100],
            "withdrawn": withdrawn,
            "said": noted(within, "activity.withdrawn", [one.id for one in withdrawn]),
            "names": {one.id: one.name for one in accounts(within)},
        }

    values = await service.read(looking)
    given = {"unit": member.account.unit, "held_on": day(today(service)), "material": NONE}
    whom, used = audiences(service.programme), materials(service.programme, OTHER_MATERIAL)
    return service.pages.page(
        request,
        "staff/activities",
        status=422 if reading else 200,
        places=tuple((one, one) for one in PLACES),
        audiences=tuple(whom.items()),
        materials=((NONE, "Không dùng tài liệu"), *used.items()),
        audience_of=lambda one: titled(one.audience, whom),
        material_of=lambda one: titled(one.material, used) if one.material else "",
        given=reading.given if reading and not gone else given,
        problems=reading.problems if reading else {},
        regular=service.programme.charter.regular,
        waits_for=service.programme.regular_waits_for,
        gone=gone,
        once=once(),
        **values,
    )


@routes.post(ACTIVITIES)
async def enter(request: Request, service: Of, member: Entering, form: Posted) -> Response:
    reading = Reading(form)
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    held_on = reading.day("held_on", "Ghi ngày diễn ra.", until=today(service))
    place = reading.choice("place", PLACES, "Chọn loại địa điểm.")
    audience = reading.choice("audience", audiences(service.programme), "Chọn nhóm người nghe.")
    headcount = reading.number("headcount", "Ghi số lượt người, bằng số.", most=1_000_000)
    used = (NONE, *materials(service.programme, OTHER_MATERIAL))
    material = reading.choice("material", used, "Chọn tài liệu đã dùng.")
    if reading.problems:
        return await _list(request, service, member, reading)
    cause = by(member.account, "ghi hoạt động truyền thông")
    said = (unit, str(held_on), place, audience, str(headcount), material)
    id = event_id(reading.text("once"), "activity", *said)

    def writing(within: Connection) -> None:
        enter_activity(
            within,
            unit=unit,
            held_on=held_on,
            place_kind=place,
            audience=audience,
            headcount=headcount,
            material=None if material == NONE else material,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )

    await service.write(writing)
    return arrival(service, ACTIVITIES, "hoat-dong")


@routes.post(f"{ACTIVITIES}{{id}}/huy/")
async def withdraw(request: Request, service: Of, member: Entering, form: Posted, id: str) -> Response:
    """Takes an activity back; it stays to be seen, struck out, and counts nowhere."""
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do hủy ghi nhận.")

    def looking(within: Connection) -> bool:
        found = activity(within, id)
        reached(within, member.account, found.unit)
        return found.withdrawn_at is not None

    is_gone = await service.read(looking)
    if reading.problems and not is_gone:
        return await _list(request, service, member, reading, id)
    cause = by(member.account, reason or "hủy ghi nhận hoạt động truyền thông")

    def writing(within: Connection) -> None:
        if not looking(within):
            withdraw_activity(within, id, by=cause, now=service.now())

    await service.write(writing)
    return arrival(service, ACTIVITIES, "huy-hoat-dong")

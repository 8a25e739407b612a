"""The accounts of others: invited, reset, switched off and on again."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records import NotAllowed
from ...records.access import Account, account, accounts, deactivate, needs_totp
from ...records.access.accounts import Role
from .. import areas
from ..asking import Posted, StaffMember, staff
from ..faults import Fault
from ..service import Of, Service
from .arrival import arrival
from .desk import ROLES, by, event_id, once, only_here, reached, scope, staff_origin
from .pacing import router
from .reading import Reading
from .sign_in import INVITED

routes = router()
ACCOUNTS = f"{areas.STAFF}tai-khoan/"
Inviting = Annotated[StaffMember, Depends(staff("account.invite"))]


@routes.get(ACCOUNTS)
async def list_accounts(request: Request, service: Of, member: Inviting) -> Response:
    return await _accounts(request, service, member)


async def _accounts(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: Reading | None = None,
    link: str = "",
    whom: str = "",
) -> Response:
    units, found = await service.read(lambda within: (scope(within, member.account), accounts(within)))
    return service.pages.page(
        request,
        "staff/accounts",
        status=422 if reading and reading.problems else 200,
        accounts=[one for one in found if units.holds(one.unit)],
        scope=units,
        roles=ROLES,
        me=member.account.id,
        given=reading.given if reading and reading.problems else {},
        problems=reading.problems if reading else {},
        link=link,
        whom=whom,
        only_here=only_here(staff_origin(request, service)),
        once=once(),
    )


@routes.post(ACCOUNTS)
async def invite(request: Request, service: Of, member: Inviting, form: Posted) -> Response:
    reading = Reading(form)
    name = reading.text("name", "Ghi tên đăng nhập.", most=80)
    role = reading.choice("role", ROLES, "Chọn vai trò.")
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    reason = reading.text("reason", "Ghi lý do, ví dụ số công văn cử người.")
    token = ""
    if not reading.problems:
        try:
            whose = by(member.account, reason)
            id = event_id(reading.text("once"), "account", name, role, unit)
            token = await service.slowly(
                lambda: service.staff.invite(name, cast(Role, role), unit, by=whose, id=id)
            )
        except NotAllowed:
            reading.problems["name"] = "Tên đăng nhập này đã có người dùng."
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}" if token else ""
    return await _accounts(request, service, member, reading, link, name)


@routes.post(f"{ACCOUNTS}{{id}}/dat-lai/")
async def reset(request: Request, service: Of, member: Inviting, form: Posted, id: str) -> Response:
    """A new one-time link for somebody who lost the password or the phone."""
    whom = await _whom(service, member, id)
    reason = Reading(form).text("reason") or "quên mật khẩu hoặc mất điện thoại"
    token = await service.slowly(lambda: service.staff.reset(id, by=by(member.account, reason)))
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}"
    return await _accounts(request, service, member, None, link, whom.name)


async def _whom(service: Service, member: StaffMember, id: str) -> Account:
    """An account within reach. Raises Fault, or Unknown."""
    whom = await service.read(lambda within: account(within, id))
    await service.read(lambda within: reached(within, member.account, whom.unit))
    return whom


@routes.post(f"{ACCOUNTS}{{id}}/mo-lai/")
async def reopen(request: Request, service: Of, member: Inviting, form: Posted, id: str) -> Response:
    """A new one-time link for an account that was switched off, which says so in the trail."""
    whom = await _whom(service, member, id)
    reading = Reading(form)
    reason = reading.text("reason", "Ghi lý do mở lại.")
    if reading.problems:
        return await _accounts(request, service, member, reading)
    token = await service.slowly(lambda: service.staff.reopen(id, by=by(member.account, reason)))
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}"
    return await _accounts(request, service, member, None, link, whom.name)


@routes.post(f"{ACCOUNTS}{{id}}/khoa/")
async def switch_off(request: Request, service: Of, member: Inviting, form: Posted, id: str) -> Response:
    await _whom(service, member, id)
    if id == member.account.id:
        raise Fault("not-allowed")
    reason = Reading(form).text("reason") or "không còn làm nhiệm vụ này"
    await service.write(
        lambda within: deactivate(within, id, by=by(member.account, reason), now=service.now())
    )
    return arrival(service, ACCOUNTS, "khoa")


def must_prove(service: Service, member: StaffMember, operation: str) -> bool:
    """Whether a page should ask for the second factor before the form is filled in."""
    return needs_totp(operation, member.session, now=service.now())

"""The accounts of others: invited, reset, switched off and on again."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records import NotAllowed
from ...records.access.accounts import Account, Role, account_by_id, all_accounts, deactivate_account
from ..dependencies import Posted, Running, Service, StaffMember, staff
from ..http import urls
from ..http.errors import Fault
from .base import (
    ROLES,
    event_id,
    loopback_host,
    new_form_id,
    redirect_done,
    require_unit,
    router,
    scope,
    staff_origin,
    written_by,
)
from .forms import FormReader
from .sign_in import INVITED

routes = router()
ACCOUNTS = f"{urls.STAFF}tai-khoan/"
Inviter = Annotated[StaffMember, Depends(staff("account.invite"))]


@routes.get(ACCOUNTS)
async def list_accounts(request: Request, service: Running, member: Inviter) -> Response:
    return await _accounts(request, service, member)


async def _accounts(
    request: Request,
    service: Service,
    member: StaffMember,
    reading: FormReader | None = None,
    link: str = "",
    whom: str = "",
) -> Response:
    units, accounts = await service.read(lambda within: (scope(within, member.account), all_accounts(within)))
    return service.pages.page(
        request,
        "staff/accounts",
        status=422 if reading and reading.problems else 200,
        accounts=[account for account in accounts if units.holds(account.unit)],
        scope=units,
        roles=ROLES,
        me=member.account.id,
        given=reading.given if reading and reading.problems else {},
        problems=reading.problems if reading else {},
        link=link,
        whom=whom,
        only_here=loopback_host(staff_origin(request, service)),
        once=new_form_id(),
    )


@routes.post(ACCOUNTS)
async def invite(request: Request, service: Running, member: Inviter, form: Posted) -> Response:
    reading = FormReader(form)
    name = reading.text("name", "Ghi tên đăng nhập.", most=80)
    role = reading.choice("role", ROLES, "Chọn vai trò.")
    units = await service.read(lambda within: scope(within, member.account))
    unit = reading.choice("unit", units.reach, "Chọn đơn vị trong phạm vi của bạn.")
    reason = reading.text("reason", "Ghi lý do, ví dụ số công văn cử người.")
    token = ""
    if not reading.problems:
        try:
            cause = written_by(member.account, reason)
            id = event_id(reading.text("once"), "account", name, role, unit)
            token = await service.slowly(
                lambda: service.staff.invite(name, cast(Role, role), unit, by=cause, id=id)
            )
        except NotAllowed:
            reading.problems["name"] = "Tên đăng nhập này đã có người dùng."
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}" if token else ""
    return await _accounts(request, service, member, reading, link, name)


@routes.post(f"{ACCOUNTS}{{id}}/dat-lai/")
async def reset(request: Request, service: Running, member: Inviter, form: Posted, id: str) -> Response:
    """Makes a new one-time link for somebody who lost the password or the phone."""
    whom = await _account_of(service, member, id)
    reason = FormReader(form).text("reason") or "quên mật khẩu hoặc mất điện thoại"
    token = await service.slowly(lambda: service.staff.reset(id, by=written_by(member.account, reason)))
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}"
    return await _accounts(request, service, member, None, link, whom.name)


async def _account_of(service: Service, member: StaffMember, id: str) -> Account:
    """Returns an account within reach. Raises Fault, or Unknown."""
    whom = await service.read(lambda within: account_by_id(within, id))
    await service.read(lambda within: require_unit(within, member.account, whom.unit))
    return whom


@routes.post(f"{ACCOUNTS}{{id}}/mo-lai/")
async def switch_on(request: Request, service: Running, member: Inviter, form: Posted, id: str) -> Response:
    """Makes a new one-time link for an account that was switched off, and notes it in the trail."""
    whom = await _account_of(service, member, id)
    reading = FormReader(form)
    reason = reading.text("reason", "Ghi lý do mở lại.")
    if reading.problems:
        return await _accounts(request, service, member, reading)
    token = await service.slowly(lambda: service.staff.reopen(id, by=written_by(member.account, reason)))
    link = f"{staff_origin(request, service)}{INVITED}#ma={token}"
    return await _accounts(request, service, member, None, link, whom.name)


@routes.post(f"{ACCOUNTS}{{id}}/khoa/")
async def switch_off(request: Request, service: Running, member: Inviter, form: Posted, id: str) -> Response:
    await _account_of(service, member, id)
    if id == member.account.id:
        raise Fault("not-allowed")
    reason = FormReader(form).text("reason") or "không còn làm nhiệm vụ này"
    await service.write(
        lambda within: deactivate_account(
            within, id, by=written_by(member.account, reason), now=service.now()
        )
    )
    return redirect_done(service, ACCOUNTS, "khoa")

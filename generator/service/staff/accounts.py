"""The accounts of others: invited, reset, switched off and on again."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records import NotAllowed
from ...records.access.accounts import Account, account_by_id, all_accounts, deactivate_account
from ..dependencies import Posted, Running, Service, StaffMember, staff
from ..http import urls
from ..http.errors import Fault
from .base import (
    ROLES,
    UnitScope,
    event_id,
    loopback_host,
    new_form_id,
    redirect_done,
    require_unit,
    router,
    scope,
    staff_origin,
    today,
    written_by,
)
from .forms import FormReader, StaffForm, message, staff_form
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
    token: str = "",
    whom: str = "",
) -> Response:
    """Shows the accounts within reach; `token` opens the one-time link for `whom`."""
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
        form=_account_form(units),
        link=f"{staff_origin(request, service)}{INVITED}#ma={token}" if token else "",
        whom=whom,
        only_here=loopback_host(staff_origin(request, service)),
        once=new_form_id(),
    )


@routes.post(ACCOUNTS)
async def invite(request: Request, service: Running, member: Inviter, form: Posted) -> Response:
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    values = reading.read(_account_form(units), today(service))
    if reading.problems:
        return await _accounts(request, service, member, reading)
    cause = written_by(member.account, values.pop("reason"))
    id = event_id(reading.text("once"), "account", *values.values())
    try:
        token = await service.slowly(lambda: service.staff.invite(**values, by=cause, id=id))
    except NotAllowed:
        reading.problems["name"] = message("account.taken")
        return await _accounts(request, service, member, reading)
    return await _accounts(request, service, member, token=token, whom=values["name"])


def _account_form(units: UnitScope) -> StaffForm:
    return staff_form("account").filled(role={"options": ROLES.items()}, unit={"options": units.options})


@routes.post(f"{ACCOUNTS}{{id}}/dat-lai/")
async def reset(request: Request, service: Running, member: Inviter, form: Posted, id: str) -> Response:
    """Makes a new one-time link for somebody who lost the password or the phone."""
    whom = await _account_of(service, member, id)
    reason = FormReader(form).text("reason") or message("account.reset")
    token = await service.slowly(lambda: service.staff.reset(id, by=written_by(member.account, reason)))
    return await _accounts(request, service, member, token=token, whom=whom.name)


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
    reason = reading.text("reason", message("account.reopening"))
    if reading.problems:
        return await _accounts(request, service, member, reading)
    token = await service.slowly(lambda: service.staff.reopen(id, by=written_by(member.account, reason)))
    return await _accounts(request, service, member, token=token, whom=whom.name)


@routes.post(f"{ACCOUNTS}{{id}}/khoa/")
async def switch_off(request: Request, service: Running, member: Inviter, form: Posted, id: str) -> Response:
    await _account_of(service, member, id)
    if id == member.account.id:
        raise Fault("not-allowed")
    reason = FormReader(form).text("reason") or message("account.closed")
    await service.write(
        lambda within: deactivate_account(
            within, id, by=written_by(member.account, reason), now=service.now()
        )
    )
    return redirect_done(service, ACCOUNTS, "khoa")

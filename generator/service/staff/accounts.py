"""Signing in and out, the one-time link, the second factor, and the accounts of others."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records import Malformed, NotAllowed, WrongCode
from ...records.access import Account, account, accounts, address, deactivate, needs_totp, new_secret
from ...records.access.accounts import Role
from ...records.access.staff import SHORTEST
from .. import areas, signing, viewers
from ..asking import From, Looking, Member, Posted, Stranger, field, staff
from ..confirmations import qr
from ..faults import Fault
from ..service import Of, Service
from .arrival import arrival
from .desk import ROLES, by, event_id, once, reached, scope, staff_origin
from .pacing import router
from .reading import Reading

routes = router()
INVITED = f"{areas.STAFF}loi-moi/"
ACCOUNTS = f"{areas.STAFF}tai-khoan/"
WRONG = (
    "Tên hoặc mật khẩu không đúng. Gõ lại cả hai; quên thì xin liên kết mới. "
    "Sai mười lần trong một giờ thì tên ấy tạm khóa một giờ."
)
LOCKED = "Tên này tạm khóa một giờ vì nhập sai nhiều lần. Chờ, hoặc xin liên kết đặt lại mật khẩu."
Anybody = Annotated[Member, Depends(staff())]
Inviting = Annotated[Member, Depends(staff("account.invite"))]


def _in(service: Service, token: str, to: str = areas.STAFF) -> Response:
    response = RedirectResponse(to, 303)
    viewers.put(response, service.settings, token)
    viewers.drop(response, service.settings, viewers.STRANGER)
    return response


def _asked(
    request: Request, service: Service, template: str, secret: str, status: int = 200, **values: object
) -> Response:
    """A form for somebody who is not signed in yet."""
    response = service.pages.page(request, f"staff/{template}", status=status, **values)
    viewers.put(response, service.settings, secret, viewers.STRANGER)
    return response


# --- signing in and out -----------------------------------------------------------------------


@routes.get(areas.STAFF_SIGN_IN)
async def sign_in_page(request: Request, service: Of, found: Looking, secret: Stranger) -> Response:
    if found is not None and found.account is not None:
        return RedirectResponse(areas.STAFF, 303)
    return _asked(request, service, "sign-in", secret, problem="", name="")


@routes.post(areas.STAFF_SIGN_IN)
async def sign_in(request: Request, service: Of, form: Posted, where: From, secret: Stranger) -> Response:
    name, password = Reading(form).text("name"), str(form.get("password", ""))
    try:
        token = await signing.sign_in_staff(service, request, name, password, where)
    except WrongCode:
        return _asked(request, service, "sign-in", secret, 401, problem=WRONG, name=name)
    except Fault as fault:
        if fault.code != "locked":
            raise
        page = _asked(request, service, "sign-in", secret, 429, problem=LOCKED, name=name)
        page.headers.update(fault.headers or {})
        return page
    return _in(service, token)


@routes.post(f"{areas.STAFF}dang-xuat/")
async def sign_out(request: Request, service: Of, form: Posted) -> Response:
    response = RedirectResponse(areas.STAFF_SIGN_IN, 303)
    await signing.sign_out(service, request, response)
    return response


@routes.get(INVITED)
async def invited_page(request: Request, service: Of, found: Looking, secret: Stranger) -> Response:
    return _asked(request, service, "invited", secret, problem="", least=SHORTEST)


@routes.post(INVITED)
async def accept(request: Request, service: Of, form: Posted, where: From, secret: Stranger) -> Response:
    password, again = str(form.get("password", "")), str(form.get("again", ""))
    if wait := service.sign_in_fails.wait(where):
        raise Fault("too-many", headers={"Retry-After": str(wait)})
    try:
        if password != again:
            raise Malformed("typed differently")
        token = await service.slowly(lambda: service.staff.accept(field(form, "code"), password))
    except WrongCode:
        service.sign_in_fails.take(where)
        problem = "Liên kết này không đúng, đã dùng rồi hoặc đã hết hạn. Xin một liên kết mới."
    except Malformed:
        same = password == again
        problem = (
            f"Mật khẩu cần từ {SHORTEST} ký tự. Thử ghép bốn, năm từ thành một câu."
            if same
            else "Hai lần gõ mật khẩu không giống nhau. Gõ lại cả hai."
        )
    else:
        await signing.close(service, request)
        return _in(service, token)
    return _asked(request, service, "invited", secret, 422, problem=problem, least=SHORTEST)


# --- the second factor ------------------------------------------------------------------------


@routes.get(areas.STAFF_PROVE)
async def prove_page(request: Request, service: Of, member: Anybody, ve: str = "") -> Response:
    return _prove_page(request, service, member.account, new_secret(service.random), ve)


def _prove_page(
    request: Request, service: Service, whose: Account, secret: str, back: str, problem: str = ""
) -> Response:
    drawn = None
    if not whose.has_totp:
        drawn = qr(address(secret, account=whose.name, issuer=service.programme.charter.short_title))
    values = {"secret": secret, "qr": drawn, "problem": problem, "back": _inside(back)}
    return service.pages.page(request, "staff/prove", status=422 if problem else 200, **values)


@routes.post(areas.STAFF_PROVE)
async def prove(request: Request, service: Of, member: Anybody, form: Posted) -> Response:
    digits, secret, back = field(form, "digits"), field(form, "secret"), field(form, "back")
    try:
        if member.account.has_totp:
            await service.slowly(lambda: service.staff.prove(member.session, digits))
        else:
            await service.slowly(lambda: service.staff.enrol(member.session, secret, digits))
    except (WrongCode, ValueError):
        again = secret or new_secret(service.random)
        problem = "Sáu chữ số không đúng, hoặc đã dùng rồi. Chờ số mới rồi gõ lại."
        return _prove_page(request, service, member.account, again, back, problem)
    return arrival(_inside(back), "xac-minh")


def _inside(path: str) -> str:
    """Only back to a page of the staff."""
    return path if path.startswith(areas.STAFF) and "//" not in path and "\\" not in path else areas.STAFF


# --- the accounts of others -------------------------------------------------------------------


@routes.get(ACCOUNTS)
async def list_accounts(request: Request, service: Of, member: Inviting) -> Response:
    return await _accounts(request, service, member)


async def _accounts(
    request: Request,
    service: Service,
    member: Member,
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
            reading.problems["name"] = "Tên này đã có người dùng."
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


async def _whom(service: Service, member: Member, id: str) -> Account:
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
    return arrival(ACCOUNTS, "khoa")


def must_prove(service: Service, member: Member, operation: str) -> bool:
    """Whether a page should ask for the second factor before the form is filled in."""
    return needs_totp(operation, member.session, now=service.now())

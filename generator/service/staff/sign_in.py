"""Signing in and out of staff: password, second factor, and the one-time link to set a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...programme.vietnamese import written_moment
from ...records import Locked, WrongCode
from ...records.access import sessions
from ...records.access.accounts import needs_second_factor
from ...records.access.credentials import LONGEST, SHORTEST, WeakPassword
from ...records.access.second_factor import PasswordNeeded, totp_address
from ...records.access.sessions import renew_session
from .. import dependencies
from ..certificates import qr_code
from ..dependencies import (
    Address,
    ByPassword,
    MaybeViewer,
    Posted,
    Running,
    Service,
    StaffMember,
    Stranger,
    field,
    staff,
)
from ..http import session_cookies, urls
from ..http.errors import Fault, retry_after
from .base import redirect_done, router
from .forms import FormReader, message

password_routes = router()
PASSWORD = f"{urls.STAFF}mat-khau/"
ELSEWHERE = f"{PASSWORD}noi-khac/"
AnyStaff = Annotated[StaffMember, Depends(staff())]


def why_weak(weak: WeakPassword) -> str:
    """Returns why a password was not taken, and what to do."""
    return message(f"password.{weak.why}", least=SHORTEST, most=LONGEST)


@dataclass(frozen=True, kw_only=True)
class SignedInBrowser:
    """A browser in which the account is signed in; nothing tells which machine it is on."""

    since: str
    seen: str
    is_here: bool


@password_routes.get(PASSWORD)
async def password_page(request: Request, service: Running, member: AnyStaff) -> Response:
    return await _password_page(request, service, member)


async def _password_page(
    request: Request, service: Service, member: StaffMember, problem: str = "", status: int = 200
) -> Response:
    browsers = await service.read(lambda within: _browsers(within, member, service.now()))
    page = service.pages.page
    return page(request, "staff/password", status=status, problem=problem, least=SHORTEST, sessions=browsers)


def _browsers(connection: Connection, member: StaffMember, now: datetime) -> tuple[SignedInBrowser, ...]:
    own_token = member.session.token_sha256
    open_sessions = sessions.open_sessions(connection, member.account.id, now=now)
    return tuple(
        SignedInBrowser(
            since=written_moment(session.made_at),
            seen=written_moment(session.seen_at),
            is_here=session.token_sha256 == own_token,
        )
        for session in open_sessions
    )


@password_routes.post(PASSWORD)
async def change_password(request: Request, service: Running, member: AnyStaff, form: Posted) -> Response:
    current, password = str(form.get("current", "")), str(form.get("password", ""))
    if password != str(form.get("again", "")):
        return await _password_page(request, service, member, message("password.differ"), 422)
    try:
        change = service.staff.change_password
        token = await service.slowly(lambda: change(member.session, current, password))
    except WeakPassword as weak:
        return await _password_page(request, service, member, why_weak(weak), 422)
    except (WrongCode, Locked) as refused:
        return await _refused_password(request, service, member, refused)
    response = redirect_done(service, urls.STAFF, "mat-khau")
    session_cookies.put_cookie(response, service.settings, token)
    return response


async def _refused_password(
    request: Request, service: Service, member: StaffMember, refused: WrongCode | Locked
) -> Response:
    """Says that the current password was wrong, or that it was so too often."""
    if isinstance(refused, WrongCode):
        return await _password_page(request, service, member, message("password.wrong"), 422)
    page = await _password_page(request, service, member, message("password.locked"), 429)
    page.headers.update(retry_after(refused))
    return page


@password_routes.post(ELSEWHERE)
async def end_other_sessions(request: Request, service: Running, member: AnyStaff, form: Posted) -> Response:
    current = str(form.get("current", ""))
    try:
        await service.slowly(lambda: service.staff.end_other_sessions(member.session, current))
    except (WrongCode, Locked) as refused:
        return await _refused_password(request, service, member, refused)
    return redirect_done(service, PASSWORD, "noi-khac")


routes = router()
INVITED = urls.STAFF_INVITED


def _signed_in(service: Service, token: str) -> Response:
    response = RedirectResponse(urls.STAFF, 303)
    session_cookies.put_cookie(response, service.settings, token)
    session_cookies.drop_cookie(response, service.settings, session_cookies.STRANGER)
    return response


def _sign_in_form(
    request: Request, service: Service, template: str, secret: str, status: int = 200, **values: object
) -> Response:
    """Shows a form to somebody who is not signed in yet."""
    response = service.pages.page(request, f"staff/{template}", status=status, **values)
    session_cookies.put_cookie(response, service.settings, secret, session_cookies.STRANGER)
    return response


# --- signing in and out -----------------------------------------------------------------------


@routes.get(urls.STAFF_SIGN_IN)
async def sign_in_page(request: Request, service: Running, viewer: MaybeViewer, secret: Stranger) -> Response:
    if viewer is not None and viewer.account is not None:
        return RedirectResponse(urls.STAFF, 303)
    return _sign_in_form(request, service, "sign-in", secret, problem="", name="")


@routes.post(urls.STAFF_SIGN_IN)
async def sign_in(
    request: Request, service: Running, form: Posted, where: Address, secret: Stranger
) -> Response:
    name, password = FormReader(form).text("name"), str(form.get("password", ""))
    try:
        token = await dependencies.sign_in_staff(service, request, name, password, where)
    except WrongCode:
        return _sign_in_form(
            request, service, "sign-in", secret, 401, problem=message("sign-in.wrong"), name=name
        )
    except Fault as fault:
        if fault.code != "too-many-wrong":
            raise
        problem = f"{fault.message}. {fault.fix}"
        page = _sign_in_form(
            request, service, "sign-in", secret, fault.status_code, problem=problem, name=name
        )
        page.headers.update(fault.headers or {})
        return page
    except Locked as refused:
        page = _sign_in_form(
            request, service, "sign-in", secret, 429, problem=message("sign-in.locked"), name=name
        )
        page.headers.update(retry_after(refused))
        return page
    return _signed_in(service, token)


@routes.post(f"{urls.STAFF}dang-xuat/")
async def sign_out(request: Request, service: Running, form: Posted) -> Response:
    response = RedirectResponse(urls.STAFF_SIGN_IN, 303)
    await dependencies.sign_out(service, request, response)
    return response


# --- the one-time link ------------------------------------------------------------------------


@routes.get(INVITED)
async def invited_page(request: Request, service: Running, viewer: MaybeViewer, secret: Stranger) -> Response:
    return _sign_in_form(request, service, "invited", secret, problem="", code="", least=SHORTEST)


@routes.post(INVITED)
async def accept(
    request: Request, service: Running, form: Posted, where: Address, secret: Stranger
) -> Response:
    code, password = field(form, "code"), str(form.get("password", ""))
    problem = "" if password == str(form.get("again", "")) else message("password.differ")
    if not problem:
        try:
            token = await dependencies.count_failures(
                service, where, lambda: service.staff.accept(code, password)
            )
        except WrongCode:
            problem = message("sign-in.no-link")
        except WeakPassword as weak:
            problem = why_weak(weak)
        else:
            await dependencies.close_session(service, request)
            return _signed_in(service, token)
    # The code came in the address, which no longer has it.
    return _sign_in_form(request, service, "invited", secret, 422, problem=problem, code=code, least=SHORTEST)


second_factor_routes = router()


@second_factor_routes.get(urls.STAFF_PROVE)
async def prove_page(request: Request, service: Running, member: ByPassword, ve: str = "") -> Response:
    return await _prove_page(request, service, member, ve)


async def _prove_page(
    request: Request, service: Service, member: StaffMember, back: str, problem: str = "", status: int = 200
) -> Response:
    account, is_bound = member.account, service.staff.second_factor.is_bound(member.account)
    seed = "" if is_bound else await _pending(service, member)
    address = (
        totp_address(seed, account=account.name, issuer=service.programme.charter.short_title) if seed else ""
    )
    is_waived = service.settings.trainers_by_password
    return service.pages.page(
        request,
        "staff/prove",
        status=status,
        problem=problem,
        back=_staff_path(back),
        is_bound=is_bound,
        was_bound=account.has_totp,
        is_in=not needs_second_factor(account, member.session, trainers_by_password=is_waived),
        secret=seed,
        qr=qr_code(address) if address else None,
    )


async def _pending(service: Service, member: StaffMember) -> str:
    """Returns the seed to be bound, "" where the password was given too long ago."""
    try:
        return await service.slowly(lambda: service.staff.second_factor.pending(member.session))
    except PasswordNeeded:
        return ""


@second_factor_routes.post(urls.STAFF_PROVE)
async def prove(request: Request, service: Running, member: ByPassword, form: Posted) -> Response:
    digits, back = field(form, "digits"), field(form, "back")
    factor = service.staff.second_factor
    give = factor.prove if factor.is_bound(member.account) else factor.bind
    try:
        await service.slowly(lambda: give(member.session, digits))
    except WrongCode:
        return await _prove_page(request, service, member, back, message("second-factor.wrong"), 422)
    except PasswordNeeded:
        return await _prove_page(request, service, member, back, status=422)
    except Locked as refused:
        page = await _prove_page(request, service, member, back, message("second-factor.locked"), 429)
        page.headers.update(retry_after(refused))
        return page
    response = redirect_done(service, _staff_path(back), "xac-minh")
    # A new token, now that more is open to the session than before; forms that are open can still be sent.
    token = await service.write(lambda within: renew_session(within, member.session, random=service.random))
    session_cookies.put_cookie(response, service.settings, f"{token}.{member.lasting}")
    return response


def _staff_path(path: str) -> str:
    """Returns the path to go back to, if it is a page of the staff."""
    return path if path.startswith(urls.STAFF) and "//" not in path and "\\" not in path else urls.STAFF

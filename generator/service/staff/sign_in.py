"""Signing in and out of staff, and the one-time link by which a password is set."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...records import Locked, WrongCode
from ...records.access import WeakPassword
from ...records.access.passwords import SHORTEST
from .. import areas, signing, viewers
from ..asking import From, Looking, Posted, Stranger, field
from ..faults import Fault
from ..refusals import later
from ..service import Of, Service
from .pacing import router
from .passwords import DIFFERING, refusal
from .reading import Reading

routes = router()
INVITED = areas.STAFF_INVITED
WRONG = (
    "Tên hoặc mật khẩu không đúng. Hãy gõ lại cả hai; nếu quên, xin liên kết mới. "
    "Nếu sai mười lần trong một giờ, tên ấy bị tạm khóa một giờ."
)
LOCKED = (
    "Tên này bị tạm khóa vì nhập sai nhiều lần; chậm nhất một giờ nữa sẽ tự mở. "
    "Hãy chờ, hoặc xin liên kết đặt lại mật khẩu."
)
NO_LINK = "Liên kết này không đúng, đã dùng hoặc đã hết hạn. Hãy xin liên kết mới."


def _in(service: Service, token: str) -> Response:
    response = RedirectResponse(areas.STAFF, 303)
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
        if fault.code != "too-many-wrong":
            raise
        told = f"{fault.message}. {fault.fix}"
        page = _asked(request, service, "sign-in", secret, fault.status_code, problem=told, name=name)
        page.headers.update(fault.headers or {})
        return page
    except Locked as refused:
        page = _asked(request, service, "sign-in", secret, 429, problem=LOCKED, name=name)
        page.headers.update(later(refused))
        return page
    return _in(service, token)


@routes.post(f"{areas.STAFF}dang-xuat/")
async def sign_out(request: Request, service: Of, form: Posted) -> Response:
    response = RedirectResponse(areas.STAFF_SIGN_IN, 303)
    await signing.sign_out(service, request, response)
    return response


# --- the one-time link ------------------------------------------------------------------------


@routes.get(INVITED)
async def invited_page(request: Request, service: Of, found: Looking, secret: Stranger) -> Response:
    return _asked(request, service, "invited", secret, problem="", code="", least=SHORTEST)


@routes.post(INVITED)
async def accept(request: Request, service: Of, form: Posted, where: From, secret: Stranger) -> Response:
    code, password = field(form, "code"), str(form.get("password", ""))
    problem = "" if password == str(form.get("again", "")) else DIFFERING
    if not problem:
        try:
            token = await signing.tried(service, where, lambda: service.staff.accept(code, password))
        except WrongCode:
            problem = NO_LINK
        except WeakPassword as weak:
            problem = refusal(weak)
        else:
            await signing.close(service, request)
            return _in(service, token)
    # The code came in the address, which no longer has it.
    return _asked(request, service, "invited", secret, 422, problem=problem, code=code, least=SHORTEST)

"""The second factor: an authenticator is bound, or a code of it given."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ...records import Locked, WrongCode
from ...records.access import PasswordNeeded, address, renew
from .. import areas, viewers
from ..asking import ByPassword, Posted, StaffMember, field, is_half_in
from ..confirmations import qr
from ..refusals import later
from ..service import Of, Service
from .arrival import arrival
from .pacing import router

routes = router()
WRONG = (
    "Sáu chữ số không đúng hoặc đã dùng. Hãy chờ số mới rồi gõ lại. "
    "Nếu sai mười lần trong một giờ, bước này bị tạm khóa một giờ."
)
LOCKED = (
    "Bước xác minh bị tạm khóa vì sai mười lần; chậm nhất một giờ nữa sẽ tự mở. Hãy chờ rồi thử lại. "
    "Nếu bạn không gõ sai, có thể có người đã biết mật khẩu của bạn: hãy báo ngay cho cơ quan chủ trì."
)


@dataclass(frozen=True, kw_only=True)
class SecondFactorProblem:
    """Says what was wrong with the last try, if anything was, and with which status it is told."""

    text: str = ""
    status: int = 200


@routes.get(areas.STAFF_PROVE)
async def prove_page(request: Request, service: Of, member: ByPassword, ve: str = "") -> Response:
    return await _page(request, service, member, ve, SecondFactorProblem())


async def _page(
    request: Request, service: Service, member: StaffMember, back: str, problem: SecondFactorProblem
) -> Response:
    whose, is_bound = member.account, service.staff.second_factor.is_bound(member.account)
    seed = "" if is_bound else await _pending(service, member)
    drawn = address(seed, account=whose.name, issuer=service.programme.charter.short_title) if seed else ""
    return service.pages.page(
        request,
        "staff/prove",
        status=problem.status,
        problem=problem.text,
        back=_inside(back),
        is_bound=is_bound,
        was_bound=whose.has_totp,
        is_in=not is_half_in(service, member),
        secret=seed,
        qr=qr(drawn) if drawn else None,
    )


async def _pending(service: Service, member: StaffMember) -> str:
    """The seed to be bound; nothing where the password was given too long ago."""
    try:
        return await service.slowly(lambda: service.staff.second_factor.pending(member.session))
    except PasswordNeeded:
        return ""


@routes.post(areas.STAFF_PROVE)
async def prove(request: Request, service: Of, member: ByPassword, form: Posted) -> Response:
    digits, back = field(form, "digits"), field(form, "back")
    factor = service.staff.second_factor
    give = factor.prove if factor.is_bound(member.account) else factor.bind
    try:
        await service.slowly(lambda: give(member.session, digits))
    except WrongCode:
        return await _page(request, service, member, back, SecondFactorProblem(text=WRONG, status=422))
    except PasswordNeeded:
        return await _page(request, service, member, back, SecondFactorProblem(status=422))
    except Locked as refused:
        page = await _page(request, service, member, back, SecondFactorProblem(text=LOCKED, status=429))
        page.headers.update(later(refused))
        return page
    response = arrival(service, _inside(back), "xac-minh")
    await _renew(request, service, member, response)
    return response


async def _renew(request: Request, service: Service, member: StaffMember, response: Response) -> None:
    """Gives the session another token, now that more is open to it than before."""
    token = await service.write(lambda within: renew(within, member.session, random=service.random))
    cookie = viewers.cookie_of(request, service.settings)
    viewers.put(response, service.settings, viewers.renewed(cookie, token))


def _inside(path: str) -> str:
    """Only back to a page of the staff."""
    return path if path.startswith(areas.STAFF) and "//" not in path and "\\" not in path else areas.STAFF

"""Changing one's own password, why one is not taken, and where else one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import Locked, WrongCode, access
from ...records.access import WeakPassword
from ...records.access.passwords import LONGEST, SHORTEST, Weakness
from .. import areas, viewers
from ..asking import Posted, StaffMember, staff
from ..days import moment
from ..refusals import later
from ..service import Of, Service
from .arrival import arrival
from .pacing import router

routes = router()
PASSWORD = f"{areas.STAFF}mat-khau/"
ELSEWHERE = f"{PASSWORD}noi-khac/"
Anybody = Annotated[StaffMember, Depends(staff())]

SENTENCE = "Thử ghép bốn, năm từ không liên quan thành một câu, như tên những đồ vật quanh bạn."
DIFFERING = "Hai lần gõ mật khẩu mới không giống nhau. Gõ lại cả hai."
REFUSALS: dict[Weakness, str] = {
    "short": f"Mật khẩu cần từ {SHORTEST} ký tự. Thử ghép bốn, năm từ thành một câu.",
    "long": f"Mật khẩu dài quá {LONGEST} ký tự. Chọn một câu ngắn hơn.",
    "repeated": f"Mật khẩu này chỉ có một, hai ký tự lặp lại, hoặc toàn dấu cách. {SENTENCE}",
    "named": f"Mật khẩu này chỉ là tên của bạn, rất dễ đoán. {SENTENCE}",
    "guessable": (
        "Mật khẩu này dễ đoán vì gồm những từ quen thuộc, dãy phím, năm, tên người hoặc tên chương trình. "
        f"{SENTENCE}"
    ),
    "same": "Mật khẩu mới giống mật khẩu đang dùng. Chọn một câu khác.",
}
WRONG = (
    "Mật khẩu đang dùng không đúng. Hãy gõ lại; nếu quên, đề nghị cơ quan chủ trì cấp liên kết mới. "
    "Nếu sai mười lần trong một giờ, tên đăng nhập của bạn bị tạm khóa một giờ."
)
LOCKED = (
    "Tên đăng nhập của bạn bị tạm khóa vì gõ sai mật khẩu nhiều lần; chậm nhất một giờ nữa sẽ tự mở. "
    "Hãy chờ rồi thử lại."
)


def refusal(weak: WeakPassword) -> str:
    """Why a password was not taken, and what to do."""
    return REFUSALS[weak.why]


@dataclass(frozen=True, kw_only=True)
class SignedInBrowser:
    """A browser in which the account is signed in; nothing tells which machine it is on."""

    since: str
    seen: str
    is_here: bool


@routes.get(PASSWORD)
async def password_page(request: Request, service: Of, member: Anybody) -> Response:
    return await _page(request, service, member)


async def _page(
    request: Request, service: Service, member: StaffMember, problem: str = "", status: int = 200
) -> Response:
    browsers = await service.read(lambda within: _browsers(within, member, service.now()))
    page = service.pages.page
    return page(request, "staff/password", status=status, problem=problem, least=SHORTEST, sessions=browsers)


def _browsers(connection: Connection, member: StaffMember, now: datetime) -> tuple[SignedInBrowser, ...]:
    here = member.session.token_sha256
    found = access.opened(connection, member.account.id, now=now)
    return tuple(
        SignedInBrowser(since=moment(one.made_at), seen=moment(one.seen_at), is_here=one.token_sha256 == here)
        for one in found
    )


@routes.post(PASSWORD)
async def change_password(request: Request, service: Of, member: Anybody, form: Posted) -> Response:
    current, password = str(form.get("current", "")), str(form.get("password", ""))
    if password != str(form.get("again", "")):
        return await _page(request, service, member, DIFFERING, 422)
    try:
        change = service.staff.change_password
        token = await service.slowly(lambda: change(member.session, current, password))
    except WeakPassword as weak:
        return await _page(request, service, member, refusal(weak), 422)
    except (WrongCode, Locked) as refused:
        return await _refused(request, service, member, refused)
    response = arrival(service, areas.STAFF, "mat-khau")
    viewers.put(response, service.settings, token)
    return response


async def _refused(
    request: Request, service: Service, member: StaffMember, refused: WrongCode | Locked
) -> Response:
    """Says that the current password was wrong, or that it was so too often."""
    if isinstance(refused, WrongCode):
        return await _page(request, service, member, WRONG, 422)
    page = await _page(request, service, member, LOCKED, 429)
    page.headers.update(later(refused))
    return page


@routes.post(ELSEWHERE)
async def end_other_sessions(request: Request, service: Of, member: Anybody, form: Posted) -> Response:
    current = str(form.get("current", ""))
    try:
        await service.slowly(lambda: service.staff.end_other_sessions(member.session, current))
    except (WrongCode, Locked) as refused:
        return await _refused(request, service, member, refused)
    return arrival(service, PASSWORD, "noi-khac")

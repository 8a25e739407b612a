"""Changing one's own password, and why a password is not taken."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from ...records import Locked, WrongCode
from ...records.access import WeakPassword
from ...records.access.passwords import LONGEST, SHORTEST, Weakness
from .. import areas, viewers
from ..asking import Member, Posted, staff
from ..refusals import LOCKED as SECONDS
from ..service import Of, Service
from .arrival import arrival
from .pacing import router

routes = router()
PASSWORD = f"{areas.STAFF}mat-khau/"
Anybody = Annotated[Member, Depends(staff())]

SENTENCE = "Thử ghép bốn, năm từ không liên quan thành một câu, như tên những đồ vật quanh bạn."
DIFFERING = "Hai lần gõ mật khẩu mới không giống nhau. Gõ lại cả hai."
REFUSALS: dict[Weakness, str] = {
    "short": f"Mật khẩu cần từ {SHORTEST} ký tự. Thử ghép bốn, năm từ thành một câu.",
    "long": f"Mật khẩu dài quá {LONGEST} ký tự. Chọn một câu ngắn hơn.",
    "repeated": f"Mật khẩu này chỉ có một, hai ký tự lặp lại, hoặc toàn dấu cách. {SENTENCE}",
    "named": f"Mật khẩu này chỉ là tên của bạn, ai cũng đoán ra. {SENTENCE}",
    "guessable": (
        "Mật khẩu này dễ đoán: nó gồm những từ quen, dãy phím, năm, tên người hoặc tên chương trình. "
        f"{SENTENCE}"
    ),
    "same": "Mật khẩu mới giống mật khẩu đang dùng. Chọn một câu khác.",
}
WRONG = (
    "Mật khẩu đang dùng không đúng. Gõ lại; quên thì xin cơ quan chủ trì một liên kết mới. "
    "Sai mười lần trong một giờ thì tên của bạn tạm khóa một giờ."
)
LOCKED = "Tên của bạn tạm khóa một giờ vì gõ sai mật khẩu nhiều lần. Chờ rồi thử lại."


def refusal(weak: WeakPassword) -> str:
    """Why a password was not taken, and what to do."""
    return REFUSALS[weak.why]


@routes.get(PASSWORD)
async def password_page(request: Request, service: Of, member: Anybody) -> Response:
    return _page(request, service)


def _page(request: Request, service: Service, problem: str = "", status: int = 200) -> Response:
    return service.pages.page(request, "staff/password", status=status, problem=problem, least=SHORTEST)


@routes.post(PASSWORD)
async def change_password(request: Request, service: Of, member: Anybody, form: Posted) -> Response:
    current, password = str(form.get("current", "")), str(form.get("password", ""))
    if password != str(form.get("again", "")):
        return _page(request, service, DIFFERING, 422)
    try:
        change = service.staff.change_password
        token = await service.slowly(lambda: change(member.session, current, password))
    except WeakPassword as weak:
        return _page(request, service, refusal(weak), 422)
    except WrongCode:
        return _page(request, service, WRONG, 422)
    except Locked:
        page = _page(request, service, LOCKED, 429)
        page.headers["Retry-After"] = SECONDS
        return page
    response = arrival(service, areas.STAFF, "mat-khau")
    viewers.put(response, service.settings, token)
    return response

"""What somebody of the staff can do, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import people, progress
from ...records.access import OPERATIONS
from .. import areas
from ..asking import Member, staff
from ..service import Of
from .desk import OF_PROVINCE, ROLES, Scope, scope
from .pacing import router

routes = router()


class Task(NamedTuple):
    """A page below the staff's, what it is for, and the operation that it takes."""

    path: str
    title: str
    purpose: str
    operation: str


#: By what they are about, the daily ones first.
GROUPS: tuple[tuple[str, tuple[Task, ...]], ...] = (
    (
        "Lớp và người học",
        (
            Task("lop/", "Lớp tập huấn", "In phiếu ký danh, ghi lớp đã tổ chức, điểm danh.", "class.hold"),
            Task("bai-giay/", "Nhập bài giấy", "Gõ chữ cái trên phiếu trả lời; máy chấm.", "paper.enter"),
            Task("nguoi/", "Tìm người", "Xem đã học gì, cấp lại mã, cấp phiếu xác nhận.", "progress.read"),
            Task("ma/", "Mã học viên", "In phiếu mã để cắt phát cho từng người.", "code.issue"),
            Task("doi-chieu/", "Đối chiếu", "Xác nhận những mục người khác đã nhập tay.", "countersign"),
            Task("phieu-xac-nhan/", "Phiếu xác nhận", "Những phiếu đã cấp.", "progress.read"),
        ),
    ),
    (
        "Kế hoạch và báo cáo",
        (
            Task("chi-tieu/", "Chỉ tiêu", "Đã được bao nhiêu, còn thiếu bao nhiêu.", "progress.read"),
            Task("bao-cao/", "Báo cáo", "Tải báo cáo 6 tháng, năm.", "export"),
            Task("truyen-thong/", "Truyền thông", "Ghi hoạt động, không ghi tên ai.", "activity.enter"),
            Task("ke-hoach/", "Kế hoạch đã ban hành", "Ghi số, ngày kế hoạch của từng đơn vị.", "plan.enter"),
            Task("so-lieu/", "Số liệu khác", "Những số chỉ cơ quan chủ trì biết.", "figure.enter"),
        ),
    ),
    (
        "Danh sách và tài khoản",
        (
            Task("danh-sach/", "Danh sách", "Danh sách người cần tập huấn đã chốt.", "progress.read"),
            Task(
                "tai-khoan/",
                "Tài khoản",
                "Cấp tài khoản cho tập huấn viên, phụ trách đơn vị.",
                "account.invite",
            ),
            Task("nhat-ky/", "Nhật ký", "Ai đã ghi gì, khi nào, vì sao.", "trail.read"),
        ),
    ),
)


@routes.get(areas.STAFF)
async def home(request: Request, service: Of, member: Annotated[Member, Depends(staff())]) -> Response:
    def looking(within: Connection) -> tuple[Scope, int, bool]:
        units = scope(within, member.account)
        waiting = len(progress.pending(within, units=units.filter))
        return units, waiting, not people.rosters(within)

    units, waiting, is_new = await service.read(looking)
    return service.pages.page(
        request,
        "staff/home",
        account=member.account,
        unit=units.name(member.account.unit),
        role=ROLES[member.account.role],
        groups=list(_groups(units)),
        waiting=waiting,
        is_new=is_new and _may(units, "roster.import"),
    )


def _groups(units: Scope) -> Iterator[tuple[str, list[Task]]]:
    for title, tasks in GROUPS:
        if allowed := [task for task in tasks if _may(units, task.operation)]:
            yield title, allowed


def _may(units: Scope, operation: str) -> bool:
    """Whether the page of an operation would open: some are of the whole province."""
    is_near = operation not in OF_PROVINCE or units.has_province
    return is_near and units.account.role in OPERATIONS[operation].roles

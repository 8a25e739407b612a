"""What somebody of the staff can do, and what waits for them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records import progress
from ...records.access import OPERATIONS
from .. import areas
from ..asking import Member, staff
from ..service import Of
from .desk import OF_PROVINCE, ROLES, Scope, scope
from .pacing import router

routes = router()

#: Address, title, what it is for, and the operation that it takes; the daily ones first.
TASKS = (
    ("lop/", "Lớp tập huấn", "In phiếu ký danh, ghi lớp đã tổ chức, điểm danh.", "class.hold"),
    ("bai-giay/", "Nhập bài giấy", "Gõ chữ cái trên phiếu trả lời; máy chấm.", "paper.enter"),
    ("nguoi/", "Tìm người", "Xem đã học gì, cấp lại mã, cấp phiếu xác nhận.", "progress.read"),
    ("ma/", "Mã học viên", "In phiếu mã để cắt phát cho từng người.", "code.issue"),
    ("doi-chieu/", "Đối chiếu", "Xác nhận những mục người khác đã nhập tay.", "countersign"),
    ("phieu-xac-nhan/", "Phiếu xác nhận", "Những phiếu đã cấp.", "progress.read"),
    ("truyen-thong/", "Truyền thông", "Ghi hoạt động, không ghi tên ai.", "activity.enter"),
    ("ke-hoach/", "Kế hoạch đã ban hành", "Ghi số, ngày kế hoạch của từng đơn vị.", "plan.enter"),
    ("chi-tieu/", "Chỉ tiêu", "Đã được bao nhiêu, còn thiếu bao nhiêu.", "progress.read"),
    ("bao-cao/", "Báo cáo", "Tải báo cáo 6 tháng, năm.", "export"),
    ("danh-sach/", "Danh sách", "Danh sách người cần tập huấn đã chốt.", "progress.read"),
    ("so-lieu/", "Số liệu khác", "Những số chỉ cơ quan chủ trì biết.", "figure.enter"),
    ("nhat-ky/", "Nhật ký", "Ai đã ghi gì, khi nào, vì sao.", "trail.read"),
    ("tai-khoan/", "Tài khoản", "Cấp tài khoản cho tập huấn viên, phụ trách đơn vị.", "account.invite"),
)


@routes.get(areas.STAFF)
async def home(request: Request, service: Of, member: Annotated[Member, Depends(staff())]) -> Response:
    def looking(within: Connection) -> tuple[Scope, int]:
        units = scope(within, member.account)
        return units, len(progress.pending(within, units=units.filter))

    units, waiting = await service.read(looking)
    return service.pages.page(
        request,
        "staff/home",
        account=member.account,
        unit=units.name(member.account.unit),
        role=ROLES[member.account.role],
        tasks=[task for task in TASKS if _may(units, task[3])],
        waiting=waiting,
    )


def _may(units: Scope, operation: str) -> bool:
    """Whether the page of an operation would open: some are of the whole province."""
    is_near = operation not in OF_PROVINCE or units.has_province
    return is_near and units.account.role in OPERATIONS[operation].roles

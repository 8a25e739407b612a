"""What somebody of the staff can do, and what waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...programme.model.course import Course
from ...programme.supply import Shortage, shortages
from ...records import people
from ...records.access import OPERATIONS
from ...targets import Period, Training
from .. import areas
from ..asking import StaffMember, staff
from ..measures import Measurement
from ..service import Of, Service
from .bars import Bar, bar
from .desk import OF_PROVINCE, ROLES, UnitScope, today
from .pacing import router
from .periods import name as period_name
from .periods import reported
from .targets import measurement
from .todo import TodoItem, waiting

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
        "Lớp học và học viên",
        (
            Task("lop/", "Lớp tập huấn", "In danh sách ký tên, ghi lớp đã tổ chức, điểm danh.", "class.hold"),
            Task(
                "bai-giay/",
                "Nhập bài làm trên giấy",
                "Nhập câu trả lời từ phiếu, máy chủ chấm.",
                "paper.enter",
            ),
            Task("nguoi/", "Tìm người", "Xem kết quả học, cấp lại mã, cấp phiếu xác nhận.", "progress.read"),
            Task("ma/", "Mã học viên", "In phiếu mã để cắt và phát cho từng người.", "code.issue"),
            Task("doi-chieu/", "Đối chiếu", "Xác nhận các mục do người khác nhập tay.", "countersign"),
            Task("phieu-xac-nhan/", "Phiếu xác nhận", "Các phiếu đã cấp.", "progress.read"),
        ),
    ),
    (
        "Kế hoạch và báo cáo",
        (
            Task(
                "chi-tieu/", "Chỉ tiêu", "Kết quả đã ghi nhận và mức chỉ tiêu của kế hoạch.", "progress.read"
            ),
            Task(
                "chua-tap-huan/",
                "Người chưa tập huấn",
                "Danh sách theo đơn vị và tình hình học.",
                "progress.read",
            ),
            Task("bao-cao/", "Báo cáo", "Tải báo cáo 06 tháng, báo cáo năm.", "export"),
            Task(
                "truyen-thong/",
                "Truyền thông",
                "Ghi hoạt động truyền thông, không ghi tên người dự.",
                "activity.enter",
            ),
            Task(
                "ke-hoach/",
                "Kế hoạch đã ban hành",
                "Ghi số, ngày ban hành kế hoạch của từng đơn vị.",
                "plan.enter",
            ),
            Task("so-lieu/", "Số liệu khác", "Số liệu do cơ quan chủ trì cung cấp.", "figure.enter"),
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
            Task("nhat-ky/", "Nhật ký", "Người thực hiện, nội dung, thời gian và lý do.", "trail.read"),
        ),
    ),
)


class Action(NamedTuple):
    """One of the four things that are done most."""

    path: str
    title: str
    purpose: str
    operation: str


ACTIONS = (
    Action("lop/", "Điểm danh lớp", "ghi lớp, đánh dấu người có mặt", "class.hold"),
    Action("bai-giay/", "Nhập bài làm trên giấy", "giữ sẵn khóa, mã đề, ngày", "paper.enter"),
    Action("ma/", "In phiếu mã", "cho một hoặc mọi đơn vị", "code.issue"),
    Action("danh-sach/", "Nhập danh sách", "gửi lên, xem thử, chốt", "roster.import"),
    Action("chi-tieu/", "Xem chỉ tiêu", "kết quả và mức của kế hoạch", "progress.read"),
)
MOST_ACTIONS = 4
#: How long before a test lacks questions it is told: long enough to write some and have them approved.
AHEAD = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class TargetStanding:
    """Where a target of training stands."""

    measured: Training
    bar: Bar


@routes.get(areas.STAFF)
async def home(request: Request, service: Of, member: Annotated[StaffMember, Depends(staff())]) -> Response:
    found, units = await measurement(service, member, Period.of_day(today(service)))
    permitted = frozenset(operation for operation in OPERATIONS if _may(units, operation))

    def looking(within: Connection) -> tuple[list[TodoItem], bool]:
        return list(waiting(within, units, today(service), permitted)), not people.rosters(within)

    tasks, is_new = await service.read(looking)
    return service.pages.page(
        request,
        "staff/home",
        account=member.account,
        unit=units.name(member.account.unit),
        role=ROLES[member.account.role],
        today=today(service),
        actions=[one for one in ACTIONS if one.operation in permitted][:MOST_ACTIONS],
        waiting=tasks,
        figures=list(_figures(found)),
        synthetic=any(one.roster.synthetic for one in found.figures.rosters),
        reports=[(one.id, period_name(one)) for one in reported(today(service))],
        kinds={"docx": "Word", "xlsx": "Excel", "pdf": "PDF"},
        may_export="export" in permitted,
        groups=list(_groups(permitted)),
        is_new=is_new and "roster.import" in permitted,
        shortages=_shortages(service) if "paper.enter" in permitted else [],
    )


def _shortages(service: Service) -> list[tuple[Course, Shortage]]:
    """Returns what tests lack or will lack soon, each with its course, the first to come first."""
    on, courses = today(service), service.programme.courses
    return [(courses[one.course], one) for one in shortages(service.programme, on, on + AHEAD)]


def _figures(found: Measurement) -> Iterator[TargetStanding]:
    for one in found.measured.values():
        if isinstance(one, Training) and one.share is not None and one.share.denominator:
            yield TargetStanding(measured=one, bar=bar(one.share, one.evidence))


def _groups(permitted: Collection[str]) -> Iterator[tuple[str, list[Task]]]:
    for title, tasks in GROUPS:
        if allowed := [task for task in tasks if task.operation in permitted]:
            yield title, allowed


def _may(units: UnitScope, operation: str) -> bool:
    """Whether the page of an operation would open: some are of the whole province."""
    is_near = operation not in OF_PROVINCE or units.has_province
    return is_near and units.account.role in OPERATIONS[operation].roles

"""The first page of the staff: what each can do, and what waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...programme.course_figures import Shortage, question_shortages
from ...programme.model.course import Course
from ...records import people
from ...records.access.accounts import OPERATIONS
from ...records.staff_entries import listed
from ...records.training import progress
from ...records.training.classes import ClassSession, attended_classes
from ...render.templates import day
from ...targets import Period, Training
from ..dependencies import Running, Service, StaffMember, staff
from ..http import urls
from ..target_cache import Measurement
from .base import OF_PROVINCE, ROLES, UnitScope, router, today
from .entries import ENTRY_PAGES
from .people.codes import CODES, people_without_code
from .targets import Bar, measurement_in_reach, share_bar

#: How many days back classes without attendance are looked for, and how many are shown.
RECENT, MOST_CLASSES = timedelta(days=60), 5


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """One thing to do: what it is, more about it, and where it is done."""

    text: str
    more: str
    address: str
    act: str


def todo_items(
    connection: Connection, units: UnitScope, on: date, permitted: frozenset[str]
) -> Iterator[TodoItem]:
    """Returns what waits; `permitted` are the operations whose pages would open."""
    if "countersign" in permitted:
        yield from _pending_entries(connection, units)
    if "class.hold" in permitted:
        yield from _unticked_classes(connection, units, on)
    if "code.issue" in permitted:
        yield from _missing_codes(connection, units)


def _pending_entries(connection: Connection, units: UnitScope) -> Iterator[TodoItem]:
    pending = progress.pending_entries(connection, units=units.filter)
    if pending:
        yield TodoItem(
            text=f"{len(pending)} mục nhập tay chờ người thứ hai đối chiếu",
            more=f"Mục cũ nhất: ngày {day(pending[0].done_on)}. Mục chưa đối chiếu thì chưa được tính.",
            address=f"{urls.STAFF}doi-chieu/",
            act="Đối chiếu",
        )


def _unticked_classes(connection: Connection, units: UnitScope, on: date) -> Iterator[TodoItem]:
    held = listed(connection, ClassSession, since=on - RECENT, units=units.reach)[::-1]
    named = [class_session for class_session in held if not class_session.anonymous]
    ticked = attended_classes(connection, named)
    empty = [class_session for class_session in named if class_session.id not in ticked]
    for class_session in empty[:MOST_CLASSES]:
        yield TodoItem(
            text=f"Lớp ngày {day(class_session.held_on)} tại {units.name(class_session.unit)} chưa điểm danh",
            more=f"{class_session.headcount} người dự, "
            f"danh sách ký tên {class_session.sheet_ref or 'không có'}.",
            address=f"{urls.STAFF}lop/{class_session.id}/",
            act="Điểm danh",
        )


def _missing_codes(connection: Connection, units: UnitScope) -> Iterator[TodoItem]:
    lacking = people_without_code(connection, units)
    if lacking:
        yield TodoItem(
            text=f"{sum(lacking.values())} người ở {len(lacking)} đơn vị chưa có mã học viên",
            more="Phải có mã mới làm được bài kiểm tra trên máy và được ghi nhận kết quả.",
            address=CODES,
            act="In phiếu mã",
        )


routes = router()


class Task(NamedTuple):
    """A staff page, its purpose, and the operation that it takes."""

    path: str
    title: str
    purpose: str
    operation: str


#: By subject, the daily ones first.
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
            *(
                Task(page.path, page.words["title"], page.words["purpose"], page.operation)
                for page in ENTRY_PAGES
            ),
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
    """The standing of a training target."""

    measured: Training
    bar: Bar


@routes.get(urls.STAFF)
async def home(
    request: Request, service: Running, member: Annotated[StaffMember, Depends(staff())]
) -> Response:
    measurement, units = await measurement_in_reach(service, member, Period.of_day(today(service)))
    permitted = frozenset(operation for operation in OPERATIONS if _may(units, operation))

    def looking(within: Connection) -> tuple[list[TodoItem], bool]:
        return list(todo_items(within, units, today(service), permitted)), not people.all_rosters(within)

    tasks, is_new = await service.read(looking)
    return service.pages.page(
        request,
        "staff/home",
        account=member.account,
        unit=units.name(member.account.unit),
        role=ROLES[member.account.role],
        today=today(service),
        actions=[action for action in ACTIONS if action.operation in permitted][:MOST_ACTIONS],
        waiting=tasks,
        figures=list(_target_standings(measurement)),
        synthetic=any(listed.roster.synthetic for listed in measurement.figures.rosters),
        reports=[(period.id, period.name) for period in _reported_periods(service)],
        kinds={"docx": "Word", "xlsx": "Excel", "pdf": "PDF"},
        may_export="export" in permitted,
        groups=list(_task_groups(permitted)),
        is_new=is_new and "roster.import" in permitted,
        shortages=_question_shortages(service) if "paper.enter" in permitted else [],
    )


def _reported_periods(service: Service) -> Iterator[Period]:
    """Yields the half-years to report on: the one that runs, and the one before, if it is of the plan."""
    running = Period.of_day(today(service))
    yield running
    ended = Period.numbered(running.number - 1)
    if ended.year >= service.programme.charter.plan.first_year:
        yield ended


def _question_shortages(service: Service) -> list[tuple[Course, Shortage]]:
    """Returns what tests lack or will lack soon, each with its course, the earliest first."""
    on, courses = today(service), service.programme.courses
    return [
        (courses[shortage.course], shortage)
        for shortage in question_shortages(service.programme, on, on + AHEAD)
    ]


def _target_standings(measurement: Measurement) -> Iterator[TargetStanding]:
    for measured in measurement.measured.values():
        if isinstance(measured, Training) and measured.share is not None and measured.share.denominator:
            yield TargetStanding(measured=measured, bar=share_bar(measured.share, measured.evidence))


def _task_groups(permitted: Collection[str]) -> Iterator[tuple[str, list[Task]]]:
    for title, tasks in GROUPS:
        if allowed := [task for task in tasks if task.operation in permitted]:
            yield title, allowed


def _may(units: UnitScope, operation: str) -> bool:
    """Tells whether the page of an operation would open: some are for the whole province."""
    is_near = operation not in OF_PROVINCE or units.has_province
    return is_near and units.account.role in OPERATIONS[operation].roles

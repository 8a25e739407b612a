"""The trail as a page: who wrote what, when and why. It is read, never written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...records.access import accounts, actions
from ...records.access.failing import TEN_FAILURES
from ...records.kinds import is_event_id
from ...records.trail import TrailEntry, TrailPosition, trail
from .. import areas
from ..asking import StaffMember, staff
from ..days import moment, start_of
from ..service import Of, Service
from ..synthetic import has_made_up
from . import desk
from .desk import UnitScope, scope
from .pacing import router
from .reading import day_of_text
from .subjects import Subject, SubjectNames, remaining, subjects

routes = router()
TRAIL = f"{areas.STAFF}nhat-ky/"
Reader = Annotated[StaffMember, Depends(staff("trail.read"))]
Text = Annotated[str, Query(max_length=80)]
A_PAGE = 50
WRONG_DAY = "Không đọc được ngày này. Ghi ngày/tháng/năm, như 25/11/2026."
#: Days that there can be something of.
YEARS = range(2020, 2100)
#: How a mark's moment stands in an address.
STAMP = "%Y%m%dT%H%M%S%f"

#: What is written beside the ledger.
AUDITED = {
    "account.invited": "Mời tài khoản",
    "account.reset": "Đặt lại tài khoản",
    "account.deactivated": "Khóa tài khoản",
    "account.reopened": "Mở lại tài khoản",
    "account.locked": "Tự khóa tài khoản một giờ",
    "account.totp-locked": "Tự khóa bước xác minh một giờ",
    actions.ACCEPTED: "Nhận lời mời, đặt mật khẩu",
    actions.SIGNED_IN: "Đăng nhập",
    actions.SIGNED_OUT: "Đăng xuất",
    actions.REFUSED: "Đăng nhập không thành công",
    actions.UNKNOWN: "Đăng nhập bằng tên không tồn tại",
    actions.PASSWORD_CHANGED: "Đổi mật khẩu",
    actions.OTHERS_ENDED: "Đăng xuất ở mọi nơi khác",
    actions.PROVED: "Xác minh bằng mã",
    actions.TOTP_REFUSED: "Xác minh không thành công",
    actions.TOTP_BOUND: "Gắn ứng dụng xác thực",
    actions.TOTP_RENEWED: "Gắn lại ứng dụng xác thực",
    actions.WAIVED: "Cho phép đăng nhập chỉ bằng mật khẩu",
    actions.REQUIRED: "Yêu cầu lại xác minh hai bước",
    "activity.entered": "Ghi hoạt động truyền thông",
    "activity.withdrawn": "Hủy ghi nhận hoạt động truyền thông",
    "certificate.issued": "Cấp phiếu xác nhận",
    "certificate.revoked": "Thu hồi phiếu xác nhận",
    "class.held": "Ghi lớp",
    "class.withdrawn": "Hủy ghi nhận lớp",
    "code.issued": "Cấp mã học viên",
    "credential.locked": "Tự khóa mã học viên một giờ",
    "figure.entered": "Ghi số liệu",
    "person.changed": "Sửa hồ sơ",
    "persons.added": "Thêm người vào sổ",
    "plan.entered": "Ghi kế hoạch",
    "plan.withdrawn": "Hủy ghi nhận kế hoạch",
    "report.exported": "Tải báo cáo",
    "roster.exported": "Tải danh sách có tên",
    "roster.frozen": "Chốt danh sách",
    "roster.superseded": "Thay danh sách chốt nhầm",
    "unit.placed": "Ghi đơn vị",
}
#: What is written in the ledger, by its kind.
STATED = {
    "session.attended": "Điểm danh",
    "paper.submitted": "Nhập bài làm trên giấy",
    "admin.recorded": "Ghi theo văn bản",
    "countersigned": "Xác nhận mục nhập tay",
    "waived": "Miễn khóa học",
    "voided": "Hủy ghi nhận",
    "person.merged": "Gộp hồ sơ",
    "person.erased": "Xóa tên",
    "attempt.submitted": "Ghi bài làm",
}
ACTIONS = AUDITED | STATED
SYSTEM = {TEN_FAILURES.actor: "hệ thống"}
REASONS = {
    TEN_FAILURES.reason: "sai mười lần trong một giờ",
    actions.BY_PASSWORD: "chỉ bằng mật khẩu",
    actions.CODE_TO_COME: "mật khẩu đúng, còn chờ mã xác minh",
    actions.BY_LINK: "bằng liên kết dùng một lần",
    actions.WRONG_PASSWORD: "sai mật khẩu",
    actions.NO_SUCH_NAME: "không có tài khoản tên ấy",
    actions.WHILE_LOCKED: "đang tạm khóa",
    actions.SWITCHED_OFF: "tài khoản đã khóa",
    actions.WRONG_DIGITS: "sai sáu chữ số",
    actions.ITSELF: "tự làm",
}


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """An entry with what it is about and who wrote it."""

    entry: TrailEntry
    subject: Subject
    who: str
    into: Subject | None = None

    @property
    def action(self) -> str:
        return ACTIONS.get(self.entry.action, self.entry.action)

    @property
    def target(self) -> str:
        """Of which entry of the ledger it speaks."""
        target = self.entry.target
        return f"{STATED[target.kind].lower()}, số {target.seq}" if target else ""

    @property
    def reason(self) -> str:
        return REASONS.get(self.entry.reason, self.entry.reason)


@routes.get(TRAIL)
async def trail_page(
    request: Request,
    service: Of,
    member: Reader,
    tu: Text = "",
    den: Text = "",
    viec: Text = "",
    sau: Text = "",
) -> Response:
    """From day to day, of one kind of work or all; `sau` is the mark of the last one on the page before."""
    since, until = day_of(tu), day_of(den)
    problems = {
        name: WRONG_DAY
        for name, typed, found in (("tu", tu, since), ("den", den, until))
        if typed.strip() and found is None
    }
    action = viec if viec in ACTIONS else None
    lines, units = await _lines(service, member, since, until, action, mark_of(sau))
    shown = lines[:A_PAGE]
    given = {"tu": tu, "den": den, "viec": action or ""}
    older = urlencode({**given, "sau": text_of(shown[-1].entry.mark)}) if len(lines) > A_PAGE else ""
    return service.pages.page(
        request,
        "staff/trail",
        status=422 if problems else 200,
        lines=shown,
        made_up=await service.read(has_made_up),
        older=older,
        newest=urlencode(given) if sau else "",
        given=given,
        problems=problems,
        options=sorted(ACTIONS.items(), key=lambda one: one[1]),
        whole=units.filter is None,
        scope=units,
        titles=desk.titles(service),
        moment=moment,
    )


async def _lines(
    service: Service,
    member: StaffMember,
    since: date | None,
    until: date | None,
    action: str | None,
    before: TrailPosition | None,
) -> tuple[list[TrailLine], UnitScope]:
    """One more than a page holds, so that it is known whether there are older ones."""

    def looking(within: Connection) -> tuple[list[TrailLine], UnitScope]:
        units = scope(within, member.account)
        found = trail(
            within,
            units=units.filter,
            since=start_of(since) if since else None,
            until=start_of(until + timedelta(days=1)) if until else None,
            action=action,
            before=before,
            limit=A_PAGE + 1,
        )
        names = _names(service, units)
        about, stay = subjects(within, found, names), remaining(within, found, names)
        who = SYSTEM | {one.id: one.name for one in accounts(within)}
        lines = [
            TrailLine(
                entry=one, subject=about[one.id], who=who.get(one.actor, one.actor), into=stay.get(one.id)
            )
            for one in found
        ]
        return lines, units

    return await service.read(looking)


def _names(service: Service, units: UnitScope) -> SubjectNames:
    targets: Mapping[str, str] = {id: one.title for id, one in service.programme.charter.targets.items()}
    return SubjectNames(unit=units.name, courses=desk.titles(service), targets=targets)


def day_of(typed: str) -> date | None:
    found = day_of_text(typed.strip())
    return found if found and found.year in YEARS else None


# --- where a page ends ------------------------------------------------------------------------


def text_of(mark: TrailPosition) -> str:
    return f"{mark.at.astimezone(UTC):{STAMP}}~{mark.id}"


def mark_of(text: str) -> TrailPosition | None:
    """Nothing where it is no mark: then it is the first page."""
    at, _, id = text.partition("~")
    if not is_event_id(id):
        return None
    try:
        return TrailPosition(datetime.strptime(at, STAMP).replace(tzinfo=UTC), id)
    except ValueError:
        return None

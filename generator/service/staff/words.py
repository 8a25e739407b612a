"""Names of courses' stages, recorded events and entries of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ...programme.model.course import Course
from ...programme.model.plan import Counting
from ...programme.model.programme import Programme
from ...records import audit_trail
from ...records.access.credentials import TEN_FAILURES
from ...records.staff_entries import ENTRY_KINDS
from ...records.training.progress import NOTHING_YET, CourseState, Pair, Pending
from ...render.templates import day
from .forms import staff_form

Stage = Literal["chua", "dang", "mien"]
#: The stages a person can be at, as one may ask for them.
STAGES: Mapping[Stage, str] = {
    "chua": "Chưa bắt đầu",
    "dang": "Đã bắt đầu, chưa xong",
    "mien": "Được miễn",
}
NOT_BEGUN = "chưa bắt đầu"
WAITS = "chờ đối chiếu"


@dataclass(frozen=True, kw_only=True)
class SoFar:
    """A stage of a course, to ask for and to read."""

    stage: Stage
    text: str


def course_progress(
    programme: Programme, rule: Counting, person: str, states: Mapping[Pair, CourseState]
) -> SoFar:
    """Says how far a person is with each course that counts; the title only where there are several."""
    by_course = {id: states.get((person, id), NOTHING_YET) for id in rule.courses}
    begun = [id for id, state in by_course.items() if state.is_begun]
    waived = [id for id, state in by_course.items() if state.waived_since]
    stage: Stage = "mien" if waived else "dang" if begun else "chua"
    if stage == "chua":
        return SoFar(stage=stage, text=NOT_BEGUN)
    shown = [id for id in rule.courses if id in {*begun, *waived, *rule.all_of}]
    texts = {id: "; ".join(_state_words(programme, programme.courses[id], by_course[id])) for id in shown}
    if len(rule.courses) == 1:
        return SoFar(stage=stage, text=texts[shown[0]])
    return SoFar(stage=stage, text=". ".join(f"{programme.courses[id].title}: {texts[id]}" for id in shown))


def _state_words(programme: Programme, course: Course, state: CourseState) -> Iterator[str]:
    if state.waived_since:
        yield f"được miễn từ {day(state.waived_since)}, không tính là đã tập huấn"
    if state.done_on:
        yield f"đã hoàn thành ngày {day(state.done_on)}"
        return
    yield from (_pending_words(entry, state) for entry in state.waiting)
    if state.minutes:
        yield f"đã dự lớp {state.minutes}/{programme.class_minutes(course)} phút"
    yield from _test_words(course, state)
    if not state.is_begun and not state.waived_since:
        yield NOT_BEGUN


def _pending_words(entry: Pending, state: CourseState) -> str:
    """Describes an entry typed by hand, which counts once another person has checked it."""
    answers = next((attempt for attempt in state.attempts if attempt.event_id == entry.event_id), None)
    if answers is not None:
        return f"bài làm trên giấy đúng {answers.right}/{answers.asked} câu, {WAITS}"
    return f"dự lớp ngày {day(entry.done_on)}, {WAITS}"


def _test_words(course: Course, state: CourseState) -> Iterator[str]:
    """Describes the last of the attempts that count, and how many are left."""
    counted = [attempt for attempt in state.attempts if attempt.standing == "counted"]
    if not counted:
        return
    last = counted[-1]
    left = max(course.test.attempts - len(state.attempts), 0) if course.test else 0
    still = f"còn {left} lần" if left else "hết lần làm bài"
    yield f"bài kiểm tra đúng {last.right}/{last.asked} câu, {still}"


#: The entries written beside the ledger.
AUDITED_ACTIONS = {
    **{
        f"{kind.name}.{act}": words[act]
        for kind in ENTRY_KINDS
        for words in (staff_form(kind.name).words,)
        for act in ("entered", "withdrawn")
        if act in words
    },
    "account.invited": "Mời tài khoản",
    "account.reset": "Đặt lại tài khoản",
    "account.deactivated": "Khóa tài khoản",
    "account.reopened": "Mở lại tài khoản",
    "account.locked": "Tự khóa tài khoản một giờ",
    "account.totp-locked": "Tự khóa bước xác minh một giờ",
    audit_trail.INVITATION_ACCEPTED: "Nhận lời mời, đặt mật khẩu",
    audit_trail.SIGNED_IN: "Đăng nhập",
    audit_trail.SIGNED_OUT: "Đăng xuất",
    audit_trail.SIGN_IN_REFUSED: "Đăng nhập không thành công",
    audit_trail.UNKNOWN_SIGN_IN: "Đăng nhập bằng tên không tồn tại",
    audit_trail.PASSWORD_CHANGED: "Đổi mật khẩu",
    audit_trail.OTHERS_ENDED: "Đăng xuất ở mọi nơi khác",
    audit_trail.SECOND_FACTOR_PROVED: "Xác minh bằng mã",
    audit_trail.TOTP_REFUSED: "Xác minh không thành công",
    audit_trail.TOTP_BOUND: "Gắn ứng dụng xác thực",
    audit_trail.TOTP_RENEWED: "Gắn lại ứng dụng xác thực",
    audit_trail.SECOND_FACTOR_WAIVED: "Cho phép đăng nhập chỉ bằng mật khẩu",
    audit_trail.SECOND_FACTOR_REQUIRED: "Yêu cầu lại xác minh hai bước",
    "certificate.issued": "Cấp phiếu xác nhận",
    "certificate.revoked": "Thu hồi phiếu xác nhận",
    "class.held": "Ghi lớp",
    "class.withdrawn": "Hủy ghi nhận lớp",
    "code.issued": "Cấp mã học viên",
    "credential.locked": "Tự khóa mã học viên một giờ",
    "person.changed": "Sửa hồ sơ",
    "persons.added": "Thêm người vào sổ",
    "report.exported": "Tải báo cáo",
    "roster.exported": "Tải danh sách có tên",
    "roster.frozen": "Chốt danh sách",
    "roster.superseded": "Thay danh sách chốt nhầm",
    "unit.placed": "Ghi đơn vị",
}
#: The entries of the ledger, by kind.
STATED_ACTIONS = {
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
ACTIONS = AUDITED_ACTIONS | STATED_ACTIONS
SYSTEM_ACTORS = {TEN_FAILURES.actor: "hệ thống"}
FIXED_REASONS = {
    TEN_FAILURES.reason: "sai mười lần trong một giờ",
    audit_trail.BY_PASSWORD: "chỉ bằng mật khẩu",
    audit_trail.CODE_TO_COME: "mật khẩu đúng, còn chờ mã xác minh",
    audit_trail.BY_LINK: "bằng liên kết dùng một lần",
    audit_trail.WRONG_PASSWORD: "sai mật khẩu",
    audit_trail.NO_SUCH_NAME: "không có tài khoản tên ấy",
    audit_trail.WHILE_LOCKED: "đang tạm khóa",
    audit_trail.SWITCHED_OFF: "tài khoản đã khóa",
    audit_trail.WRONG_DIGITS: "sai sáu chữ số",
    audit_trail.ITSELF: "tự làm",
}


#: Whom a roster lists.
LEVEL_NAMES = {"province": "cấp tỉnh", "commune": "cấp xã"}
EVENT_NAMES = {
    "attempt.submitted": "Làm bài kiểm tra",
    "session.attended": "Dự lớp",
    "paper.submitted": "Bài làm trên giấy",
    "admin.recorded": "Ghi theo văn bản",
    "countersigned": "Được xác nhận",
    "waived": "Được miễn",
    "voided": "Hủy ghi nhận",
    "person.merged": "Gộp hồ sơ",
    "person.erased": "Xóa tên",
}

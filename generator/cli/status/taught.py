"""What a programme teaches with, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ...programme.status import Overview
from ...programme.status.taught import CourseOverview
from ...render.downloads import KIND_WORDS
from .layout import labelled, wrapped
from .waiting import STATE_WORDS


def courses(found: Overview) -> Iterator[str]:
    if not found.courses:
        yield "  Chưa có khóa học nào."
    for course in found.courses:
        yield wrapped(f"{course.id} ({STATE_WORDS[course.state]}): {course.title}", 2, 4)
        yield from labelled(_course(course), 4)


def _course(course: CourseOverview) -> list[tuple[str, str]]:
    return [
        ("Bài", _lessons(course)),
        (
            "Tự học",
            f"khoảng {course.self_study_minutes} phút" if course.self_study_minutes else "chưa có bài",
        ),
        ("Học tại lớp", _class_time(course)),
        ("Câu hỏi tự kiểm tra", str(course.self_check_questions or "chưa có")),
        ("Câu hỏi kiểm tra", _test(course)),
    ]


def _lessons(course: CourseOverview) -> str:
    states = ", ".join(f"{count} {STATE_WORDS[one]}" for one, count in course.lesson_states.items())
    own = f"{course.own_lessons} bài riêng ({states})" if course.own_lessons else ""
    shared = f"{course.shared_lessons} bài dùng chung, phê duyệt cùng khóa khác"
    parts = filter(None, (own, shared if course.shared_lessons else ""))
    return "; ".join(parts) or "chưa có bài"


def _class_time(course: CourseOverview) -> str:
    if not course.taught_minutes:
        return "chưa có bài"
    whole = f"{course.taught_minutes} phút"
    if course.class_minutes == course.taught_minutes:
        return whole
    return f"{whole}; dự đủ {course.class_minutes} phút là hoàn thành"


def _test(course: CourseOverview) -> str:
    if course.test_questions is None:
        return "khóa chưa có bài kiểm tra"
    return f"{course.test_questions or 'chưa có'}; mỗi đề {course.form_questions} câu"


def campaigns(found: Overview) -> Iterator[str]:
    if not found.campaigns:
        yield "  Chưa có chiến dịch nào."
    for campaign in found.campaigns:
        yield wrapped(f"{campaign.id} ({STATE_WORDS[campaign.state]}): {campaign.title}", 2, 4)
        counts = (f"{count} {KIND_WORDS[kind].lower()}" for kind, count in campaign.materials.items())
        yield from labelled([("Tài liệu in", ", ".join(counts) or "chưa có")], 4)


def pages(found: Overview) -> Iterator[str]:
    if not found.pages:
        yield "  Chưa có trang viết tay nào."
    for page in found.pages:
        yield wrapped(f"{page.id} ({STATE_WORDS[page.state]}): {page.title}", 2, 4)

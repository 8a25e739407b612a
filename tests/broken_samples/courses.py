"""Courses, lessons, tests and approvals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from programmes import change
from shared_course import COURSE as KEEPING_NOTHING
from shared_course import COURSE_FILE

from .cases import (
    AUDIENCES,
    CAMPAIGN,
    CHARTER,
    COURSE,
    LESSON,
    PAGE,
    SECOND,
    TESTS,
    FileFault,
    TextFault,
)


def keeping(line: str) -> Callable[[Path], None]:
    """Returns what adds the course that keeps nothing, with a line that keeps something."""

    def add(root: Path) -> None:
        text = KEEPING_NOTHING.replace("keeps: nothing\n", f"keeps: nothing\n{line}\n")
        (root / COURSE_FILE).write_text(text, encoding="utf-8")

    return add


def _counted(root: Path) -> None:
    (root / COURSE_FILE).write_text(KEEPING_NOTHING, encoding="utf-8")
    counting = "    measure: training\n    courses: {any_of: [nuoc-sach, ban-be]}\n"
    change(root, CHARTER, "    measure: training\n", counting)


MADE = (
    FileFault(
        when="a course that keeps nothing counts toward a target",
        code="keeps-nothing",
        file=COURSE_FILE,
        make=keeping("counts_toward: can-bo-duoc-tap-huan"),
        at=(6, 1),
        says="mà lại có counts_toward",
        fix="bỏ counts_toward, hoặc bỏ keeps: nothing",
    ),
    FileFault(
        when="a course that keeps nothing has a test",
        code="keeps-nothing",
        file=COURSE_FILE,
        make=keeping("test: {pass: 50%, attempts: 1, draw: [{bank: nuoc-sach-kiem-tra, take: 1}]}"),
        at=(6, 1),
        says="mà lại có test",
    ),
    FileFault(
        when="a course that keeps nothing is completed by minutes in class",
        code="keeps-nothing",
        file=COURSE_FILE,
        make=keeping("class_minutes: 10"),
        at=(6, 1),
        says="mà lại có class_minutes",
    ),
    FileFault(
        when="a target counts a course that keeps nothing",
        code="target-keeps-nothing",
        file=CHARTER,
        make=_counted,
        at=(51, 5),
        says="chỉ tiêu này đếm khóa học “ban-be”",
        fix=COURSE_FILE,
    ),
)

ROWS = (
    TextFault(
        when="a course lists a lesson under a mistyped name",
        code="missing-lesson",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «bao-nuoc-bann]",
        says="không có bài học nào là “bao-nuoc-bann”",
        fix="có phải bạn muốn viết “bao-nuoc-ban”?",
    ),
    TextFault(
        when="a course lists a lesson that nobody has written",
        code="missing-lesson",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «zzz]",
        fix="content/lessons/nuoc-sach/zzz.md",
    ),
    TextFault(
        when="a course lists a lesson twice",
        code="lesson-twice",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc, bao-nuoc-ban, «nuoc-sach/giu-nguon-nuoc]",
    ),
    TextFault(
        when="no course lists a lesson",
        code="lesson-nowhere",
        file=COURSE,
        old="lessons: [giu-nguon-nuoc, bao-nuoc-ban]",
        new="lessons: [giu-nguon-nuoc]",
        fix="“nuoc-sach/bao-nuoc-ban”",
        seen=(SECOND, "«title:"),
    ),
    TextFault(
        when="a course for those who may be watched leaves something on their device",
        code="watched-kept",
        file=AUDIENCES,
        old="  level: commune\n",
        new="  level: commune\n  may_be_watched: true\n",
        says="có thể bị nhìn trộm",
        fix="ghi keeps: nothing",
        seen=(COURSE, "audience: «can-bo-xa"),
    ),
    TextFault(
        when="a lesson is shorter than its time",
        code="lesson-length",
        file=LESSON,
        old="ai cũng giữ [@nd-moi:3]. <!-- taphuan: allow lesson-length vì là bài mẫu -->",
        new="ai cũng giữ [@nd-moi:3].",
        says="bài dài 55 tiếng; nên từ 500 đến 900",
        seen=(LESSON, "«Nước từ khe"),
    ),
    TextFault(
        when="a lesson's minutes cannot hold what is done in class",
        code="class-minutes",
        file=LESSON,
        old="minutes: 20",
        new="minutes: «12",
        says="bài dài 12 phút tại lớp",
    ),
    TextFault(
        when="a course's summary counts lessons that are not there",
        code="wrong-total",
        file=COURSE,
        old="summary: Những bài ngắn để giữ",
        new="summary: «Ba bài ngắn để giữ",
        says="viết “Ba bài”, nhưng khóa “nuoc-sach” có hai bài",
        fix="sửa thành “Hai bài”",
    ),
    TextFault(
        when="a door promises more lessons than there are, in digits",
        code="wrong-total",
        file=AUDIENCES,
        old="gets: Những bài ngắn",
        new="gets: Tình huống ở xã, «12 bài ngắn",
        says="có hai bài",
        fix="sửa thành “2 bài”",
    ),
    TextFault(
        when="a lesson says of its course what is no longer so",
        code="wrong-total",
        file=LESSON,
        old="Nước từ khe",
        new="Khóa này có «hai mươi mốt bài. Nước từ khe",
        says="viết “hai mươi mốt bài”",
    ),
    TextFault(
        when="a campaign counts leaflets that are not there",
        code="wrong-total",
        file=CAMPAIGN,
        old="summary: Giúp mỗi nhà giữ nước sạch.",
        new="summary: Giúp mỗi nhà giữ nước sạch, với «hai tờ gấp.",
        says="chiến dịch này có một tờ gấp",
    ),
    TextFault(
        when="a page by hand counts courses that are not there",
        code="wrong-total",
        file=PAGE,
        old="Trang này giúp tỉnh Mẫu",
        new="«Hai khóa học và một tờ gấp. Trang này giúp tỉnh Mẫu",
        says="chương trình có một khóa học",
    ),
    TextFault(
        when="a door says a time that the lessons do not take",
        code="wrong-effort",
        file=AUDIENCES,
        old="effort: Tự học khoảng 5 phút",
        new="effort: Tự học · «khoảng hai giờ",
        says="viết “khoảng hai giờ”, nhưng tự học cả khóa mất khoảng 8 phút",
    ),
    TextFault(
        when="a door says a time that a class does not take",
        code="wrong-effort",
        file=AUDIENCES,
        old="effort: Tự học khoảng 5 phút",
        new="effort: Học tại lớp · «khoảng hai giờ",
        says="viết “khoảng hai giờ”, nhưng học cả khóa tại lớp mất 30 phút",
    ),
    TextFault(
        when="a course is for an audience that is not there",
        code="unknown-audience",
        file=COURSE,
        old="audience: can-bo-xa",
        new="audience: «can-bo-xaa",
        fix="có phải bạn muốn viết “can-bo-xa”?",
    ),
    TextFault(
        when="a campaign is for an audience like no other",
        code="unknown-audience",
        file=CAMPAIGN,
        old="audiences: [nguoi-dan]",
        new="audiences: [nguoi-dan, «zzz]",
        fix="content/programme/audiences.yml",
    ),
    TextFault(
        when="a course counts toward a target that is not there",
        code="unknown-target",
        file=COURSE,
        old="counts_toward: can-bo-duoc-tap-huan",
        new="counts_toward: «can-bo-da-tap-huan",
        fix="có phải bạn muốn viết “can-bo-duoc-tap-huan”?",
    ),
    TextFault(
        when="a target counts a course that is not there",
        code="unknown-course",
        file=CHARTER,
        old="    measure: training\n",
        new="    measure: training\n    courses: {any_of: [nuoc-sach, «nuoc-sac]}\n",
        fix="có phải bạn muốn viết “nuoc-sach”?",
    ),
    TextFault(
        when="a target asks for all of some courses, one of which is not there",
        code="unknown-course",
        file=CHARTER,
        old="    measure: training\n",
        new="    measure: training\n    courses: {all_of: [«zzz]}\n",
        fix="curricula/",
    ),
    TextFault(
        when="a lesson has an objective that its course has not",
        code="unknown-objective",
        file=LESSON,
        old="objectives: [giu-nguon]",
        new="objectives: [giu-nguon, «giu-ngon]",
        fix="có phải bạn muốn viết “giu-nguon”?",
    ),
    TextFault(
        when="a question serves an objective of no course",
        code="unknown-objective",
        file=TESTS,
        old="    objective: bao-tin",
        new="    objective: «zzz",
        fix="thêm mục tiêu",
    ),
    TextFault(
        when="a test draws for an objective that its course has not",
        code="unknown-objective",
        file=COURSE,
        old="objective: giu-nguon, take: 1}",
        new="objective: «giu-ngon, take: 1}",
        fix="có phải bạn muốn viết “giu-nguon”?",
    ),
    TextFault(
        when="a lesson asks a question under a mistyped id",
        code="unknown-question",
        file=LESSON,
        old="self_check: [nuoc-nao-sach,",
        new="self_check: [«nuoc-nao-sac,",
        says="không có câu hỏi “nuoc-nao-sac”",
        fix="có phải bạn muốn viết “nuoc-nao-sach”?",
    ),
    TextFault(
        when="a lesson asks a question of a test",
        code="test-question-in-lesson",
        file=LESSON,
        old="viec-nen-lam, giu-la-viec-chung]",
        new="viec-nen-lam, «kt-giu-gieng]",
        says="“kt-giu-gieng”",
    ),
    TextFault(
        when="a lesson asks a question twice",
        code="question-twice",
        file=LESSON,
        old="self_check: [nuoc-nao-sach,",
        new="self_check: [nuoc-nao-sach, «nuoc-nao-sach,",
    ),
    TextFault(
        when="a lesson asks too few questions",
        code="self-check-size",
        file=SECOND,
        old="self_check: [giu-la-viec-chung, noi-viec-voi-nguoi, thu-tu-bao-tin]",
        new="self_check: «[noi-viec-voi-nguoi, thu-tu-bao-tin]",
        says="bài có 2 câu",
    ),
    TextFault(
        when="the activities take longer than the lesson",
        code="activities-too-long",
        file=LESSON,
        old="minutes: 20",
        new="minutes: «9",
        says="cần 10 phút nhưng cả bài chỉ có 9 phút",
    ),
    TextFault(
        when="a class is asked for longer than all lessons together",
        code="class-too-long",
        file=COURSE,
        old="review: {status: draft}",
        new="class_minutes: «31\nreview: {status: draft}",
        says="đủ 31 phút nhưng mọi bài của khóa học cộng lại chỉ có 30 phút",
    ),
    TextFault(
        when="a course that counts toward nothing says how long a class has to be",
        code="class-minutes-for-nobody",
        file=COURSE,
        old="counts_toward: can-bo-duoc-tap-huan\n",
        new="class_minutes: «30\n",
        says="“nuoc-sach” không ghi nhận ai đã hoàn thành",
    ),
    TextFault(
        when="a course that counts toward a target says besides that it is recorded",
        code="recorded-twice",
        file=COURSE,
        old="counts_toward: can-bo-duoc-tap-huan\n",
        new="counts_toward: can-bo-duoc-tap-huan\n«records: true\n",
        says="“nuoc-sach” được tính vào chỉ tiêu nên đã được ghi nhận",
        fix="bỏ records",
    ),
    TextFault(
        when="a test draws from a bank that is not there",
        code="unknown-bank",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-kiem-traa, take: 1}",
        fix="có phải bạn muốn viết “nuoc-sach-kiem-tra”?",
    ),
    TextFault(
        when="a test draws from a bank for self-checks",
        code="bank-not-for-tests",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-tu-kiem-tra, take: 1}",
        fix="use: test",
    ),
    TextFault(
        when="a test draws more questions for an objective than the bank has",
        code="bank-too-small",
        file=COURSE,
        old="{bank: nuoc-sach-kiem-tra, objective: giu-nguon, take: 1}\n"
        "    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="{bank: nuoc-sach-kiem-tra, objective: bao-tin, take: 1}\n"
        "    - {bank: «nuoc-sach-kiem-tra, objective: giu-nguon, take: 2}",
        says="đề cần 2 câu nhưng ngân hàng “nuoc-sach-kiem-tra” chỉ có 1 câu",
    ),
    TextFault(
        when="a test's draws together need more questions than the bank has",
        code="bank-too-small",
        file=COURSE,
        old="    - {bank: nuoc-sach-kiem-tra, take: 1}",
        new="    - {bank: «nuoc-sach-kiem-tra, take: 2}",
        says="đề cần 3 câu",
    ),
    TextFault(
        when="an approval does not say who, by what and when",
        code="approval-without-proof",
        file=CAMPAIGN,
        old="review: {status: draft}",
        new="review: «{status: approved, by: Sở Mẫu}",
        says="thiếu decision, approved",
    ),
)

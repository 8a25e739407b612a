"""The sections of `taphuan status` in words: approvals, courses, law, plan and last days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ..programme.course_figures import Shortage
from ..programme.kinds import KINDS
from ..programme.status import AwaitedDecision, Overview, PlanCover, UnservedPoint
from ..programme.status.content import STATES, AwaitedApproval, ContentAge, CourseOverview, OutdatedContent
from ..programme.status.law_due import DoubtfulLaw, LastDay, LawChange, LawDue
from ..programme.vietnamese import written_day, written_duration
from ..render.printable import KIND_WORDS
from .approvals import OVER_WORD, STATUS_WORDS
from .terminal import figure_table, labelled_rows, list_items, shortened_text, wrapped_text

STATE_WORDS = {**STATUS_WORDS, "over": OVER_WORD}
CONTENT_WORDS = {kind.name: kind.words for kind in KINDS}
REVIEWED_KINDS = tuple(kind.name for kind in KINDS if kind.is_reviewed)
LONGEST_TASK = 110
LAST_DAY_WORDS = {
    "approval": "Phê duyệt của “{name}” ({file})",
    "question": "Câu hỏi {name} ({file})",
    "term": "Định nghĩa của thuật ngữ “{name}” trong bảng thuật ngữ",
    "law": "Nội dung sổ pháp luật ghi về {name}",
}


# --- approvals -----------------------------------------------------------------------------------


def approvals(overview: Overview) -> Iterator[str]:
    counts = overview.approvals.counts
    if not counts:
        yield "  Chưa có nội dung nào để phê duyệt."
        return
    heads = [STATE_WORDS[state].capitalize() for state in STATES]
    rows = [
        (
            CONTENT_WORDS[kind].capitalize(),
            [str(counts[kind][state]) if kind in counts else "–" for state in STATES],
        )
        for kind in REVIEWED_KINDS
    ]
    yield from figure_table(heads, rows)
    if any(kind not in counts for kind in REVIEWED_KINDS):
        yield "  Dấu – là chưa có nội dung loại ấy."
    if not overview.approvals.next:
        yield wrapped_text(
            f"Mọi nội dung đều đã phê duyệt và còn hạn sau ngày {written_day(overview.until)}."
        )
    else:
        yield "  Việc phê duyệt tiếp theo:"
        yield from list_items(
            (_next_approval(content, overview.day) for content in overview.approvals.next), 4
        )
    if overview.approvals.contacts:
        yield wrapped_text("Việc phải làm trước khi phê duyệt nội dung có nêu những đầu mối sau:")
        yield from list_items(
            (f"{contact.name}: {contact.condition}." for contact in overview.approvals.contacts), 4
        )


def _next_approval(content: AwaitedApproval, day: date) -> str:
    what = "khóa học và các bài riêng" if content.kind == "course" else CONTENT_WORDS[content.kind]
    states = ", ".join(f"{count} {STATE_WORDS[key]}" for key, count in content.states.items())
    return f"{content.id} ({what}): {states}. {_step(content, day)}"


def _step(content: AwaitedApproval, day: date) -> str:
    if content.valid_until:
        until = written_day(content.valid_until)
        if content.valid_until < day:
            return f"Phê duyệt có giá trị đến hết ngày {until}, nay cần phê duyệt lại."
        return f"Phê duyệt còn giá trị đến hết ngày {until}, cần phê duyệt lại trước khi hết hạn."
    return "Trình phê duyệt." if "draft" not in content.states else "Rà soát rồi trình phê duyệt."


# --- courses, campaigns, pages -------------------------------------------------------------------


def courses(overview: Overview) -> Iterator[str]:
    if not overview.courses:
        yield "  Chưa có khóa học nào."
    for course in overview.courses:
        yield wrapped_text(f"{course.id} ({STATE_WORDS[course.state]}): {course.title}", 2, 4)
        yield from labelled_rows(_course(course), 4)


def _course(course: CourseOverview) -> list[tuple[str, str]]:
    return [
        ("Bài", _lessons(course)),
        ("Tự học", _self_study(course)),
        ("Học tại lớp", _class_time(course)),
        ("Câu hỏi tự kiểm tra", str(course.self_check_questions or "chưa có")),
        ("Câu hỏi kiểm tra", _test(course)),
        *([("Theo mục tiêu", _by_objective(course))] if course.objectives else []),
        *([("Chưa có hình", _unillustrated(course))] if course.unillustrated else []),
    ]


def _lessons(course: CourseOverview) -> str:
    states = ", ".join(f"{count} {STATE_WORDS[state]}" for state, count in course.lesson_states.items())
    own = f"{course.own_lessons} bài riêng ({states})" if course.own_lessons else ""
    shared = f"{course.shared_lessons} bài dùng chung, phê duyệt cùng khóa khác"
    parts = filter(None, (own, shared if course.shared_lessons else ""))
    return "; ".join(parts) or "chưa có bài"


def _self_study(course: CourseOverview) -> str:
    minutes = course.self_study_minutes
    return f"khoảng {written_duration(minutes)}" if minutes else "chưa có bài"


def _class_time(course: CourseOverview) -> str:
    if not course.taught_minutes:
        return "chưa có bài"
    whole = written_duration(course.taught_minutes)
    if course.core_modules:
        core = f"{course.core_modules} phần cốt lõi, {written_duration(course.class_minutes)}"
        return f"{whole}; học đủ {core}, là hoàn thành"
    if course.class_minutes == course.taught_minutes:
        return whole
    return f"{whole}; dự đủ {written_duration(course.class_minutes)} là hoàn thành"


def _test(course: CourseOverview) -> str:
    if course.test_questions is None:
        return "khóa chưa có bài kiểm tra"
    return f"{course.test_questions or 'chưa có'}; mỗi đề {course.form_questions} câu"


def _by_objective(course: CourseOverview) -> str:
    counts = "; ".join(
        f"{objective.id} {objective.self_check_questions}"
        + ("" if objective.test_questions is None else f" + {objective.test_questions}")
        for objective in course.objectives
    )
    return f"{counts} (câu tự kiểm tra{'' if course.test_questions is None else ' + câu kiểm tra'})"


def _unillustrated(course: CourseOverview) -> str:
    names = ", ".join(id.removeprefix(f"{course.id}/") for id in course.unillustrated)
    return f"{len(course.unillustrated)} bài riêng không có hình, sơ đồ hay tình huống rẽ nhánh: {names}"


def campaigns(overview: Overview) -> Iterator[str]:
    if not overview.campaigns:
        yield "  Chưa có chiến dịch nào."
    for campaign in overview.campaigns:
        yield wrapped_text(f"{campaign.id} ({STATE_WORDS[campaign.state]}): {campaign.title}", 2, 4)
        counts = (f"{count} {KIND_WORDS[kind].lower()}" for kind, count in campaign.materials.items())
        yield from labelled_rows([("Tài liệu in", ", ".join(counts) or "chưa có")], 4)


def pages(overview: Overview) -> Iterator[str]:
    if not overview.pages:
        yield "  Chưa có trang viết tay nào."
    for page in overview.pages:
        yield wrapped_text(f"{page.id} ({STATE_WORDS[page.state]}): {page.title}", 2, 4)


# --- open questions ------------------------------------------------------------------------------


def decisions(overview: Overview) -> Iterator[str]:
    if not overview.decisions:
        yield "  Tệp content/programme/decisions.yml không ghi câu hỏi nào còn mở."
        return
    who = Counter(name for decision in overview.decisions for name in decision.who)
    yield "  Số câu hỏi theo cơ quan cần trả lời:"
    yield from list_items((f"{name}: {count}" for name, count in who.most_common()), 4)
    yield wrapped_text("Từng câu hỏi, kèm ngày nêu. Nêu ở đây không có nghĩa là đã gửi công văn.")
    yield from labelled_rows(
        [
            (written_day(decision.since), _decision_words(overview, decision))
            for decision in overview.decisions
        ],
        4,
    )


def _decision_words(overview: Overview, decision: AwaitedDecision) -> str:
    parts = [f"Trả lời: {'; '.join(decision.who) or 'chưa ghi cơ quan nào'}."]
    if decision.targets:
        parts.append(f"Chỉ tiêu còn chờ: {'; '.join(decision.targets.values())}.")
    if decision.courses:
        every = len(decision.courses) == len(overview.courses) > 1
        names = f"cả {len(decision.courses)} khóa" if every else ", ".join(decision.courses)
        parts.append(f"Khóa học liên quan: {names}.")
    return f"{decision.question}\n{' '.join(parts)}"


# --- tasks of the plan ---------------------------------------------------------------------------


def plan(cover: PlanCover) -> Iterator[str]:
    if not cover.points:
        yield "  Chương trình chưa ghi nhiệm vụ nào của kế hoạch."
        return
    yield wrapped_text(
        "Đối chiếu từng điểm nhiệm vụ ở mục II của kế hoạch với khóa học, bài và chiến dịch. Điểm đã có tài "
        "liệu chưa chắc đã có đủ."
    )
    if not cover.unserved:
        yield wrapped_text(f"Cả {cover.points} điểm đều có ít nhất một tài liệu phục vụ.")
        return
    first = [task for task in cover.unserved if task.asks]
    others = [task for task in cover.unserved if not task.asks]
    if first:
        yield wrapped_text("Điểm có nêu tài liệu, tập huấn hoặc truyền thông, cần biên soạn trước:")
        yield from _points(first)
    if others:
        yield wrapped_text("Điểm không nêu tài liệu, tập huấn hay truyền thông, có thể không cần biên soạn:")
        yield from _points(others)


def _points(points: Sequence[UnservedPoint]) -> list[str]:
    return labelled_rows(
        [(task.point, shortened_text(task.text, LONGEST_TASK) + _leads(task)) for task in points], 4
    )


def _leads(task: UnservedPoint) -> str:
    return f" (chủ trì: {'; '.join(task.leads)})" if task.leads else ""


# --- last days -----------------------------------------------------------------------------------


def last_days(overview: Overview) -> Iterator[str]:
    yield wrapped_text(
        "Chỉ kể những gì có ghi ngày: phê duyệt, câu hỏi, thuật ngữ, nội dung của sổ pháp luật, và văn bản "
        "còn được dẫn. Mỗi dòng ghi ngày cuối cùng còn dùng được."
    )
    if overview.last_days.coming:
        yield from labelled_rows(
            [
                (written_day(ending.last_day), _last_day_words(overview, ending))
                for ending in overview.last_days.coming
            ],
            4,
        )
    else:
        yield wrapped_text("Không có gì ghi là hết hạn trong thời gian ấy.")
    if overview.last_days.shortages:
        yield wrapped_text("Ngân hàng câu hỏi không còn đủ câu cho một đề kiểm tra:")
        yield from list_items(map(_shortage, overview.last_days.shortages), 4)


def _last_day_words(overview: Overview, ending: LastDay) -> str:
    description = LAST_DAY_WORDS[ending.kind].format(name=ending.name, file=ending.file)
    used = f"; {len(ending.cited_in)} tệp có dẫn" if ending.cited_in else ""
    return f"{description}{used}{'; đã hết hạn' if ending.last_day < overview.day else ''}"


def _shortage(shortage: Shortage) -> str:
    of = f", mục tiêu {shortage.objective}" if shortage.objective else ""
    left = f"còn {shortage.left} câu" if shortage.left else "không còn câu nào"
    return (
        f"Khóa {shortage.course}, ngân hàng {shortage.bank}{of}: từ ngày {written_day(shortage.since)} "
        f"{left}, mỗi đề cần {shortage.needed} câu."
    )


CHANGES = {
    "begins": "{title} bắt đầu có hiệu lực",
    "ended": "{title} hết hiệu lực",
    "lapsed": "Nội dung sổ pháp luật ghi về {title} hết đúng",
    "amended": "{title} được sửa đổi: {by}",
    "compared": "{title} được đối chiếu lại trong sổ pháp luật",
}
DOUBTS = {
    "unverified": "Văn bản, điều khoản chưa kiểm, không dẫn như luật (kèm ngày xem gần nhất):",
    "compare": "Văn bản, điều khoản cần đối chiếu bản gốc (kèm ngày xem gần nhất):",
}


def law(due: LawDue, day: date) -> Iterator[str]:
    if not due.documents:
        yield "  Sổ pháp luật chưa có văn bản nào."
        return
    yield wrapped_text(f"Sổ pháp luật có {due.documents} văn bản. Hiệu lực kiểm tới ngày {_until(due, day)}")
    yield wrapped_text(due.notice)
    coming = [(written_day(change.on), _change(change) + _used(change.citing)) for change in due.coming]
    yield from _listed("Thay đổi đã biết ngày:", coming)
    for doubt, heading in DOUBTS.items():
        yield from _listed(
            heading, [_doubtful(document) for document in due.doubtful if document.doubt == doubt]
        )
    if due.undated:
        yield wrapped_text(
            "Văn bản có dẫn mà sổ chưa ghi ngày có hiệu lực của văn bản hoặc của lần sửa đổi, nên chưa so "
            f"được với ngày của nội dung: {'; '.join(due.undated.values())}."
        )


def _until(due: LawDue, day: date) -> str:
    passed = (day - due.checked_until).days
    until = written_day(due.checked_until)
    return f"{until}; {passed} ngày sau đó chưa kiểm." if passed > 0 else f"{until}."


def _listed(heading: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield wrapped_text(heading)
        yield from labelled_rows(rows, 4)


def _doubtful(document: DoubtfulLaw) -> tuple[str, str]:
    return written_day(document.checked), document.title + _used(document.citing)


def _used(count: int) -> str:
    return f" ({count} nội dung có dẫn)" if count else " (chưa nội dung nào dẫn)"


def _change(change: LawChange) -> str:
    return CHANGES[change.change].format(title=change.title, by=change.by)


def content_age(age: ContentAge, day: date) -> Iterator[str]:
    if not age.citing:
        yield "  Chưa nội dung nào dẫn văn bản pháp luật."
        return
    yield wrapped_text(
        f"Đã so {age.citing} nội dung có dẫn văn bản (khóa học, bài, chiến dịch, trang, ngân hàng câu hỏi). "
        f"Ngày của nội dung là ngày rà soát; {age.unchecked} nội dung "
        f"chưa ghi ngày ấy thì lấy ngày chung của chương trình, {written_day(age.as_of)}."
    )
    if not age.outdated:
        yield wrapped_text(
            f"Đến ngày {written_day(day)}, sổ pháp luật không ghi thay đổi nào sau ngày ấy. Thay đổi "
            "không có trong sổ thì phần mềm không biết."
        )
        return
    yield wrapped_text("Thay đổi sau ngày của nội dung, và nội dung cần đọc lại:")
    yield from labelled_rows(_changes(age.outdated), 4)


def _changes(outdated: Sequence[OutdatedContent]) -> list[tuple[str, str]]:
    """Returns each change once, the earliest first, with all that has to be read again because of it."""
    contents_by_change: dict[LawChange, list[str]] = {}
    for content in outdated:
        for change in content.law:
            contents_by_change.setdefault(change, []).append(_content(content))
    ordered = sorted(contents_by_change.items(), key=lambda item: item[0].on)
    return [
        (written_day(change.on), f"{_change(change)}.\nCần đọc lại: {'; '.join(contents)}.")
        for change, contents in ordered
    ]


def _content(content: OutdatedContent) -> str:
    checked = f", rà soát {written_day(content.day)}" if content.is_checked else ""
    return f"{content.id} ({CONTENT_WORDS[content.kind]}{checked})"

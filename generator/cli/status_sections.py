"""The sections of `taphuan status` in words: approvals, courses, law, plan and last days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ..programme.course_figures import Shortage
from ..programme.status import AwaitedDecision, Overview, PlanCover, UnservedPoint
from ..programme.status.content import STATES, AwaitedApproval, ContentAge, CourseOverview, OutdatedContent
from ..programme.status.law_due import KINDS_OF_CONTENT, DoubtfulLaw, LastDay, LawChange, LawDue
from ..programme.vietnamese import written_day, written_duration
from ..render.printable import KIND_WORDS
from .approvals import DOCUMENT_WORDS as WORDS
from .approvals import OVER_WORD, STATUS_WORDS
from .terminal import figure_table, labelled_rows, list_items, shortened_text, wrapped_text

STATE_WORDS = {**STATUS_WORDS, "over": OVER_WORD}
CONTENT_WORDS = {**{key: WORDS[kind] for kind, key in KINDS_OF_CONTENT.items()}, "bank": "ngân hàng câu hỏi"}
LONGEST_TASK = 110
LAST_DAY_WORDS = {
    "approval": "Phê duyệt của “{name}” ({file})",
    "question": "Câu hỏi {name} ({file})",
    "term": "Định nghĩa của thuật ngữ “{name}” trong bảng thuật ngữ",
    "law": "Nội dung sổ pháp luật ghi về {name}",
}


# --- approvals -----------------------------------------------------------------------------------


def approvals(found: Overview) -> Iterator[str]:
    counts = found.approvals.counts
    if not counts:
        yield "  Chưa có nội dung nào để phê duyệt."
        return
    heads = [STATE_WORDS[one].capitalize() for one in STATES]
    rows = [
        (
            CONTENT_WORDS[kind].capitalize(),
            [str(counts[kind][one]) if kind in counts else "–" for one in STATES],
        )
        for kind in KINDS_OF_CONTENT.values()
    ]
    yield from figure_table(heads, rows)
    if any(kind not in counts for kind in KINDS_OF_CONTENT.values()):
        yield "  Dấu – là chưa có nội dung loại ấy."
    if not found.approvals.next:
        yield wrapped_text(f"Mọi nội dung đều đã phê duyệt và còn hạn sau ngày {written_day(found.until)}.")
    else:
        yield "  Việc phê duyệt tiếp theo:"
        yield from list_items((_next_approval(one, found.day) for one in found.approvals.next), 4)
    if found.approvals.contacts:
        yield wrapped_text("Việc phải làm trước khi phê duyệt nội dung có nêu những đầu mối sau:")
        yield from list_items((f"{one.name}: {one.condition}." for one in found.approvals.contacts), 4)


def _next_approval(one: AwaitedApproval, day: date) -> str:
    what = "khóa học và các bài riêng" if one.kind == "course" else CONTENT_WORDS[one.kind]
    states = ", ".join(f"{count} {STATE_WORDS[key]}" for key, count in one.states.items())
    return f"{one.id} ({what}): {states}. {_step(one, day)}"


def _step(one: AwaitedApproval, day: date) -> str:
    if one.valid_until:
        until = written_day(one.valid_until)
        if one.valid_until < day:
            return f"Phê duyệt có giá trị đến hết ngày {until}, nay cần phê duyệt lại."
        return f"Phê duyệt còn giá trị đến hết ngày {until}, cần phê duyệt lại trước khi hết hạn."
    return "Trình phê duyệt." if "draft" not in one.states else "Rà soát rồi trình phê duyệt."


# --- courses, campaigns, pages -------------------------------------------------------------------


def courses(found: Overview) -> Iterator[str]:
    if not found.courses:
        yield "  Chưa có khóa học nào."
    for course in found.courses:
        yield wrapped_text(f"{course.id} ({STATE_WORDS[course.state]}): {course.title}", 2, 4)
        yield from labelled_rows(_course(course), 4)


def _course(course: CourseOverview) -> list[tuple[str, str]]:
    return [
        ("Bài", _lessons(course)),
        ("Tự học", _self_study(course)),
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


def _self_study(course: CourseOverview) -> str:
    minutes = course.self_study_minutes
    return f"khoảng {written_duration(minutes)}" if minutes else "chưa có bài"


def _class_time(course: CourseOverview) -> str:
    if not course.taught_minutes:
        return "chưa có bài"
    whole = written_duration(course.taught_minutes)
    if course.class_minutes == course.taught_minutes:
        return whole
    return f"{whole}; dự đủ {written_duration(course.class_minutes)} là hoàn thành"


def _test(course: CourseOverview) -> str:
    if course.test_questions is None:
        return "khóa chưa có bài kiểm tra"
    return f"{course.test_questions or 'chưa có'}; mỗi đề {course.form_questions} câu"


def campaigns(found: Overview) -> Iterator[str]:
    if not found.campaigns:
        yield "  Chưa có chiến dịch nào."
    for campaign in found.campaigns:
        yield wrapped_text(f"{campaign.id} ({STATE_WORDS[campaign.state]}): {campaign.title}", 2, 4)
        counts = (f"{count} {KIND_WORDS[kind].lower()}" for kind, count in campaign.materials.items())
        yield from labelled_rows([("Tài liệu in", ", ".join(counts) or "chưa có")], 4)


def pages(found: Overview) -> Iterator[str]:
    if not found.pages:
        yield "  Chưa có trang viết tay nào."
    for page in found.pages:
        yield wrapped_text(f"{page.id} ({STATE_WORDS[page.state]}): {page.title}", 2, 4)


# --- open questions ------------------------------------------------------------------------------


def decisions(found: Overview) -> Iterator[str]:
    if not found.decisions:
        yield "  Tệp content/programme/decisions.yml không ghi câu hỏi nào còn mở."
        return
    who = Counter(name for one in found.decisions for name in one.who)
    yield "  Số câu hỏi theo cơ quan cần trả lời:"
    yield from list_items((f"{name}: {count}" for name, count in who.most_common()), 4)
    yield wrapped_text("Từng câu hỏi, kèm ngày nêu. Nêu ở đây không có nghĩa là đã gửi công văn.")
    yield from labelled_rows(
        [(written_day(one.since), _decision_words(found, one)) for one in found.decisions], 4
    )


def _decision_words(found: Overview, one: AwaitedDecision) -> str:
    parts = [f"Trả lời: {'; '.join(one.who) or 'chưa ghi cơ quan nào'}."]
    if one.targets:
        parts.append(f"Chỉ tiêu còn chờ: {'; '.join(one.targets.values())}.")
    if one.courses:
        every = len(one.courses) == len(found.courses) > 1
        parts.append(
            f"Khóa học liên quan: {f'cả {len(one.courses)} khóa' if every else ', '.join(one.courses)}."
        )
    return f"{one.question}\n{' '.join(parts)}"


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
    asking = [one for one in cover.unserved if one.asks]
    others = [one for one in cover.unserved if not one.asks]
    if asking:
        yield wrapped_text("Điểm có nêu tài liệu, tập huấn hoặc truyền thông, cần biên soạn trước:")
        yield from _points(asking)
    if others:
        yield wrapped_text("Điểm không nêu tài liệu, tập huấn hay truyền thông, có thể không cần biên soạn:")
        yield from _points(others)


def _points(points: Sequence[UnservedPoint]) -> list[str]:
    return labelled_rows(
        [(one.point, shortened_text(one.text, LONGEST_TASK) + _leads(one)) for one in points], 4
    )


def _leads(one: UnservedPoint) -> str:
    return f" (chủ trì: {'; '.join(one.leads)})" if one.leads else ""


# --- last days -----------------------------------------------------------------------------------


def last_days(found: Overview) -> Iterator[str]:
    yield wrapped_text(
        "Chỉ kể những gì có ghi ngày: phê duyệt, câu hỏi, thuật ngữ, nội dung của sổ pháp luật, và văn bản "
        "còn được dẫn. Mỗi dòng ghi ngày cuối cùng còn dùng được."
    )
    if found.last_days.coming:
        yield from labelled_rows(
            [(written_day(one.last_day), _last_day_words(found, one)) for one in found.last_days.coming], 4
        )
    else:
        yield wrapped_text("Không có gì ghi là hết hạn trong thời gian ấy.")
    if found.last_days.shortages:
        yield wrapped_text("Ngân hàng câu hỏi không còn đủ câu cho một đề kiểm tra:")
        yield from list_items(map(_shortage, found.last_days.shortages), 4)


def _last_day_words(found: Overview, one: LastDay) -> str:
    told = LAST_DAY_WORDS[one.kind].format(name=one.name, file=one.file)
    used = f"; {len(one.cited_in)} tệp có dẫn" if one.cited_in else ""
    return f"{told}{used}{'; đã hết hạn' if one.last_day < found.day else ''}"


def _shortage(one: Shortage) -> str:
    of = f", mục tiêu {one.objective}" if one.objective else ""
    left = f"còn {one.left} câu" if one.left else "không còn câu nào"
    return (
        f"Khóa {one.course}, ngân hàng {one.bank}{of}: từ ngày {written_day(one.since)} {left}, "
        f"mỗi đề cần {one.needed} câu."
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
    coming = [(written_day(one.on), _change(one) + _used(one.citing)) for one in due.coming]
    yield from _listed("Thay đổi đã biết ngày:", coming)
    for doubt, heading in DOUBTS.items():
        yield from _listed(heading, [_doubtful(one) for one in due.doubtful if one.doubt == doubt])
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


def _doubtful(one: DoubtfulLaw) -> tuple[str, str]:
    return written_day(one.checked), one.title + _used(one.citing)


def _used(count: int) -> str:
    return f" ({count} nội dung có dẫn)" if count else " (chưa nội dung nào dẫn)"


def _change(one: LawChange) -> str:
    return CHANGES[one.change].format(title=one.title, by=one.by)


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
    found: dict[LawChange, list[str]] = {}
    for one in outdated:
        for change in one.law:
            found.setdefault(change, []).append(_content(one))
    ordered = sorted(found.items(), key=lambda item: item[0].on)
    return [
        (written_day(change.on), f"{_change(change)}.\nCần đọc lại: {'; '.join(contents)}.")
        for change, contents in ordered
    ]


def _content(one: OutdatedContent) -> str:
    checked = f", rà soát {written_day(one.day)}" if one.is_checked else ""
    return f"{one.id} ({CONTENT_WORDS[one.kind]}{checked})"

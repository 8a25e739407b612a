"""Where approvals stand, and what one more would write, as text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ...programme.model.course import Course, Lesson
from ...programme.model.programme import Programme, Reviewed, id_of
from ...programme.model.question import Bank
from ...programme.model.review import DRAFT, Review
from ...programme.vietnamese import written_day
from .approval import KINDS, Approval, banks_with, borrowed

STATUSES = {"draft": "bản thảo", "reviewed": "đã rà soát", "approved": "đã phê duyệt"}
OVER = "hết hạn"
KEPT = " (ngày rà soát giữ nguyên)"
USES = {"self-check": "tự kiểm tra", "test": "của đề kiểm tra"}


def standing(programme: Programme, today: date) -> str:
    """Returns a table of everything that somebody approves, by course, and how many stand where."""
    groups = list(_groups(programme))
    rows = [(one, status(one.review, today)) for _, group in groups for one in group]
    widest = max((len(id_of(one)) for one, _ in rows), default=0)
    lines: list[str] = []
    for heading, group in groups:
        lines += [heading, *(_row(one, today, widest) for one in group), ""]
    words = (*STATUSES.values(), OVER)
    counts = ((sum(said == word for _, said in rows), word) for word in words)
    lines.append(
        "Cộng: " + (", ".join(f"{count} {word}" for count, word in counts if count) or "chưa có gì") + "."
    )
    return "\n".join(lines)


def _groups(programme: Programme) -> Iterator[tuple[str, list[Reviewed]]]:
    """Yields headings with what stands below them; a lesson stands with the course of its folder."""
    lessons = list(programme.lessons.values())
    for course in programme.courses.values():
        own = programme.own_lessons_of(course)
        left = [one for one in lessons if one.home == course.id and one not in own]
        yield course.title, [course, *own, *left]
    strays: list[Reviewed] = [one for one in lessons if one.home not in programme.courses]
    others: list[tuple[str, list[Reviewed]]] = [
        ("Bài chưa thuộc khóa nào", strays),
        ("Chiến dịch", list(programme.campaigns.values())),
        ("Trang viết tay", list(programme.pages)),
    ]
    yield from ((heading, group) for heading, group in others if group)


def _row(document: Reviewed, today: date, widest: int) -> str:
    review = document.review
    title = "cả khóa" if isinstance(document, Course) else document.title
    told = title if review.is_draft else f"{title} ({_proof(review)})"
    return f"  {status(review, today):<12}  {id_of(document):<{widest}}  {told}"


def status(review: Review, today: date) -> str:
    """Returns one of four words for where a review stands."""
    return OVER if review.is_over(today) else STATUSES[review.status]


def expected(programme: Programme, documents: tuple[Reviewed, ...], approval: Approval, today: date) -> str:
    """Returns what will be written where, which questions go with it, and which lessons do not."""
    will = _told(approval.review(DRAFT), today)
    lines = [f"Sẽ ghi vào {len(documents)} tệp: {will}", ""]
    for number, one in enumerate(documents, 1):
        lines.append(f"{number:>3}. {KINDS[type(one)]} “{one.title}”, {one.source}")
        lines.append(f"     nay: {_told(one.review, today)}{KEPT if one.review.checked else ''}")
    lines += ["", *_with_it(programme, documents), *_apart(borrowed(programme, documents), today)]
    return "\n".join(lines)


def _with_it(programme: Programme, documents: tuple[Reviewed, ...]) -> Iterator[str]:
    asked = {id for one in documents if isinstance(one, Lesson) for id in one.self_check}
    told = [_questions(bank, asked) for bank in banks_with(programme, documents)]
    if told:
        yield from (
            "Gồm cả câu hỏi trong các ngân hàng sau (ngân hàng không có phần review riêng):",
            *told,
            "",
        )


def _questions(bank: Bank, asked: set[str]) -> str:
    """Returns how many of a bank's questions go with the lessons; of a test's all, since any may be drawn."""
    count = len(asked & bank.questions.keys()) if bank.use == "self-check" else len(bank.questions)
    return f"  {count} câu {USES[bank.use]}: {bank.id}, {bank.source}"


def _apart(lessons: Iterable[Lesson], today: date) -> Iterator[str]:
    told = [f"  {lesson.id} ({status(lesson.review, today)})" for lesson in lessons]
    if told:
        yield from ("Không gồm các bài dùng chung, thuộc khóa khác:", *told, "")


def _told(review: Review, today: date) -> str:
    proof = _proof(review)
    checked = f"rà soát {written_day(review.checked)}" if review.checked else ""
    return ", ".join(part for part in (status(review, today), proof, checked) if part)


def _proof(review: Review) -> str:
    """Returns by whom, by what paper, when and until when, as far as it is written."""
    days = ((review.approved, "ngày"), (review.valid_until, "đến hết"))
    dated = [f"{word} {written_day(day)}" for day, word in days if day]
    return ", ".join([*filter(None, (review.by, review.decision)), *dated])

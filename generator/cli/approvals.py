"""Approvals: where they stand, what one more would write, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import Finding, OperatorError, reason
from ..programme.checks import check_programme
from ..programme.loader import LoadResult
from ..programme.loader.yaml_edit import NotEditable, replace_value
from ..programme.model.blank_form import BlankForm
from ..programme.model.campaign import Campaign
from ..programme.model.course import Course, Lesson
from ..programme.model.flow import Flow
from ..programme.model.lesson_plan import LessonPlan
from ..programme.model.observed_task import ObservedTask
from ..programme.model.pocket_text import PocketText
from ..programme.model.programme import HandPage, Programme, Reviewed, id_of
from ..programme.model.question import Bank
from ..programme.model.scenario import Scenario
from ..programme.model.values import DRAFT, ReadOnly, Review
from ..programme.problems import nearest_name
from ..programme.vietnamese import written_day
from .atomic_files import FileChange

DOCUMENT_WORDS: Mapping[type, str] = {
    Course: "khóa học",
    Lesson: "bài",
    Campaign: "chiến dịch",
    BlankForm: "tờ mẫu",
    LessonPlan: "giáo án",
    PocketText: "tờ bỏ túi",
    HandPage: "trang viết tay",
}


@dataclass(frozen=True, kw_only=True)
class Approval:
    """An approval: by whom, by what paper, on what day, and until when it holds."""

    by: str
    number: str
    approved: date
    valid_until: date | None = None

    def review(self, former: Review) -> Review:
        """Returns the content of `review` after it; the day that somebody checked the text stays."""
        return Review(
            status="approved",
            by=self.by,
            decision=self.number,
            checked=former.checked,
            approved=self.approved,
            valid_until=self.valid_until,
        )

    def written(self, former: Review) -> dict[str, str]:
        days = {"checked": former.checked, "approved": self.approved, "valid_until": self.valid_until}
        dated = {key: written_day(day) for key, day in days.items() if day}
        return {"status": "approved", "by": self.by, "decision": self.number, **dated}


def named_documents(programme: Programme, ids: Iterable[str]) -> tuple[Reviewed, ...]:
    """Returns the documents of the ids, a course with its own lessons, each once.

    Raises OperatorError where an id names nothing, or more than one thing.
    """
    named: dict[str, Reviewed] = {}
    for id in ids:
        document = _named_document(programme, id)
        own = programme.own_lessons_of(document) if isinstance(document, Course) else ()
        named.update({reviewed.source: reviewed for reviewed in (document, *own)})
    return tuple(named.values())


def _named_document(programme: Programme, id: str) -> Reviewed:
    meant = [document for document in programme.reviewed if id in (id_of(document), document.source)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        files = ", ".join(document.source for document in meant)
        raise OperatorError(
            f"mã “{id}” là của nhiều nội dung", fix=f"ghi đường dẫn của tệp thay cho mã: {files}"
        )
    if id in programme.banks:
        fix = "phê duyệt khóa học dùng nó: phê duyệt khóa gồm cả câu hỏi của khóa"
        raise OperatorError(f"“{id}” là ngân hàng câu hỏi, không phê duyệt riêng", fix=fix)
    if id in programme.scenarios:
        fix = "phê duyệt bài đặt nó: phê duyệt bài gồm cả tình huống của bài"
        raise OperatorError(f"“{id}” là tình huống rẽ nhánh, không phê duyệt riêng", fix=fix)
    if id in programme.flows:
        fix = "phê duyệt bài đặt nó: sơ đồ được phê duyệt cùng mọi bài đặt nó"
        raise OperatorError(f"“{id}” là sơ đồ, không phê duyệt riêng", fix=fix)
    if id in programme.observed_tasks:
        fix = "phê duyệt khóa học có nó: phê duyệt khóa gồm cả việc quan sát của khóa"
        raise OperatorError(f"“{id}” là việc quan sát, không phê duyệt riêng", fix=fix)
    close = nearest_name(id, [id_of(document) for document in programme.reviewed])
    fix = f"có phải bạn muốn viết “{close}”?" if close else "xem các mã: taphuan approve"
    raise OperatorError(
        f"không có khóa học, bài, chiến dịch, tờ mẫu, giáo án, tờ bỏ túi hay trang viết tay nào mã “{id}”",
        fix=fix,
    )


def banks_with(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Bank, ...]:
    """Returns the banks whose questions are approved with the documents, each once."""
    banks: list[Bank] = []
    for document in documents:
        if isinstance(document, Course):
            banks += programme.banks_of(document)
        elif isinstance(document, Lesson):
            banks += programme.self_check_banks(document)
    return tuple({bank.id: bank for bank in banks}.values())


def scenarios_with(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Scenario, ...]:
    """Returns the scenarios that are approved with the lessons among the documents, each once."""
    lessons = (document for document in documents if isinstance(document, Lesson))
    return tuple({each.id: each for lesson in lessons for each in programme.scenarios_of(lesson)}.values())


def flows_with(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Flow, ...]:
    """Returns the flows of the lessons among the documents that no other lesson, still a draft, shows too."""
    lessons = [document for document in documents if isinstance(document, Lesson)]
    flows = {flow.id: flow for lesson in lessons for flow in programme.flows_in(lesson)}.values()
    return tuple(
        flow
        for flow in flows
        if all(lesson in lessons or not lesson.review.is_draft for lesson in programme.lessons_with(flow))
    )


def tasks_with(programme: Programme, documents: Iterable[Reviewed]) -> tuple[ObservedTask, ...]:
    """Returns the observed tasks of courses among the documents that no other course, a draft, has too."""
    courses = [document for document in documents if isinstance(document, Course)]
    tasks = {task.id: task for course in courses for task in programme.tasks_of(course)}.values()
    return tuple(
        task
        for task in tasks
        if all(
            course in courses or not course.review.is_draft for course in programme.courses_observing(task)
        )
    )


def borrowed_lessons(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Lesson, ...]:
    """Returns lessons that courses among the documents show from others, unless approved with them."""
    documents = tuple(documents)
    courses = [document for document in documents if isinstance(document, Course)]
    shown = {lesson.id: lesson for course in courses for lesson in programme.lessons_of(course)}
    return tuple(lesson for lesson in shown.values() if lesson not in documents)


def checked_after(documents: Iterable[Reviewed], approval: Approval) -> tuple[Reviewed, ...]:
    """Returns the documents that were checked after the day of the approval."""
    return tuple(
        document
        for document in documents
        if document.review.checked and document.review.checked > approval.approved
    )


def findings_against(
    loading: LoadResult, programme: Programme, documents: tuple[Reviewed, ...], approval: Approval
) -> tuple[Finding, ...]:
    """Returns findings in the documents, in what goes with them, in what texts share, and unreadable files.

    Findings that only an approval brings are among them: an approved text names no contact nobody has called.
    """
    lessons = [document for document in documents if isinstance(document, Lesson)]
    flows = [flow for lesson in lessons for flow in programme.flows_in(lesson)]
    shown = (*scenarios_with(programme, documents), *tasks_with(programme, documents), *flows)
    included = (*banks_with(programme, documents), *shown)
    files = {document.source for document in (*documents, *included)}
    groups = (programme.banks, programme.scenarios, programme.flows, programme.observed_tasks)
    every = (*programme.reviewed, *(document for group in groups for document in group.values()))
    others = {document.source for document in every} - files
    approved = loading.worded(check_programme(_programme_approved(programme, documents, approval)))
    brought = set(approved).difference(loading.worded(check_programme(programme)))
    findings = {finding for finding in (*loading.findings, *brought) if finding.file not in others}
    return tuple(sorted(findings, key=lambda finding: finding.order))


def _programme_approved(
    programme: Programme, documents: tuple[Reviewed, ...], approval: Approval
) -> Programme:
    reviews = {document.source: approval.review(document.review) for document in documents}

    def marked(document: Any) -> Any:
        if document.source not in reviews:
            return document
        fields = {name: getattr(document, name) for name in type(document).model_fields}
        return type(document).model_construct(**{**fields, "review": reviews[document.source]})

    groups = {
        name: getattr(programme, name)
        for name in ("courses", "lessons", "campaigns", "forms", "lesson_plans", "pocket_texts")
    }
    marked_groups: dict[str, Any] = {
        name: ReadOnly({id: marked(document) for id, document in group.items()})
        for name, group in groups.items()
    }
    return replace(programme, **marked_groups, pages=tuple(map(marked, programme.pages)))


def file_changes(root: Path, documents: Iterable[Reviewed], approval: Approval) -> tuple[FileChange, ...]:
    """Returns the files with their new contents; nothing is written.

    Raises OperatorError for a file that has to be changed by hand.
    """
    return tuple(_file_changes(root, documents, approval))


def _file_changes(root: Path, documents: Iterable[Reviewed], approval: Approval) -> Iterator[FileChange]:
    for document in documents:
        path = root / document.source
        try:
            before = path.read_bytes()
            after = replace_value(before, document.source, "review", approval.written(document.review))
        except OSError as fault:
            message = f"không đọc được tệp {document.source}: {reason(fault)}"
            raise OperatorError(message, fix="chưa ghi gì; xem tệp ấy còn ở chỗ cũ không") from None
        except NotEditable:
            raise OperatorError(
                f"không sửa được phần review trong {document.source} mà giữ nguyên mọi chữ khác",
                fix="chưa ghi gì; ghi phần review của tệp ấy bằng tay, theo docs/review.vi.md",
            ) from None
        yield FileChange(path=path, before=before, after=after)


STATUS_WORDS = {"draft": "bản thảo", "reviewed": "đã rà soát", "approved": "đã phê duyệt"}
OVER_WORD = "hết hạn"
KEPT = " (ngày rà soát giữ nguyên)"
USES = {"self-check": "tự kiểm tra", "test": "của đề kiểm tra"}


def approval_table(programme: Programme, today: date) -> str:
    """Returns a table of everything that somebody approves, by course, and how many stand where."""
    groups = list(_groups(programme))
    rows = [(document, review_status(document.review, today)) for _, group in groups for document in group]
    widest = max((len(id_of(document)) for document, _ in rows), default=0)
    lines: list[str] = []
    for heading, group in groups:
        lines += [heading, *(_row(document, today, widest) for document in group), ""]
    words = (*STATUS_WORDS.values(), OVER_WORD)
    counts = ((sum(said == word for _, said in rows), word) for word in words)
    lines.append(
        "Cộng: " + (", ".join(f"{count} {word}" for count, word in counts if count) or "chưa có gì") + "."
    )
    return "\n".join(lines)


def _groups(programme: Programme) -> Iterator[tuple[str, list[Reviewed]]]:
    """Yields headings with their documents; a lesson is in the course of its folder."""
    lessons = list(programme.lessons.values())
    for course in programme.courses.values():
        own = programme.own_lessons_of(course)
        left = [lesson for lesson in lessons if lesson.home == course.id and lesson not in own]
        yield course.title, [course, *own, *left]
    strays: list[Reviewed] = [lesson for lesson in lessons if lesson.home not in programme.courses]
    others: list[tuple[str, list[Reviewed]]] = [
        ("Bài chưa thuộc khóa nào", strays),
        ("Chiến dịch", list(programme.campaigns.values())),
        ("Tờ mẫu", list(programme.forms.values())),
        ("Giáo án", list(programme.lesson_plans.values())),
        ("Tờ bỏ túi", list(programme.pocket_texts.values())),
        ("Trang viết tay", list(programme.pages)),
    ]
    yield from ((heading, group) for heading, group in others if group)


def _row(document: Reviewed, today: date, widest: int) -> str:
    review = document.review
    title = "cả khóa" if isinstance(document, Course) else document.title
    description = title if review.is_draft else f"{title} ({_proof(review)})"
    return f"  {review_status(review, today):<12}  {id_of(document):<{widest}}  {description}"


def review_status(review: Review, today: date) -> str:
    """Returns one of four words for where a review stands."""
    return OVER_WORD if review.is_over(today) else STATUS_WORDS[review.status]


def change_preview(
    programme: Programme, documents: tuple[Reviewed, ...], approval: Approval, today: date
) -> str:
    """Returns what is written to which file, with the questions and lessons that go with it or not."""
    will = _review_words(approval.review(DRAFT), today)
    lines = [f"Sẽ ghi vào {len(documents)} tệp: {will}", ""]
    for number, document in enumerate(documents, 1):
        lines.append(f"{number:>3}. {DOCUMENT_WORDS[type(document)]} “{document.title}”, {document.source}")
        lines.append(
            f"     nay: {_review_words(document.review, today)}{KEPT if document.review.checked else ''}"
        )
    lines += [
        "",
        *_banks_included(programme, documents),
        *_included("các tình huống rẽ nhánh", scenarios_with(programme, documents)),
        *_included("các sơ đồ", flows_with(programme, documents)),
        *_included("các việc quan sát", tasks_with(programme, documents)),
        *_lessons_apart(borrowed_lessons(programme, documents), today),
    ]
    return "\n".join(lines)


def _banks_included(programme: Programme, documents: tuple[Reviewed, ...]) -> Iterator[str]:
    asked = {id for document in documents if isinstance(document, Lesson) for id in document.self_check}
    lines = [_questions(bank, asked) for bank in banks_with(programme, documents)]
    if lines:
        yield from (
            "Gồm cả câu hỏi trong các ngân hàng sau (ngân hàng không có phần review riêng):",
            *lines,
            "",
        )


def _included(kind: str, documents: Iterable[Scenario | Flow | ObservedTask]) -> Iterator[str]:
    lines = [f"  “{each.title}”, {each.source}" for each in documents]
    if lines:
        yield from (f"Gồm cả {kind} sau (không có phần review riêng):", *lines, "")


def _questions(bank: Bank, asked: set[str]) -> str:
    """Returns how many of a bank's questions go with the lessons; all of a test's, since any may be drawn."""
    count = len(asked & bank.questions.keys()) if bank.use == "self-check" else len(bank.questions)
    return f"  {count} câu {USES[bank.use]}: {bank.id}, {bank.source}"


def _lessons_apart(lessons: Iterable[Lesson], today: date) -> Iterator[str]:
    lines = [f"  {lesson.id} ({review_status(lesson.review, today)})" for lesson in lessons]
    if lines:
        yield from ("Không gồm các bài dùng chung, thuộc khóa khác:", *lines, "")


def _review_words(review: Review, today: date) -> str:
    proof = _proof(review)
    checked = f"rà soát {written_day(review.checked)}" if review.checked else ""
    return ", ".join(part for part in (review_status(review, today), proof, checked) if part)


def _proof(review: Review) -> str:
    """Returns the approving office, the paper, the day and the last day, as far as they are known."""
    days = ((review.approved, "ngày"), (review.valid_until, "đến hết"))
    dated = [f"{word} {written_day(day)}" for day, word in days if day]
    return ", ".join([*filter(None, (review.by, review.decision)), *dated])

"""What an approval would write: which documents, with what words, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ...errors import Finding, OperatorError, reason
from ...programme.checks import check
from ...programme.checks.near import near
from ...programme.loading import Loading
from ...programme.loading.editing import NotEditable, edited
from ...programme.model.base import ReadOnly
from ...programme.model.campaign import Campaign
from ...programme.model.course import Course, Lesson
from ...programme.model.programme import HandPage, Programme, Reviewed, id_of
from ...programme.model.question import Bank
from ...programme.model.review import Review
from ...programme.vietnamese import written_day

KINDS: Mapping[type, str] = {
    Course: "khóa học",
    Lesson: "bài",
    Campaign: "chiến dịch",
    HandPage: "trang viết tay",
}


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved, by what paper, on what day, and until when that holds."""

    by: str
    number: str
    approved: date
    valid_until: date | None = None

    def review(self, former: Review) -> Review:
        """Returns what `review` will say; on which day somebody checked the text stays as it was."""
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


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """A file with what it holds and what it is to hold."""

    path: Path
    before: bytes
    after: bytes


def chosen(programme: Programme, ids: Iterable[str]) -> tuple[Reviewed, ...]:
    """Returns what the ids name, a course with its own lessons, each once.

    Raises OperatorError where an id names nothing, or more than one thing.
    """
    found: dict[str, Reviewed] = {}
    for id in ids:
        document = _named(programme, id)
        own = programme.own_lessons_of(document) if isinstance(document, Course) else ()
        found.update({one.source: one for one in (document, *own)})
    return tuple(found.values())


def _named(programme: Programme, id: str) -> Reviewed:
    meant = [one for one in programme.reviewed if id in (id_of(one), one.source)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        files = ", ".join(one.source for one in meant)
        raise OperatorError(
            f"mã “{id}” là của nhiều nội dung", fix=f"ghi đường dẫn của tệp thay cho mã: {files}"
        )
    if id in programme.banks:
        fix = "phê duyệt khóa học dùng nó: phê duyệt khóa gồm cả câu hỏi của khóa"
        raise OperatorError(f"“{id}” là ngân hàng câu hỏi, không phê duyệt riêng", fix=fix)
    close = near(id, [id_of(one) for one in programme.reviewed])
    fix = f"có phải bạn muốn viết “{close}”?" if close else "xem các mã: taphuan approve"
    raise OperatorError(f"không có khóa học, bài, chiến dịch hay trang viết tay nào mã “{id}”", fix=fix)


def banks_with(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Bank, ...]:
    """Returns the banks whose questions are approved with the documents, each once."""
    found: list[Bank] = []
    for document in documents:
        if isinstance(document, Course):
            found += programme.banks_of(document)
        elif isinstance(document, Lesson):
            found += programme.self_check_banks(document)
    return tuple({bank.id: bank for bank in found}.values())


def borrowed(programme: Programme, documents: Iterable[Reviewed]) -> tuple[Lesson, ...]:
    """Returns lessons of other courses that the courses among the documents show, and are not among them."""
    documents = tuple(documents)
    courses = [one for one in documents if isinstance(one, Course)]
    shown = {lesson.id: lesson for course in courses for lesson in programme.lessons_of(course)}
    return tuple(lesson for lesson in shown.values() if lesson not in documents)


def too_early(documents: Iterable[Reviewed], approval: Approval) -> tuple[Reviewed, ...]:
    """Returns the documents that were checked after the day of the approval."""
    return tuple(one for one in documents if one.review.checked and one.review.checked > approval.approved)


def standing_against(
    loading: Loading, programme: Programme, documents: tuple[Reviewed, ...], approval: Approval
) -> tuple[Finding, ...]:
    """Returns findings of the documents, their questions, what all texts share and what could not be read.

    Those that only an approval brings are among them: an approved text names no contact nobody has called.
    """
    files = {one.source for one in (*documents, *banks_with(programme, documents))}
    others = {one.source for one in (*programme.reviewed, *programme.banks.values())} - files
    approved = loading.worded(check(_approved(programme, documents, approval)))
    brought = set(approved).difference(loading.worded(check(programme)))
    found = {one for one in (*loading.findings, *brought) if one.file not in others}
    return tuple(sorted(found, key=lambda one: one.order))


def _approved(programme: Programme, documents: tuple[Reviewed, ...], approval: Approval) -> Programme:
    reviews = {one.source: approval.review(one.review) for one in documents}

    def marked(one: Any) -> Any:
        if one.source not in reviews:
            return one
        fields = {name: getattr(one, name) for name in type(one).model_fields}
        return type(one).model_construct(**{**fields, "review": reviews[one.source]})

    groups = {name: getattr(programme, name) for name in ("courses", "lessons", "campaigns")}
    marked_groups: dict[str, Any] = {
        name: ReadOnly({id: marked(one) for id, one in group.items()}) for name, group in groups.items()
    }
    return replace(programme, **marked_groups, pages=tuple(map(marked, programme.pages)))


def changes(root: Path, documents: Iterable[Reviewed], approval: Approval) -> tuple[FileChange, ...]:
    """Returns the files with what they are to hold; nothing is written.

    Raises OperatorError for a file that has to be changed by hand.
    """
    return tuple(_changes(root, documents, approval))


def _changes(root: Path, documents: Iterable[Reviewed], approval: Approval) -> Iterator[FileChange]:
    for document in documents:
        path = root / document.source
        try:
            before = path.read_bytes()
            after = edited(before, document.source, "review", approval.written(document.review))
        except OSError as fault:
            told = f"không đọc được tệp {document.source}: {reason(fault)}"
            raise OperatorError(told, fix="chưa ghi gì; xem tệp ấy còn ở chỗ cũ không") from None
        except NotEditable:
            raise OperatorError(
                f"không sửa được phần review trong {document.source} mà giữ nguyên mọi chữ khác",
                fix="chưa ghi gì; ghi phần review của tệp ấy bằng tay, theo docs/review.vi.md",
            ) from None
        yield FileChange(path=path, before=before, after=after)

"""Approvals: where they stand, what one more would write, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ..errors import Finding, reason
from ..programme.checks import check_programme
from ..programme.kinds import KINDS, DocumentKind, kind_of, title_of
from ..programme.loader import LoadResult
from ..programme.loader.yaml_edit import NotEditable, replace_value
from ..programme.model.course import Course, Lesson
from ..programme.model.programme import Programme
from ..programme.model.question import Bank
from ..programme.model.values import DRAFT, NamedDocument, ReadOnly, Review, ReviewedDocument
from ..programme.problems import nearest_name
from ..programme.vietnamese import written_day
from .atomic_files import FileChange
from .words import refusal, words, words_at

#: The kinds that are approved with what has them.
INCLUDED = tuple(kind for kind in KINDS if kind.approved_with)


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


def named_documents(programme: Programme, ids: Iterable[str]) -> tuple[ReviewedDocument, ...]:
    """Returns the documents of the ids, a course with its own lessons, each once.

    Raises OperatorError where an id names nothing, or more than one thing.
    """
    named: dict[str, ReviewedDocument] = {}
    for id in ids:
        document = _named_document(programme, id)
        own = programme.own_lessons_of(document) if isinstance(document, Course) else ()
        named.update({reviewed.source: reviewed for reviewed in (document, *own)})
    return tuple(named.values())


def _named_document(programme: Programme, id: str) -> ReviewedDocument:
    meant = [document for document in programme.reviewed if id in (document.id, document.source)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        files = ", ".join(document.source for document in meant)
        raise refusal("approve.many", id=id, files=files)
    for kind in INCLUDED:
        if id in programme.of(kind.model):
            raise refusal("approve.included", id=id, kind=kind.words, how=kind.how_approved)
    close = nearest_name(id, [document.id for document in programme.reviewed])
    *kinds, last = (kind.words for kind in KINDS if kind.is_reviewed)
    key = "approve.near-document" if close else "approve.no-document"
    raise refusal(key, id=id, kinds=", ".join(kinds), last=last, near=close)


def included(
    programme: Programme, kind: DocumentKind[Any], documents: Iterable[ReviewedDocument]
) -> tuple[NamedDocument, ...]:
    """Returns what of a kind is approved with the documents.

    What needs all that have it is left out while another one, a draft, has it too.
    """
    sources = {document.source for document in documents}

    def goes_along(each: NamedDocument) -> bool:
        holders = kind.approved_with(programme, each) if kind.approved_with else ()
        ready = [holder.source in sources or not holder.review.is_draft for holder in holders]
        return any(holder.source in sources for holder in holders) and (all(ready) or not kind.needs_all)

    return tuple(filter(goes_along, programme.of(kind.model).values()))


def borrowed_lessons(programme: Programme, documents: Iterable[ReviewedDocument]) -> tuple[Lesson, ...]:
    """Returns lessons that courses among the documents show from others, unless approved with them."""
    documents = tuple(documents)
    courses = [document for document in documents if isinstance(document, Course)]
    shown = {lesson.id: lesson for course in courses for lesson in programme.lessons_of(course)}
    return tuple(lesson for lesson in shown.values() if lesson not in documents)


def checked_after(documents: Iterable[ReviewedDocument], approval: Approval) -> tuple[ReviewedDocument, ...]:
    """Returns the documents that were checked after the day of the approval."""
    return tuple(
        document
        for document in documents
        if document.review.checked and document.review.checked > approval.approved
    )


def findings_against(
    loading: LoadResult, programme: Programme, documents: tuple[ReviewedDocument, ...], approval: Approval
) -> tuple[Finding, ...]:
    """Returns findings in the documents, in what goes with them, in what texts share, and unreadable files.

    Findings that only an approval brings are among them: an approved text names no contact nobody has called.
    """
    files = {document.source for document in (*documents, *_held(programme, documents))}
    others = {document.source for document in programme.every_document} - files
    approved = loading.worded(check_programme(_programme_approved(programme, documents, approval)))
    brought = set(approved).difference(loading.worded(check_programme(programme)))
    findings = {finding for finding in (*loading.findings, *brought) if finding.file not in others}
    return tuple(sorted(findings, key=lambda finding: finding.order))


def _held(programme: Programme, documents: Iterable[ReviewedDocument]) -> Iterator[NamedDocument]:
    """Yields all that the documents have, whatever else has it too."""
    sources = {document.source for document in documents}
    for kind in INCLUDED:
        for each in programme.of(kind.model).values():
            holders = kind.approved_with(programme, each) if kind.approved_with else ()
            if any(holder.source in sources for holder in holders):
                yield each


def _programme_approved(
    programme: Programme, documents: tuple[ReviewedDocument, ...], approval: Approval
) -> Programme:
    reviews = {document.source: approval.review(document.review) for document in documents}

    def marked(document: Any) -> Any:
        if document.source not in reviews:
            return document
        fields = {name: getattr(document, name) for name in type(document).model_fields}
        return type(document).model_construct(**{**fields, "review": reviews[document.source]})

    groups = {
        model: ReadOnly({id: marked(each) for id, each in group.items()})
        for model, group in programme.documents.items()
    }
    return replace(programme, documents=ReadOnly(groups))


def file_changes(
    root: Path, documents: Iterable[ReviewedDocument], approval: Approval
) -> tuple[FileChange, ...]:
    """Returns the files with their new contents; nothing is written.

    Raises OperatorError for a file that has to be changed by hand.
    """
    return tuple(_file_changes(root, documents, approval))


def _file_changes(
    root: Path, documents: Iterable[ReviewedDocument], approval: Approval
) -> Iterator[FileChange]:
    for document in documents:
        path = root / document.source
        try:
            before = path.read_bytes()
            after = replace_value(before, document.source, "review", approval.written(document.review))
        except OSError as fault:
            raise refusal("approve.unread", file=document.source, reason=reason(fault)) from None
        except NotEditable:
            raise refusal("approve.not-editable", file=document.source) from None
        yield FileChange(path=path, before=before, after=after)


#: The words for where a review stands: draft, reviewed, approved, over.
STATE_WORDS: Mapping[str, str] = words_at("approve.states")


def approval_table(programme: Programme, today: date) -> str:
    """Returns a table of everything that somebody approves, by course, and how many stand where."""
    groups = list(_groups(programme))
    rows = [(document, review_status(document.review, today)) for _, group in groups for document in group]
    widest = max((len(document.id) for document, _ in rows), default=0)
    lines: list[str] = []
    for heading, group in groups:
        lines += [heading, *(_row(document, today, widest) for document in group), ""]
    counts = ((sum(state == word for _, state in rows), word) for word in STATE_WORDS.values())
    listed = ", ".join(f"{count} {word}" for count, word in counts if count)
    lines.append(words("approve.sum", counts=listed) if listed else words("approve.no-sum"))
    return "\n".join(lines)


def _groups(programme: Programme) -> Iterator[tuple[str, list[ReviewedDocument]]]:
    """Yields headings with their documents; a lesson is in the course of its folder."""
    lessons = list(programme.lessons.values())
    for course in programme.courses.values():
        own = programme.own_lessons_of(course)
        left = [lesson for lesson in lessons if lesson.home == course.id and lesson not in own]
        yield course.title, [course, *own, *left]
    strays = [lesson for lesson in lessons if lesson.home not in programme.courses]
    others: list[tuple[str, list[ReviewedDocument]]] = [(words("approve.stray"), [*strays])]
    others += [
        (kind.heading, list(programme.of(kind.model).values()))
        for kind in KINDS
        if kind.is_reviewed and kind.model not in (Course, Lesson)
    ]
    yield from ((heading, group) for heading, group in others if group)


def _row(document: ReviewedDocument, today: date, widest: int) -> str:
    review = document.review
    title = words("approve.whole-course") if isinstance(document, Course) else document.title
    description = title if review.is_draft else f"{title} ({_proof(review)})"
    return f"  {review_status(review, today):<12}  {document.id:<{widest}}  {description}"


def review_status(review: Review, today: date) -> str:
    """Returns one of four words for where a review stands."""
    return STATE_WORDS["over" if review.is_over(today) else review.status]


def change_preview(
    programme: Programme, documents: tuple[ReviewedDocument, ...], approval: Approval, today: date
) -> str:
    """Returns what is written to which file, with the questions and lessons that go with it or not."""
    will = _review_words(approval.review(DRAFT), today)
    lines = [words("approve.will", count=len(documents), review=will), ""]
    for number, document in enumerate(documents, 1):
        named = {"kind": kind_of(document).words, "title": document.title, "file": document.source}
        lines.append(words("approve.document", number=number, **named))
        key = "approve.now-kept" if document.review.checked else "approve.now"
        lines.append(words(key, review=_review_words(document.review, today)))
    lines += [
        "",
        *(line for kind in INCLUDED for line in _included_lines(programme, kind, documents)),
        *_lessons_apart(borrowed_lessons(programme, documents), today),
    ]
    return "\n".join(lines)


def _included_lines(
    programme: Programme, kind: DocumentKind[Any], documents: tuple[ReviewedDocument, ...]
) -> Iterator[str]:
    asked = {id for document in documents if isinstance(document, Lesson) for id in document.self_check}
    lines = [
        _questions(each, asked) if isinstance(each, Bank) else f"  “{title_of(each)}”, {each.source}"
        for each in included(programme, kind, documents)
    ]
    if lines:
        yield from (words("approve.goes-along", kind=kind.words), *lines, "")


def _questions(bank: Bank, asked: set[str]) -> str:
    """Returns how many of a bank's questions go with the lessons; all of a test's, since any may be drawn."""
    count = len(asked & bank.questions.keys()) if bank.use == "self-check" else len(bank.questions)
    return words(f"approve.questions.{bank.use}", count=count, id=bank.id, file=bank.source)


def _lessons_apart(lessons: Iterable[Lesson], today: date) -> Iterator[str]:
    lines = [f"  {lesson.id} ({review_status(lesson.review, today)})" for lesson in lessons]
    if lines:
        yield from (words("approve.apart"), *lines, "")


def _review_words(review: Review, today: date) -> str:
    proof = _proof(review)
    checked = words("approve.checked", day=written_day(review.checked)) if review.checked else ""
    return ", ".join(part for part in (review_status(review, today), proof, checked) if part)


def _proof(review: Review) -> str:
    """Returns the approving office, the paper, the day and the last day, as far as they are known."""
    days = ((review.approved, "approve.day"), (review.valid_until, "approve.until"))
    dated = [words(key, day=written_day(day)) for day, key in days if day]
    return ", ".join([*filter(None, (review.by, review.decision)), *dated])

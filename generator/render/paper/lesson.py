"""A lesson as it stands on paper: for the learner, so without answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from ...programme import addresses
from ...programme.model.contact import Contact
from ...programme.model.course import Course, Lesson
from ...programme.model.question import Choice, Matching, Ordering, Question
from ..prose import Note, Notes
from ..typography import demoted
from .desk import Desk, short


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question without its answer; `partners` are the right side of a matching."""

    kind: str
    stem: Markup
    options: tuple[Markup, ...] = ()
    partners: tuple[Markup, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A document that notes point into, said once."""

    short: str
    title: str
    status: str
    checked: str


@dataclass(frozen=True, kw_only=True)
class LessonOnPaper:
    """What the template shows. Its own sections are headings of `level`."""

    anchor: str
    level: int
    within: str
    number: int
    count: int
    minutes: int
    title: str
    summary: Markup
    is_draft: bool
    objectives: tuple[Markup, ...]
    body: Markup
    key_points: tuple[Markup, ...]
    questions: tuple[Asked, ...]
    contacts: tuple[Contact, ...]
    notes: tuple[Note, ...]
    documents: tuple[Cited, ...]
    address: str


def lesson_on_paper(
    desk: Desk, course: Course, lesson: Lesson, notes: Notes, *, within: str, level: int = 2
) -> LessonOnPaper:
    """The lesson of `course`; what it cites and whom it names is gathered in `notes`.

    `within` is the title of what it stands in.
    """
    anchor = lesson.id.replace("/", "-")
    objectives = desk.programme.courses[lesson.home].objectives

    def inline(text: str) -> Markup:
        return _anchored(desk.prose.print_inline(text, notes), anchor)

    def body() -> Markup:
        html = desk.prose.print_html(lesson.body, notes, lesson.source)
        return _anchored(demoted(html) if level > 2 else html, anchor)

    # Notes are numbered as they are met, so this is the order of reading.
    return LessonOnPaper(
        anchor=anchor,
        level=level,
        within=within,
        number=course.lesson_ids.index(lesson.id) + 1,
        count=len(course.lesson_ids),
        minutes=lesson.minutes,
        title=lesson.title,
        summary=inline(lesson.summary),
        is_draft=lesson.review.is_draft,
        objectives=tuple(inline(objectives[id]) for id in lesson.objectives if id in objectives),
        body=body(),
        key_points=tuple(map(inline, lesson.key_points)),
        questions=tuple(_asked(id, question, inline) for id, question in _self_checks(desk, lesson)),
        contacts=desk.contacts(notes.contacts),
        notes=tuple(notes.notes),
        documents=_documents(desk, notes),
        address=short(desk.address(addresses.lesson(lesson.id))),
    )


def _anchored(html: Markup, anchor: str) -> Markup:
    """Note links of this lesson's own: several lessons may stand in one sheet."""
    return Markup(html.replace('href="#note-', f'href="#{anchor}-note-'))


def _documents(desk: Desk, notes: Notes) -> tuple[Cited, ...]:
    shorts = {document.title: document.short for document in desk.programme.register.documents.values()}
    found = (
        Cited(short=shorts[note.title], title=note.title, status=note.status, checked=note.checked)
        for note in notes.notes
    )
    return tuple(dict.fromkeys(found))


def _self_checks(desk: Desk, lesson: Lesson) -> Iterator[tuple[str, Question]]:
    """The lesson's questions; one of a test never gets onto paper, named here or not."""
    for id in lesson.self_check:
        bank, question = desk.programme.questions.get(id, (None, None))
        if bank and question and bank.use == "self-check":
            yield id, question


def _asked(id: str, question: Question, inline: Callable[[str], Markup]) -> Asked:
    stem = inline(question.stem)
    if isinstance(question, Choice):
        texts = {key: option.text for key, option in question.options.items()}
        return Asked(kind=question.kind, stem=stem, options=_mixed(id, texts, inline))
    if isinstance(question, Matching):
        lefts = tuple(inline(pair.left) for pair in question.pairs.values())
        rights = {key: pair.right for key, pair in question.pairs.items()}
        return Asked(kind=question.kind, stem=stem, options=lefts, partners=_mixed(id, rights, inline))
    if isinstance(question, Ordering):
        texts = {key: item.text for key, item in question.items.items()}
        return Asked(kind=question.kind, stem=stem, options=_mixed(id, texts, inline))
    return Asked(kind=question.kind, stem=stem)


def _mixed(seed: str, texts: Mapping[str, str], inline: Callable[[str], Markup]) -> tuple[Markup, ...]:
    """Each text once, in an order that is always the same and never the author's."""
    written = tuple(texts)
    mixed = tuple(sorted(written, key=lambda key: sha256(f"{seed}/{key}".encode()).digest()))
    if mixed == written:
        mixed = (*mixed[1:], mixed[0])
    return tuple(inline(texts[key]) for key in mixed)

"""A lesson as it stands on paper: for the learner, so without answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from markupsafe import Markup

from ...programme import addresses
from ...programme.model.contact import Contact
from ...programme.model.course import Course, Lesson, Module
from ...programme.model.programme import Programme
from ...programme.model.question import Choice, Matching, Ordering, Question
from ...programme.self_study import lesson_minutes
from ..prose import Note, Notes, Prose
from ..templating import day
from ..typography import demoted
from .address import full_address, short
from .contact import offered, places


@dataclass(frozen=True, kw_only=True)
class PrintedQuestion:
    """A question without its answer; `partners` are the right side of a matching."""

    kind: str
    stem: Markup
    options: tuple[Markup, ...] = ()
    partners: tuple[Markup, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CitedDocument:
    """A document that notes point into, said once."""

    short: str
    title: str
    status: str


@dataclass(frozen=True, kw_only=True)
class LessonOnPaper:
    """What the template shows. Its own sections are headings of `level`."""

    id: str
    anchor: str
    level: int
    within: str
    number: int
    count: int
    minutes: int
    """In class."""
    self_study: int
    """Minutes that somebody alone takes."""
    title: str
    summary: Markup
    is_draft: bool
    objectives: tuple[Markup, ...]
    body: Markup
    key_points: tuple[Markup, ...]
    questions: tuple[PrintedQuestion, ...]
    contacts: tuple[Contact, ...]
    places: tuple[Contact, ...]
    """Where else to go."""
    notes: tuple[Note, ...]
    documents: tuple[CitedDocument, ...]
    law_note: str
    """Up to what day the register was checked, and what it says of itself."""
    terms: tuple[str, ...]
    """Ids of the glossary's terms that the lesson uses."""
    names: tuple[str, ...]
    """Ids of the contacts that it names."""
    address: str

    def within_book(self, course: Course, module: Module) -> LessonOnPaper:
        """The same lesson as a part of a handbook, one level down."""
        return replace(
            self,
            level=3,
            body=demoted(self.body),
            within=module.title,
            number=course.lesson_ids.index(self.id) + 1,
            count=len(course.lesson_ids),
        )


def lessons_on_paper(programme: Programme, prose: Prose, site_url: str) -> dict[str, LessonOnPaper]:
    """By id, every lesson that a course has."""
    return {
        lesson.id: _on_paper(programme, prose, site_url, lesson)
        for lesson in programme.lessons.values()
        if programme.courses_with(lesson)
    }


def first_course(programme: Programme, lesson: Lesson) -> Course:
    """Its own course, else the first of those that use it."""
    courses = programme.courses_with(lesson)
    return next((course for course in courses if course.id == lesson.home), courses[0])


def _on_paper(programme: Programme, prose: Prose, site_url: str, lesson: Lesson) -> LessonOnPaper:
    notes = Notes()
    course = first_course(programme, lesson)
    anchor = lesson.id.replace("/", "-")

    def inline(text: str) -> Markup:
        return _anchored(prose.print_inline(text, notes), anchor)

    # Notes are numbered as they are met, so this is the order of reading.
    return LessonOnPaper(
        id=lesson.id,
        anchor=anchor,
        level=2,
        within=course.title,
        number=course.lesson_ids.index(lesson.id) + 1,
        count=len(course.lesson_ids),
        minutes=lesson.minutes,
        self_study=lesson_minutes(programme, lesson),
        title=lesson.title,
        summary=inline(lesson.summary),
        is_draft=lesson.review.is_draft,
        objectives=tuple(
            inline(course.objectives[id]) for id in lesson.objectives if id in course.objectives
        ),
        body=_anchored(prose.print_html(lesson.body, notes, lesson.source), anchor),
        key_points=tuple(map(inline, lesson.key_points)),
        questions=tuple(_asked(id, question, inline) for id, question in _self_checks(programme, lesson)),
        contacts=offered(programme, notes.contacts),
        places=places(programme, besides=notes.contacts),
        notes=tuple(notes.notes),
        documents=_documents(programme, notes),
        law_note=f"Hiệu lực được kiểm tra đến {day(programme.register.checked_until)}. "
        f"{programme.register.notice}",
        terms=tuple(notes.terms),
        names=tuple(notes.contacts),
        address=short(full_address(site_url, addresses.lesson(lesson.id))),
    )


def _anchored(html: Markup, anchor: str) -> Markup:
    """Note links of this lesson's own: several lessons may stand in one sheet."""
    return Markup(str(html).replace('href="#note-', f'href="#{anchor}-note-'))


def _documents(programme: Programme, notes: Notes) -> tuple[CitedDocument, ...]:
    shorts = {document.title: document.short for document in programme.register.documents.values()}
    found = (
        CitedDocument(short=shorts[note.title], title=note.title, status=note.status) for note in notes.notes
    )
    return tuple(dict.fromkeys(found))


def _self_checks(programme: Programme, lesson: Lesson) -> Iterator[tuple[str, Question]]:
    """The lesson's questions; one of a test never gets onto paper, named here or not."""
    for id in lesson.self_check:
        bank, question = programme.questions.get(id, (None, None))
        if bank and question and bank.use == "self-check":
            yield id, question


def _asked(id: str, question: Question, inline: Callable[[str], Markup]) -> PrintedQuestion:
    stem = inline(question.stem)
    if isinstance(question, Choice):
        texts = {key: option.text for key, option in question.options.items()}
        return PrintedQuestion(kind=question.kind, stem=stem, options=_mixed(id, texts, inline))
    if isinstance(question, Matching):
        lefts = tuple(inline(pair.left) for pair in question.pairs.values())
        rights = {key: pair.right for key, pair in question.pairs.items()}
        return PrintedQuestion(
            kind=question.kind, stem=stem, options=lefts, partners=_mixed(id, rights, inline)
        )
    if isinstance(question, Ordering):
        texts = {key: item.text for key, item in question.items.items()}
        return PrintedQuestion(kind=question.kind, stem=stem, options=_mixed(id, texts, inline))
    return PrintedQuestion(kind=question.kind, stem=stem)


def _mixed(seed: str, texts: Mapping[str, str], inline: Callable[[str], Markup]) -> tuple[Markup, ...]:
    """Each text once, in an order that is always the same and never the author's."""
    written = tuple(texts)
    mixed = tuple(sorted(written, key=lambda key: sha256(f"{seed}/{key}".encode()).digest()))
    if mixed == written:
        mixed = (*mixed[1:], mixed[0])
    return tuple(inline(texts[key]) for key in mixed)

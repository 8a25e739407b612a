"""Checks of audiences: what is marked for adults stands nowhere that somebody under age may read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..audience_gate import blocks_of, readers_of, shown_in
from ..kinds import BY_MODEL, kind_of
from ..model.course import Course, Lesson
from ..model.flow import Flow
from ..model.pointer import pointers_in
from ..model.programme import Programme
from ..model.question import Bank
from ..model.registers import Ages
from ..model.values import Document
from ..problems import Place, Problem, place_of
from .links import inner_links
from .named_ids import ids_under
from .passages import Passage

#: Of each class whose texts are only in part read by whom a document is for, what is for its leader.
IS_FOR_LEADER = {model.__name__: kind.is_for_leader for model, kind in BY_MODEL.items()}
YOUNGEST_LAST: tuple[Ages, ...] = ("adults", "all", "minors")


def check_audiences(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    gate = _Gate(programme)
    for passage in passages:
        ages = gate.ages_at(passage)
        if ages != "adults":
            yield from _blocks(passage)
            yield from _shown(programme, passage)
            yield from _contacts_in(gate, passage)
        if ages == "minors":
            yield from _links(gate, passage)
    for document in programme.every_document:
        if gate.ages[document.source] != "adults":
            yield from _contacts_of(gate, document)
    for course in programme.courses.values():
        if gate.ages[course.source] != "adults":
            yield from _lessons(gate, course)
            yield from _draws(programme, course)
    for lesson in programme.lessons.values():
        if gate.ages[lesson.source] != "adults":
            yield from _questions(programme, lesson)
    yield from _openings(gate)


@dataclass(frozen=True)
class _Gate:
    """Knows what is for whom in a programme, asked once for all its texts."""

    programme: Programme

    @cached_property
    def ages(self) -> Mapping[str, Ages]:
        """The youngest who are meant to read a document, by its file."""
        every = self.programme.every_document
        return {document.source: readers_of(self.programme, document).ages for document in every}

    @cached_property
    def contacts(self) -> frozenset[str]:
        """The contacts that are for adults."""
        known = self.programme.contacts.contacts
        return frozenset(id for id, contact in known.items() if contact.readers)

    @cached_property
    def asked(self) -> Mapping[str, Ages]:
        """The youngest who are asked a question, by its id, in a self-check or a test."""
        asked = [
            (self.ages[lesson.source], id)
            for lesson in self.programme.lessons.values()
            for id in lesson.self_check
        ]
        for course in self.programme.courses.values():
            asked += [(self.ages[course.source], id) for _, id, _ in _drawn(self.programme, course)]
        return {id: ages for ages, id in sorted(asked, key=lambda pair: YOUNGEST_LAST.index(pair[0]))}

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The titles of pages for adults, by their addresses (no slashes around them) and by their files."""
        pages: dict[str, str] = {}
        for document in self.programme.reviewed:
            address = kind_of(document).address
            if address and self.ages[document.source] == "adults":
                pages |= dict.fromkeys((address(document).strip("/"), document.source), document.title)
        return pages

    def ages_at(self, passage: Passage) -> Ages:
        """Returns the youngest who are meant to read a text: everyone where its file names nobody."""
        if passage.path and passage.kind in IS_FOR_LEADER and IS_FOR_LEADER[passage.kind](passage.path):
            return "adults"
        if passage.kind == "Bank":
            return self.asked.get(str(passage.path[1]), "adults") if len(passage.path) > 1 else "adults"
        return self.ages.get(passage.file, "all")


def _blocks(passage: Passage) -> Iterator[Problem]:
    for block in blocks_of(passage.text) if passage.is_markdown else ():
        if block.is_for_adults:
            place = passage.at(block.start, block.line)
            yield Problem(code="adults-block", place=place, values={"found": block.line})


def _shown(programme: Programme, passage: Passage) -> Iterator[Problem]:
    for shown in shown_in(programme, passage.text) if passage.is_body else ():
        if shown.document.readers:
            place = passage.at(shown.start, shown.id)
            values = {"id": shown.id, "file": shown.document.source}
            yield Problem(code="adults-document", place=place, values=values)


def _contacts_in(gate: _Gate, passage: Passage) -> Iterator[Problem]:
    for pointer in pointers_in(passage.text) if gate.contacts else ():
        if pointer.kind == "contact" and pointer.id in gate.contacts:
            place = passage.at(pointer.start, pointer.written)
            yield Problem(code="adults-contact", place=place, values={"id": pointer.id})


def _contacts_of(gate: _Gate, document: Document) -> Iterator[Problem]:
    for path, id in ids_under("contacts", document):
        if id in gate.contacts:
            yield Problem(code="adults-contact", place=place_of(document, *path), values={"id": id})
    for path, calls in document.named_calls if isinstance(document, Flow) else ():
        for id in calls:
            if id in gate.contacts:
                place = replace(place_of(document, *path, id), at_key=True)
                yield Problem(code="adults-contact", place=place, values={"id": id})


def _links(gate: _Gate, passage: Passage) -> Iterator[Problem]:
    """Yields links from a text for somebody under age to a page for adults; lists of everything have some."""
    for link in inner_links(passage.text) if passage.is_markdown else ():
        path = link.target.partition("#")[0]
        folder = posixpath.dirname(passage.file)
        named = path.strip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        if path and named in gate.pages:
            values = {"target": link.target, "title": gate.pages[named]}
            yield Problem(code="adults-link", place=passage.at(link.start, link.target), values=values)


def _openings(gate: _Gate) -> Iterator[Problem]:
    """Yields doors of the home page that lead somebody under age to a page for adults."""
    for id, audience in gate.programme.audiences.items():
        address = (audience.opens or "").partition("#")[0].strip("/")
        if audience.ages == "minors" and address in gate.pages:
            place = Place(file="content/programme/audiences.yml", path=(id, "opens"))
            values = {"target": audience.opens or "", "title": gate.pages[address]}
            yield Problem(code="adults-link", place=place, values=values)


def _lessons(gate: _Gate, course: Course) -> Iterator[Problem]:
    """Yields the lessons that a course shares of a course for adults: their pages stand there."""
    courses = gate.programme.courses
    for number, module in enumerate(course.modules):
        for index, name in enumerate(module.lessons):
            home = courses.get(course.lesson_id(name).split("/")[0])
            if home and gate.ages[home.source] == "adults":
                place = place_of(course, "modules", number, "lessons", index)
                yield Problem(code="adults-lesson", place=place, values={"id": name, "course": home.title})


def _questions(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    for index, id in enumerate(lesson.self_check):
        bank, question = programme.questions.get(id, (None, None))
        if bank and question and (bank.readers or question.readers):
            place = place_of(lesson, "self_check", index)
            yield Problem(code="adults-question", place=place, values={"id": id, "file": bank.source})


def _draws(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields each question for adults that a course's test may draw, where it first may; of a bank, one."""
    seen: set[str] = set()
    for index, id, bank in _drawn(programme, course):
        marked = bank.id if bank.readers else id
        if marked not in seen and (bank.readers or bank.questions[id].readers):
            place = place_of(course, "test", "draw", index, "bank")
            yield Problem(code="adults-question", place=place, values={"id": id, "file": bank.source})
            seen.add(marked)


def _drawn(programme: Programme, course: Course) -> Iterator[tuple[int, str, Bank]]:
    """Yields the questions that a course's test may draw, each with the index of the draw and its bank."""
    for index, draw in enumerate(course.test.draw if course.test else ()):
        if bank := programme.banks.get(draw.bank):
            yield from ((index, id, bank) for id, _ in programme.drawable(course, bank, draw.objective))

"""The last day on which a text is right: none stands past it, and none that rests on it lasts longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..law import citation_words
from ..model.course import Course
from ..model.pointer import Pointer, pointers
from ..model.programme import Programme
from ..model.reference import Reference
from ..problems import Place, Problem
from ..supply import supplies
from ..vietnamese import written_day
from .passages import Passage, place_of


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    yield from _over(programme)
    yield from _cited(programme, passages)
    for course in programme.courses.values():
        yield from _left(programme, course)


def cited_law(programme: Programme, passage: Passage) -> Iterator[tuple[Pointer, Reference]]:
    """Yields each citation of law that a text rests on; whoever cites a former text rests on nothing."""
    for pointer in pointers(passage.text):
        reference = programme.register.documents.get(pointer.id)
        if pointer.kind == "reference" and not pointer.is_former and reference:
            yield pointer, reference


# --- what is over --------------------------------------------------------------------------


def _over(programme: Programme) -> Iterator[Problem]:
    as_of = programme.charter.as_of
    for code, id, place, day in _own_days(programme):
        if day and day < as_of:
            values = {"id": id, "day": written_day(day), "on": written_day(as_of)}
            yield Problem(code=code, place=place, values=values)


def _own_days(programme: Programme) -> Iterator[tuple[str, str, Place, date | None]]:
    """Yields whatever may have a day: the code of its finding, its id, where its day stands, the day."""
    for id, (bank, question) in programme.questions.items():
        yield "question-over", id, place_of(bank, "questions", id, "valid_until"), question.valid_until
    for id, reference in programme.register.documents.items():
        for keys, statement in reference.all_statements():
            place = place_of(programme.register, "documents", id, *keys, "valid_until")
            yield "statement-over", id, place, statement.valid_until
    for id, entry in programme.terms.glossary.items():
        place = place_of(programme.terms, "glossary", id, "valid_until")
        yield "statement-over", id, place, entry.valid_until


# --- what rests on law ---------------------------------------------------------------------


class _Resting(NamedTuple):
    """A citation of law that the register is right of until a day."""

    day: date
    place: Place
    law: str


def _cited(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields texts of a later day than the law in them is right, and questions that may be asked on one."""
    earliest: dict[str, _Resting] = {}
    for passage in passages:
        is_question = passage.kind == "Bank" and passage.path[0] == "questions"
        for found in _resting(programme, passage):
            if is_question:
                id = str(passage.path[1])
                earliest[id] = min(earliest.get(id, found), found, key=lambda one: one.day)
            elif found.day < passage.on:
                yield _problem("statement-over-cited", found, on=written_day(passage.on))
    for id, found in earliest.items():
        if programme.questions[id][1].is_right_on(found.day + timedelta(days=1)):
            yield _problem("question-outlives-law", found, id=id)


def _resting(programme: Programme, passage: Passage) -> Iterator[_Resting]:
    """Yields the citations that have a last day; law that is over already is found by its pointer."""
    for pointer, reference in cited_law(programme, passage):
        spans = reference.spans(pointer.locator)
        days = [span.last_day for span in spans if span.last_day]
        if days and all(span.was_in_force(passage.on) for span in spans):
            place = passage.at(pointer.start, pointer.written)
            yield _Resting(min(days), place, citation_words(reference, pointer.locator))


def _problem(code: str, found: _Resting, **values: str) -> Problem:
    said = {"law": found.law, "day": written_day(found.day), **values}
    return Problem(code=code, place=found.place, values=said)


# --- what is left of a bank ----------------------------------------------------------------


def _left(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields banks that are large enough for a test, but not without the questions that are over."""
    as_of, told = programme.charter.as_of, set[int]()
    for supply in supplies(programme, course):
        left = supply.left(as_of)
        if left < supply.needed <= len(supply.questions) and supply.draw not in told:
            told.add(supply.draw)
            place = place_of(course, "test", "draw", supply.draw, "bank")
            values = {"id": supply.bank.id, "take": str(supply.needed), "there": str(left)}
            yield Problem(
                code="bank-left-too-small", place=place, values={**values, "on": written_day(as_of)}
            )

"""Checks of what a text rests on: approvals, open decisions, and law that is right only until a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ..course_figures import question_supplies
from ..model.course import Course
from ..model.plan import DECISIONS
from ..model.programme import Programme
from ..model.registers import citation_words
from ..problems import Path, Place, Problem, place_of, unknown_name
from ..vietnamese import written_day
from .links import cited_law
from .passages import Passage
from .wording import unwritten_texts


def check_approvals(programme: Programme) -> Iterator[Problem]:
    """Yields approvals that do not name who approved, by what decision and when."""
    for document in programme.reviewed:
        review = document.review
        if review.status == "approved":
            missing = [key for key in ("by", "decision", "approved") if getattr(review, key) is None]
            if missing:
                values = {"missing": ", ".join(missing)}
                yield Problem(
                    code="approval-without-proof", place=place_of(document, "review"), values=values
                )


def unreviewed(programme: Programme) -> Iterator[Problem]:
    """Yields drafts, approvals that are over, contacts with an open condition, and unfilled patterns."""
    as_of = programme.charter.as_of
    for document in programme.reviewed:
        review = document.review
        if review.is_draft:
            yield Problem(code="not-approved", place=place_of(document, "review", "status"))
        elif review.valid_until and review.valid_until < as_of:
            values = {"day": written_day(review.valid_until)}
            yield Problem(
                code="approval-over", place=place_of(document, "review", "valid_until"), values=values
            )
    for id, contact in programme.contacts.contacts.items():
        if contact.publish and not contact.is_ready:
            place = Place(file=programme.contacts.source, path=("contacts", id, "condition"))
            values = {"id": id, "condition": contact.condition or ""}
            yield Problem(code="contact-not-ready", place=place, values=values)
    yield from unwritten_texts(programme)


def check_topics(programme: Programme) -> Iterator[Problem]:
    """Yields documents of law about a topic that their register does not have."""
    register = programme.register
    for id, document in register.documents.items():
        if document.topic not in register.topics:
            place = Place(file=register.source, path=("documents", id, "topic"))
            yield unknown_name("topic", place, document.topic, register.topics)


def check_decisions(programme: Programme) -> Iterator[Problem]:
    for id in programme.decisions:
        yield from _named(programme, id)
    yield from _assumed(programme)


def _named(programme: Programme, id: str) -> Iterator[Problem]:
    decision = programme.decisions[id]
    if not decision.who:
        yield Problem(code="no-one-decides", place=_place(id, "who"), values={"id": id})
    for index, unit in enumerate(decision.who):
        if unit not in programme.units.agencies:
            yield unknown_name("unit", _place(id, "who", index), unit, programme.units.agencies)
    for index, course in enumerate(decision.courses):
        if course not in programme.courses:
            yield unknown_name("course", _place(id, "courses", index), course, programme.courses)


def _assumed(programme: Programme) -> Iterator[Problem]:
    """Yields what rests on no known decision, and targets where the meaning of "regularly" is left out."""
    charter = programme.charter
    resting: list[tuple[Path, tuple[str, ...]]] = [(("regular", "assumes"), charter.regular.assumes)]
    for id, target in charter.targets.items():
        resting.append((("targets", id, "assumes"), target.assumes))
        if target.measure == "communication" and "regular" not in charter.model_fields_set:
            place = place_of(charter, "targets", id)
            yield Problem(code="regular-left-out", place=place, values={"id": id})
    for path, named in resting:
        for index, decision in enumerate(named):
            if decision not in programme.decisions:
                place = place_of(charter, *path, index)
                yield unknown_name("decision", place, decision, programme.decisions)


def _place(id: str, *path: str | int) -> Place:
    return Place(file=DECISIONS, path=(id, *path))


def check_last_days(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    yield from _over(programme)
    yield from _cited(programme, passages)
    for course in programme.courses.values():
        yield from _left(programme, course)


# --- what is over --------------------------------------------------------------------------


def _over(programme: Programme) -> Iterator[Problem]:
    as_of = programme.charter.as_of
    for code, id, place, day in _own_days(programme):
        if day and day < as_of:
            values = {"id": id, "day": written_day(day), "on": written_day(as_of)}
            yield Problem(code=code, place=place, values=values)


def _own_days(programme: Programme) -> Iterator[tuple[str, str, Place, date | None]]:
    """Yields all that may have a last day: the code of its finding, its id, the place of the day, the day."""
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
    """A citation of law that the register is right about until a day."""

    day: date
    place: Place
    law: str


def _cited(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields texts that speak later than their law is right, and questions that may be asked later."""
    earliest: dict[str, _Resting] = {}
    for passage in passages:
        is_question = passage.kind == "Bank" and passage.path[0] == "questions"
        for citation in _resting(programme, passage):
            if is_question:
                id = str(passage.path[1])
                earliest[id] = min(earliest.get(id, citation), citation, key=lambda resting: resting.day)
            elif citation.day < passage.on:
                yield _problem("statement-over-cited", citation, on=written_day(passage.on))
    for id, citation in earliest.items():
        if programme.questions[id][1].is_right_on(citation.day + timedelta(days=1)):
            yield _problem("question-outlives-law", citation, id=id)


def _resting(programme: Programme, passage: Passage) -> Iterator[_Resting]:
    """Yields the citations that have a last day; law that is over already is found by `check_pointers`."""
    for pointer, reference in cited_law(programme, passage):
        spans = reference.spans(pointer.locator)
        days = [span.last_day for span in spans if span.last_day]
        if days and all(span.was_in_force(passage.on) for span in spans):
            place = passage.at(pointer.start, pointer.written)
            yield _Resting(min(days), place, citation_words(reference, pointer.locator))


def _problem(code: str, citation: _Resting, **values: str) -> Problem:
    all_values = {"law": citation.law, "day": written_day(citation.day), **values}
    return Problem(code=code, place=citation.place, values=all_values)


# --- what is left of a bank ----------------------------------------------------------------


def _left(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields banks large enough for a test, but not without the questions whose last day has passed."""
    as_of, reported = programme.charter.as_of, set[int]()
    for supply in question_supplies(programme, course):
        left = supply.left(as_of)
        if left < supply.needed <= len(supply.questions) and supply.draw not in reported:
            reported.add(supply.draw)
            place = place_of(course, "test", "draw", supply.draw, "bank")
            values = {"id": supply.bank.id, "take": str(supply.needed), "there": str(left)}
            yield Problem(
                code="bank-left-too-small", place=place, values={**values, "on": written_day(as_of)}
            )

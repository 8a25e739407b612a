"""Pointers in running text: the law cited exists and was in force, contacts may be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.pointer import Pointer, malformed, pointers
from ..model.programme import Programme
from ..model.reference import Reference
from ..problems import Problem
from .near import near, unknown
from .passages import Passage, passages


def check(programme: Programme) -> Iterator[Problem]:
    checks: dict[str, Callable[[Programme, Passage, Pointer], Iterator[Problem]]] = {
        "reference": _citation,
        "contact": _contact,
        "term": _term,
        "target": _target,
    }
    for passage in passages(programme):
        for start, written in malformed(passage.text):
            place = passage.at(start, written)
            yield Problem(code="malformed-pointer", place=place, values={"found": written})
        for pointer in pointers(passage.text):
            yield from checks[pointer.kind](programme, passage, pointer)


def _citation(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    documents = programme.register.documents
    place = passage.at(pointer.start, pointer.written)
    reference = documents.get(pointer.id)
    if reference is None:
        yield unknown("reference", place, pointer.id, documents)
    elif reference.divided_by == "points":
        if pointer.locator and pointer.locator not in programme.plan_points:
            yield unknown("point", place, pointer.locator, programme.plan_points, about="charter")
    else:
        yield from _article(reference, passage, pointer)


def _article(reference: Reference, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    place = passage.at(pointer.start, pointer.written)
    article, _, clause = pointer.locator.partition(".")
    values = {"id": pointer.id, "article": article, "clause": clause, "number": reference.number}
    if article and article not in reference.articles:
        known = near(article, reference.articles)
        yield Problem(code="unknown-article", place=place, values=values, suggestion=known)
        return
    if clause and (clauses := reference.articles[article].clauses):
        named = {key.split(".")[0] for key in clauses} | set(clauses)
        if clause not in named and clause.split(".")[0] not in clauses:
            yield Problem(code="unknown-clause", place=place, values=values, suggestion=near(clause, clauses))
            return
    in_force = all(span.was_in_force(passage.on) for span in reference.spans(pointer.locator))
    if not in_force and not pointer.is_former:
        day = {"day": f"{passage.on:%d/%m/%Y}"}
        yield Problem(
            code="law-not-in-force", place=place, values={**values, **day, "written": pointer.written[:-1]}
        )


def _contact(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    place = passage.at(pointer.start, pointer.written)
    contact = programme.contacts.contacts.get(pointer.id)
    if contact is None:
        yield unknown("contact", place, pointer.id, programme.contacts.contacts)
    elif not contact.publish:
        yield Problem(code="contact-not-publishable", place=place, values={"id": pointer.id})


def _term(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    if pointer.id not in programme.terms.glossary:
        place = passage.at(pointer.start, pointer.written)
        yield unknown("term", place, pointer.id, programme.terms.glossary)


def _target(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    if pointer.id not in programme.charter.targets:
        place = passage.at(pointer.start, pointer.written)
        yield unknown("target", place, pointer.id, programme.charter.targets)

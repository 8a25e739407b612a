"""Pointers in running text: the law cited exists and was in force, contacts may be published."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from ..model.pointer import FORMER, KINDS, POINTER, UNCHECKED, Pointer, malformed, pointers
from ..model.programme import Programme
from ..model.reference import Reference
from ..problems import Place, Problem
from ..vietnamese import slug, written_day
from .near import near, unknown
from .passages import Passage

#: What people write between a document and its article.
PARTED = re.compile(r"\s*[:.]\s*|\s+")
ARTICLE = re.compile(r"^\s*(?:điều|đ\.|mục|điểm)\s*", re.IGNORECASE)


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    checks: dict[str, Callable[[Programme, Passage, Pointer], Iterator[Problem]]] = {
        "reference": _citation,
        "contact": _contact,
        "term": _term,
        "target": _target,
    }
    for passage in passages:
        for start, written in malformed(passage.text):
            place, values = passage.at(start, written), {"found": written}
            meant = _mended(programme, written)
            yield Problem(code="malformed-pointer", place=place, values=values, suggestion=meant)
        for pointer in pointers(passage.text):
            yield from checks[pointer.kind](programme, passage, pointer)


def _mended(programme: Programme, written: str) -> str:
    """Returns the pointer that was meant, or nothing where that is not clear."""
    inner, bar, words = written.strip("[]() .,;").partition("|")
    kind, _, id = ("@", "", inner[1:].strip()) if inner.startswith("@") else inner.partition(":")
    kind = KINDS.get(kind.strip().lower(), kind.strip().lower())
    if kind == "@":
        id, _, locator = PARTED.sub(":", id, count=1).partition(":")
        locator = ARTICLE.sub("", locator).replace(" ", "")
    else:
        id, locator = slug(id), ""
    known = _known(programme, kind)
    id = id if id in known else near(id.lower(), known)
    pointer = f"[{kind}{id}" if kind == "@" else f"[{kind}:{id}"
    pointer += f"{':' * bool(locator)}{locator}{bar}{words.strip()}]"
    return pointer if id and POINTER.fullmatch(pointer) and locator.replace("đ", "d").isascii() else ""


def _known(programme: Programme, kind: str) -> Collection[str]:
    known: dict[str, Collection[str]] = {
        "@": programme.register.documents,
        "contact": programme.contacts.contacts,
        "term": programme.terms.glossary,
        "target": programme.charter.targets,
    }
    return known.get(kind, ())


def _place(passage: Passage, pointer: Pointer) -> Place:
    return passage.at(pointer.start, pointer.written)


def _citation(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    documents = programme.register.documents
    reference = documents.get(pointer.id)
    if reference is None:
        yield unknown("reference", _place(passage, pointer), pointer.id, documents)
    elif reference.divided_by == "points":
        known = programme.plan_points
        if pointer.locator and pointer.locator not in known:
            yield unknown("point", _place(passage, pointer), pointer.locator, known, about="charter")
    else:
        yield from (
            _missing_part(reference, passage, pointer)
            or _force(reference, passage, pointer)
            or _certainty(reference, passage, pointer)
        )


def _missing_part(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    """The article or clause that the register does not have."""
    article, _, clause = pointer.locator.partition(".")
    values = {"article": article, "clause": clause, "number": reference.number}
    if article and article not in reference.articles:
        code, known = "unknown-article", near(article, reference.articles)
    elif article and not reference.articles[article].has_clause(clause):
        code, known = "unknown-clause", near(clause, reference.articles[article].clauses)
    else:
        return ()
    return (Problem(code=code, place=_place(passage, pointer), values=values, suggestion=known),)


def _force(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    in_force = all(span.was_in_force(passage.on) for span in reference.spans(pointer.locator))
    if in_force != pointer.is_former:
        return ()
    values = {"number": reference.number, "day": written_day(passage.on), "former": pointer.marked(FORMER)}
    code = "law-still-in-force" if in_force else "law-not-in-force"
    return (Problem(code=code, place=_place(passage, pointer), values=values),)


def _certainty(reference: Reference, passage: Passage, pointer: Pointer) -> tuple[Problem, ...]:
    """Finds law that nobody vouches for. The register may speak of it, and a former text is no law."""
    may_be_law = reference.may_be_law(pointer.locator)
    if passage.kind == "Register" or pointer.is_former or may_be_law != pointer.is_unchecked:
        return ()
    values = {"number": reference.number, "unchecked": pointer.marked(UNCHECKED)}
    code = "law-verified" if may_be_law else "law-unverified"
    return (Problem(code=code, place=_place(passage, pointer), values=values),)


def _contact(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    contact = programme.contacts.contacts.get(pointer.id)
    if contact is None:
        known = programme.contacts.contacts
        problem = unknown("contact", _place(passage, pointer), pointer.id, known)
        called = next((id for id, one in known.items() if one.number == pointer.id), "")
        yield replace(problem, suggestion=called or problem.suggestion)
    elif not contact.publish:
        place = _place(passage, pointer)
        yield Problem(code="contact-not-publishable", place=place, values={"id": pointer.id})
    elif (passage.is_approved or passage.kind == "Campaign") and not contact.is_ready:
        values = {"id": pointer.id, "condition": contact.condition or ""}
        yield Problem(code="contact-not-ready", place=_place(passage, pointer), values=values)


def _term(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    if pointer.id not in programme.terms.glossary:
        yield unknown("term", _place(passage, pointer), pointer.id, programme.terms.glossary)


def _target(programme: Programme, passage: Passage, pointer: Pointer) -> Iterator[Problem]:
    if pointer.id not in programme.charter.targets:
        yield unknown("target", _place(passage, pointer), pointer.id, programme.charter.targets)

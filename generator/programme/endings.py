"""All that a programme says only until a day: who looks ahead reads here what has to be written anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .checks.last_days import cited_law
from .checks.passages import passages, place_of
from .law import citation_words
from .model.programme import Programme
from .problems import Path, Place

Kind = Literal["question", "law", "term", "approval"]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What is right until the end of a day. `name` is a question's id, a citation, a term or a title.

    `cited` are the places that rest on it: those that cite a law, but not as a former one.
    """

    last_day: date
    kind: Kind
    name: str
    place: Place
    cited: tuple[Place, ...] = ()


def endings(programme: Programme) -> tuple[Ending, ...]:
    """Returns all that ends, the next first; what ended before the content's date is told as well."""
    found = (*_questions(programme), *_law(programme), *_terms(programme), *_approvals(programme))
    return tuple(sorted(found, key=lambda one: (one.last_day, one.place.file, one.place.path)))


def _questions(programme: Programme) -> Iterator[Ending]:
    for id, (bank, question) in programme.questions.items():
        if question.valid_until:
            place = place_of(bank, "questions", id, "valid_until")
            yield Ending(last_day=question.valid_until, kind="question", name=id, place=place)


def _law(programme: Programme) -> Iterator[Ending]:
    """Statements of law with a day of their own, and laws that end while somebody still cites them."""
    cited = _citing(programme)
    for id, reference in programme.register.documents.items():
        for keys, statement in reference.all_statements():
            path = ("documents", id, *keys)
            places = tuple(dict.fromkeys(cited.get(path, ())))
            if day := statement.last_day if places else statement.valid_until:
                key = "valid_until" if day == statement.valid_until else "effective_until"
                place = place_of(programme.register, *path, key)
                name = citation_words(reference, ".".join(keys[1::2]))
                yield Ending(last_day=day, kind="law", name=name, place=place, cited=places)


def _citing(programme: Programme) -> dict[Path, list[Place]]:
    """Where each statement of law is cited, by its path in the register."""
    found: dict[Path, list[Place]] = {}
    for passage in passages(programme):
        for pointer, reference in cited_law(programme, passage):
            for path in reference.statements(pointer.locator):
                place = passage.at(pointer.start, pointer.written)
                found.setdefault(("documents", pointer.id, *path), []).append(place)
    return found


def _terms(programme: Programme) -> Iterator[Ending]:
    for id, entry in programme.terms.glossary.items():
        if entry.valid_until:
            place = place_of(programme.terms, "glossary", id, "valid_until")
            yield Ending(last_day=entry.valid_until, kind="term", name=entry.term, place=place)


def _approvals(programme: Programme) -> Iterator[Ending]:
    for document in programme.reviewed:
        if not document.review.is_draft and document.review.valid_until:
            place = place_of(document, "review", "valid_until")
            day, name = document.review.valid_until, document.title
            yield Ending(last_day=day, kind="approval", name=name, place=place)

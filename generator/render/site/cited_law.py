"""The list of law behind a lesson's text: by document, each place with the number it has in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ...programme import urls
from ...programme.model import registers
from ...programme.model.pointer import Pointer
from ...programme.model.registers import Article, Clause, Reference
from ..text.citations import NumberedCitations, call_anchor, law_address, note_anchor, noted_force
from ..typography import NBSP
from .context import SiteContext

_CLAUSE = re.compile(r"(Điều \S+ khoản )(\S+)")
_NEXT_SENTENCE = re.compile(r"(?<=[.!?]) (?=[^\W\d_a-zà-ỹ])")


@dataclass(frozen=True, kw_only=True)
class NumberedPlace:
    """A place of a document that the text cites by a number; `anchor` is its own, `call` that in the text."""

    number: int
    anchor: str
    call: str
    words: str
    doubt: str
    gist: str
    address: str


@dataclass(frozen=True, kw_only=True)
class NumberedDocument:
    """A document with the places that have numbers; `others` are cited in tables, flows and scenarios."""

    id: str
    reference: Reference
    status: str
    is_in_force: bool
    address: str
    places: tuple[NumberedPlace, ...]
    others: tuple[str, ...]


def cited_documents(
    context: SiteContext, numbered: NumberedCitations, texts: Iterable[str], page: str
) -> tuple[NumberedDocument, ...]:
    """Returns what a page cites: first the documents of its numbers, as they follow, then the others."""
    register = context.programme.register
    places = {id: tuple(group) for id, group in _by_document(context, numbered, page)}
    named = {cited.id: cited for cited in context.cited(*texts)}
    ids = dict.fromkeys((*places, *named))
    return tuple(
        _document(context, id, register.documents[id], places.get(id, ()), named[id].locators, page)
        for id in ids
    )


def _document(
    context: SiteContext,
    id: str,
    reference: Reference,
    places: tuple[NumberedPlace, ...],
    locators: tuple[str, ...],
    page: str,
) -> NumberedDocument:
    numbered = {place.words for place in places}
    status = context.status(reference)
    return NumberedDocument(
        id=id,
        reference=reference,
        status=status,
        is_in_force=registers.says_in_force(status),
        address=context.link(urls.reference(id), page),
        places=places,
        others=by_article(words for words in locators if words.partition(" (")[0] not in numbered),
    )


def by_article(places: Iterable[str]) -> tuple[str, ...]:
    """Returns places in words with the clauses of an article behind its name once: "Điều 32 khoản 1, 2"."""
    gathered: list[str] = []
    article = ""
    for place in places:
        clause = _CLAUSE.fullmatch(place)
        if clause and clause[1] == article:
            gathered[-1] += f",{NBSP}{clause[2]}"
        else:
            gathered.append(place)
        article = clause[1] if clause else ""
    return tuple(gathered)


def _by_document(
    context: SiteContext, numbered: NumberedCitations, page: str
) -> Iterator[tuple[str, Iterator[NumberedPlace]]]:
    first = {pointer.id: index for index, pointer in reversed([*enumerate(numbered.places)])}
    places = sorted(enumerate(numbered.places, 1), key=lambda numbered: (first[numbered[1].id], numbered[0]))
    for id, group in groupby(places, key=lambda numbered: numbered[1].id):
        yield id, (_place(context, number, pointer, page) for number, pointer in group)


def _place(context: SiteContext, number: int, pointer: Pointer, page: str) -> NumberedPlace:
    register = context.programme.register
    reference = register.documents[pointer.id]
    _, doubt = noted_force(reference, pointer, context.programme.charter.as_of)
    return NumberedPlace(
        number=number,
        anchor=note_anchor(number),
        call=call_anchor(number),
        words=registers.locator_words(reference, pointer.locator),
        doubt=doubt,
        gist=_gist(context, reference, pointer.locator),
        address=context.link(law_address(register, pointer), page),
    )


def _gist(context: SiteContext, reference: Reference, locator: str) -> str:
    """Returns the first sentence that the register has on a place; nothing on a document as a whole."""
    statement = reference.spans(locator)[-1]
    if not isinstance(statement, Article | Clause):
        return ""
    return _NEXT_SENTENCE.split(context.prose.plain(statement.gist), maxsplit=1)[0]

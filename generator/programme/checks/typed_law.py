"""Law typed by hand: nobody is told when it changes, and nobody has looked whether it is there.

In Markdown a citation belongs in its place. Where no citation can stand, only what is wrong is found.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..law import locator_words
from ..model.pointer import BLANK_LINE, FORMER, MANY, UNCHECKED, Pointer, pointers
from ..model.programme import Programme
from ..model.reference import Reference
from ..problems import Path, Problem
from ..vietnamese import written_day
from .law_numbers import LawNames, TypedDocument, law_names, meant
from .law_parts import TypedLaw, reader
from .passages import QUOTING, SOURCES, Passage

Group = tuple[str, Path]
#: Documents and their articles.
Cited = frozenset[tuple[str, str]]
NOTHING: Cited = frozenset()


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    own = [one for one in passages if one.kind not in QUOTING and SOURCES.isdisjoint(one.path)]
    law = dict(programme.register.documents)
    reading = _Reading(law=law, names=law_names(law.items()), cited=_by_question(own))
    typed_laws = reader(reading.names)
    for passage in own:
        found = typed_laws(passage.text, passage.is_markdown)
        names_law = any(typed.document for typed in found)
        for typed in found:
            if typed.document is None:
                yield from () if names_law else reading.article(passage, typed)
            else:
                yield from reading.document(passage, typed, typed.document)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """The register, and what the parts of each question cite together: a reader sees them at once."""

    law: dict[str, Reference]
    names: LawNames
    cited: Mapping[Group, Cited]

    def article(self, passage: Passage, typed: TypedLaw) -> Iterator[Problem]:
        """An article whose law nobody can tell."""
        around = self.cited.get(_group(passage), frozenset()) | _cited(passage.text)
        has_law = any(id in self.law and self.law[id].divided_by == "articles" for id, _ in around)
        if passage.is_markdown and not has_law:
            yield _problem("article-without-law", passage, typed, locator=typed.locators[0])

    def document(self, passage: Passage, typed: TypedLaw, document: TypedDocument) -> Iterator[Problem]:
        if not (document.number or typed.locators):
            return
        id = meant(self._ids(document), document, self.law, passage.on)
        can_cite = passage.takes_pointer(typed.start)
        if id:
            yield from self._known(passage, typed, id, can_cite)
        elif document.year or document.is_full or document.kind in ("", "nd"):
            cited = _citations(document.likely_id, typed.locators) if can_cite else ""
            yield _problem("typed-law-unknown", passage, typed, cited)

    def _ids(self, document: TypedDocument) -> list[str]:
        return self.names.numbered(document) if document.number else self.names.named(document.name)

    def _known(self, passage: Passage, typed: TypedLaw, id: str, can_cite: bool) -> Iterator[Problem]:
        reference, cited = self.law[id], _citations(id, typed.locators)
        missing = [one for one in typed.locators if not _has(reference, one)]
        in_force = _was_in_force(reference, typed.locators, passage)
        former = cited.replace("]", f"|{FORMER}]")
        if not all(map(reference.may_be_law, typed.locators or ("",))):
            cited = cited.replace("]", f"|{UNCHECKED}]")
        if missing:
            values = {"part": locator_words(reference, missing[0]), "number": reference.number}
            yield _problem("typed-law-part", passage, typed, cited if can_cite else "", **values)
        elif self._is_cited_beside(passage, typed, id):
            return
        elif passage.is_answer:
            yield _problem("law-in-answer", passage, typed, citation=cited if in_force else former)
        elif not in_force:
            day = written_day(passage.on)
            yield _problem("typed-law-ended", passage, typed, former if can_cite else "", day=day)
        elif can_cite:
            yield _problem("typed-law", passage, typed, citation=cited)

    def _is_cited_beside(self, passage: Passage, typed: TypedLaw, id: str) -> bool:
        """Whether a citation is so near that what is typed is no more than the words around it."""
        in_question = self.cited.get(_group(passage), frozenset())
        if passage.is_answer:
            articles = {article for cited, article in in_question if cited == id}
            return bool(articles) and {one.partition(".")[0] for one in typed.locators} <= articles
        is_name = not typed.locators and typed.document is not None and not typed.document.is_full
        near = in_question | _cited_in_paragraph(passage.text, typed.start)
        return is_name and any(cited == id for cited, _ in near)


def _problem(code: str, passage: Passage, typed: TypedLaw, suggestion: str = "", **values: str) -> Problem:
    phrase = passage.text[typed.start : typed.end]
    place, found = passage.at(typed.start, phrase), " ".join(phrase.replace("*", "").split())
    return Problem(code=code, place=place, values={"found": found, **values}, suggestion=suggestion)


def _citations(id: str, locators: tuple[str, ...]) -> str:
    return " ".join(f"[@{id}:{one}]" for one in locators) or f"[@{id}]"


def _has(reference: Reference, locator: str) -> bool:
    article, _, clause = locator.partition(".")
    return article in reference.articles and reference.articles[article].has_clause(clause)


def _was_in_force(reference: Reference, locators: tuple[str, ...], passage: Passage) -> bool:
    spans = (span for one in locators or ("",) for span in reference.spans(one))
    return all(span.was_in_force(passage.on) for span in spans)


def _group(passage: Passage) -> Group:
    """The question that a text is a part of."""
    return passage.file, passage.path[:2] if passage.kind == "Bank" else ("",)


def _by_question(passages: Iterable[Passage]) -> Mapping[Group, Cited]:
    found: dict[Group, Cited] = {}
    for passage in passages:
        cited = _cited(passage.text) if passage.kind == "Bank" else NOTHING
        if cited:
            group = _group(passage)
            found[group] = found.get(group, NOTHING) | cited
    return found


def _place_cited(pointer: Pointer) -> tuple[str, str]:
    return pointer.id, pointer.locator.partition(".")[0]


@lru_cache(maxsize=MANY)
def _cited(text: str) -> Cited:
    if "[@" not in text:
        return NOTHING
    return frozenset(_place_cited(one) for one in pointers(text) if one.kind == "reference")


@lru_cache(maxsize=MANY)
def _paragraphs(text: str) -> tuple[tuple[int, ...], Mapping[int, Cited]]:
    """Where paragraphs begin, and what each cites."""
    starts = tuple(found.end() for found in BLANK_LINE.finditer(text))
    cited: dict[int, Cited] = {}
    for one in pointers(text):
        if one.kind == "reference":
            at = bisect(starts, one.start)
            cited[at] = cited.get(at, frozenset()) | {_place_cited(one)}
    return starts, cited


def _cited_in_paragraph(text: str, start: int) -> Cited:
    starts, cited = _paragraphs(text)
    return cited.get(bisect(starts, start), frozenset())

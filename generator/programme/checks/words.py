"""Words: phrases to avoid, and sentences too long to be read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..model.pointer import POINTER, without_code
from ..model.programme import Programme
from ..model.term import Terms
from ..problems import Problem
from ..vietnamese import sentences, syllables
from .passages import QUOTING, Passage, passages

LONGEST_SENTENCE = 35
QUOTED = re.compile(r"“[^”\n]*”")
LINK_TARGET = re.compile(r"\]\([^)\n]*\)")
BLOCK_MARK = re.compile(r"^\s*(?:!!!|\?\?\?\+?)\s+\S+|^\s*\|?[-:| ]+\|?\s*$", re.MULTILINE)
MARKS = re.compile(r"[*_`#>]")

Avoided = tuple[tuple[str, str, str], ...]


def check(programme: Programme) -> Iterator[Problem]:
    avoided = _avoided(programme.terms)
    exempt = tuple(sorted({phrase for term in programme.terms.preferred.values() for phrase in term.exceptions}))
    titles = tuple(sorted({document.title for document in programme.register.documents.values()}))
    for passage in passages(programme):
        if passage.kind not in QUOTING:
            yield from _phrases(passage, avoided, exempt + titles)
            yield from _sentences(passage)


def _avoided(terms: Terms) -> Avoided:
    return tuple((phrase, term.use, term.reason) for term in terms.preferred.values() for phrase in term.avoid)


def _phrases(passage: Passage, avoided: Avoided, exempt: tuple[str, ...]) -> Iterator[Problem]:
    for start, phrase, use, reason in _matches(passage.text, avoided, exempt):
        values = {"phrase": phrase, "use": use, "reason": reason}
        yield Problem(code="avoided-phrase", place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=20_000)
def _matches(text: str, avoided: Avoided, exempt: tuple[str, ...]) -> tuple[tuple[int, str, str, str], ...]:
    pattern, uses = _pattern(avoided)
    lowered = text.lower()
    if not pattern.search(lowered):
        return ()
    for span in [*QUOTED.finditer(lowered), *_exempt_spans(lowered, exempt)]:
        lowered = lowered[: span.start()] + "\0" * (span.end() - span.start()) + lowered[span.end() :]
    return tuple(
        (match.start(), text[match.start() : match.end()], *uses[match[0]])
        for match in pattern.finditer(lowered)
    )


@lru_cache(maxsize=8)
def _pattern(avoided: Avoided) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    uses = {phrase.lower(): (use, reason) for phrase, use, reason in avoided}
    longest_first = sorted(uses, key=len, reverse=True)
    alternatives = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), uses


def _exempt_spans(text: str, exempt: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for phrase in exempt:
        if phrase.lower() in text:
            yield from re.finditer(re.escape(phrase.lower()), text)


def _sentences(passage: Passage) -> Iterator[Problem]:
    for sentence, count in _too_long(passage.text):
        words = sentence.split()
        start = passage.text.find(words[0]) if passage.is_body else 0
        found = re.search(r"\s+".join(map(re.escape, words[:4])), passage.text)
        place = passage.at(found.start() if found else start, words[0])
        values = {"count": str(count), "most": str(LONGEST_SENTENCE), "start": " ".join(words[:6])}
        yield Problem(code="long-sentence", place=place, values=values)


@lru_cache(maxsize=20_000)
def _too_long(text: str) -> tuple[tuple[str, int], ...]:
    if text.count(" ") < LONGEST_SENTENCE:
        return ()
    plain = BLOCK_MARK.sub("\n\n", without_code(text))
    plain = MARKS.sub("", LINK_TARGET.sub("]", POINTER.sub("", plain)))
    counted = ((sentence, syllables(sentence)) for sentence in sentences(plain))
    return tuple((sentence, count) for sentence, count in counted if count > LONGEST_SENTENCE)

"""Words: phrases to avoid, and sentences too long to be read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ..model.pointer import LINK_TARGET, MANY, POINTER, without_code
from ..model.programme import Programme
from ..model.term import ChosenName, Terms
from ..problems import Problem
from ..tidying import tidied
from ..vietnamese import lowered, sentences, syllables
from .passages import QUOTING, Passage

LONGEST_SENTENCE = 35
#: Tidying ends sentences and joins none, but it may part a few signs from words, which count as words then.
SURELY_SHORT = 31
QUOTED = re.compile(r"“[^“”\n]*”")
#: The end of a paragraph: between the words of a phrase a line may end, a paragraph may not.
PARAGRAPH_END = re.compile(r"(?<=\n)([^\S\n]*)\n")
#: A heading, and the title of a block, end where their line ends.
BLOCK_TITLE = re.compile(r"^[ \t]*(?:#{1,6}|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+)[ \t]*(.*)$", re.MULTILINE)
TABLE_RULE = re.compile(r"^[-:| \t]+$", re.MULTILINE)
#: What an item begins with once its text is tidied: Markdown's sign, and one that stays as it was typed.
ITEM_MARK = re.compile(r"^(?:[-+|]|\d+[.)])\s+(?:\(?(?:[a-zđ]|[ivx]+|[\d.]+)\\?[.)/-]*\s+(?=[^\W\d_]))?")
STAR = re.compile(r"^([ \t]*)\*(?=[ \t])", re.MULTILINE)
MARKS = re.compile(r"[*_`#>]")

Avoided = tuple[tuple[str, str, str], ...]
Search = Callable[[str], tuple[tuple[int, str, str, str], ...]]


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    avoided_in = avoided_phrases(programme)
    for passage in passages:
        if passage.kind not in QUOTING:
            yield from _phrases(passage, avoided_in)
            yield from _sentences(passage)


def avoided_phrases(programme: Programme) -> Search:
    """Returns what finds the phrases to avoid in a text: the start of each, the phrase, what to use, why."""
    return _search(_avoided(programme.terms), _exempt(programme))


def _avoided(terms: Terms) -> Avoided:
    return tuple((phrase, one.use, one.reason) for one in _entries(terms) for phrase in one.avoid)


def _entries(terms: Terms) -> tuple[ChosenName, ...]:
    return (*terms.preferred.values(), *terms.names.values())


def _exempt(programme: Programme) -> tuple[str, ...]:
    """Longer phrases in which the words are innocent, and the names of law."""
    excepted = {phrase for one in _entries(programme.terms) for phrase in one.exceptions}
    return tuple(sorted(excepted | {document.title for document in programme.register.documents.values()}))


def _phrases(passage: Passage, avoided_in: Search) -> Iterator[Problem]:
    for start, phrase, use, reason in avoided_in(passage.text):
        values = {"phrase": " ".join(phrase.split()), "use": use, "reason": reason}
        yield Problem(code="avoided-phrase", place=passage.at(start, phrase), values=values)


@lru_cache(maxsize=8)
def _search(avoided: Avoided, exempt: tuple[str, ...]) -> Search:
    """Finds the avoided phrases of a text, and remembers it by the text alone: lists are slow to hash."""
    pattern, uses = _pattern(avoided)
    innocent = [(phrase, lowered(phrase).split()) for phrase in exempt]

    @lru_cache(maxsize=MANY)
    def found(text: str) -> tuple[tuple[int, str, str, str], ...]:
        lower = PARAGRAPH_END.sub("\\1\0", lowered(text)) if "\n" in text else lowered(text)
        if not pattern.search(lower):
            return ()
        there = (_spaced(phrase) for phrase, words in innocent if all(word in lower for word in words))
        for pattern_of in (QUOTED, *there):
            lower = pattern_of.sub(lambda match: "\0" * len(match[0]), lower)
        return tuple(
            (match.start(), text[match.start() : match.end()], *uses[" ".join(match[0].split())])
            for match in pattern.finditer(lower)
        )

    return found


def _pattern(avoided: Avoided) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    uses = {" ".join(lowered(phrase).split()): (use, reason) for phrase, use, reason in avoided}
    longest_first = sorted(uses, key=len, reverse=True)
    alternatives = "|".join(_written(phrase) for phrase in longest_first) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"), uses


@lru_cache(maxsize=1_000)
def _spaced(phrase: str) -> re.Pattern[str]:
    return re.compile(_written(phrase))


def _written(phrase: str) -> str:
    """The phrase in lower case, its words apart by any space."""
    return r"\s+".join(map(re.escape, lowered(phrase).split()))


def _sentences(passage: Passage) -> Iterator[Problem]:
    for sentence, count in _too_long(passage.text):
        words = sentence.split()
        found = re.search(r"\s+".join(map(re.escape, words[:4])), passage.text)
        start = found.start() if found else max(passage.text.find(words[0]), 0)
        values = {"count": str(count), "most": str(LONGEST_SENTENCE), "start": " ".join(words[:6])}
        yield Problem(code="long-sentence", place=passage.at(start, words[0]), values=values)


@lru_cache(maxsize=MANY)
def _too_long(text: str) -> tuple[tuple[str, int], ...]:
    if len(text.split()) <= LONGEST_SENTENCE:
        return ()
    if all(len(sentence.split()) <= SURELY_SHORT for sentence in _said(text)):
        return ()
    long = (sentence for sentence in _said(tidied(text)) if len(sentence.split()) > LONGEST_SENTENCE)
    counted = ((sentence, syllables(sentence)) for sentence in long)
    return tuple((sentence, count) for sentence, count in counted if count > LONGEST_SENTENCE)


def _said(text: str) -> Iterator[str]:
    """Yields the sentences that a reader reads, without marks and without the signs of items."""
    items = STAR.sub(r"\1-", without_code(text))
    plain = TABLE_RULE.sub("\n", BLOCK_TITLE.sub(r"\n\n\1\n\n", items))
    plain = MARKS.sub("", LINK_TARGET.sub("]", POINTER.sub("", plain)))
    yield from (ITEM_MARK.sub("", sentence) for sentence in sentences(plain))

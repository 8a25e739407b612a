"""Parts of a question that say the same, and questions that ask the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ..model.pointer import MANY
from ..model.programme import Programme
from ..model.question import Bank, Choice, Matching, Ordering, Question
from ..problems import Path, Problem
from ..vietnamese import unaccented
from .passages import place_of
from .placeholders import PLACEHOLDER

#: What may stand before and behind a text and changes nothing of what it says.
BEFORE, BEHIND = " \"'“‘«(", " \"'”’»).,;:!?…"
#: Not the sign of "2*3", which means something.
EMPHASIS = re.compile(r"`|(?<!\w)[*_]+|[*_]+(?!\w)")
#: What an author calls the parts, by the keys they stand under.
PARTS = {
    ("options", "text"): "phương án",
    ("pairs", "left"): "vế trái",
    ("pairs", "right"): "vế phải",
    ("items", "text"): "bước",
}


def check(programme: Programme) -> Iterator[Problem]:
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            for (key, side), texts in _parts(question):
                yield from _alike(bank, id, (key, side), texts)
    yield from _asked_twice(programme)


def _parts(question: Question) -> Iterator[tuple[tuple[str, str], Mapping[str, str]]]:
    """Yields the texts a reader chooses among, by their ids."""
    if isinstance(question, Choice):
        yield ("options", "text"), {id: option.text for id, option in question.options.items()}
    elif isinstance(question, Matching):
        yield ("pairs", "left"), {id: pair.left for id, pair in question.pairs.items()}
        yield ("pairs", "right"), {id: pair.right for id, pair in question.pairs.items()}
    elif isinstance(question, Ordering):
        yield ("items", "text"), {id: item.text for id, item in question.items.items()}


def _alike(bank: Bank, id: str, part: tuple[str, str], texts: Mapping[str, str]) -> Iterator[Problem]:
    said: dict[str, str] = {}
    toneless: dict[str, str] = {}
    for own, text in texts.items():
        plain = _plain(text)
        bare = _unaccented(plain)
        first = said.setdefault(plain, own)
        near = toneless.setdefault(bare, own)
        if near != own:
            code = "same-parts" if first != own else "same-but-for-tones"
            other = first if first != own else near
            path: Path = ("questions", id, part[0], own, part[1])
            values = {"id": id, "part": PARTS[part], "one": other, "other": own, "text": text}
            yield Problem(code=code, place=place_of(bank, *path), values=values)


def _asked_twice(programme: Programme) -> Iterator[Problem]:
    """Yields each later question with an earlier one's stem.

    "Xếp các bước theo thứ tự" may be said of many things, so there a part has to be the same too.
    """
    asked: dict[str, list[tuple[Bank, str, Question]]] = {}
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            if PLACEHOLDER.search(question.stem):
                continue
            earlier = asked.setdefault(_plain(question.stem), [])
            for other_bank, other, before in earlier:
                if _ask_the_same(question, before):
                    values = {"id": id, "other": other, "file": other_bank.source}
                    place = place_of(bank, "questions", id, "stem")
                    yield Problem(code="same-stem", place=place, values=values)
                    break
            earlier.append((bank, id, question))


def _ask_the_same(one: Question, other: Question) -> bool:
    is_general = isinstance(one, (Matching, Ordering)) and isinstance(other, (Matching, Ordering))
    return not is_general or bool(_words_of(one) & _words_of(other))


def _words_of(question: Question) -> set[str]:
    return {_plain(text) for _, texts in _parts(question) for text in texts.values()}


_unaccented = lru_cache(maxsize=MANY)(unaccented)


@lru_cache(maxsize=MANY)
def _plain(text: str) -> str:
    """Returns the text without what changes nothing: capitals, blanks, stress, the last full stop."""
    folded = " ".join(unicodedata.normalize("NFC", EMPHASIS.sub("", text)).casefold().split())
    return folded.lstrip(BEFORE).rstrip(BEHIND) or folded

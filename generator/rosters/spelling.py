"""Vietnamese as people type it, brought to one spelling to compare or to keep."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..programme.vietnamese import lowered
from .cells import is_unseen

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
WORD = re.compile(r"[^\W_]+")
SYLLABLE_START = re.compile(r"(?:^|(?<=[\s'-]))\w")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))
#: How much of a cell a finding quotes.
LONGEST_QUOTE = 60


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Composed (NFC), nothing unseen in it, single spaces between words and none around."""
    return " ".join(unicodedata.normalize("NFC", seen(text)).split())


def seen(text: str) -> str:
    """Without what has neither ink nor width; spaces of all kinds stay."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isspace() or not is_unseen(letter))


def shown(text: str) -> str:
    """A cell's text as a finding quotes it: plain, and cut where it is long."""
    found = plain(text)
    return found if len(found) <= LONGEST_QUOTE else found[: LONGEST_QUOTE - 1] + "…"


@lru_cache(maxsize=100_000)
def keyed(text: str) -> str:
    """What two spellings of one text share: case, spaces, and where a tone mark sits (khoá, khóa)."""
    return " ".join(_syllable(word) for word in lowered(plain(text)).translate(APOSTROPHES).split(" "))


@lru_cache(maxsize=20_000)
def _syllable(word: str) -> str:
    """The letters, then the tone marks."""
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in parts if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)) + tones


def forget() -> None:
    """Drops what was kept of the texts of a list: its names need not stay in memory, nor their size."""
    for kept in (plain, keyed, _syllable):
        kept.cache_clear()


def words(text: str) -> tuple[str, ...]:
    """The words of a text without punctuation, each as `keyed` gives it; “và” and “&” left out."""
    return tuple(_syllable(word) for word in WORD.findall(lowered(plain(text))) if word != "và")


def spans(text: str) -> list[tuple[str, int, int]]:
    """Each word of a plain text as `words` gives it, “và” too, with where it starts and ends."""
    low = lowered(text)
    return [(_syllable(word[0]), word.start(), word.end()) for word in WORD.finditer(low)]


def titled(name: str) -> str:
    """Each syllable with a capital first letter and small ones after it: Lò Văn Ánh."""
    return SYLLABLE_START.sub(lambda first: first[0].upper(), lowered(name))

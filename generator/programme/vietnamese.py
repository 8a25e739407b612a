"""Vietnamese text as text: folding, slugs, days and durations, tiếng, sentences."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[.,/:–-][^\W_]+)*")
SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"”’)\]]*\s+(?=[^\W_]|[“\"(\[])"
    r"|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|]|\d+[.)])\s?)|\s\|\s|;[ \t]*\n"
)
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Huyền, hỏi, ngã, sắc, nặng, as a dictionary orders them.
TONES = "\u0300\u0309\u0303\u0301\u0323"
ABBREVIATION = re.compile(r"\b(?:TP|TS|ThS|PGS|GS|BS|v\.v|tr|Đ)\.$|^\d+\.$")


def lowered(text: str) -> str:
    """Lower case with every letter where it was: a few, such as İ, would become two."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def folded(text: str) -> str:
    """Lower case without any mark, đ as d."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(mark for mark in bare if not unicodedata.combining(mark))


def unaccented(text: str) -> str:
    """Lower case without tones; ă, â, đ, ê, ô, ơ, ư stay the letters they are."""
    bare = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(mark for mark in bare if mark not in TONES))


def alphabetical(text: str) -> tuple[list[int], list[int], str]:
    """A key that sorts as a Vietnamese dictionary does: đ after d; where all letters are alike, by tone."""
    return [ALPHABET.find(letter) for letter in unaccented(text)], _tones(text), text


def _tones(text: str) -> list[int]:
    """The tone of each letter, 0 where it has none."""
    found: list[int] = []
    for mark in unicodedata.normalize("NFD", text):
        if mark in TONES and found:
            found[-1] = TONES.index(mark) + 1
        elif not unicodedata.combining(mark):
            found.append(0)
    return found


def slug(text: str, separator: str = "-") -> str:
    """An ASCII slug: "đào tạo" is `dao-tao`. Signature as Markdown's toc extension asks."""
    return re.sub(r"[^a-z0-9]+", separator, folded(text)).strip(separator)


def written_day(value: date) -> str:
    """Returns a day as official documents write it (Nghị định 30/2020): "03/9/2026", "14/02/2027".

    A nought stands before days under 10 and before the months 1 and 2 only.
    """
    return f"{value.day:02}/{written_month(value)}/{value.year}"


def written_month(value: date) -> str:
    return f"{value.month:02}" if value.month <= 2 else str(value.month)


def written_duration(minutes: int) -> str:
    """Returns minutes as people say them: "40 phút", "1 giờ 30 phút"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    return " ".join([*parts, f"{rest} phút"] if rest or not hours else parts)


def syllables(text: str) -> int:
    """The number of tiếng: runs of letters or digits between spaces."""
    return sum(1 for word in text.split() if word[0].isalnum() or WORD.search(word))


@lru_cache(maxsize=20_000)
def sentences(text: str) -> tuple[str, ...]:
    """Sentences of plain text or of Markdown's blocks; list items and table cells end one."""
    found: list[str] = []
    for piece in SENTENCE_END.split(text):
        piece = piece.strip()
        if found and ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return tuple(found)

"""Words as people type them, in one spelling to compare or keep; the vocabulary of `words.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ..catalogue import read_catalogue
from ..programme.vietnamese import lowered, slug


def is_unseen(letter: str) -> bool:
    """Returns whether a letter is a space, a control or a mark without width."""
    return letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
WORD = re.compile(r"[^\W_]+")
SYLLABLE_START = re.compile(r"(?:^|(?<=[\s'-]))\w")
APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))
#: The most characters of a cell that a finding quotes.
LONGEST_QUOTE = 60


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Returns composed text (NFC), nothing unseen in it, single spaces between words, none around."""
    return " ".join(unicodedata.normalize("NFC", without_unseen(text)).split())


def without_unseen(text: str) -> str:
    """Returns the text without what has neither ink nor width; spaces of all kinds stay."""
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter.isspace() or not is_unseen(letter))


def quoted(text: str) -> str:
    """Returns a cell's text for a finding: plain, and cut where it is long."""
    plain_text = plain(text)
    return plain_text if len(plain_text) <= LONGEST_QUOTE else plain_text[: LONGEST_QUOTE - 1] + "…"


@lru_cache(maxsize=100_000)
def comparable(text: str) -> str:
    """Returns a text so that its spellings agree in case, spaces and the place of tone marks (khoá, khóa)."""
    return " ".join(_syllable(word) for word in lowered(plain(text)).translate(APOSTROPHES).split(" "))


@lru_cache(maxsize=20_000)
def _syllable(word: str) -> str:
    """Returns the letters, then the tone marks."""
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in parts if mark in TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES)) + tones


def forget_texts() -> None:
    """Drops what was kept of the texts of a list: its names need not stay in memory, nor their size."""
    for kept in (plain, comparable, _syllable):
        kept.cache_clear()


def words(text: str) -> tuple[str, ...]:
    """Returns the words of a text without punctuation, lower case, tone marks last; not “và” and “&”."""
    return tuple(_syllable(word) for word in WORD.findall(lowered(plain(text))) if word != "và")


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """Returns each word of a plain text as `words` gives it, “và” too, with its start and end."""
    low = lowered(text)
    return [(_syllable(word[0]), word.start(), word.end()) for word in WORD.finditer(low)]


def capitalised(name: str) -> str:
    """Returns each syllable with a capital first letter and small ones after it: Lò Văn Ánh."""
    return SYLLABLE_START.sub(lambda first: first[0].upper(), lowered(name))


Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The words of `words.toml`: `headings` and `private` by `heading_key`, `kinds` with short forms."""

    headings: Mapping[str, str]
    private: frozenset[str]
    private_exactly: frozenset[str]
    footers: tuple[Words, ...]
    kinds: Mapping[str, str]
    towns: frozenset[str]
    districts: frozenset[str]
    district_headings: frozenset[Words]
    province: Words
    former: Words
    current: Words
    group: re.Pattern[str]
    wide: tuple[str, ...]
    inner: tuple[Words, ...]
    rooms: tuple[Words, ...]
    itself: tuple[Words, ...]
    organisations: tuple[Words, ...]
    organisations_name: Words
    and_all: str
    country: str
    agencies: tuple[Words, ...]
    gone: Mapping[str, str]
    abbreviations: Mapping[str, str]
    alone: Mapping[str, str]
    honorifics: frozenset[Words]
    sums: frozenset[Words]
    nobody: tuple[Words, ...]
    gone_away: tuple[Words, ...]
    gone_away_within: tuple[Words, ...]
    instead_of: tuple[Words, ...]
    asides: frozenset[Words]
    middle_names: frozenset[Words]
    titles: frozenset[Words]
    signature: tuple[Words, ...]
    signers: frozenset[Words]
    posts: tuple[Words, ...]
    aside: tuple[Words, ...]
    attached: tuple[Words, ...]
    titles_of_lists: tuple[Words, ...]
    mottos: tuple[Words, ...]
    not_of: frozenset[Words]
    joins: frozenset[Words]
    synthetic: str


@cache
def vocabulary() -> Vocabulary:
    given = toml_table("words.toml")
    units, lines = given["units"], given["lines"]
    short = units["short"]
    return Vocabulary(
        headings={heading_key(text): role for role, texts in given["headings"].items() for text in texts},
        private=_headings(given["private"]["headings"]),
        private_exactly=_headings(given["private"]["exactly"]),
        kinds={kind: kind for kind in units["kinds"]}
        | {brief: whole for brief, whole in short.items() if whole in units["kinds"]},
        towns=frozenset(units["towns"]),
        districts=frozenset(units["districts"])
        | {brief for brief, whole in short.items() if whole in units["districts"]},
        district_headings=frozenset(map(words, units["district_headings"])),
        province=words(units["province"]),
        former=words(units["former"]),
        current=words(units["current"]),
        group=re.compile(units["group"], re.IGNORECASE),
        organisations_name=words(units["organisations_name"]),
        and_all=units["and_all"],
        country=units["country"],
        gone=units["gone"],
        wide=tuple(units["wide"]),
        abbreviations=units["abbreviations"],
        alone=units["alone"],
        inner=_starts(units["inner"]),
        rooms=_starts(units["rooms"]),
        itself=_starts(units["itself"]),
        organisations=_starts(units["organisations"]),
        agencies=_starts(units["agencies"]),
        footers=_starts(lines["footers"]),
        signature=_starts(lines["signature"]),
        posts=_starts(lines["posts"]),
        nobody=_starts(lines["nobody"]),
        gone_away=_starts(lines["gone_away"]),
        gone_away_within=_starts(lines["gone_away_within"]),
        instead_of=_starts(lines["instead_of"]),
        aside=_starts(lines["aside"]),
        attached=_starts(lines["attached"]),
        titles_of_lists=_starts(lines["titles_of_lists"]),
        mottos=_starts(lines["mottos"]),
        honorifics=frozenset(_starts(lines["honorifics"])),
        sums=frozenset(_starts(lines["sums"])),
        asides=frozenset(_starts(lines["asides"])),
        middle_names=frozenset(_starts(lines["middle_names"])),
        titles=frozenset(_starts(lines["titles"])),
        signers=frozenset(_starts(lines["signers"])),
        not_of=frozenset(_starts(lines["not_of"])),
        joins=frozenset(_starts(lines["joins"])),
        synthetic=lines["synthetic"],
    )


def _starts(texts: Iterable[str]) -> tuple[Words, ...]:
    return tuple(map(words, texts))


def begins_with(text_words: Words, starts: Iterable[Words]) -> bool:
    """Returns whether words begin with one of these."""
    return any(text_words[: len(start)] == start for start in starts)


def contains(text_words: Words, parts: Iterable[Words]) -> bool:
    """Returns whether one of these stands somewhere among words."""
    parts = tuple(parts)
    return any(begins_with(text_words[start:], parts) for start in range(len(text_words)))


def toml_table(name: str) -> dict[str, Any]:
    """Returns one of the package's TOML files."""
    return read_catalogue(__package__, name)


def heading_key(text: str) -> str:
    """Returns a heading without marks, case, punctuation and bracketed text."""
    return slug(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text), " ")


def _headings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(heading_key, texts))

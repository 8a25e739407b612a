"""The words of `words.toml`, brought to the spelling in which they are compared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..programme.vietnamese import slug
from .spelling import words

Words = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """`headings` and `private` are as `heading` gives them; `kinds` has short forms too."""

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
    given = table("words.toml")
    units, lines = given["units"], given["lines"]
    short = units["short"]
    return Vocabulary(
        headings={heading(text): role for role, texts in given["headings"].items() for text in texts},
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


def begins(found: Words, starts: Iterable[Words]) -> bool:
    """Whether words begin with one of these."""
    return any(found[: len(start)] == start for start in starts)


def holds(found: Words, parts: Iterable[Words]) -> bool:
    """Whether one of these stands somewhere among words."""
    parts = tuple(parts)
    return any(begins(found[start:], parts) for start in range(len(found)))


def table(name: str) -> dict[str, Any]:
    """One of the package's TOML files."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def heading(text: str) -> str:
    """A heading without marks, case, punctuation and what stands in brackets."""
    return slug(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text), " ")


def _headings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(heading, texts))

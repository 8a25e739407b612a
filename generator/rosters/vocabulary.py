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
    honorifics: tuple[str, ...]
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
        footers=tuple(map(words, lines["footers"])),
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
        honorifics=tuple(lines["honorifics"]),
        synthetic=lines["synthetic"],
    )


def table(name: str) -> dict[str, Any]:
    """One of the package's TOML files."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


def heading(text: str) -> str:
    """A heading without marks, case, punctuation and what stands in brackets."""
    return slug(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text), " ")


def _headings(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(heading, texts))

"""Passwords that may be set: long, not common, and not made of what everybody knows here."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from threading import Lock
from typing import Literal

from ...programme.vietnamese import folded
from ..refusals import Malformed

#: Characters of a password, at least and at most.
SHORTEST, LONGEST = 15, 200
#: What the estimate looks at: the rest of a long one only makes it better.
LOOKED_AT = 72
#: Of 0 to 4; from 3 on it withstands somebody who has the hash for a while.
STRONG = 3
#: A part of a name that is worth looking for.
PART = 3
#: What is given to zxcvbn as known, it keeps for the whole process.
_ONE_AT_A_TIME = Lock()
Weakness = Literal["short", "long", "repeated", "named", "guessable", "same"]


class WeakPassword(Malformed):
    """`why` a password was refused."""

    def __init__(self, why: Weakness) -> None:
        super().__init__(f"weak password: {why}")
        self.why = why


def plain_password(typed: str) -> str:
    """The same however its marks were typed."""
    return unicodedata.normalize("NFC", typed)


def checked(typed: str, *, name: str, titles: Iterable[str] = ()) -> str:
    """A password as it is hashed, for an account of that name. Raises WeakPassword."""
    password = plain_password(typed)
    if len(password) < SHORTEST:
        raise WeakPassword("short")
    if len(password) > LONGEST:
        raise WeakPassword("long")
    if len(set(_joined(password))) < 3:
        raise WeakPassword("repeated")
    if _is_name(password, name):
        raise WeakPassword("named")
    known = [*_parts(name), *(part for title in titles for part in _parts(title)), *_common()]
    if min(_score(password, known), _score(_joined(password), known)) < STRONG:
        raise WeakPassword("guessable")
    return password


def _joined(text: str) -> str:
    """The text in plain small letters without blanks, as most would type it in a hurry."""
    return "".join(folded(text).split())


def _is_name(password: str, name: str) -> bool:
    """Whether it is the name, once or again and again, with next to nothing else."""
    rest = _joined(password).replace(_joined(name), "")
    return len(rest) < PART and rest != _joined(password)


def _parts(text: str) -> list[str]:
    """Its words, their neighbours joined, and all of it: with and without marks."""
    found: list[str] = []
    for words in (text.lower().split(), folded(text).split()):
        pairs = [first + second for first, second in pairwise(words)]
        found += [*words, *pairs, "".join(words)]
    return [part for part in dict.fromkeys(found) if len(part) >= PART]


@cache
def _common() -> tuple[str, ...]:
    text = files(__package__).joinpath("common_words.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["words"])


def _score(password: str, known: list[str]) -> int:
    # Its lists take a while to be read, and nobody sets a password in most runs.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    with _ONE_AT_A_TIME:
        return int(zxcvbn(password[:LOOKED_AT], user_inputs=known)["score"])

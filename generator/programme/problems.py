"""What a check returns: a code, where it is, and the values its sentence needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .model.base import NOTHING

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A spot in a file: a path of keys into its YAML, or a line, and a phrase to point at there.

    `at_key` points at the key rather than its value. `line` (1-based) serves Markdown bodies; the
    phrase is looked for from `column` on. In a value, `nth` equal phrases are passed over first.
    """

    file: str
    path: Path = ()
    at_key: bool = False
    line: int | None = None
    column: int = 1
    phrase: str = ""
    nth: int = 0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`code` names the sentence in `messages.toml`; `values` fill its placeholders.

    `about` is the kind of thing that was looked for in vain ("lesson", "question" …): where a
    file of that kind could not be read, the problem is only its echo and is left out.
    """

    code: str
    place: Place
    values: Mapping[str, str] = NOTHING
    suggestion: str = ""
    about: str = ""

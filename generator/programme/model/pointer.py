"""Pointers that stand in running text: `[@law:article]`, `[contact:id]`, `[term:id]`, `[target:id]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

POINTER = re.compile(
    r"\[(?:@(?P<reference>[A-Za-z0-9-]+)(?::(?P<locator>[\w.-]+))?"
    r"|(?P<kind>contact|term|target):(?P<id>[A-Za-z0-9-]+))"
    r"(?:\|(?P<words>[^\]\n]+))?\](?!\()"
)
#: Code is left alone: a lesson on how to write lessons quotes pointers.
CODE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
FORMER = "cũ"


@dataclass(frozen=True, kw_only=True)
class Pointer:
    """`kind` is `reference`, `contact`, `term` or `target`; `written` is the source text."""

    kind: str
    id: str
    locator: str = ""
    words: str = ""
    written: str = ""
    start: int = 0

    @property
    def is_former(self) -> bool:
        """Cites on purpose what is no longer in force."""
        return self.kind == "reference" and self.words == FORMER


def _pointer(match: re.Match[str]) -> Pointer:
    return Pointer(
        kind=match["kind"] or "reference",
        id=match["reference"] or match["id"],
        locator=match["locator"] or "",
        words=match["words"] or "",
        written=match[0],
        start=match.start(),
    )


def without_code(text: str) -> str:
    """The text with code blanked out, every other character where it was."""
    return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def pointers(text: str) -> Iterator[Pointer]:
    """The pointers of a text in order, those in code left out."""
    if "[" in text:
        yield from map(_pointer, POINTER.finditer(without_code(text)))


def expand(text: str, words: Callable[[Pointer], str]) -> str:
    """The text with each pointer replaced by what `words` says of it."""
    if "[" not in text:
        return text
    parts, end = [], 0
    for pointer in pointers(text):
        parts += [text[end : pointer.start], words(pointer)]
        end = pointer.start + len(pointer.written)
    return "".join([*parts, text[end:]])

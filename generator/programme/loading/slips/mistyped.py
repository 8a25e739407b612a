"""One thing that an author mistyped, and the lines as they must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Mistyped:
    """Line and column count from 0. `changes` are lines put right, None for one that goes.

    `shown` is the line that the author is shown; nothing where one line is not enough.
    """

    code: str
    line: int
    column: int
    phrase: str = ""
    changes: Mapping[int, str | None]
    shown: str = ""

    def applied(self, lines: list[str], part: range | None = None) -> list[str]:
        """Returns the lines, or those of a part, put right."""
        numbers = range(len(lines)) if part is None else part
        changed = (self.changes.get(number, lines[number]) for number in numbers)
        return [line for line in changed if line is not None]

    @property
    def blanks(self) -> str:
        """How the line shown begins, in words."""
        count = len(self.shown) - len(self.shown.lstrip(" "))
        return f"gõ đúng {count} dấu cách ở đầu dòng" if count else "để dòng này sát lề"


def retyped(code: str, line: int, column: int, new: str, *, phrase: str = "") -> Mistyped:
    """One line that has to be typed as `new`."""
    return Mistyped(code=code, line=line, column=column, phrase=phrase, changes={line: new}, shown=new)

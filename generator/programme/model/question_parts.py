"""Parts of questions: as authors write them, as they are shown, and as they are checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .response import LETTERS, WORDS
from .values import Flag, FrozenMap, MarkdownText, Slug, Value


class Option(Value):
    text: MarkdownText
    correct: Flag = False
    feedback: MarkdownText | None = None


class Pair(Value):
    left: MarkdownText
    right: MarkdownText
    feedback: MarkdownText | None = None


class Item(Value):
    text: MarkdownText
    feedback: MarkdownText | None = None


class Blank(Value):
    options: FrozenMap[Slug, Option]


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """Something to choose, to pair or to put in its place; `text` is HTML."""

    number: str
    letter: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ShownQuestion:
    """A question as it is asked, on a page or on paper: no id and no trace of its answer.

    `kind` is a question's own; `stem` is HTML; `lefts` are those of a matching, `blanks` the
    lists of a fill-in.
    """

    number: str
    kind: str
    stem: str
    parts: tuple[ShownPart, ...]
    lefts: tuple[ShownPart, ...] = ()
    blanks: tuple[tuple[ShownPart, ...], ...] = ()


class PartGroup(NamedTuple):
    """Parts among which a reader chooses: the keys that lead to them, and their texts side by side.

    `code` is that of a finding where so many `correct` ones cannot be.
    """

    path: tuple[str, ...]
    sides: Mapping[str, Mapping[str, str]]
    correct: int = 0
    code: str | None = None

    @property
    def size(self) -> int:
        return max(map(len, self.sides.values()))

    def word(self, side: str = "count") -> str:
        """Returns what an author calls the parts, or one side of a part."""
        return str(WORDS[self.path[-1]][side])


class QuestionFault(NamedTuple):
    """Something that its author has to put right: the code of a finding, where, and what it says."""

    code: str
    path: tuple[str, ...]
    values: Mapping[str, str]


#: Puts ids in another order; where a question has several lists, the second names the list.
Arrange = Callable[[tuple[str, ...], str], tuple[str, ...]]
Inline = Callable[[str], str]


def shown_parts(texts: Sequence[str], inline: Inline) -> tuple[ShownPart, ...]:
    """Returns texts with their numbers, 1 the first, and letters."""
    return tuple(
        ShownPart(number=str(nth + 1), letter=LETTERS[nth % len(LETTERS)], text=inline(text))
        for nth, text in enumerate(texts)
    )

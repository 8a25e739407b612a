"""Parts of questions, as they are written, shown and checked; and how a question is answered.

It is by choosing, by giving each left side or blank a part, or by an order. A response is the ids of what was
chosen; a pair is `left=right`. What a form asked is kept as the ids of its parts in the order shown and the
response that is right, so nothing here needs the question itself: a form is read and marked alike whatever
its author changes later.

`from_numbers` reads what a page sends: the numbers of parts as they stood there, 1 the first, a pair as
`1=2`. `from_letters` reads what stands on a paper, capitals and figures alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, NamedTuple

from ...catalogue import read_catalogue
from .values import Flag, FrozenMap, MarkdownText, Slug, Value

LETTERS = ascii_uppercase
#: How many parts have a letter that a paper may bear, A to J.
MOST_PARTS = 10
#: What authors call the parts, and what is wrong with letters on a paper.
WORDS: Mapping[str, Any] = read_catalogue("taphuan", "question_words.toml")
NUMBERS = tuple(map(str, range(1, 1000)))
PLACES = {number: place for place, number in enumerate(NUMBERS)}
PAIR = re.compile(r"([0-9]{1,2})([A-Z])")
TRUE, FALSE = frozenset({"Đ", "D"}), frozenset({"S"})

Ids = Sequence[str]
#: What was sent, by the name of a field: `q3` for question 3, `q3-2` for its second left side or part.
Fields = Mapping[str, Sequence[str]]


class UnreadableLetters(ValueError):
    """Something on a paper that is no answer to its question; `code` names the sentence that says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(WORDS["unreadable"][code].format(**values))


class NoSuchPart(LookupError):
    """A number that no part of a question has."""


def part_numbered(parts: Ids, number: str) -> str:
    """Returns the part of a number. Raises NoSuchPart."""
    place = PLACES.get(number, len(parts))
    if place >= len(parts):
        raise NoSuchPart(number)
    return parts[place]


def part_lettered(parts: Ids, letter: str) -> str:
    """Returns the part of a letter. Raises UnreadableLetters."""
    place = LETTERS.find(letter)
    if not 0 <= place < len(parts):
        raise UnreadableLetters("no-such-letter", last=LETTERS[len(parts) - 1])
    return parts[place]


def _rows(name: str, fields: Fields) -> dict[str, str]:
    """Returns what was chosen in each row of a question, by the number of the row."""
    return {
        field.partition("-")[2]: values[0] for field, values in fields.items() if field.startswith(f"{name}-")
    }


class AnswerRow(NamedTuple):
    """A row of circles on an answer sheet: `number` is of its left side, blank or place, "" for a choice.

    `right` are the letters that the key has filled.
    """

    number: str
    letters: tuple[str, ...]
    right: tuple[str, ...]


def _answer_row(number: str, parts: Ids, right: Ids) -> AnswerRow:
    letters = tuple(LETTERS[: len(parts)])
    chosen = tuple(letter for letter, id in zip(letters, parts, strict=True) if id in right)
    return AnswerRow(number, letters, chosen)


class OneChosen:
    """One part is chosen."""

    @classmethod
    def is_right(cls, right: Ids, response: Ids) -> bool:
        return tuple(response) == tuple(right)

    @classmethod
    def is_whole(cls, right: Ids, response: Ids) -> bool:
        """Tells whether nothing is left to answer."""
        return bool(response)

    @classmethod
    def from_fields(cls, name: str, fields: Fields) -> list[str]:
        """Returns the numbers of what was chosen in the fields of a question, whose first is `name`."""
        return list(fields.get(name, ()))

    @classmethod
    def from_numbers(cls, parts: Ids, right: Ids, numbers: Ids) -> list[str]:
        """Returns the response that numbers give. Raises NoSuchPart."""
        return [part_numbered(parts, number) for number in numbers]

    @classmethod
    def from_letters(cls, parts: Ids, right: Ids, letters: str) -> tuple[str, ...]:
        """Returns the response that letters give. Raises UnreadableLetters."""
        if len(letters) > 1:
            raise UnreadableLetters("one-letter")
        return tuple(part_lettered(parts, letter) for letter in letters)

    @classmethod
    def letters(cls, parts: Ids, right: Ids) -> str:
        """Returns what a paper says that is right."""
        return ", ".join(sorted(LETTERS[parts.index(id)] for id in right))

    @classmethod
    def labels(cls, parts: Ids, right: Ids) -> dict[str, str]:
        """Returns what a paper calls each part that has a reason, in the order to tell the reasons in."""
        return {id: LETTERS[parts.index(id)] for id in parts}

    @classmethod
    def answer_rows(cls, parts: Ids, right: Ids) -> tuple[AnswerRow, ...]:
        """Returns the rows of circles that a paper has for it."""
        return (_answer_row("", parts, right),)


class SeveralChosen(OneChosen):
    """Several parts are chosen, in any order."""

    @classmethod
    def is_right(cls, right: Ids, response: Ids) -> bool:
        return len(response) == len(set(response)) and set(response) == set(right)

    @classmethod
    def from_letters(cls, parts: Ids, right: Ids, letters: str) -> tuple[str, ...]:
        if len(set(letters)) < len(letters):
            raise UnreadableLetters("letter-twice")
        return tuple(part_lettered(parts, letter) for letter in letters)


class TrueOrFalse(OneChosen):
    """One of `true` and `false` is chosen, on paper by Đ or S."""

    @classmethod
    def from_letters(cls, parts: Ids, right: Ids, letters: str) -> tuple[str, ...]:
        if letters not in TRUE | FALSE:
            raise UnreadableLetters("true-or-false")
        return ("true" if letters in TRUE else "false",)

    @classmethod
    def letters(cls, parts: Ids, right: Ids) -> str:
        return "Đ" if tuple(right) == ("true",) else "S"

    @classmethod
    def labels(cls, parts: Ids, right: Ids) -> dict[str, str]:
        return {id: cls.letters(parts, (id,)) for id in parts}

    @classmethod
    def answer_rows(cls, parts: Ids, right: Ids) -> tuple[AnswerRow, ...]:
        return (AnswerRow("", ("Đ", "S"), (cls.letters(parts, right),)),)


class PutInOrder(SeveralChosen):
    """All parts are put in an order."""

    @classmethod
    def is_right(cls, right: Ids, response: Ids) -> bool:
        return tuple(response) == tuple(right)

    @classmethod
    def is_whole(cls, right: Ids, response: Ids) -> bool:
        return len(response) == len(right)

    @classmethod
    def from_fields(cls, name: str, fields: Fields) -> list[str]:
        """Returns the parts by their places; two in one place are no order yet."""
        rows = _rows(name, fields)
        by_place = {place: part for part, place in rows.items()}
        whole = len(by_place) == len(rows)
        return [by_place[place] for place in sorted(by_place, key=_place)] if whole else []

    @classmethod
    def from_letters(cls, parts: Ids, right: Ids, letters: str) -> tuple[str, ...]:
        if len(letters) != len(parts) and len(set(letters)) == len(letters):
            raise UnreadableLetters("all-letters", count=len(parts))
        return super().from_letters(parts, right, letters)

    @classmethod
    def letters(cls, parts: Ids, right: Ids) -> str:
        return " ".join(LETTERS[parts.index(id)] for id in right)

    @classmethod
    def labels(cls, parts: Ids, right: Ids) -> dict[str, str]:
        return {id: LETTERS[parts.index(id)] for id in right}

    @classmethod
    def answer_rows(cls, parts: Ids, right: Ids) -> tuple[AnswerRow, ...]:
        return tuple(_answer_row(str(place), parts, (id,)) for place, id in enumerate(right, 1))


def _place(written: str) -> tuple[int, str]:
    return (int(written), written) if re.fullmatch(r"[0-9]{1,3}", written) else (0, written)


class Paired(SeveralChosen):
    """Each left side is given a part; the left sides stand as the right response has them."""

    @classmethod
    def lefts(cls, right: Ids) -> tuple[str, ...]:
        """Returns the ids of the left sides as the author ordered them: that says nothing of the parts."""
        return tuple(pair.partition("=")[0] for pair in right)

    @classmethod
    def pairs_of(cls, left: str, parts: Ids) -> tuple[str, ...]:
        """Returns what a left side may be answered with, in the order shown."""
        return tuple(f"{left}={part}" for part in parts)

    @classmethod
    def is_whole(cls, right: Ids, response: Ids) -> bool:
        return len(response) == len(right)

    @classmethod
    def from_fields(cls, name: str, fields: Fields) -> list[str]:
        return [f"{left}={part}" for left, part in _rows(name, fields).items()]

    @classmethod
    def from_numbers(cls, parts: Ids, right: Ids, numbers: Ids) -> list[str]:
        lefts, pairs = cls.lefts(right), [number.partition("=") for number in numbers]
        return [
            part_numbered(cls.pairs_of(part_numbered(lefts, left), parts), part) for left, _, part in pairs
        ]

    @classmethod
    def from_letters(cls, parts: Ids, right: Ids, letters: str) -> tuple[str, ...]:
        lefts, pairs = cls.lefts(right), PAIR.findall(letters)
        if "".join(number + letter for number, letter in pairs) != letters:
            raise UnreadableLetters("number-and-letter")
        numbers = [int(number) for number, _ in pairs]
        if len(set(numbers)) < len(numbers):
            raise UnreadableLetters("number-twice")
        if not all(1 <= number <= len(lefts) for number in numbers):
            raise UnreadableLetters("no-such-number", last=len(lefts))
        return tuple(part_lettered(cls.pairs_of(lefts[int(n) - 1], parts), letter) for n, letter in pairs)

    @classmethod
    def letters(cls, parts: Ids, right: Ids) -> str:
        rows = enumerate(zip(cls.lefts(right), right, strict=True), 1)
        return " ".join(f"{n}{LETTERS[cls.pairs_of(left, parts).index(pair)]}" for n, (left, pair) in rows)

    @classmethod
    def labels(cls, parts: Ids, right: Ids) -> dict[str, str]:
        return dict(zip(cls.lefts(right), cls.letters(parts, right).split(), strict=True))

    @classmethod
    def answer_rows(cls, parts: Ids, right: Ids) -> tuple[AnswerRow, ...]:
        lefts = enumerate(cls.lefts(right), 1)
        return tuple(_answer_row(str(n), cls.pairs_of(left, parts), right) for n, left in lefts)


class Filled(Paired):
    """Each blank is given an option of its own list; its parts are pairs already."""

    @classmethod
    def pairs_of(cls, left: str, parts: Ids) -> tuple[str, ...]:
        return tuple(part for part in parts if part.partition("=")[0] == left)

    @classmethod
    def labels(cls, parts: Ids, right: Ids) -> dict[str, str]:
        blanks = enumerate(cls.lefts(right), 1)
        return {
            part: f"{n}{letter}"
            for n, blank in blanks
            for letter, part in zip(LETTERS, cls.pairs_of(blank, parts), strict=False)
        }


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

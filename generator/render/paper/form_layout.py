"""The places of questions on a form and its answer sheet: as few pages as fit, all filled about alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import TypeVar

from markupsafe import Markup

from ...programme.model.question_parts import AnswerRow, ShownQuestion

T = TypeVar("T")

#: Rows of circles that a column of the answer sheet holds, and circles in a row of it.
ROWS, CIRCLES = 20, 6
#: Letters that a line holds of a question and of what is chosen, in two columns.
STEM_LETTERS, PART_LETTERS = 37, 39
#: Millimetres of a line, of what is between questions, and of what says how to answer.
LINE, GAP, HOW = 5.36, 4.6, 5.8
#: Millimetres of both columns together, on the first page, which has a head, and on others; a tenth is left,
#: as no question is broken.
FIRST_ROOM, ROOM = 385.0, 455.0


def even_split(
    items: Sequence[T], size: Callable[[T], float], room: Callable[[int], float], *, multiple: int = 1
) -> tuple[tuple[T, ...], ...]:
    """Returns the items in as few groups as hold them, by a multiple, and each about as full as another.

    `room` is what the group of a number, 0 the first, holds; what is larger stands alone.
    """
    fewest = ceil(len(_filled(items, size, room, 1)) / multiple) * multiple
    shares = (percent / 100 for percent in range(1, 101))
    return next(groups for share in shares if len(groups := _filled(items, size, room, share)) <= fewest)


def _filled(
    items: Iterable[T], size: Callable[[T], float], room: Callable[[int], float], share: float
) -> tuple[tuple[T, ...], ...]:
    """Returns the items in groups, each filled up to a share of its room."""
    groups: list[list[T]] = []
    left = 0.0
    for item in items:
        if not groups or size(item) > left:
            left = room(len(groups)) * share
            groups.append([])
        groups[-1].append(item)
        left -= size(item)
    return tuple(map(tuple, groups))


def page_room(number: int) -> float:
    """Returns the millimetres of a page of questions, 0 the first."""
    return ROOM if number else FIRST_ROOM


def question_height(question: ShownQuestion) -> float:
    """Returns about how many millimetres a question takes in its column."""
    listed = (question.parts, question.lefts, *question.blanks)
    parts = [part.text for group in listed for part in group]
    lines = _lines(f"Câu 00. {question.stem}", STEM_LETTERS)
    lines += sum(_lines(text, PART_LETTERS) for text in parts)
    return GAP + HOW * max(1, len(question.blanks)) + lines * LINE + len(parts) * 0.8


def _lines(html: str, letters: int) -> int:
    return max(1, ceil(len(Markup(html).striptags()) / letters))


def sheet_rows(rows: Sequence[AnswerRow]) -> int:
    """Returns how many rows of the answer sheet a question takes."""
    return sum(ceil(len(row.letters) / CIRCLES) for row in rows)

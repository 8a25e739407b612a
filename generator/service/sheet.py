"""The sheet of a form: what a learner sees. No id of a question or an option is on it, only numbers.

An author's ids can give an answer away, and a pair's two sides share one. So questions are numbered
as the form asks them and their parts as it shows them; a matching's left sides as the key has them.
What comes back in numbers (`Wire`) is turned into ids here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..programme.model.programme import Programme
from ..programme.model.question import Choice, Matching, Ordering, Question
from ..quiz import Answer, Form, Key, Responses
from ..render.prose import Prose
from .faults import Fault

#: Numbers of parts by the number of a question; `2=1` joins a left side to a right one.
Wire = Mapping[str, Sequence[str]]
NUMBERS = tuple(map(str, range(1, 1000)))
PLACES = {number: place for place, number in enumerate(NUMBERS)}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Where sheets stand: links in a stem are relative to that.
PAGE = "hoc-vien/kiem-tra/khoa/lam-bai/"


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """Something to choose, to pair or to put in its place; `text` is HTML."""

    number: str
    letter: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SheetQuestion:
    """`kind` is a question's own; `stem` is HTML; `lefts` are those of a matching."""

    number: str
    kind: str
    stem: str
    parts: tuple[ShownPart, ...]
    lefts: tuple[ShownPart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionSheet:
    """The questions of a form, without a trace of their answers."""

    form: str
    course: str
    questions: tuple[SheetQuestion, ...]


class Sheets:
    """Makes sheets of one programme's questions."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._prose = Prose(programme)

    def sheet(self, id: str, form: Form, key: Key) -> QuestionSheet:
        questions = tuple(
            self._question(str(nth), asked.id, asked.parts, key[asked.id])
            for nth, asked in enumerate(form.asked, 1)
        )
        return QuestionSheet(form=id, course=form.course, questions=questions)

    def _question(self, number: str, id: str, shown: Sequence[str], answer: Answer) -> SheetQuestion:
        question = self._programme.questions[id][1]
        texts = _texts(question)
        lefts = [question.pairs[id].left for id in _lefts(answer)] if isinstance(question, Matching) else []
        return SheetQuestion(
            number=number,
            kind=question.kind,
            stem=self._prose.html(question.stem, PAGE),
            parts=tuple(self._parts([texts[id] for id in shown])),
            lefts=tuple(self._parts(lefts)),
        )

    def _parts(self, texts: Iterable[str]) -> Iterator[ShownPart]:
        for nth, text in enumerate(texts):
            yield ShownPart(
                number=str(nth + 1), letter=LETTERS[nth % len(LETTERS)], text=self._prose.inline(text, PAGE)
            )


def _texts(question: Question) -> Mapping[str, str]:
    """The words of what is chosen among, by id."""
    if isinstance(question, Choice):
        return {id: option.text for id, option in question.options.items()}
    if isinstance(question, Matching):
        return {id: pair.right for id, pair in question.pairs.items()}
    if isinstance(question, Ordering):
        return {id: item.text for id, item in question.items.items()}
    return {"true": "Đúng", "false": "Sai"}


# --- what comes back ------------------------------------------------------------------------


def responses(form: Form, key: Key, wire: Wire) -> Responses:
    """Option ids by question id. Raises Fault for a number that is not on the sheet."""
    asked = dict(zip(NUMBERS, form.asked, strict=False))
    found = {}
    for number, given in wire.items():
        if number not in asked:
            raise Fault("not-understood", where=f"đề không có câu {number}")
        one = asked[number]
        if len(given) > len(one.parts):
            raise Fault("not-understood", where=f"câu {number} có quá nhiều lựa chọn")
        if given:
            found[one.id] = _ids(given, one.parts, key[one.id], number)
    return found


def _ids(given: Sequence[str], shown: Sequence[str], answer: Answer, question: str) -> list[str]:
    """The ids of what was chosen, by their numbers on the sheet."""
    if answer.kind != "matching":
        return [_at(shown, number, question) for number in given]
    lefts = _lefts(answer)
    pairs = [number.partition("=") for number in given]
    return [f"{_at(lefts, left, question)}={_at(shown, right, question)}" for left, _, right in pairs]


def _at(parts: Sequence[str], number: str, question: str) -> str:
    """A part by its number. Raises Fault."""
    place = PLACES.get(number, len(parts))
    if place >= len(parts):
        raise Fault("not-understood", where=f"câu {question} không có lựa chọn {number}")
    return parts[place]


def _lefts(answer: Answer) -> tuple[str, ...]:
    """The left sides of a matching as its author ordered them, which says nothing of the right ones."""
    return tuple(pair.partition("=")[0] for pair in answer.right)


def open_ones(form: Form, key: Key, responses: Responses) -> tuple[str, ...]:
    """The numbers of the questions that are not fully answered."""
    return tuple(
        str(nth)
        for nth, asked in enumerate(form.asked, 1)
        if not _is_answered(key[asked.id], responses.get(asked.id, ()))
    )


def _is_answered(answer: Answer, given: Sequence[str]) -> bool:
    if answer.kind in {"matching", "ordering"}:
        return len(given) == len(answer.right)
    return bool(given)

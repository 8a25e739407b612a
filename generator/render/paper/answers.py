"""Answers to a lesson's self-check, with their reasons: after the questions on paper, in full for a trainer.

Nothing here is read of a bank for tests: what is right in a test stands in its key alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

from markupsafe import Markup

from ...programme.model.course import Lesson
from ...programme.model.programme import Programme
from ...programme.model.question import Bank, Question
from ...programme.model.question_parts import ShownQuestion
from ..text.citations import spelled_where_leaned_on

Inline = Callable[[str], Markup]


@dataclass(frozen=True, kw_only=True)
class Reasoned:
    """A part by the letters it has on the sheet, and why it is right or wrong."""

    label: str
    why: Markup


@dataclass(frozen=True, kw_only=True)
class AnswerOnPaper:
    """A question with the letters on the sheet that are right, and why; `reasons` are those of each part."""

    shown: ShownQuestion
    letters: str
    why: Markup
    reasons: tuple[Reasoned, ...] = ()


def self_checks(programme: Programme, lesson: Lesson) -> Iterator[tuple[str, Bank, Question]]:
    """Yields the lesson's questions; one of a test never gets onto paper, named here or not."""
    for id in lesson.self_check:
        bank, question = programme.questions.get(id, (None, None))
        if bank and question and bank.use == "self-check":
            yield id, bank, question


def printed_answer(id: str, question: Question, inline: Inline, why: Markup) -> AnswerOnPaper:
    """Returns a question with its parts in an order that is always the same and never the author's."""
    parts, right = _arranged(id, question), question.right_response
    shown = question.shown(id, parts, right, inline, inline)
    return AnswerOnPaper(shown=shown, letters=question.letters(parts, right), why=why)


def short_reason(question: Question) -> str:
    """Returns why the answer is right, as its author put it, else the first reason of a part."""
    return question.explanation or next(filter(None, question.reasons.values()), "")


def full_answers(
    programme: Programme, lesson: Lesson, line: Callable[..., Markup]
) -> Iterator[AnswerOnPaper]:
    """Yields the answers of a lesson with the reasons of every part; `line` sets a text of a file."""
    for id, bank, question in self_checks(programme, lesson):
        inline = partial(line, source=bank.source)
        why = spelled_where_leaned_on(programme.register, question.explanation or "")
        answer = printed_answer(id, question, inline, inline(why))
        yield replace(answer, reasons=tuple(_reasons(programme, question, _arranged(id, question), inline)))


def _reasons(
    programme: Programme, question: Question, parts: Sequence[str], inline: Inline
) -> Iterator[Reasoned]:
    reasons = question.part_reasons
    for id, label in question.labels(parts, question.right_response).items():
        if reason := reasons[id]:
            yield Reasoned(label=label, why=inline(spelled_where_leaned_on(programme.register, reason)))


def _arranged(id: str, question: Question) -> tuple[str, ...]:
    def shuffle(written: tuple[str, ...], _: str) -> tuple[str, ...]:
        mixed = tuple(sorted(written, key=lambda part: sha256(f"{id}/{part}".encode()).digest()))
        return (*mixed[1:], mixed[0]) if mixed == written else mixed

    return question.arranged(shuffle)

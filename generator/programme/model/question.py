"""Questions and the banks that hold them, each for self-checks or for tests.

A bank serves self-checks or tests, never both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from .base import NOTHING, Document, FrozenMap, Value
from .scalars import Day, Flag, MarkdownText, Slug, Text


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


class QuestionBase(Value):
    """Holds what every kind of question has. `valid_until` is the last day on which its answer is right.

    That day says when a question is asked and nothing of what it asks, so it stands in no `repr`: results
    go by the version of a test, which is a digest of its questions' `repr`.
    """

    stem: MarkdownText
    explanation: MarkdownText | None = None
    objective: Slug | None = None
    valid_until: Day | None = Field(default=None, repr=False)

    def is_right_on(self, day: date) -> bool:
        """Tells whether its answer still holds on a day, so that it may be asked."""
        return self.valid_until is None or day <= self.valid_until


class Choice(QuestionBase):
    options: FrozenMap[Slug, Option]

    @property
    def reasons(self) -> dict[str, str | None]:
        return {f"options.{id}": option.feedback for id, option in self.options.items()}


class SingleChoice(Choice):
    kind: Literal["single-choice"]


class MultipleChoice(Choice):
    kind: Literal["multiple-choice"]


class TrueFalse(QuestionBase):
    kind: Literal["true-false"]
    answer: Flag
    feedback: FrozenMap[Literal["true", "false"], MarkdownText] = NOTHING

    @property
    def reasons(self) -> dict[str, str | None]:
        given = dict(self.feedback)
        return {"feedback.true": given.get("true"), "feedback.false": given.get("false")}


class Matching(QuestionBase):
    kind: Literal["matching"]
    pairs: FrozenMap[Slug, Pair]

    @property
    def reasons(self) -> dict[str, str | None]:
        return {f"pairs.{id}": pair.feedback for id, pair in self.pairs.items()}


class Ordering(QuestionBase):
    """`items` stand in the right order; whoever shows them shuffles."""

    kind: Literal["ordering"]
    items: FrozenMap[Slug, Item]

    @property
    def reasons(self) -> dict[str, str | None]:
        return {f"items.{id}": item.feedback for id, item in self.items.items()}


Question = Annotated[
    SingleChoice | MultipleChoice | TrueFalse | Matching | Ordering, Field(discriminator="kind")
]


class Bank(Document):
    id: Slug
    title: Text | None = None
    use: Literal["self-check", "test"]
    questions: FrozenMap[Slug, Question]

    def fitting(self, objective: str | None) -> tuple[tuple[str, Question], ...]:
        """Returns the questions of an objective with their ids; all of them where none is named."""
        return self._by_objective.get(objective, ())

    @cached_property
    def _by_objective(self) -> Mapping[str | None, tuple[tuple[str, Question], ...]]:
        by_objective: dict[str | None, tuple[tuple[str, Question], ...]] = {}
        for id, question in self.questions.items():
            if question.objective is not None:
                by_objective[question.objective] = (*by_objective.get(question.objective, ()), (id, question))
        return by_objective | {None: tuple(self.questions.items())}

"""Questions and the banks that hold them, each for self-checks or for tests.

A bank serves self-checks or tests, never both. Each kind of question answers for itself: its parts and their
order, what is right, what is read of it, what its author has to put right; how it is answered it has from
`response`. What is drawn of it stands in `templates/questions/<kind>.j2`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field

from .question_parts import (
    MOST_PARTS,
    WORDS,
    Arrange,
    Blank,
    Filled,
    Inline,
    Item,
    OneChosen,
    Option,
    Pair,
    Paired,
    PartGroup,
    PutInOrder,
    QuestionFault,
    SeveralChosen,
    ShownQuestion,
    TrueOrFalse,
    shown_parts,
)
from .values import NOTHING, Day, Flag, ForReaders, FrozenMap, MarkdownText, NamedDocument, Slug, Text

#: Where a stem has a blank to fill in.
BLANK = re.compile(r"\[blank:([a-z0-9-]+)\]")


class QuestionBase(ForReaders):
    """Holds what every kind of question has. `valid_until` is the last day on which its answer is right."""

    #: The key of its parts, and the keys of a part's texts; the last is the text that is chosen.
    parts_key: ClassVar[str]
    sides: ClassVar[tuple[str, ...]] = ("text",)
    #: Minutes to answer, besides reading. Choosing: with reading, five questions take some five minutes, the
    #: most that planners of courses reckon for a quiz of five (atingi, How to estimate seat time).
    minutes: ClassVar[float] = 0.25
    #: Whether "Xếp các bước theo thứ tự" may be the stem of many questions.
    has_general_stem: ClassVar[bool] = False
    #: Whether a page puts the parts in another order than the author's, which would give the answer away.
    is_mixed_on_page: ClassVar[bool] = False

    stem: MarkdownText
    explanation: MarkdownText | None = None
    objective: Slug | None = None
    valid_until: Day | None = None

    @classmethod
    def kind_name(cls) -> str:
        """Returns what authors write as `kind`."""
        return str(get_args(cls.model_fields["kind"].annotation)[0])

    def is_right_on(self, day: date) -> bool:
        """Tells whether its answer still holds on a day, so that it may be asked."""
        return self.valid_until is None or day <= self.valid_until

    @property
    def content(self) -> Mapping[str, Any]:
        """Returns what is asked, as values of JSON; the day until when and for whom say nothing of it.

        Keys of JSON have no order, so the parts and the right response stand in theirs besides.
        """
        written = self.model_dump(mode="json", exclude_defaults=True, exclude={"valid_until", "readers"})
        return {**written, "order": [list(self.part_texts), list(self.right_response)]}

    @property
    def written_parts(self) -> Mapping[str, Any]:
        """Returns the parts as their author wrote them, by id."""
        parts: Mapping[str, Any] = getattr(self, self.parts_key)
        return parts

    @property
    def part_texts(self) -> Mapping[str, str]:
        """Returns the texts of what is chosen among, by id, in the author's order."""
        return {id: getattr(part, self.sides[-1]) for id, part in self.written_parts.items()}

    @property
    def right_response(self) -> tuple[str, ...]:
        return tuple(self.written_parts)

    @property
    def right_option(self) -> str | None:
        """Returns the id of the one right option among several; None for other kinds."""
        return None

    @property
    def stated(self) -> bool | None:
        """Tells whether a statement is true; None for other kinds."""
        return None

    @property
    def reasons(self) -> dict[str, str | None]:
        """Returns why each part is right or wrong, by the keys that lead to it."""
        return {f"{self.parts_key}.{id}": part.feedback for id, part in self.written_parts.items()}

    @property
    def part_reasons(self) -> dict[str, str | None]:
        """Returns the same by the ids of the parts."""
        return {id: part.feedback for id, part in self.written_parts.items()}

    @property
    def groups(self) -> tuple[PartGroup, ...]:
        sides = {
            side: {id: getattr(part, side) for id, part in self.written_parts.items()} for side in self.sides
        }
        return (PartGroup((self.parts_key,), sides),)

    @property
    def faults(self) -> Iterator[QuestionFault]:
        """Yields what this kind alone can have wrong."""
        return iter(())

    @property
    def texts_read(self) -> Iterator[str]:
        """Yields what is read of a question, before it is answered and after.

        Of the reasons, a page gives those of what was chosen and of what should have been: here, the latter.
        """
        yield from (self.stem, self.explanation or "")
        yield from (text for group in self.groups for side in group.sides.values() for text in side.values())

    def arranged(self, arrange: Arrange) -> tuple[str, ...]:
        """Returns the ids of the parts in an order to show them in."""
        return arrange(tuple(self.part_texts), "")

    def shown(
        self, number: str, parts: Sequence[str], right: Sequence[str], inline: Inline, block: Inline
    ) -> ShownQuestion:
        """Returns the question with its parts in that order; `inline` and `block` make HTML of Markdown.

        `right` is the right response: it has the order of left sides, which is no part of the answer.
        """
        stem, lefts = block(self.stem), shown_parts(self.left_texts(right), inline)
        texts = self.part_texts
        shown = shown_parts([texts[id] for id in parts], inline)
        return ShownQuestion(number=number, kind=self.kind_name(), stem=stem, parts=shown, lefts=lefts)

    def left_texts(self, right: Sequence[str]) -> tuple[str, ...]:
        return ()


class Choice(QuestionBase):
    parts_key = "options"
    options: FrozenMap[Slug, Option]

    @property
    def right_response(self) -> tuple[str, ...]:
        return tuple(id for id, option in self.options.items() if option.correct)

    @property
    def texts_read(self) -> Iterator[str]:
        yield from super().texts_read
        yield from (option.feedback or "" for option in self.options.values() if option.correct)


class SingleChoice(Choice, OneChosen):
    kind: Literal["single-choice"]

    @property
    def right_option(self) -> str | None:
        return next(iter(self.right_response), None)

    @property
    def groups(self) -> tuple[PartGroup, ...]:
        (options,), correct = super().groups, len(self.right_response)
        return (options._replace(correct=correct, code=None if correct == 1 else "not-one-correct"),)


class MultipleChoice(Choice, SeveralChosen):
    kind: Literal["multiple-choice"]

    @property
    def groups(self) -> tuple[PartGroup, ...]:
        (options,), correct = super().groups, len(self.right_response)
        is_sound = 0 < correct < options.size
        return (options._replace(correct=correct, code=None if is_sound else "not-some-correct"),)


class TrueFalse(QuestionBase, TrueOrFalse):
    parts_key = "options"
    kind: Literal["true-false"]
    answer: Flag
    feedback: FrozenMap[Literal["true", "false"], MarkdownText] = NOTHING

    @property
    def written_parts(self) -> Mapping[str, Option]:
        reasons, right = {str(id): reason for id, reason in self.feedback.items()}, self.right_response
        return {
            id: Option(text=text, correct=id in right, feedback=reasons.get(id))
            for id, text in WORDS["true-false"].items()
        }

    @property
    def right_response(self) -> tuple[str, ...]:
        return ("true" if self.answer else "false",)

    @property
    def stated(self) -> bool | None:
        return bool(self.answer)

    @property
    def reasons(self) -> dict[str, str | None]:
        return {f"feedback.{id}": part.feedback for id, part in self.written_parts.items()}

    @property
    def groups(self) -> tuple[PartGroup, ...]:
        return ()

    @property
    def texts_read(self) -> Iterator[str]:
        yield from super().texts_read
        yield from (part.feedback or "" for part in self.written_parts.values() if part.correct)

    def arranged(self, arrange: Arrange) -> tuple[str, ...]:
        """Returns true and false where everybody looks for them."""
        return ("true", "false")


class Matching(QuestionBase, Paired):
    parts_key = "pairs"
    sides = ("left", "right")
    minutes = 0.5
    has_general_stem = is_mixed_on_page = True
    kind: Literal["matching"]
    pairs: FrozenMap[Slug, Pair]

    @property
    def right_response(self) -> tuple[str, ...]:
        return tuple(f"{id}={id}" for id in self.pairs)

    def left_texts(self, right: Sequence[str]) -> tuple[str, ...]:
        return tuple(self.pairs[id].left for id in self.lefts(right))


class Ordering(QuestionBase, PutInOrder):
    """`items` stand in the right order; whoever shows them shuffles."""

    parts_key = "items"
    minutes = 0.5
    has_general_stem = is_mixed_on_page = True
    kind: Literal["ordering"]
    items: FrozenMap[Slug, Item]

    def arranged(self, arrange: Arrange) -> tuple[str, ...]:
        """Returns an order that is not the author's, as that is the answer."""
        parts = arrange(self.right_response, "")
        return (*parts[1:2], *parts[:1], *parts[2:]) if parts == self.right_response else parts


class FillIn(QuestionBase, Filled):
    """`stem` has a sign for each blank, `[blank:id]`; a part is an option of a blank, as `blank=option`."""

    parts_key = "blanks"
    minutes = 0.5
    kind: Literal["fill-in"]
    blanks: FrozenMap[Slug, Blank]

    @property
    def signs(self) -> list[str]:
        """Returns the blanks that the stem names, in the order of reading."""
        return BLANK.findall(self.stem)

    @property
    def written_parts(self) -> Mapping[str, Blank]:
        """Returns the blanks in the order of reading."""
        return {id: self.blanks[id] for id in self.signs if id in self.blanks}

    @property
    def options(self) -> dict[str, Option]:
        """Returns the options of all blanks as parts."""
        blanks = self.written_parts.items()
        return {f"{id}={own}": option for id, blank in blanks for own, option in blank.options.items()}

    @property
    def part_texts(self) -> Mapping[str, str]:
        return {id: option.text for id, option in self.options.items()}

    @property
    def right_response(self) -> tuple[str, ...]:
        return tuple(id for id, option in self.options.items() if option.correct)

    @property
    def reasons(self) -> dict[str, str | None]:
        return {
            f"blanks.{id}.options.{own}": option.feedback
            for id, blank in self.blanks.items()
            for own, option in blank.options.items()
        }

    @property
    def part_reasons(self) -> dict[str, str | None]:
        return {id: option.feedback for id, option in self.options.items()}

    @property
    def groups(self) -> tuple[PartGroup, ...]:
        return tuple(itertools.starmap(self._group, self.blanks.items()))

    def _group(self, id: str, blank: Blank) -> PartGroup:
        texts = {own: option.text for own, option in blank.options.items()}
        correct = sum(option.correct for option in blank.options.values())
        code = None if correct == 1 else "not-one-correct-in-blank"
        return PartGroup(("blanks", id, "options"), {"text": texts}, correct=correct, code=code)

    @property
    def faults(self) -> Iterator[QuestionFault]:
        signs = self.signs
        for id in dict.fromkeys(signs):
            if id not in self.blanks:
                yield QuestionFault(code="blank-without-list", path=("stem",), values={"blank": id})
            if signs.count(id) > 1:
                yield QuestionFault(code="blank-twice", path=("stem",), values={"blank": id})
        for id in self.blanks:
            if id not in signs:
                yield QuestionFault(code="list-without-blank", path=("blanks", id), values={"blank": id})
        if not self.blanks or len(self.blanks) > MOST_PARTS:
            values = {"there": str(len(self.blanks)), "most": str(MOST_PARTS)}
            yield QuestionFault(code="wrong-number-of-blanks", path=("blanks",), values=values)

    @property
    def texts_read(self) -> Iterator[str]:
        yield from super().texts_read
        yield from (option.feedback or "" for option in self.options.values() if option.correct)

    def arranged(self, arrange: Arrange) -> tuple[str, ...]:
        """Returns the options of each blank in an order of their own, the blanks as they are read."""
        by_blank = [(id, self.pairs_of(id, tuple(self.options))) for id in self.signs]
        return tuple(part for id, parts in by_blank for part in arrange(parts, id))

    def shown(
        self, number: str, parts: Sequence[str], right: Sequence[str], inline: Inline, block: Inline
    ) -> ShownQuestion:
        numbers, texts = {id: n for n, id in enumerate(self.lefts(right), 1)}, self.part_texts
        stem = BLANK.sub(lambda sign: f"({numbers.get(sign[1], '')}) ……", self.stem)
        blanks = [[texts[part] for part in self.pairs_of(id, parts)] for id in numbers]
        return ShownQuestion(
            number=number,
            kind=self.kind,
            stem=block(stem),
            parts=(),
            blanks=tuple(shown_parts(options, inline) for options in blanks),
        )


AnyKind = SingleChoice | MultipleChoice | TrueFalse | Matching | Ordering | FillIn
Question = Annotated[AnyKind, Field(discriminator="kind")]


class UnknownKind(LookupError):
    """A kind of question that this version does not have."""


class Kinds(dict[str, type[AnyKind]]):
    """Each kind by the name that authors write, and that is kept with a form. Raises UnknownKind."""

    def __missing__(self, name: str) -> type[AnyKind]:
        raise UnknownKind(f"no kind of question is called {name!r}; there are {', '.join(self)}")


KINDS = Kinds({kind.kind_name(): kind for kind in get_args(AnyKind)})


class Bank(NamedDocument, ForReaders):
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

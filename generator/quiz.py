"""The graded test: a form drawn from a seed, the sheet without answers, and marking.

A form is a set of questions with an order of options (mã đề). The same course, version and seed
give the same form; nothing here knows a clock, a person or a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from .programme.model.course import Course, Draw
from .programme.model.programme import Programme
from .programme.model.question import Choice, Matching, Ordering, Question, TrueFalse

#: What a learner answered: option ids by question id. One for a single choice, several for a
#: multiple choice, the order for an ordering, `left=right` ids for a matching.
Responses = Mapping[str, Sequence[str]]
#: The largest number from which forms on paper are drawn; whoever enters a paper types it again.
MOST_SOWN = 2**31


class Asked(NamedTuple):
    """One question of a form: its id and the ids of its parts in the order shown."""

    id: str
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A drawn test. `version` is the hash of the course's blueprint and banks at the time."""

    course: str
    version: str
    seed: int
    asked: tuple[Asked, ...]


class Tally(NamedTuple):
    """How many were right of how many."""

    right: int
    asked: int

    def reaches(self, percent: int) -> bool:
        """Whether so many per cent were right; of nothing, never."""
        return self.asked > 0 and self.right * 100 >= percent * self.asked


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The result of a form: overall and by objective, and whether it passes."""

    tally: Tally
    by_objective: Mapping[str, Tally]
    right: Mapping[str, bool]
    is_passed: bool


class NoTest(ValueError):
    """The course has no test, or its banks are too small for the blueprint."""


# --- drawing --------------------------------------------------------------------------------


def version(programme: Programme, course: Course) -> str:
    """Sixteen hex digits that change with the blueprint, its rule, and any question it can draw."""
    blueprint, test = _blueprint(course), course.test
    rule = (test.pass_share, test.attempts) if test else ()
    digest = hashlib.sha256(repr((blueprint, rule)).encode())
    for draw in blueprint:
        bank = programme.banks.get(draw.bank)
        for id, question in bank.questions.items() if bank else ():
            digest.update(f"{id}{question!r}".encode())
    return digest.hexdigest()[:16]


def draw(programme: Programme, course: Course, seed: int, *, of: str | None = None) -> Form:
    """The form of a seed: each draw of the blueprint takes its number at random, none twice.

    `of` is the version of the test, for whoever draws many forms: it takes longer to find than a form does.
    Raises NoTest where the course has no test or a bank is too small.
    """
    random = Random(f"{course.id}/{seed}")
    taken: list[str] = []
    for wanted in _blueprint(course):
        fitting = [id for id in _fitting(programme, wanted) if id not in taken]
        if len(fitting) < wanted.take:
            raise NoTest(f"{wanted.bank}: {len(fitting)} < {wanted.take}")
        taken += random.sample(fitting, wanted.take)
    random.shuffle(taken)
    questions = {id: programme.questions[id][1] for id in taken}
    asked = tuple(Asked(id=id, parts=_shown(questions[id], random)) for id in taken)
    return Form(course=course.id, version=of or version(programme, course), seed=seed, asked=asked)


def seed_of(*parts: str) -> int:
    """A seed from names, the same on every machine: a learner and an attempt's number, say."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:6])


def _blueprint(course: Course) -> tuple[Draw, ...]:
    if course.test is None:
        raise NoTest(course.id)
    return course.test.draw


def _fitting(programme: Programme, wanted: Draw) -> Iterator[str]:
    bank = programme.banks.get(wanted.bank)
    if bank is None or bank.use != "test":
        raise NoTest(wanted.bank)
    for id, question in bank.questions.items():
        if wanted.objective in (None, question.objective):
            yield id


def parts(question: Question) -> tuple[str, ...]:
    """The ids of what a learner chooses among, in the author's order."""
    if isinstance(question, Choice):
        return tuple(question.options)
    if isinstance(question, TrueFalse):
        return ("true", "false")
    return tuple(question.pairs) if isinstance(question, Matching) else tuple(question.items)


def _shown(question: Question, random: Random) -> tuple[str, ...]:
    """The parts shuffled; true and false stay where everybody looks for them."""
    found = list(parts(question))
    if isinstance(question, TrueFalse):
        return tuple(found)
    right = list(found)
    random.shuffle(found)
    while isinstance(question, Ordering) and found == right:
        random.shuffle(found)
    return tuple(found)


# --- marking --------------------------------------------------------------------------------


class Answer(NamedTuple):
    """The right response to one question, kept with a form so that later edits cannot change it."""

    kind: str
    right: tuple[str, ...]
    objective: str


Key = Mapping[str, Answer]


def key(programme: Programme, form: Form) -> Key:
    """The answers of a form by question id; never leaves the server."""
    questions = {asked.id: programme.questions[asked.id][1] for asked in form.asked}
    return {
        id: Answer(kind=question.kind, right=right(question), objective=question.objective or "")
        for id, question in questions.items()
    }


def right(question: Question) -> tuple[str, ...]:
    """The right answer, written as a response."""
    if isinstance(question, Choice):
        return tuple(id for id, option in question.options.items() if option.correct)
    if isinstance(question, TrueFalse):
        return ("true" if question.answer else "false",)
    if isinstance(question, Matching):
        return tuple(f"{id}={id}" for id in question.pairs)
    return tuple(question.items)


def mark(key: Key, responses: Responses, *, pass_share: int) -> Mark:
    """Right or wrong question by question; what is missing or malformed is wrong, never an error.

    Depends on the key and the responses alone. `pass_share` is in percent.
    """
    found = {id: is_right(answer, responses.get(id, ())) for id, answer in key.items()}
    grouped: dict[str, list[bool]] = {}
    for id, answer in key.items():
        grouped.setdefault(answer.objective, []).append(found[id])
    tally = Tally(right=sum(found.values()), asked=len(found))
    return Mark(
        tally=tally,
        by_objective={name: Tally(right=sum(marks), asked=len(marks)) for name, marks in grouped.items()},
        right=found,
        is_passed=tally.reaches(pass_share),
    )


def is_right(answer: Answer, response: Sequence[str]) -> bool:
    """All or nothing; only the order of an ordering matters."""
    if answer.kind in {"multiple-choice", "matching"}:
        return len(response) == len(set(response)) and set(response) == set(answer.right)
    return tuple(response) == answer.right

"""The graded test: a form drawn from a seed, the sheet without answers, and marking.

A form is a set of questions with an order of options (mã đề). The same course, version, seed and day give
the same form; nothing here knows a clock, a person or a database.

Nothing is shuffled. Each question has a digest of course, seed and its id: those with the least are drawn,
and the rest of it says where they stand and how their parts do. So a form of an earlier day is the same
today, unless one of its own questions has ended since: what was not drawn is not missed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import factorial
from typing import NamedTuple

from .programme.model.course import Course, Draw
from .programme.model.programme import Programme
from .programme.model.question import KINDS, Bank, Question

#: What a learner answered: option ids by question id. One for a single choice, several for a
#: multiple choice, the order for an ordering, `left=right` ids for a matching.
Responses = Mapping[str, Sequence[str]]
#: The largest number from which forms on paper are drawn; whoever enters a paper types it again.
LARGEST_SEED = 2**31
#: Where the bytes of a question's digest part: whether it is drawn, where it stands, how its parts do.
RANK, PLACE = 8, 16


class FormQuestion(NamedTuple):
    """One question of a form: its id and the ids of its parts in the order shown."""

    id: str
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Form:
    """A drawn test. `version` is the hash of the course's blueprint and banks at the time."""

    course: str
    version: str
    seed: int
    asked: tuple[FormQuestion, ...]

    @property
    def check(self) -> str:
        """Returns three digits that follow from what is asked and in which order, whatever else changes.

        Printed behind the number of a form, they show whether another hand drew the same one. Ids are ASCII,
        of which every Python makes the same `repr`.
        """
        digest = hashlib.sha256(repr([tuple(question) for question in self.asked]).encode()).digest()
        return f"{int.from_bytes(digest[:6]) % 1000:03}"


class Tally(NamedTuple):
    """How many were right of how many."""

    right: int
    asked: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The result of a form: overall and by objective, and whether it passes."""

    tally: Tally
    by_objective: Mapping[str, Tally]
    right: Mapping[str, bool]
    is_passed: bool


class NoTest(ValueError):
    """The course has no test, or its banks are too small for the blueprint."""


class TooFewLeft(NoTest):
    """A bank has too few questions that are still right on the day asked for."""


# --- drawing --------------------------------------------------------------------------------


def course_version(programme: Programme, course: Course) -> str:
    """Returns sixteen hex digits that change with the test's rule and blueprint and any question it can draw.

    Without a test they change with the lessons and their minutes. They are the digest of JSON with its keys
    sorted, in UTF-8, so no class of ours, no order of its fields and no Python changes them.
    """
    if course.test is None:
        content: object = [[lesson.id, lesson.minutes] for lesson in programme.lessons_of(course)]
    else:
        drawn_from = dict.fromkeys(wanted.bank for wanted in course.test.draw)
        banks = [programme.banks[bank] for bank in drawn_from if bank in programme.banks]
        content = {
            "test": course.test.model_dump(
                by_alias=True, exclude_defaults=True, include={"pass_share", "attempts", "draw"}
            ),
            "questions": {id: question.content for bank in banks for id, question in bank.questions.items()},
        }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def draw(programme: Programme, course: Course, seed: int, *, on: date, of: str | None = None) -> Form:
    """Returns the form of a seed on a day: each draw takes its number, no question twice and none over.

    `of` is the version of the test, for whoever draws many forms: it takes longer to find than a form does.
    Raises NoTest where the course has no test, TooFewLeft where a bank has too few questions on that day.
    """
    drawn: dict[str, tuple[bytes, Question]] = {}
    prefix, digest = f"{course.id}/{seed}/", hashlib.sha256
    for wanted in _blueprint(course):
        fitting = _fitting(programme, course, wanted, on, drawn)
        if len(fitting) < wanted.take:
            raise TooFewLeft(f"{wanted.bank}: {len(fitting)} < {wanted.take}")
        ranked = sorted(
            [(digest(f"{prefix}{id}".encode()).digest(), id, question) for id, question in fitting]
        )
        drawn.update(
            [(id, (question_digest, question)) for question_digest, id, question in ranked[: wanted.take]]
        )
    ordered = sorted(
        [
            (question_digest[RANK:PLACE], id, _shown(question, question_digest))
            for id, (question_digest, question) in drawn.items()
        ]
    )
    asked = tuple([FormQuestion(id, shown) for _, id, shown in ordered])
    return Form(course=course.id, version=of or course_version(programme, course), seed=seed, asked=asked)


def every_form(programme: Programme, course: Course, seed: int, *, of: str | None = None) -> tuple[Form, ...]:
    """Returns every form of a seed, whatever the day: the first is that of before any question ends.

    Raises NoTest where the course has no test.
    """
    ended = {question.valid_until for question in _drawable(programme, course) if question.valid_until}
    forms: dict[Form, None] = {}
    for day in (date.min, *(end + timedelta(days=1) for end in sorted(ended))):
        with suppress(TooFewLeft):
            forms[draw(programme, course, seed, on=day, of=of)] = None
    return tuple(forms)


def last_day(programme: Programme, form: Form) -> date | None:
    """Returns the last day on which all that a form asks is right; nothing where none of it ends."""
    days = (programme.questions[asked.id][1].valid_until for asked in form.asked)
    return min(filter(None, days), default=None)


def seed_of(*parts: str) -> int:
    """A seed from names, the same on every machine: a learner and an attempt's number, say."""
    return int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:6])


def _blueprint(course: Course) -> tuple[Draw, ...]:
    if course.test is None:
        raise NoTest(course.id)
    return course.test.draw


def _drawable(programme: Programme, course: Course) -> Iterator[Question]:
    for wanted in _blueprint(course):
        yield from _bank(programme, wanted).questions.values()


def _fitting(
    programme: Programme, course: Course, wanted: Draw, on: date, but: Collection[str]
) -> list[tuple[str, Question]]:
    fitting = programme.drawable(course, _bank(programme, wanted), wanted.objective)
    return [(id, question) for id, question in fitting if id not in but and question.is_right_on(on)]


def _bank(programme: Programme, wanted: Draw) -> Bank:
    bank = programme.banks.get(wanted.bank)
    if bank is None or bank.use != "test":
        raise NoTest(wanted.bank)
    return bank


def _shown(question: Question, digest: bytes) -> tuple[str, ...]:
    """Returns the parts in the order that a digest says; each list of a question has an order of its own."""

    def arrange(parts: tuple[str, ...], group: str) -> tuple[str, ...]:
        of_group = hashlib.sha256(digest + group.encode()).digest() if group else digest
        number = int.from_bytes(of_group[PLACE:]) % factorial(len(parts))
        return tuple([parts[place] for place in _order(len(parts), number)])

    return question.arranged(arrange)


@lru_cache(maxsize=5_000)
def _order(size: int, number: int) -> tuple[int, ...]:
    """Returns the order with that number of all orders of so many places; 0 leaves each where it is."""
    left, order = list(range(size)), []
    while left:
        number, place = divmod(number, len(left))
        order.append(left.pop(place))
    return tuple(order)


# --- marking --------------------------------------------------------------------------------


class Answer(NamedTuple):
    """The right response to one question, kept with a form so that later edits cannot change it."""

    kind: str
    right: tuple[str, ...]
    objective: str


Key = Mapping[str, Answer]


def answer_key(programme: Programme, form: Form) -> Key:
    """The answers of a form by question id; never leaves the server."""
    questions = {asked.id: programme.questions[asked.id][1] for asked in form.asked}
    return {
        id: Answer(kind=question.kind, right=question.right_response, objective=question.objective or "")
        for id, question in questions.items()
    }


def mark(key: Key, responses: Responses, *, pass_share: int) -> Mark:
    """Right or wrong question by question; what is missing or malformed is wrong, never an error.

    Depends on the key and the responses alone. `pass_share` is in percent.
    """
    verdicts = {
        id: KINDS[answer.kind].is_right(answer.right, responses.get(id, ())) for id, answer in key.items()
    }
    grouped: dict[str, list[bool]] = {}
    for id, answer in key.items():
        grouped.setdefault(answer.objective, []).append(verdicts[id])
    tally = Tally(right=sum(verdicts.values()), asked=len(verdicts))
    return Mark(
        tally=tally,
        by_objective={name: Tally(right=sum(marks), asked=len(marks)) for name, marks in grouped.items()},
        right=verdicts,
        is_passed=tally.asked > 0 and tally.right * 100 >= pass_share * tally.asked,
    )

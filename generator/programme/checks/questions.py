"""Questions: the right number of right answers, and a reason for each option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.programme import Programme
from ..model.question import Bank, Matching, MultipleChoice, Ordering, Question, SingleChoice
from ..problems import Problem
from .near import unknown
from .passages import place_of

FEWEST = 2


def check(programme: Programme) -> Iterator[Problem]:
    seen: dict[str, Bank] = {}
    objectives = {id for course in programme.courses.values() for id in course.objectives}
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            if id in seen:
                place = replace(place_of(bank, "questions", id), at_key=True)
                yield Problem(code="duplicate-id", place=place, values={"id": id, "other": seen[id].source})
            seen.setdefault(id, bank)
            yield from _question(bank, id, question)
            if question.objective and question.objective not in objectives:
                place = place_of(bank, "questions", id, "objective")
                yield unknown("objective", place, question.objective, objectives, about="course")


def _question(bank: Bank, id: str, question: Question) -> Iterator[Problem]:
    yield from _correct_options(bank, id, question)
    if bank.use == "self-check":
        for path, reason in question.reasons.items():
            if not reason:
                place = replace(place_of(bank, "questions", id, *path.split(".")), at_key=True)
                values = {"id": id, "option": path.split(".")[-1]}
                yield Problem(code="missing-reason", place=place, values=values)


def _correct_options(bank: Bank, id: str, question: Question) -> Iterator[Problem]:
    if isinstance(question, (SingleChoice, MultipleChoice)):
        correct = sum(option.correct for option in question.options.values())
        there = len(question.options)
        single = isinstance(question, SingleChoice)
        if (single and correct != 1) or (not single and correct in (0, there)) or there < FEWEST:
            code = "not-one-correct" if single else "not-some-correct"
            values = {"id": id, "count": str(correct), "there": str(there)}
            place = replace(place_of(bank, "questions", id, "options"), at_key=True)
            yield Problem(code=code, place=place, values=values)
    elif isinstance(question, (Matching, Ordering)):
        key = "pairs" if isinstance(question, Matching) else "items"
        parts = question.pairs if isinstance(question, Matching) else question.items
        if len(parts) < FEWEST:
            place = replace(place_of(bank, "questions", id, key), at_key=True)
            yield Problem(code="too-few-parts", place=place, values={"id": id})

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
    key, part, there = _parts(question)
    place = replace(place_of(bank, "questions", id, key), at_key=True)
    if key and there < FEWEST:
        values = {"id": id, "there": str(there), "part": part}
        yield Problem(code="too-few-parts", place=place, values=values)
    elif isinstance(question, (SingleChoice, MultipleChoice)):
        correct = sum(option.correct for option in question.options.values())
        single = isinstance(question, SingleChoice)
        if (single and correct != 1) or (not single and correct in (0, there)):
            code = "not-one-correct" if single else "not-some-correct"
            values = {"id": id, "count": str(correct), "there": str(there)}
            yield Problem(code=code, place=place, values=values)


def _parts(question: Question) -> tuple[str, str, int]:
    """Returns the key of what a reader chooses among, a word for one of it, and how many there are."""
    if isinstance(question, (SingleChoice, MultipleChoice)):
        return "options", "phương án", len(question.options)
    if isinstance(question, Matching):
        return "pairs", "cặp để nối", len(question.pairs)
    if isinstance(question, Ordering):
        return "items", "bước để sắp xếp", len(question.items)
    return "", "", 0

"""Questions that nobody is ever asked: no lesson names them, no test draws them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.course import Draw
from ..model.programme import Programme
from ..model.question import Bank
from ..problems import Place, Problem
from .near import near
from .passages import place_of


def check(programme: Programme) -> Iterator[Problem]:
    draws = _draws(programme)
    asked = _asked(programme)
    for bank in programme.banks.values():
        if bank.use == "test":
            yield from _never_drawn(bank, draws.get(bank.id, []))
        else:
            for id in bank.questions:
                if id not in asked:
                    place = _place(bank, id)
                    yield Problem(code="question-nowhere", place=place, values={"id": id}, about="lesson")


def _asked(programme: Programme) -> frozenset[str]:
    """Returns what lessons ask; a mistyped id, told as such, counts for the question that was meant."""
    named = {id for lesson in programme.lessons.values() for id in lesson.self_check}
    meant = {near(id, programme.questions) for id in named if id not in programme.questions}
    return frozenset(named | meant)


def _draws(programme: Programme) -> dict[str, list[Draw]]:
    """Returns what tests draw from each bank; nothing while one draws from no bank of tests, told as such."""
    found: dict[str, list[Draw]] = {}
    for course in programme.courses.values():
        for draw in course.test.draw if course.test else ():
            bank = programme.banks.get(draw.bank)
            if bank is None or bank.use != "test":
                return {}
            found.setdefault(draw.bank, []).append(draw)
    return found


def _never_drawn(bank: Bank, draws: list[Draw]) -> Iterator[Problem]:
    """Yields the questions of an objective that is not drawn for, unless no test uses the bank yet."""
    objectives = {draw.objective: None for draw in draws}
    if not draws or None in objectives:
        return
    for id, question in bank.questions.items():
        if question.objective not in objectives:
            values = {"id": id, "known": ", ".join(map(str, objectives))}
            yield Problem(code="never-drawn", place=_place(bank, id), values=values, about="course")


def _place(bank: Bank, id: str) -> Place:
    return replace(place_of(bank, "questions", id), at_key=True)

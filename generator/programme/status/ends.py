"""What ends within the days that are looked ahead to, and which tests then lack questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..endings import Ending, endings
from ..model.course import Course
from ..model.programme import Programme
from ..model.question import Bank

#: A bank and, where a test asks for one, an objective of its course.
Part = tuple[str, str | None]


@dataclass(frozen=True, kw_only=True)
class ComingEnd:
    """What is right until the end of a day, where that is written, and how many files rest on it."""

    last_day: date
    kind: str
    name: str
    file: str
    citing: int


@dataclass(frozen=True, kw_only=True)
class ShortBank:
    """A bank that from `on` has fewer questions, of an objective or in all, than each form of a test asks."""

    on: date
    course: str
    bank: str
    objective: str | None
    needed: int
    left: int


@dataclass(frozen=True, kw_only=True)
class Ends:
    """`coming` holds also what has ended before the day: it is due most of all."""

    coming: tuple[ComingEnd, ...]
    short_banks: tuple[ShortBank, ...]


def ends(programme: Programme, day: date, until: date) -> Ends:
    """Returns all of which an end is written that comes by `until`, the first to end first."""
    coming = tuple(_coming(one) for one in endings(programme) if one.last_day <= until)
    short = (one for course in programme.courses.values() for one in _short(programme, course, day, until))
    return Ends(coming=coming, short_banks=tuple(sorted(short, key=lambda one: one.on)))


def _coming(one: Ending) -> ComingEnd:
    files = {place.file for place in one.cited}
    return ComingEnd(
        last_day=one.last_day, kind=one.kind, name=one.name, file=one.place.file, citing=len(files)
    )


def _short(programme: Programme, course: Course, day: date, until: date) -> Iterator[ShortBank]:
    for (id, objective), needed in _needed(programme, course).items():
        bank = programme.banks[id]
        for on in _days(bank, day, until):
            left = _left(bank, objective, on)
            if left < needed:
                yield ShortBank(
                    on=on, course=course.id, bank=id, objective=objective, needed=needed, left=left
                )
                break


def _needed(programme: Programme, course: Course) -> Counter[Part]:
    """Returns how many questions a form asks of each bank, in all and for each objective."""
    found = Counter[Part]()
    for draw in course.test.draw if course.test else ():
        if draw.bank in programme.banks:
            for objective in {draw.objective, None}:
                found[draw.bank, objective] += draw.take
    return found


def _days(bank: Bank, day: date, until: date) -> list[date]:
    """Returns the day, and each later one on which the bank has a question less."""
    last_days = {one.valid_until for one in bank.questions.values() if one.valid_until}
    return [day, *(one + timedelta(days=1) for one in sorted(last_days) if day <= one < until)]


def _left(bank: Bank, objective: str | None, on: date) -> int:
    return sum(one.is_right_on(on) for one in bank.questions.values() if objective in (None, one.objective))

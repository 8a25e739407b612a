"""Courses and lessons: everything they name is there, and nothing is left out by accident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .. import addresses
from ..model.course import Course, Draw, Lesson
from ..model.programme import Programme
from ..model.question import Bank
from ..problems import Place, Problem
from .near import near, unknown
from .passages import place_of

SELF_CHECK_SIZE = range(3, 6)


def check(programme: Programme) -> Iterator[Problem]:
    for course in programme.courses.values():
        yield from _course(programme, course)
    for lesson in programme.lessons.values():
        yield from _lesson(programme, lesson)


def _course(programme: Programme, course: Course) -> Iterator[Problem]:
    if course.audience not in programme.audiences:
        yield unknown("audience", place_of(course, "audience"), course.audience, programme.audiences)
    targets = programme.charter.targets
    if course.counts_toward and course.counts_toward not in targets:
        yield unknown("target", place_of(course, "counts_toward"), course.counts_toward, targets)
    yield from _module_ids(course)
    yield from _modules(programme, course)
    yield from _blueprint(programme, course)
    yield from _class(programme, course)


def _module_ids(course: Course) -> Iterator[Problem]:
    ids = [module.id for module in course.modules]
    for number, id in enumerate(ids):
        if id in ids[:number]:
            values = {"id": id, "other": f"{course.source} (modules)"}
            yield Problem(code="duplicate-id", place=place_of(course, "modules", number, "id"), values=values)


def _modules(programme: Programme, course: Course) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, module in enumerate(course.modules):
        for index, name in enumerate(module.lessons):
            id = course.lesson_id(name)
            place = place_of(course, "modules", number, "lessons", index)
            if id in seen:
                yield Problem(code="lesson-twice", place=place, values={"id": name})
            elif id not in programme.lessons:
                own = [known.removeprefix(f"{course.id}/") for known in programme.lessons]
                yield Problem(
                    code="missing-lesson",
                    place=place,
                    values={"id": name, "file": f"content/lessons/{id}.md"},
                    suggestion=near(name, own),
                    about="lesson",
                )
            seen.add(id)


def _blueprint(programme: Programme, course: Course) -> Iterator[Problem]:
    drawn: Counter[tuple[str, str | None]] = Counter()
    for index, draw in enumerate(course.test.draw if course.test else ()):
        place = place_of(course, "test", "draw", index, "bank")
        bank = programme.banks.get(draw.bank)
        if bank is None:
            yield unknown("bank", place, draw.bank, programme.banks, about="question")
        elif bank.use != "test":
            yield Problem(code="bank-not-for-tests", place=place, values={"id": draw.bank})
        if draw.objective and draw.objective not in course.objectives:
            where = place_of(course, "test", "draw", index, "objective")
            yield unknown("objective", where, draw.objective, course.objectives)
        elif bank and bank.use == "test":
            drawn[draw.bank, draw.objective] += draw.take
            yield from _shortage(bank, draw, drawn, place)


def _shortage(
    bank: Bank, draw: Draw, drawn: Counter[tuple[str, str | None]], place: Place
) -> Iterator[Problem]:
    """A form asks no question twice, so what is drawn adds up: for an objective, and in the bank."""
    fitting = sum(draw.objective in (None, asked.objective) for asked in bank.questions.values())
    total = sum(take for (id, _), take in drawn.items() if id == bank.id)
    for take, there in ((drawn[bank.id, draw.objective], fitting), (total, len(bank.questions))):
        if take > there:
            values = {"id": bank.id, "take": str(take), "there": str(there)}
            yield Problem(code="bank-too-small", place=place, values=values)
            return


def _class(programme: Programme, course: Course) -> Iterator[Problem]:
    """Whoever attends every lesson has attended enough, and only where somebody is counted at all."""
    place, whole = place_of(course, "class_minutes"), programme.taught_minutes(course)
    if course.class_minutes is None:
        return
    if course.counts_toward is None:
        yield Problem(code="class-minutes-for-nobody", place=place, values={"id": course.id})
    elif course.class_minutes > whole:
        values = {"minutes": str(course.class_minutes), "lessons": str(whole)}
        yield Problem(code="class-too-long", place=place, values=values, about="lesson")


def _lesson(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    courses = programme.courses_with(lesson)
    if not courses:
        yield Problem(code="lesson-nowhere", place=place_of(lesson), values={"id": lesson.id}, about="course")
    if lesson.name == addresses.TEST:
        yield Problem(code="reserved-name", place=place_of(lesson), values={"id": lesson.name})
    if not lesson.body.strip():
        yield Problem(code="empty-lesson", place=place_of(lesson))
    home = programme.courses.get(lesson.home)
    if home:
        for index, objective in enumerate(lesson.objectives):
            if objective not in home.objectives:
                yield unknown("objective", place_of(lesson, "objectives", index), objective, home.objectives)
    yield from _self_check(programme, lesson)
    yield from _time(lesson)


def _self_check(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    for index, id in enumerate(lesson.self_check):
        place = place_of(lesson, "self_check", index)
        if id not in programme.questions:
            yield unknown("question", place, id, _self_checks(programme))
        elif programme.questions[id][0].use == "test":
            yield Problem(code="test-question-in-lesson", place=place, values={"id": id})
        if id in lesson.self_check[:index]:
            yield Problem(code="question-twice", place=place, values={"id": id})
    if len(lesson.self_check) not in SELF_CHECK_SIZE:
        count = {"count": str(len(lesson.self_check))}
        yield Problem(code="self-check-size", place=place_of(lesson, "self_check"), values=count)


def _self_checks(programme: Programme) -> Iterator[str]:
    for bank in programme.banks.values():
        yield from bank.questions if bank.use == "self-check" else ()


def _time(lesson: Lesson) -> Iterator[Problem]:
    spent = sum(activity.minutes for activity in lesson.activities)
    if spent > lesson.minutes:
        values = {"spent": str(spent), "minutes": str(lesson.minutes)}
        yield Problem(code="activities-too-long", place=place_of(lesson, "minutes"), values=values)

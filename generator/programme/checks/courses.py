"""Checks of courses, lessons and questions: what they name exists, answers are right, nothing is unused.

A reserved name of Windows, “con”, is also a Vietnamese word that suits a lesson for parents.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from .. import urls
from ..kinds import kind_of
from ..model.course import Course, Draw, Lesson
from ..model.pointer import MANY
from ..model.programme import Programme
from ..model.question import Bank, Question
from ..model.question_parts import LETTERS, MOST_PARTS, PartGroup
from ..problems import Path, Place, Problem, nearest_name, place_of, unknown_name
from ..vietnamese import unaccented
from .wording import PLACEHOLDER

SELF_CHECK_SIZE = range(3, 6)
#: Keys of a course by which somebody is recorded.
KEEPING = ("counts_toward", "records", "test", "class_minutes")


def check_courses(programme: Programme) -> Iterator[Problem]:
    for course in programme.courses.values():
        yield from _course(programme, course)
    for lesson in programme.lessons.values():
        yield from _lesson(programme, lesson)


def _course(programme: Programme, course: Course) -> Iterator[Problem]:
    if course.audience not in programme.audiences:
        yield unknown_name("audience", place_of(course, "audience"), course.audience, programme.audiences)
    elif programme.audiences[course.audience].may_be_watched and not course.keeps_nothing:
        yield Problem(code="watched-kept", place=place_of(course, "audience"), values={"id": course.audience})
    targets = programme.charter.targets
    if course.counts_toward and course.counts_toward not in targets:
        yield unknown_name("target", place_of(course, "counts_toward"), course.counts_toward, targets)
    if course.counts_toward and course.records:
        place = replace(place_of(course, "records"), at_key=True)
        yield Problem(code="recorded-twice", place=place, values={"id": course.id})
    yield from _module_ids(course)
    yield from _modules(programme, course)
    yield from _blueprint(programme, course)
    yield from _class(programme, course)
    if course.keeps_nothing:
        yield from _kept(programme, course)


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
                    suggestion=nearest_name(name, own),
                    about="lesson",
                )
            seen.add(id)


def _blueprint(programme: Programme, course: Course) -> Iterator[Problem]:
    drawn: Counter[tuple[str, str | None]] = Counter()
    for index, draw in enumerate(course.test.draw if course.test else ()):
        place = place_of(course, "test", "draw", index, "bank")
        bank = programme.banks.get(draw.bank)
        if bank is None:
            yield unknown_name("bank", place, draw.bank, programme.banks)
        elif bank.use != "test":
            yield Problem(code="bank-not-for-tests", place=place, values={"id": draw.bank})
        if draw.objective and draw.objective not in course.objectives:
            where = place_of(course, "test", "draw", index, "objective")
            yield unknown_name("objective", where, draw.objective, course.objectives)
        elif bank and bank.use == "test":
            drawn[draw.bank, draw.objective] += draw.take
            fitting = len(programme.drawable(course, bank, draw.objective))
            yield from _shortage(bank, fitting, draw, drawn, place)


def _shortage(
    bank: Bank, fitting: int, draw: Draw, drawn: Counter[tuple[str, str | None]], place: Place
) -> Iterator[Problem]:
    """Yields draws that ask for more questions than their bank has, for an objective or in all.

    A form asks no question twice, so draws from one bank add up.
    """
    total = sum(take for (id, _), take in drawn.items() if id == bank.id)
    for take, there in ((drawn[bank.id, draw.objective], fitting), (total, len(bank.questions))):
        if take > there:
            values = {"id": bank.id, "take": str(take), "there": str(there)}
            yield Problem(code="bank-too-small", place=place, values=values)
            return


def _kept(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields what would keep something of those who take a course that keeps nothing."""
    for key in (key for key in KEEPING if getattr(course, key, None)):
        place = replace(place_of(course, key), at_key=True)
        yield Problem(code="keeps-nothing", place=place, values={"key": key})
    for id, target in programme.charter.targets.items():
        if target.courses and course.id in target.courses.courses:
            place = Place(file=programme.charter.source, path=("targets", id, "courses"), at_key=True)
            yield Problem(
                code="target-keeps-nothing", place=place, values={"id": course.id, "file": course.source}
            )


def _class(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields class minutes beyond those of all lessons, or of a course that is not recorded."""
    place, whole = place_of(course, "class_minutes"), programme.taught_minutes(course)
    if course.class_minutes is None or course.keeps_nothing:
        return
    if not course.is_recorded:
        yield Problem(code="class-minutes-for-nobody", place=place, values={"id": course.id})
    elif course.class_minutes > whole:
        values = {"minutes": str(course.class_minutes), "lessons": str(whole)}
        yield Problem(code="class-too-long", place=place, values=values, about="lesson")


def _lesson(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    courses = programme.courses_with(lesson)
    if not courses:
        yield Problem(code="lesson-nowhere", place=place_of(lesson), values={"id": lesson.id}, about="course")
    if lesson.name == urls.TEST:
        yield Problem(code="reserved-name", place=place_of(lesson), values={"id": lesson.name})
    if not lesson.body.strip():
        yield Problem(code="empty-lesson", place=place_of(lesson))
    yield from _self_check(programme, lesson)
    yield from _time(lesson)


def _self_check(programme: Programme, lesson: Lesson) -> Iterator[Problem]:
    for index, id in enumerate(lesson.self_check):
        place = place_of(lesson, "self_check", index)
        if id not in programme.questions:
            yield unknown_name("question", place, id, _self_checks(programme), about="bank")
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


FEWEST = 2


def check_questions(programme: Programme) -> Iterator[Problem]:
    seen: dict[str, Bank] = {}
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            if id in seen:
                place = replace(place_of(bank, "questions", id), at_key=True)
                yield Problem(code="duplicate-id", place=place, values={"id": id, "other": seen[id].source})
            seen.setdefault(id, bank)
            yield from _question(bank, id, question)


def _question(bank: Bank, id: str, question: Question) -> Iterator[Problem]:
    for group in question.groups:
        yield from _group(bank, id, group)
    for code, path, values in question.faults:
        place = replace(place_of(bank, "questions", id, *path), at_key=True)
        yield Problem(code=code, place=place, values={"id": id, **values})
    if bank.use == "self-check":
        for written, reason in question.reasons.items():
            if not reason:
                keys = written.split(".")
                place = replace(place_of(bank, "questions", id, *keys), at_key=True)
                values = {"id": id, "option": keys[-1]}
                yield Problem(code="missing-reason", place=place, values=values)


def _group(bank: Bank, id: str, group: PartGroup) -> Iterator[Problem]:
    """Yields that there are too few parts, or more than letters, or else a wrong number of right ones."""
    is_few, is_many = group.size < FEWEST, group.size > MOST_PARTS
    code = "too-few-parts" if is_few else "too-many-parts" if is_many else group.code
    if code:
        values = {"id": id, "there": str(group.size), "part": group.word(), "count": str(group.correct)}
        values |= {"most": str(MOST_PARTS), "last": LETTERS[MOST_PARTS - 1]}
        place = replace(place_of(bank, "questions", id, *group.path), at_key=True)
        yield Problem(code=code, place=place, values=values)


#: What may stand before and behind a text without changing what it says.
BEFORE, BEHIND = " \"'“‘«(", " \"'”’»).,;:!?…"
#: The sign of "2*3" is left out, since it means something.
EMPHASIS = re.compile(r"`|(?<!\w)[*_]+|[*_]+(?!\w)")


def check_alike_questions(programme: Programme) -> Iterator[Problem]:
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            for group in question.groups:
                for side in group.sides:
                    yield from _alike(bank, id, group, side)
    yield from _asked_twice(programme)


def _alike(bank: Bank, id: str, group: PartGroup, side: str) -> Iterator[Problem]:
    said: dict[str, str] = {}
    toneless: dict[str, str] = {}
    for own, text in group.sides[side].items():
        plain = _plain(text)
        bare = _unaccented(plain)
        first = said.setdefault(plain, own)
        near = toneless.setdefault(bare, own)
        if near != own:
            code = "same-parts" if first != own else "same-but-for-tones"
            other = first if first != own else near
            path: Path = ("questions", id, *group.path, own, side)
            values = {"id": id, "part": group.word(side), "one": other, "other": own, "text": text}
            yield Problem(code=code, place=place_of(bank, *path), values=values)


def _asked_twice(programme: Programme) -> Iterator[Problem]:
    """Yields each later question with an earlier one that has the same stem.

    "Xếp các bước theo thứ tự" may be asked about many things, so there a part has to be the same too.
    """
    asked: dict[str, list[tuple[Bank, str, Question]]] = {}
    for bank in programme.banks.values():
        for id, question in bank.questions.items():
            if PLACEHOLDER.search(question.stem):
                continue
            earlier = asked.setdefault(_plain(question.stem), [])
            for other_bank, other, before in earlier:
                if _ask_the_same(question, before):
                    values = {"id": id, "other": other, "file": other_bank.source}
                    place = place_of(bank, "questions", id, "stem")
                    yield Problem(code="same-stem", place=place, values=values)
                    break
            earlier.append((bank, id, question))


def _ask_the_same(question: Question, other: Question) -> bool:
    is_general = question.has_general_stem and other.has_general_stem
    return not is_general or bool(_words_of(question) & _words_of(other))


def _words_of(question: Question) -> set[str]:
    sides = (side for group in question.groups for side in group.sides.values())
    return {_plain(text) for side in sides for text in side.values()}


_unaccented = lru_cache(maxsize=MANY)(unaccented)


@lru_cache(maxsize=MANY)
def _plain(text: str) -> str:
    """Returns the text without differences of no meaning: capitals, blanks, emphasis, the last full stop."""
    folded = " ".join(unicodedata.normalize("NFC", EMPHASIS.sub("", text)).casefold().split())
    return folded.lstrip(BEFORE).rstrip(BEHIND) or folded


def check_unasked_questions(programme: Programme) -> Iterator[Problem]:
    draws = _draws(programme)
    asked = _asked(programme)
    for bank in programme.banks.values():
        if bank.use == "test":
            yield from _never_drawn(programme, bank, draws.get(bank.id, []))
        else:
            for id in bank.questions:
                if id not in asked:
                    place = _place(bank, id)
                    yield Problem(code="question-nowhere", place=place, values={"id": id}, about="lesson")


def _asked(programme: Programme) -> frozenset[str]:
    """Returns the questions that lessons ask; a mistyped id counts as the question that was meant."""
    named = {id for lesson in programme.lessons.values() for id in lesson.self_check}
    meant = {nearest_name(id, programme.questions) for id in named if id not in programme.questions}
    return frozenset(named | meant)


def _draws(programme: Programme) -> dict[str, list[tuple[Course, Draw]]]:
    """Returns the draws from each bank of tests; {} while a draw names a bank that is not one."""
    by_bank: dict[str, list[tuple[Course, Draw]]] = {}
    for course in programme.courses.values():
        for draw in course.test.draw if course.test else ():
            bank = programme.banks.get(draw.bank)
            if bank is None or bank.use != "test":
                return {}
            by_bank.setdefault(draw.bank, []).append((course, draw))
    return by_bank


def _never_drawn(programme: Programme, bank: Bank, draws: list[tuple[Course, Draw]]) -> Iterator[Problem]:
    """Yields the questions of an objective that no draw asks for, unless no test uses the bank yet."""
    drawn = {id for course, draw in draws for id, _ in programme.drawable(course, bank, draw.objective)}
    objectives = dict.fromkeys(str(draw.objective) for _, draw in draws)
    for id in bank.questions if draws else ():
        if id not in drawn:
            values = {"id": id, "known": ", ".join(objectives)}
            yield Problem(code="never-drawn", place=_place(bank, id), values=values, about="course")


def _place(bank: Bank, id: str) -> Place:
    return replace(place_of(bank, "questions", id), at_key=True)


RESERVED = frozenset(
    {"con", "nul", "prn", "aux", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
)


def check_file_names(programme: Programme) -> Iterator[Problem]:
    courses = {course.source: course for course in programme.courses.values()}
    banks = {bank.source for bank in programme.banks.values()}
    for file in sorted({*programme.files, *courses, *banks}):
        if name := _reserved(file):
            yield Problem(code="windows-name", place=Place(file=file), values={"name": name})
    for document in programme.reviewed:
        kind = kind_of(document)
        if kind.is_markdown or not kind.address:
            continue
        # A page's folder is called after the id; where the file has that name too, it was reported above.
        if document.id in RESERVED and not _reserved(document.source):
            place = place_of(document, "id")
            yield Problem(code="windows-name", place=place, values={"name": document.id})


def _reserved(file: str) -> str:
    """Returns the part of a path that Windows reserves, whatever its ending, or ""."""
    names = (part.split(".")[0] for part in PurePosixPath(file).parts)
    return next((name for name in names if name.lower() in RESERVED), "")

"""Numbers of lessons, parts and questions, and hours, in texts: still what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..model.campaign import Campaign
from ..model.course import Course, Lesson
from ..model.programme import Programme
from ..number_words import in_words
from ..problems import Place, Problem
from ..self_study import course_minutes
from ..vietnamese import lowered, written_duration
from .counted import Count, minutes_of, totals, totals_of_course
from .passages import QUOTING, Passage, place_of

AUDIENCES = "content/programme/audiences.yml"
#: How far "khoảng 3 giờ" and "khoảng 30 phút" may be from the minutes of a course, and a tenth anyway.
HOURS_OFF, MINUTES_OFF = 30, 15
#: A door leads to whoever studies alone, unless it says that it speaks of a class.
ALONE, IN_CLASS = "tự học cả khóa mất khoảng", "học cả khóa tại lớp mất"
CLASS = re.compile(r"(?<!\w)(?:tại|ở|trên|trong|dự) lớp(?!\w)")

Numbers = Mapping[str, int]


def check(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    for course in programme.courses.values():
        place, whole = place_of(course, "summary"), f"khóa “{course.id}”"
        yield from _untrue(totals(course.summary), [_of_course(programme, course)], place, whole)
    yield from _audiences(programme)
    for campaign in programme.campaigns.values():
        place = place_of(campaign, "summary")
        yield from _untrue(totals(campaign.summary), [_of_campaigns([campaign])], place, "chiến dịch này")
    texts = tuple(passages)
    yield from _elsewhere(programme, texts)
    yield from _of_all(programme, texts)


def _of_course(programme: Programme, course: Course) -> dict[str, int]:
    lessons = _lessons(programme, course)
    own = sum(lesson.home == course.id for lesson in lessons)
    asked = {"asked": course.test.asked} if course.test else {}
    return asked | {
        "lessons": len(lessons),
        "own": own,
        "shared": len(lessons) - own,
        "modules": len(course.modules),
        "objectives": len(course.objectives),
        "self_checks": len({id for lesson in lessons for id in lesson.self_check}),
    }


def _lessons(programme: Programme, course: Course) -> tuple[Lesson, ...]:
    """Returns each lesson once, however often the course lists it."""
    return tuple({lesson.id: lesson for lesson in programme.lessons_of(course)}.values())


def _of_campaigns(campaigns: Iterable[Campaign]) -> dict[str, int]:
    kinds = [material.kind for campaign in campaigns for material in campaign.materials.values()]
    return {"leaflets": kinds.count("leaflet"), "posters": kinds.count("poster")}


def _audiences(programme: Programme) -> Iterator[Problem]:
    """Yields what doors promise in vain; of several courses a door may speak of one or of all."""
    for id, audience in programme.audiences.items():
        courses = [course for course in programme.courses.values() if course.audience == id]
        campaigns = [campaign for campaign in programme.campaigns.values() if id in campaign.audiences]
        singly = [_of_course(programme, course) for course in courses]
        sums = {kind: sum(one[kind] for one in singly) for kind in singly[0]} if singly else {}
        every = sums | {"courses": len(courses)} | _of_campaigns(campaigns)
        place = Place(file=AUDIENCES, path=(id, "gets"))
        whole = f"khóa “{courses[0].id}”" if len(courses) == 1 else "đối tượng này"
        yield from _untrue(totals(audience.gets), [every, *singly], place, whole)
        if courses and audience.effort:
            place = Place(file=AUDIENCES, path=(id, "effort"))
            yield from _effort(programme, courses, audience.effort, place)


def _effort(programme: Programme, courses: list[Course], effort: str, place: Place) -> Iterator[Problem]:
    is_class = bool(CLASS.search(lowered(effort)))
    takes = programme.taught_minutes if is_class else partial(course_minutes, programme)
    minutes = [takes(course) for course in courses]
    said = minutes_of(effort)
    if said and not any(_is_near(said[0], true, said[2]) for true in (*minutes, sum(minutes))):
        there = written_duration(sum(minutes))
        values = {"said": said[1], "how": IN_CLASS if is_class else ALONE, "there": there}
        place = _at(place, said[1])
        yield Problem(code="wrong-effort", place=place, values=values, about="lesson")


def _is_near(said: int, true: int, in_hours: bool) -> bool:
    return abs(said - true) <= max(HOURS_OFF if in_hours else MINUTES_OFF, true / 10)


def _elsewhere(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields what longer texts say of a course: a lesson of its own, any other text of any."""
    for passage in passages:
        counts = () if passage.kind in QUOTING else totals_of_course(passage.text)
        if not counts:
            continue
        lesson = next((one for one in programme.lessons.values() if one.source == passage.file), None)
        courses = programme.courses_with(lesson) if lesson else tuple(programme.courses.values())
        named = ", ".join(f'"{course.id}"' for course in courses)
        numbers = [_of_course(programme, course) for course in courses]
        for count in counts:
            yield from _untrue([count], numbers, passage.at(count.start, count.said), f"khóa {named}")


def _of_all(programme: Programme, passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yields what the home page's welcome and pages by hand say of how many courses there are."""
    numbers = [{"courses": len(programme.courses)}]
    for passage in passages:
        if passage.path == ("welcome",) or passage.kind == "HandPage":
            for count in totals(passage.text):
                place = passage.at(count.start, count.said)
                yield from _untrue([count], numbers, place, "chương trình")


def _untrue(
    counts: Iterable[Count], numbers: Sequence[Numbers], place: Place, whole: str
) -> Iterator[Problem]:
    """Yields each count that is none of the numbers; the first of them is named as the true one."""
    for count in counts:
        known = [one[count.kind] for one in numbers if count.kind in one]
        if known and known[0] and count.number not in known:
            there = " hoặc ".join(dict.fromkeys(in_words(number) for number in known))
            right = str(known[0]) if count.said[0].isdigit() else in_words(known[0])
            right = right.capitalize() if count.said[0].isupper() else right
            values = {"said": count.said, "whole": whole, "there": f"{there} {count.noun}"}
            yield Problem(
                code="wrong-total",
                place=place if place.phrase else _at(place, count.said),
                values=values | {"right": f"{right} {count.noun}"},
                about="campaign" if count.kind in {"leaflets", "posters"} else "lesson",
            )


def _at(place: Place, phrase: str) -> Place:
    return Place(file=place.file, path=place.path, phrase=phrase)

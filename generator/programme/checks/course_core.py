"""Checks of a course's core and of its paths by role."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.course import Course, RolePath
from ..model.programme import Programme
from ..problems import Path, Problem, place_of, unknown_name

#: The minutes in class that the core of a recorded course takes: at most what two half-days of three and a
#: half hours hold beside breaks, the opening and the test.
CORE_MINUTES = range(180, 301)


def check_cores(programme: Programme) -> Iterator[Problem]:
    for course in programme.courses.values():
        yield from _core(programme, course)
        yield from _paths(course)


def _core(programme: Programme, course: Course) -> Iterator[Problem]:
    """Yields a core that is missing, stands where nobody is recorded, or is too long or too short."""
    place = place_of(course, "modules")
    if not course.core:
        whole = programme.taught_minutes(course)
        if course.is_recorded and course.class_minutes is None and whole not in range(CORE_MINUTES.stop):
            yield Problem(code="core-missing", place=place, values={"minutes": str(whole)}, about="lesson")
        return
    if course.class_minutes is not None:
        yield Problem(code="core-and-minutes", place=place_of(course, "class_minutes"))
    minutes = sum(programme.core_minutes(course).values())
    if not course.is_recorded:
        yield Problem(code="core-for-nobody", place=place, values={"id": course.id})
    elif minutes not in CORE_MINUTES:
        yield Problem(code="core-length", place=place, values={"minutes": str(minutes)}, about="lesson")


def _paths(course: Course) -> Iterator[Problem]:
    ids = [path.id for path in course.paths]
    if course.paths and not course.core:
        yield Problem(code="paths-without-core", place=place_of(course, "paths"))
    for number, path in enumerate(course.paths):
        place: Path = ("paths", number)
        if path.id in ids[:number]:
            values = {"id": path.id, "other": f"{course.source} (paths)"}
            yield Problem(code="duplicate-id", place=place_of(course, *place, "id"), values=values)
        unknown = tuple(_unknown_names(course, path, place))
        yield from unknown
        if not unknown and course.core and not course.lesson_ids_on(path):
            yield Problem(
                code="path-adds-nothing", place=place_of(course, *place, "id"), values={"id": path.id}
            )


def _unknown_names(course: Course, path: RolePath, place: Path) -> Iterator[Problem]:
    modules = [module.id for module in course.modules]
    for index, id in enumerate(path.modules):
        if id not in modules:
            yield unknown_name(
                "module", place_of(course, *place, "modules", index), id, modules, about="course"
            )
    own = [id.removeprefix(f"{course.id}/") for id in course.lesson_ids]
    for index, name in enumerate(path.lessons):
        if course.lesson_id(name) not in course.lesson_ids:
            yield unknown_name(
                "lesson", place_of(course, *place, "lessons", index), name, own, about="course"
            )

"""The pages of courses, and their list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...programme import course_figures, urls
from ...programme.model.course import Course, Lesson, Module
from ..course_road import Road, road
from .context import SiteContext, SitePage, drawn_content

#: The longest words at the next stone, which progress.js writes there.
NEXT_WORDS = "Bắt đầu"


def pages(context: SiteContext) -> Iterator[SitePage]:
    yield courses_page(context)
    for course in context.programme.courses.values():
        yield course_page(context, course)


def course_page(context: SiteContext, course: Course) -> SitePage:
    page = urls.course(course.id)
    modules, paths = shown_modules(context, course, page), _shown_paths(context, course)
    target = course.counts_toward or ""
    assumed = context.programme.assumed(target) if target in context.programme.charter.targets else {}
    content = drawn_content(
        "site/course.html.j2",
        context=context,
        page=page,
        course=course,
        modules=modules,
        stones=_stones(modules),
        road=_road(course, modules),
        core=[module for module in modules if module["is_core"]],
        paths=paths,
        route_parts=_route_parts(course, paths),
        addresses=urls,
        audience=context.programme.audiences[course.audience],
        target=context.programme.charter.targets.get(target),
        is_apart=course.id in context.programme.courses_apart,
        waiting={id: decision for id, decision in assumed.items() if decision.is_open},
        taught_minutes=context.programme.taught_minutes(course),
        self_study=course_figures.course_minutes(context.programme, course),
        class_minutes=context.programme.class_minutes(course),
        total=len(context.programme.lessons_of(course)),
        observed=context.programme.tasks_of(course),
        downloads=context.printables(context.downloads_of(course.id, *_subjects_within(context, course))),
    )
    meta = {"course": course.id, "kind": "course", "keeps": course.keeps, **context.readers(course)}
    return SitePage(
        address=page,
        title=course.title,
        description=context.prose.plain(course.summary),
        content=content,
        meta=meta,
    )


def shown_modules(context: SiteContext, course: Course, page: str) -> list[dict[str, Any]]:
    """Returns a course's modules with their lessons, which are linked from a page."""
    shown = {lesson["lesson"].id: lesson for lesson in _shown_lessons(context, course, page)}
    return [
        {
            "id": module.id,
            "title": module.title,
            "is_core": module.core,
            "minutes": context.programme.module_minutes(course, module),
            "lessons": [shown[id] for id in course.lesson_ids_of(module) if id in shown],
        }
        for module in course.modules
    ]


def _shown_lessons(context: SiteContext, course: Course, page: str) -> Iterator[dict[str, Any]]:
    """Yields each lesson with its number, its minutes alone, and whether its page keeps what is done.

    One that is shared begins none of the courses that have it.
    """
    core = {id for module in course.core for id in course.lesson_ids_of(module)}
    for number, lesson in enumerate(context.programme.lessons_of(course), start=1):
        yield {
            "lesson": lesson,
            "number": number,
            "href": context.link(urls.lesson(lesson.id), page),
            "minutes": course_figures.lesson_minutes(context.programme, lesson),
            "is_core": lesson.id in core,
            "is_kept": not context.programme.keeps_nothing(lesson),
            "is_shared": len(context.programme.courses_with(lesson)) > 1,
        }


def first_lesson(context: SiteContext, course: Course, page: str) -> str | None:
    """Returns the link from a page to the lesson that a course begins with."""
    lesson = next(iter(context.programme.lessons_of(course)), None)
    return context.link(urls.lesson(lesson.id), page) if lesson else None


def resumable_courses(context: SiteContext, page: str) -> list[dict[str, Any]]:
    """Returns the courses that keep progress, each with its picture and the lessons that do, in order."""
    return [
        {
            "id": course.id,
            "title": context.programme.audiences[course.audience].title,
            "href": context.link(urls.course(course.id), page),
            "picture": context.picture(context.programme.audiences[course.audience].picture, page),
            "lessons": [
                shown
                for module in shown_modules(context, course, page)
                for shown in module["lessons"]
                if shown["is_kept"]
            ],
        }
        for course in context.programme.courses.values()
        if not course.keeps_nothing
    ]


def _stones(modules: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns what the stones of the road lead to; only the lesson that is kept has an id."""
    return [
        {
            "href": shown["href"],
            "title": shown["lesson"].title,
            "minutes": shown["minutes"],
            "id": shown["lesson"].id if shown["is_kept"] else "",
        }
        for module in modules
        for shown in module["lessons"]
    ]


def _road(course: Course, modules: Iterable[dict[str, Any]]) -> Road:
    end = "Bài kiểm tra cuối khóa" if course.test and course.is_recorded else "Học xong"
    parts = tuple(
        (f"{nth}. {module['title']}", len(module["lessons"])) for nth, module in enumerate(modules, start=1)
    )
    return road(parts, end, NEXT_WORDS)


def _shown_paths(context: SiteContext, course: Course) -> list[dict[str, Any]]:
    """Returns the paths by role, each with its lessons, their numbers by module, their minutes in class."""
    paths = course.paths if course.core else ()
    lessons = {path.id: context.programme.lessons_on(course, path) for path in paths}
    return [
        {
            "id": path.id,
            "title": path.title,
            "summary": path.summary,
            "without_core": path.without_core,
            "lessons": lessons[path.id],
            "numbers": _numbers_by_module(course, lessons[path.id]),
            "minutes": sum(lesson.minutes for lesson in lessons[path.id]),
        }
        for path in paths
    ]


def _numbers_by_module(course: Course, lessons: Iterable[Lesson]) -> dict[str, list[int]]:
    """Returns the numbers of lessons within their course, by the id of the module that each is part of."""
    ids = {lesson.id for lesson in lessons}
    return {
        module.id: [course.lesson_ids.index(id) + 1 for id in course.lesson_ids_of(module) if id in ids]
        for module in course.modules
    }


def _route_parts(course: Course, paths: Iterable[dict[str, Any]]) -> list[tuple[int, Module]]:
    """Returns the modules out of which some path has lessons, with their numbers."""
    taken = [path["numbers"] for path in paths]
    return [
        (nth, module)
        for nth, module in enumerate(course.modules, start=1)
        if any(numbers[module.id] for numbers in taken)
    ]


def _subjects_within(context: SiteContext, course: Course) -> Iterator[str]:
    """Yields what the job aids of a course's lessons and its observation sheets are listed under."""
    yield from (task.source for task in context.programme.tasks_of(course))
    for lesson in context.programme.lessons_of(course):
        yield from (flow.subject for flow in context.programme.flows_in(lesson))


def courses_page(context: SiteContext) -> SitePage:
    page = urls.COURSES
    content = drawn_content(
        "site/courses.html.j2",
        context=context,
        page=page,
        addresses=urls,
        resumable=resumable_courses(context, page),
        all_drafts=all(course.review.is_draft for course in context.programme.courses.values()),
        self_study={
            id: course_figures.course_minutes(context.programme, course)
            for id, course in context.programme.courses.items()
        },
        first={id: first_lesson(context, course, page) for id, course in context.programme.courses.items()},
    )
    return SitePage(
        address=page,
        title="Khóa học",
        description="Các khóa tự học, mở cho mọi người đọc.",
        content=content,
        meta={"kind": "courses", "hide": ["navigation", "toc"]},
    )

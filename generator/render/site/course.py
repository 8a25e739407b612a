"""The page of a course and the list of courses."""

from __future__ import annotations

from ...programme import addresses, self_study
from ...programme.model.course import Course
from ..templating import render
from .desk import SiteContext
from .page import SitePage


def course_page(desk: SiteContext, course: Course) -> SitePage:
    page = addresses.course(course.id)
    modules = [
        {
            "title": module.title,
            "lessons": [
                desk.programme.lessons[course.lesson_id(name)]
                for name in module.lessons
                if course.lesson_id(name) in desk.programme.lessons
            ],
        }
        for module in course.modules
    ]
    target = course.counts_toward or ""
    assumed = desk.programme.assumed(target) if target in desk.programme.charter.targets else {}
    body = render(
        "site/course.md.j2",
        desk=desk,
        page=page,
        course=course,
        modules=modules,
        addresses=addresses,
        audience=desk.programme.audiences[course.audience],
        target=desk.programme.charter.targets.get(target),
        waiting={id: one for id, one in assumed.items() if one.is_open},
        taught_minutes=desk.programme.taught_minutes(course),
        self_study=self_study.course_minutes(desk.programme, course),
        lessons_alone={
            one.id: self_study.lesson_minutes(desk.programme, one)
            for one in desk.programme.lessons_of(course)
        },
        class_minutes=desk.programme.class_minutes(course),
        total=len(desk.programme.lessons_of(course)),
        downloads=desk.downloads_of(course.id),
    )
    meta = {"course": course.id, "kind": "course"}
    return SitePage(
        address=page, title=course.title, description=desk.prose.plain(course.summary), body=body, meta=meta
    )


def courses_page(desk: SiteContext) -> SitePage:
    page = addresses.COURSES
    body = render(
        "site/courses.md.j2",
        desk=desk,
        page=page,
        addresses=addresses,
        self_study={
            id: self_study.course_minutes(desk.programme, course)
            for id, course in desk.programme.courses.items()
        },
    )
    return SitePage(
        address=page,
        title="Khóa học",
        description="Các khóa tự học, mở cho mọi người đọc.",
        body=body,
        meta={"kind": "index", "hide": ["navigation", "toc"]},
    )

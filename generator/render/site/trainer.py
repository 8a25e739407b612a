"""The page of those who teach a class: what to print, and where a class is entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...programme import urls
from ...programme.model.course import Course
from ...programme.model.programme import Programme
from ...programme.vietnamese import slug
from ..printable import KIND_WORDS, Download, by_edition
from .context import SiteContext, SitePage, drawn_content

#: What a trainer takes to class of a course, by the kinds of downloads.
KINDS = ("guide", "handbook")


@dataclass(frozen=True, kw_only=True)
class TaughtCourse:
    """A course that has words for its trainers, with its sheets, each in its editions.

    `minutes` complete it in class; `is_core` says that its lessons take more than those.
    """

    course: Course
    picture: dict[str, str] | None
    lessons: int
    minutes: int
    is_core: bool
    sheets: tuple[tuple[Download, ...], ...]


def trainer_page(context: SiteContext) -> SitePage:
    page = urls.TRAINER
    courses = tuple(_taught_courses(context))
    content = drawn_content(
        "site/trainer.html.j2",
        context=context,
        page=page,
        courses=courses,
        all_drafts=all(taught.course.review.is_draft for taught in courses),
        picture=context.picture_of_readers(page),
        handouts=_handouts_among_downloads(context),
        help_sheets=by_edition(sheet for sheet in context.downloads if sheet.kind == "help-sheet"),
        addresses=urls,
    )
    return SitePage(
        address=page,
        title="Tập huấn viên",
        description="Tài liệu theo khóa, đề trên giấy, danh sách lớp và kết quả, cho người đứng lớp.",
        content=content,
        meta={"kind": "trainer", "hide": ["navigation", "toc"]},
    )


def _handouts_among_downloads(context: SiteContext) -> str:
    """Returns the anchor of the handouts on the page of downloads, or "" where none was printed."""
    is_there = any(download.kind == "handout" for download in context.downloads)
    return f"#{slug(KIND_WORDS['handout'])}" if is_there else ""


def _taught_courses(context: SiteContext) -> Iterator[TaughtCourse]:
    programme = context.programme
    for course in programme.courses.values():
        if _is_taught(programme, course):
            yield TaughtCourse(
                course=course,
                picture=context.picture(programme.audiences[course.audience].picture, urls.TRAINER),
                lessons=len(programme.lessons_of(course)),
                minutes=programme.class_minutes(course),
                is_core=bool(course.core)
                and programme.class_minutes(course) < programme.taught_minutes(course),
                sheets=_sheets(context, course),
            )


def _is_taught(programme: Programme, course: Course) -> bool:
    """Tells whether its authors wrote anything for a trainer."""
    lessons = programme.lessons_of(course)
    return bool(programme.tasks_of(course)) or any(
        lesson.activities or lesson.trainer_notes for lesson in lessons
    )


def _sheets(context: SiteContext, course: Course) -> tuple[tuple[Download, ...], ...]:
    """Returns guide, handbook and observation sheets of a course; nothing where none was printed."""
    own = context.downloads_of(course.id)
    chosen = [download for kind in KINDS for download in own if download.kind == kind]
    tasks = (task.source for task in context.programme.tasks_of(course))
    return by_edition((*chosen, *context.downloads_of(*tasks)))

"""Lessons (bài)."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..model.course import Lesson
from ..model.programme import Programme
from .base import DocumentKind, Pattern


def audiences_of(programme: Programme, lesson: Lesson) -> Iterable[str]:
    """Returns the audiences of the courses that have a lesson, each once."""
    return dict.fromkeys(course.audience for course in programme.courses_with(lesson))


KIND = DocumentKind(
    name="lesson",
    model=Lesson,
    folder="content/lessons",
    depth=1,
    words="bài",
    position=20,
    pattern=Pattern(about="bài học", id_words="MÃ_KHÓA/MÃ_BÀI", example="can-bo-cap-xa/bai-thu"),
    address=lambda lesson: urls.lesson(lesson.id),
    audiences=audiences_of,
)

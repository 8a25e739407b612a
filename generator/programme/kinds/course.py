"""Courses (khóa học)."""

from __future__ import annotations

from .. import urls
from ..model.course import Course
from .base import DocumentKind, Pattern

KIND = DocumentKind(
    name="course",
    model=Course,
    folder="curricula",
    words="khóa học",
    position=10,
    pattern=Pattern(about="khóa học", id_words="MÃ_KHÓA", example="can-bo-cap-xa"),
    address=lambda course: urls.course(course.id),
    index=urls.COURSES,
    audiences=lambda _, course: (course.audience,),
)

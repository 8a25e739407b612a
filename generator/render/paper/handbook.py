"""A whole course bound together: cover, contents, modules, lessons, words and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.course import Course, Module
from ..prose import Notes
from ..sheet import Sheet
from .desk import Desk
from .lesson import LessonOnPaper, lesson_on_paper


@dataclass(frozen=True, kw_only=True)
class ModuleOnPaper:
    anchor: str
    number: int
    title: str
    lessons: tuple[LessonOnPaper, ...]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A term and what it means."""

    term: str
    definition: Markup


def handbook(desk: Desk, course: Course) -> Sheet:
    """The learner's handbook of a course."""
    gathered = Notes()
    modules = tuple(
        _module(desk, course, number, module, gathered) for number, module in enumerate(course.modules, 1)
    )
    audience = desk.programme.audiences[course.audience]
    return desk.sheet(
        "handbook.html.j2",
        id=f"{course.id}-so-tay",
        kind="handbook",
        title=course.title,
        audience=audience.title,
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge", "has_contents": True},
        course=course,
        minutes=desk.programme.course_minutes(course),
        picture=desk.picture(audience.picture),
        modules=modules,
        glossary=_glossary(desk, gathered),
        contacts=desk.contacts(gathered.contacts),
    )


def _module(desk: Desk, course: Course, number: int, module: Module, gathered: Notes) -> ModuleOnPaper:
    lessons = []
    for name in module.lessons:
        lesson = desk.programme.lessons.get(course.lesson_id(name))
        if lesson:
            notes = Notes()
            lessons.append(lesson_on_paper(desk, course, lesson, notes, within=module.title, level=3))
            gathered.terms += notes.terms
            gathered.contacts += notes.contacts
    return ModuleOnPaper(
        anchor=f"phan-{number}-{module.id}", number=number, title=module.title, lessons=tuple(lessons)
    )


def _glossary(desk: Desk, gathered: Notes) -> tuple[Explained, ...]:
    """The terms that the lessons use, in the order of the programme's glossary."""
    return tuple(
        Explained(term=entry.term, definition=desk.prose.print_inline(entry.definition, Notes()))
        for id, entry in desk.programme.terms.glossary.items()
        if id in gathered.terms
    )

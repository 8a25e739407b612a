"""A whole course bound together: cover, contents, modules, lessons, words and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...programme.model.contact import Contact
from ...programme.model.course import Course, Module
from ...programme.self_study import course_minutes
from ...programme.vietnamese import alphabetical
from ..prose import Notes
from ..sheet import Sheet
from .contact import offered, places
from .desk import PaperContext
from .lesson import LessonOnPaper


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


def handbook(desk: PaperContext, course: Course) -> Sheet:
    """The learner's handbook of a course."""
    modules = tuple(_module(desk, course, number, module) for number, module in enumerate(course.modules, 1))
    lessons = [lesson for module in modules for lesson in module.lessons]
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
        self_study=course_minutes(desk.programme, course),
        class_minutes=desk.programme.class_minutes(course),
        picture=desk.picture(audience.picture),
        modules=modules,
        glossary=_glossary(desk, {id for lesson in lessons for id in lesson.terms}),
        contacts=_contacts(desk, (id for lesson in lessons for id in lesson.names)),
    )


def _module(desk: PaperContext, course: Course, number: int, module: Module) -> ModuleOnPaper:
    ids = [course.lesson_id(name) for name in module.lessons]
    return ModuleOnPaper(
        anchor=f"phan-{number}-{module.id}",
        number=number,
        title=module.title,
        lessons=tuple(desk.lessons[id].within_book(course, module) for id in ids if id in desk.lessons),
    )


def _contacts(desk: PaperContext, named: Iterable[str]) -> tuple[Contact, ...]:
    """The numbers that its lessons name, then every place to go."""
    called = (one for one in offered(desk.programme, named) if not one.is_place)
    return (*called, *places(desk.programme))


def _glossary(desk: PaperContext, used: set[str]) -> tuple[Explained, ...]:
    """The terms that the lessons use, as a dictionary has them."""
    entries = (entry for id, entry in desk.programme.terms.glossary.items() if id in used)
    return tuple(
        Explained(term=entry.term, definition=desk.prose.print_inline(entry.definition, Notes()))
        for entry in sorted(entries, key=lambda entry: alphabetical(entry.term))
    )

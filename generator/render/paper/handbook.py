"""The learner's handbook of a course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ...programme.course_figures import course_minutes
from ...programme.model.contact import Contact
from ...programme.model.course import Course, Module
from ...programme.vietnamese import alphabetical
from ..printable import Sheet
from .context import EmbeddedPicture, LessonOnPaper, PaperContext, offered_contacts, places_to_go
from .law_list import law_list
from .margin_notes import set_margin_notes


@dataclass(frozen=True, kw_only=True)
class ModuleOnPaper:
    anchor: str
    number: int
    title: str
    is_core: bool
    picture: EmbeddedPicture | None
    lessons: tuple[LessonOnPaper, ...]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A term and what it means."""

    term: str
    definition: Markup


def handbook(context: PaperContext, course: Course) -> Sheet:
    """The learner's handbook of a course."""
    modules = tuple(
        _handbook_module(context, course, number, module) for number, module in enumerate(course.modules, 1)
    )
    lessons = [lesson for module in modules for lesson in module.lessons]
    audience = context.programme.audiences[course.audience]
    cited = law_list(context.programme, lessons)
    book = context.sheet(
        "handbook.html.j2",
        id=f"{course.id}-so-tay",
        kind="handbook",
        title=course.title,
        audience=audience.title,
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge", "has_contents": True},
        course=course,
        self_study=course_minutes(context.programme, course),
        class_minutes=context.programme.class_minutes(course),
        core=[module.title for module in course.core],
        paths=paths_in_book(context, course, lessons),
        picture=context.picture(audience.picture),
        modules=modules,
        glossary=_explained_terms(context, {id for lesson in lessons for id in lesson.terms}),
        contacts=_named_contacts(context, (id for lesson in lessons for id in lesson.names)),
        has_questions=any(lesson.questions for lesson in lessons),
        cited=cited,
        register=context.programme.register,
    )
    return cited.renumbered(book)


def paths_in_book(
    context: PaperContext, course: Course, lessons: Iterable[LessonOnPaper]
) -> list[dict[str, Any]]:
    """Returns the paths by role with what a reader looks up: lessons by their numbers in the book."""
    by_id = {lesson.id: lesson for lesson in lessons}
    return [
        {
            "title": path.title,
            "summary": context.prose.print_line(path.summary, course.source) if path.summary else "",
            "without_core": path.without_core,
            "lessons": [by_id[id] for id in course.lesson_ids_on(path) if id in by_id],
        }
        for path in (course.paths if course.core else ())
    ]


def _handbook_module(context: PaperContext, course: Course, number: int, module: Module) -> ModuleOnPaper:
    ids = [course.lesson_id(name) for name in module.lessons]
    documents = context.programme.register.documents
    lessons = [context.lessons[id].within_book(course, module) for id in ids if id in context.lessons]
    for lesson in lessons:
        set_margin_notes(lesson, documents)
    return ModuleOnPaper(
        anchor=f"phan-{number}-{module.id}",
        number=number,
        title=module.title,
        is_core=module.core,
        picture=context.picture(module.picture),
        lessons=tuple(lessons),
    )


def _named_contacts(context: PaperContext, named: Iterable[str]) -> tuple[Contact, ...]:
    """The numbers that its lessons name, then every place to go."""
    called = (contact for contact in offered_contacts(context.programme, named) if not contact.is_place)
    return (*called, *places_to_go(context.programme))


def _explained_terms(context: PaperContext, used: set[str]) -> tuple[Explained, ...]:
    """The terms that the lessons use, as a dictionary has them."""
    terms = context.programme.terms
    entries = (entry for id, entry in terms.glossary.items() if id in used)
    return tuple(
        Explained(term=entry.term, definition=context.prose.print_line(entry.definition, terms.source))
        for entry in sorted(entries, key=lambda entry: alphabetical(entry.term))
    )

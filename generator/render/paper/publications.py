"""What is handed to readers: a course's handbook and trainers' guide, handout, leaflet and poster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...programme import urls
from ...programme.course_figures import course_minutes
from ...programme.markdown_repair.text_lines import without_bullet
from ...programme.model.campaign import Campaign, Leaflet, Panel, Poster
from ...programme.model.course import Activity, Course, Lesson, Module
from ...programme.model.registers import Contact
from ...programme.vietnamese import alphabetical
from ..markdown_text import Notes
from ..printable import Sheet
from .context import (
    EmbeddedPicture,
    LessonOnPaper,
    PaperContext,
    offered_contacts,
    places_to_go,
    qr_code,
    short_address,
)
from .lesson import first_course


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
    modules = tuple(
        _handbook_module(desk, course, number, module) for number, module in enumerate(course.modules, 1)
    )
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
        glossary=_explained_terms(desk, {id for lesson in lessons for id in lesson.terms}),
        contacts=_named_contacts(desk, (id for lesson in lessons for id in lesson.names)),
    )


def _handbook_module(desk: PaperContext, course: Course, number: int, module: Module) -> ModuleOnPaper:
    ids = [course.lesson_id(name) for name in module.lessons]
    return ModuleOnPaper(
        anchor=f"phan-{number}-{module.id}",
        number=number,
        title=module.title,
        lessons=tuple(desk.lessons[id].within_book(course, module) for id in ids if id in desk.lessons),
    )


def _named_contacts(desk: PaperContext, named: Iterable[str]) -> tuple[Contact, ...]:
    """The numbers that its lessons name, then every place to go."""
    called = (one for one in offered_contacts(desk.programme, named) if not one.is_place)
    return (*called, *places_to_go(desk.programme))


def _explained_terms(desk: PaperContext, used: set[str]) -> tuple[Explained, ...]:
    """The terms that the lessons use, as a dictionary has them."""
    entries = (entry for id, entry in desk.programme.terms.glossary.items() if id in used)
    return tuple(
        Explained(term=entry.term, definition=desk.prose.print_inline(entry.definition, Notes()))
        for entry in sorted(entries, key=lambda entry: alphabetical(entry.term))
    )


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A lesson and what its trainer needs; `rest` are the minutes that no activity takes."""

    lesson: LessonOnPaper
    activities: tuple[Activity, ...]
    rest: int
    remarks: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question that a class may ask and no trainer may answer."""

    question: str
    who: str
    until_then: Markup


@dataclass(frozen=True, kw_only=True)
class GuideModule:
    title: str
    minutes: int
    lessons: tuple[Planned, ...]


def has_guide(desk: PaperContext, course: Course) -> bool:
    """Whether its authors wrote anything for a trainer."""
    return any(one.activities or one.trainer_notes for one in desk.programme.lessons_of(course))


def guide(desk: PaperContext, course: Course) -> Sheet:
    """The trainer's guide of a course."""
    return desk.sheet(
        "guide.html.j2",
        id=f"{course.id}-tap-huan-vien",
        kind="guide",
        title=course.title,
        audience="Tập huấn viên",
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge"},
        course=course,
        taught_minutes=desk.programme.taught_minutes(course),
        class_minutes=desk.programme.class_minutes(course),
        parts=tuple(_guide_module(desk, course, module) for module in course.modules),
        asked=tuple(_open_questions(desk, course)),
    )


def _open_questions(desk: PaperContext, course: Course) -> Iterator[OpenQuestion]:
    """Yields the questions of a course that are still open."""
    for one in desk.programme.decisions.values():
        if one.is_open and course.id in one.courses:
            yield OpenQuestion(
                question=one.question,
                who=", ".join(desk.programme.deciders(one)),
                until_then=desk.prose.print_inline(one.until_then, Notes()),
            )


def _guide_module(desk: PaperContext, course: Course, module: Module) -> GuideModule:
    lessons = tuple(_planned_activities(desk, course, module))
    return GuideModule(
        title=module.title, minutes=sum(one.lesson.minutes for one in lessons), lessons=lessons
    )


def _planned_activities(desk: PaperContext, course: Course, module: Module) -> Iterator[Planned]:
    for name in module.lessons:
        lesson = desk.programme.lessons.get(course.lesson_id(name))
        if lesson is not None and lesson.id in desk.lessons:
            yield Planned(
                lesson=desk.lessons[lesson.id].within_book(course, module),
                activities=lesson.activities,
                rest=lesson.minutes - sum(one.minutes for one in lesson.activities),
                remarks=_lesson_remarks(desk, lesson),
            )


def _lesson_remarks(desk: PaperContext, lesson: Lesson) -> tuple[Markup, ...]:
    """The trainer's notes, one for each line that their author wrote."""
    lines = (without_bullet(line.strip()) for line in (lesson.trainer_notes or "").splitlines())
    return tuple(desk.prose.print_inline(line, Notes()) for line in lines if line)


def handout(desk: PaperContext, lesson: Lesson) -> Sheet:
    course = first_course(desk.programme, lesson)
    address = desk.address(urls.lesson(lesson.id))
    return desk.sheet(
        "handout.html.j2",
        id=lesson.id.replace("/", "-"),
        kind="handout",
        title=lesson.title,
        audience=desk.programme.audiences[course.audience].title,
        subject=lesson.id,
        review=lesson.review,
        layout={"duplex": "long-edge"},
        lesson=desk.lessons[lesson.id],
        qr=qr_code(address) if address else None,
    )


@dataclass(frozen=True, kw_only=True)
class Face:
    """One panel as it is shown; `field` is where its author finds it."""

    name: str
    field: str
    kicker: str | None
    title: str | None
    text: Markup
    picture: EmbeddedPicture | None
    contacts: tuple[Contact, ...]


def leaflet(desk: PaperContext, campaign: Campaign, name: str, material: Leaflet) -> Sheet:
    notes = Notes()
    faces = {
        key.replace("-", "_"): _face(desk, f"materials.{name}.panels.{key}", key, panel, notes)
        for key, panel in material.panels.named()
    }
    address = desk.address(urls.campaign(campaign.id))
    return desk.sheet(
        "leaflet.html.j2",
        id=f"{campaign.id}-{name}",
        kind="leaflet",
        title=material.title,
        audience=desk.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout={"landscape": True, "duplex": "short-edge", "panels": True},
        message=desk.prose.print_inline(campaign.message, notes),
        call_to_action=str(campaign.call_to_action),
        first=next(iter(desk.contacts(campaign.contacts)), None),
        faces=faces,
        notes=tuple(notes.notes),
        qr=qr_code(address) if address else None,
        address=short_address(address),
    )


def _face(desk: PaperContext, field: str, name: str, panel: Panel, notes: Notes) -> Face:
    return Face(
        name=name,
        field=field,
        kicker=panel.kicker,
        title=panel.title,
        text=desk.prose.print_html(panel.text, notes),
        picture=desk.picture(panel.picture),
        contacts=desk.contacts(panel.contacts),
    )


def poster(desk: PaperContext, campaign: Campaign, name: str, material: Poster) -> Sheet:
    notes = Notes()
    return desk.sheet(
        "poster.html.j2",
        id=f"{campaign.id}-{name}",
        kind="poster",
        title=material.title,
        audience=desk.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout={"duplex": "none", "panels": True},
        kicker=material.kicker,
        text=desk.prose.print_html(material.text, notes),
        picture=desk.picture(material.picture),
        contacts=desk.contacts(material.contacts),
        notes=tuple(notes.notes),
        field=f"materials.{name}.text",
    )

"""Publications for readers: a course's handbook and trainers' guide, handout, job aid, leaflet and poster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from ...programme import urls
from ...programme.course_figures import course_minutes
from ...programme.model.campaign import Campaign, Leaflet, Material, Poster
from ...programme.model.course import Activity, Course, Lesson, Module
from ...programme.model.flow import Flow
from ...programme.model.plan import DECISIONS
from ...programme.model.registers import Contact
from ...programme.model.values import Markdown, Value
from ...programme.vietnamese import alphabetical
from ..flow_steps import drawn_flow
from ..markdown_text import Notes
from ..printable import Sheet
from .answers import AnswerOnPaper, full_answers
from .context import (
    EmbeddedPicture,
    LessonOnPaper,
    PaperContext,
    offered_contacts,
    places_to_go,
    qr_code,
    short_address,
)
from .law_list import law_list
from .lesson import first_course
from .observed_task import task_on_paper


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
        paths=_paths_in_book(context, course, lessons),
        picture=context.picture(audience.picture),
        modules=modules,
        glossary=_explained_terms(context, {id for lesson in lessons for id in lesson.terms}),
        contacts=_named_contacts(context, (id for lesson in lessons for id in lesson.names)),
        has_questions=any(lesson.questions for lesson in lessons),
        cited=cited,
        register=context.programme.register,
    )
    return cited.renumbered(book)


def _paths_in_book(
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
    return ModuleOnPaper(
        anchor=f"phan-{number}-{module.id}",
        number=number,
        title=module.title,
        is_core=module.core,
        picture=context.picture(module.picture),
        lessons=tuple(context.lessons[id].within_book(course, module) for id in ids if id in context.lessons),
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


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A branching scenario and what a good conversation about it needs."""

    title: str
    remarks: tuple[Markup, ...]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A lesson and what its trainer needs; `rest` are the minutes that no activity takes.

    `belonging` has the course's objectives to which those belong that the lesson writes itself, each once.
    """

    lesson: LessonOnPaper
    belonging: tuple[Markup, ...]
    activities: tuple[Activity, ...]
    rest: int
    remarks: tuple[Markup, ...]
    conversations: tuple[Conversation, ...]
    answers: tuple[AnswerOnPaper, ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question that a class may ask and no trainer may answer."""

    question: str
    who: str
    until_then: Markup


@dataclass(frozen=True, kw_only=True)
class GuideModule:
    title: str
    is_core: bool
    minutes: int
    lessons: tuple[Planned, ...]


def has_guide(context: PaperContext, course: Course) -> bool:
    """Tells whether its authors wrote anything for a trainer."""
    lessons = context.programme.lessons_of(course)
    return bool(context.programme.tasks_of(course)) or any(
        lesson.activities or lesson.trainer_notes or any(_conversations(context, lesson))
        for lesson in lessons
    )


def guide(context: PaperContext, course: Course) -> Sheet:
    """The trainer's guide of a course."""
    parts = tuple(_guide_module(context, course, module) for module in course.modules)
    lessons = (planned.lesson for part in parts for planned in part.lessons)
    return context.sheet(
        "guide.html.j2",
        id=f"{course.id}-tap-huan-vien",
        kind="guide",
        title=course.title,
        audience="Tập huấn viên",
        subject=course.id,
        review=course.review,
        layout={"duplex": "long-edge"},
        course=course,
        taught_minutes=context.programme.taught_minutes(course),
        class_minutes=context.programme.class_minutes(course),
        core=[module.title for module in course.core],
        paths=_paths_in_book(context, course, lessons),
        parts=parts,
        observed=tuple(task_on_paper(context, task, course) for task in context.programme.tasks_of(course)),
        asked=tuple(_open_questions(context, course)),
    )


def _open_questions(context: PaperContext, course: Course) -> Iterator[OpenQuestion]:
    """Yields the questions of a course that are still open."""
    for decision in context.programme.decisions.values():
        if decision.is_open and course.id in decision.courses:
            yield OpenQuestion(
                question=decision.question,
                who=", ".join(context.programme.deciders(decision)),
                until_then=context.prose.print_line(decision.until_then, DECISIONS),
            )


def _guide_module(context: PaperContext, course: Course, module: Module) -> GuideModule:
    lessons = tuple(_planned_activities(context, course, module))
    return GuideModule(
        title=module.title,
        is_core=module.core,
        minutes=sum(planned.lesson.minutes for planned in lessons),
        lessons=lessons,
    )


def _planned_activities(context: PaperContext, course: Course, module: Module) -> Iterator[Planned]:
    for name in module.lessons:
        lesson = context.programme.lessons.get(course.lesson_id(name))
        if lesson is not None and lesson.id in context.lessons:
            yield Planned(
                lesson=context.lessons[lesson.id].within_book(course, module),
                belonging=_belonging(context, course, lesson),
                activities=lesson.activities,
                rest=lesson.minutes - sum(activity.minutes for activity in lesson.activities),
                remarks=context.remarks(lesson.trainer_notes, lesson.source),
                conversations=tuple(_conversations(context, lesson)),
                answers=tuple(full_answers(context.programme, lesson, context.prose.print_line)),
            )


def _belonging(context: PaperContext, course: Course, lesson: Lesson) -> tuple[Markup, ...]:
    """The course's objectives that a lesson's own ones belong to; nothing where it names them itself."""
    ids = lesson.objectives_within(course.id) if lesson.own_objectives else ()
    return tuple(
        context.prose.print_inline(course.objectives[id], Notes(), course.source)
        for id in ids
        if id in course.objectives
    )


def _conversations(context: PaperContext, lesson: Lesson) -> Iterator[Conversation]:
    for scenario in context.programme.scenarios_of(lesson):
        if scenario.trainer_notes:
            yield Conversation(
                title=scenario.title, remarks=context.remarks(scenario.trainer_notes, scenario.source)
            )


def job_aid(context: PaperContext, flow: Flow) -> Sheet:
    """A flow alone, to be hung up where the work is done, with whom to call."""
    programme, notes = context.programme, Notes()
    inline = partial(context.prose.print_inline, notes=notes, source=flow.source)
    # The sheet has no caption, so none of its citations is a note.
    drawn = drawn_flow(programme, flow.model_copy(update={"caption": None}), inline)
    shown_by = [lesson for lesson in programme.lessons_with(flow) if lesson.id in context.lessons]
    courses = {first_course(programme, lesson).audience: None for lesson in shown_by}
    return context.sheet(
        "job-aid.html.j2",
        id=f"{flow.id}-to-dan",
        kind="job-aid",
        title=flow.title,
        audience=", ".join(programme.audiences[id].title for id in courses),
        subject=flow.subject,
        review=programme.flow_review(flow),
        layout={"duplex": "none"},
        drawn=drawn,
        panel=flow.panel,
        picture=context.picture(flow.picture),
        notes=tuple(notes.notes),
        address=short_address(context.address(urls.lesson(shown_by[0].id))),
    )


def _leaflet_strips(context: PaperContext, campaign: Campaign, notes: Notes) -> dict[str, object]:
    return {
        "message": context.prose.print_inline(campaign.message, notes, campaign.source),
        "call_to_action": str(campaign.call_to_action),
        "first": next(iter(context.contacts(campaign.contacts)), None),
    }


@dataclass(frozen=True, kw_only=True)
class MaterialDrawing:
    """Says how a kind lies, by fields of Sheet, and what of its campaign the template is given besides."""

    layout: dict[str, Any]
    values: Callable[[PaperContext, Campaign, Notes], dict[str, object]] = lambda *_: {}


DRAWINGS: Mapping[type[Material], MaterialDrawing] = {
    Leaflet: MaterialDrawing(
        layout={"landscape": True, "duplex": "short-edge", "is_exact": True}, values=_leaflet_strips
    ),
    Poster: MaterialDrawing(layout={"duplex": "none"}),
}


def material_sheet(context: PaperContext, campaign: Campaign, name: str) -> Sheet:
    """Returns the campaign's material of that name, drawn by the template that is named as its kind."""
    written = campaign.materials[name]
    drawing, notes = DRAWINGS[type(written)], Notes()
    material = on_paper(context, written, f"materials.{name}", notes, campaign.source)
    values = drawing.values(context, campaign, notes)
    address = context.address(urls.campaign(campaign.id))
    return context.sheet(
        f"{written.kind}.html.j2",
        id=f"{campaign.id}-{name}",
        kind=written.kind,
        title=written.title,
        audience=context.audiences(campaign),
        subject=campaign.id,
        review=campaign.review,
        layout=drawing.layout,
        material=material,
        notes=tuple(notes.notes),
        qr=qr_code(address) if address else None,
        address=short_address(address),
        **values,
    )


def on_paper(context: PaperContext, value: Any, field: str, notes: Notes, source: str) -> Any:
    """Returns a value as a template shows it: Markdown as HTML, ids as what they name, nothing as no words.

    What says `law` is set within a line. A value of the model keeps the names of its fields, and has the
    `field` where its author finds it in the file `source`, from which pictures are named.
    """
    shown = partial(on_paper, context, notes=notes, source=source)
    if isinstance(value, Value):
        drawings: dict[str, Callable[[Any], Any]] = {
            "picture": context.picture,
            "contacts": context.contacts,
            "law": partial(context.prose.print_inline, notes=notes, source=source),
        }
        fields: dict[str, Any] = {"field": field}
        for name, info in type(value).model_fields.items():
            draw = drawings.get(name)
            inner, place = getattr(value, name), f"{field}.{info.alias or name}"
            fields[name] = draw(inner) if draw else shown(inner, place)
        return SimpleNamespace(**fields)
    if isinstance(value, tuple):
        return tuple(shown(inner, f"{field}.{index}") for index, inner in enumerate(value))
    if isinstance(value, Mapping):
        return {key: shown(inner, f"{field}.{key}") for key, inner in value.items()}
    if isinstance(value, Markdown):
        return context.prose.print_html(value, notes, source)
    return "" if value is None else value

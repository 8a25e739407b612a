"""The page of a lesson, with its self-check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from markupsafe import Markup

from ...programme import course_figures, urls
from ...programme.model.contact import Contact
from ...programme.model.course import Course, Lesson
from ...programme.model.flow import Flow
from ...programme.model.pointer import pointers_in
from ...programme.model.question import Question
from ...programme.model.question_parts import ShownQuestion
from ...programme.model.scenario import Scenario
from ...programme.model.values import Value
from ...two_processes import LEAST, shared
from ..templates import render
from ..text.outline import Outline
from .cited_law import cited_documents
from .context import SiteContext, SitePage, drawn_content
from .scenario import lesson_text

#: How many times as wide as high a picture is that stands above a story, not beside it.
WIDE = 1.6


def pages(context: SiteContext) -> Iterator[SitePage]:
    """Yields the pages of lessons that a course uses; many new ones are drawn by two processes."""
    programme, drawn = context.programme, context.cache.drawn
    lessons = [lesson for lesson in programme.lessons.values() if programme.courses_with(lesson)]
    new = [lesson for lesson in lessons if urls.lesson(lesson.id) not in drawn]
    if len(new) >= LEAST:
        for lesson, page in zip(new, shared(lambda some: _draw(context, some), new), strict=True):
            drawn[page.address] = (_sources(context, lesson), page)
    for lesson in lessons:
        yield lesson_page(context, lesson)


def _draw(context: SiteContext, lessons: Sequence[Lesson]) -> list[SitePage]:
    return [_drawn_lesson(context, lesson) for lesson in lessons]


@dataclass(frozen=True, kw_only=True)
class Position:
    """The place of a lesson in a course; `others` are further courses that have it."""

    course: Course
    others: tuple[Course, ...]
    module: str
    module_number: int
    number: int
    total: int
    before: Lesson | None
    after: Lesson | None


def lesson_page(context: SiteContext, lesson: Lesson) -> SitePage:
    return context.cache.page(
        urls.lesson(lesson.id), _sources(context, lesson), lambda: _drawn_lesson(context, lesson)
    )


def _sources(context: SiteContext, lesson: Lesson) -> object:
    """Returns all that the page of a lesson is made of, but for what every page shares."""
    place = lesson_position(context, lesson)
    # Of the next lesson the way to it has the minutes.
    after = _parts_apart(context, place.after) if place.after else ()
    return lesson, place, _parts_apart(context, lesson), _about_page(context, lesson), after


def _parts_apart(
    context: SiteContext, lesson: Lesson
) -> tuple[tuple[Question, ...], tuple[Scenario, ...], tuple[Flow, ...]]:
    """Returns the questions, scenarios and flows of a lesson, which are files of their own."""
    programme = context.programme
    questions = tuple(programme.questions[id][1] for id in lesson.self_check)
    return questions, programme.scenarios_of(lesson), programme.flows_in(lesson)


def _drawn_lesson(context: SiteContext, lesson: Lesson) -> SitePage:
    place, (questions, *_) = lesson_position(context, lesson), _parts_apart(context, lesson)
    page, scenarios = urls.lesson(lesson.id), context.programme.scenarios_of(lesson)
    branching = (text for scenario in scenarios for text in scenario.texts_shown)
    flows = context.programme.flows_in(lesson)
    drawn = (text for flow in flows for text in flow.running_texts)
    outline = Outline()
    heading = outline.heading(1, lesson.title)
    text = lesson_text(context, lesson, page, outline)
    key_points = [context.inline(point, page, lesson.source, text.numbered) for point in lesson.key_points]
    texts = (lesson.body, *branching, *lesson.key_points, *drawn)
    content = drawn_content(
        "site/lesson.html.j2",
        outline,
        heading=heading,
        context=context,
        page=page,
        lesson=lesson,
        place=place,
        addresses=urls,
        self_study=course_figures.lesson_minutes(context.programme, lesson),
        text=text,
        picture=_opening_picture(context, lesson, page),
        next=_next_lesson(context, place, page),
        key_points=key_points,
        objectives=lesson.stated_objectives(place.course),
        cited=cited_documents(context, text.numbered, texts, page),
        calls=_calls(context, text.called, texts),
        downloads=context.downloads_of(lesson.id, *(flow.subject for flow in flows)),
        keeps_nothing=context.programme.keeps_nothing(lesson),
        self_check=_self_check(context, lesson, place, questions),
    )
    return SitePage(
        address=page,
        title=lesson.title,
        description=context.prose.plain(lesson.summary),
        content=content,
        meta={
            "course": place.course.id,
            "lesson": lesson.id,
            "kind": "lesson",
            "module": place.module_number,
            "nth": place.number,
            "lessons": place.total,
            "handout": _handout(context, lesson),
            **_about_page(context, lesson),
        },
    )


def _opening_picture(context: SiteContext, lesson: Lesson, page: str) -> dict[str, Any] | None:
    """Returns the picture above the opening story; `is_wide` where it fits a frame as wide as the text."""
    picture = context.picture(lesson.picture, page)
    if picture is None:
        return None
    return {**picture, "is_wide": float(picture["width"]) >= WIDE * float(picture["height"])}


def _calls(context: SiteContext, called: Container[str], texts: Iterable[str]) -> tuple[Contact, ...]:
    """Returns the contacts that can be called and for which the text has no button, as first mentioned.

    One with a caution stays, since the caution stands nowhere else.
    """
    named = dict.fromkeys(
        pointer.id
        for text in texts
        for pointer in pointers_in(context.programme.in_words(text))
        if pointer.kind == "contact"
    )
    return tuple(
        contact
        for id in named
        if context.telephone(contact := context.contact(id)) and (id not in called or contact.caution)
    )


def _handout(context: SiteContext, lesson: Lesson) -> dict[str, object] | None:
    """Returns the handout as the rail links it; None where none is printed."""
    sheets = [sheet for sheet in context.downloads_of(lesson.id) if sheet.kind == "handout"]
    if not sheets:
        return None
    sheet = next((sheet for sheet in sheets if sheet.edition == "mono"), sheets[0])
    return {"path": sheet.path, "words": f"{sheet.kind_words}, {sheet.pages} trang, PDF"}


def _about_page(context: SiteContext, lesson: Lesson) -> dict[str, object]:
    """Returns whom a lesson's page is for, and what it keeps, as the theme reads it."""
    keeps = "nothing" if context.programme.keeps_nothing(lesson) else None
    return {"keeps": keeps, **context.readers(lesson)}


def lesson_position(context: SiteContext, lesson: Lesson) -> Position:
    """Returns the lesson's place in its own course, else in the first that uses it."""
    courses = context.programme.courses_with(lesson)
    course = next((candidate for candidate in courses if candidate.id == lesson.home), courses[0])
    order = context.programme.lessons_of(course)
    index = order.index(lesson)
    module_number, module = next(
        (number, module.title)
        for number, module in enumerate(course.modules, 1)
        if lesson.id in course.lesson_ids_of(module)
    )
    return Position(
        course=course,
        others=tuple(other for other in courses if other is not course),
        module=module,
        module_number=module_number,
        number=index + 1,
        total=len(order),
        before=order[index - 1] if index else None,
        after=order[index + 1] if index + 1 < len(order) else None,
    )


# --- self-check ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SelfCheckQuestion:
    """A question as it is asked, with what is told once it is answered.

    `order` has the ids of the parts as they are shown; `parts` all that their author wrote of them, in the
    author's order, texts as HTML under `<key>_html`. `objective` is what it asks about, in plain words.
    """

    id: str
    shown: ShownQuestion
    order: tuple[str, ...]
    parts: list[dict[str, Any]]
    explanation: str
    objective: str


@dataclass(frozen=True, kw_only=True)
class NextLesson:
    """The lesson to which the end of one leads: a link, the minutes to study it alone, and its picture."""

    title: str
    address: str
    minutes: int
    picture: dict[str, Any] | None


def _next_lesson(context: SiteContext, place: Position, page: str) -> NextLesson | None:
    if place.after is None:
        return None
    address = context.link(urls.lesson(place.after.id), page)
    minutes = course_figures.lesson_minutes(context.programme, place.after)
    picture = _opening_picture(context, place.after, page)
    return NextLesson(title=place.after.title, address=address, minutes=minutes, picture=picture)


def _self_check(
    context: SiteContext, lesson: Lesson, place: Position, questions: tuple[Question, ...]
) -> Markup:
    if not questions:
        return Markup()
    page, objectives = urls.lesson(lesson.id), _objective_texts(context, lesson, place)
    asked = [
        (question, _self_check_question(context, id, question, page, objectives))
        for id, question in zip(lesson.self_check, questions, strict=True)
    ]
    content = json.dumps([_content(*pair) for pair in asked], ensure_ascii=False, sort_keys=True)
    key = hashlib.sha256(content.encode()).hexdigest()[:12]
    drawn = render(
        "site/self-check.html.j2",
        questions=[shown for _, shown in asked],
        key=key,
        lesson=lesson,
        place=place,
        next=_next_lesson(context, place, page),
        course=context.link(urls.course(place.course.id), page),
        keeps_nothing=context.programme.keeps_nothing(lesson),
    )
    return Markup(drawn)


def _objective_texts(context: SiteContext, lesson: Lesson, place: Position) -> Mapping[str, str]:
    """Returns the objectives that questions of a lesson may name, in plain words."""
    own = {id: objective.text for id, objective in lesson.own_objectives.items()}
    return {id: context.prose.plain(text) for id, text in {**place.course.objectives, **own}.items()}


def _content(question: Question, shown: SelfCheckQuestion) -> dict[str, Any]:
    """Returns all that a reader sees of a question: a change of it forgets what a reader had answered."""
    content = {
        "id": shown.id,
        "kind": question.kind,
        "stem_html": shown.shown.stem,
        "explanation_html": shown.explanation,
        question.parts_key: shown.parts,
    }
    return content | ({"shown": shown.order} if question.is_mixed_on_page else {})


def _written_as_html(parts: Mapping[str, Value], inline: Callable[[str], str]) -> list[dict[str, Any]]:
    """Returns parts by what their author wrote: texts as HTML, parts within parts the same way."""

    def field(name: str, value: object) -> tuple[str, object]:
        if isinstance(value, Mapping):
            return name, _written_as_html(value, inline)
        return (name, value) if isinstance(value, bool) else (f"{name}_html", inline(str(value or "")))

    return [{"id": id, **dict(field(*written) for written in part)} for id, part in parts.items()]


def _self_check_question(
    context: SiteContext, id: str, asked: Question, page: str, objectives: Mapping[str, str]
) -> SelfCheckQuestion:
    bank, _ = context.programme.questions[id]

    def inline(text: str) -> str:
        return context.inline(text, page, bank.source)

    def shuffle(parts: tuple[str, ...], _: str) -> tuple[str, ...]:
        return shuffled(parts, asked.stem) if asked.is_mixed_on_page else parts

    order, right = asked.arranged(shuffle), asked.right_response
    return SelfCheckQuestion(
        id=id,
        shown=asked.shown(id, order, right, inline, inline),
        order=order,
        parts=_written_as_html(asked.written_parts, inline),
        explanation=inline(asked.explanation or ""),
        objective=objectives.get(asked.objective or "", ""),
    )


def shuffled(ids: tuple[str, ...], seed: str) -> tuple[str, ...]:
    """Returns the ids in an order that depends on the seed alone and is not the right one."""
    order = list(ids)
    random = Random(seed)
    while len(order) > 1 and order == list(ids):
        random.shuffle(order)
    return tuple(order)

"""The audiences of documents, which decide what may stand in them and who is shown them by the search.

A document is held to the gate unless it is for adults alone: whatever somebody under age may read holds
nothing that its author has marked `for: adults`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .model.blank_form import BlankForm
from .model.campaign import Campaign
from .model.course import Course, Lesson
from .model.flow import flow_places
from .model.lesson_plan import LessonPlan
from .model.observed_task import ObservedTask
from .model.pocket_text import PocketText
from .model.pointer import BLOCK_OPENING, MANY, without_code
from .model.programme import Programme
from .model.registers import Ages
from .model.scenario import placed_scenarios
from .model.values import ForReaders, ShownDocument, Value

OF_AGE = 18


class Readers(NamedTuple):
    """Says whom a page is for: titles of audiences, none where it is for everyone, and their ages."""

    titles: tuple[str, ...] = ()
    ages: Ages = "all"


def readers_of(programme: Programme, document: Value) -> Readers:
    """Returns whom a document is for.

    Where somebody under age is among several audiences, it is for them as well: `minors`. A document of a
    kind that names no audience is for everyone, unless its author marked it for adults. A lesson plan says
    the ages of the class that hears it and gets its cards.
    """
    if isinstance(document, LessonPlan) and document.ages and document.ages.youngest < OF_AGE:
        return Readers(ages="minors")
    if isinstance(document, ForReaders) and document.readers:
        return Readers(ages=document.readers)
    named = _audiences(programme, document)
    known = [programme.audiences[id] for id in named if id in programme.audiences]
    ages = {audience.ages for audience in known}
    youngest: Ages = "minors" if "minors" in ages else "all" if "all" in ages or not named else "adults"
    return Readers(tuple(audience.title for audience in known), youngest)


def may_be_watched(programme: Programme, document: Value) -> bool:
    """Tells whether a document is read by somebody who may be watched, be they one of several audiences.

    A blank form has no audience; one that is `carried` is taken along by whoever is helped.
    """
    if isinstance(document, BlankForm):
        return document.carried
    named = (programme.audiences.get(id) for id in _audiences(programme, document))
    return any(audience.may_be_watched for audience in named if audience)


def _audiences(programme: Programme, document: Value) -> tuple[str, ...]:
    """Returns the ids of a document's audiences: a new kind of document that has some says here how."""
    if isinstance(document, Course):
        return (document.audience,)
    if isinstance(document, Lesson):
        return tuple(dict.fromkeys(course.audience for course in programme.courses_with(document)))
    if isinstance(document, ObservedTask):
        return tuple(dict.fromkeys(course.audience for course in programme.courses_observing(document)))
    if isinstance(document, PocketText):
        course = programme.courses.get(document.course)
        return (course.audience,) if course else ()
    if isinstance(document, ShownDocument):
        lessons = (lesson for lesson in programme.lessons.values() if _shows(programme, lesson, document))
        return tuple(dict.fromkeys(id for lesson in lessons for id in _audiences(programme, lesson)))
    return document.audiences if isinstance(document, Campaign) else ()


def _shows(programme: Programme, lesson: Lesson, document: ShownDocument) -> bool:
    return any(shown.document is document for shown in shown_in(programme, lesson.body))


class Shown(NamedTuple):
    """A document that a text shows: where its id stands there."""

    start: int
    id: str
    document: ShownDocument


def shown_in(programme: Programme, body: str) -> Iterator[Shown]:
    """Yields the documents that a body shows by their ids: a new kind that lessons place is added here."""
    for line in placed_scenarios(body):
        if line.id in programme.scenarios:
            yield Shown(line.id_start, line.id, programme.scenarios[line.id])
    for place in flow_places(body):
        if place.id in programme.flows:
            yield Shown(place.ids[0].start, place.id, programme.flows[place.id])


def shown_documents(programme: Programme) -> tuple[ShownDocument, ...]:
    """Returns every document of the kinds that lessons place: a new kind is added here too."""
    return (*programme.scenarios.values(), *programme.flows.values())


class TextBlock(NamedTuple):
    """A block of a text: where its line begins, and whether it is for adults."""

    start: int
    line: str
    is_for_adults: bool


@lru_cache(maxsize=MANY)
def blocks_of(text: str) -> tuple[TextBlock, ...]:
    """Returns the blocks of a text in order, those in code left out."""
    if "!" not in text and "?" not in text:
        return ()
    return tuple(
        TextBlock(block.start("line"), block["line"].strip(), block["readers"] is not None)
        for block in BLOCK_OPENING.finditer(without_code(text))
    )

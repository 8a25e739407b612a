"""The handout of a lesson: what a learner keeps of it, without the handbook and without the site."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from xml.etree.ElementTree import Element

from ...programme import urls
from ...programme.model.course import Lesson
from ..page_address import qr_code
from ..printable import Sheet
from ..text.tree import add_class, words_of
from .context import LessonOnPaper, PaperContext
from .fine_bars import FineScale, draw_fine_bars, fine_scale
from .law_list import law_list
from .lesson import first_course

#: Letters of three lines over both columns of text, and of four lines of one column.
THREE_LINES, FOUR_LINES = 290, 172
#: Columns from which a table goes over both columns of text.
WIDE = 3


def handouts(context: PaperContext) -> Iterator[Sheet]:
    """Yields the sheet of each lesson."""
    scale = fine_scale(context.programme)
    for lesson in context.alone.values():
        yield _handout(context, context.programme.lessons[lesson.id], lesson, scale)


def _handout(context: PaperContext, lesson: Lesson, shown: LessonOnPaper, scale: FineScale | None) -> Sheet:
    programme = context.programme
    course = first_course(programme, lesson)
    address = context.address(urls.lesson(lesson.id))
    text = deepcopy(shown.text)
    if scale:
        draw_fine_bars(text, scale)
    _mark_lengths(text)
    return context.sheet(
        "handout.html.j2",
        id=lesson.id.replace("/", "-"),
        kind="handout",
        title=lesson.title,
        audience=programme.audiences[course.audience].title,
        subject=lesson.id,
        review=lesson.review,
        layout={"duplex": "long-edge", "may_be_close": True},
        lesson=replace(shown, text=text),
        picture=context.picture(lesson.picture),
        cited=law_list(programme, [shown]),
        register=programme.register,
        qr=qr_code(address) if address else None,
    )


def _mark_lengths(root: Element) -> None:
    """Marks tables that go over both columns of text, boxes and paragraphs that no column's end cuts."""
    for element in root.iter():
        if element.tag == "table" and not element.attrib and len(element.findall("thead/tr/th")) >= WIDE:
            add_class(element, "wide")
        elif element.get("class") in ("admonition law", "admonition case"):
            _, *said = element
            if len(said) == 1 and said[0].tag == "p" and len(words_of(said[0])) <= THREE_LINES:
                add_class(element, "brief")
        elif element.tag == "p" and not element.attrib and len(words_of(element)) <= FOUR_LINES:
            element.set("class", "short")

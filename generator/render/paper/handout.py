"""The handout of a lesson: what a learner keeps of it, without the handbook and without the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from markupsafe import Markup

from ...programme import urls
from ...programme.model.course import Lesson
from ..page_address import qr_code
from ..printable import Sheet
from .context import LessonOnPaper, PaperContext
from .fine_bars import FineScale, fine_scale, with_fine_bars
from .law_list import law_list
from .lesson import first_course

_CASE = r'(<div class="admonition case(?:(?!</?div).)*?)'
_DISCUSSED = re.compile(_CASE + r"(<details.*?</details>)\s*</div>", re.DOTALL)
_ONE_PARAGRAPH = re.compile(
    r'<div class="admonition (?P<kind>law|case)">(?P<text>\s*<p class="admonition-title">(?:(?!</?p).)*</p>'
    r"\s*<p>(?P<said>(?:(?!</?p).)*)</p>\s*)</div>",
    re.DOTALL,
)
#: Letters of three lines over both columns of text.
THREE_LINES = 290
#: Letters of four lines of one column.
FOUR_LINES = 172
_PARAGRAPH = re.compile(r"(?<=\n)<p>(?P<said>(?:(?!</?p).)*)</p>", re.DOTALL)
_FLOW = re.compile(r'(<figure class="flow[^>]*)(>.*?</figure>)', re.DOTALL)
_TABLE = re.compile(r"<table>(?=\s*<thead>\s*<tr>(?:\s*<th[^>]*>.*?</th>){3})", re.DOTALL)


def handouts(context: PaperContext) -> Iterator[Sheet]:
    """Yields the sheet of each lesson."""
    scale = fine_scale(context.programme)
    for lesson in context.alone.values():
        yield _handout(context, context.programme.lessons[lesson.id], lesson, scale)


def _handout(context: PaperContext, lesson: Lesson, shown: LessonOnPaper, scale: FineScale | None) -> Sheet:
    programme = context.programme
    course = first_course(programme, lesson)
    address = context.address(urls.lesson(lesson.id))
    body = _with_brief_boxes(with_fine_bars(shown.body, scale) if scale else shown.body)
    return context.sheet(
        "handout.html.j2",
        id=lesson.id.replace("/", "-"),
        kind="handout",
        title=lesson.title,
        audience=programme.audiences[course.audience].title,
        subject=lesson.id,
        review=lesson.review,
        layout={"duplex": "long-edge", "may_be_close": True},
        lesson=replace(
            shown,
            body=_with_places_of_flows(
                _with_whole_paragraphs(_with_wide_tables(_with_open_discussions(body)))
            ),
        ),
        picture=context.picture(lesson.picture),
        cited=law_list(programme, [shown]),
        register=programme.register,
        qr=qr_code(address) if address else None,
    )


def _with_wide_tables(html: str) -> Markup:
    """Returns HTML whose tables of three columns and more are marked: they go over both columns of text."""
    return Markup(_TABLE.sub('<table class="wide">', html))


def _with_brief_boxes(html: str) -> str:
    """Returns HTML whose boxes of few lines are marked: they are not cut into columns."""

    def marked(box: re.Match[str]) -> str:
        is_brief = len(Markup(box["said"]).striptags()) <= THREE_LINES
        return f'<div class="admonition {box["kind"]}{" brief" * is_brief}">{box["text"]}</div>'

    return _ONE_PARAGRAPH.sub(marked, html)


def _with_whole_paragraphs(html: str) -> str:
    """Returns HTML whose paragraphs of four lines and fewer are marked: no column's end cuts them."""

    def marked(paragraph: re.Match[str]) -> str:
        is_short = len(Markup(paragraph["said"]).striptags()) <= FOUR_LINES
        return f'<p class="short">{paragraph["said"]}</p>' if is_short else paragraph[0]

    return _PARAGRAPH.sub(marked, html)


def _with_places_of_flows(html: str) -> Markup:
    """Returns HTML in which a line stands behind each flow, shown where that moves to the next page."""
    numbers = count(1)

    def placed(flow: re.Match[str]) -> str:
        place = f"cho-so-do-{next(numbers)}"
        line = f'<p class="flow-later" id="{place}" hidden>Sơ đồ ở trang sau.</p>'
        return f'{flow[1]} data-place="{place}"{flow[2]}\n{line}'

    return Markup(_FLOW.sub(placed, html))


def _with_open_discussions(html: str) -> str:
    """Returns HTML in which what there is to say about a case stands behind it, not in its box."""
    return _DISCUSSED.sub(r"\1</div>\n\2", html)

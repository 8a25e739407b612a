"""The handout of a lesson: what a learner keeps of it, without the handbook and without the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from ...programme import urls
from ...programme.model.course import Lesson
from ..printable import Sheet
from .context import LessonOnPaper, PaperContext, qr_code
from .fine_bars import FineScale, fine_scale, with_fine_bars
from .law_list import law_list
from .lesson import first_course

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
    body = with_fine_bars(shown.body, scale) if scale else shown.body
    return context.sheet(
        "handout.html.j2",
        id=lesson.id.replace("/", "-"),
        kind="handout",
        title=lesson.title,
        audience=programme.audiences[course.audience].title,
        subject=lesson.id,
        review=lesson.review,
        layout={"duplex": "long-edge", "may_be_close": True},
        lesson=replace(shown, body=_with_wide_tables(body)),
        picture=context.picture(lesson.picture),
        cited=law_list(programme, [shown]),
        register=programme.register,
        qr=qr_code(address) if address else None,
    )


def _with_wide_tables(html: str) -> Markup:
    """Returns HTML whose tables of three columns and more are marked: they go over both columns of text."""
    return Markup(_TABLE.sub('<table class="wide">', html))

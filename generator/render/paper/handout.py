"""One lesson to hand out."""

from __future__ import annotations

from ...programme import addresses
from ...programme.model.course import Lesson
from ..sheet import Sheet
from .desk import PaperContext
from .lesson import first_course
from .picture import qr


def handout(desk: PaperContext, lesson: Lesson) -> Sheet:
    course = first_course(desk.programme, lesson)
    address = desk.address(addresses.lesson(lesson.id))
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
        qr=qr(address) if address else None,
    )

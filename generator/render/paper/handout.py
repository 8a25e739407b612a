"""One lesson to hand out."""

from __future__ import annotations

from ...programme import addresses
from ...programme.model.course import Lesson
from ..prose import Notes
from ..sheet import Sheet
from .desk import Desk
from .lesson import lesson_on_paper
from .picture import qr


def handout(desk: Desk, lesson: Lesson) -> Sheet:
    """The lesson as its own course has it."""
    course = desk.programme.courses[lesson.home]
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
        lesson=lesson_on_paper(desk, course, lesson, Notes(), within=course.title),
        qr=qr(address) if address else None,
    )

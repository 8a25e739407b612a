"""The sheet that people sign in class: who is expected, lines for others, the parts of the course."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from ....records.access.learner_codes import random_symbols
from ....render.templates import day
from ... import certificates
from ...dependencies import Posted, Running, field
from .. import base
from ..base import router, scope, today
from ..forms import FormReader, day_of_text
from .class_modules import module_fields
from .class_pages import CLASSES, ClassHolder, class_form, class_list_page, is_anonymous
from .person_pages import people_of_unit

routes = router()
#: Lines for people who are not expected.
EMPTY_LINES = 6


@routes.post(f"{CLASSES}phieu-ky/")
async def sign_in_sheet(request: Request, service: Running, member: ClassHolder, form: Posted) -> Response:
    """Prints a sheet to be signed in class: the unit's people, and lines for others. Nothing is recorded.

    How long the class was and what it taught of each part of its course is written on it by hand, in class.
    """
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    declared = class_form(service, units)
    course, unit = reading.read(declared.only("course", "unit"), today(service)).values()
    if course and is_anonymous(service, reading, course):
        reading.problems["course"] = declared.words["no_sheet"]
    if reading.problems:
        return await class_list_page(request, service, member, reading)
    taught = module_fields(service).get(course)
    persons = await service.read(lambda within: people_of_unit(within, unit))
    synthetic = await service.read(lambda within: certificates.is_synthetic(within, persons))
    reference = f"PK-{today(service):%Y%m%d}-{random_symbols(service.random, 6)}"
    return await base.pdf_response(
        service,
        "print-attendance",
        id=reference,
        title=declared.words["sheet_title"],
        dated=today(service),
        course=base.course_titles(service)[course],
        unit=units.name(unit),
        held_on=_shown_day(field(form, "held_on")),
        trainer=reading.text("trainer"),
        modules=[module.title for module in taught.course.modules] if taught else [],
        people=persons,
        empty=range(EMPTY_LINES),
        reference=reference,
        synthetic=synthetic,
    )


def _shown_day(written: str) -> str:
    """Returns a day as people write it; "" for the pen where it is none."""
    held_on = day_of_text(written)
    return "" if held_on is None else day(held_on)

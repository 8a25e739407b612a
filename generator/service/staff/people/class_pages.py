"""Classes: the list, and the record of a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ....records.people import has_synthetic_roster
from ....records.staff_entries import enter, listed
from ....records.training.classes import AttendanceCount, ClassSession, attendance_counts
from ....render.templates import day
from ....targets import Period
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from .. import base
from ..base import UnitScope, event_id, minutes_needed, redirect_done, router, scope, today, written_by
from ..forms import FormReader, StaffForm, staff_form
from .class_modules import LONGEST, module_fields, planned_modules

routes = router()
CLASSES = f"{urls.STAFF}lop/"
ClassHolder = Annotated[StaffMember, Depends(staff("class.hold"))]
#: The most classes that are listed, of those that stand and of those withdrawn.
MOST_LISTED = 100
#: How many of those that stand are in sight; the earlier ones are folded, each half-year by itself.
IN_SIGHT = 10


# --- the list, and a new one ------------------------------------------------------------------


@routes.get(CLASSES)
async def list_classes(request: Request, service: Running, member: ClassHolder) -> Response:
    return await class_list_page(request, service, member)


@dataclass(frozen=True, kw_only=True)
class HeldClasses:
    """The classes of one half-year, the newest first, by the course that they taught."""

    name: str
    by_course: Mapping[str, Sequence[ClassSession]]

    @property
    def count(self) -> int:
        return sum(map(len, self.by_course.values()))


def by_half_year(held: Sequence[ClassSession]) -> tuple[HeldClasses, ...]:
    """Returns classes, the newest first, by the half-year in which they were held and by course."""
    groups = []
    for period, inside in groupby(held, key=lambda session: Period.of_day(session.held_on)):
        by_course: dict[str, list[ClassSession]] = {}
        for session in inside:
            by_course.setdefault(session.course, []).append(session)
        groups.append(HeldClasses(name=period.name, by_course=by_course))
    return tuple(groups)


@dataclass(frozen=True, kw_only=True)
class ClassList:
    """The last classes within reach, and those that were taken back; `counts` say who was recorded, by id.

    Each has one more than is listed, where there are more.
    """

    units: UnitScope
    held: tuple[ClassSession, ...]
    gone: tuple[ClassSession, ...]
    counts: Mapping[str, AttendanceCount]
    is_synthetic: bool


def _listed_classes(within: Connection, member: StaffMember) -> ClassList:
    units = scope(within, member.account)
    held, gone = (
        listed(within, ClassSession, units=units.reach, withdrawn=withdrawn, last=MOST_LISTED + 1)[::-1]
        for withdrawn in (False, True)
    )
    counts, is_synthetic = attendance_counts(within, held), bool(held) and has_synthetic_roster(within)
    return ClassList(units=units, held=held, gone=gone, counts=counts, is_synthetic=is_synthetic)


async def class_list_page(
    request: Request, service: Service, member: StaffMember, reading: FormReader | None = None
) -> Response:
    shown = await service.read(lambda within: _listed_classes(within, member))
    units, held = shown.units, shown.held
    titles, places = base.course_titles(service), {"options": units.options}
    counted = [(id, f"{title} ({_minutes_asked(service, id)})") for id, title in base.course_options(service)]
    return service.pages.page(
        request,
        "staff/classes",
        status=422 if reading else 200,
        recent=by_half_year(held[:IN_SIGHT]),
        earlier=by_half_year(held[IN_SIGHT:MOST_LISTED]),
        next_half_year=Period.of_day(held[MOST_LISTED].held_on).name if held[MOST_LISTED:] else "",
        most=MOST_LISTED,
        counts=shown.counts,
        synthetic=shown.is_synthetic,
        withdrawn=shown.gone,
        scope=units,
        courses=titles,
        form=staff_form("class").filled(course={"options": counted}, unit=places),
        sheet_form=staff_form("attendance-sheet").filled(
            course={"options": base.course_options(service)}, unit=places
        ),
        anonymous_form=staff_form("anonymous-class").filled(
            course={"options": base.taught_options(service)}, unit=places
        ),
        problems=reading.problems if reading else {},
        modules=module_fields(service),
        given=reading.given if reading else _first_values(service, units, member.account.unit),
        fitting=planned_minutes(service),
        levels={unit.id: unit.level for unit in units.units},
        me=member.account.name,
        once=base.new_form_id(),
    )


def _first_values(service: Service, units: UnitScope, unit: str) -> dict[str, str]:
    """Returns the form's first values: today, the own unit, the course of its level."""
    course = "" if units.has_province else planned_minutes(service).get(units.all[unit].level, "")
    return {"unit": unit, "held_on": day(today(service)), "course": course, **planned_modules(service)}


def planned_minutes(service: Service) -> dict[str, str]:
    """Returns the course for each level of units that has just one."""
    targets = service.programme.charter.targets
    courses_by_level: dict[str, list[str]] = {}
    for id, course in service.attempts.courses.items():
        if target := targets.get(course.counts_toward or ""):
            courses_by_level.setdefault(target.level or "", []).append(id)
    return {level: courses[0] for level, courses in courses_by_level.items() if level and len(courses) == 1}


def _minutes_asked(service: Service, course: str) -> str:
    words, core = staff_form("class").words, service.attempts.courses[course].core
    if core:
        return words["core_asked"].format(count=len(core))
    return words["minutes_asked"].format(minutes=minutes_needed(service, course))


@routes.post(CLASSES)
async def enter_class(request: Request, service: Running, member: ClassHolder, form: Posted) -> Response:
    reading = FormReader(form)
    units = await service.read(lambda within: scope(within, member.account))
    declared = class_form(service, units)
    values = reading.read(declared, today(service))
    trainer, sheet_ref = values.pop("trainer") or "", values.pop("sheet_ref") or ""
    is_without_names = is_anonymous(service, reading, values["course"])
    fields = None if is_without_names else module_fields(service).get(values["course"])
    taught = fields.read(reading, values["minutes"], today(service)) if fields else {}
    if not trainer and not is_without_names:
        reading.problems.setdefault("trainer", declared.fields["trainer"].missing)
    if reading.problems:
        return await class_list_page(request, service, member, reading)
    reason = declared.words["reason"]
    cause = written_by(member.account, reason if is_without_names else f"{reason} {sheet_ref}".strip())
    kept = ("unit", "held_on", "minutes", "course", "headcount")
    parts = (*(str(values[name]) for name in kept), trainer, sheet_ref, str(is_without_names))
    id = event_id(reading.text("once"), "class", *parts, *(f"{name} {n}" for name, n in taught.items()))

    def writing(within: Connection) -> ClassSession:
        return enter(
            within,
            ClassSession,
            **values,
            **{"anonymous": True} if is_without_names else {"trainer": trainer, "sheet_ref": sheet_ref},
            modules=taught,
            by=cause,
            now=service.now(),
            new_id=lambda: id,
        )

    held = await service.write(writing)
    return (
        redirect_done(service, CLASSES, "lop-an-danh")
        if held.anonymous
        else redirect_done(service, f"{CLASSES}{held.id}/", "lop")
    )


def class_form(service: Service, units: UnitScope) -> StaffForm:
    """Returns the form as it is read, whether the class names anybody or not."""
    courses = base.taught_options(service)
    return staff_form("class").filled(
        course={"options": courses}, unit={"options": units.options}, minutes={"most": LONGEST}
    )


def is_anonymous(service: Service, reading: FormReader, course: str) -> bool:
    """Tells whether a class names nobody: on request, or for a course that is not recorded."""
    return reading.text("anonymous") == "yes" or course not in service.attempts.courses

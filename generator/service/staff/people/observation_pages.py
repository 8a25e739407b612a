"""Observed tasks of a class: ten acts ticked for one person after another, and how often each was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.observed_task import RUBRIC_LINES, ObservedTask
from ....records.access.accounts import Account
from ....records.people import Person
from ....records.training.classes import ClassSession
from ....records.training.observations import (
    Observation,
    line_counts,
    observations_of_class,
    observe,
    withdraw_observation,
)
from ... import certificates
from ...dependencies import Posted, Running, Service, StaffMember
from ...http.errors import Fault
from .. import base
from ..base import event_id, redirect_done, router, scope, written_by
from ..forms import FormReader, message
from .attendance import attendees, class_in_reach
from .class_pages import CLASSES, ClassHolder

routes = router()
TASK = f"{CLASSES}{{id}}/quan-sat/{{task}}/"
PERSON = f"{TASK}{{person}}/"
#: The values of the boxes, one for each line of a rubric.
BOXES = tuple(str(line) for line in range(1, RUBRIC_LINES + 1))


@dataclass(frozen=True, kw_only=True)
class ObservedClass:
    """A class with one of its course's tasks, who attended it, and what stands of each, by person."""

    held: ClassSession
    task: ObservedTask
    attendees: tuple[Person, ...]
    observed: Mapping[str, Observation]

    @property
    def address(self) -> str:
        return f"{CLASSES}{self.held.id}/quan-sat/{self.task.id}/"

    def attendee(self, id: str) -> Person:
        """Returns somebody who attended. Raises Fault."""
        person = next((person for person in self.attendees if person.id == id), None)
        if person is None:
            raise Fault("no-such-page")
        return person

    def seen_of(self, id: str) -> tuple[str, ...]:
        """Returns the boxes that were ticked of a person by the lines of today."""
        row = self.observed.get(id)
        if row is None or row.rubric != self.task.rubric_version:
            return ()
        return tuple(box for box, seen in zip(BOXES, row.seen, strict=True) if seen)

    def next_after(self, id: str) -> Person | None:
        """Returns the next person of whom nothing stands, in the order of the list; None after the last."""
        place = next(index for index, person in enumerate(self.attendees) if person.id == id)
        ahead = (*self.attendees[place + 1 :], *self.attendees[:place])
        return next((person for person in ahead if person.id not in self.observed), None)


def _observed_class(
    connection: Connection, service: Service, account: Account, id: str, task: str
) -> ObservedClass:
    """Returns a class within reach with a task of its course. Raises Fault, or Unknown."""
    held = class_in_reach(connection, account, id)
    course = service.programme.courses.get(held.course)
    tasks = {known.id: known for known in service.programme.tasks_of(course)} if course else {}
    if task not in tasks or held.anonymous or held.withdrawn_at is not None:
        raise Fault("no-such-page")
    present = attendees(connection, held)
    return ObservedClass(
        held=held,
        task=tasks[task],
        attendees=tuple(person for person in present if person.erased_at is None),
        observed={row.person: row for row in observations_of_class(connection, id) if row.task == task},
    )


@routes.get(TASK)
async def task_page(request: Request, service: Running, member: ClassHolder, id: str, task: str) -> Response:
    """Shows who of a class has been observed, and how often each line was seen there and elsewhere."""

    def looking(within: Connection) -> dict[str, Any]:
        shown, units = (
            _observed_class(within, service, member.account, id, task),
            scope(within, member.account),
        )
        rubric = shown.task.rubric_version
        return {
            "shown": shown,
            "scope": units,
            "here": line_counts(within, task, rubric, session=id, units=units.reach),
            "everywhere": line_counts(within, task, rubric, units=units.reach),
            "synthetic": certificates.is_synthetic(within, shown.attendees),
        }

    values = await service.read(looking)
    return service.pages.page(
        request, "staff/observed-task", courses=base.course_titles(service), lines=RUBRIC_LINES, **values
    )


@routes.get(PERSON)
async def person_form(
    request: Request, service: Running, member: ClassHolder, id: str, task: str, person: str
) -> Response:
    return await _person_view(request, service, member, id, task, person)


async def _person_view(
    request: Request,
    service: Service,
    member: StaffMember,
    id: str,
    task: str,
    person: str,
    *,
    ticked: tuple[str, ...] | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    """Shows the ten boxes of a person, with what was ticked and what is wrong."""

    def looking(within: Connection) -> tuple[ObservedClass, Person, bool]:
        shown = _observed_class(within, service, member.account, id, task)
        who = shown.attendee(person)
        return shown, who, certificates.is_synthetic(within, (who,))

    shown, who, synthetic = await service.read(looking)
    return service.pages.page(
        request,
        "staff/observed-person",
        status=422 if problems else 200,
        shown=shown,
        who=who,
        place=shown.attendees.index(who) + 1,
        ticked=shown.seen_of(person) if ticked is None else ticked,
        problems=problems or {},
        synthetic=synthetic,
        boxes=list(zip(BOXES, shown.task.rubric, strict=False)),
        once=base.new_form_id(),
    )


@routes.post(PERSON)
async def enter_observation(
    request: Request, service: Running, member: ClassHolder, form: Posted, id: str, task: str, person: str
) -> Response:
    """Keeps the ten ticks of a person and goes on to the next; the same form again changes nothing."""
    reading = FormReader(form)
    ticked = tuple(box for box in BOXES if box in reading.all("seen"))
    ticks = "".join("1" if box in ticked else "0" for box in BOXES)
    read_lines = reading.text("rubric")
    key = event_id(reading.text("once"), "observation", id, task, person, ticks)

    def writing(within: Connection) -> tuple[ObservedClass, str]:
        shown = _observed_class(within, service, member.account, id, task)
        who, name = shown.attendee(person).id, shown.task.title
        if read_lines != shown.task.rubric_version:
            return shown, message("observation.other_lines")
        cause = written_by(member.account, message("observation.reason", task=name))
        rubric = shown.task.rubric_version
        observe(within, id, task, who, id=key, rubric=rubric, ticks=ticks, by=cause, now=service.now())
        return _observed_class(within, service, member.account, id, task), ""

    shown, problem = await service.write(writing)
    if problem:
        problems = {"seen": problem}
        return await _person_view(
            request, service, member, id, task, person, ticked=ticked, problems=problems
        )
    following = shown.next_after(person)
    return redirect_done(service, shown.address + (f"{following.id}/" if following else ""), "quan-sat")


@routes.post(f"{PERSON}huy/")
async def withdraw_ticks(
    service: Running, member: ClassHolder, form: Posted, id: str, task: str, person: str
) -> Response:
    """Takes back what was entered of a person by mistake."""

    def writing(within: Connection) -> ObservedClass:
        shown = _observed_class(within, service, member.account, id, task)
        who = shown.attendee(person).id
        cause = written_by(member.account, message("observation.withdrawn", task=shown.task.title))
        withdraw_observation(within, id, task, who, by=cause, now=service.now())
        return shown

    shown = await service.write(writing)
    return redirect_done(service, shown.address, "huy-quan-sat")

"""The first page of the staff: what each can do, and what waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Annotated, NamedTuple

from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...programme.course_figures import Shortage, question_shortages
from ...programme.model.course import Course
from ...records import people
from ...records.access.accounts import OPERATIONS
from ...records.staff_entries import listed
from ...records.training import progress
from ...records.training.classes import ClassSession, attended_classes
from ...render.templates import day
from ...targets import Period
from ..certificates import EVIDENCE_NAMES
from ..dependencies import Running, Service, StaffMember, staff
from ..http import urls
from ..target_cache import Measurement
from .base import OF_PROVINCE, ROLES, UnitScope, router, today
from .entries import ENTRY_PAGES
from .forms import catalogue, message
from .home_figures import (
    MOST_UNITS,
    NextClass,
    first_map,
    next_class,
    report_term,
    silent_communes,
    training_shares,
    units_left,
)
from .people.codes import CODES, people_without_code
from .targets import TargetsLook, measurement_in_reach

#: How many days back classes without attendance are looked for, and how many are shown.
RECENT, MOST_CLASSES = timedelta(days=60), 5


class TodoItem(NamedTuple):
    """One thing to do: what it is, more about it, since when it waits, what is done there, and where."""

    text: str
    more: str
    since: str
    act: str
    address: str


def _todo_item(name: str, address: str, **values: object) -> TodoItem:
    text, more, since, act = (
        message(f"todo-{name}.{part}", **values) for part in ("text", "more", "since", "act")
    )
    return TodoItem(text, more, since, act, address)


def todo_items(
    connection: Connection, units: UnitScope, on: date, permitted: frozenset[str]
) -> Iterator[TodoItem]:
    """Returns what waits; `permitted` are the operations whose pages would open."""
    if "countersign" in permitted:
        yield from _pending_entries(connection, units, on)
    if "class.hold" in permitted:
        yield from _unticked_classes(connection, units, on)
    if "code.issue" in permitted:
        yield from _missing_codes(connection, units)


def _pending_entries(connection: Connection, units: UnitScope, on: date) -> Iterator[TodoItem]:
    if pending := progress.pending_entries(connection, units=units.filter):
        oldest = pending[0].done_on
        days = (on - oldest).days
        address = f"{urls.STAFF}doi-chieu/"
        yield _todo_item("entries", address, count=len(pending), day=day(oldest), days=days)


def _unticked_classes(connection: Connection, units: UnitScope, on: date) -> Iterator[TodoItem]:
    held = listed(connection, ClassSession, since=on - RECENT, units=units.reach)[::-1]
    named = [class_session for class_session in held if not class_session.anonymous]
    ticked = attended_classes(connection, named)
    empty = [class_session for class_session in named if class_session.id not in ticked]
    for class_session in empty[:MOST_CLASSES]:
        yield _todo_item(
            "class",
            f"{urls.STAFF}lop/{class_session.id}/",
            day=day(class_session.held_on),
            days=(on - class_session.held_on).days,
            unit=units.name(class_session.unit),
            headcount=class_session.headcount,
            sheet=class_session.sheet_ref or message("todo-class.no_sheet"),
        )


def _missing_codes(connection: Connection, units: UnitScope) -> Iterator[TodoItem]:
    if lacking := people_without_code(connection, units):
        yield _todo_item("codes", CODES, count=sum(lacking.values()), units=len(lacking))


def _silent_communes(measurement: Measurement, permitted: frozenset[str]) -> Iterator[TodoItem]:
    """Returns which communes have no communication on record, while a report on the half-year is to come."""
    silent = silent_communes(measurement)
    if silent is not None and "activity.enter" in permitted:
        address, until = f"{urls.STAFF}truyen-thong/", day(silent.until)
        yield _todo_item("outreach", address, count=silent.communes, all=silent.all, until=until)


routes = router()


class Task(NamedTuple):
    """A staff page, its purpose, and the operation that it takes."""

    path: str
    title: str
    purpose: str
    operation: str


def _task_groups() -> Iterator[tuple[str, tuple[Task, ...]]]:
    for group in catalogue()["home"]["groups"]:
        entries = (
            Task(page.path, page.words["title"], page.words["purpose"], page.operation)
            for page in ENTRY_PAGES
            if page.group == group.get("entries")
        )
        yield group["title"], (*(Task(**task) for task in group["tasks"]), *entries)


GROUPS = tuple(_task_groups())
#: What is done most, and how many of these are shown.
MOST_DONE = tuple(Task(**task) for task in catalogue()["home"]["most_done"])
MOST_ACTIONS = 4
#: How long before a test lacks questions it is told: long enough to write some and have them approved.
AHEAD = timedelta(days=90)


@routes.get(urls.STAFF)
async def home(
    request: Request, service: Running, member: Annotated[StaffMember, Depends(staff())]
) -> Response:
    on = today(service)
    measurement, units = await measurement_in_reach(service, member, Period.of_day(on))
    look = TargetsLook(service=service, measurement=measurement, units=units, ky="")
    permitted = frozenset(operation for operation in OPERATIONS if _may(units, operation))

    def looking(within: Connection) -> tuple[list[TodoItem], NextClass | None, bool]:
        waiting = list(todo_items(within, units, on, permitted))
        coming = next_class(within, look, on)
        return waiting, coming, not people.all_rosters(within)

    waiting, coming, is_new = await service.read(looking)
    waiting += _silent_communes(measurement, permitted)
    lacking = units_left(look)
    return service.pages.page(
        request,
        "staff/home",
        account=member.account,
        unit=units.name(member.account.unit),
        role=ROLES[member.account.role],
        today=on,
        actions=[action for action in MOST_DONE if action.operation in permitted][:MOST_ACTIONS],
        waiting=waiting,
        coming=coming,
        term=report_term(service, on),
        coordinator=service.programme.coordinator,
        shares=list(training_shares(look)),
        map=first_map(look),
        evidence=EVIDENCE_NAMES,
        lacking=lacking if len(units.reach) > 1 else [],
        most_units=MOST_UNITS,
        has_province=units.has_province,
        synthetic=any(listed.roster.synthetic for listed in measurement.figures.rosters),
        reports=[(period.id, period.name) for period in _reported_periods(service)],
        kinds={"docx": "Word", "xlsx": "Excel", "pdf": "PDF"},
        may_export="export" in permitted,
        groups=list(_permitted_groups(permitted)),
        is_new=is_new and "roster.import" in permitted,
        shortages=_question_shortages(service) if "paper.enter" in permitted else [],
    )


def _reported_periods(service: Service) -> Iterator[Period]:
    """Yields the half-years to report on: the one that runs, and the one before, if it is of the plan."""
    running = Period.of_day(today(service))
    yield running
    ended = Period.numbered(running.number - 1)
    if ended.year >= service.programme.charter.plan.first_year:
        yield ended


def _question_shortages(service: Service) -> list[tuple[Course, Shortage]]:
    """Returns what tests lack or will lack soon, each with its course, the earliest first."""
    on, courses = today(service), service.programme.courses
    return [
        (courses[shortage.course], shortage)
        for shortage in question_shortages(service.programme, on, on + AHEAD)
    ]


def _permitted_groups(permitted: Collection[str]) -> Iterator[tuple[str, list[Task]]]:
    for title, tasks in GROUPS:
        if allowed := [task for task in tasks if task.operation in permitted]:
            yield title, allowed


def _may(units: UnitScope, operation: str) -> bool:
    """Tells whether the page of an operation would open: some are for the whole province."""
    is_near = operation not in OF_PROVINCE or units.has_province
    return is_near and units.account.role in OPERATIONS[operation].roles

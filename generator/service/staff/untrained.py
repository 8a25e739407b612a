"""People not yet trained: a page to filter, the same to print, and a workbook to download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...programme.model.programme import Programme
from ...programme.vietnamese import alphabetical
from ...records import people
from ...records.access.accounts import OPERATIONS
from ...records.audit_trail import note
from ...records.training.progress import course_states
from ...roster_import.template import fill_template
from ...roster_import.vocabulary import vocabulary
from ...targets import Period, Training, Untrained, load_untrained
from ..dependencies import Posted, Running, Service, StaffMember, staff
from ..http.errors import Fault
from . import targets
from .base import UnitScope, chosen_period, must_give_second_factor, router, staff_origin, today, written_by
from .forms import FormReader, message
from .people.frozen_rosters import workbook_response
from .people.person_pages import MOST_NAMES, PersonLine, UnitLines, lines_by_unit, ordered_units, person_line
from .targets import UNTRAINED, measurement_in_reach
from .words import STAGES, SoFar, course_progress


@dataclass(frozen=True, kw_only=True)
class ListFilter:
    """The filter of a list; empty is everything. It stands in addresses: ids and our words."""

    target: str = ""
    unit: str = ""
    stage: str = ""
    period: str = ""
    order: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> ListFilter:
        """Returns the filter in an address or a form; what cannot be asked for is left out."""
        stage, period, order = (given.get(name, "") for name in ("hoc", "ky", "xep"))
        return cls(
            target=given.get("ct", ""),
            unit=given.get("dv", ""),
            stage=stage if stage in STAGES else "",
            period=period if Period.is_id(period) else "",
            order=order if order == "ten" else "",
        )

    @property
    def fields(self) -> dict[str, str]:
        names = ("ct", "dv", "hoc", "ky", "xep")
        given = (self.target, self.unit, self.stage, self.period, self.order)
        return {name: value for name, value in zip(names, given, strict=True) if value}

    def query(self, **changed: str) -> str:
        """Returns the filter as it stands in an address, with some of it changed."""
        whole = {name: value for name, value in {**self.fields, **changed}.items() if value}
        return f"?{urlencode(whole)}" if whole else ""

    def until(self, today: date) -> date:
        """Returns the day whose end the list shows: that of a period that is over, else today."""
        return min(chosen_period(self.period, today).end, today)


@dataclass(frozen=True, kw_only=True)
class TargetList:
    """A target's roster within reach, and those of it who are not trained; empty where there is no roster.

    `meant_size` and `meant_left` are of the unit that was asked for, where one was.
    """

    training: Training
    size: int = 0
    left: int = 0
    meant_size: int = 0
    meant_left: int = 0
    units: tuple[UnitLines, ...] = ()
    free_units: tuple[str, ...] = ()
    is_asked: bool = True

    @property
    def shown(self) -> int:
        return sum(unit.shown for unit in self.units)

    @property
    def has_names(self) -> bool:
        return any(unit.lines for unit in self.units)

    @property
    def lines(self) -> tuple[PersonLine, ...]:
        return tuple(line for unit in self.units for line in unit.lines)


def _target_list(
    connection: Connection,
    programme: Programme,
    training: Training,
    asked: ListFilter,
    units: UnitScope,
    most: int | None,
) -> TargetList:
    is_asked = asked.target in ("", training.id) and _may_hold(training, asked.unit, units)
    if training.roster is None:
        return TargetList(training=training, is_asked=is_asked)
    untrained = load_untrained(connection, training.roster, training.counting, training.period.end)
    ours = untrained.within(units.reach)
    size, left = ours.size, len(ours.persons)
    if not is_asked:
        return TargetList(training=training, size=size, left=left, is_asked=False)
    meant = ours.within({asked.unit}) if asked.unit else ours
    so_far = _so_far(connection, programme, training, meant, asked, most)
    shown = {person: unit for person, unit in meant.persons.items() if not asked.stage or person in so_far}
    is_named = most is None or bool(asked.unit) or len(shown) <= most
    persons = people.persons_by_id(connection, shown) if is_named else {}
    lines = lines_by_unit(
        person_line(person, shown[id], units, so_far[id].text) for id, person in persons.items()
    )
    return TargetList(
        training=training,
        size=size,
        left=left,
        meant_size=meant.size,
        meant_left=len(meant.persons),
        units=_unit_lines(meant, shown, lines, asked, units),
        free_units=_exempt_units(meant, units),
    )


def _may_hold(training: Training, unit: str, units: UnitScope) -> bool:
    """Tells whether a unit is of the target's level."""
    return not unit or training.target.level in (None, units.all[unit].level)


def _so_far(
    connection: Connection,
    programme: Programme,
    training: Training,
    meant: Untrained,
    asked: ListFilter,
    most: int | None,
) -> Mapping[str, SoFar]:
    """Returns the progress of persons at the stage asked for; {} where more than `most` are unasked."""
    if not asked.stage and not asked.unit and most is not None and len(meant.persons) > most:
        return {}
    states = course_states(connection, meant.persons, training.counting.courses)
    progress = {
        person: course_progress(programme, training.counting, person, states) for person in meant.persons
    }
    return {person: so_far for person, so_far in progress.items() if asked.stage in ("", so_far.stage)}


def _unit_lines(
    meant: Untrained,
    shown: Mapping[str, str],
    lines: Mapping[str, tuple[PersonLine, ...]],
    asked: ListFilter,
    units: UnitScope,
) -> tuple[UnitLines, ...]:
    """Returns the units that have anybody to show."""
    left, counts = meant.left, Counter(shown.values())
    unit_lines = (
        UnitLines(
            id=unit,
            name=units.name(unit),
            size=meant.sizes[unit],
            left=left[unit],
            shown=persons,
            lines=lines.get(unit, ()),
        )
        for unit, persons in counts.items()
    )
    return ordered_units(unit_lines, by_name=bool(asked.order))


def _exempt_units(meant: Untrained, units: UnitScope) -> tuple[str, ...]:
    """Returns the names of units in which nobody is left."""
    free = (units.name(unit) for unit, size in meant.sizes.items() if size and unit not in meant.left)
    return tuple(sorted(free, key=alphabetical))


routes = router()
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Exporter = Annotated[StaffMember, Depends(staff("export"))]


async def _list_filter(request: Request) -> ListFilter:
    return ListFilter.of(request.query_params)


Filter = Annotated[ListFilter, Depends(_list_filter)]


@dataclass(frozen=True, kw_only=True)
class UntrainedLists:
    """The lists of all targets within reach, as they were asked for."""

    lists: tuple[TargetList, ...]
    asked: ListFilter
    scope: UnitScope
    today: date

    @property
    def meant(self) -> tuple[TargetList, ...]:
        """The lists of the targets that were asked for."""
        return tuple(target_list for target_list in self.lists if target_list.is_asked)

    @property
    def shown(self) -> int:
        return sum(target_list.shown for target_list in self.meant)

    @property
    def unit_count(self) -> int:
        return len({unit.id for target_list in self.meant for unit in target_list.units})

    @property
    def is_synthetic(self) -> bool:
        return any(target_list.training.is_synthetic for target_list in self.meant)

    @property
    def until(self) -> date:
        return self.asked.until(self.today)

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The targets to choose from: by level, where that distinguishes them."""
        trainings = [target_list.training for target_list in self.lists]
        levels = [
            message(f"untrained.{training.target.level}") for training in trainings if training.target.level
        ]
        is_plain = len(set(levels)) == len(trainings)
        named = levels if is_plain else [training.target.title for training in trainings]
        return tuple((training.id, title) for training, title in zip(trainings, named, strict=True))


async def _untrained_lists(
    service: Service, member: StaffMember, asked: ListFilter, *, whole: bool = False
) -> UntrainedLists:
    """Returns the lists asked for; `whole` names everybody, however many there are.

    Raises Fault for an unknown target, or a unit out of reach.
    """
    day = today(service)
    measurement, units = await measurement_in_reach(service, member, chosen_period(asked.period, day))
    trainings = [measured for measured in measurement.measured.values() if isinstance(measured, Training)]
    if asked.target and asked.target not in {training.id for training in trainings}:
        raise Fault("no-such-page")
    if asked.unit and asked.unit not in units.reach:
        raise Fault("no-such-page")
    most = None if whole else MOST_NAMES

    def looking(within: Connection) -> tuple[TargetList, ...]:
        return tuple(
            _target_list(within, service.programme, training, asked, units, most) for training in trainings
        )

    lists = await service.read(looking)
    return UntrainedLists(lists=lists, asked=asked, scope=units, today=day)


# --- to look at -------------------------------------------------------------------------------


@routes.get(UNTRAINED)
async def untrained_page(request: Request, service: Running, member: Reader, asked: Filter) -> Response:
    untrained = await _untrained_lists(service, member, asked)
    return service.pages.page(
        request,
        "staff/untrained",
        untrained=untrained,
        levels=dict(untrained.options),
        stages=STAGES,
        most_names=MOST_NAMES,
        # Nobody is listed under the province itself.
        unit_options=[(unit.id, unit.name) for unit in untrained.scope.units if unit.parent is not None],
        missing=targets.MISSING,
        period_name=chosen_period(asked.period, untrained.today).name if asked.period else "",
        may_export=member.account.role in OPERATIONS["export"].roles,
        must_prove=must_give_second_factor(service, member, "export"),
    )


@routes.get(f"{UNTRAINED}in/")
async def print_page(request: Request, service: Running, member: Reader, asked: Filter) -> Response:
    """Prints everybody whom the filter lets through, each unit on a page of its own."""
    untrained = await _untrained_lists(service, member, asked, whole=True)
    return service.pages.page(
        request,
        "staff/untrained-print",
        untrained=untrained,
        stages=STAGES,
        levels=dict(untrained.options),
        source=f"{staff_origin(request, service)}{UNTRAINED}",
    )


# --- to take away -----------------------------------------------------------------------------


@routes.post(f"{UNTRAINED}tai/")
async def download_list(service: Running, member: Exporter, form: Posted) -> Response:
    """Sends the same people as a workbook, noted in the trail; where nobody is left, the page says so."""
    asked = ListFilter.of(FormReader(form).given)
    untrained = await _untrained_lists(service, member, asked, whole=True)
    rows = _workbook_rows(untrained)
    if not rows:
        return RedirectResponse(f"{UNTRAINED}{asked.query()}", 303)
    units, mark = service.programme.units, vocabulary().synthetic if untrained.is_synthetic else ""
    data = await to_thread.run_sync(
        lambda: fill_template(units, rows, note=mark, more=(message("untrained.column"),))
    )
    cause, now = written_by(member.account, message("untrained.reason", count=len(rows))), service.now()
    rosters = [
        target_list.training.roster.id
        for target_list in untrained.meant
        if target_list.training.roster and target_list.lines
    ]

    def noting(within: Connection) -> None:
        for roster in rosters:
            note(within, "roster.exported", roster, by=cause, now=now)

    await service.write(noting)
    return workbook_response(data, f"chua-tap-huan-{untrained.until:%Y-%m-%d}.xlsx")


def _workbook_rows(untrained: UntrainedLists) -> Sequence[Sequence[str]]:
    names, made_up = untrained.scope.name, vocabulary().synthetic
    return [
        (
            line.name,
            line.position,
            names(line.unit),
            made_up if target_list.training.is_synthetic else "",
            line.so_far,
        )
        for target_list in untrained.meant
        for line in target_list.lines
    ]

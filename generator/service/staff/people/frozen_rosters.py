"""Rosters: those that are frozen, who stands in them, and how a list is frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Annotated, get_args

from anyio import to_thread
from fastapi import Depends
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ....programme.model.values import Level
from ....records import By, people
from ....records.access.accounts import OPERATIONS, Account
from ....records.audit_trail import note, persons_changed_since
from ....records.people import NewPerson, Roster, RosterMember, Superseding
from ....render.templates import day
from ....roster_import import template
from ....roster_import.proposal import KnownPerson, Proposal
from ....roster_import.template import fill_template
from ....roster_import.vocabulary import vocabulary
from ....targets import load_roster
from ...dependencies import Posted, Running, Service, StaffMember, staff
from ...http import urls
from ...http.errors import Fault
from ..base import (
    UnitScope,
    course_titles,
    must_give_second_factor,
    province_staff,
    router,
    scope,
    today,
    written_by,
)
from ..forms import FormReader, staff_form
from .person_pages import ERASED, MOST_NAMES, PersonLine, UnitLines, lines_by_unit, ordered_units, person_line

routes = router()
FORM = staff_form("roster")
ROSTERS = f"{urls.STAFF}danh-sach/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Reader = Annotated[StaffMember, Depends(staff("progress.read"))]
Importer = Annotated[StaffMember, Depends(province_staff("roster.import"))]


@dataclass(frozen=True, kw_only=True)
class ShownRoster:
    """A frozen roster with its size, how many of it are within reach, and the one that stands in for it."""

    roster: Roster
    size: int
    ours: int
    instead: Roster | None
    is_current: bool
    """True for the last list of its level that stands: what today's shares are of."""


#: The order in which rosters follow each other.
FOLLOWING = attrgetter("as_of", "frozen_at", "id")


# --- what there is ----------------------------------------------------------------------------


@routes.get(ROSTERS)
async def rosters_page(request: Request, service: Running, member: Reader, thay: str = "") -> Response:
    """Shows the rosters; `thay` is the number of a mistaken one, which the form's list then stands in for."""
    return await list_rosters(request, service, member, replaces=thay)


async def list_rosters(
    request: Request,
    service: Service,
    member: StaffMember,
    form: FormReader | None = None,
    replaces: str = "",
) -> Response:
    shown_rosters, units = await service.read(
        lambda within: _shown_rosters(within, member, people.all_rosters(within))
    )
    learners, _ = await service.read(
        lambda within: _shown_rosters(within, member, people.all_rosters(within, of_learners=True))
    )
    given = form.given if form else {"as_of": day(today(service)), "levels": "commune", "replaces": replaces}
    replaced = find_roster([shown.roster for shown in shown_rosters], given.get("replaces", ""))
    return service.pages.page(
        request,
        "staff/rosters",
        status=422 if form else 200,
        rosters=shown_rosters,
        learner_lists=learners,
        titles=course_titles(service),
        courses_apart=service.programme.courses_apart,
        form=FORM,
        replaced=replaced,
        scope=units,
        can_import=member.account.role == "office" and units.has_province,
        must_prove=must_give_second_factor(service, member, "roster.import"),
        given=given | ({"levels": replaced.level} if replaced and not form else {}),
        problems=form.problems if form else {},
    )


def _shown_rosters(
    within: Connection, member: StaffMember, every: Sequence[Roster]
) -> tuple[list[ShownRoster], UnitScope]:
    units = scope(within, member.account)
    by_id, sizes = {roster.id: roster for roster in every}, people.roster_sizes(within)
    standing = sorted((roster for roster in every if not roster.is_superseded), key=FOLLOWING)
    current = {roster.level: roster.id for roster in standing}
    shown_rosters = []
    for roster in every[::-1]:
        by_unit = sizes[roster.id]
        instead = by_id[roster.superseded.by_roster] if roster.superseded else None
        ours = sum(members for unit, members in by_unit.items() if unit in units.reach)
        shown_rosters.append(
            ShownRoster(
                roster=roster,
                size=by_unit.total(),
                ours=ours,
                instead=instead,
                is_current=current.get(roster.level) == roster.id,
            )
        )
    return shown_rosters, units


def find_roster(rosters: list[Roster], number: str) -> Roster | None:
    """Returns the roster of that number, as long as nothing stands in for it."""
    return next(
        (roster for roster in rosters if str(roster.number) == number and not roster.is_superseded), None
    )


@routes.get(f"{ROSTERS}mau.xlsx")
async def blank_workbook(service: Running, member: Reader) -> Response:
    data = await to_thread.run_sync(lambda: template.build_template(service.programme.units))
    return workbook_response(data, "mau-danh-sach.xlsx")


@routes.get(f"{ROSTERS}mau-dien-thu.xlsx")
async def sample_workbook(service: Running, member: Reader) -> Response:
    """Sends the template filled with people who do not exist, to try everything with."""

    def made() -> bytes:
        units = service.programme.units
        return template.synthetic_template(units, template.synthetic_roster(units, 1).entries)

    return workbook_response(await to_thread.run_sync(made), "danh-sach-mau-khong-co-that.xlsx")


member_routes = router()
MemberReader = Annotated[StaffMember, Depends(staff("progress.read"))]
Exporter = Annotated[StaffMember, Depends(staff("export"))]


@dataclass(frozen=True, kw_only=True)
class RosterMembers:
    """The persons of a roster within reach: its frozen rows, and today's persons behind them."""

    roster: Roster
    scope: UnitScope
    rows: int
    lines: tuple[PersonLine, ...]

    @property
    def merged(self) -> int:
        """The number of rows beyond one for each person, since two records were one person's."""
        return self.rows - len(self.lines)

    @property
    def named(self) -> tuple[PersonLine, ...]:
        return tuple(line for line in self.lines if line.name != ERASED)

    @property
    def erased(self) -> int:
        return len(self.lines) - len(self.named)

    def units(self, unit: str) -> tuple[UnitLines, ...]:
        """Returns the units in alphabetical order; the names of one, or of all where a page can hold them."""
        is_named, sizes = len(self.lines) <= MOST_NAMES, Counter(line.unit for line in self.lines)
        named = lines_by_unit(line for line in self.lines if (line.unit == unit if unit else is_named))
        groups = (
            UnitLines(
                id=id,
                name=self.scope.name(id),
                size=size,
                left=size,
                shown=size,
                lines=named.get(id, ()),
            )
            for id, size in sizes.items()
            if unit in ("", id)
        )
        return ordered_units(groups, by_name=True)


def roster_members(connection: Connection, account: Account, id: str) -> RosterMembers:
    """Returns the persons of a roster within reach. Raises Fault where there is no such roster."""
    every = (*people.all_rosters(connection), *people.all_rosters(connection, of_learners=True))
    roster = next((roster for roster in every if roster.id == id), None)
    if roster is None:
        raise Fault("no-such-page")
    units = scope(connection, account)
    homes = {
        person: unit
        for person, unit in load_roster(connection, roster).members.items()
        if unit in units.reach
    }
    rows = sum(member.unit in units.reach for member in people.roster_members(connection, id))
    return RosterMembers(
        roster=roster,
        scope=units,
        rows=rows,
        lines=tuple(_member_lines(connection, roster, homes, units)),
    )


def _member_lines(
    connection: Connection, roster: Roster, homes: dict[str, str], units: UnitScope
) -> Iterable[PersonLine]:
    """Marks persons whose record was changed after the freezing, when the name may be another one."""
    changed = persons_changed_since(connection, roster.frozen_at)
    for id, person in people.persons_by_id(connection, homes).items():
        line = person_line(person, homes[id], units)
        if id in changed and line.name != ERASED:
            change_note = FORM.words["changed_since"].format(day=day(changed[id]))
            line = replace(line, note=", ".join(filter(None, [line.note, change_note])))
        yield line


@member_routes.get(f"{ROSTERS}{{roster}}/")
async def members_page(
    request: Request, service: Running, member: MemberReader, roster: str, dv: str = ""
) -> Response:
    members = await service.read(lambda within: roster_members(within, member.account, roster))
    if dv and dv not in members.scope.reach:
        raise Fault("no-such-page")
    units = members.units(dv)
    return service.pages.page(
        request,
        "staff/roster-members",
        members=members,
        units=units,
        unit=dv,
        titles=course_titles(service),
        is_named=not units or any(unit.lines for unit in units),
        may_export=member.account.role in OPERATIONS["export"].roles,
        must_prove=must_give_second_factor(service, member, "export"),
    )


@member_routes.post(f"{ROSTERS}{{roster}}/tai/")
async def download_members(service: Running, member: Exporter, form: Posted, roster: str) -> Response:
    """Sends the persons as a list that imports again; the trail says who took it."""
    members = await service.read(lambda within: roster_members(within, member.account, roster))
    if not members.named:
        raise Fault("no-such-page")
    mark = vocabulary().synthetic if members.roster.synthetic else ""
    homes = lines_by_unit(members.named)
    lines = [line for unit in members.units("") for line in homes.get(unit.id, ())]
    rows = [(line.name, line.position, members.scope.name(line.unit), mark) for line in lines]
    units = service.programme.units
    data = await to_thread.run_sync(lambda: fill_template(units, rows, note=mark))
    cause, now = written_by(member.account, FORM.words["exported"].format(count=len(rows))), service.now()
    await service.write(lambda within: note(within, "roster.exported", roster, by=cause, now=now))
    level = {"commune": "cap-xa", "province": "cap-tinh"}[members.roster.level]
    return workbook_response(data, f"danh-sach-{level}-{members.roster.as_of}.xlsx")


def workbook_response(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=XLSX, headers=headers)


ALL_LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, kw_only=True)
class RosterDetails:
    """The office's words on a list: the day it speaks of, and the decision."""

    levels: tuple[Level, ...]
    as_of: date
    decision: str
    superseding: Superseding | None = None
    replaced: Roster | None = None
    """The mistaken list that this one shall stand in for."""
    course: str | None = None
    """The course that no target counts whose learners these are."""


def known_people(connection: Connection, levels: Sequence[Level]) -> tuple[KnownPerson, ...]:
    """Returns the people of these levels: all made up or none, since a ledger holds one kind only."""
    return tuple(
        KnownPerson(
            id=person.id,
            full_name=person.full_name or "",
            position=person.position or "",
            unit=person.unit or "",
            is_active=person.active,
        )
        for person in people.persons_at_levels(connection, levels)
    )


def freeze_rosters(
    connection: Connection, proposal: Proposal, wanted: RosterDetails, *, by: By, now: datetime
) -> tuple[Roster, ...]:
    """Adds and corrects people, and freezes one roster for each level of the list."""
    listed = {
        row.key: NewPerson(
            full_name=row.entry.full_name, position=row.entry.position or None, unit=row.entry.unit
        )
        for row in proposal.rows
    }
    ids = {row.key: row.before.id for row in proposal.rows if row.before is not None}
    new = [key for key in listed if key not in ids]
    added = people.add_persons(connection, [listed[key] for key in new], by=by, now=now)
    ids |= zip(new, added, strict=True)
    for row in proposal.rows_of("changed"):
        if row.before is not None:
            people.change_person(connection, row.before.id, listed[row.key], by=by, now=now)
    known = (row.before for row in proposal.rows if row.before is not None and wanted.course)
    for person in (*proposal.leaving, *(back for back in known if not back.is_active)):
        same = NewPerson(full_name=person.full_name, position=person.position or None, unit=person.unit)
        people.change_person(connection, person.id, same, active=not person.is_active, by=by, now=now)
    return tuple(
        people.freeze_roster(
            connection,
            members,
            level=level,
            as_of=wanted.as_of,
            decision_ref=wanted.decision,
            source_sha256=proposal.source_sha256,
            synthetic=proposal.is_synthetic,
            course=wanted.course,
            supersedes=wanted.superseding,
            by=by,
            now=now,
        )
        for level in ALL_LEVELS
        if (
            members := [
                RosterMember(person=ids[row.key], unit=row.entry.unit)
                for row in proposal.rows
                if row.entry.level == level
            ]
        )
    )

"""The audit trail as a page: who wrote what, about what, when and why; it is read, never written to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from ...programme.vietnamese import LOCAL_ZONE, written_moment
from ...records import people
from ...records.access.accounts import all_accounts
from ...records.audit_trail import TrailEntry, TrailPosition, subject_rows, trail
from ...records.event_kinds import KINDS, is_event_id
from ...records.staff_entries import ENTRY_KINDS, StaffEntry, entries_by_id
from ...records.training.classes import ClassSession
from ...render.templates import day
from ...targets import Period
from ..dependencies import Running, Service, StaffMember, staff
from ..http import urls
from . import base
from .base import ROLES, UnitScope, router, scope
from .forms import day_of_text, message, staff_form
from .words import ACTIONS, FIXED_REASONS, LEVEL_NAMES, STATED_ACTIONS, SYSTEM_ACTORS


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The words for a subject, and the page that shows more if there is one."""

    text: str
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class SubjectNames:
    """Names of units, courses and targets, by id."""

    unit: Callable[[str | None], str]
    courses: Mapping[str, str]
    targets: Mapping[str, str]


SubjectsById = Mapping[str, Subject]
Finder = Callable[[Connection, Collection[str], SubjectNames], SubjectsById]


def find_subjects(connection: Connection, entries: Iterable[TrailEntry], names: SubjectNames) -> SubjectsById:
    """Returns subjects by the entry's id; a removed one shows only what the entry itself says."""
    by_kind: dict[str, list[TrailEntry]] = {}
    for entry in entries:
        by_kind.setdefault(_kind(entry), []).append(entry)
    subjects: dict[str, Subject] = {}
    for kind, of_kind in by_kind.items():
        find = _FINDERS.get(kind, _worded(lambda id, names: id))
        by_id = find(connection, {entry.subject for entry in of_kind}, names)
        subjects |= {entry.id: by_id.get(entry.subject, Subject(text="")) for entry in of_kind}
    return subjects


def remaining_subjects(
    connection: Connection, entries: Iterable[TrailEntry], names: SubjectNames
) -> SubjectsById:
    """Returns the persons who remain after merges, by the entry's id."""
    into = {entry.id: entry.into for entry in entries if entry.into}
    persons = _persons(connection, set(into.values()), names)
    return {id: persons[person] for id, person in into.items()}


def _kind(entry: TrailEntry) -> str:
    return "person" if entry.action in KINDS else entry.action.partition(".")[0]


def _persons(connection: Connection, ids: Collection[str], names: SubjectNames) -> SubjectsById:
    return {
        id: Subject(text=message("subjects.erased"))
        if row.erased_at
        else Subject(text=f"{row.full_name}, {names.unit(row.unit)}", page=f"{urls.STAFF}nguoi/{id}/")
        for id, row in subject_rows(connection, "person", ids).items()
    }


def _credentials(connection: Connection, ids: Collection[str], names: SubjectNames) -> SubjectsById:
    """Returns the owners of codes by selector, which as a part of a code stands for its owner."""
    owners = {id: row.person for id, row in subject_rows(connection, "credential", ids).items()}
    persons = _persons(connection, set(owners.values()), names)
    return {id: persons[person] for id, person in owners.items()}


def _entry_finder(kind: type[StaffEntry]) -> Finder:
    """Returns what names entries of a kind, by the words of its form."""
    words = staff_form(kind.name).words

    def find(connection: Connection, ids: Collection[str], names: SubjectNames) -> SubjectsById:
        subjects = {}
        for id, entry in entries_by_id(connection, kind, ids).items():
            shown = _shown_columns(vars(entry), names)
            page = words.get("subject_page", "").format(**shown)
            subjects[id] = Subject(
                text=words["subject"].format(**shown), page=f"{urls.STAFF}{page}" if page else ""
            )
        return subjects

    return find


def _shown_columns(columns: Mapping[str, Any], names: SubjectNames) -> dict[str, object]:
    """Returns the columns as people read them: days, and names of units, courses, targets and periods."""
    shown = {name: day(value) if isinstance(value, date) else value for name, value in columns.items()}
    if "unit" in shown:
        shown["unit"] = names.unit(shown["unit"])
    if "course" in shown:
        shown["course"] = names.courses.get(shown["course"], shown["course"])
    if "target" in shown:
        shown["target"] = names.targets.get(shown["target"], shown["target"])
    if "period" in shown:
        shown |= {"period": _period(shown["period"]), "period_id": shown["period"]}
    return shown


def _period(id: str) -> str:
    return Period.parse(id).name if Period.is_id(id) else id


def _rosters(connection: Connection, ids: Collection[str], names: SubjectNames) -> SubjectsById:
    every = (*people.all_rosters(connection), *people.all_rosters(connection, of_learners=True))
    rosters = {roster.id: roster for roster in every}
    return {
        id: Subject(text=_roster(rosters[id], rosters, names), page=f"{urls.STAFF}danh-sach/{id}/")
        for id in ids
        if id in rosters
    }


def _roster(roster: people.Roster, rosters: Mapping[str, people.Roster], names: SubjectNames) -> str:
    """Returns a roster in words, with the one it stands in for and the one that stands in for it."""
    level, as_of = LEVEL_NAMES[roster.level], day(roster.as_of)
    text = message(
        "subjects.roster", level=level, as_of=as_of, decision=roster.decision_ref, number=roster.number
    )
    if roster.course:
        text += message("subjects.learners", course=names.courses.get(roster.course, roster.course))
    if roster.instead_of:
        text += message("subjects.instead_of", number=roster.instead_of)
    if roster.superseded:
        text += message("subjects.superseded", number=rosters[roster.superseded.by_roster].number)
    return text


def _accounts(connection: Connection, ids: Collection[str], names: SubjectNames) -> SubjectsById:
    return {
        id: Subject(text=f"{row.name}, {names.unit(row.unit)}")
        for id, row in subject_rows(connection, "account", ids).items()
    }


def _worded(text: Callable[[str, SubjectNames], str]) -> Finder:
    """Returns what names subjects of which the records hold no more than the entry says."""
    return lambda connection, ids, names: {id: Subject(text=text(id, names)) for id in ids}


_FINDERS: Mapping[str, Finder] = {
    "person": _persons,
    "code": _persons,
    "credential": _credentials,
    "class": _entry_finder(ClassSession),
    **{kind.name: _entry_finder(kind) for kind in ENTRY_KINDS},
    "roster": _rosters,
    "unit": _worded(lambda id, names: names.unit(id)),
    "account": _accounts,
    "second-factor": _worded(lambda role, names: ROLES.get(role, role)),
    "sign-in": _worded(lambda nobody, names: ""),
    "persons": _worded(lambda count, names: message("subjects.persons", count=count)),
    "certificate": _worded(lambda start, names: message("subjects.certificate", start=start)),
}


routes = router()
TRAIL = f"{urls.STAFF}nhat-ky/"
Reader = Annotated[StaffMember, Depends(staff("trail.read"))]
Text = Annotated[str, Query(max_length=80)]
A_PAGE = 50
#: Days on which there can be entries.
YEARS = range(2020, 2100)
#: The form of a mark's moment in an address.
STAMP = "%Y%m%dT%H%M%S%f"


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """An entry with its subject and its author."""

    entry: TrailEntry
    subject: Subject
    who: str
    into: Subject | None = None

    @property
    def action(self) -> str:
        return ACTIONS.get(self.entry.action, self.entry.action)

    @property
    def target(self) -> str:
        """The ledger entry that it speaks of."""
        if target := self.entry.target:
            action = STATED_ACTIONS[target.kind].lower()
            return message("subjects.event", action=action, number=target.seq)
        return ""

    @property
    def reason(self) -> str:
        return FIXED_REASONS.get(self.entry.reason, self.entry.reason)


#: From how many on lines that differ in their subject alone are one line with a fold.
FOLDED = 3


def folded_lines(lines: Iterable[TrailLine]) -> list[tuple[TrailLine, ...]]:
    """Returns the lines in their order, those of one deed together: same work, author, reason and hour."""
    groups = [tuple(group) for _, group in groupby(lines, _deed)]
    return [
        part
        for group in groups
        for part in ([group] if len(group) >= FOLDED else [(line,) for line in group])
    ]


def _deed(line: TrailLine) -> tuple[object, ...]:
    entry = line.entry
    hour = entry.at.replace(minute=0, second=0, microsecond=0)
    return line.action, line.who, line.reason, entry.course, entry.target, line.into, hour


@routes.get(TRAIL)
async def trail_page(
    request: Request,
    service: Running,
    member: Reader,
    tu: Text = "",
    den: Text = "",
    viec: Text = "",
    sau: Text = "",
) -> Response:
    """Shows entries from day to day, of one kind of work or all; `sau` is the mark of the page before."""
    since, until = typed_day(tu), typed_day(den)
    problems = {
        name: message("subjects.wrong_day")
        for name, typed, parsed in (("tu", tu, since), ("den", den, until))
        if typed.strip() and parsed is None
    }
    action = viec if viec in ACTIONS else None
    lines, units = await _trail_lines(service, member, since, until, action, position_of(sau))
    shown = lines[:A_PAGE]
    given = {"tu": tu, "den": den, "viec": action or ""}
    older = (
        urlencode({**given, "sau": position_text(shown[-1].entry.position)}) if len(lines) > A_PAGE else ""
    )
    return service.pages.page(
        request,
        "staff/trail",
        status=422 if problems else 200,
        deeds=folded_lines(shown),
        made_up=await service.read(people.has_synthetic_roster),
        older=older,
        newest=urlencode(given) if sau else "",
        given=given,
        problems=problems,
        options=sorted(ACTIONS.items(), key=lambda option: option[1]),
        whole=units.filter is None,
        scope=units,
        titles=base.course_titles(service),
        moment=written_moment,
    )


async def _trail_lines(
    service: Service,
    member: StaffMember,
    since: date | None,
    until: date | None,
    action: str | None,
    before: TrailPosition | None,
) -> tuple[list[TrailLine], UnitScope]:
    """Returns one line more than a page holds, so that it is known whether there are older ones."""

    def looking(within: Connection) -> tuple[list[TrailLine], UnitScope]:
        units = scope(within, member.account)
        end = until + timedelta(days=1) if until else None
        entries = trail(
            within,
            units=units.filter,
            since=datetime.combine(since, time(), LOCAL_ZONE) if since else None,
            until=datetime.combine(end, time(), LOCAL_ZONE) if end else None,
            action=action,
            before=before,
            limit=A_PAGE + 1,
        )
        names = _subject_names(service, units)
        subjects = find_subjects(within, entries, names)
        remaining = remaining_subjects(within, entries, names)
        actor_names = {**SYSTEM_ACTORS, **{account.id: account.name for account in all_accounts(within)}}
        lines = [
            TrailLine(
                entry=entry,
                subject=subjects[entry.id],
                who=actor_names.get(entry.actor, entry.actor),
                into=remaining.get(entry.id),
            )
            for entry in entries
        ]
        return lines, units

    return await service.read(looking)


def _subject_names(service: Service, units: UnitScope) -> SubjectNames:
    targets: Mapping[str, str] = {
        id: target.title for id, target in service.programme.charter.targets.items()
    }
    return SubjectNames(unit=units.name, courses=base.course_titles(service), targets=targets)


def typed_day(typed: str) -> date | None:
    parsed = day_of_text(typed.strip())
    return parsed if parsed and parsed.year in YEARS else None


# --- where a page ends ------------------------------------------------------------------------


def position_text(mark: TrailPosition) -> str:
    return f"{mark.at.astimezone(UTC):{STAMP}}~{mark.id}"


def position_of(text: str) -> TrailPosition | None:
    """Returns the position of a mark, or None for no valid mark, which means the first page."""
    at, _, id = text.partition("~")
    if not is_event_id(id):
        return None
    try:
        return TrailPosition(datetime.strptime(at, STAMP).replace(tzinfo=UTC), id)
    except ValueError:
        return None

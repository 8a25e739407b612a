"""What entries of the trail are about, in words for whoever reads them: never a code, an answer, a secret."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Table, select

from ...records import people, schema
from ...records.kinds import KINDS
from ...records.trail import TrailEntry
from ...render.templating import day
from ...targets import Period
from .. import areas
from . import periods
from .desk import ROLES


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Some words, and the page that shows more if there is one."""

    text: str
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class SubjectNames:
    """What units, courses and targets are called, by id."""

    unit: Callable[[str | None], str]
    courses: Mapping[str, str]
    targets: Mapping[str, str]


#: Whom a roster lists.
LEVELS = {"province": "cấp tỉnh", "commune": "cấp xã"}
Found = Mapping[str, Subject]
Finder = Callable[[Connection, Collection[str], SubjectNames], Found]


def subjects(connection: Connection, entries: Iterable[TrailEntry], names: SubjectNames) -> Found:
    """By the entry's id; of what is no longer there, as much as the entry itself says."""
    by_kind: dict[str, list[TrailEntry]] = {}
    for entry in entries:
        by_kind.setdefault(_kind(entry), []).append(entry)
    found: dict[str, Subject] = {}
    for kind, some in by_kind.items():
        find = _FINDERS.get(kind, _as_written)
        known = find(connection, {entry.subject for entry in some}, names)
        found |= {entry.id: known.get(entry.subject, Subject(text="")) for entry in some}
    return found


def remaining(connection: Connection, entries: Iterable[TrailEntry], names: SubjectNames) -> Found:
    """Those who remain of the merged, by the entry's id."""
    into = {entry.id: entry.into for entry in entries if entry.into}
    persons = _persons(connection, set(into.values()), names)
    return {id: persons[person] for id, person in into.items()}


def _kind(entry: TrailEntry) -> str:
    return "person" if entry.action in KINDS else entry.action.partition(".")[0]


def _rows(connection: Connection, table: Table, ids: Collection[str]) -> dict[str, Row[tuple[object, ...]]]:
    (key,) = table.primary_key
    query = select(key.label("key"), *table.c).where(key.in_(ids))
    return {row.key: row for row in connection.execute(query)}


def _persons(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {
        id: Subject(text="(đã xóa tên)")
        if row.erased_at
        else Subject(text=f"{row.full_name}, {names.unit(row.unit)}", page=f"{areas.STAFF}nguoi/{id}/")
        for id, row in _rows(connection, schema.person, ids).items()
    }


def _credentials(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    """A selector is a part of a code, so whose it is stands in for it."""
    whose = {id: row.person for id, row in _rows(connection, schema.credential, ids).items()}
    persons = _persons(connection, set(whose.values()), names)
    return {id: persons[person] for id, person in whose.items()}


def _classes(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    found = {}
    for id, row in _rows(connection, schema.class_session, ids).items():
        words = (names.courses.get(row.course, row.course), f"ngày {day(row.held_on)}", names.unit(row.unit))
        found[id] = Subject(text=", ".join(words), page=f"{areas.STAFF}lop/{id}/")
    return found


def _activities(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {
        id: Subject(text=f"{row.place_kind}, ngày {day(row.held_on)}, {names.unit(row.unit)}")
        for id, row in _rows(connection, schema.activity, ids).items()
    }


def _plans(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {
        id: Subject(text=f"số {row.number}, {names.unit(row.unit)}", page=f"{areas.STAFF}ke-hoach/")
        for id, row in _rows(connection, schema.issued_plan, ids).items()
    }


def _figures(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {
        id: Subject(
            text=f"{names.targets.get(row.target, row.target)}, {_period(row.period)}: "
            f"{row.numerator}/{row.denominator}",
            page=f"{areas.STAFF}so-lieu/?ky={row.period}",
        )
        for id, row in _rows(connection, schema.figure, ids).items()
    }


def _period(id: str) -> str:
    return periods.name(Period.parse(id)) if Period.is_id(id) else id


def _rosters(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    every = {one.id: one for one in people.rosters(connection)}
    return {
        id: Subject(text=_roster(every[id], every), page=f"{areas.STAFF}danh-sach/{id}/")
        for id in ids
        if id in every
    }


def _roster(roster: people.Roster, every: Mapping[str, people.Roster]) -> str:
    """Names a roster, the one it stands in for and the one that stands in for it."""
    said = f"{LEVELS[roster.level]}, ngày {day(roster.as_of)}, {roster.decision_ref}"
    said += f", danh sách số {roster.number}"
    if roster.instead_of:
        said += f", thay cho số {roster.instead_of}"
    if roster.superseded:
        said += f", đã được thay bằng số {every[roster.superseded.by_roster].number}"
    return said


def _units(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {id: Subject(text=names.unit(id)) for id in ids}


def _accounts(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {
        id: Subject(text=f"{row.name}, {names.unit(row.unit)}")
        for id, row in _rows(connection, schema.account, ids).items()
    }


def _roles(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {id: Subject(text=ROLES.get(id, id)) for id in ids}


def _nobody(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {}


def _several(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {count: Subject(text=f"{count} người") for count in ids}


def _certificates(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {start: Subject(text=f"phiếu có số bắt đầu bằng {start}") for start in ids}


def _as_written(connection: Connection, ids: Collection[str], names: SubjectNames) -> Found:
    return {id: Subject(text=id) for id in ids}


_FINDERS: Mapping[str, Finder] = {
    "person": _persons,
    "code": _persons,
    "credential": _credentials,
    "class": _classes,
    "activity": _activities,
    "plan": _plans,
    "figure": _figures,
    "roster": _rosters,
    "unit": _units,
    "account": _accounts,
    "second-factor": _roles,
    "sign-in": _nobody,
    "persons": _several,
    "certificate": _certificates,
}

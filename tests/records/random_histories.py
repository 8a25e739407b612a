"""Random lives of a small province: what is recorded of it, in an order and with the hours it came at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fixtures_province import (
    COURSE,
    NAMES,
    OFFICE,
    answered,
    attended,
    countersigned,
    documented,
    erased,
    merged,
    number,
    typed,
    voided,
    waived,
)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from taphuan.records import Event, NotAllowed, Unknown, people, record_all, staff_entries
from taphuan.records.people import NewPerson, RosterMember
from taphuan.records.training import classes
from taphuan.records.training.classes import Attended
from taphuan.records.training.course_versions import Rule

#: The same examples on every machine, however long each takes.
EXAMPLES = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class RolledBack(Exception):
    """Takes back what a job wrote, and brings what it saw."""


# --- events alone -----------------------------------------------------------------------------

PERSONS = st.sampled_from(["p0", "p1", "p2", "p3"])
DAYS = st.sampled_from(["2026-02-01", "2026-02-20", "2026-03-09"])


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Event, int]]:
    """Events of four lives, each with the hour it is received at."""
    events: list[Event] = []
    for place in range(draw(st.integers(1, 14))):
        events.append(draw(events_after(place + 1, events)))
    return [(event, draw(st.integers(0, 2))) for event in events]


def events_after(id: int, before: Sequence[Event]) -> st.SearchStrategy[Event]:
    """An event that may speak of earlier ones."""
    plain = [
        st.builds(answered, st.just(id), PERSONS, right=st.integers(7, 9), evidence=st.sampled_from("AC")),
        st.builds(
            typed, st.just(id), PERSONS, right=st.integers(7, 9), sheet=st.sampled_from([None, "Sổ 1"])
        ),
        st.builds(
            attended,
            st.just(id),
            PERSONS,
            session=st.sampled_from(["s1", "s2", "s3"]),
            day=DAYS,
            needs=st.sampled_from([0, 200]),
        ),
        st.builds(
            attended,
            st.just(id),
            PERSONS,
            session=st.sampled_from(["s1", "s2", "s4"]),
            day=DAYS,
            modules=st.sampled_from([{"an-toan": 60}, {"an-toan": 30, "luat": 50}, {"luat": 90}]),
        ),
        st.builds(documented, st.just(id), PERSONS),
        st.builds(waived, st.just(id), PERSONS),
        st.builds(merged, st.just(id), PERSONS, into=PERSONS),
        st.builds(erased, st.just(id), PERSONS),
    ]
    if before:
        targets = st.sampled_from(before)
        plain += [st.builds(voided, st.just(id), targets), st.builds(voided, st.just(id), targets)]
    signable = [event for event in before if event.course]
    if signable:
        plain.append(st.builds(countersigned, st.just(id), st.sampled_from(signable)))
    return st.one_of(plain)


# --- everything that a report is made from ----------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """What staff enter beside the ledger: what it is, and what it says."""

    what: str
    said: Mapping[str, Any]


Action = Event | StaffEntry
UNITS = st.sampled_from(["03388", "03389", "so-y-te"])
COURSES = st.sampled_from([COURSE, "khoa-hai"])
HEADS = st.integers(6, 40)
#: Of what staff enter; of either half-year.
LATER = st.sampled_from(["2026-02-20", "2026-03-09", "2026-09-01"])
#: Days between two deeds; some fall into the same moment, some into the next half-year.
GAPS = st.sampled_from([0, 0, 0, 1, 20, 90])


@st.composite
def full_histories(draw: st.DrawFn) -> list[tuple[Action, int]]:
    """Deeds in their order, each with the day from the first on which it is received."""
    deeds: list[tuple[Action, int]] = []
    day = 0
    for place in range(1, draw(st.integers(8, 30)) + 1):
        day = min(day + draw(GAPS), 320)
        deeds.append((draw(_deeds(place, [deed for deed, _ in deeds])), day))
    return deeds


def _deeds(id: int, before: Sequence[Action]) -> st.SearchStrategy[Action]:
    events = events_after(id, [deed for deed in before if isinstance(deed, Event)])
    entered = [_entered(what, id, said) for what, said in _SAID.items()]
    for what, later in (("class", ("attendance", "class back")), ("activity", ("activity back",))):
        ids = [deed.said["id"] for deed in before if isinstance(deed, StaffEntry) and deed.what == what]
        if ids:
            said = {"of": st.sampled_from(ids), "persons": st.sets(PERSONS, min_size=1)}
            entered += [_entered(kind, id, said) for kind in later]
    return st.one_of(events, events, st.one_of(entered))


def _entered(what: str, id: int, said: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Action]:
    whole = st.fixed_dictionaries({"id": st.just(f"{what}-{id}"), "nth": st.just(id), **said})
    return st.builds(StaffEntry, what=st.just(what), said=whole)


_SAID: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "roster": {
        "level": st.sampled_from(["commune", "commune", "province"]),
        "as_of": DAYS,
        "members": st.dictionaries(st.sampled_from([f"p{n}" for n in range(6)]), UNITS, min_size=1),
        "superseding": st.booleans(),
    },
    "class": {"unit": UNITS, "day": LATER, "course": COURSES, "heads": HEADS},
    "nameless class": {"unit": UNITS, "day": LATER, "course": COURSES, "heads": HEADS},
    "activity": {
        "unit": UNITS,
        "day": LATER,
        "audience": st.sampled_from(["Cán bộ xã", "cha mẹ", "Đoàn viên", "ế chồng"]),
        "heads": HEADS,
        "material": st.sampled_from([None, "Tờ gấp", "tờ rơi"]),
    },
    "plan": {"unit": UNITS, "day": st.sampled_from(["2026-01-05", "2026-02-20"]), "years": st.integers(0, 4)},
    "figure": {
        "target": st.sampled_from(["served", "handled", "planned"]),
        "period": st.sampled_from(["2026H1", "2026H2", "2026"]),
        "numerator": st.integers(0, 40),
    },
    "move": {"person": PERSONS, "unit": UNITS},
}


def replay(connection: Connection, deeds: Sequence[tuple[Action, int]], batch: int, start: datetime) -> None:
    """Records a life, so many deeds at once; events that stand beside each other go together."""
    for first in range(0, len(deeds), batch):
        waiting: list[Event] = []
        now = start
        for deed, day in deeds[first : first + batch]:
            if waiting and (not isinstance(deed, Event) or now != start + timedelta(days=day)):
                record_all(connection, waiting, now)
                waiting = []
            now = start + timedelta(days=day)
            if isinstance(deed, Event):
                waiting.append(deed)
            else:
                with suppress(NotAllowed):
                    _ENTER[deed.what](connection, deed.said, now)
        if waiting:
            record_all(connection, waiting, now)


Said = Mapping[str, Any]


def _freeze(connection: Connection, said: Said, now: datetime) -> None:
    members = [RosterMember(person=person, unit=unit) for person, unit in sorted(said["members"].items())]
    given = {"level": said["level"], "as_of": _day(said["as_of"])}
    source = {"decision_ref": f"QĐ {said['nth']}/QĐ-UBND", "source_sha256": "a" * 64}
    old = _last(connection, said["level"]) if said["superseding"] else None
    supersedes = people.Superseding(roster=old.id, reason="nhầm tệp") if old else None
    people.freeze_roster(
        connection,
        members,
        **given,
        **source,
        supersedes=supersedes,
        by=OFFICE,
        now=now,
        new_id=lambda: said["id"],
    )


def _last(connection: Connection, level: str) -> people.Roster | None:
    standing = [
        roster
        for roster in people.all_rosters(connection)
        if roster.level == level and not roster.is_superseded
    ]
    return standing[-1] if standing else None


def _hold(connection: Connection, said: Said, now: datetime) -> None:
    given = {"trainer": "Đỗ Thị Hoa", "sheet_ref": "Sổ 1" if said["nth"] % 2 else None}
    staff_entries.enter(
        connection,
        classes.ClassSession,
        **_held(said),
        **given,
        by=OFFICE,
        now=now,
        new_id=lambda: said["id"],
    )


def _hold_nameless(connection: Connection, said: Said, now: datetime) -> None:
    staff_entries.enter(
        connection,
        classes.ClassSession,
        anonymous=True,
        **_held(said),
        by=OFFICE,
        now=now,
        new_id=lambda: said["id"],
    )


def _held(said: Said) -> dict[str, Any]:
    given = {"unit": said["unit"], "course": said["course"], "headcount": said["heads"]}
    return {**given, "held_on": _day(said["day"]), "minutes": 120}


def _attend(connection: Connection, said: Said, now: datetime) -> None:
    listed = [
        Attended(event_id=number(1_000 + 10 * said["nth"] + nth), person=person)
        for nth, person in enumerate(sorted(said["persons"]))
    ]
    rule = Rule(pass_share=80, attempts=3, minutes=100)
    classes.record_attendance(connection, said["of"], listed, rule=rule, by=OFFICE, now=now)


def _hold_activity(connection: Connection, said: Said, now: datetime) -> None:
    given = {"unit": said["unit"], "audience": said["audience"], "material": said["material"]}
    where = {"held_on": _day(said["day"]), "place_kind": "chợ", "headcount": said["heads"]}
    staff_entries.enter(
        connection,
        staff_entries.CommunicationActivity,
        **given,
        **where,
        by=OFFICE,
        now=now,
        new_id=lambda: said["id"],
    )


def _issue(connection: Connection, said: Said, now: datetime) -> None:
    years = {"first_year": 2026, "last_year": 2026 + said["years"]}
    given = {"unit": said["unit"], "number": f"{said['nth']}/KH-UBND", "issued_on": _day(said["day"])}
    staff_entries.enter(
        connection, staff_entries.IssuedPlan, **given, **years, by=OFFICE, now=now, new_id=lambda: said["id"]
    )


def _tell(connection: Connection, said: Said, now: datetime) -> None:
    given = {name: said[name] for name in ("target", "period", "numerator")}
    source = {"denominator": 40, "source": f"Công văn {said['nth']}"}
    staff_entries.enter(
        connection,
        staff_entries.EnteredFigure,
        **given,
        **source,
        by=OFFICE,
        now=now,
        new_id=lambda: said["id"],
    )


def _move(connection: Connection, said: Said, now: datetime) -> None:
    name = NAMES[int(said["person"][1:])]
    changed = NewPerson(full_name=name, position="Công chức", unit=said["unit"])
    people.change_person(connection, said["person"], changed, by=OFFICE, now=now)


def _take_back(connection: Connection, said: Said, now: datetime) -> None:
    classes.withdraw_class(connection, said["of"], by=OFFICE, now=now)


def _take_activity_back(connection: Connection, said: Said, now: datetime) -> None:
    with suppress(Unknown):
        staff_entries.withdraw(
            connection, staff_entries.CommunicationActivity, said["of"], by=OFFICE, now=now
        )


def _day(written: str) -> date:
    return date.fromisoformat(written)


_ENTER: Mapping[str, Callable[[Connection, Said, datetime], None]] = {
    "roster": _freeze,
    "class": _hold,
    "nameless class": _hold_nameless,
    "attendance": _attend,
    "class back": _take_back,
    "activity": _hold_activity,
    "activity back": _take_activity_back,
    "plan": _issue,
    "figure": _tell,
    "move": _move,
}

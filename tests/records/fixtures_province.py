"""A small province to test with: three units, six persons, a roster, and the events of their lives."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, func, select

from taphuan.programme.model.plan import Counting
from taphuan.programme.model.values import Level
from taphuan.records import Appended, By, Event, Store, people, schema
from taphuan.records.events.projections import record_each
from taphuan.records.people import NewPerson, Roster, RosterMember, Unit
from taphuan.records.store.writer import Writer
from taphuan.targets import load_figures
from taphuan.targets.training import count_persons

T = TypeVar("T")

COURSE = "can-bo-cap-xa"
RULE = {"attempts": 3, "minutes": 0, "pass_share": 80}
OFFICE = By(actor="office", reason="nhập theo danh sách")
TRAINER = By(actor="trainer", reason="theo phiếu ký")

FAIR = {
    "unit": "03388",
    "held_on": date(2026, 2, 20),
    "place_kind": "chợ phiên",
    "audience": "cong-dong",
    "headcount": 120,
    "material": "to-roi",
    "by": TRAINER,
}

UNITS = (
    Unit(id="12", parent=None, level="province", name="Tỉnh Mẫu"),
    Unit(id="so-y-te", parent="12", level="province", name="Sở Y tế"),
    Unit(
        id="03388",
        parent="12",
        level="commune",
        name="Xã Mường Than",
        code="03388",
        former_names=("Xã Mường Mít", "Xã Phúc Than"),
        valid_from=date(2025, 7, 1),
    ),
    Unit(
        id="03389",
        parent="12",
        level="commune",
        name="Xã Than Uyên",
        code="03389",
        former_names=("Thị trấn Than Uyên", "Xã Mường Than"),
        valid_from=date(2025, 7, 1),
    ),
)
NAMES = ("Lò Thị An", "Vàng A Bình", "Nguyễn Văn Cường", "Trần Thị Dung", "Giàng A Đông", "Lù Văn Em")
PLACES = ("03388", "03388", "03388", "03389", "03389", "03389")


@dataclass(frozen=True, kw_only=True)
class Province:
    """A small province: the store and who is in it."""

    store: Store
    persons: tuple[str, ...]
    roster: Roster

    def do(self, job: Callable[..., T], *given: Any, **named: Any) -> T:
        """Runs one of the functions of records in a write, at the store's time."""
        return self.store.write(lambda connection: job(connection, *given, **named, now=self.store.now()))

    def see(self, look: Callable[..., T], *given: Any, **named: Any) -> T:
        """Runs one of the functions of records in a read."""
        with self.store.read() as connection:
            return look(connection, *given, **named)


def set_up_province(store: Store, *, synthetic: bool = False) -> Province:
    def write(connection: Connection) -> Province:
        now = store.now()
        people.place_units(connection, UNITS, by=OFFICE, now=now)
        persons = people.add_persons(
            connection,
            [
                NewPerson(id=f"p{place}", full_name=name, position="Công chức", unit=unit)
                for place, (name, unit) in enumerate(zip(NAMES, PLACES, strict=True))
            ],
            by=OFFICE,
            now=now,
        )
        roster = people.freeze_roster(
            connection,
            [RosterMember(person=person, unit=unit) for person, unit in zip(persons, PLACES, strict=True)],
            level="commune",
            as_of=date(2026, 1, 1),
            decision_ref="QĐ 12/QĐ-UBND",
            source_sha256="a" * 64,
            synthetic=synthetic,
            by=OFFICE,
            now=now,
            new_id=lambda: "r1",
        )
        return Province(store=store, persons=persons, roster=roster)

    return store.write(write)


def number(of: int) -> str:
    """An event id from a number."""
    return str(UUID(int=of))


def answered(
    event: int,
    person: str = "p0",
    *,
    right: int = 9,
    course: str = COURSE,
    evidence: str = "A",
    client_time: datetime | None = None,
) -> Event:
    """An attempt at ten questions, of which eight are enough."""
    return Event(
        kind="attempt.submitted",
        event_id=number(event),
        person=person,
        course=course,
        payload=_marked(right),
        evidence=evidence,
        client_time=client_time,
    )


def typed(event: int, person: str = "p0", *, right: int = 9, sheet: str | None = None) -> Event:
    """Answers typed from paper."""
    payload = {**_marked(right), "day": "2026-02-20"} | ({"sheet": sheet} if sheet else {})
    return _staff("paper.submitted", event, person, payload, COURSE, "B" if sheet else "D")


def attended(
    event: int,
    person: str = "p0",
    *,
    session: str = "s1",
    day: str = "2026-02-20",
    minutes: int = 120,
    needs: int = 0,
    modules: Mapping[str, int] | None = None,
) -> Event:
    """A class attended, on a signed sheet; with minutes of modules, in a course that has a core of two."""
    rule: dict[str, Any] = {**RULE, "minutes": needs}
    payload = {"session": session, "day": day, "minutes": minutes, "rule": rule, "sheet": "Sổ 1, tờ 3"}
    if modules:
        rule["core"], payload["modules"] = {"an-toan": 60, "luat": 50}, modules
    return _staff("session.attended", event, person, payload, COURSE, "B")


def documented(event: int, person: str = "p0") -> Event:
    payload = {"document": "123/CV-SYT", "day": "2026-02-01"}
    return _staff("admin.recorded", event, person, payload, COURSE, "E")


def waived(event: int, person: str = "p0") -> Event:
    return _staff("waived", event, person, {}, COURSE)


def countersigned(event: int, target: Event) -> Event:
    return _staff("countersigned", event, target.person, {"target": target.event_id}, target.course)


def voided(event: int, target: Event) -> Event:
    return _staff("voided", event, target.person, {"target": target.event_id})


def merged(event: int, person: str, into: str) -> Event:
    return _staff("person.merged", event, person, {"into": into})


def erased(event: int, person: str) -> Event:
    return _staff("person.erased", event, person, {})


def _marked(right: int) -> dict[str, Any]:
    return {
        "form": "f1",
        "version": "v1",
        "rule": RULE,
        "responses": {"cau-1": ["dung"], "cau-2": ["mot", "hai"], "cau-3": ["a=b"]},
        "right": right,
        "asked": 10,
        "passed": right >= 8,
    }


def _staff(
    kind: str,
    event: int,
    person: str,
    payload: dict[str, Any],
    course: str | None = None,
    evidence: str | None = None,
) -> Event:
    return Event(
        kind=kind,
        event_id=number(event),
        person=person,
        course=course,
        payload=payload,
        evidence=evidence,
        actor=TRAINER.actor,
        reason=TRAINER.reason,
    )


#: The tables that are computed, and everything in them.
COMPUTED = ("attempt", "attendance", "completion", "pending", "waiver")


def computed(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """All that is computed, in one order; who was merged and erased too."""
    tables = {
        name: sorted(map(tuple, connection.execute(select(getattr(schema, name))))) for name in COMPUTED
    }
    person = schema.person.c
    rows = connection.execute(select(person.id, person.merged_into, person.full_name, person.erased_at))
    return tables | {"person": sorted(map(tuple, rows), key=str)}


def counts(
    connection: Connection, *courses: str, roster: str = "r1", until: date = date.max
) -> dict[str, str]:
    """Each unit of a roster as `trained/listed evidence…`, where one of the courses is enough."""
    figures = load_figures(connection, today=date(2026, 12, 31))
    (listed,) = (listed for listed in figures.rosters if listed.roster.id == roster)
    rule = Counting.model_construct(any_of=courses or (COURSE,))
    counted = count_persons(figures, rule, listed, until)
    written = {}
    for unit, size in sorted(counted.sizes.items()):
        trained = {letter: persons for (of, letter), persons in counted.trained.items() if of == unit}
        waived = {"waived": counted.waived[unit]} if unit in counted.waived else {}
        parts = (f"{name}{persons}" for name, persons in sorted((trained | waived).items()))
        written[unit] = f"{sum(trained.values())}/{size} {' '.join(parts)}"
    return written


def events(connection: Connection) -> int:
    """How many there are on the ledger."""
    return connection.scalar(select(func.count()).select_from(schema.event)) or 0


def append(store: Store, event: Event) -> Future[Appended]:
    """Records an event, together with all that wait."""
    return store.submit_to(record_each, event)


def submit(writer: Store | Writer, job: Callable[[Connection], T]) -> Future[T]:
    """Runs a job, also in a writer that has no store."""
    if isinstance(writer, Store):
        return writer.submit(job)
    return writer.put(lambda connection, _items, _now: [job(connection)], None)


def hold_writer(writer: Store | Writer) -> threading.Event:
    """Has it begin a job that lasts until the event is set: what is put meanwhile becomes one group."""
    gate, entered = threading.Event(), threading.Event()

    def hold(connection: Connection) -> bool:
        entered.set()
        return gate.wait(10)

    submit(writer, hold)
    entered.wait(10)
    return gate


# --- rosters -----------------------------------------------------------------------------------


def freeze(province: Province, *, as_of: date, level: Level = "commune", **named: Any) -> people.Roster:
    members = [
        RosterMember(person=person, unit=unit) for person, unit in zip(province.persons, PLACES, strict=True)
    ]
    given: dict[str, Any] = {"decision_ref": "QĐ 13", "source_sha256": "b" * 64, "by": OFFICE, **named}
    return province.do(people.freeze_roster, given.pop("members", members), level=level, as_of=as_of, **given)


def expected_in(province: Province, period: str) -> str | None:
    """Returns the id of the roster that a period is measured against."""
    start, end = map(date.fromisoformat, period.split("/"))
    commune = [roster for roster in province.see(people.all_rosters) if roster.level == "commune"]
    in_force = people.roster_in_force(commune, start, end)
    return in_force.id if in_force else None

"""How fast a province's records answer when they are large, on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Select, func, make_url, select

from taphuan.programme.model.plan import Counting
from taphuan.records import By, Event, people, schema
from taphuan.records.events import ledger
from taphuan.records.people import NewPerson, RosterMember, Unit
from taphuan.records.store import Store
from taphuan.targets import load_figures
from taphuan.targets.training import count_persons

from . import postgresql
from .runs import tell
from .table import Row, Target

BY = By(actor="bench", reason="measuring")
READ = Target(limit=2, unit="s")
REBUILT = Target(limit=60, unit="s")
COUNTING = "count(distinct) of the attempts"
COMMUNES, AGENCIES, COURSES = 38, 30, 5
COURSE = "khoa-1"
RULE = Counting.model_construct(any_of=(COURSE,))
#: Of so many persons one is of the province level.
ONE_OF = 10
#: How many events are appended in a transaction, and how many rows are copied at once.
SOME = 5_000
TIMES = 50
COPIED = ("unit", "person", "roster", "roster_member", "event", "audit", "row_digest")


def rows(work: Path, *, persons: int, events: int) -> Iterator[Row]:
    """The same records on either database; projections are made by the rebuild that is measured."""
    file = work / "large.db"
    for old in work.glob("large.db*"):
        old.unlink()
    with Store.open(f"sqlite:///{file}") as store:
        tell(f"writing {persons:,} persons and {events:,} attempts")
        _write(store, persons, events)
        yield from _rows(store, "SQLite", persons, events)
        with postgresql.database() as url, Store.open(url) as other:
            tell("copying them to PostgreSQL")
            _copy(store, url)
            yield from _rows(other, "PostgreSQL", persons, events)


def _rows(store: Store, name: str, persons: int, events: int) -> Iterator[Row]:
    tell(f"rebuilding on {name}")
    yield Row(
        what=f"rebuild from {events:,} events, {name}",
        ours=_seconds(store.rebuild),
        unit="s",
        target=REBUILT,
    )
    with store.read() as connection:
        spent = _seconds(lambda: load_figures(connection, today=date.today()))
        yield Row(what=f"figures of {persons:,} persons, {name}", ours=spent, unit="s", target=READ)
        figures = load_figures(connection, today=date.today())
        rosters = {listed.roster.level: listed for listed in figures.rosters}
        for level in ("province", "commune"):
            roster = rosters[level]
            counted = partial(count_persons, figures, RULE, roster, date.max)
            theirs = _milliseconds(lambda: connection.execute(_counted(roster.roster.id)).all(), 3)  # noqa: B023
            yield Row(
                what=f"progress by unit, {level} level, {name}",
                ours=_milliseconds(counted, TIMES),
                unit="ms",
                peer=theirs,
                peer_name=COUNTING,
                has_ratio=False,
            )
    tell(f"verifying on {name}")
    yield Row(what=f"verify {events:,} events, {name}", ours=_seconds(store.verify), unit="s")


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _milliseconds(work: Callable[[], Any], times: int) -> float:
    return median(_seconds(work) for _ in range(times)) * 1000


def _counted(roster: str) -> Select[Any]:
    """What one would write who has the attempts alone."""
    member, attempt = schema.roster_member.c, schema.attempt.c
    return (
        select(member.unit, member.level, func.count(member.person.distinct()))
        .join(schema.attempt, attempt.person == member.person)
        .where(member.roster == roster, attempt.course == COURSE, attempt.is_passed)
        .group_by(member.unit, member.level)
    )


# --- records --------------------------------------------------------------------------------------


def _write(store: Store, persons: int, events: int) -> None:
    ids = [str(UUID(int=number + 1)) for number in range(persons)]
    store.write(lambda within: _settle(within, store, ids))
    random = Random(1)
    for first in range(0, events, SOME):
        some = [_attempt(random, ids, store) for _ in range(min(SOME, events - first))]
        store.write(lambda within, some=some: ledger.append_all(within, some, store.now()))  # type: ignore[misc]


def _settle(connection: Connection, store: Store, ids: list[str]) -> None:
    now = store.now()
    communes = [
        Unit(id=f"xa-{nth}", parent="tinh", level="commune", name=f"Xã {nth}") for nth in range(COMMUNES)
    ]
    agencies = [
        Unit(id=f"so-{nth}", parent="tinh", level="province", name=f"Sở {nth}") for nth in range(AGENCIES)
    ]
    province = Unit(id="tinh", parent=None, level="province", name="Tỉnh")
    people.place_units(connection, [province, *communes, *agencies], by=BY, now=now)
    at = {
        id: agencies[nth % AGENCIES].id if nth % ONE_OF == 0 else communes[nth % COMMUNES].id
        for nth, id in enumerate(ids)
    }
    newcomers = [
        NewPerson(id=id, full_name=f"Học viên {nth}", position=None, unit=at[id])
        for nth, id in enumerate(ids)
    ]
    people.add_persons(connection, newcomers, by=BY, now=now)
    for level, units in (("province", agencies), ("commune", communes)):
        here = {unit.id for unit in units}
        members = [RosterMember(person=id, unit=unit) for id, unit in at.items() if unit in here]
        _freeze(connection, store, level, members, now.date())


def _freeze(connection: Connection, store: Store, level: Any, members: list[RosterMember], day: date) -> None:
    people.freeze_roster(
        connection,
        members,
        level=level,
        as_of=day,
        decision_ref="bench",
        source_sha256="0" * 64,
        by=BY,
        now=store.now(),
    )


def _attempt(random: Random, ids: list[str], store: Store) -> Event:
    right = random.randrange(21)
    return Event(
        kind="attempt.submitted",
        event_id=str(UUID(int=random.getrandbits(128), version=4)),
        person=random.choice(ids),
        course=f"khoa-{random.randrange(COURSES)}",
        evidence="A",
        payload={
            "form": "de-1",
            "version": "v1",
            "rule": {"pass_share": 80, "attempts": 3, "minutes": 0},
            "responses": {f"cau-{nth}": ["phuong-an-a"] for nth in range(20)},
            "right": right,
            "asked": 20,
            "passed": right >= 16,
        },
    )


def _copy(store: Store, url: str) -> None:
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as there, store.read() as here:
        for name in COPIED:
            table = getattr(schema, name)
            columns = ", ".join(f'"{column.name}"' for column in table.c)
            query = select(table)
            if name == "unit":
                query = query.order_by(table.c.parent.is_not(None))
            with there.cursor().copy(f"COPY {name} ({columns}) FROM STDIN") as copying:
                for row in here.execute(query, execution_options={"yield_per": SOME}):
                    copying.write_row(tuple(row))

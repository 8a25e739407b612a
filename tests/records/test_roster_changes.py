"""Kept-up counts and how a roster moved: what targets are measured by, the same as from persons."""

from __future__ import annotations

import random
import sys
from datetime import date
from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    Province,
    answered,
    countersigned,
    documented,
    merged,
    typed,
    voided,
    waived,
)

from taphuan.programme.model.plan import Counting
from taphuan.programme.model.programme import Programme
from taphuan.records import Event, Refused, people, record
from taphuan.records.people import RosterMember, rosters
from taphuan.targets import Period, load_figures, load_for_period, measure_targets

sys.path.append(str(Path(__file__).parent.parent / "targets"))

from fixtures_targets import TRAINED
from fixtures_targets import programme as invented

pytestmark = pytest.mark.slow

PERSONS = tuple(f"p{number}" for number in range(6))
UNITS = ("03388", "03389", "so-y-te")
TODAY = date(2027, 2, 1)
PERIOD = Period.of_day(TODAY)


@pytest.fixture(scope="module")
def plan() -> Programme:
    """A target of one course, which is the province's."""
    return invented(trained=TRAINED.model_copy(update={"courses": Counting(any_of=(COURSE,))}))


def history(province: Province, clock: Clock, chance: random.Random) -> None:
    """Rosters, deeds, voids and merges as they may come."""
    said: list[Event] = []
    for number in range(1, 40):
        clock.forward(days=chance.randrange(12))
        who = chance.choice(PERSONS)
        made = chance.choice((answered, documented, waived, typed))(number, who)
        if said and chance.random() < 0.2:
            made = voided(number, chance.choice(said))
        elif said and chance.random() < 0.2:
            made = countersigned(number, chance.choice(said))
        elif chance.random() < 0.12:
            made = merged(number, who, chance.choice(PERSONS))
        try:
            province.do(lambda within, now, made=made: record(within, made, now))
        except Refused:
            continue
        said.append(made)
        if chance.random() < 0.1:
            freeze(province, chance, clock().date())


def freeze(province: Province, chance: random.Random, day: date) -> None:
    members = [
        RosterMember(person=one, unit=chance.choice(UNITS)) for one in PERSONS if chance.random() < 0.8
    ]
    if members:
        province.do(
            people.freeze_roster,
            members,
            level="commune",
            as_of=day,
            decision_ref="QĐ",
            source_sha256="b" * 64,
            by=OFFICE,
        )


@pytest.mark.parametrize("seed", range(12))
def test_what_is_kept_up_comes_to_the_same_as_a_count_of_persons(
    seed: int, province: Province, clock: Clock, plan: Programme
) -> None:
    history(province, clock, random.Random(seed))
    with province.store.read() as connection:
        whole = load_figures(connection, today=TODAY)
        kept = load_for_period(connection, plan, PERIOD, today=TODAY)
    assert (whole.has_persons, kept.has_persons) == (True, False)
    assert measure_targets(plan, kept, PERIOD) == measure_targets(plan, whole, PERIOD)
    for unit in UNITS:
        assert measure_targets(plan, kept.within(unit), PERIOD) == measure_targets(
            plan, whole.within(unit), PERIOD
        )


def test_a_period_that_is_over_is_counted_from_persons(province: Province, plan: Programme) -> None:
    with province.store.read() as connection:
        found = load_for_period(connection, plan, Period.parse("2026"), today=TODAY)
        assert found.has_persons
        kept = load_for_period(connection, plan, PERIOD, today=TODAY)
    with pytest.raises(ValueError, match="not gathered for 2026"):
        measure_targets(plan, kept, Period.parse("2026"))


def test_who_is_newly_done_is_told_by_half_year_and_unit(province: Province, clock: Clock) -> None:
    province.do(lambda within, now: record(within, documented(1, "p0"), now))
    clock.forward(days=200)
    province.do(lambda within, now: record(within, answered(2, "p3"), now))
    assert province.see(rosters.newly_done, "r1", COURSE) == (("03388", 2026, 1, 1), ("03389", 2026, 2, 1))


def test_who_came_left_and_moved_is_counted_and_not_named(province: Province, clock: Clock) -> None:
    province.do(lambda within, now: record(within, documented(1, "p0"), now))
    members = [
        RosterMember(person="p1", unit="03389"),
        *(RosterMember(person=f"p{n}", unit="03389") for n in (3, 4, 5)),
    ]
    now = province.do(
        people.freeze_roster,
        members,
        level="commune",
        as_of=date(2026, 2, 1),
        decision_ref="QĐ 2",
        source_sha256="b" * 64,
        by=OFFICE,
    )
    assert set(province.see(rosters.moved_members, "r1", now.id, COURSE)) == {
        ("03388", None, True, 1),
        ("03388", None, False, 1),
        ("03388", "03389", False, 1),
    }

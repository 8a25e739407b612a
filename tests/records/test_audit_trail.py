"""The trail: who wrote what, when and why; of some units, only what concerns them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    TRAINER,
    Village,
    answered,
    attended,
    erased,
    merged,
    number,
    typed,
    voided,
)

from generator.records import By, classes, people, record
from generator.records.people import NewPerson
from generator.records.trail import TargetEvent, TrailPosition, changed_since, noted, trail

PLAN = {"number": "12/KH-UBND", "issued_on": date(2026, 2, 20), "first_year": 2026, "last_year": 2026}


def lived(village: Village, clock: Clock) -> None:
    """An hour apart: somebody's answers, a class that is voided, a person changed, a plan of another unit."""
    for job, given in (
        (record, (answered(1),)),
        (record, (attended(2, "p1"),)),
        (record, (voided(3, attended(2, "p1")),)),
        (people.change, ("p3", NewPerson(full_name="Trần Thị Dung", position=None, unit="03389"))),
        (classes.enter_plan, ()),
    ):
        clock.forward(hours=1)
        named = {} if job is record else {"by": OFFICE}
        village.do(job, *given, **named, **({"unit": "03389", **PLAN} if job is classes.enter_plan else {}))


def actions(village: Village, **narrowed: object) -> list[str]:
    return [entry.action for entry in village.see(trail, **narrowed)]


def test_the_newest_comes_first_and_a_learners_answers_are_not_in_it(village: Village, clock: Clock) -> None:
    lived(village, clock)
    assert actions(village)[:4] == ["plan.entered", "person.changed", "voided", "session.attended"]
    assert "attempt.submitted" not in actions(village)
    assert set(actions(village)[4:]) == {"roster.frozen", "persons.added", "unit.placed"}


def test_an_entry_says_who_what_whom_and_why(village: Village, clock: Clock) -> None:
    lived(village, clock)
    found = next(entry for entry in village.see(trail) if entry.action == "voided")
    assert (found.actor, found.subject, found.reason) == (TRAINER.actor, "p1", TRAINER.reason)
    assert found.at == clock() - timedelta(hours=2)
    assert found.target == TargetEvent(2, "session.attended")


def test_nothing_that_was_answered_is_in_it(village: Village) -> None:
    village.do(record, typed(1))
    assert "cau-1" not in repr(village.see(trail))


def test_it_can_be_narrowed_to_days_and_to_one_action(village: Village, clock: Clock) -> None:
    lived(village, clock)
    now = clock()
    assert actions(village, since=now) == ["plan.entered"]
    assert actions(village, since=now - timedelta(hours=2), until=now) == ["person.changed", "voided"]
    assert actions(village, action="voided") == ["voided"]
    assert actions(village, action="person.changed") == ["person.changed"]


def test_of_one_unit_there_is_only_what_concerns_it(village: Village, clock: Clock) -> None:
    lived(village, clock)
    assert actions(village, units=("03388",)) == ["voided", "session.attended", "unit.placed"]
    assert actions(village, units=("03389",)) == ["plan.entered", "person.changed", "unit.placed"]
    assert actions(village, units=()) == []


def test_who_was_merged_is_where_the_one_who_remains_is(village: Village) -> None:
    village.do(record, merged(1, "p0", into="p3"))
    assert "person.merged" in actions(village, units=("03389",))
    assert "person.merged" not in actions(village, units=("03388",))
    (found,) = village.see(trail, action="person.merged")
    assert (found.subject, found.into) == ("p0", "p3")


def test_who_was_erased_is_of_no_unit_any_more(village: Village) -> None:
    village.do(record, attended(1, "p0"))
    village.do(record, erased(2, "p0"))
    assert not {"session.attended", "person.erased"} & set(actions(village, units=("03388", "03389")))
    assert {"session.attended", "person.erased"} <= set(actions(village))


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_hold_every_entry_once_also_those_of_one_moment(
    village: Village, clock: Clock, size: int
) -> None:
    lived(village, clock)
    for place in range(6):
        village.do(record, attended(10 + place, f"p{place}"))
    whole = village.see(trail, limit=1_000)
    found, before = [], None
    while page := village.see(trail, before=before, limit=size):
        found += page
        before = page[-1].mark
    assert tuple(found) == whole
    assert len({entry.id for entry in whole}) == len(whole)


def test_a_mark_of_long_ago_leads_to_nothing(village: Village, clock: Clock) -> None:
    assert village.see(trail, before=TrailPosition(clock() - timedelta(days=1), "")) == ()


def test_the_last_entry_about_something_is_found_by_its_id(village: Village) -> None:
    entered = village.do(classes.enter_plan, unit="03388", **PLAN, by=OFFICE)
    village.do(classes.withdraw_plan, entered.id, by=By(actor="a", reason="ghi nhầm"))
    assert village.see(noted, "plan.withdrawn", [entered.id])[entered.id].reason == "ghi nhầm"
    assert village.see(noted, "plan.withdrawn", []) == {}


def test_a_countersignature_says_of_which_entry(village: Village) -> None:
    entry = typed(1)
    village.do(record, entry)
    village.do(classes.countersign, entry.event_id, event_id=number(2), by=OFFICE)
    (found,) = village.see(trail, action="countersigned")
    assert (found.target, found.course) == (TargetEvent(1, "paper.submitted"), COURSE)


def test_whose_record_was_changed_since_a_moment_is_told_with_the_last_time(
    village: Village, clock: Clock
) -> None:
    changed = NewPerson(full_name="Trần Thị Dung", position="Văn thư", unit="03389")
    village.do(people.change, "p2", changed, by=OFFICE)
    frozen = clock()
    assert village.see(changed_since, frozen) == {}
    for _ in range(2):
        clock.forward(days=1)
        village.do(people.change, "p3", changed, by=OFFICE)
    assert village.see(changed_since, frozen) == {"p3": clock()}

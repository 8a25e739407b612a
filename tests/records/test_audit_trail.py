"""The trail: who wrote what, when and why; of some units, only what concerns them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from clocks import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    TRAINER,
    Province,
    answered,
    attended,
    erased,
    merged,
    number,
    typed,
    voided,
)

from taphuan.records import By, people, record, staff_entries
from taphuan.records.audit_trail import (
    TargetEvent,
    TrailPosition,
    last_audited,
    persons_changed_since,
    trail,
)
from taphuan.records.people import NewPerson
from taphuan.records.training import corrections

PLAN = {"number": "12/KH-UBND", "issued_on": date(2026, 2, 20), "first_year": 2026, "last_year": 2026}


def lived(province: Province, clock: Clock) -> None:
    """An hour apart: somebody's answers, a class that is voided, a person changed, a plan of another unit."""
    for job, given in (
        (record, (answered(1),)),
        (record, (attended(2, "p1"),)),
        (record, (voided(3, attended(2, "p1")),)),
        (people.change_person, ("p3", NewPerson(full_name="Trần Thị Dung", position=None, unit="03389"))),
        (staff_entries.enter, (staff_entries.IssuedPlan,)),
    ):
        clock.forward(hours=1)
        named = {} if job is record else {"by": OFFICE}
        province.do(job, *given, **named, **({"unit": "03389", **PLAN} if job is staff_entries.enter else {}))


def actions(province: Province, **narrowed: object) -> list[str]:
    return [entry.action for entry in province.see(trail, **narrowed)]


def test_the_newest_comes_first_and_a_learners_answers_are_not_in_it(
    province: Province, clock: Clock
) -> None:
    lived(province, clock)
    assert actions(province)[:4] == ["plan.entered", "person.changed", "voided", "session.attended"]
    assert "attempt.submitted" not in actions(province)
    assert set(actions(province)[4:]) == {"roster.frozen", "persons.added", "unit.placed"}


def test_an_entry_says_who_what_whom_and_why(province: Province, clock: Clock) -> None:
    lived(province, clock)
    found = next(entry for entry in province.see(trail) if entry.action == "voided")
    assert (found.actor, found.subject, found.reason) == (TRAINER.actor, "p1", TRAINER.reason)
    assert found.at == clock() - timedelta(hours=2)
    assert found.target == TargetEvent(2, "session.attended")


def test_nothing_that_was_answered_is_in_it(province: Province) -> None:
    province.do(record, typed(1))
    assert "cau-1" not in repr(province.see(trail))


def test_it_can_be_narrowed_to_days_and_to_one_action(province: Province, clock: Clock) -> None:
    lived(province, clock)
    now = clock()
    assert actions(province, since=now) == ["plan.entered"]
    assert actions(province, since=now - timedelta(hours=2), until=now) == ["person.changed", "voided"]
    assert actions(province, action="voided") == ["voided"]
    assert actions(province, action="person.changed") == ["person.changed"]


def test_of_one_unit_there_is_only_what_concerns_it(province: Province, clock: Clock) -> None:
    lived(province, clock)
    assert actions(province, units=("03388",)) == ["voided", "session.attended", "unit.placed"]
    assert actions(province, units=("03389",)) == ["plan.entered", "person.changed", "unit.placed"]
    assert actions(province, units=()) == []


def test_who_was_merged_is_where_the_one_who_remains_is(province: Province) -> None:
    province.do(record, merged(1, "p0", into="p3"))
    assert "person.merged" in actions(province, units=("03389",))
    assert "person.merged" not in actions(province, units=("03388",))
    (found,) = province.see(trail, action="person.merged")
    assert (found.subject, found.into) == ("p0", "p3")


def test_who_was_erased_is_of_no_unit_any_more(province: Province) -> None:
    province.do(record, attended(1, "p0"))
    province.do(record, erased(2, "p0"))
    assert not {"session.attended", "person.erased"} & set(actions(province, units=("03388", "03389")))
    assert {"session.attended", "person.erased"} <= set(actions(province))


@pytest.mark.parametrize("size", [1, 3, 7])
def test_pages_hold_every_entry_once_also_those_of_one_moment(
    province: Province, clock: Clock, size: int
) -> None:
    lived(province, clock)
    for place in range(6):
        province.do(record, attended(10 + place, f"p{place}"))
    whole = province.see(trail, limit=1_000)
    found, before = [], None
    while page := province.see(trail, before=before, limit=size):
        found += page
        before = page[-1].position
    assert tuple(found) == whole
    assert len({entry.id for entry in whole}) == len(whole)


def test_a_mark_of_long_ago_leads_to_nothing(province: Province, clock: Clock) -> None:
    assert province.see(trail, before=TrailPosition(clock() - timedelta(days=1), "")) == ()


def test_the_last_entry_about_something_is_found_by_its_id(province: Province) -> None:
    entered = province.do(staff_entries.enter, staff_entries.IssuedPlan, unit="03388", **PLAN, by=OFFICE)
    province.do(
        staff_entries.withdraw, staff_entries.IssuedPlan, entered.id, by=By(actor="a", reason="ghi nhầm")
    )
    assert province.see(last_audited, "plan.withdrawn", [entered.id])[entered.id].reason == "ghi nhầm"
    assert province.see(last_audited, "plan.withdrawn", []) == {}


def test_a_countersignature_says_of_which_entry(province: Province) -> None:
    entry = typed(1)
    province.do(record, entry)
    province.do(corrections.countersign, entry.event_id, event_id=number(2), by=OFFICE)
    (found,) = province.see(trail, action="countersigned")
    assert (found.target, found.course) == (TargetEvent(1, "paper.submitted"), COURSE)


def test_whose_record_was_changed_since_a_moment_is_told_with_the_last_time(
    province: Province, clock: Clock
) -> None:
    changed = NewPerson(full_name="Trần Thị Dung", position="Văn thư", unit="03389")
    province.do(people.change_person, "p2", changed, by=OFFICE)
    frozen = clock()
    assert province.see(persons_changed_since, frozen) == {}
    for _ in range(2):
        clock.forward(days=1)
        province.do(people.change_person, "p3", changed, by=OFFICE)
    assert province.see(persons_changed_since, frozen) == {"p3": clock()}

"""Lists of learners of a course that no target counts: they are known by them, and no share rests on them."""

from __future__ import annotations

from datetime import date

import pytest
from clocks import Clock
from fixtures_province import COURSE, OFFICE, Province, answered, counts, expected_in, freeze

from taphuan.records import Mixed, NotAllowed, people, record
from taphuan.records.people import NewPerson, Roster, RosterMember, Superseding

TEACHING = "giao-vien"
YEAR = "2026-01-01/2026-12-31"


@pytest.fixture
def teacher(province: Province) -> str:
    new = [NewPerson(full_name="Lò Thị Giáo", position="Giáo viên", unit="03388")]
    (id,) = province.do(people.add_persons, new, by=OFFICE)
    return id


@pytest.fixture
def teachers(province: Province, teacher: str, clock: Clock) -> Roster:
    """A list of a teacher and of an official who learns with the teachers."""
    clock.forward(days=1)
    members = [RosterMember(person=id, unit="03388") for id in (teacher, "p0")]
    return freeze(province, as_of=date(2026, 2, 1), course=TEACHING, members=members)


def test_a_list_of_learners_is_no_roster_and_no_period_is_measured_by_it(
    province: Province, teachers: Roster
) -> None:
    assert [roster.id for roster in province.see(people.all_rosters)] == ["r1"]
    assert province.see(people.all_rosters, of_learners=True) == (teachers,)
    assert (teachers.number, teachers.course) == (2, TEACHING)
    assert expected_in(province, YEAR) == "r1"
    assert province.see(people.rosters_of_person, "p0") == {(date(2026, 1, 1), "commune", "r1")}


def test_what_learners_do_changes_no_count_of_a_roster_but_their_own(
    province: Province, teachers: Roster, teacher: str
) -> None:
    before = province.see(counts)
    province.do(record, answered(1, teacher, course=TEACHING))
    province.do(record, answered(2, teacher))
    assert province.see(counts) == before
    province.do(record, answered(3, "p0", course=COURSE))
    assert province.see(counts)["03388"] == "1/3 A1"
    assert province.store.verify() == ()
    province.store.rebuild()
    assert province.store.verify() == ()


def test_who_is_listed_is_known_by_the_person_who_remains(
    province: Province, teachers: Roster, teacher: str
) -> None:
    assert province.see(people.courses_of_learner, teacher) == {TEACHING}
    assert province.see(people.courses_of_learner, "p1") == frozenset()
    assert province.see(people.listed_learners) == {teacher, "p0"}
    province.do(people.merge_persons, teacher, into="p1", by=OFFICE)
    assert province.see(people.courses_of_learner, "p1") == {TEACHING}
    assert province.see(people.listed_learners) == {"p1", "p0"}


def test_neither_kind_of_list_stands_in_for_the_other(province: Province, teachers: Roster) -> None:
    with pytest.raises(NotAllowed):
        freeze(province, as_of=date(2026, 3, 1), supersedes=Superseding(roster=teachers.id, reason="nhầm"))
    instead = Superseding(roster="r1", reason="nhầm")
    with pytest.raises(NotAllowed):
        freeze(province, as_of=date(2026, 3, 1), course=TEACHING, supersedes=instead)


def test_made_up_learners_are_never_listed_beside_real_people(province: Province, teachers: Roster) -> None:
    with pytest.raises(Mixed):
        freeze(province, as_of=date(2026, 3, 1), course=TEACHING, synthetic=True)

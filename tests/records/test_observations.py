"""Observed tasks: ten ticks of whoever attended, kept with the class, and never a part of any completion."""

from __future__ import annotations

from typing import Any

import pytest
from clocks import Clock
from fixtures_province import OFFICE, TRAINER, Province, counts, merged, number
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import IntegrityError
from test_classes import anonymous, attend, hold

from taphuan.records import Malformed, NotAllowed, Unknown, people, record, schema
from taphuan.records.audit_trail import trail
from taphuan.records.events import row_digests
from taphuan.records.training import classes, corrections, observations
from taphuan.records.training.classes import ClassSession
from taphuan.records.training.observations import LineCounts
from taphuan.records.training.progress import completions

TASK, RUBRIC = "viet-lai", "a1b2c3d4e5f60718"
ALL, NONE, HALF = "1" * 10, "0" * 10, "1010101010"
UNITS = {"12", "03388", "03389"}


def observe(province: Province, held: ClassSession, person: str, ticks: str = HALF, **changed: Any) -> None:
    given = {"id": number(900 + len(ids(province))), "rubric": RUBRIC, "by": TRAINER, **changed}
    province.do(observations.observe, held.id, given.pop("task", TASK), person, ticks=ticks, **given)


def ids(province: Province) -> list[str]:
    table = schema.observation
    return province.see(lambda connection: list(connection.scalars(select(table.c.id))))


def stand(province: Province, held: ClassSession) -> dict[tuple[str, str], str]:
    rows = province.see(observations.observations_of_class, held.id)
    return {(row.person, row.task): row.ticks for row in rows}


def counted(province: Province, rubric: str = RUBRIC, **narrowed: Any) -> LineCounts:
    given = {"units": UNITS, **narrowed}
    return province.see(observations.line_counts, TASK, rubric, **given)


@pytest.fixture
def held(province: Province) -> ClassSession:
    """A class that p0 and p1 attended."""
    session = hold(province)
    attend(province, session, "p0", "p1")
    return session


def test_ticks_of_whoever_attended_stand_with_the_class(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0")
    observe(province, held, "p1", ALL)
    observe(province, held, "p0", NONE, task="muoi-lam-phut")
    assert stand(province, held) == {("p0", TASK): HALF, ("p1", TASK): ALL, ("p0", "muoi-lam-phut"): NONE}


def test_entered_again_is_a_correction_and_the_former_ticks_are_kept_as_withdrawn(
    province: Province, held: ClassSession
) -> None:
    observe(province, held, "p0")
    observe(province, held, "p0", ALL)
    assert stand(province, held) == {("p0", TASK): ALL}
    rows = province.see(lambda connection: list(connection.execute(select(schema.observation))))
    assert [(row.ticks, row.withdrawn_at is None) for row in rows] == [(HALF, False), (ALL, True)]


def test_the_same_ticks_again_or_the_same_form_change_nothing(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0", id=number(901))
    observe(province, held, "p0", id=number(902))
    observe(province, held, "p0", ALL, id=number(901))
    assert ids(province) == [number(901)]
    assert stand(province, held) == {("p0", TASK): HALF}


def test_nobody_is_observed_who_did_not_attend(province: Province, held: ClassSession) -> None:
    for person in ("p2", "nobody"):
        with pytest.raises(NotAllowed):
            observe(province, held, person)
    with pytest.raises(Unknown):
        province.do(
            observations.observe, "no-class", TASK, "p0", id="1", rubric=RUBRIC, ticks=ALL, by=TRAINER
        )
    assert ids(province) == []


def test_nobody_is_observed_in_a_class_that_names_nobody_or_was_withdrawn(
    province: Province, held: ClassSession
) -> None:
    province.do(classes.withdraw_class, held.id, by=OFFICE)
    for session in (held, anonymous(province, 12)):
        with pytest.raises(NotAllowed):
            observe(province, session, "p0")


@pytest.mark.parametrize(
    "ticks", ["", "1" * 9, "1" * 11, "1010101012", "làm tốt!!!", "1\n" + "0" * 9], ids=repr
)
def test_what_is_not_ten_ticks_is_refused(province: Province, held: ClassSession, ticks: str) -> None:
    with pytest.raises(Malformed):
        observe(province, held, "p0", ticks)


@pytest.mark.parametrize("ticks", ["101", "nói hay quá", "1010101012"])
def test_the_database_itself_takes_no_word_in_place_of_ticks(
    province: Province, held: ClassSession, ticks: str
) -> None:
    observe(province, held, "p0")
    change = text("UPDATE observation SET ticks = :ticks")
    with pytest.raises(IntegrityError, match="ten"):
        province.store.write(lambda connection: connection.execute(change, {"ticks": ticks}))


def test_ticks_entered_by_mistake_are_taken_back(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0")
    for _ in range(2):
        province.do(observations.withdraw_observation, held.id, TASK, "p0", by=TRAINER)
    assert stand(province, held) == {}
    assert [entry.action for entry in province.see(trail)].count("class.unobserved") == 1


# --- never a condition of anything ------------------------------------------------------------


def test_ticks_complete_nothing_and_lose_nothing(province: Province, held: ClassSession) -> None:
    def known(connection: Connection) -> tuple[Any, ...]:
        events = connection.scalar(select(func.count()).select_from(schema.event))
        return counts(connection), completions(connection, "p0"), events

    before = province.see(known)
    observe(province, held, "p0", NONE)
    observe(province, held, "p1", ALL)
    assert province.see(known) == before


# --- with the class, and with the person ------------------------------------------------------


def test_a_class_that_is_withdrawn_takes_its_ticks_with_it(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0")
    province.do(classes.withdraw_class, held.id, by=OFFICE)
    assert stand(province, held) == {}
    assert counted(province).persons == 0


def test_whose_attendance_is_voided_has_no_ticks_in_that_class(
    province: Province, held: ClassSession
) -> None:
    observe(province, held, "p0")
    observe(province, held, "p1")
    province.do(corrections.void, number(1), event_id=number(50), by=OFFICE)
    assert set(stand(province, held)) == {("p1", TASK)}
    assert counted(province).persons == 1


def test_two_that_were_merged_are_one_under_whoever_remains(
    province: Province, held: ClassSession, clock: Clock
) -> None:
    observe(province, held, "p0", NONE)
    clock.forward(minutes=1)
    observe(province, held, "p1", ALL)
    province.do(record, merged(51, "p0", "p1"))
    assert stand(province, held) == {("p1", TASK): ALL}
    assert counted(province) == LineCounts(persons=1, seen=(1,) * 10)
    observe(province, held, "p1", HALF)
    assert stand(province, held) == {("p1", TASK): HALF}


def test_of_a_person_who_was_erased_ticks_have_no_name(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0", ALL)
    province.do(people.erase_person, "p0", by=OFFICE)
    assert counted(province) == LineCounts(persons=1, seen=(1,) * 10)
    assert province.see(people.person, "p0").full_name is None


def test_of_a_person_what_stands_in_classes_of_ones_own_units_is_told(
    province: Province, held: ClassSession
) -> None:
    other = hold(province, unit="03389")
    attend(province, other, "p0", first=20)
    observe(province, held, "p0")
    observe(province, other, "p0", ALL)
    told = {
        unit: [(row.ticks, session.id) for row, session in province.see(_of_person, {unit})]
        for unit in ("03388", "03389", "12")
    }
    assert told == {"03388": [(HALF, held.id)], "03389": [(ALL, other.id)], "12": []}


def _of_person(connection: Connection, units: set[str]) -> Any:
    return observations.observations_of_person(connection, "p0", units)


# --- counts -----------------------------------------------------------------------------------


def test_lines_are_counted_in_a_class_and_in_all_of_ones_units(
    province: Province, held: ClassSession
) -> None:
    other = hold(province, unit="03389")
    attend(province, other, "p2", first=30)
    observe(province, held, "p0", "1100000000")
    observe(province, held, "p1", "1000000001")
    observe(province, other, "p2", ALL)
    assert counted(province, session=held.id) == LineCounts(persons=2, seen=(2, 1, *(0,) * 7, 1))
    assert counted(province) == LineCounts(persons=3, seen=(3, 2, *(1,) * 7, 2))
    assert counted(province, units={"03389"}) == LineCounts(persons=1, seen=(1,) * 10)
    assert counted(province, units={"12"}) == LineCounts(persons=0, seen=(0,) * 10)


def test_ticks_by_other_lines_are_not_counted_beside_these(province: Province, held: ClassSession) -> None:
    observe(province, held, "p0", ALL)
    observe(province, held, "p1", ALL, rubric="0" * 16)
    assert counted(province).persons == 1
    assert counted(province, "0" * 16).persons == 1


# --- vouched for ------------------------------------------------------------------------------


def test_each_entry_names_who_wrote_it_and_the_class_and_no_person(
    province: Province, held: ClassSession
) -> None:
    observe(province, held, "p0")
    (entry,) = province.see(trail, action="class.observed")
    assert (entry.subject, entry.actor) == (held.id, TRAINER.actor)
    assert "p0" not in (entry.subject, entry.reason)


def test_ticks_changed_behind_the_software_are_named_by_verify(
    province: Province, held: ClassSession
) -> None:
    observe(province, held, "p0", NONE)
    assert province.see(row_digests.row_problems) == ()
    change = text("UPDATE observation SET ticks = '1111111111'")
    province.store.write(lambda connection: connection.execute(change))
    (problem,) = province.see(row_digests.row_problems)
    assert (problem.where, problem.kind) == ("observation", "changed")

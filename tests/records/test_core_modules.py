"""In class a course is completed by the modules of its core; what was attended before keeps its rule."""

from __future__ import annotations

from datetime import date

import pytest
from clocks import Clock
from fixtures_old_ledger import old_rows, typed_rows, write_old_rows
from fixtures_province import COURSE, OFFICE, TRAINER, Province, computed, counts, number
from sqlalchemy import Connection, select
from test_classes import hold

from taphuan.records import By, Malformed, Store, schema
from taphuan.records.people import all_rosters, merge_persons
from taphuan.records.training import class_credits, classes, corrections, course_versions, progress
from taphuan.records.training.classes import Attended, ClassSession
from taphuan.records.training.course_versions import Rule

CORE = {"an-toan": 90, "gap-nguoi": 85, "luat": 40}
RULE = Rule(pass_share=80, attempts=3, minutes=215, core=CORE)
OLD_RULE = Rule(pass_share=80, attempts=3, minutes=300)
HEAD = By(actor="unit-head", reason="đã đối chiếu sổ")


def teach(province: Province, day: int = 20, *, minutes: int = 240, **modules: int) -> ClassSession:
    """A class of a day in March that taught so many minutes of each module."""
    taught = {name.replace("_", "-"): taught for name, taught in modules.items()}
    return hold(province, held_on=date(2026, 2, day), minutes=minutes, headcount=9, modules=taught)


def attend(province: Province, held: ClassSession, person: str, event: int, rule: Rule = RULE) -> str:
    listed = [Attended(event_id=number(event), person=person)]
    province.do(classes.record_attendance, held.id, listed, rule=rule, version="v3", by=TRAINER)
    return number(event)


def completed(province: Province, person: str = "p0") -> list[tuple[str, date]]:
    return [(done.evidence, done.done_on) for done in province.see(progress.completions, person)]


def credited(province: Province, person: str = "p0") -> tuple[dict[str, int], set[str]]:
    """The minutes of each module, and which are credited."""
    state = province.see(progress.course_states, [person], [COURSE]).get((person, COURSE))
    given = state.modules if state else class_credits.NO_CREDIT
    return given.minutes, given.credited


# --- the rule of today --------------------------------------------------------------------------


def test_a_core_is_completed_by_its_modules_in_several_classes(province: Province) -> None:
    attend(province, teach(province, 3, an_toan=90, gap_nguoi=85), "p0", 1)
    assert completed(province) == []
    assert credited(province) == ({"an-toan": 90, "gap-nguoi": 85}, {"an-toan", "gap-nguoi"})
    attend(province, teach(province, 17, minutes=40, luat=40), "p0", 2)
    assert completed(province) == [("B", date(2026, 2, 17))]
    assert province.see(counts)["03388"] == "1/3 B1"


def test_a_module_may_be_attended_in_several_classes(province: Province) -> None:
    attend(province, teach(province, 3, an_toan=90, gap_nguoi=50, luat=40), "p0", 1)
    assert credited(province)[1] == {"an-toan", "luat"}
    attend(province, teach(province, 4, minutes=60, gap_nguoi=34), "p0", 2)
    assert completed(province) == []
    attend(province, teach(province, 5, minutes=60, gap_nguoi=1), "p0", 3)
    assert completed(province) == [("B", date(2026, 2, 5))]


def test_minutes_of_other_modules_complete_nothing(province: Province) -> None:
    attend(province, teach(province, 3, minutes=700, them=500, an_toan=90), "p0", 1)
    attend(province, teach(province, 4, minutes=700, them=600), "p0", 2)
    assert completed(province) == []


def test_the_same_class_twice_gives_once(province: Province) -> None:
    held = teach(province, 3, an_toan=45, gap_nguoi=85, luat=40)
    attend(province, held, "p0", 1)
    attend(province, held, "p1", 2)
    province.do(merge_persons, "p1", into="p0", by=OFFICE)
    assert credited(province)[0]["an-toan"] == 45
    assert completed(province) == []


def test_a_class_that_is_withdrawn_takes_its_modules_away(province: Province) -> None:
    first, second = teach(province, 3, an_toan=90), teach(province, 4, gap_nguoi=85, luat=40)
    attend(province, first, "p0", 1)
    attend(province, second, "p0", 2)
    assert completed(province) == [("B", date(2026, 2, 4))]
    province.do(classes.withdraw_class, first.id, by=OFFICE)
    assert completed(province) == []
    assert credited(province) == ({"gap-nguoi": 85, "luat": 40}, {"gap-nguoi", "luat"})
    attend(province, teach(province, 9, an_toan=90), "p0", 3)
    assert completed(province) == [("B", date(2026, 2, 9))]


def test_a_voided_attendance_gives_nothing_and_a_waiting_one_not_yet(province: Province) -> None:
    voided = attend(province, teach(province, 3, **{"an_toan": 90, "gap_nguoi": 85}), "p0", 1)
    held = hold(province, sheet_ref=" ", modules={"luat": 40})
    waiting = attend(province, held, "p0", 2)
    state = province.see(progress.course_states, ["p0"], [COURSE])["p0", COURSE]
    assert (state.modules.credited, state.waiting_modules.credited) == (
        {"an-toan", "gap-nguoi"},
        {"an-toan", "gap-nguoi", "luat"},
    )
    province.do(corrections.countersign, waiting, event_id=number(3), by=HEAD)
    assert completed(province) == [("D", date(2026, 2, 20))]
    province.do(corrections.void, voided, event_id=number(4), by=OFFICE)
    assert completed(province) == []
    assert credited(province) == ({"luat": 40}, {"luat"})


def test_a_module_that_was_credited_stays_so_where_it_is_longer_later(province: Province) -> None:
    attend(province, teach(province, 3, an_toan=90, gap_nguoi=85), "p0", 1)
    longer = RULE._replace(core={**CORE, "an-toan": 120})
    attend(province, teach(province, 9, luat=40), "p0", 2, longer)
    assert completed(province) == [("B", date(2026, 2, 9))]
    attend(province, teach(province, 3, an_toan=90, gap_nguoi=85), "p1", 3, longer)
    attend(province, teach(province, 9, luat=40), "p1", 4, longer)
    assert completed(province, "p1") == []


def test_the_rule_is_published_with_its_core_and_kept_with_each_entry(province: Province) -> None:
    province.do(course_versions.publish, COURSE, "v3", RULE)
    assert province.see(course_versions.published_rule, COURSE, "v3") == RULE
    attend(province, teach(province, 3, minutes=300, an_toan=90, gap_nguoi=85, luat=40), "p0", 1)
    (done,) = province.see(progress.completions, "p0")
    assert done.rule == (
        '{"attempts":3,"core":{"an-toan":90,"gap-nguoi":85,"luat":40},"minutes":215,"pass_share":80}'
    )


@pytest.mark.parametrize(
    "modules", [{"an-toan": 200, "luat": 41}, {"an-toan": -1}, {"An toàn": 5}, {"a": "5"}]
)
def test_a_class_teaches_no_more_minutes_than_it_has(province: Province, modules: dict[str, int]) -> None:
    with pytest.raises((Malformed, TypeError)):
        hold(province, minutes=240, modules=modules)


def test_what_is_computed_is_what_a_rebuild_gives(province: Province) -> None:
    attend(province, teach(province, 3, an_toan=90, gap_nguoi=85, luat=40), "p0", 1)
    attend(province, teach(province, 4, an_toan=90), "p1", 2)
    before = province.see(computed)
    assert province.store.verify() == ()
    province.store.rebuild()
    assert province.see(computed) == before


# --- what was attended before --------------------------------------------------------------------


@pytest.fixture
def old(store: Store, clock: Clock) -> Province:
    """The ledger that was written before courses had cores, in June of its year."""
    store.write(write_old_rows)
    clock.forward(days=100)
    with store.read() as connection:
        (roster,) = all_rosters(connection)
    return Province(store=store, persons=tuple(f"p{n}" for n in range(14)), roster=roster)


DONE_BEFORE = {
    "p0": [("A", date(2026, 5, 7)), ("B", date(2026, 1, 20))],
    "p1": [("B", date(2026, 2, 11))],
    "p2": [("B", date(2026, 5, 7))],
    "p4": [("D", date(2026, 3, 2))],
    "p6": [("D", date(2026, 3, 3))],
    "p7": [("B", date(2026, 2, 11))],
    "p9": [("B", date(2026, 5, 7))],
    "p12": [("B", date(2026, 1, 20))],
    "p13": [("E", date(2026, 4, 1))],
}
COUNTS_BEFORE = {"03388": "6/8 A1 B3 D2", "03389": "3/5 B2 E1 waived1"}


def all_done(connection: Connection) -> dict[str, list[tuple[str, date]]]:
    rows = progress.all_completed(connection, [COURSE])
    done: dict[str, list[tuple[str, date]]] = {}
    for person, _, evidence, day in sorted(rows):
        done.setdefault(person, []).append((evidence, day))
    return done


def test_an_old_ledger_is_sound_and_every_completion_in_it_stands(old: Province) -> None:
    assert old.store.verify() == ()
    assert old.see(all_done) == DONE_BEFORE
    assert old.see(counts) == COUNTS_BEFORE


def test_an_old_ledger_folds_to_the_rows_that_it_had(old: Province) -> None:
    """They were computed by the software of that day: each cell of each row, on either database."""
    old.store.rebuild()
    for table in (schema.attempt, schema.attendance, schema.completion, schema.pending):
        with old.store.read() as connection:
            rows = [row._asdict() for row in connection.execute(select(table))]
        assert sorted(rows, key=str) == sorted(typed_rows(table), key=str), table.name
        assert len(rows) == len(old_rows()[table.name])


def test_nothing_that_is_recorded_by_the_new_rule_changes_what_was_done(old: Province) -> None:
    old.do(course_versions.publish, COURSE, "v3", RULE)
    held = teach(old, 5, an_toan=90, gap_nguoi=85)
    for event, person in enumerate((*DONE_BEFORE, "p5"), 900):
        if person not in ("p6", "p12"):
            attend(old, held, person, event)
    assert old.see(all_done) == DONE_BEFORE
    assert old.see(counts) == COUNTS_BEFORE
    assert old.store.verify() == ()


def test_a_signed_class_still_makes_evidence_stronger(old: Province) -> None:
    """p6 had 200 minutes on a signed sheet, and 175 that were countersigned."""
    attend(old, teach(old, 5, an_toan=90, gap_nguoi=85), "p6", 901)
    assert old.see(all_done)["p6"] == [("B", date(2026, 2, 10)), ("D", date(2026, 3, 3))]


def test_who_began_under_the_old_rule_finishes_by_either(old: Province) -> None:
    """p10 and p11 had 200 of 300 minutes of classes that did not say what they taught."""
    attend(old, teach(old, 25, minutes=99, an_toan=90), "p11", 901)
    assert "p11" not in old.see(all_done)
    attend(old, teach(old, 26, minutes=1), "p11", 902)
    done = old.see(all_done)["p11"]
    assert [evidence for evidence, _ in done] == ["B"]
    (completion,) = old.see(progress.completions, "p11")
    assert completion.rule == '{"attempts":3,"minutes":300,"pass_share":80}'
    attend(old, teach(old, 27, minutes=90, an_toan=45), "p5", 903)
    attend(old, teach(old, 28, minutes=240, an_toan=45, gap_nguoi=85, luat=40), "p5", 904)
    assert old.see(all_done)["p5"] == [("B", date(2026, 2, 28))]


def test_a_class_entered_before_keeps_its_rule_whenever_its_sheet_is_typed(old: Province) -> None:
    old.do(course_versions.publish, COURSE, "v3", RULE)
    attend(old, hold(old, held_on=date(2026, 5, 9), minutes=300), "p5", 901)
    assert old.see(all_done)["p5"] == [("B", date(2026, 5, 9))]
    with old.store.read() as connection:
        payload = connection.scalar(
            select(schema.event.c.payload).where(schema.event.c.event_id == number(901))
        )
    assert '"rule":{"attempts":3,"minutes":300,"pass_share":80}' in (payload or "")

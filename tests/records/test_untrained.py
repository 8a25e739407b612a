"""Who is not trained is exactly whom the figure lacks, whatever was recorded, and how far each has come."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from fixtures_province import (
    COURSE,
    OFFICE,
    Province,
    answered,
    attended,
    countersigned,
    documented,
    typed,
    voided,
    waived,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from random_histories import EXAMPLES, Action, RolledBack, full_histories, replay
from sqlalchemy import Connection

from taphuan.records import Event, Store, people, record
from taphuan.records.ledger_verification import verify_ledger
from taphuan.records.training.progress import CourseState, course_states
from taphuan.targets import Period, Training, load_figures, load_untrained, measure_targets

sys.path.append(str(Path(__file__).parent.parent / "targets"))

from fixtures_targets import programme, target

PLAN = programme(
    trained=target(courses={"any_of": [COURSE, "khoa-hai"]}),
    province=target(level="province", share="80%", courses={"all_of": [COURSE, "khoa-hai"]}),
    one=target(courses={"any_of": [COURSE]}),
)
PERIODS = tuple(map(Period.parse, ("2026H1", "2026H2", "2026", "2027H1")))
TODAY = date(2027, 1, 10)
EVERYBODY = [f"p{number}" for number in range(6)]


def lacking(connection: Connection) -> list[object]:
    """Per period, target and unit whom the list has, held against the target's figure."""
    figures, found = load_figures(connection, today=TODAY), list[object]()
    for period in PERIODS:
        for one in measure_targets(PLAN, figures, period).values():
            assert isinstance(one, Training)
            if one.roster is None or one.share is None:
                continue
            listed = load_untrained(connection, one.roster, one.counting, period.end)
            assert listed.size == one.share.denominator
            assert one.share.numerator + len(listed.persons) == one.share.denominator
            for unit in one.units:
                assert listed.sizes[unit.unit] == unit.share.denominator
                assert unit.share.numerator + listed.left.get(unit.unit, 0) == unit.share.denominator
                ours = listed.within({unit.unit})
                assert (ours.size, len(ours.persons)) == (
                    unit.share.denominator,
                    unit.share.denominator - unit.share.numerator,
                )
            found.append((period.id, one.id, sorted(listed.persons.items())))
    return found


def seen(connection: Connection) -> tuple[list[object], Mapping[tuple[str, str], CourseState]]:
    return lacking(connection), course_states(connection, EVERYBODY, [COURSE, "khoa-hai"])


def seen_of(store: Store, deeds: list[tuple[Action, int]], batch: int) -> object:
    """What is seen after a life, of which nothing stays."""

    def lived(connection: Connection) -> None:
        replay(connection, deeds, batch, store.now())
        assert verify_ledger(connection).is_sound
        raise RolledBack(seen(connection))

    with pytest.raises(RolledBack) as unwound:
        store.write(lived)
    return unwound.value.args[0]


def same_untrained(both: tuple[Store, Store], deeds: list[tuple[Action, int]], batch: int) -> None:
    first, second = (seen_of(store, deeds, batch) for store in both)
    assert first == second


@given(deeds=full_histories(), batch=st.integers(1, 12))
@settings(EXAMPLES, max_examples=12)
def test_the_trained_and_the_listed_are_the_denominator_on_both_databases(
    both: tuple[Store, Store], deeds: list[tuple[Action, int]], batch: int
) -> None:
    same_untrained(both, deeds, batch)


@pytest.mark.soak
@given(deeds=full_histories(), batch=st.integers(1, 12))
@settings(EXAMPLES, max_examples=500)
def test_the_denominator_is_that_of_five_hundred_lives_too(
    both: tuple[Store, Store], deeds: list[tuple[Action, int]], batch: int
) -> None:
    same_untrained(both, deeds, batch)


def of(province: Province, person: str = "p0") -> CourseState:
    found = province.see(course_states, EVERYBODY, [COURSE])
    return found.get((person, COURSE), CourseState())


def told(province: Province, *events: Event) -> None:
    for event in events:
        province.do(record, event)


def test_nothing_yet_is_nothing_yet(province: Province) -> None:
    assert not of(province).is_begun
    assert province.see(course_states, EVERYBODY, [COURSE]) == {}


def test_minutes_count_once_a_class_without_what_was_voided_or_waits(province: Province) -> None:
    mistaken = attended(3, session="s2", needs=500)
    told(province, attended(1, needs=500), attended(2, needs=500), mistaken, voided(4, mistaken))
    told(province, attended(5, session="s3", needs=500, minutes=60))
    assert of(province).minutes == 180


def test_an_entry_waits_until_somebody_countersigns(province: Province) -> None:
    paper = typed(1, right=7)
    told(province, paper)
    assert [one.event_id for one in of(province).waiting] == [paper.event_id]
    told(province, countersigned(2, paper))
    assert of(province).waiting == ()
    assert [(one.right, one.asked) for one in of(province).attempts] == [(7, 10)]


def test_tests_documents_and_waivers_are_told(province: Province) -> None:
    told(province, answered(1, right=6), waived(2), documented(3, "p1"))
    state = of(province)
    assert [one.right for one in state.attempts] == [6]
    assert state.waived_since == date(2026, 3, 2)
    assert of(province, "p1").done_on == date(2026, 2, 1)


def test_what_merged_persons_did_is_told_of_the_one_who_remains(province: Province) -> None:
    told(province, attended(1, "p1", needs=500), answered(2, "p1", right=6), typed(3, "p1", right=7))
    province.do(people.merge_persons, "p1", into="p0", by=OFFICE)
    state = of(province)
    assert (state.minutes, len(state.attempts), len(state.waiting)) == (120, 2, 1)
    assert not of(province, "p1").is_begun

"""What follows from the ledger is the same however and whenever it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest
from fixtures_province import (
    COURSE,
    Province,
    answered,
    attended,
    computed,
    countersigned,
    erased,
    merged,
    number,
    typed,
    voided,
    waived,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from random_histories import EXAMPLES, RolledBack, histories
from sqlalchemy import Connection, delete, insert, update

from taphuan.records import Event, Store, record, record_all, schema
from taphuan.records.events import projections
from taphuan.records.ledger_verification import verify_ledger

pytestmark = [pytest.mark.slow, pytest.mark.thorough]

# --- rebuilt ----------------------------------------------------------------------------------


def test_rebuilding_gives_what_is_stored(province: Province) -> None:
    events = [answered(1), typed(2, "p1"), attended(3, "p2"), waived(4, "p3"), merged(5, "p4", into="p5")]
    province.do(record_all, [*events, countersigned(6, events[1]), voided(7, events[2]), erased(8, "p5")])
    before = province.see(computed)
    assert province.store.rebuild() == 8
    assert province.see(computed) == before
    assert province.store.verify() == ()


KEY = {"person": "p2", "course": COURSE}


MADE = {"event_id": "none", "received_at": datetime.fromisoformat("2026-03-02T08:00:00+07:00")}


DAY = date(2026, 3, 2)


PASSED = {**KEY, **MADE, "evidence": "A", "version": "v1", "done_on": DAY}


ANSWERS = {"form": "f1", "right": 9, "asked": 10, "is_passed": True, "standing": "counted"}


ATTENDED = {"session": "s1", "minutes": 60, "standing": "counted"}


WAITS = {"event_id": "none", "kind": "paper.submitted", "actor": "trainer", "done_on": DAY}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ({"completion": PASSED}, f"completion: p2 {COURSE} A"),
        ({"attempt": {**PASSED, **ANSWERS}}, f"attempt: p2 {COURSE} none"),
        ({"attendance": {**KEY, **MADE, **ATTENDED}}, f"attendance: p2 {COURSE} none"),
        ({"pending": {**KEY, **WAITS}}, f"pending: p2 {COURSE} none"),
        ({"waiver": {**KEY, **MADE, "since": DAY}}, f"waiver: p2 {COURSE}"),
        ({"completion": {**PASSED, "person": "nobody"}}, f"completion: nobody {COURSE} A"),
    ],
    ids=["completion", "attempt", "attendance", "pending", "waiver", "of nobody"],
)
def test_a_row_that_no_event_gives_is_found(
    province: Province, rows: dict[str, dict[str, Any]], found: str
) -> None:
    def forge(connection: Connection) -> None:
        for name, row in rows.items():
            connection.execute(insert(getattr(schema, name)), row)

    province.store.write(forge)
    assert [f"{where}: {what}" for where, what, *_ in province.store.verify()] == [found]
    province.store.rebuild()
    assert province.store.verify() == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (update(schema.attempt).values(right=10), [f"attempt: p0 {COURSE} {number(1)}"]),
        (delete(schema.attempt), [f"attempt: p0 {COURSE} {number(1)}"]),
        (update(schema.completion).values(done_on=date(2026, 1, 1)), [f"completion: p0 {COURSE} A"]),
        (
            update(schema.person).where(schema.person.c.id == "p0").values(merged_into="p5"),
            ["person: p0 merged into p5, not p0"],
        ),
        (
            update(schema.person).where(schema.person.c.id == "p0").values(merged_into="p0"),
            ["person: p0 merged into itself, not p0"],
        ),
    ],
    ids=["changed", "gone", "earlier", "merged", "merged into oneself"],
)
def test_a_row_that_is_not_what_its_event_gives_is_found(
    province: Province, change: Any, found: list[str]
) -> None:
    province.do(record, answered(1))
    province.store.write(lambda connection: connection.execute(change))
    told = [f"{where}: {what}" for where, what, *_ in province.store.verify()]
    assert told[: len(found)] == found
    province.store.rebuild()
    assert province.store.verify() == ()


def test_persons_are_compared_in_chunks_and_those_merged_together(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "REBUILD_CHUNK", 2)
    province.do(record_all, [answered(n, f"p{n % 6}") for n in range(12)])
    for place in range(3):
        province.do(record, merged(20 + place, f"p{place}", into="p3"))
    assert province.store.verify() == ()
    before = province.see(computed)
    province.store.rebuild()
    assert province.see(computed) == before


def test_no_more_is_told_than_anybody_reads(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projections, "MOST_DIFFERENCES", 3)
    province.do(record_all, [answered(n, f"p{n % 6}") for n in range(12)])
    province.store.write(lambda connection: connection.execute(delete(schema.attempt)))
    assert [problem.where for problem in province.store.verify()] == ["attempt"] * 3


# --- 3. whatever the order and batching, on either database -----------------------------------


def seen_after(store: Store, history: Sequence[tuple[Event, int]], batch: int) -> list[Any]:
    """What is computed after a history, then after rebuilding, and what differs; nothing stays."""

    def live(connection: Connection) -> None:
        for hour, run in groupby(history, lambda one: one[1]):
            events = [event for event, _ in run]
            for first in range(0, len(events), batch):
                record_all(connection, events[first : first + batch], store.now() + timedelta(hours=hour))
        kept = computed(connection)
        differing = verify_ledger(connection).problems
        projections.rebuild(connection)
        raise RolledBack([kept, computed(connection), differing])

    with pytest.raises(RolledBack) as unwound:
        store.write(live)
    return list(unwound.value.args[0])


def same_whatever_the_order(
    both: tuple[Store, Store], history: list[tuple[Event, int]], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(history))
    sizes = data.draw(st.tuples(st.integers(1, 6), st.integers(1, 6)))
    first, rebuilt, differing = seen_after(both[0], history, sizes[0])
    assert differing == ()
    assert rebuilt == first
    again = seen_after(both[0], shuffled, sizes[1])
    assert again == [first, first, ()]
    assert seen_after(both[1], shuffled, sizes[0]) == [first, first, ()]


@given(history=histories(), data=st.data())
@settings(EXAMPLES, max_examples=20)
def test_any_order_and_any_batches_give_the_same_on_both_databases(
    both: tuple[Store, Store], history: list[tuple[Event, int]], data: st.DataObject
) -> None:
    same_whatever_the_order(both, history, data)


@pytest.mark.soak
@given(history=histories(), data=st.data())
@settings(EXAMPLES, max_examples=1_000)
def test_a_thousand_histories_give_the_same_on_both_databases(
    both: tuple[Store, Store], history: list[tuple[Event, int]], data: st.DataObject
) -> None:
    same_whatever_the_order(both, history, data)

"""What was typed is countersigned once, by somebody else, and can be taken back."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    TRAINER,
    Province,
    answered,
    attended,
    counts,
    documented,
    merged,
    number,
    typed,
    voided,
)

from taphuan.records import (
    Countersigned,
    Malformed,
    NotAllowed,
    Store,
    Unknown,
    Voided,
    people,
    record,
    record_all,
)
from taphuan.records.events.row_digests import current_head
from taphuan.records.training import corrections


def test_nobody_countersigns_their_own_entry(province: Province) -> None:
    province.do(record, typed(1))
    with pytest.raises(NotAllowed):
        province.do(corrections.countersign, number(1), event_id=number(2), by=TRAINER)
    province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)
    assert province.see(counts)["03388"] == "1/3 D1"


def test_an_entry_is_countersigned_once_and_the_same_countersignature_is_taken_again(
    province: Province,
) -> None:
    province.do(record, typed(1))
    assert province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE).is_new
    assert not province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE).is_new
    with pytest.raises(Countersigned):
        province.do(corrections.countersign, number(1), event_id=number(3), by=OFFICE)
    assert province.see(current_head).events == 2


def test_a_voided_entry_is_not_countersigned_and_one_whose_countersignature_was_voided_is(
    province: Province,
) -> None:
    province.do(record, typed(1))
    province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)
    province.do(corrections.void, number(2), event_id=number(3), by=OFFICE)
    province.do(corrections.countersign, number(1), event_id=number(4), by=OFFICE)
    province.do(corrections.void, number(1), event_id=number(5), by=OFFICE)
    with pytest.raises(Voided):
        province.do(corrections.countersign, number(1), event_id=number(6), by=OFFICE)
    assert province.see(current_head).events == 5
    assert province.see(counts)["03388"] == "0/3 "


def test_an_entry_of_somebody_merged_since_is_countersigned_once(province: Province) -> None:
    province.do(record_all, [typed(1), merged(2, "p0", into="p1")])
    province.do(corrections.countersign, number(1), event_id=number(3), by=OFFICE)
    with pytest.raises(Countersigned):
        province.do(corrections.countersign, number(1), event_id=number(4), by=OFFICE)
    assert province.see(counts)["03388"] == "1/2 D1"


def test_of_many_who_countersign_at_once_one_does(province: Province, url: str, clock: Clock) -> None:
    province.do(record, typed(1))

    def sign(store: Store, event: int) -> Future[Any]:
        given = {"event_id": number(event), "by": OFFICE, "now": clock()}
        return store.submit(lambda within: corrections.countersign(within, number(1), **given))

    with Store.open(url, clock=clock) as other:
        promises = [
            sign(store, 2 * n + place)
            for n in range(1, 9)
            for place, store in enumerate((province.store, other))
        ]
        found = [promise.exception() for promise in promises]
    assert [type(one) for one in found if one is not None] == [Countersigned] * 15
    assert province.see(current_head).events == 2


@pytest.mark.parametrize("event", [answered(1), attended(1), documented(1)], ids=lambda event: event.kind)
def test_only_typed_entries_are_countersigned(province: Province, event: Any) -> None:
    province.do(record, event)
    with pytest.raises(NotAllowed):
        province.do(corrections.countersign, number(1), event_id=number(2), by=OFFICE)


def test_voiding_takes_an_entry_back(province: Province) -> None:
    province.do(record, answered(1))
    province.do(corrections.void, number(1), event_id=number(2), by=OFFICE)
    assert province.see(counts)["03388"] == "0/3 "


def test_a_void_and_an_erasure_cannot_be_voided_and_nothing_unknown(province: Province) -> None:
    province.do(record, answered(1))
    province.do(record, voided(2, answered(1)))
    province.do(people.erase_person, "p1", by=OFFICE, new_id=lambda: number(3))
    for target in (2, 3):
        with pytest.raises(NotAllowed):
            province.do(corrections.void, number(target), event_id=number(9), by=OFFICE)
    with pytest.raises(Unknown):
        province.do(corrections.void, number(4), event_id=number(9), by=OFFICE)


def test_waiving_and_recording_by_document(province: Province) -> None:
    province.do(corrections.waive, "p0", COURSE, event_id=number(1), by=OFFICE)
    document = {"document": "45/QĐ-SYT", "day": date(2026, 1, 15), "event_id": number(2), "by": OFFICE}
    province.do(corrections.record_document, "p1", COURSE, **document)
    assert province.see(counts)["03388"] == "1/3 E1 waived1"
    with pytest.raises(Malformed):
        province.do(
            corrections.record_document, "p1", COURSE, **{**document, "document": " ", "event_id": number(3)}
        )

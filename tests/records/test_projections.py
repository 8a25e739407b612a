"""What follows from the ledger: whom it counts, by which evidence, for which unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import (
    COURSE,
    NAMES,
    OFFICE,
    Province,
    answered,
    attended,
    computed,
    countersigned,
    counts,
    documented,
    merged,
    number,
    typed,
    voided,
    waived,
)
from sqlalchemy import Connection

from taphuan.records import Event, Store, Unknown, people, record, record_all, schema
from taphuan.records.training.progress import (
    FirstDone,
    attempts,
    completions,
    first_completions,
    pending_entries,
)

# --- counts -----------------------------------------------------------------------------------


def test_of_each_course_persons_are_counted_once_on_the_day_they_first_completed_it(
    province: Province, clock: Clock
) -> None:
    first = [answered(1, "p0"), answered(2, "p1"), answered(3, "p3", course="khoa-hai")]
    province.do(record_all, first)
    clock.forward(days=1)
    province.do(record_all, [typed(4, "p0", sheet="PK 1"), answered(5, "p4", right=7), answered(6, "p4")])
    day, earlier = date(2026, 3, 3), date(2026, 3, 2)
    both = [
        FirstDone(COURSE, "03388", date(2026, 2, 20), 1),
        FirstDone(COURSE, "03388", earlier, 1),
        FirstDone(COURSE, "03389", day, 1),
    ]
    assert sorted(province.see(first_completions, [COURSE])) == both
    assert province.see(first_completions, ["khoa-hai"]) == (FirstDone("khoa-hai", "03389", earlier, 1),)


def test_nobody_is_done_at_first(province: Province) -> None:
    assert province.see(counts) == {"03388": "0/3 ", "03389": "0/3 "}


def test_a_passed_test_counts_for_the_unit_of_the_roster(province: Province) -> None:
    province.do(record, answered(1, "p0"))
    assert province.see(counts) == {"03388": "1/3 A1", "03389": "0/3 "}


def test_a_failed_test_does_not_count(province: Province) -> None:
    province.do(record, answered(1, right=7))
    assert province.see(counts)["03388"] == "0/3 "


def test_a_later_failed_attempt_does_not_undo_a_completion(province: Province, clock: Clock) -> None:
    province.do(record, answered(1))
    clock.forward(days=1)
    province.do(record, answered(2, right=0))
    assert province.see(counts)["03388"] == "1/3 A1"
    assert [(one.right, one.is_passed) for one in province.see(attempts, "p0")] == [(9, True), (0, False)]


def test_a_person_counts_once_however_many_evidences_under_the_strongest(province: Province) -> None:
    seen = []
    for event in (documented(1), typed(2), attended(3), answered(4, right=10), answered(5)):
        province.do(record, event)
        seen.append(province.see(counts)["03388"])
    assert seen == ["1/3 E1", "1/3 E1", "1/3 B1", "1/3 A1", "1/3 A1"]


def test_somebody_outside_the_roster_does_not_count(province: Province, store: Store) -> None:
    new = people.NewPerson(id="p9", full_name="Hoàng Văn Giang", position=None, unit="03388")
    store.write(lambda within: people.add_persons(within, [new], by=OFFICE, now=store.now()))
    province.do(record, answered(1, "p9"))
    assert province.see(counts)["03388"] == "0/3 "
    assert [one.course for one in province.see(completions, "p9")] == [COURSE]


def test_unit_and_level_are_those_of_the_roster_not_of_today(province: Province) -> None:
    moved = people.NewPerson(full_name=NAMES[0], position="Trưởng phòng", unit="so-y-te")
    province.do(people.change_person, "p0", moved, by=OFFICE)
    province.do(record, answered(1, "p0"))
    assert province.see(counts) == {"03388": "1/3 A1", "03389": "0/3 "}


def test_courses_are_counted_apart_and_several_together_with_each_person_once(province: Province) -> None:
    province.do(
        record_all, [answered(1), answered(2, course="khoa-hai"), answered(3, "p1", course="khoa-hai")]
    )
    assert province.see(counts, COURSE, "khoa-hai") == {"03388": "2/3 A2", "03389": "0/3 "}
    assert province.see(counts) == {"03388": "1/3 A1", "03389": "0/3 "}
    assert province.see(counts, "khoa-hai") == {"03388": "2/3 A2", "03389": "0/3 "}


def test_a_day_in_the_past_has_the_counts_of_that_day(province: Province, clock: Clock) -> None:
    province.do(record, attended(1, day="2026-02-20"))
    province.do(record, answered(2))
    province.do(record, answered(3, "p1"))
    days = (date(2026, 2, 19), date(2026, 2, 28), date(2026, 3, 2))
    assert [province.see(counts, until=day)["03388"] for day in days] == ["0/3 ", "1/3 B1", "2/3 A2"]


# --- typed entries ----------------------------------------------------------------------------


def test_a_typed_entry_counts_only_once_it_is_countersigned(province: Province) -> None:
    entry = typed(1)
    province.do(record, entry)
    assert province.see(counts)["03388"] == "0/3 "
    assert [one.event_id for one in province.see(pending_entries)] == [number(1)]
    assert [one.standing for one in province.see(attempts, "p0")] == ["pending"]
    province.do(record, countersigned(2, entry))
    assert province.see(counts)["03388"] == "1/3 D1"
    assert province.see(pending_entries) == ()


def test_a_signed_sheet_needs_no_countersignature(province: Province) -> None:
    province.do(record, typed(1, sheet="Sổ 2, tờ 7"))
    assert province.see(counts)["03388"] == "1/3 B1"


def test_what_waits_is_listed_for_the_units_asked_for(province: Province) -> None:
    province.do(record_all, [typed(1, "p0"), typed(2, "p4")])
    assert [one.person for one in province.see(pending_entries, units={"03389"})] == ["p4"]


def test_a_voided_countersignature_makes_the_entry_wait_again(province: Province) -> None:
    entry = typed(1)
    signed = countersigned(2, entry)
    for event in (entry, signed, voided(3, signed)):
        province.do(record, event)
    assert province.see(counts)["03388"] == "0/3 "
    assert len(province.see(pending_entries)) == 1


# --- voids ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [answered, attended, documented], ids=lambda make: make.__name__)
def test_a_void_takes_the_completion_away(province: Province, make: Any) -> None:
    province.do(record, make(1))
    province.do(record, voided(2, make(1)))
    assert province.see(counts)["03388"] == "0/3 "
    assert province.see(completions, "p0") == ()


def test_a_void_leaves_the_completion_that_another_event_gives(province: Province) -> None:
    province.do(record_all, [answered(1), attended(2)])
    province.do(record, voided(3, answered(1)))
    assert province.see(counts)["03388"] == "1/3 B1"


def test_a_void_cannot_be_voided(province: Province) -> None:
    void = voided(2, answered(1))
    for event in (answered(1), void, voided(3, void)):
        province.do(record, event)
    assert province.see(counts)["03388"] == "0/3 "


def test_a_void_by_way_of_another_person_has_no_effect(province: Province) -> None:
    province.do(record_all, [answered(1), replace(voided(2, answered(1)), person="p1")])
    assert province.see(counts)["03388"] == "1/3 A1"


def test_a_void_that_arrives_before_its_target_works_once_it_is_there(province: Province) -> None:
    province.do(record, voided(2, answered(1)))
    province.do(record, answered(1))
    assert province.see(counts)["03388"] == "0/3 "
    assert [one.standing for one in province.see(attempts, "p0")] == ["voided"]


# --- classes and waivers ----------------------------------------------------------------------


def test_a_class_completes_when_its_minutes_are_reached(province: Province) -> None:
    first = attended(1, session="s1", minutes=120, needs=200)
    province.do(record, first)
    assert province.see(counts)["03388"] == "0/3 "
    province.do(record, attended(2, session="s1", minutes=120, needs=200))
    assert province.see(counts)["03388"] == "0/3 ", "the same class twice is one"
    province.do(record, attended(3, session="s2", day="2026-02-25", minutes=90, needs=200))
    assert province.see(counts)["03388"] == "1/3 B1"
    assert [(one.event_id, one.done_on) for one in province.see(completions, "p0")] == [
        (number(3), date(2026, 2, 25))
    ]


def test_minutes_that_need_a_typed_sheet_are_evidence_d(province: Province) -> None:
    loose = replace(attended(1, session="s1", minutes=120, needs=200), evidence="D")
    province.do(record_all, [loose, attended(2, session="s2", day="2026-02-25", minutes=90, needs=200)])
    assert province.see(counts)["03388"] == "0/3 "
    province.do(record, countersigned(3, loose))
    assert province.see(counts)["03388"] == "1/3 D1"


def test_a_waiver_is_shown_apart_and_is_not_done(province: Province) -> None:
    province.do(record, waived(1))
    assert province.see(counts)["03388"] == "0/3 waived1"
    province.do(record, answered(2))
    assert province.see(counts)["03388"] == "1/3 A1"


# --- the rule stays ---------------------------------------------------------------------------


def test_a_completion_keeps_the_version_and_the_rule_it_was_made_under(
    province: Province, clock: Clock
) -> None:
    province.do(record, answered(1))
    clock.forward(days=200)
    harder = {**answered(2).payload, "version": "v2", "rule": {"pass_share": 95}, "passed": False}
    province.do(record, replace(answered(2), payload=harder))
    (done,) = province.see(completions, "p0")
    assert (done.version, done.rule) == ("v1", '{"attempts":3,"minutes":0,"pass_share":80}')
    assert done.done_on == date(2026, 3, 2)


def test_a_class_is_counted_by_the_rule_that_was_recorded_with_it(province: Province) -> None:
    province.do(record, attended(1, "p0", session="s1", minutes=120, needs=100))
    province.do(record, attended(2, "p1", session="s1", minutes=120, needs=300))
    assert province.see(counts)["03388"] == "1/3 B1"
    harder = attended(3, "p0", session="s2", day="2026-02-25", minutes=10, needs=300)
    easier = attended(4, "p1", session="s2", day="2026-02-25", minutes=10, needs=130)
    province.do(record_all, [harder, easier])
    assert province.see(counts)["03388"] == "2/3 B2"
    done = {who: province.see(completions, who)[0] for who in ("p0", "p1")}
    assert {who: (one.event_id, one.rule) for who, one in done.items()} == {
        "p0": (number(1), '{"attempts":3,"minutes":100,"pass_share":80}'),
        "p1": (number(4), '{"attempts":3,"minutes":130,"pass_share":80}'),
    }
    province.store.rebuild()
    assert province.see(counts)["03388"] == "2/3 B2"


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (answered(1, client_time=datetime.fromisoformat("2026-02-28T08:00:00+07:00")), "2026-03-02"),
        (
            answered(1, evidence="C", client_time=datetime.fromisoformat("2026-02-28T23:00:00+07:00")),
            "2026-02-28",
        ),
        (
            answered(1, evidence="C", client_time=datetime.fromisoformat("2026-03-03T23:00:00+07:00")),
            "2026-03-02",
        ),
        (
            answered(1, evidence="C", client_time=datetime.fromisoformat("2025-01-01T08:00:00+07:00")),
            "2026-03-02",
        ),
        (answered(1, evidence="C"), "2026-03-02"),
        (attended(1, day="2026-02-20"), "2026-02-20"),
        (attended(1, day="2027-02-20"), "2026-03-02"),
        (documented(1), "2026-02-01"),
    ],
)
def test_the_day_of_a_completion(province: Province, event: Event, day: str) -> None:
    province.do(record, event)
    assert [one.done_on.isoformat() for one in province.see(completions, "p0")] == [day]


# --- merges and erasures ----------------------------------------------------------------------


def test_merged_persons_count_once_above_and_below(province: Province) -> None:
    province.do(record_all, [answered(1, "p0"), attended(2, "p1")])
    assert province.see(counts)["03388"] == "2/3 A1 B1"
    province.do(record, merged(3, "p0", into="p1"))
    assert province.see(counts)["03388"] == "1/2 A1"
    assert [one.evidence for one in province.see(completions, "p1")] == ["A"]
    assert [one.event_id for one in province.see(attempts, "p1")] == [number(1)]


def test_of_merged_persons_in_two_units_the_one_who_remains_says_which(province: Province) -> None:
    province.do(record_all, [answered(1, "p0"), merged(2, "p0", into="p5")])
    assert province.see(counts) == {"03388": "0/2 ", "03389": "1/3 A1"}


def test_a_merge_counts_for_what_comes_later(province: Province) -> None:
    province.do(record, merged(1, "p0", into="p1"))
    province.do(record, answered(2, "p0"))
    assert province.see(counts)["03388"] == "1/2 A1"


def test_a_voided_merge_parts_them_again(province: Province) -> None:
    before = province.see(computed)
    merge = merged(1, "p0", into="p1")
    province.do(record, merge)
    assert province.see(people.person, "p0").merged_into == "p1"
    province.do(record, voided(2, merge))
    assert province.see(computed) == before


def test_a_merge_into_nobody_is_refused(province: Province) -> None:
    with pytest.raises(Unknown):
        province.do(record, merged(1, "p0", into="p99"))


def test_erasing_clears_name_and_unit_and_leaves_counts_and_hashes(province: Province) -> None:
    province.do(record, answered(1))
    province.do(people.erase_person, "p0", by=OFFICE)
    gone = province.see(people.person, "p0")
    assert (gone.full_name, gone.position, gone.unit, gone.active) == (None, None, None, False)
    assert gone.erased_at == province.store.now()
    assert province.see(counts)["03388"] == "1/3 A1"
    assert province.store.verify() == ()


def test_the_name_of_an_erased_person_is_nowhere_in_the_database(province: Province, url: str) -> None:
    province.do(people.erase_person, "p0", by=OFFICE)

    def texts(connection: Connection) -> Iterator[str]:
        for table in schema.METADATA.tables.values():
            for row in connection.execute(table.select()):
                yield str(tuple(row))

    everything = province.see(lambda connection: "\n".join(texts(connection)))
    assert "Bình" in everything
    assert "Lò Thị An" not in everything
    assert "lo thi an" not in everything

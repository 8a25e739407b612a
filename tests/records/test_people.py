"""Units, persons and rosters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import (
    OFFICE,
    UNITS,
    Province,
    answered,
    counts,
    expected_in,
    freeze,
    number,
)
from sqlalchemy import func, select

from taphuan.programme.model.registers import Units
from taphuan.records import (
    By,
    Malformed,
    NotAllowed,
    Store,
    Unattributed,
    Unknown,
    event_by_id,
    people,
    record,
    schema,
)
from taphuan.records.people import NewPerson, RosterMember, Unit


def rows(store: Store, table: str) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(getattr(schema, table))) or 0


# --- units ------------------------------------------------------------------------------------


def test_units_come_back_as_they_were_placed(province: Province) -> None:
    assert tuple(province.see(people.units_by_id).values()) == tuple(sorted(UNITS, key=lambda unit: unit.id))
    assert province.see(people.province).id == "12"


def test_placing_the_same_units_again_changes_nothing(province: Province) -> None:
    audited = rows(province.store, "audit")
    assert province.do(people.place_units, UNITS, by=OFFICE) == ()
    assert rows(province.store, "audit") == audited


def test_a_unit_that_changed_is_changed_and_audited(province: Province) -> None:
    renamed = replace(UNITS[2], name="Xã Mường Than Mới", former_names=("Xã Mường Than",))
    assert province.do(people.place_units, [renamed], by=OFFICE) == ("03388",)
    assert province.see(people.units_by_id)["03388"] == renamed
    assert province.see(people.units_named, "xã Mường Mít") == ()


def test_a_unit_is_found_by_a_former_name_and_marks_and_case_do_not_matter(province: Province) -> None:
    assert province.see(people.units_named, "XA  PHUC THAN") == ("03388",)
    assert province.see(people.units_named, "Sở y tế") == ("so-y-te",)
    assert province.see(people.units_named, "Xã Pa Ủ") == ()


def test_a_name_of_two_units_names_both_todays_first(province: Province) -> None:
    assert province.see(people.units_named, "Xã Mường Than") == ("03388", "03389")


def test_only_units_that_exist_on_a_day(province: Province) -> None:
    assert set(province.see(people.units_by_id, on=date(2025, 6, 30))) == {"12", "so-y-te"}
    assert set(province.see(people.units_by_id, on=date(2025, 7, 1))) == {"12", "so-y-te", "03388", "03389"}


def test_a_subtree_is_a_unit_and_all_below_it(province: Province) -> None:
    assert province.see(people.subtree, "12") == {"12", "so-y-te", "03388", "03389"}
    assert province.see(people.subtree, "03388") == {"03388"}
    assert province.see(people.subtree, "nowhere") == frozenset()


def test_a_programmes_units_become_ours() -> None:
    units = Units.model_validate(
        {
            "checked": "2026-01-01",
            "province": {"code": "12", "name": "Tỉnh Mẫu"},
            "agencies": {"so-y-te": {"name": "Sở Y tế", "point": "IV.1"}},
            "communes": {
                "03388": {
                    "kind": "xã",
                    "name": "Xã Mường Than",
                    "formed_from": ["Xã Phúc Than"],
                    "confidence": "high",
                    "checked": "2026-01-01",
                }
            },
        }
    )
    assert people.programme_units(units, valid_from=date(2025, 7, 1)) == (
        Unit(id="12", parent=None, level="province", name="Tỉnh Mẫu"),
        Unit(id="so-y-te", parent="12", level="province", name="Sở Y tế"),
        Unit(
            id="03388",
            parent="12",
            level="commune",
            name="Xã Mường Than",
            code="03388",
            former_names=("Xã Phúc Than",),
            valid_from=date(2025, 7, 1),
        ),
    )


def test_there_is_no_province_before_units_are_placed(store: Store) -> None:
    with store.read() as connection, pytest.raises(Unknown):
        people.province(connection)


# --- persons ----------------------------------------------------------------------------------


def test_a_person_is_a_name_a_position_a_unit_and_nothing_else() -> None:
    kept = {column.name for column in schema.person.c}
    assert kept - {"salt"} == {
        *("id", "full_name", "folded", "position", "unit", "active", "merged_into", "erased_at")
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thi", ["p0", "p3"]),
        ("lo thi", ["p0"]),
        ("ĐÔNG", ["p4"]),
        ("dong giang", ["p4"]),
        ("nguyễn văn cường", ["p2"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_persons_are_found_by_parts_of_their_names(province: Province, typed: str, found: list[str]) -> None:
    assert [person.id for person in province.see(people.search_persons, typed)] == found


def test_a_search_stays_within_units_and_a_limit(province: Province) -> None:
    assert [one.id for one in province.see(people.search_persons, "n", units={"03389"})] == ["p4", "p5", "p3"]
    assert [one.id for one in province.see(people.search_persons, "n", limit=2)] == ["p4", "p0"]


def test_a_name_is_needed(province: Province) -> None:
    with pytest.raises(Malformed):
        province.do(people.add_persons, [NewPerson(full_name="  ", position=None, unit="03388")], by=OFFICE)


def test_persons_are_added_all_or_none(province: Province) -> None:
    new = NewPerson(full_name="Hoàng Văn Giang", position=None, unit="03388")
    with pytest.raises(Malformed):
        province.do(people.add_persons, [new, replace(new, full_name="")], by=OFFICE)
    assert rows(province.store, "person") == 6


def test_every_change_of_people_names_an_actor_and_a_reason() -> None:
    with pytest.raises(Unattributed):
        By(actor="office", reason=" ")
    with pytest.raises(Unattributed):
        By(actor="", reason="sai chính tả")


def test_an_erased_person_cannot_get_a_name_again_and_is_not_found(province: Province) -> None:
    province.do(people.erase_person, "p0", by=OFFICE)
    with pytest.raises(NotAllowed):
        province.do(
            people.change_person,
            "p0",
            NewPerson(full_name="Lò Thị An", position=None, unit="03388"),
            by=OFFICE,
        )
    assert province.see(people.search_persons, "lo thi an") == ()


def test_erasing_twice_is_erasing_once(province: Province) -> None:
    province.do(people.erase_person, "p0", by=OFFICE)
    province.do(people.erase_person, "p0", by=OFFICE)
    assert rows(province.store, "event") == 1


def test_erasing_somebody_erases_those_merged_with_them_too(province: Province) -> None:
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE)
    province.do(people.erase_person, "p1", by=OFFICE)
    assert [province.see(people.person, id).full_name for id in ("p0", "p1")] == [None, None]


def test_a_merge_is_a_fact_of_the_ledger(province: Province) -> None:
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE, new_id=lambda: number(7))
    found = province.see(event_by_id, number(7))
    assert found is not None
    assert (found.event.kind, found.event.person, found.event.payload) == (
        "person.merged",
        "p0",
        {"into": "p1"},
    )
    assert (found.event.actor, found.event.reason) == (OFFICE.actor, OFFICE.reason)


def test_somebody_merged_is_not_found_and_is_not_merged_again(province: Province) -> None:
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE)
    assert province.see(people.search_persons, "lo thi an") == ()
    for one, other in (("p0", "p2"), ("p2", "p0"), ("p2", "p2")):
        with pytest.raises(NotAllowed):
            province.do(people.merge_persons, one, into=other, by=OFFICE)
    with pytest.raises(Unknown):
        province.do(people.merge_persons, "p2", into="p99", by=OFFICE)


def test_chains_of_merges_end_at_one_person(province: Province) -> None:
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE)
    province.do(people.merge_persons, "p1", into="p2", by=OFFICE)
    assert [province.see(people.person, id).merged_into for id in ("p0", "p1", "p2")] == ["p2", "p2", None]


# --- rosters ----------------------------------------------------------------------------------


def test_a_roster_keeps_its_day_its_decision_and_the_hash_of_its_source(province: Province) -> None:
    assert province.see(people.all_rosters) == (province.roster,)
    assert (province.roster.as_of, province.roster.decision_ref) == (date(2026, 1, 1), "QĐ 12/QĐ-UBND")
    assert province.roster.source_sha256 == "a" * 64
    assert len(province.see(people.roster_members, "r1")) == 6


@pytest.mark.parametrize(
    "fault",
    [
        {"members": []},
        {"members": [RosterMember(person="p0", unit="03388"), RosterMember(person="p0", unit="03389")]},
        {"members": [RosterMember(person="p0", unit="03388"), RosterMember(person="nobody", unit="03388")]},
        {"members": [RosterMember(person="p0", unit="nowhere")]},
        {"source_sha256": "b"},
        {"decision_ref": " "},
    ],
    ids=str,
)
def test_a_roster_is_frozen_all_or_not_at_all(province: Province, fault: dict[str, Any]) -> None:
    with pytest.raises((Malformed, Unknown)):
        freeze(province, as_of=date(2026, 2, 1), **fault)
    assert province.see(people.all_rosters) == (province.roster,)
    assert rows(province.store, "roster_member") == 6


def test_a_roster_frozen_late_counts_what_was_done_before(province: Province) -> None:
    province.do(record, answered(1))
    roster = freeze(province, as_of=date(2026, 2, 1))
    assert province.see(counts, roster=roster.id) == {"03388": "1/3 A1", "03389": "0/3 "}
    assert province.store.verify() == ()


def test_a_period_is_measured_against_the_last_roster_that_was_frozen_by_its_end(
    province: Province, clock: Clock
) -> None:
    clock.forward(days=200)
    later = freeze(province, as_of=date(2026, 6, 30))
    freeze(province, as_of=date(2026, 3, 1), level="province")
    found = [
        expected_in(province, period)
        for period in ("2025-07-01/2025-12-31", "2026-01-01/2026-06-30", "2026-07-01/2026-12-31")
    ]
    assert found == [None, "r1", later.id]


def test_of_two_rosters_of_one_day_the_one_frozen_later_stands(province: Province, clock: Clock) -> None:
    clock.forward(days=1)
    corrected = freeze(province, as_of=date(2026, 1, 1))
    assert expected_in(province, "2026-01-01/2026-06-30") == corrected.id


def test_a_roster_is_frozen_on_a_day_here(province: Province, clock: Clock) -> None:
    clock.forward(hours=16)
    assert freeze(province, as_of=date(2026, 1, 1)).frozen_on == date(2026, 3, 3)


def test_a_unit_counts_what_a_merged_person_has_done(province: Province) -> None:
    province.do(record, answered(1, "p1"))
    province.do(people.merge_persons, "p0", into="p1", by=OFFICE)
    assert province.see(counts)["03388"] == "1/2 A1"


def test_several_persons_are_found_at_once_and_strangers_are_left_out(province: Province) -> None:
    found = province.see(people.persons_by_id, ["p0", "p5", "nobody"])
    assert {id: one.full_name for id, one in found.items()} == {"p0": "Lò Thị An", "p5": "Lù Văn Em"}

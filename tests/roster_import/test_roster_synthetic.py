"""A made-up roster: of the same people for the same seed, marked, and never taken for real."""

from __future__ import annotations

from collections import Counter

import pytest
from roster_lists import ANH, HEADINGS, in_short, places, proposal, units, workbook

from taphuan.programme.vietnamese import folded
from taphuan.roster_import.grid import GridCell
from taphuan.roster_import.person_names import clean_name
from taphuan.roster_import.template import MOST_IN_UNIT, SIZES, synthetic_roster, synthetic_template
from taphuan.roster_import.vocabulary import toml_table, vocabulary


def test_a_seed_makes_the_same_people_again() -> None:
    assert synthetic_roster(units(), 7) == synthetic_roster(units(), 7)
    assert synthetic_roster(units(), 7).entries != synthetic_roster(units(), 8).entries


def test_every_unit_has_its_number_of_people() -> None:
    counts = Counter(entry.unit for entry in synthetic_roster(units(), 1).entries)
    assert set(counts) == {seat.id for seat in places().seats if not seat.is_open}
    for id, count in counts.items():
        fewest, most = SIZES[places().by_id[id].level]
        assert fewest <= count <= most


def test_sizes_can_be_chosen_by_level() -> None:
    entries = synthetic_roster(units(), 1, {"commune": (2, 2), "province": (0, 0)}).entries
    assert len(entries) == 2 * 38
    assert {entry.level for entry in entries} == {"commune"}
    with pytest.raises(ValueError, match="5001"):
        synthetic_roster(units(), 1, {"commune": (1, MOST_IN_UNIT + 1), "province": (1, 1)})


def test_nobody_in_a_unit_has_another_ones_name() -> None:
    entries = synthetic_roster(units(), 3, {"commune": (120, 120), "province": (120, 120)}).entries
    assert max(Counter((folded(entry.full_name), entry.unit) for entry in entries).values()) == 1


def test_names_are_such_as_a_list_takes_without_a_word() -> None:
    for part in ("family", "middle", "given"):
        for name in toml_table("synthetic.toml")[part]:
            cleaned = clean_name(GridCell(text=f"Lò {name}"))
            assert (cleaned.text, cleaned.notices) == (f"Lò {name}", ())


def test_parts_of_names_are_listed_once() -> None:
    for part in ("family", "middle", "given"):
        names = toml_table("synthetic.toml")[part]
        assert len(names) == len(set(names))


def test_a_synthetic_list_reads_back_whole_and_is_known_for_what_it_is() -> None:
    made = synthetic_roster(units(), 1)
    proposed = proposal(synthetic_template(units(), made.entries))
    assert tuple(row.entry for row in proposed.rows) == made.entries
    assert made.is_synthetic
    assert proposed.is_synthetic
    assert proposed.can_be_frozen
    assert "synthetic-list" in {finding.code for finding in proposed.findings}


def test_a_made_up_person_never_gets_among_real_ones() -> None:
    rows = [(*ANH, None), ("Chẻo Láo Mẩy", "Y sĩ", "Xã Pa Ủ", vocabulary().synthetic)]
    proposed = proposal(workbook(*rows, headings=(*HEADINGS, "Ghi chú")))
    assert in_short(proposed.findings) == ["synthetic-among-real"]
    assert not proposed.can_be_frozen


def test_real_people_are_not_taken_for_made_up_ones() -> None:
    assert not proposal(workbook(ANH)).is_synthetic


def test_a_note_beside_the_mark_makes_nobody_real() -> None:
    row = ("Chẻo Láo Mẩy", "Y sĩ", "Xã Pa Ủ", f"{vocabulary().synthetic}; đã sửa chức vụ")
    assert proposal(workbook(row, headings=(*HEADINGS, "Ghi chú"))).is_synthetic

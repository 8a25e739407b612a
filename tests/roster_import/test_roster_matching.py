"""Who is new, unchanged, changed or leaving; and what only the office can say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_lists import ANH, MAY, in_short, person, places, proposal, workbook

from taphuan.roster_import.grid import Spot
from taphuan.roster_import.proposal import KnownPerson, Proposal, ProposedRow, RosterEntry, match_rows

SHEET = "Danh sách"
KNOWN_ANH = person("p1", *ANH)
KNOWN_MAY = person("p2", *MAY)


def fates(proposed: Proposal) -> dict[str, str]:
    """Each row's fate by its cell, with the person it is or may be."""
    return {row.spot.cell: _fate(row) for row in proposed.rows}


def _fate(row: ProposedRow) -> str:
    ids = [row.before.id] if row.before else [each.id for each in row.candidates]
    return " ".join([row.fate, *ids])


def leaving(proposed: Proposal) -> list[str]:
    return [each.id for each in proposed.leaving]


def test_everybody_is_new_where_nobody_is_known() -> None:
    proposed = proposal(workbook(ANH, MAY))
    assert fates(proposed) == {"A2": "new", "A3": "new"}
    assert len(proposed.rows_of("new")) == 2


def test_the_same_list_again_changes_nothing() -> None:
    proposed = proposal(workbook(ANH, MAY), [KNOWN_MAY, KNOWN_ANH])
    assert fates(proposed) == {"A2": "unchanged p1", "A3": "unchanged p2"}
    assert (proposed.rows_of("changed"), proposed.rows_of("new"), proposed.leaving, proposed.findings) == (
        (),
        (),
        (),
        (),
    )


def test_another_way_of_typing_is_still_the_same_person() -> None:
    proposed = proposal(workbook(("LÒ VĂN ÁNH ", "Trưởng Công an", "03445")), [KNOWN_ANH])
    assert fates(proposed) == {"A2": "unchanged p1"}
    assert proposed.rows[0].written == "LÒ VĂN ÁNH"


def test_tone_marks_in_the_other_place_are_the_same_name() -> None:
    known = person("p1", "Lò Thị Hoà", "Y sĩ", "Xã Pa Ủ")
    proposed = proposal(workbook(("Lò Thị Hòa", "Y sĩ", "Xã Pa Ủ")), [known])
    assert fates(proposed) == {"A2": "changed p1"}
    assert proposed.findings == ()


def test_another_position_in_the_unit_is_a_change() -> None:
    proposed = proposal(workbook(("Lò Văn Ánh", "Phó Chủ tịch", "Xã Mường Tè")), [KNOWN_ANH])
    assert fates(proposed) == {"A2": "changed p1"}
    assert proposed.rows_of("changed")[0].before == KNOWN_ANH
    assert proposed.can_be_frozen


def test_the_same_position_elsewhere_is_a_change_to_look_at() -> None:
    proposed = proposal(workbook(("Lò Văn Ánh", "Trưởng Công an", "Xã Pa Ủ")), [KNOWN_ANH])
    assert fates(proposed) == {"A2": "changed p1"}
    assert in_short(proposed.findings) == ["(changed-unit A2)"]
    assert "Lò Văn Ánh, Trưởng Công an, Xã Mường Tè" in proposed.findings[0].message


def test_another_position_elsewhere_is_somebody_new_until_somebody_says_otherwise() -> None:
    content = workbook(("Lò Văn Ánh", "Chuyên viên", "Sở Y tế"))
    proposed = proposal(content, [KNOWN_ANH])
    assert (fates(proposed), leaving(proposed)) == ({"A2": "new"}, ["p1"])
    assert "(maybe-moved A2)" in in_short(proposed.findings)
    decided = proposal(content, [KNOWN_ANH], decisions={(SHEET, "A2"): "p1"})
    assert (fates(decided), leaving(decided)) == ({"A2": "changed p1"}, [])
    assert decided.findings == ()


def test_who_is_not_on_the_list_is_leaving() -> None:
    proposed = proposal(workbook(ANH), [KNOWN_ANH, KNOWN_MAY])
    assert proposed.leaving == (KNOWN_MAY,)
    assert in_short(proposed.findings) == ["(unit-absent)"]
    assert proposed.can_be_frozen


def test_somebody_inactive_comes_back_and_never_leaves_again() -> None:
    back = person("p1", *ANH, is_active=False)
    gone = person("p2", *MAY, is_active=False)
    proposed = proposal(workbook(ANH), [back, gone])
    assert (fates(proposed), leaving(proposed)) == ({"A2": "changed p1"}, [])
    assert proposed.findings == ()


# --- doubts -----------------------------------------------------------------------------------

TWO = [person("p1", "Lò Văn Ánh", "Trưởng Công an", "Xã Pa Ủ"), person("p2", "Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ")]
THIRD = ("Lò Văn Ánh", "Phó Chủ tịch", "Xã Pa Ủ")


def test_one_of_two_namesakes_with_a_new_position_is_undecided() -> None:
    proposed = proposal(workbook(THIRD), TWO)
    assert fates(proposed) == {"A2": "undecided p1 p2"}
    assert in_short(proposed.findings) == ["ambiguous-person A2"]
    assert (proposed.can_be_frozen, proposed.leaving) == (False, ())


@pytest.mark.parametrize(("id", "fate", "left"), [("p1", "changed p1", ["p2"]), ("p2", "changed p2", ["p1"])])
def test_the_office_says_which_of_two_it_is(id: str, fate: str, left: list[str]) -> None:
    proposed = proposal(workbook(THIRD), TWO, decisions={(SHEET, "A2"): id})
    assert (fates(proposed), leaving(proposed)) == ({"A2": fate}, left)
    assert proposed.can_be_frozen


def test_the_office_may_say_it_is_somebody_new() -> None:
    proposed = proposal(workbook(THIRD), TWO, decisions={(SHEET, "A2"): None})
    assert (fates(proposed), leaving(proposed)) == ({"A2": "new"}, ["p1", "p2"])
    assert proposed.can_be_frozen


def test_a_namesake_who_stays_settles_the_other() -> None:
    proposed = proposal(workbook(THIRD, ("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ")), TWO)
    assert fates(proposed) == {"A2": "changed p1", "A3": "unchanged p2"}
    assert proposed.can_be_frozen


def test_a_name_that_differs_by_marks_is_a_question() -> None:
    content = workbook(("Lò Văn Anh", *ANH[1:]))
    proposed = proposal(content, [KNOWN_ANH])
    assert fates(proposed) == {"A2": "undecided p1"}
    assert in_short(proposed.findings) == ["almost-known-person A2"]
    for said, fate in (("p1", "changed p1"), (None, "new")):
        assert fates(proposal(content, [KNOWN_ANH], decisions={(SHEET, "A2"): said})) == {"A2": fate}


def test_without_a_position_nobody_moves() -> None:
    known = [person("p1", "Lò Văn Ánh", "", "Xã Mường Tè")]
    proposed = proposal(workbook(("Lò Văn Ánh", None, "Xã Pa Ủ")), known)
    assert (fates(proposed), leaving(proposed)) == ({"A2": "new"}, ["p1"])


@pytest.mark.parametrize(
    "decisions",
    [
        {(SHEET, "A9"): None},
        {(SHEET, "A2"): "p9"},
        {("Khác", "A2"): "p1"},
        {(SHEET, "A2"): "p1", (SHEET, "A3"): "p1"},
    ],
)
def test_a_decision_that_fits_no_longer_is_an_error(decisions: dict[tuple[str, str], str | None]) -> None:
    proposed = proposal(workbook(ANH, MAY), [KNOWN_ANH], decisions=decisions)
    assert "outdated-decision" in in_short(proposed.findings)
    assert not proposed.can_be_frozen


# --- the whole list ---------------------------------------------------------------------------


def test_the_same_person_twice_is_an_error() -> None:
    proposed = proposal(workbook(ANH, MAY, ("lò văn ánh", "trưởng công an", "Mường Tè")))
    assert "person-twice A4" in in_short(proposed.findings)
    assert "đã có ở Danh sách!A2" in proposed.problems[0].message


def test_two_of_one_name_and_post_may_be_two_people() -> None:
    proposed = proposal(workbook(ANH, ANH), decisions={(SHEET, "A3"): None})
    assert (proposed.can_be_frozen, len(proposed.rows_of("new"))) == (True, 2)


def test_one_name_with_two_positions_is_a_question() -> None:
    content = workbook(ANH, ("Lò Văn Ánh", "Bí thư Đoàn", "Xã Mường Tè"))
    assert in_short(proposal(content).findings) == ["same-name-in-unit A3"]
    assert proposal(content, decisions={(SHEET, "A3"): None}).can_be_frozen


def test_namesakes_the_records_tell_apart_are_no_question() -> None:
    rows = [("Lò Văn Ánh", "Trưởng Công an", "Xã Pa Ủ"), ("Lò Văn Ánh", "Y sĩ", "Xã Pa Ủ")]
    assert proposal(workbook(*rows), TWO).findings == ()
    third = proposal(workbook(*rows, THIRD), TWO)
    assert in_short(third.findings) == ["same-name-in-unit A4"]


def test_names_that_differ_by_marks_only_are_pointed_out() -> None:
    proposed = proposal(workbook(("Lò Thị Hoa", "Y sĩ", "Xã Pa Ủ"), ("Lò Thị Hoá", "Y sĩ", "Xã Pa Ủ")))
    assert in_short(proposed.findings) == ["(almost-twice A3)"]
    assert proposed.can_be_frozen


def test_namesakes_in_different_units_are_two_people() -> None:
    assert proposal(workbook(ANH, (*ANH[:2], "Xã Pa Ủ"))).findings == ()


def test_a_shrinking_list_is_never_silent() -> None:
    known = [person(f"p{n}", f"Lò Văn {name}", "Y sĩ", "Xã Pa Ủ") for n, name in enumerate("ABCDEGHIKL")]
    rows = [(each.full_name, each.position, "Xã Pa Ủ") for each in known]
    assert in_short(proposal(workbook(*rows[:9]), known).findings) == []
    proposed = proposal(workbook(*rows[:8]), known)
    assert in_short(proposed.findings) == ["(many-leaving)"]
    assert "2 trong 10 người" in proposed.findings[0].message


def test_units_that_sent_nothing_are_named() -> None:
    known = [KNOWN_ANH, KNOWN_MAY, person("p3", "Lò Ón", "Y sĩ", "không-còn")]
    proposed = proposal(workbook(("Lò Thị Só", "Chuyên viên", "Sở Y tế")), known)
    (finding,) = (each for each in proposed.findings if each.code == "unit-absent")
    assert "3 đơn vị" in finding.message
    assert "Xã Mường Tè, Xã Pa Ủ, không-còn" in finding.message


def test_a_scope_leaves_everybody_else_alone() -> None:
    content = workbook(MAY, ("Lò Thị Só", "Chuyên viên", "Sở Y tế"))
    proposed = proposal(content, [KNOWN_ANH, KNOWN_MAY], scope={"03442"})
    assert fates(proposed) == {"A2": "unchanged p2", "A3": "new"}
    assert leaving(proposed) == []
    assert in_short(proposed.findings) == ["out-of-scope A3"]


def test_the_seal_changes_with_all_that_was_shown() -> None:
    content, known = workbook(ANH, MAY), [KNOWN_ANH]
    proposed = proposal(content, known)
    assert proposal(content, known).seal == proposed.seal
    others = [
        proposal(workbook(ANH), known),
        proposal(content, []),
        proposal(content, [*known, KNOWN_MAY]),
        proposal(content, known, decisions={(SHEET, "A2"): None}),
    ]
    assert proposed.seal not in {other.seal for other in others}


# --- whatever is given ------------------------------------------------------------------------

NAMES = st.sampled_from(["Lò Văn Ánh", "Lò Văn Anh", "Chẻo Mẩy", "Sùng A Só"])
POSTS = st.sampled_from(["Y sĩ", "Trưởng Công an", ""])
UNITS = st.sampled_from(["03445", "03442", "so-y-te"])
ENTRIES = st.lists(st.tuples(NAMES, POSTS, UNITS), max_size=8)


def rows_of(entries: list[tuple[str, str, str]]) -> list[ProposedRow]:
    return [
        ProposedRow(
            spot=Spot(worksheet=SHEET, row=number, column=1),
            entry=RosterEntry(full_name=name, position=post, unit=unit, level=places().by_id[unit].level),
            fate="new",
            written=name,
        )
        for number, (name, post, unit) in enumerate(entries, 2)
    ]


def known_of(entries: list[tuple[str, str, str]]) -> list[KnownPerson]:
    return [
        KnownPerson(id=f"p{number}", full_name=name, position=post, unit=unit)
        for number, (name, post, unit) in enumerate(entries)
    ]


@settings(max_examples=200, deadline=None)
@given(ENTRIES, ENTRIES)
def test_every_row_has_one_fate_and_nobody_is_two_rows(
    listed: list[tuple[str, str, str]], recorded: list[tuple[str, str, str]]
) -> None:
    rows, known = rows_of(listed), known_of(recorded)
    matches = match_rows(rows, known, {}, {})
    assert [row.spot for row in matches.rows] == [row.spot for row in rows]
    kept = [row.before.id for row in matches.rows if row.before]
    asked = {each.id for row in matches.rows for each in row.candidates}
    left = [each.id for each in matches.leaving]
    assert len(kept) == len(set(kept))
    assert sorted([*kept, *asked, *left]) == sorted(each.id for each in known)
    for row in matches.rows:
        assert (row.before is not None) == (row.fate in {"unchanged", "changed"})
        assert bool(row.candidates) == (row.fate == "undecided")


@settings(deadline=None)
@given(st.lists(st.tuples(NAMES, POSTS, UNITS), max_size=8, unique=True))
def test_a_list_held_against_itself_changes_nothing(entries: list[tuple[str, str, str]]) -> None:
    matches = match_rows(rows_of(entries), known_of(entries), {}, {})
    assert {row.fate for row in matches.rows} <= {"unchanged"}
    assert matches.leaving == ()
    assert matches.notices == ()

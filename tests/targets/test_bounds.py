"""What stands on a bound, and what has nothing to show: a first day, a last one, nobody listed, no goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fixtures_targets import (
    COMMUNICATING,
    H1,
    H2,
    INSPECTED,
    TRAINED,
    YEAR,
    activity,
    done,
    figures,
    issued,
    listed,
    programme,
    session,
    target,
    told,
)

from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.targets import (
    Figures,
    Measured,
    Period,
    Share,
    Training,
    commune_map,
    flag_words,
    goal_lines,
    measure_targets,
    share_bar,
    years_of,
)
from taphuan.targets.measure import group_of, material_titles

JUNE = date(2026, 6, 1)
PLAN = programme(trained=TRAINED)
KNOWN = figures(listed("abcde"), done=(done("a"), done("b"), done("c")))
NOBODY = figures(listed(""))


def measured(plan: Programme, known: Figures, period: Period = YEAR) -> Measured:
    (first,) = measure_targets(plan, known, period).values()
    return first


def trained(plan: Programme = PLAN, known: Figures = KNOWN, period: Period = YEAR) -> Training:
    training = measured(plan, known, period)
    assert isinstance(training, Training)
    return training


def placed(plan: Programme, at: tuple[int | None, ...]) -> Programme:
    """The plan with its communes in one row, each in its column."""
    communes = {
        id: commune.model_copy(update={"row": 1, "column": column})
        for (id, commune), column in zip(plan.units.communes.items(), at, strict=True)
    }
    return replace(plan, units=plan.units.model_copy(update={"communes": ReadOnly(communes)}))


# --- drawings -------------------------------------------------------------------------------------


def test_a_bar_has_a_piece_for_each_kind_of_evidence_that_somebody_has() -> None:
    share = Share(numerator=3, denominator=10)
    assert [piece.letter for piece in share_bar(share, {"A": 2, "B": 0, "C": 1}).pieces] == ["A", "C"]
    assert [piece.letter for piece in share_bar(share, {}).pieces] == [""]


def test_a_goal_without_a_share_has_its_words_without_a_number() -> None:
    assert str(flag_words(trained(known=NOBODY))) == "chỉ tiêu 2030 (60%)"
    assert goal_lines(trained(known=NOBODY)) == ("Chỉ tiêu 60%", "31/12/2030")


def test_a_goal_of_communes_is_told_in_communes() -> None:
    held = figures(activities=(activity("00001", JUNE),))
    plan = programme(communicating=COMMUNICATING)
    assert str(flag_words(measured(plan, held))) == "chỉ tiêu 2026: 3 xã, phường (90%)"


def test_a_half_year_is_read_from_its_first_day_on_and_by_the_day_of_reading() -> None:
    known = replace(KNOWN, done=(done("a"), done("b", on=date(2027, 1, 1))), taken_on=date(2027, 1, 1))
    years = years_of(trained(known=known, period=Period.parse("2027H1")), PLAN, known)
    before = years_of(
        trained(known=known, period=Period.parse("2027H1")), PLAN, replace(known, taken_on=JUNE)
    )
    assert years is not None
    assert before is not None
    assert [(spot.text, spot.is_closed) for spot in years.spots] == [("20,0%", True), ("40,0%", False)]
    assert before.spots == ()
    closed, running = years.spots
    assert 0 < running.x - closed.x < 1


def test_a_new_list_is_a_line_over_the_years_only_where_one_went_before() -> None:
    two = (listed("abcd", id="old", as_of=JUNE), listed("abcde", id="new", as_of=date(2026, 11, 1)))
    known = figures(*two, done=(done("a"),))
    once, twice = (years_of(trained(known=each), PLAN, each) for each in (KNOWN, known))
    assert once is not None
    assert twice is not None
    assert (len(once.relisted), len(twice.relisted)) == (0, 1)


def test_a_map_has_every_commune_of_a_target_of_communes_and_else_there_is_none() -> None:
    drawn = commune_map(trained(), placed(PLAN, (1, 2, 3)))
    assert drawn is not None
    assert [(tile.part, tile.whole) for tile in drawn.tiles] == [(3, 5), (0, 0), (0, 0)]
    assert commune_map(trained(), placed(PLAN, (1, None, 3))) is None
    assert commune_map(trained(known=NOBODY), placed(PLAN, (1, 2, 3))) is None
    province = placed(programme(trained=target(level="province")), (1, 2, 3))
    of_province = figures(listed("ab", level="province"), done=(done("a"),))
    assert commune_map(trained(province, of_province), province) is None


# --- pace and what was entered ----------------------------------------------------------------------


@pytest.mark.parametrize(("every", "has_pace"), [("period", True), ("year", False)])
def test_a_pace_belongs_to_a_goal_at_the_end_of_the_plan(every: str, has_pace: bool) -> None:
    communes = programme(communicating=COMMUNICATING.model_copy(update={"every": every}))
    premises = programme(inspected=INSPECTED.model_copy(update={"every": every}))
    held = measured(communes, figures(activities=(activity("00001", JUNE),)))
    entered = measured(premises, figures(entered=(told("inspected", "2026", 3, 9),)))
    assert [each.pace is not None for each in (held, entered)] == [has_pace, has_pace]


def test_a_figure_entered_for_one_target_is_no_other_ones() -> None:
    known = figures(entered=(told("other", "2026", 1, 9), told("inspected", "2026", 3, 9)))
    share = measured(programme(inspected=INSPECTED), known).share
    assert share is not None
    assert share.numerator == 3


def test_a_title_that_was_typed_stands_for_its_campaign_however_it_was_typed() -> None:
    titles = material_titles(PLAN, "Việc khác")
    (id,) = PLAN.campaigns
    assert group_of(id, titles) == id
    assert group_of(titles[id].upper(), titles) == id
    assert group_of("Tờ rơi lạ", titles) == "Tờ rơi lạ"


# --- rosters, plans, one unit -----------------------------------------------------------------------


def frozen(hour: int) -> datetime:
    return datetime(2026, 6, 1, hour, tzinfo=UTC)


def test_the_roster_before_is_the_last_of_its_level_that_was_frozen_by_then() -> None:
    first = listed("a", id="a", frozen_at=frozen(1))
    second = listed("b", id="b", as_of=date(2026, 6, 2), frozen_at=frozen(2))
    third = listed("c", id="c", as_of=date(2026, 6, 3), frozen_at=frozen(2))
    late = listed("d", id="d", as_of=date(2026, 6, 2), frozen_at=frozen(9))
    province = listed("e", id="e", level="province", as_of=date(2026, 6, 2), frozen_at=frozen(2))
    known = figures(late, province, third, first, second)
    assert known.roster_before(third) == second
    assert known.roster_before(second) == first
    assert known.roster_before(first) is None


def test_a_plan_of_the_last_day_of_a_period_belongs_to_it() -> None:
    known = figures(issued=(issued("00001", "1/KH", date(2026, 6, 30)), issued("00002", "2/KH", H2.start)))
    assert [plan.number for plan in known.plans(H1)] == ["1/KH"]


def test_figures_of_one_unit_are_nobody_elses() -> None:
    two = ("00001", "00002")
    known = figures(
        listed({"a": "00001", "b": "00002"}),
        sessions=tuple(session(JUNE, 9, unit=unit) for unit in two),
        activities=tuple(activity(unit, JUNE) for unit in two),
        issued=tuple(issued(unit, "1/KH", JUNE) for unit in two),
    ).within("00002")
    kept = (*known.sessions, *known.activities, *known.issued)
    assert [record.unit for record in kept] == ["00002"] * 3
    assert (list(known.units), dict(known.rosters[0].members)) == (["00002"], {"b": "00002"})
    assert not figures().is_synthetic


def test_a_share_without_a_goal_lacks_nothing() -> None:
    share = Share(numerator=1, denominator=9)
    assert (share.needed, share.gap) == (None, None)
    assert Share(numerator=1, denominator=9, goal=50).gap == 4


def test_a_period_is_named_as_people_choose_it() -> None:
    assert [period.name for period in (H1, H2, YEAR)] == [
        "06 tháng đầu năm 2026",
        "06 tháng cuối năm 2026",
        "cả năm 2026",
    ]

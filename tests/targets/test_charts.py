"""How shares are drawn: communes by quarters, the years up to the goal's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fixtures_targets import NEXT, TRAINED, YEAR, done, figures, listed, programme, target

from taphuan.programme.model.plan import Milestone
from taphuan.programme.model.programme import Programme
from taphuan.programme.model.values import ReadOnly
from taphuan.render.tile_map import Tile, place_tiles
from taphuan.render.timeline import BOTTOM, LEFT, RIGHT, Reading, draw_timeline
from taphuan.targets import (
    Figures,
    Period,
    Training,
    commune_map,
    flag_words,
    goal_lines,
    measure_targets,
    years_of,
)

PLAN = programme(trained=TRAINED)
KNOWN = figures(listed("abcde"), done=(done("a"), done("b"), done("c")))


def tile(part: int, whole: int, **changed: object) -> Tile:
    given = {"id": "1", "name": "Xã Tủa Sín Chải", "row": 1, "column": 1, "part": part, "whole": whole}
    return Tile(**(given | changed))  # type: ignore[arg-type]


def trained(plan: Programme = PLAN, known: Figures = KNOWN, period: Period = YEAR) -> Training:
    found = measure_targets(plan, known, period)["trained"]
    assert isinstance(found, Training)
    return found


@pytest.mark.parametrize(
    ("part", "whole", "step"),
    [
        *((0, 8, "0"), (1, 8, "1"), (2, 8, "2"), (3, 8, "2"), (4, 8, "3")),
        *((5, 8, "3"), (6, 8, "4"), (8, 8, "4"), (0, 0, "unlisted")),
    ],
)
def test_the_steps_of_fill_end_at_quarters_and_nobody_is_a_step_of_its_own(
    part: int, whole: int, step: str
) -> None:
    assert tile(part, whole).step == step


def test_a_legend_has_each_step_and_who_has_nobody_listed_only_where_there_is_one() -> None:
    some = place_tiles([tile(0, 8), tile(7, 8, column=2), tile(7, 8, column=3)])
    assert some.legend == (("0", 1), ("1", 0), ("2", 0), ("3", 0), ("4", 2))
    assert place_tiles([tile(0, 0)]).legend[-1] == ("unlisted", 1)


def test_tiles_are_read_from_north_to_south_and_from_west_to_east() -> None:
    places = [(2, 1), (1, 3), (1, 2)]
    drawn = place_tiles([tile(1, 2, row=row, column=column) for row, column in places])
    assert [(one.row, one.column) for one in drawn.tiles] == sorted(places)
    assert tile(1, 2).lines == ("Tủa Sín", "Chải")


def test_a_programme_that_places_no_commune_has_no_map() -> None:
    assert commune_map(trained(), PLAN) is None


def test_the_years_begin_with_the_plan_and_end_on_the_goals_own_day() -> None:
    years = years_of(trained(), PLAN, KNOWN)
    assert years is not None
    assert [number for number, _, _ in years.years] == [2026, 2027, 2028, 2029, 2030]
    assert years.goal[0] == RIGHT
    assert years.begin == (LEFT, BOTTOM)
    assert goal_lines(trained()) == ("Chỉ tiêu 60%", "3 người, 31/12/2030")
    assert str(flag_words(trained())) == "chỉ tiêu 2030: 3 người (60%)"


def test_a_half_year_that_runs_is_marked_apart_and_stands_on_its_day() -> None:
    known = figures(listed("abcde"), done=(done("a"), done("b")), taken_on=date(2027, 4, 2))
    years = years_of(trained(known=known, period=NEXT), PLAN, known)
    assert years is not None
    assert [spot.is_closed for spot in years.spots][-1] is False
    assert all(spot.is_closed for spot in years.spots[:-1])
    assert LEFT + 58 < years.spots[-1].x < LEFT + 87


def test_a_share_that_stays_as_it_is_is_written_once() -> None:
    drawn = draw_timeline(
        [
            Reading(day=date(2026 + half // 2, 6, 30), part=part, whole=40, text=f"{part}", is_closed=True)
            for half, part in enumerate([4, 4, 8, 8, 8, 10])
        ],
        begin=date(2026, 1, 1),
        first_year=2026,
        goal=80,
        year=2030,
    )
    assert [spot.text for spot in drawn.earlier] == ["4", "8"]
    assert drawn.last is not None
    assert drawn.last.text == "10"


@pytest.mark.parametrize("share", range(2, 96, 3))
def test_the_words_of_an_earlier_value_keep_clear_of_lines(share: int) -> None:
    """Of the thin line and of the upright line of a new list, on whose day the value was read."""
    days = (date(2027, 12, 31), date(2029, 6, 30))
    readings = [
        Reading(day=day, part=part, whole=100, text=f"{part},0%", is_closed=True)
        for day, part in zip(days, (share, min(share + 4, 100)), strict=True)
    ]
    year = {"begin": date(2026, 1, 1), "first_year": 2026, "goal": 60, "year": 2030}
    drawn = draw_timeline(readings, relisted=[date(2028, 1, 15)], **year)  # type: ignore[arg-type]
    (spot,), (begin_x, begin_y), (goal_x, goal_y) = drawn.earlier, drawn.begin, drawn.goal
    x, y, anchor = drawn.words_at(spot)
    left, right = (x, x + 28) if anchor == "start" else (x - 28, x)
    thin = [begin_y - (begin_y - goal_y) * (at - begin_x) / (goal_x - begin_x) for at in (left, right)]
    assert all(at < y - 10 for at in thin) or all(at > y for at in thin)
    assert not left < drawn.relisted[0] < right
    assert y < BOTTOM


@pytest.mark.parametrize(
    ("part", "is_left", "is_higher"),
    [(44, True, True), (27, False, False), (12, False, True), (3, False, True)],
)
def test_the_words_of_the_last_value_keep_clear_of_the_thin_line(
    part: int, is_left: bool, is_higher: bool
) -> None:
    """Above the line they stand to the left and higher; just below it lower; else beside the mark."""
    reading = Reading(day=date(2028, 6, 12), part=part, whole=100, text=f"{part},0%", is_closed=False)
    drawn = draw_timeline([reading], begin=date(2026, 1, 1), first_year=2026, goal=60, year=2030)
    (spot,), (x, y, anchor) = drawn.spots, drawn.last_words
    assert (anchor == "end") is is_left
    assert (x < spot.x + 8) is is_left
    assert (y < spot.y + 8) is is_higher


@pytest.mark.parametrize("parts", [(20, 40, 52), (52, 52, 52), (50, 51, 90), (1, 2, 3), (6, 8, 4)])
def test_the_words_of_a_late_value_keep_clear_of_the_readings_before_it(parts: tuple[int, ...]) -> None:
    days = (date(2029, 6, 30), date(2029, 12, 31), date(2030, 6, 30))
    readings = [
        Reading(day=day, part=part, whole=100, text=f"{part},0%", is_closed=True)
        for day, part in zip(days, parts, strict=True)
    ]
    drawn = draw_timeline(readings, begin=date(2026, 1, 1), first_year=2026, goal=95, year=2030)
    x, y, anchor = drawn.last_words
    assert anchor == "end"
    above, below = y - 13, y + 18
    beside = [spot.y for spot in drawn.spots if x - 50 <= spot.x]
    assert len(beside) > 1
    assert above > max(beside) + 4 or below < min(beside) - 4
    assert below < 244


def test_what_is_below_the_least_has_no_mark() -> None:
    years = years_of(trained(), PLAN, KNOWN, is_public=True)
    assert years is not None
    assert years.spots == ()


def test_a_milestone_is_drawn_only_where_a_document_sets_one() -> None:
    bare = years_of(trained(), PLAN, KNOWN)
    assert bare is not None
    assert bare.milestones == ()
    mark = Milestone.model_validate({"share": "30%", "day": "31/12/2027", "document": "9/QĐ-UBND"})
    set_by = TRAINED.model_copy(update={"milestones": (mark,)})
    plan = programme(trained=set_by)
    years = years_of(trained(plan), plan, KNOWN)
    assert years is not None
    assert [(one.text, one.more) for one in years.milestones] == [("30%", "9/QĐ-UBND")]


def test_a_goal_of_every_year_has_no_line_over_the_years() -> None:
    plan = programme(trained=target(every="year"))
    assert years_of(trained(plan), plan, KNOWN) is None


@pytest.mark.parametrize(
    ("year", "taken", "period", "is_told"),
    [
        (2026, date(2027, 1, 1), "2026", True),
        (2026, date(2027, 1, 1), "2026H2", True),
        (2026, date(2026, 12, 31), "2026", False),
        (2026, date(2027, 1, 1), "2026H1", False),
        (2030, date(2027, 1, 1), "2026", False),
    ],
)
def test_a_verdict_waits_until_the_goals_own_day_is_over(
    year: int, taken: date, period: str, is_told: bool
) -> None:
    plan = programme(trained=target(year=str(year)))
    known = figures(listed("abcde"), done=(done("a"), done("b"), done("c")), taken_on=taken)
    found = trained(plan, known, Period.parse(period))
    assert found.due == date(year, 12, 31)
    assert (found.is_reached is not None) == is_told


def test_each_commune_that_is_placed_is_drawn_with_its_own_count() -> None:
    communes = {
        id: commune.model_copy(update={"row": 1, "column": at})
        for at, (id, commune) in enumerate(PLAN.units.communes.items(), 1)
    }
    plan = replace(PLAN, units=PLAN.units.model_copy(update={"communes": ReadOnly(communes)}))
    drawn = commune_map(trained(plan), plan, chosen="00002")
    assert drawn is not None
    assert drawn.chosen == "00002"
    assert [one.name for one in drawn.tiles] == ["Xã Số 1", "Xã Số 2", "Xã Số 3"]
    shares = {unit.unit: unit.share for unit in trained().units}
    assert {one.id: one.part for one in drawn.tiles if one.whole} == {
        id: share.numerator for id, share in shares.items()
    }

"""While nobody has decided how a target is counted, nothing says whether it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fixtures_targets import (
    ANSWERED,
    ASKED,
    COMMUNICATING,
    SERVED,
    TRAINED,
    YEAR,
    activity,
    done,
    figures,
    listed,
    programme,
    resting,
    told,
)

from taphuan.programme.model.plan import Decision
from taphuan.programme.model.values import ReadOnly
from taphuan.targets import Measured, measure_targets

PLAN = programme(trained=TRAINED, communicating=COMMUNICATING, served=SERVED)
KNOWN = figures(
    listed("abc"),
    done=(done("a"), done("b")),
    activities=tuple(activity(f"0000{n}", date(2026, month, 1)) for n in (1, 2, 3) for month in (4, 11)),
    entered=(told("served", "2026", 31, 40),),
)


def measured(on: Decision) -> Mapping[str, Measured]:
    return measure_targets(resting(PLAN, on), KNOWN, YEAR)


def test_an_open_decision_leaves_the_count_and_nothing_that_holds_it_against_the_goal() -> None:
    for id, one in measured(ASKED).items():
        assert one.share == measure_targets(PLAN, KNOWN, YEAR)[id].share
        assert (one.is_settled, one.is_reached, one.gap, one.pace) == (False, None, None, None)
        assert one.percent == ("66,7%" if id == "trained" else "")
        assert one.waits_for == ("Sở Mẫu",)
        (waiting,) = [each for each in one.assumptions if each.decision.is_open]
        assert waiting.address == "/ke-hoach/#cau-hoi-dem"


def test_a_paper_that_decides_gives_all_of_it_back_and_is_named() -> None:
    for id, one in measured(ANSWERED).items():
        plain = measure_targets(PLAN, KNOWN, YEAR)[id]
        assert (one.is_reached, one.gap, one.pace) == (plain.is_reached, plain.gap, plain.pace)
        assert (one.is_reached is not None) == (id != "trained")
        assert ([paper.document for paper in one.papers], one.waits_for) == (["7/HD-SM"], ())


def test_what_rests_on_no_decision_is_settled() -> None:
    assert all(one.is_settled and not one.assumptions for one in measure_targets(PLAN, KNOWN, YEAR).values())


def test_what_regularly_means_is_asked_of_communication_alone() -> None:
    often = PLAN.charter.regular.model_copy(update={"assumes": ("dem",)})
    charter = PLAN.charter.model_copy(update={"regular": often})
    asked = replace(PLAN, charter=charter, decisions=ReadOnly({"dem": ASKED}))
    assert {id for id, one in measure_targets(asked, KNOWN, YEAR).items() if one.assumptions} == {
        "communicating"
    }
    assert asked.regular_waits_for == ("Sở Mẫu",)
    assert replace(asked, decisions=ReadOnly({"dem": ANSWERED})).regular_waits_for == ()

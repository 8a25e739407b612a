"""Persons trained out of a frozen roster."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fixtures_targets import (
    COURSE,
    DECISION,
    H1,
    H2,
    NEXT,
    OTHER,
    TRAINED,
    YEAR,
    done,
    figures,
    listed,
    programme,
    target,
)

from taphuan.records.people import Superseded
from taphuan.targets import Figures, Listed, Period, Training, Waived, measure_targets

MAY, JUNE, LATE = date(2026, 5, 1), date(2026, 6, 1), date(2026, 12, 1)


def trained(given: Figures, period: Period = H2, **changed: Any) -> Training:
    found = measure_targets(programme(trained=TRAINED.model_copy(update=changed)), given, period)["trained"]
    assert isinstance(found, Training)
    return found


def share(found: Training) -> tuple[int, int]:
    assert found.share is not None
    return found.share.numerator, found.share.denominator


def counting(**courses: Any) -> Any:
    return target(courses=courses).courses


# --- who counts -------------------------------------------------------------------------------


def test_persons_done_are_set_against_the_roster_whose_day_and_decision_stand_beside() -> None:
    found = trained(figures(listed("abcde"), done=(done("a"), done("b"))))
    assert share(found) == (2, 5)
    assert found.roster is not None
    assert (found.roster.as_of, found.roster.decision_ref) == (JUNE, DECISION)
    assert (found.share and found.share.gap, found.share and found.share.is_reached) == (1, False)


def test_whoever_is_not_on_the_roster_does_not_count() -> None:
    assert share(trained(figures(listed("ab"), done=(done("a"), done("z"))))) == (1, 2)


def test_a_person_counts_once_under_the_strongest_evidence() -> None:
    several = (done("a", "E"), done("a", "B"), done("a", "D"), done("b", "D"))
    found = trained(figures(listed("abc"), done=several))
    assert share(found) == (2, 3)
    assert found.evidence == {"A": 0, "B": 1, "C": 0, "D": 1, "E": 0}


def test_what_came_after_the_period_does_not_count_yet() -> None:
    late = (done("a", "E", JUNE), done("a", "A", LATE), done("b", "A", LATE))
    first, second = (trained(figures(listed("ab"), done=late), period) for period in (H1, H2))
    assert (share(first), first.evidence["E"], first.evidence["A"]) == ((1, 2), 1, 0)
    assert (share(second), second.evidence["E"], second.evidence["A"]) == ((2, 2), 0, 2)


@pytest.mark.parametrize(("period", "last"), [(H1, date(2026, 6, 30)), (H2, date(2026, 12, 31))])
def test_whoever_completes_on_the_last_day_of_a_half_year_counts_in_it(period: Period, last: date) -> None:
    days = (done("a", on=last), done("b", on=last + timedelta(days=1)))
    found = trained(figures(listed("ab"), done=days), period)
    assert share(found) == (1, 2)
    assert [(half.period, half.new) for half in found.half_years if half.new] == [(period, 1)]


def test_the_unit_is_the_one_on_the_roster() -> None:
    found = trained(figures(listed({"a": "00001", "b": "00001", "c": "00003"}), done=(done("a"), done("c"))))
    assert [(part.unit, part.share.text, part.evidence["A"]) for part in found.units] == [
        ("00001", "50,0%", 1),
        ("00003", "100,0%", 1),
    ]


def test_a_waived_person_stands_apart_and_is_not_trained() -> None:
    waived = tuple(Waived(person, COURSE, JUNE) for person in "abz")
    found = trained(figures(listed("abc"), done=(done("a"),), waived=waived))
    assert (share(found), found.waived) == ((1, 3), 1)


def test_a_waiver_counts_from_its_day_and_only_of_a_course_that_counts() -> None:
    last = date(2026, 12, 31)
    waived = (
        Waived("a", COURSE, last),
        Waived("b", COURSE, last + timedelta(days=1)),
        Waived("c", OTHER, JUNE),
    )
    assert trained(figures(listed("abc"), waived=waived)).waived == 1


# --- which courses ----------------------------------------------------------------------------


def test_without_a_word_any_course_that_counts_toward_the_target_counts() -> None:
    found = trained(figures(listed("ab"), done=(done("a"), done("b", course=OTHER))))
    assert (share(found), found.counting.any_of) == ((1, 2), (COURSE,))


def test_any_of_several_courses_is_enough() -> None:
    rule = counting(any_of=(COURSE, OTHER))
    both = (done("a", "E"), done("a", "B", course=OTHER), done("b", "D", course=OTHER))
    found = trained(figures(listed("abc"), done=both), courses=rule)
    assert (share(found), found.evidence["B"], found.evidence["D"]) == ((2, 3), 1, 1)


def test_all_of_several_courses_are_known_only_as_well_as_the_weakest() -> None:
    rule = counting(all_of=(COURSE, OTHER))
    both = (done("a", "A", JUNE), done("a", "D", LATE, OTHER), done("b", "A", JUNE))
    found = trained(figures(listed("ab"), done=both), courses=rule)
    assert (share(found), found.evidence["D"]) == ((1, 2), 1)
    assert [(half.period, half.new) for half in found.half_years] == [(H2, 1)]
    assert share(trained(figures(listed("ab"), done=both), H1, courses=rule)) == (0, 2)


def test_all_of_some_and_any_one_of_others_can_be_asked_together() -> None:
    rule = counting(all_of=("nen",), any_of=(COURSE, OTHER))
    some = (done("a", course="nen"), done("a", course=OTHER), done("b", course="nen"), done("c"))
    assert share(trained(figures(listed("abc"), done=some), courses=rule)) == (1, 3)


# --- which roster -----------------------------------------------------------------------------


def test_the_last_roster_up_to_the_end_of_the_period_is_the_one() -> None:
    rosters = (
        listed("ab", id="old", as_of=JUNE),
        listed("abc", id="new", as_of=date(2026, 12, 31)),
        listed("abcd", id="later", as_of=date(2027, 1, 1)),
        listed("xyz", id="province", level="province", as_of=date(2026, 12, 31)),
    )
    found = [trained(figures(*rosters), period) for period in (H1, H2, YEAR, NEXT)]
    assert [one.roster and one.roster.id for one in found] == ["old", "new", "new", "later"]


def at(day: str) -> datetime:
    """Midnight here as the day begins."""
    return datetime.fromisoformat(f"{day}T00:00:00+07:00")


def test_a_roster_of_a_day_in_the_period_but_frozen_after_it_changes_nothing_reported() -> None:
    known = listed("ab", id="known", as_of=JUNE)
    backdated = listed("a", id="backdated", as_of=LATE, frozen_at=at("2027-01-01"))
    found = trained(figures(known, backdated))
    assert (found.roster and found.roster.id, found.is_late, found.change) == ("known", False, None)
    in_time = replace(backdated, roster=replace(backdated.roster, frozen_at=at("2026-12-31")))
    found = trained(figures(known, in_time))
    assert (found.roster and found.roster.id, found.is_late) == ("backdated", False)


def test_where_none_was_frozen_by_the_end_the_first_one_later_stands_and_says_so() -> None:
    first = listed("ab", id="first", as_of=date(2026, 7, 1), frozen_at=at("2027-01-01"))
    second = listed("abc", id="second", as_of=LATE, frozen_at=at("2027-01-05"))
    found = trained(figures(first, second))
    assert (found.roster and found.roster.id, found.is_late) == ("first", True)
    assert trained(figures(first, second), NEXT).is_late is False
    assert trained(figures(first, second), H1).missing == "no-roster"


def test_one_frozen_later_of_a_day_before_the_period_is_none_of_it() -> None:
    late = listed("ab", as_of=JUNE, frozen_at=at("2027-01-01"))
    assert trained(figures(late), H2).missing == "no-roster"
    assert trained(figures(late), YEAR).is_late


def test_a_real_roster_frozen_late_comes_before_an_invented_one() -> None:
    invented = listed("abcd", id="invented", synthetic=True, as_of=LATE)
    late = listed("ab", id="late", as_of=LATE, frozen_at=at("2027-01-01"))
    found = trained(figures(invented, late))
    assert (found.roster and found.roster.id, found.is_late, found.is_synthetic) == ("late", True, False)


def test_one_frozen_afterwards_is_not_what_a_roster_followed() -> None:
    now, backdated = listed("ab", as_of=LATE), listed("abc", id="r0", as_of=JUNE, frozen_at=at("2026-12-20"))
    assert trained(figures(now, backdated)).change is None


def test_of_two_rosters_of_a_day_the_later_frozen_stands() -> None:
    late = at("2026-06-02")
    found = trained(figures(listed("a", id="b"), listed("ab", id="a", frozen_at=late)))
    assert found.roster is not None
    assert found.roster.id == "a"


def test_a_superseded_roster_gives_way_also_in_a_half_year_that_is_over_and_is_no_list_before() -> None:
    later = at("2026-09-01")
    instead = Superseded(by_roster="r3", reason="nhầm tệp", decision_ref=DECISION, at=later)
    first = listed("abcd", id="r0", as_of=date(2026, 1, 5))
    mistaken = listed("ab", id="r2", as_of=MAY, superseded=instead)
    right = listed("abc", id="r3", as_of=MAY, frozen_at=later, instead_of=2)
    given = figures(first, mistaken, right, done=(done("a", on=date(2026, 5, 1)),))
    for period in (H1, H2):
        found = trained(given, period)
        assert (found.roster, share(found)) == (right.roster, (1, 3))
        assert found.change is not None
        assert found.change.before == first.roster
    assert trained(given, H1).is_late


def test_an_invented_roster_stands_only_where_there_is_no_real_one_and_says_so() -> None:
    invented = listed("abcd", id="invented", synthetic=True, as_of=LATE)
    alone, beside = trained(figures(invented)), trained(figures(invented, listed("ab")))
    assert (alone.is_synthetic, share(alone)) == (True, (0, 4))
    assert (beside.is_synthetic, share(beside)) == (False, (0, 2))


def test_a_roster_that_shrinks_shows_who_left_and_what_the_share_would_have_been() -> None:
    before, now = listed("abcdef", id="r0", as_of=JUNE), listed("abcg", as_of=LATE)
    found = trained(figures(before, now, done=(done("a"), done("b"), done("f"))))
    assert (share(found), found.change is not None) == ((2, 4), True)
    assert found.change is not None
    assert found.change.is_smaller
    assert (found.change.left, found.change.left_untrained, found.change.joined) == (3, 2, 1)
    assert (found.change.before.id, found.change.share_before.text) == ("r0", "50,0%")


def test_a_first_roster_changes_nothing() -> None:
    assert trained(figures(listed("ab"))).change is None


# --- nothing to say ---------------------------------------------------------------------------


def _nobody(roster: Listed) -> Figures:
    return figures(roster).within("00002")


@pytest.mark.parametrize(
    ("given", "changed", "missing"),
    [
        (figures(), {}, "no-roster"),
        (figures(listed("a", as_of=date(2027, 1, 1))), {}, "no-roster"),
        (figures(listed("a")), {"courses": counting()}, "no-course"),
        (_nobody(listed("a")), {}, "nobody-listed"),
    ],
)
def test_where_nothing_can_be_said_there_is_a_reason_and_no_share(
    given: Figures, changed: dict[str, Any], missing: str
) -> None:
    found = trained(given, **changed)
    assert (found.missing, found.share, found.pace, found.units) == (missing, None, None, ())


def test_of_one_unit_only_its_own_persons_and_level_count() -> None:
    province = target(level="province")
    both = programme(trained=TRAINED, province=province)
    given = figures(listed({"a": "00001", "b": "00002", "c": "00002"}), done=(done("a"), done("b")))
    found = measure_targets(both, given.within("00002"), H2)
    assert list(found) == ["trained"]
    assert isinstance(found["trained"], Training)
    assert share(found["trained"]) == (1, 2)

"""Targets are measured once for each state of the records, however many look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import anyio
import pytest
from anyio.from_thread import BlockingPortal
from clocks import Clock
from fixtures_service import AN, OPERATOR, TwoLearners

from taphuan.programme.model.programme import Programme
from taphuan.records import Store, WrongCode, people, staff_entries
from taphuan.records.access.credentials import Hashing
from taphuan.records.access.staff_sign_in import StaffSignIn
from taphuan.records.people import RosterMember
from taphuan.records.staff_entries import EnteredFigure
from taphuan.records.training.corrections import record_document
from taphuan.service.target_cache import MOST, Measurement, Measures
from taphuan.targets import Figures, Period, load_figures

NOW, PAST = Period.parse("2026H1"), Period.parse("2025")


class Counting:
    """Gathers as ever, and how often, and how many at once."""

    def __init__(self) -> None:
        self.times = self.now = self.most = 0

    def __call__(self, *given: Any, **named: Any) -> Figures:
        self.times, self.now = self.times + 1, self.now + 1
        self.most = max(self.most, self.now)
        found = load_figures(*given, **named)
        self.now -= 1
        return found


Look = Callable[..., Measurement]


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def measures(programme: Programme, store: Store, two_learners: TwoLearners, counting: Counting) -> Measures:
    now = store.now()
    store.write(
        lambda within: people.freeze_roster(
            within,
            [RosterMember(person=AN, unit="00101")],
            level="commune",
            as_of=now.date(),
            decision_ref="12/QĐ",
            source_sha256="0" * 64,
            by=OPERATOR,
            now=now,
        )
    )
    return Measures(programme, store, counting)


@pytest.fixture
def look(measures: Measures, portal: BlockingPortal) -> Look:
    return lambda *asked: portal.call(measures.of, *asked)


def test_while_nothing_is_written_nothing_is_measured_again(look: Look, counting: Counting) -> None:
    first = look(NOW)
    assert look(NOW) is first
    assert counting.times == 1


def test_whoever_signs_in_changes_no_figure(
    look: Look, counting: Counting, store: Store, hashing: Hashing
) -> None:
    look(NOW)
    with pytest.raises(WrongCode):
        StaffSignIn(store, hashing).sign_in("nobody", "whatever it may be")
    look(NOW)
    assert counting.times == 1


def test_a_unit_is_cut_out_of_what_is_there(look: Look, counting: Counting) -> None:
    look(NOW)
    ours, theirs = look(NOW, "00101"), look(NOW, "00102")
    assert (ours.figures.scope, theirs.figures.scope, counting.times) == ("00101", "00102", 1)


@pytest.mark.parametrize("what", ["an event", "a figure", "the day"])
def test_whatever_changes_the_figures_has_them_measured_again(
    what: str, look: Look, counting: Counting, store: Store, clock: Clock
) -> None:
    before = look(NOW)
    now = store.now()
    if what == "an event":
        store.write(
            lambda within: record_document(
                within,
                AN,
                "nuoc-sach",
                document="1/QĐ",
                day=now.date(),
                event_id=str(uuid4()),
                by=OPERATOR,
                now=now,
            )
        )
    elif what == "a figure":
        known = {"target": "x", "period": "2026H1", "numerator": 1, "denominator": 2, "source": "5/CV"}
        store.write(lambda within: staff_entries.enter(within, EnteredFigure, **known, by=OPERATOR, now=now))  # type: ignore[arg-type]
    else:
        clock.time += timedelta(days=1)
    assert look(NOW) is not before
    assert counting.times == 2


def test_many_at_once_measure_once(measures: Measures, portal: BlockingPortal, counting: Counting) -> None:
    async def crowd() -> list[Measurement]:
        found: list[Measurement] = []

        async def one() -> None:
            found.append(await measures.of(NOW))

        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(one)
        return found

    found = portal.call(crowd)
    assert len({id(one) for one in found}) == 1
    assert (counting.times, counting.most) == (1, 1)


def test_all_periods_are_measured_by_the_same_figures(look: Look, counting: Counting) -> None:
    assert look(PAST).figures is look(NOW).figures
    assert counting.times == 1


def test_no_more_is_kept_than_the_most(look: Look, measures: Measures) -> None:
    for year in range(2000, 2000 + MOST + 5):
        look(Period(year=year))
    assert measures._kept is not None
    assert len(measures._kept.measurements) == MOST

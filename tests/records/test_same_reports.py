"""The same life, recorded in either database and in any batches, is reported alike to the last word."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fixtures_province import COURSE
from hypothesis import given, settings
from hypothesis import strategies as st
from random_histories import EXAMPLES, Action, RolledBack, full_histories, replay
from sqlalchemy import Connection

from taphuan.records import Store
from taphuan.records.events import projections
from taphuan.records.ledger_verification import verify_ledger
from taphuan.reports import build_report, report_rows
from taphuan.targets import Period, load_figures

sys.path.append(str(Path(__file__).parent.parent / "targets"))

from fixtures_targets import COMMUNICATING, INSPECTED, PLANNED, SERVED, programme, target

BOTH = {"any_of": [COURSE, "khoa-hai"]}
PLAN = programme(
    trained=target(courses=BOTH),
    province=target(level="province", share="80%", courses={"all_of": [COURSE]}),
    communicating=COMMUNICATING,
    served=SERVED,
    handled=target(title="Tin được xử lý", share="100%", every="year", level=None, measure="reports"),
    inspected=INSPECTED,
    planned=PLANNED,
)
FIRST, SECOND, YEAR, NEXT = map(Period.parse, ("2026H1", "2026H2", "2026", "2027H1"))
#: The province's of each period, and a commune's.
REPORTED = ((FIRST, None), (SECOND, None), (YEAR, None), (YEAR, "03388"))
TODAY = date(2027, 1, 10)


def told(connection: Connection) -> list[Any]:
    """All that is reported, and what a screen shows of the half-year after it."""
    # Where the ledger ends depends on ids and salts that are random.
    figures = replace(load_figures(connection, today=TODAY), head="")
    found: list[Any] = [report_rows(PLAN, figures, NEXT)]
    for period, unit in REPORTED:
        one = build_report(PLAN, figures, period, unit=unit)
        found.append((one.rows, one.body, one.appendices, one.targets, one.progress))
    return found


def told_of(store: Store, deeds: list[tuple[Action, int]], batch: int) -> list[Any]:
    """What is reported of a life, the rows again after rebuilding, and what differs; nothing of it stays."""

    def lived(connection: Connection) -> None:
        replay(connection, deeds, batch, store.now())
        differing, first = verify_ledger(connection).problems, told(connection)
        projections.rebuild(connection)
        again = report_rows(PLAN, load_figures(connection, today=TODAY), NEXT)
        raise RolledBack([first, again, differing])

    with pytest.raises(RolledBack) as unwound:
        store.write(lived)
    return list(unwound.value.args[0])


def same_reports(both: tuple[Store, Store], deeds: list[tuple[Action, int]], sizes: tuple[int, int]) -> None:
    first, rebuilt, differing = told_of(both[0], deeds, sizes[0])
    assert differing == ()
    assert rebuilt == first[0]
    assert told_of(both[1], deeds, sizes[1]) == [first, first[0], ()]


SIZES = st.tuples(st.integers(1, 6), st.integers(1, 24))


@given(deeds=full_histories(), sizes=SIZES)
@settings(EXAMPLES, max_examples=15)
def test_both_databases_report_alike(
    both: tuple[Store, Store], deeds: list[tuple[Action, int]], sizes: tuple[int, int]
) -> None:
    same_reports(both, deeds, sizes)


@pytest.mark.soak
@given(deeds=full_histories(), sizes=SIZES)
@settings(EXAMPLES, max_examples=1_000)
def test_both_databases_report_a_thousand_lives_alike(
    both: tuple[Store, Store], deeds: list[tuple[Action, int]], sizes: tuple[int, int]
) -> None:
    same_reports(both, deeds, sizes)

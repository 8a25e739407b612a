"""Years and half-years by their ids."""

from __future__ import annotations

from datetime import date

import pytest

from taphuan.targets import NotAPeriod, Period


@pytest.mark.parametrize(
    ("id", "start", "end", "halves"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), ["2026H1", "2026H2"]),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), ["2026H1"]),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), ["2026H2"]),
    ],
)
def test_a_period_is_named_by_its_year_and_half(id: str, start: date, end: date, halves: list[str]) -> None:
    period = Period.parse(id)
    assert (period.id, period.start, period.end) == (id, start, end)
    assert [half.id for half in period.half_years] == halves
    assert period.holds(start)
    assert period.holds(end)


@pytest.mark.parametrize("id", ["2026H3", "26", "2026h1", "2026-H1", "", "2026H1\n", "1999", "２０２６"])
def test_anything_else_is_no_period(id: str) -> None:
    assert not Period.is_id(id)
    with pytest.raises(NotAPeriod):
        Period.parse(id)


def test_half_years_are_counted_through_the_years() -> None:
    first, last = Period.parse("2026H2"), Period.parse("2030")
    assert last.number - first.number == 8
    assert Period.numbered(first.number + 1) == Period.parse("2027H1")
    assert Period.of_day(date(2027, 6, 30)) == Period.parse("2027H1")
    assert Period.of_day(date(2027, 7, 1)) == Period.parse("2027H2")

"""The figures that everybody may see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hamlet import AN, BINH, OPERATOR, Village

from generator.programme.model.programme import Programme
from generator.records import Store, people
from generator.records.people import Member
from generator.service.province import province_figures


@pytest.fixture
def listed(store: Store, village: Village) -> Store:
    """A roster that speaks of the first day of a half-year."""
    store.write(
        lambda within: people.freeze(
            within,
            [Member(person=one, unit="00101") for one in (AN, BINH)],
            level="commune",
            as_of=datetime(2026, 7, 1, tzinfo=UTC).date(),
            decision_ref="12/QĐ",
            source_sha256="0" * 64,
            by=OPERATOR,
            now=store.now(),
        )
    )
    return store


@pytest.mark.parametrize(
    ("hour", "is_there"), [(16, False), (17, True)], ids=["23:00 of 30 June here", "0:00 of 1 July here"]
)
def test_a_half_year_begins_at_midnight_here(
    listed: Store, programme: Programme, hour: int, is_there: bool
) -> None:
    now = datetime(2026, 6, 30, hour, tzinfo=UTC)
    with listed.read() as connection:
        figures = province_figures(programme)(connection, now)
    assert any("01/07/2026" in one.note for one in figures) == is_there


def test_no_unit_and_no_person_is_named(listed: Store, programme: Programme) -> None:
    with listed.read() as connection:
        said = repr(province_figures(programme)(connection, datetime(2026, 7, 2, tzinfo=UTC)))
        assert "0 người trong 2 người" in said
        for unit in people.units(connection).values():
            assert unit.parent is None or unit.name not in said
    assert "Lò Thị An" not in said

"""Rosters that were mistaken: another one stands in; made-up ones and real ones have a ledger each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import Province, expected_in, freeze, set_up_province
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from taphuan.records import Malformed, Mixed, NotAllowed, Store, Unknown, people, schema
from taphuan.records.audit_trail import trail
from taphuan.records.people import RosterMember, Superseded, Superseding


def members(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(schema.roster_member)) or 0


def instead(province: Province, roster: people.Roster, **named: Any) -> people.Roster:
    """A roster of four that stands in for another one."""
    four = [RosterMember(person=person, unit="03388") for person in province.persons[:4]]
    superseding = Superseding(roster=roster.id, reason="thiếu hai người")
    given: dict[str, Any] = {"as_of": roster.as_of, "members": four, "supersedes": superseding, **named}
    return freeze(province, **given)


def test_rosters_are_numbered_in_the_order_they_are_frozen(province: Province, clock: Clock) -> None:
    clock.forward(days=-9)  # A clock that was put right.
    early = freeze(province, as_of=date(2025, 1, 1))
    assert {one.id: one.number for one in province.see(people.all_rosters)} == {"r1": 1, early.id: 2}


def test_a_mistaken_roster_stays_and_another_one_stands_in_for_it(province: Province, clock: Clock) -> None:
    before = province.see(people.roster_members, "r1")
    clock.forward(days=9)
    new = instead(province, province.roster)
    old = next(one for one in province.see(people.all_rosters) if one.id == "r1")
    assert old.superseded == Superseded(
        by_roster=new.id, reason="thiếu hai người", decision_ref="QĐ 13", at=clock()
    )
    assert (old.number, new.number, new.instead_of) == (1, 2, 1)
    assert new in province.see(people.all_rosters)
    assert province.see(people.roster_members, "r1") == before
    assert {(entry.action, entry.subject) for entry in province.see(trail)} >= {
        ("roster.frozen", new.id),
        ("roster.superseded", "r1"),
    }
    assert province.store.verify() == ()
    province.store.rebuild()
    assert province.store.verify() == ()


def test_a_superseded_roster_measures_no_period_not_even_one_that_is_over(
    province: Province, clock: Clock
) -> None:
    clock.forward(days=200)
    later = freeze(province, as_of=date(2026, 8, 1))
    new = instead(province, province.roster)
    newest = instead(province, new)
    assert expected_in(province, "2026-01-01/2026-06-30") == newest.id
    assert expected_in(province, "2026-07-01/2026-12-31") == later.id


def test_what_stands_in_counts_for_the_old_ones_periods_whatever_day_it_speaks_of(
    province: Province, clock: Clock
) -> None:
    clock.forward(days=200)
    new = instead(province, province.roster, as_of=date(2026, 9, 1))
    assert expected_in(province, "2026-01-01/2026-06-30") == new.id
    assert expected_in(province, "2026-07-01/2026-12-31") == new.id


def test_a_roster_is_superseded_once_by_one_of_its_level(province: Province) -> None:
    with pytest.raises(NotAllowed):
        instead(province, province.roster, level="province")
    with pytest.raises(Unknown):
        instead(province, replace(province.roster, id="r9"))
    with pytest.raises(Malformed):
        instead(province, province.roster, supersedes=Superseding(roster="r1", reason=" "))
    assert province.see(people.all_rosters) == (province.roster,)
    instead(province, province.roster)
    with pytest.raises(NotAllowed):
        instead(province, province.roster)
    assert len(province.see(people.all_rosters)) == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE superseded_roster SET reason = ''", "DELETE FROM superseded_roster"]
)
def test_that_a_roster_was_superseded_is_never_changed(province: Province, statement: str) -> None:
    instead(province, province.roster)
    with pytest.raises(DBAPIError, match="only grows"):
        province.store.write(lambda connection: connection.execute(text(statement)))


def test_made_up_people_and_real_ones_never_share_a_ledger(province: Province) -> None:
    with pytest.raises(Mixed):
        freeze(province, as_of=date(2026, 3, 1), synthetic=True)
    assert province.see(people.all_rosters) == (province.roster,)
    assert province.see(members) == 6


def test_a_ledger_of_made_up_people_stays_one(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        province = set_up_province(store, synthetic=True)
        freeze(province, as_of=date(2026, 3, 1), synthetic=True)
        with pytest.raises(Mixed):
            freeze(province, as_of=date(2026, 3, 1))
        assert len(province.see(people.all_rosters)) == 2

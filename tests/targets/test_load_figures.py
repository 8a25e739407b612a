"""Figures are read from a real database as the records keep them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from fixtures_targets import COURSE, H2, TRAINED, programme, units

from taphuan.records import By, Store, staff_entries
from taphuan.records.people import (
    NewPerson,
    RosterMember,
    add_persons,
    freeze_roster,
    merge_persons,
    place_units,
)
from taphuan.records.staff_entries import CommunicationActivity, EnteredFigure, IssuedPlan
from taphuan.records.training.corrections import record_document, waive
from taphuan.targets import Figures, Training, load_figures, measure_targets

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
OFFICE = By(actor="office", reason="thử")


def uuid(number: int) -> str:
    return str(UUID(int=number))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'records.db'}", clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def roster(store: Store) -> str:
    """Five persons of two communes, of whom two are one; two have a document, one is waived."""
    store.write(lambda connection: place_units(connection, units().values(), by=OFFICE, now=NOW))
    homes = {"a": "00001", "b": "00001", "c": "00001", "d": "00002", "e": "00002"}
    people = [
        NewPerson(full_name=f"Người {id}", position=None, unit=home, id=id) for id, home in homes.items()
    ]
    store.write(lambda connection: add_persons(connection, people, by=OFFICE, now=NOW))
    frozen = store.write(
        lambda connection: freeze_roster(
            connection,
            [RosterMember(person=id, unit=home) for id, home in homes.items()],
            level="commune",
            as_of=date(2026, 9, 1),
            decision_ref="Quyết định số 1",
            source_sha256="0" * 64,
            by=OFFICE,
            now=NOW,
        )
    )
    for number, person in enumerate("ad"):
        store.write(
            lambda connection, number=number, person=person: record_document(
                connection,
                person,
                COURSE,
                document="Giấy chứng nhận số 1",
                day=date(2026, 10, 1),
                event_id=uuid(number),
                by=OFFICE,
                now=NOW,
            )
        )
    store.write(lambda connection: merge_persons(connection, "d", into="e", by=OFFICE, now=NOW))
    store.write(lambda connection: waive(connection, "b", COURSE, event_id=uuid(9), by=OFFICE, now=NOW))
    return frozen.id


def gathered(store: Store) -> Figures:
    with store.read() as connection:
        return load_figures(connection, today=TODAY)


def test_persons_who_were_merged_count_once_with_what_either_did(store: Store, roster: str) -> None:
    found = measure_targets(programme(trained=TRAINED), gathered(store), H2)["trained"]
    assert isinstance(found, Training)
    assert found.share is not None
    assert (found.share.numerator, found.share.denominator, found.waived) == (2, 4, 1)
    assert [(one.unit, one.share.text) for one in found.units] == [("00001", "33,3%"), ("00002", "100,0%")]


def test_activities_and_what_the_office_told_are_read_as_entered(store: Store, roster: str) -> None:
    store.write(
        lambda connection: staff_entries.enter(
            connection,
            CommunicationActivity,
            unit="00001",
            held_on=date(2026, 10, 4),
            place_kind="cho",
            audience="public",
            headcount=40,
            by=OFFICE,
            now=NOW,
        )
    )
    store.write(
        lambda connection: staff_entries.enter(
            connection,
            EnteredFigure,
            target="served",
            period="2026H2",
            numerator=3,
            denominator=4,
            source="Công văn số 1",
            by=OFFICE,
            now=NOW,
        )
    )
    found = gathered(store)
    assert [(one.unit, one.headcount) for one in found.activities] == [("00001", 40)]
    assert [(one.target, one.numerator) for one in found.entered] == [("served", 3)]
    assert (found.taken_on, found.scope, set(found.units)) == (TODAY, None, set(units()))


def test_plans_are_read_as_entered_and_those_taken_back_are_not(store: Store, roster: str) -> None:
    def enter(number: str) -> str:
        given = {"unit": "00001", "issued_on": date(2026, 8, 5), "first_year": 2026, "last_year": 2030}
        return store.write(
            lambda connection: (
                staff_entries.enter(connection, IssuedPlan, number=number, **given, by=OFFICE, now=NOW).id
            )  # type: ignore[arg-type]
        )

    enter("12/KH-UBND")
    mistaken = enter("21/KH-UBND")
    store.write(
        lambda connection: staff_entries.withdraw(connection, IssuedPlan, mistaken, by=OFFICE, now=NOW)
    )
    assert [(one.unit, one.number) for one in gathered(store).issued] == [("00001", "12/KH-UBND")]

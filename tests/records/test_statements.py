"""Statements: events that depend on what is recorded, read where they are written."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import pytest
from fixtures_province import Province, answered, hold_writer, number
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from taphuan.records import Event
from taphuan.records.errors import NotAllowed, Unknown
from taphuan.records.events.ledger import Appended
from taphuan.records.training import progress


@dataclass(frozen=True)
class Stated:
    event: Event
    nth: int


def once_more(connection: Connection, said: Sequence[tuple[int, str]]) -> list[Stated | Exception]:
    """The next attempt of each person, of which two are allowed."""
    made = progress.attempts_of(connection, {person for _, person in said})
    return [
        Stated(answered(id, person), len(made[person]) + 1)
        if len(made[person]) < 2
        else NotAllowed("two are enough")
        for id, person in said
    ]


def at_once(province: Province, *writes: tuple[int, str] | Event) -> list[Future[Any]]:
    """Puts all of them into one group of the writer."""
    store = province.store
    gate = hold_writer(store)
    promises: list[Future[Any]] = [
        store.append(one) if isinstance(one, Event) else store.append_from(once_more, one) for one in writes
    ]
    gate.set()
    return promises


def test_a_statement_comes_to_what_was_stated_and_its_place(province: Province) -> None:
    stated, appended = province.store.append_from(once_more, (1, "p0")).result()
    assert (stated.nth, appended.seq, appended.is_new) == (1, 1, True)
    assert appended.received_at == province.store.now()


def test_statements_about_one_person_in_one_group_see_each_other(province: Province) -> None:
    promises = at_once(province, (1, "p0"), (2, "p0"), (3, "p1"), (4, "p0"))
    told = [promise.exception() or promise.result()[0].nth for promise in promises]
    assert told[:3] == [1, 2, 1]
    assert isinstance(told[3], NotAllowed)
    assert province.store.verify() == ()


def test_a_statement_sees_an_event_that_waited_before_it(province: Province) -> None:
    event, statement = at_once(province, answered(1, "p0"), (2, "p0"))
    assert isinstance(event.result(), Appended)
    assert statement.result()[0].nth == 2


def test_a_statement_that_is_made_again_is_no_new_row(province: Province) -> None:
    def same(connection: Connection, said: Sequence[str]) -> list[Stated]:
        return [Stated(answered(1, person), 1) for person in said]

    places = [province.store.append_from(same, "p0").result()[1] for _ in range(2)]
    assert [(one.seq, one.is_new) for one in places] == [(1, True), (1, False)]
    assert places[0].received_at == places[1].received_at


def test_one_that_the_database_refuses_takes_no_other_with_it(province: Province) -> None:
    first, stranger, last = at_once(province, (1, "p0"), answered(2, "nobody"), (3, "p1"))
    assert isinstance(stranger.exception(), Unknown)
    assert [first.result()[0].nth, last.result()[0].nth] == [1, 1]
    assert province.see(progress.attempts, "p0")[0].event_id == number(1)


def test_a_reading_that_fails_is_told_to_those_who_said_it_alone(province: Province) -> None:
    def broken(connection: Connection, said: Sequence[str]) -> list[Stated]:
        connection.execute(text("SELECT nothing FROM nowhere"))
        return []

    with pytest.raises(DBAPIError):
        province.store.append_from(broken, "p0").result()
    assert province.store.append(answered(1)).result().is_new

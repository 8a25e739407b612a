"""The writer: all that waits goes into one transaction, and nothing is said before it is on disk."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent import futures
from concurrent.futures import Future
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import Province, answered, append, events, hold_writer, number, set_up_province, submit
from sqlalchemy import Connection, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from taphuan.errors import OperatorError
from taphuan.records import Appended, Busy, Store, event_by_id, record, schema
from taphuan.records.errors import NotAllowed, Unknown
from taphuan.records.events.projections import record_each
from taphuan.records.store.writer import Writer
from taphuan.records.training import progress


def test_a_promise_is_kept_only_when_readers_can_see_the_write(province: Province) -> None:
    seen: list[bool] = []

    def look(_: Future[Appended]) -> None:
        seen.append(province.see(event_by_id, number(1)) is not None)

    promise = append(province.store, answered(1))
    promise.add_done_callback(look)
    promise.result()
    province.store.write(lambda connection: None)
    assert seen == [True]


def test_all_that_waits_goes_into_one_transaction(province: Province) -> None:
    commits: list[int] = []
    event.listen(province.store._engines.writer, "commit", lambda connection: commits.append(1))
    gate = hold_writer(province.store)
    promises = [append(province.store, answered(n, f"p{n % 6}")) for n in range(1, 101)]
    gate.set()
    assert [promise.result().seq for promise in promises] == list(range(1, 101))
    assert len(commits) == 2


def a_group(writer: Writer, size: int) -> None:
    """Has so many written in one transaction."""
    gate = hold_writer(writer)
    promises = [submit(writer, lambda connection: None) for _ in range(size)]
    gate.set()
    for promise in promises:
        promise.result(10)


def test_a_class_that_goes_in_step_is_awaited_and_written_together(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    a_group(writer, 3)
    commits: list[int] = []
    event.listen(store._engines.writer, "commit", lambda connection: commits.append(1))
    first, second = [submit(writer, lambda connection: None) for _ in range(2)]
    assert futures.wait([first, second], timeout=0.2).done == set()
    third = submit(writer, lambda connection: None)
    assert len(futures.wait([first, second, third], timeout=10).done) == 3
    assert len(commits) == 1
    writer.close()


def test_who_does_not_come_is_not_awaited_for_long(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=0.05)
    a_group(writer, 3)
    assert submit(writer, lambda connection: "alone").result(10) == "alone"
    writer.close()


def test_whoever_writes_alone_waits_for_nobody(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    assert [submit(writer, lambda connection: nth).result(10) for nth in range(3)] == [0, 1, 2]  # noqa: B023
    writer.close()


def test_closing_awaits_nobody_who_may_still_come(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    a_group(writer, 3)
    left = submit(writer, lambda connection: "written")
    writer.close()
    assert left.result(0) == "written"


def test_a_job_that_fails_undoes_only_itself(province: Province) -> None:
    gate = threading.Event()
    province.store.submit(lambda connection: gate.wait(10))

    def half(connection: Connection) -> None:
        record(connection, answered(2, "p1"), province.store.now())
        raise ZeroDivisionError

    promises: list[Future[Any]] = [
        append(province.store, answered(1)),
        province.store.submit(half),
        append(province.store, answered(3, "p2")),
    ]
    gate.set()
    assert isinstance(promises[1].exception(), ZeroDivisionError)
    assert [promises[0].result().seq, promises[2].result().seq] == [1, 2]
    assert province.see(events) == 2
    assert province.store.verify() == ()


def test_a_write_that_was_called_off_is_not_made(province: Province) -> None:
    gate = threading.Event()
    province.store.submit(lambda connection: gate.wait(10))
    promise = append(province.store, answered(1))
    assert promise.cancel()
    gate.set()
    province.store.write(lambda connection: None)
    assert province.see(events) == 0


def test_writes_of_many_threads_are_all_there_once(province: Province) -> None:
    def client(first: int) -> None:
        for n in range(first, first + 25):
            append(province.store, answered(n, f"p{n % 6}")).result()

    clients = [threading.Thread(target=client, args=(first,)) for first in range(1, 201, 25)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert province.see(events) == 200
    assert province.store.verify() == ()


def test_when_too_much_waits_the_answer_is_busy(store: Store) -> None:
    writer = Writer(store._engines, store.now, waiting=2)
    gate = hold_writer(writer)
    waiting = [submit(writer, lambda connection: 1) for _ in range(2)]
    with pytest.raises(Busy):
        submit(writer, lambda connection: 1)
    gate.set()
    assert [promise.result() for promise in waiting] == [1, 1]
    writer.close()


def test_closing_writes_what_still_waits(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        set_up_province(store)
        promises = [append(store, answered(n)) for n in range(1, 11)]
    assert [promise.done() for promise in promises] == [True] * 10
    with pytest.raises(OperatorError):
        append(store, answered(11))
    with Store.open(url, clock=clock) as store, store.read() as connection:
        assert events(connection) == 10


def test_two_stores_on_one_database_take_turns(province: Province, url: str, clock: Clock) -> None:
    def client(store: Store, first: int) -> None:
        for n in range(first, first + 30):
            append(store, answered(n, f"p{n % 6}")).result()

    with Store.open(url, clock=clock) as other:
        clients = [
            threading.Thread(target=client, args=(store, first))
            for store, first in ((province.store, 1), (province.store, 31), (other, 61), (other, 91))
        ]
        for one in clients:
            one.start()
        for one in clients:
            one.join()
    assert province.see(events) == 120
    assert province.store.verify() == ()


# --- batches ----------------------------------------------------------------------------------


def two_at_most(connection: Connection, persons: Sequence[str], now: datetime) -> list[Appended | Exception]:
    """Records another attempt of each person, of which two are allowed; a stranger is unknown."""
    made = progress.attempts_of(connection, set(persons))
    numbers = count(connection.scalar(select(func.count()).select_from(schema.event)) + 1)  # type: ignore[operator]
    allowed = [person for person in persons if len(made[person]) < 2]
    places = iter(record_each(connection, [answered(next(numbers), person) for person in allowed], now))
    return [next(places) if person in allowed else NotAllowed("two are enough") for person in persons]


def at_once(store: Store, *persons: str) -> list[Future[Appended]]:
    """Puts all of them into one group of the writer."""
    gate = hold_writer(store)
    promises = [store.submit_to(two_at_most, person) for person in persons]
    gate.set()
    return promises


def test_what_waits_for_one_batch_is_written_together_and_each_is_answered(province: Province) -> None:
    calls: list[int] = []

    def counting(connection: Connection, items: Sequence[str], now: datetime) -> list[str | Exception]:
        calls.append(len(items))
        return [NotAllowed(item) if item == "no" else item * 2 for item in items]

    gate = hold_writer(province.store)
    promises = [province.store.submit_to(counting, item) for item in ("a", "no", "b")]
    gate.set()
    assert [promises[0].result(), promises[2].result()] == ["aa", "bb"]
    assert isinstance(promises[1].exception(), NotAllowed)
    assert calls == [3]


def test_what_a_job_returns_is_returned_also_where_it_is_a_fault(province: Province) -> None:
    """A lock that is counted, and says so, must not take back what it counted."""
    refusal = NotAllowed("locked")

    def counting(connection: Connection) -> NotAllowed:
        record(connection, answered(1), province.store.now())
        return refusal

    assert province.store.write(counting) is refusal
    assert province.see(progress.attempts, "p0")[0].event_id == number(1)


def test_an_item_that_the_database_refuses_takes_no_other_with_it(province: Province) -> None:
    first, stranger, last = at_once(province.store, "p0", "nobody", "p1")
    assert isinstance(stranger.exception(), Unknown)
    assert [first.result().seq, last.result().seq] == [1, 2]
    assert province.see(progress.attempts, "p0")[0].event_id == number(1)
    assert province.store.verify() == ()


def test_a_batch_is_written_in_the_order_of_what_waits_beside_it(province: Province) -> None:
    province.store.submit_to(two_at_most, "p0").result()
    gate = hold_writer(province.store)
    job = province.store.submit(lambda connection: record(connection, answered(2), province.store.now()))
    later = province.store.submit_to(two_at_most, "p0")
    gate.set()
    assert job.result().seq == 2
    assert isinstance(later.exception(), NotAllowed)


def test_a_batch_whose_reading_fails_is_told_to_its_own_alone(province: Province) -> None:
    def broken(connection: Connection, items: Sequence[str], now: datetime) -> list[str | Exception]:
        connection.execute(text("SELECT nothing FROM nowhere"))
        return []

    gate = hold_writer(province.store)
    promises = [province.store.submit_to(broken, "p0") for _ in range(2)]
    other = append(province.store, answered(1))
    gate.set()
    for promise in promises:
        with pytest.raises(DBAPIError):
            promise.result()
    assert other.result().is_new


# --- when the database fails ------------------------------------------------------------------


def test_a_full_disk_is_told_and_leaves_nothing_half_written(sqlite_url: str, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        province = set_up_province(store)
        store.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))

        row = {"at": clock(), "actor": "a", "action": "b", "subject": "c" * 500, "reason": "d"}

        def fill(connection: Connection) -> None:
            connection.execute(insert(schema.audit), [{**row, "id": str(n)} for n in range(2_000)])

        gate = threading.Event()
        store.submit(lambda connection: gate.wait(10))
        promises: list[Future[Any]] = [store.submit(fill), append(store, answered(1))]
        gate.set()
        for promise in promises:
            with pytest.raises(OperatorError, match="đĩa đầy"):
                promise.result()
        assert province.see(events) == 0
        assert append(store, answered(1)).result()[:2] == (1, True)
        assert store.verify() == ()


def test_a_server_that_went_away_since_the_last_write_is_found_again(
    postgresql_url: str, clock: Clock
) -> None:
    """Nothing was written on the connection that it ended, so nobody need be told."""
    with Store.open(postgresql_url, clock=clock) as store:
        set_up_province(store)
        own = store.write(lambda connection: connection.scalar(text("SELECT pg_backend_pid()")))
        with Store.open(postgresql_url, clock=clock) as other:
            other.write(
                lambda connection: connection.execute(text(f"SELECT pg_terminate_backend({own})")).all()
            )
        assert append(store, answered(1)).result()[:2] == (1, True)


def test_a_server_that_went_away_while_it_wrote_is_told_and_found_again(
    postgresql_url: str, clock: Clock
) -> None:
    with Store.open(postgresql_url, clock=clock) as store:
        set_up_province(store)
        suicide = text("SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(OperatorError):
            store.write(lambda connection: connection.execute(suicide).all())
        assert append(store, answered(1)).result()[:2] == (1, True)

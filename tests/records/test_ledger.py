"""The ledger: facts appended once each, chained, attributed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from clocks import Clock
from fixtures_province import (
    Province,
    answered,
    append,
    attended,
    freeze,
    number,
    set_up_province,
    typed,
    voided,
)
from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from taphuan.records import (
    Conflict,
    Event,
    Malformed,
    Repeated,
    Store,
    Unattributed,
    Unknown,
    event_by_id,
    record,
    record_all,
    schema,
)
from taphuan.records.events import ledger
from taphuan.records.people import Superseding
from taphuan.records.schema.columns import ONLY_GROW


def rows(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(schema.event)) or 0


# --- 1. only grows ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        update(schema.event).values(reason="khác"),
        update(schema.event).where(schema.event.c.seq == 1).values(payload="{}"),
        delete(schema.event),
        delete(schema.roster_member),
        update(schema.roster_member).values(unit="03389"),
        update(schema.roster).values(level="province"),
        delete(schema.audit),
        update(schema.audit).values(actor="ai đó"),
    ],
    ids=str,
)
def test_the_database_itself_forbids_changing_or_removing_what_only_grows(
    province: Province, change: object
) -> None:
    province.do(record, answered(1))
    with pytest.raises(DBAPIError, match="only grows"):
        province.store.write(lambda connection: connection.execute(change))  # type: ignore[call-overload]


@pytest.mark.parametrize("table", ONLY_GROW)
def test_a_row_that_stays_is_not_replaced_either(sqlite_url: str, clock: Clock, table: str) -> None:
    form = {"id": "f1", "course": "c", "version": "v", "seed": 1, "asked": "[]", "key": "{}"}
    replace_all = text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    with Store.open(sqlite_url, clock=clock) as store:
        province = set_up_province(store)
        province.do(record, answered(1))
        instead = Superseding(roster=province.roster.id, reason="thiếu hai người")
        freeze(province, as_of=province.roster.as_of, supersedes=instead)
        store.write(lambda within: within.execute(insert(schema.form), {**form, "kept_at": clock()}))
        with pytest.raises(DBAPIError, match="only grows"):
            store.write(lambda within: within.execute(replace_all))


def test_the_chain_verifies_from_the_first_row(province: Province) -> None:
    for event in (answered(1), answered(2, "p1"), attended(3, "p2")):
        province.do(record, event)
    assert province.store.verify() == ()


def tampered(province: Province, change: str) -> tuple[str, ...]:
    """What `verify` finds after somebody with the database in hand switched off its guards."""

    def write(connection: Connection) -> None:
        on_sqlite = connection.dialect.name == "sqlite"
        guards = ("event_no_update", "event_no_delete") if on_sqlite else ("event_only_grows",)
        for guard in guards:
            connection.execute(text(f"DROP TRIGGER {guard}" + ("" if on_sqlite else " ON event")))
        connection.execute(text(change))

    province.store.write(write)
    return tuple(f"{where}: {what}" for where, what, *_ in province.store.verify())


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE event SET payload = '{}' WHERE seq = 2", ("event 2: payload changed",)),
        ("UPDATE event SET payload = 'x' WHERE seq = 2", ("event 2: payload changed",)),
        ("UPDATE event SET person = 'p5' WHERE seq = 2", ("event 2: chain broken",)),
        ("UPDATE event SET evidence = 'B' WHERE seq = 2", ("event 2: chain broken",)),
        ("DELETE FROM event WHERE seq = 2", ("event 3: 1 missing before it", "event 3: chain broken")),
        ("DELETE FROM event WHERE seq = 1", ("event 2: 1 missing before it", "event 2: chain broken")),
    ],
)
def test_tampering_with_the_ledger_is_found(province: Province, change: str, found: tuple[str, ...]) -> None:
    for event in (answered(1), answered(2, "p1"), answered(3, "p2")):
        province.do(record, event)
    told = tampered(province, change)
    assert told[: len(found)] == found
    assert len(told) > len(found), "what follows from the ledger no longer does"


# --- 2. once each -----------------------------------------------------------------------------


def test_the_same_event_again_is_accepted_and_adds_no_row(province: Province) -> None:
    assert province.do(record, answered(1))[:2] == (1, True)
    assert province.do(record, answered(1))[:2] == (1, False)
    assert province.see(rows) == 1


def test_a_retry_may_come_with_another_client_time(province: Province, clock: Clock) -> None:
    province.do(record, answered(1, client_time=clock()))
    later = answered(1, client_time=clock() + timedelta(minutes=5))
    assert province.do(record, later)[:2] == (1, False)


@pytest.mark.parametrize(
    "other",
    [
        answered(1, right=2),
        answered(1, "p1"),
        answered(1, course="khoa-khac"),
        answered(1, evidence="C"),
        replace(answered(1), actor="trainer", reason="gửi hộ"),
        replace(typed(1)),
    ],
)
def test_the_same_id_for_something_else_is_a_conflict_and_changes_nothing(
    province: Province, other: Event
) -> None:
    province.do(record, answered(1))
    with pytest.raises(Conflict):
        province.do(record, other)
    assert province.see(rows) == 1
    found = province.see(event_by_id, number(1))
    assert found is not None
    assert found.event == answered(1)


def test_an_id_twice_in_one_batch_is_refused_and_nothing_is_written(province: Province) -> None:
    with pytest.raises(Repeated):
        province.do(record_all, [answered(1), answered(2), answered(1)])
    assert province.see(rows) == 0


def test_a_batch_is_all_or_nothing(province: Province) -> None:
    province.do(record, answered(1))
    with pytest.raises(Conflict):
        province.do(record_all, [answered(2), answered(1, right=0)])
    assert province.see(rows) == 1
    appended = province.do(record_all, [answered(1), answered(2)])
    assert [one[:2] for one in appended] == [(1, False), (2, True)]


def test_two_requests_with_the_same_event_become_one_row(province: Province) -> None:
    promises = [append(province.store, answered(1)) for _ in range(20)]
    outcomes = [promise.result() for promise in promises]
    assert {outcome.seq for outcome in outcomes} == {1}
    assert [outcome.is_new for outcome in outcomes].count(True) == 1


def test_one_bad_event_in_a_group_harms_no_other(province: Province) -> None:
    good, other, unknown = answered(1), answered(2, "p1"), answered(3, "nobody")
    bad, conflict = replace(answered(4), payload={}), replace(answered(1), person="p2")
    promises = [append(province.store, event) for event in (good, unknown, bad, conflict, other)]
    faults = [type(promise.exception()) for promise in promises]
    assert faults == [type(None), Unknown, Malformed, Conflict, type(None)]
    assert province.see(rows) == 2
    assert province.store.verify() == ()


# --- 8. time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "kept", "flagged"),
    [
        (timedelta(0), timedelta(0), False),
        (timedelta(hours=-47), timedelta(hours=-47), False),
        (timedelta(hours=-48), timedelta(hours=-48), False),
        (timedelta(hours=-49), timedelta(hours=-48), True),
        (timedelta(days=40_000), timedelta(hours=48), True),
        (timedelta(days=-40_000), timedelta(hours=-48), True),
    ],
)
def test_received_at_is_ours_and_the_clients_time_is_kept_clamped_and_flagged(
    province: Province, clock: Clock, off: timedelta, kept: timedelta, flagged: bool
) -> None:
    province.do(record, answered(1, client_time=clock() + off))
    found = province.see(event_by_id, number(1))
    assert found is not None
    assert (found.received_at, found.event.client_time) == (clock(), clock() + kept)
    assert found.client_flagged is flagged


def test_how_far_the_client_was_off_is_kept_too(province: Province, clock: Clock) -> None:
    province.do(record, answered(1, client_time=clock() - timedelta(days=30)))
    offset = province.see(lambda connection: connection.scalar(select(schema.event.c.client_offset)))
    assert offset == -30 * 86_400


# --- 9. attributed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "missing", [{"actor": None}, {"reason": None}, {"reason": "  "}, {"actor": "", "reason": ""}]
)
@pytest.mark.parametrize(
    "event", [typed(1), attended(1), voided(2, answered(1))], ids=lambda event: event.kind
)
def test_what_is_not_a_learners_names_an_actor_and_a_reason(
    event: Event, missing: dict[str, str | None]
) -> None:
    with pytest.raises(Unattributed):
        replace(event, **missing).check()  # type: ignore[arg-type]


def test_the_database_itself_asks_for_actor_and_reason(province: Province) -> None:
    province.do(record, typed(1))
    copied = text(
        "INSERT INTO event SELECT 2, 'x', kind, person, course, payload, payload_sha256, evidence, NULL,"
        " NULL, client_time, client_offset, client_flagged, received_at, prev_hash, hash FROM event"
    )
    with pytest.raises(DBAPIError, match="attributed"):
        province.store.write(lambda connection: connection.execute(copied))


# --- 12. and nothing that somebody wrote ------------------------------------------------------


@pytest.mark.parametrize(
    "response",
    [
        "Em nghĩ là vì chị ấy cần tiền",
        "Câu A",
        "a b",
        "a" * 300,
        "ý-kiến",
        "dung\n",
        "",
        7,
        None,
        ["long"],
    ],
    ids=repr,
)
def test_a_free_text_answer_is_refused(response: object) -> None:
    payload = {**answered(1).payload, "responses": {"cau-1": [response]}}
    with pytest.raises(Malformed):
        replace(answered(1), payload=payload).check()


def test_what_is_refused_leaves_no_trace(province: Province) -> None:
    payload = {**answered(1).payload, "responses": {"cau-1": ["Em nghĩ là vì chị ấy cần tiền"]}}
    for event in (replace(answered(1), payload=payload), replace(attended(2), reason=None)):
        with pytest.raises((Malformed, Unattributed)):
            province.do(record, event)
    assert province.see(rows) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Lò Thị An"},
        {"form": "Mã đề số một"},
        {"right": 9.5},
        {"right": True},
        {"right": -1},
        {"right": 11},
        {"passed": "yes"},
        {"responses": ["a"]},
        {"responses": {"Câu hỏi": ["a"]}},
        {"responses": {f"q{n}": ["a"] for n in range(201)}},
        {"rule": {"pass_share": "80%"}},
    ],
    ids=str,
)
def test_a_payload_of_another_shape_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        replace(answered(1), payload={**answered(1).payload, **change}).check()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "attempt.marked"},
        {"event_id": number(1).replace("-", "")},
        {"event_id": "ABCDEF00-0000-0000-0000-000000000001"},
        {"event_id": "1"},
        {"evidence": "B"},
        {"evidence": None},
        {"course": None},
        {"course": "Khóa một"},
    ],
    ids=str,
)
def test_an_event_of_another_shape_is_refused(change: dict[str, str | None]) -> None:
    with pytest.raises(Malformed):
        replace(answered(1), **change).check()  # type: ignore[arg-type]


def test_an_event_reads_back_as_it_was_written(province: Province) -> None:
    event = attended(1)
    province.do(record, event)
    found = province.see(event_by_id, number(1))
    assert found is not None
    assert found.event == event
    assert province.see(event_by_id, number(2)) is None


def test_a_thousand_events_verify(province: Province) -> None:
    events = [answered(n, f"p{n % 6}", right=n % 11) for n in range(1_000)]
    province.do(record_all, events)
    assert province.see(ledger.ledger_problems) == ()

"""Heads of the ledger: what was cut off the end of its chains is missed, and what was written afresh."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import OFFICE, Province, answered, set_up_province
from sqlalchemy import Connection, delete, text

from taphuan.records import Malformed, Store, backup, people, record, schema
from taphuan.records.events import ledger, row_digests
from taphuan.records.events.row_digests import Head, current_head, parse_head, still_holds
from taphuan.records.people import NewPerson
from taphuan.records.schema.columns import unguard_statements


def grown(province: Province, *events: int) -> Head:
    for event in events:
        province.do(record, answered(event, f"p{event % 6}"))
    return province.see(current_head)


def unguarded(connection: Connection, *tables: str) -> None:
    """Switches off the triggers of tables that only grow."""
    for table in tables:
        for statement in unguard_statements(connection.dialect.name, table):
            connection.execute(text(statement))


def test_a_ledger_without_a_row_has_a_head_too(store: Store) -> None:
    with store.read() as connection:
        empty = current_head(connection)
        assert str(empty).startswith("0+0:")
        assert still_holds(connection, empty)


def test_a_head_is_where_both_chains_end_and_changes_with_each_row(province: Province) -> None:
    before, first, second = grown(province), grown(province, 1), grown(province, 2)
    assert [one.events for one in (before, first, second)] == [0, 1, 2]
    assert before.digests == first.digests == second.digests
    province.do(
        people.add_persons, [NewPerson(full_name="Sùng Thị Mỷ", position=None, unit="03388")], by=OFFICE
    )
    third = province.see(current_head)
    assert third.events == second.events
    assert len({one.hash for one in (before, first, second, third)}) == 4
    assert parse_head(f" {str(third).upper()} ") == third


def test_an_earlier_head_stays_in_the_ledger(province: Province) -> None:
    noted = [grown(province), grown(province, 1), grown(province, 2, 3)]
    grown(province, 4)
    assert [province.see(still_holds, head) for head in noted] == [True] * 3
    assert not province.see(still_holds, noted[2]._replace(hash=noted[1].hash))


def test_a_head_that_earlier_software_noted_speaks_of_the_events(province: Province) -> None:
    grown(province, 1, 2)
    seq, hash = province.see(ledger.last_link)
    old = parse_head(f"{seq}:{hash.hex()[:16]}")
    grown(province, 3)
    assert province.see(still_holds, old)
    assert not province.see(still_holds, old._replace(events=1))
    assert not province.see(still_holds, old._replace(events=9))


def test_rows_cut_off_the_end_are_missed_though_the_rest_verifies(province: Province) -> None:
    earlier, later = grown(province, 1, 2), grown(province, 3)

    def cut(connection: Connection) -> None:
        unguarded(connection, "event")
        connection.execute(text("DELETE FROM event WHERE seq = 3"))

    province.store.write(cut)
    province.store.rebuild()
    assert province.store.verify() == ()
    assert province.see(still_holds, earlier)
    assert not province.see(still_holds, later)
    grown(province, 4)
    assert not province.see(still_holds, later), "another row in its place is another head"


def test_a_row_cut_off_with_its_digest_is_missed_though_the_rest_verifies(province: Province) -> None:
    earlier = province.see(current_head)
    province.do(
        people.add_persons,
        [NewPerson(id="p9", full_name="Sùng A Sử", position=None, unit="03388")],
        by=OFFICE,
    )
    later = province.see(current_head)

    def cut(connection: Connection) -> None:
        unguarded(connection, "row_digest", "audit")
        connection.execute(text("DELETE FROM person WHERE id = 'p9'"))
        connection.execute(text("DELETE FROM audit WHERE action = 'persons.added' AND subject = '1'"))
        connection.execute(delete(schema.row_digest).where(schema.row_digest.c.seq > earlier.digests))

    province.store.write(cut)
    assert province.store.verify() == ()
    assert province.see(still_holds, earlier)
    assert not province.see(still_holds, later)


def test_a_chain_written_afresh_is_another_one_though_it_verifies(province: Province) -> None:
    noted = grown(province, 1, 2)

    def rewritten(connection: Connection) -> None:
        unguarded(connection, "row_digest", "roster_member")
        connection.execute(text("DELETE FROM roster_member WHERE person = 'p5'"))
        connection.execute(delete(schema.row_digest))
        row_digests.vouch_again(connection)

    province.store.write(rewritten)
    province.store.rebuild()
    assert province.store.verify() == ()
    assert not province.see(still_holds, noted)


def test_a_backup_has_the_head_of_its_moment(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        province = set_up_province(store)
        head = grown(province, 1, 2)
        kept = backup(sqlite_url, tmp_path / "backup.db")
        grown(province, 3)
    assert kept.head == head
    assert {path.name for path in tmp_path.glob("backup*")} == {"backup.db"}


@pytest.mark.parametrize(
    "typed", ["", "7", "7:5f0c", "7:" + "g" * 16, "-1:" + "0" * 16, "7+:" + "0" * 16, "7+8", "đầu năm"]
)
def test_what_is_no_head_is_told(typed: str) -> None:
    with pytest.raises(Malformed):
        parse_head(typed)

"""Heads of the ledger: what was cut off its end is missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Clock
from sqlalchemy import Connection, text
from village import Village, answered, settle

from generator.records import Malformed, Store, backup, heads, record
from generator.records.heads import Head


def grown(village: Village, *events: int) -> Head:
    for event in events:
        village.do(record, answered(event, f"p{event % 6}"))
    return village.see(heads.head)


def test_a_head_is_the_last_row_and_changes_with_each(village: Village) -> None:
    assert str(village.see(heads.head)) == "0:" + "0" * 16
    first, second = grown(village, 1), grown(village, 2)
    assert (first.seq, second.seq) == (1, 2)
    assert first.hash != second.hash
    assert heads.written(f" {str(second).upper()} ") == second


def test_an_earlier_head_stays_in_the_ledger(village: Village) -> None:
    noted = [grown(village), grown(village, 1), grown(village, 2, 3)]
    grown(village, 4)
    assert [village.see(heads.is_kept, head) for head in noted] == [True] * 3
    assert not village.see(heads.is_kept, noted[2]._replace(hash=noted[1].hash))


def test_rows_cut_off_the_end_are_missed_though_the_rest_verifies(village: Village) -> None:
    earlier, later = grown(village, 1, 2), grown(village, 3)

    def cut(connection: Connection) -> None:
        on_sqlite = connection.dialect.name == "sqlite"
        guard = "event_no_delete" if on_sqlite else "event_only_grows ON event"
        connection.execute(text(f"DROP TRIGGER {guard}"))
        connection.execute(text("DELETE FROM event WHERE seq = 3"))

    village.store.write(cut)
    village.store.rebuild()
    assert village.store.verify() == ()
    assert village.see(heads.is_kept, earlier)
    assert not village.see(heads.is_kept, later)
    grown(village, 4)
    assert not village.see(heads.is_kept, later), "another row in its place is another head"


def test_a_backup_has_the_head_of_its_moment(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        village = settle(store)
        head = grown(village, 1, 2)
        kept = backup(sqlite_url, tmp_path / "backup.db")
        grown(village, 3)
    assert kept.head == head
    assert {path.name for path in tmp_path.glob("backup*")} == {"backup.db"}


@pytest.mark.parametrize("typed", ["", "7", "7:5f0c", "7:" + "g" * 16, "-1:" + "0" * 16, "đầu năm"])
def test_what_is_no_head_is_told(typed: str) -> None:
    with pytest.raises(Malformed):
        heads.written(typed)

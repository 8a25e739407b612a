"""A database that does not give back what was written: verify names where, whatever became of it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import answered, append, set_up_province
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from taphuan.cli.records_maintenance import explain_problems
from taphuan.errors import OperatorError
from taphuan.records import Store, backup, people, restore
from taphuan.records.ledger_verification import Verification, verify_ledger
from taphuan.records.store import read_ledger
from taphuan.records.store.database_errors import OutOfReach

PAGE = 4096
#: How a table says at its end that its types are kept, after another word and alone.
STRICT = ("',\n STRICT'", "'\n STRICT'")


@pytest.fixture(scope="module")
def ledger(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file of some 90 pages, of which some are in use no more."""
    path = Path(shutil.copy(pattern, tmp_path_factory.mktemp("sound") / "so.db"))
    with Store.open(f"sqlite:///{path}", clock=Clock()) as store:
        set_up_province(store)
        for n in range(1, 121):
            append(store, answered(n, f"p{n % 6}")).result()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE passing (words TEXT)")
        other.executemany("INSERT INTO passing VALUES (?)", [("x" * 1000,)] * 20)
        other.execute("DROP TABLE passing")
        other.commit()
    return path


def told(path: Path) -> list[str]:
    """What verify says is wrong, in words; that it cannot be opened is a word too."""
    try:
        return list(explain_problems(read_ledger(f"sqlite:///{path}", verify_ledger).problems))
    except OutOfReach as error:
        return [error.message]


def is_content(path: Path) -> bool:
    """Whether SQLite itself finds nothing wrong."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as other:
        return bool(other.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


@pytest.mark.slow
def test_each_page_that_was_lost_is_named_unless_it_was_in_use_no_more(ledger: Path, tmp_path: Path) -> None:
    whole, bad = ledger.read_bytes(), tmp_path / "so.db"
    sound: list[int] = []
    for start in range(0, len(whole), PAGE):
        bad.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
        words = told(bad)
        if words:
            assert any("hỏng" in one or "không khớp với bảng" in one for one in words)
        else:
            assert is_content(bad)
            sound.append(start)
    with closing(sqlite3.connect(ledger)) as other:
        (free,) = other.execute("PRAGMA freelist_count").fetchone()
    assert len(whole) // PAGE > 60
    assert 0 < len(sound) <= free


@pytest.mark.parametrize("size", [PAGE, 5 * PAGE, 40 * PAGE, 60 * PAGE + 7])
def test_a_file_that_was_cut_off_is_named(ledger: Path, tmp_path: Path, size: int) -> None:
    (tmp_path / "so.db").write_bytes(ledger.read_bytes()[:size])
    assert "hỏng" in told(tmp_path / "so.db")[0]


# --- values that are none -------------------------------------------------------------------------


def tampered(ledger: Path, folder: Path, statement: str) -> Path:
    """A copy in which somebody changed values, after taking away what keeps them from it."""
    path = Path(shutil.copy(ledger, folder / "tampered.db"))
    with closing(sqlite3.connect(path)) as other:
        for (name,) in other.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            other.execute(f"DROP TRIGGER {name}")
        other.commit()
        _rewrite(other, f"replace(replace(sql, {STRICT[0]}, '/*1*/'), {STRICT[1]}, '/*2*/')")
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute(statement)
        other.commit()
        _rewrite(other, f"replace(replace(sql, '/*1*/', {STRICT[0]}), '/*2*/', {STRICT[1]})")
    return path


def _rewrite(other: sqlite3.Connection, sql: str, where: str = "type = 'table'") -> None:
    other.execute("PRAGMA writable_schema = ON")
    other.execute(f"UPDATE sqlite_schema SET sql = {sql} WHERE {where}")
    other.commit()


TAMPERED = [
    (
        "UPDATE person SET full_name = CAST(x'4cf26dff' AS TEXT) WHERE id = 'p1'",
        "Bảng person, dòng p1: giá trị ở cột full_name có chỗ không phải là chữ UTF-8.",
    ),
    (
        "UPDATE event SET reason = CAST(x'ff' AS TEXT) WHERE seq = 3",
        "Bảng event, dòng 3: giá trị ở cột reason có chỗ không phải là chữ UTF-8.",
    ),
    (
        "UPDATE event SET received_at = 'hôm qua' WHERE seq = 4",
        "Bảng event, dòng 4: giá trị ở cột received_at không phải là một thời điểm.",
    ),
    (
        "UPDATE event SET received_at = '2026-02-31T01:00:00.000000+00:00' WHERE seq = 4",
        "Bảng event, dòng 4: giá trị ở cột received_at không phải là một thời điểm.",
    ),
    (
        "UPDATE roster SET as_of = '2026-02-30'",
        "Bảng roster, dòng r1: giá trị ở cột as_of không phải là một ngày.",
    ),
    ("UPDATE roster SET as_of = 'now'", "Bảng roster, dòng r1: giá trị ở cột as_of không phải là một ngày."),
    (
        "UPDATE event SET client_offset = 'mười' WHERE seq = 5",
        "Bảng event, dòng 5: giá trị ở cột client_offset không phải là số.",
    ),
    (
        "UPDATE event SET client_flagged = 7 WHERE seq = 5",
        "Bảng event, dòng 5: giá trị ở cột client_flagged không phải là 0 hoặc 1.",
    ),
    (
        "UPDATE event SET hash = 'chữ' WHERE seq = 120",
        "Bảng event, dòng 120: giá trị ở cột hash không phải là dãy byte.",
    ),
    (
        "UPDATE event SET payload = x'00ff' WHERE seq = 6",
        "Bảng event, dòng 6: giá trị ở cột payload không phải là chữ.",
    ),
    (
        "UPDATE event SET payload = payload || char(0) WHERE seq = 6",
        "Bảng event, dòng 6: giá trị ở cột payload có ký tự rỗng (byte 0) giữa chữ.",
    ),
    (
        "UPDATE attempt SET done_on = 'x' WHERE event_id = (SELECT event_id FROM event WHERE seq = 7)",
        "giá trị ở cột done_on không phải là một ngày.",
    ),
    (
        "UPDATE attempt SET asked = 'hai'",
        "giá trị ở cột asked không phải là số.",
    ),
    (
        "UPDATE person SET unit = 'nơi-khác' WHERE id = 'p2'",
        "Bảng person, dòng p2: cột unit trỏ tới một dòng không có trong bảng unit.",
    ),
    (
        "UPDATE event SET evidence = 'Z' WHERE seq = 9",
        "Bảng event, dòng 9: trái với quy tắc ck_event_evidence của bảng.",
    ),
    (
        "UPDATE event SET payload = '{' WHERE seq = 8",
        "Sổ (bảng event), dòng 8: nội dung đã bị sửa sau khi ghi.",
    ),
    (
        "UPDATE event SET payload = replace(hex(zeroblob(50000)), '0', '[') WHERE seq = 8",
        "Sổ (bảng event), dòng 8: nội dung đã bị sửa sau khi ghi.",
    ),
]


@pytest.mark.parametrize(("statement", "expected"), TAMPERED)
def test_a_value_that_is_none_is_named_by_its_row(
    ledger: Path, tmp_path: Path, statement: str, expected: str
) -> None:
    words = told(tampered(ledger, tmp_path, statement))
    assert [one for one in words if expected in one], words
    is_computed = statement.startswith("UPDATE attempt")
    assert ("taphuan records rebuild" if is_computed else "giữ nguyên sổ này") in words[-1].lower()
    assert not [one for one in words if re.search(r"Problem|None|Error", one)]


def test_whoever_reads_such_a_value_is_told_to_verify(ledger: Path, tmp_path: Path) -> None:
    path = tampered(ledger, tmp_path, "UPDATE roster SET as_of = '2026-02-30'")
    with pytest.raises(OperatorError, match="“2026-02-30” ở chỗ của một thời điểm hoặc một ngày") as raised:
        read_ledger(f"sqlite:///{path}", people.all_rosters)
    assert raised.value.exit_status == 3
    assert "taphuan records verify" in raised.value.fix


def test_taking_away_what_keeps_from_tampering_changes_no_value(ledger: Path, tmp_path: Path) -> None:
    assert told(tampered(ledger, tmp_path, "SELECT 1")) == []


# --- PostgreSQL -----------------------------------------------------------------------------------


def changed(url: str, statement: str) -> Verification:
    """What verify says after somebody changed the server's tables as its superuser."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement))
    return read_ledger(url, verify_ledger)


def test_of_a_server_every_table_and_reference_is_read(postgresql_url: str, clock: Clock) -> None:
    with Store.open(postgresql_url, clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()
    verification = read_ledger(postgresql_url, verify_ledger)
    assert verification.problems == ()
    assert verification.checks == ("tables", "indexes", "values", "references")
    words = list(
        explain_problems(changed(postgresql_url, "UPDATE person SET unit = 'x' WHERE id = 'p2'").problems)
    )
    assert words[0] == "Bảng person, dòng p2: cột unit trỏ tới một dòng không có trong bảng unit."
    words = list(
        explain_problems(changed(postgresql_url, "UPDATE roster SET frozen_at = 'infinity'").problems)
    )
    assert "Bảng roster, dòng r1: giá trị ở cột frozen_at không phải là một thời điểm." in words


def test_an_index_that_the_server_knows_to_be_broken_is_named(postgresql_url: str) -> None:
    with Store.open(postgresql_url) as store:
        set_up_province(store)
    valid = "UPDATE pg_index SET indisvalid = {} WHERE indexrelid = 'ix_person_unit'::regclass"
    try:
        verification = changed(postgresql_url, valid.format("false"))
    finally:
        assert changed(postgresql_url, valid.format("true")).problems == ()
    assert verification.is_damaged
    assert (
        "Bảng person: chỉ mục ix_person_unit (bảng tra để tìm nhanh) không khớp với bảng."
        in explain_problems(verification.problems)
    )


# --- copies ---------------------------------------------------------------------------------------


def without_root(ledger: Path, folder: Path, table: str) -> Path:
    """A copy that has lost the first page of a table or an index."""
    with closing(sqlite3.connect(ledger)) as other:
        (page,) = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    whole, path = ledger.read_bytes(), folder / "lost.db"
    path.write_bytes(whole[: (page - 1) * PAGE] + bytes(PAGE) + whole[page * PAGE :])
    return path


def refused(job: Callable[[], object]) -> None:
    with pytest.raises(OutOfReach, match="bị hỏng"):
        job()


@pytest.mark.parametrize("table", ["event", "audit", "ix_person_unit"])
def test_a_damaged_file_is_neither_backed_up_nor_restored_and_that_is_said(
    ledger: Path, tmp_path: Path, table: str
) -> None:
    lost = without_root(ledger, tmp_path, table)
    refused(lambda: backup(f"sqlite:///{lost}", tmp_path / "copy.db"))
    refused(lambda: restore(lost, f"sqlite:///{tmp_path}/copy.db"))
    assert [one.name for one in tmp_path.iterdir()] == ["lost.db"]


def test_an_index_that_lacks_rows_is_found_in_a_copy_too(ledger: Path, tmp_path: Path) -> None:
    path, index = Path(shutil.copy(ledger, tmp_path / "so.db")), "name = 'ix_person_unit'"
    with closing(sqlite3.connect(path)) as other:
        _rewrite(other, "sql || ' WHERE unit > ''z'''", index)
    with closing(sqlite3.connect(path)) as other:
        other.execute("REINDEX ix_person_unit")
        _rewrite(other, "replace(sql, ' WHERE unit > ''z''', '')", index)
    assert "Bảng person: chỉ mục ix_person_unit (bảng tra để tìm nhanh) không khớp với bảng." in told(path)
    refused(lambda: backup(f"sqlite:///{path}", tmp_path / "copy.db"))

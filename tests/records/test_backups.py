"""Backup and restore: whole, verified after they are written, and of nothing but a ledger of ours."""

from __future__ import annotations

import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import answered, append, computed, events, set_up_province
from later_release import LATER, install_later_release
from sqlalchemy import Connection, select, text
from wrong_databases import contents, make_database

from taphuan.errors import OperatorError
from taphuan.records import Store, backup, restore, schema
from taphuan.records.access import sessions
from taphuan.records.ledger_verification import verify_ledger
from taphuan.records.store import read_ledger

# --- backup ------------------------------------------------------------------------------------


def test_a_backup_taken_while_others_write_is_whole(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        set_up_province(store)
        for n in range(1, 51):
            append(store, answered(n)).result()
        stop = threading.Event()

        def client() -> None:
            n = 51
            while not stop.is_set():
                append(store, answered(n, f"p{n % 6}")).result()
                n += 1

        writing = threading.Thread(target=client)
        writing.start()
        backup(sqlite_url, tmp_path / "backup.db")
        stop.set()
        writing.join()
    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600
    restore(tmp_path / "backup.db", f"sqlite:///{tmp_path}/again.db", clock=clock)
    with Store.open(f"sqlite:///{tmp_path}/again.db", clock=clock) as store:
        assert store.verify() == ()
        with store.read() as connection:
            assert events(connection) >= 50


def test_a_restored_database_has_the_same_records_another_id_and_nobody_signed_in(
    sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        province = set_up_province(store)
        append(store, answered(1)).result()
        start = sessions.start_session
        token = store.write(lambda within: start(within, person="p0", now=clock(), random=lambda n: bytes(n)))
        before, first = province.see(computed), store.identity
        backup(sqlite_url, tmp_path / "backup.db")
    restored = restore(tmp_path / "backup.db", f"sqlite:///{tmp_path}/again.db", clock=clock).identity
    with Store.open(f"sqlite:///{tmp_path}/again.db", clock=clock) as store:
        assert store.identity == restored != first
        with store.read() as connection:
            assert computed(connection) == before
            assert sessions.session_of(connection, token, now=clock()) is None
            ids = (
                connection.execute(select(schema.identity.c.id).order_by(schema.identity.c.number))
                .scalars()
                .all()
            )
            assert ids == [first, restored]


def test_a_backup_overwrites_nothing_and_a_restore_neither(sqlite_url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("kept", encoding="utf-8")
    with Store.open(sqlite_url):
        backup(sqlite_url, tmp_path / "backup.db")
        with pytest.raises(OperatorError, match="đã có tệp"):
            backup(sqlite_url, kept)
        with pytest.raises(OperatorError, match="không ghi được"):
            backup(sqlite_url, tmp_path / "nowhere" / "backup.db")
    with pytest.raises(OperatorError, match="đã có tệp"):
        restore(tmp_path / "backup.db", f"sqlite:///{kept}")
    assert kept.read_text(encoding="utf-8") == "kept"


def test_a_backup_that_is_none_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi Sở Y tế, " * 100, encoding="utf-8")
    for one, told in ((letter, "không phải là sổ theo dõi"), (tmp_path / "none.db", "không có sổ theo dõi")):
        with pytest.raises(OperatorError, match=told):
            restore(one, f"sqlite:///{tmp_path}/again.db")
        assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_postgresql_is_backed_up_by_its_own_tools(postgresql_url: str, tmp_path: Path) -> None:
    with pytest.raises(OperatorError) as raised:
        backup(postgresql_url, tmp_path / "backup.db")
    assert "pg_dump" in raised.value.fix
    with pytest.raises(OperatorError) as raised:
        restore(tmp_path / "backup.db", postgresql_url)
    assert "pg_restore" in raised.value.fix


def forged(connection: Connection) -> None:
    """Changes a row of the ledger, as whoever can switch off the triggers can."""
    connection.execute(text("DROP TRIGGER event_no_update"))
    connection.execute(text("UPDATE event SET reason = 'khác', actor = 'khác' WHERE seq = 1"))


@pytest.fixture
def broken(sqlite_url: str, clock: Clock) -> str:
    """Of a ledger whose first row was changed."""
    with Store.open(sqlite_url, clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()
        store.write(forged)
    return sqlite_url


def test_a_backup_says_what_was_read_again_in_the_copy(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()
    kept = backup(sqlite_url, tmp_path / "backup.db")
    assert (kept.events, kept.persons, kept.problems) == (1, 6, ())
    assert read_ledger(f"sqlite:///{tmp_path}/backup.db", verify_ledger) == kept


def test_a_backup_that_is_not_sound_does_not_stay(broken: str, tmp_path: Path) -> None:
    before = contents(tmp_path)
    kept = backup(broken, tmp_path / "backup.db")
    assert [problem.where for problem in kept.problems] == ["event 1"]
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["absent", "empty", "letter", "folder", "foreign", "newer"])
def test_nothing_but_a_ledger_of_ours_is_backed_up_or_restored(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "so.db"
    make_database(path, kind)
    before = contents(tmp_path)
    with pytest.raises(OperatorError, match=r"so\.db"):
        backup(f"sqlite:///{path}", tmp_path / "backup.db")
    with pytest.raises(OperatorError, match=r"so\.db"):
        restore(path, f"sqlite:///{tmp_path}/again.db")
    assert contents(tmp_path) == before


@pytest.fixture
def older(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Path:
    """A ledger with one event, which is older than the software that the test runs with."""
    path = tmp_path / "before.db"
    with Store.open(f"sqlite:///{path}", clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()
    install_later_release(monkeypatch, tmp_path_factory.mktemp("later") / "migrations")
    return path


def test_a_ledger_of_before_is_backed_up_as_it_is(older: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    kept = backup(f"sqlite:///{older}", tmp_path / "backup.db")
    assert (kept.events, kept.problems) == (1, ())
    assert contents(tmp_path) == before | {"backup.db": (tmp_path / "backup.db").read_bytes()}
    with closing(sqlite3.connect(tmp_path / "backup.db")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001_records",)]


# --- restore -----------------------------------------------------------------------------------


def test_a_backup_of_before_is_brought_up_when_it_is_restored(
    older: Path, tmp_path: Path, clock: Clock
) -> None:
    restored = restore(older, f"sqlite:///{tmp_path}/again.db", clock=clock)
    assert (restored.before, restored.verification.events, restored.verification.problems) == ("older", 1, ())
    assert read_ledger(f"sqlite:///{tmp_path}/again.db", events) == 1
    with closing(sqlite3.connect(tmp_path / "again.db")) as again:
        assert again.execute("SELECT version_num FROM alembic_version").fetchall() == [(LATER,)]


def test_a_backup_that_is_not_sound_is_restored_and_says_so(broken: str, tmp_path: Path) -> None:
    restored = restore(Path(broken.removeprefix("sqlite:///")), f"sqlite:///{tmp_path}/again.db")
    assert [problem.where for problem in restored.verification.problems] == ["event 1"]
    assert read_ledger(f"sqlite:///{tmp_path}/again.db", events) == 1


@pytest.mark.parametrize("name", ["again.db", "again.db-wal", "again.db-journal"])
def test_nothing_is_restored_where_a_file_is_or_its_log(name: str, sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "backup.db")
    (tmp_path / name).touch()
    before = contents(tmp_path)
    with pytest.raises(OperatorError, match="đã có tệp"):
        restore(tmp_path / "backup.db", f"sqlite:///{tmp_path}/again.db")
    assert contents(tmp_path) == before


def test_what_cannot_be_brought_up_leaves_nothing_behind(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError("no space")

    backup(sqlite_url, tmp_path / "backup.db")
    before = contents(tmp_path)
    monkeypatch.setattr(Store, "write", failing)
    with pytest.raises(OSError, match="no space"):
        restore(tmp_path / "backup.db", f"sqlite:///{tmp_path}/again.db")
    assert contents(tmp_path) == before

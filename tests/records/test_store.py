"""The store: one writer, many readers, nothing said before it is on disk."""

from __future__ import annotations

import sqlite3
import stat
import threading
from concurrent import futures
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from conftest import Clock
from sqlalchemy import Connection, Engine, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from village import Village, answered, computed, number, settle

from generator.errors import OperatorError
from generator.records import Appended, Busy, Store, access, record, recorded, restore, schema
from generator.records.store import engines as opened_by
from generator.records.store.writing import Writer


def events(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(schema.event)) or 0


# --- writing ----------------------------------------------------------------------------------


def test_a_promise_is_kept_only_when_readers_can_see_the_write(village: Village) -> None:
    seen: list[bool] = []

    def look(_: Future[Appended]) -> None:
        seen.append(village.see(recorded, number(1)) is not None)

    promise = village.store.append(answered(1))
    promise.add_done_callback(look)
    promise.result()
    village.store.write(lambda connection: None)
    assert seen == [True]


def test_all_that_waits_goes_into_one_transaction(village: Village) -> None:
    commits: list[int] = []
    event.listen(village.store._engines.writer, "commit", lambda connection: commits.append(1))
    gate = held(village.store._writer)
    promises = [village.store.append(answered(n, f"p{n % 6}")) for n in range(1, 101)]
    gate.set()
    assert [promise.result().seq for promise in promises] == list(range(1, 101))
    assert len(commits) == 2


def held(writer: Writer) -> threading.Event:
    """Lets the writer begin a job that lasts until the event is set."""
    gate, entered = threading.Event(), threading.Event()

    def hold(connection: Connection) -> bool:
        entered.set()
        return gate.wait(10)

    writer.submit(hold)
    entered.wait(10)
    return gate


def a_group(writer: Writer, size: int) -> None:
    """Has so many written in one transaction."""
    gate = held(writer)
    promises = [writer.submit(lambda connection: None) for _ in range(size)]
    gate.set()
    for promise in promises:
        promise.result(10)


def test_a_class_that_goes_in_step_is_awaited_and_written_together(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    a_group(writer, 3)
    commits: list[int] = []
    event.listen(store._engines.writer, "commit", lambda connection: commits.append(1))
    first, second = [writer.submit(lambda connection: None) for _ in range(2)]
    assert futures.wait([first, second], timeout=0.2).done == set()
    third = writer.submit(lambda connection: None)
    assert len(futures.wait([first, second, third], timeout=10).done) == 3
    assert len(commits) == 1
    writer.close()


def test_who_does_not_come_is_not_awaited_for_long(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=0.05)
    a_group(writer, 3)
    assert writer.submit(lambda connection: "alone").result(10) == "alone"
    writer.close()


def test_whoever_writes_alone_waits_for_nobody(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    assert [writer.submit(lambda connection: nth).result(10) for nth in range(3)] == [0, 1, 2]  # noqa: B023
    writer.close()


def test_closing_awaits_nobody_who_may_still_come(store: Store) -> None:
    writer = Writer(store._engines, store.now, linger=60)
    a_group(writer, 3)
    left = writer.submit(lambda connection: "written")
    writer.close()
    assert left.result(0) == "written"


def test_a_job_that_fails_undoes_only_itself(village: Village) -> None:
    gate = threading.Event()
    village.store.submit(lambda connection: gate.wait(10))

    def half(connection: Connection) -> None:
        record(connection, answered(2, "p1"), village.store.now())
        raise ZeroDivisionError

    promises: list[Future[Any]] = [
        village.store.append(answered(1)),
        village.store.submit(half),
        village.store.append(answered(3, "p2")),
    ]
    gate.set()
    assert isinstance(promises[1].exception(), ZeroDivisionError)
    assert [promises[0].result().seq, promises[2].result().seq] == [1, 2]
    assert village.see(events) == 2
    assert village.store.verify() == ()


def test_a_write_that_was_called_off_is_not_made(village: Village) -> None:
    gate = threading.Event()
    village.store.submit(lambda connection: gate.wait(10))
    promise = village.store.append(answered(1))
    assert promise.cancel()
    gate.set()
    village.store.write(lambda connection: None)
    assert village.see(events) == 0


def test_writes_of_many_threads_are_all_there_once(village: Village) -> None:
    def client(first: int) -> None:
        for n in range(first, first + 25):
            village.store.append(answered(n, f"p{n % 6}")).result()

    clients = [threading.Thread(target=client, args=(first,)) for first in range(1, 201, 25)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert village.see(events) == 200
    assert village.store.verify() == ()


def test_when_too_much_waits_the_answer_is_busy(store: Store) -> None:
    writer = Writer(store._engines, store.now, waiting=2)
    gate = held(writer)
    waiting = [writer.submit(lambda connection: 1) for _ in range(2)]
    with pytest.raises(Busy):
        writer.submit(lambda connection: 1)
    gate.set()
    assert [promise.result() for promise in waiting] == [1, 1]
    writer.close()


def test_closing_writes_what_still_waits(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        settle(store)
        promises = [store.append(answered(n)) for n in range(1, 11)]
    assert [promise.done() for promise in promises] == [True] * 10
    with pytest.raises(OperatorError):
        store.append(answered(11))
    with Store.open(url, clock=clock) as store, store.read() as connection:
        assert events(connection) == 10


def test_two_stores_on_one_database_take_turns(village: Village, url: str, clock: Clock) -> None:
    def client(store: Store, first: int) -> None:
        for n in range(first, first + 30):
            store.append(answered(n, f"p{n % 6}")).result()

    with Store.open(url, clock=clock) as other:
        clients = [
            threading.Thread(target=client, args=(store, first))
            for store, first in ((village.store, 1), (village.store, 31), (other, 61), (other, 91))
        ]
        for one in clients:
            one.start()
        for one in clients:
            one.join()
    assert village.see(events) == 120
    assert village.store.verify() == ()


# --- when the database fails ------------------------------------------------------------------


def test_a_full_disk_is_told_and_leaves_nothing_half_written(sqlite_url: str, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        village = settle(store)
        store.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1"))

        row = {"at": clock(), "actor": "a", "action": "b", "subject": "c" * 500, "reason": "d"}

        def fill(connection: Connection) -> None:
            connection.execute(insert(schema.audit), [{**row, "id": str(n)} for n in range(2_000)])

        gate = threading.Event()
        store.submit(lambda connection: gate.wait(10))
        promises: list[Future[Any]] = [store.submit(fill), store.append(answered(1))]
        gate.set()
        for promise in promises:
            with pytest.raises(OperatorError, match="full"):
                promise.result()
        assert village.see(events) == 0
        assert store.append(answered(1)).result()[:2] == (1, True)
        assert store.verify() == ()


def test_a_server_that_went_away_is_told_and_found_again(postgresql_url: str, clock: Clock) -> None:
    with Store.open(postgresql_url, clock=clock) as store:
        settle(store)
        own = store.write(lambda connection: connection.scalar(text("SELECT pg_backend_pid()")))
        with Store.open(postgresql_url, clock=clock) as other:
            other.write(
                lambda connection: connection.execute(text(f"SELECT pg_terminate_backend({own})")).all()
            )
        with pytest.raises(OperatorError):
            store.append(answered(1)).result()
        assert store.append(answered(1)).result()[:2] == (1, True)


# --- reading ----------------------------------------------------------------------------------


def test_a_reader_cannot_write(village: Village) -> None:
    row = {"number": 9, "id": "x", "since": village.store.now()}
    with pytest.raises(DBAPIError, match=r"read-?only"), village.store.read() as connection:
        connection.execute(insert(schema.identity), row)


def test_a_reader_sees_one_moment(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        settle(store)
        with store.read() as connection:
            assert events(connection) == 0
            store.append(answered(1)).result()
            assert events(connection) == 0


def test_when_all_readers_read_the_answer_is_busy(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_by, "READERS", 1)
    monkeypatch.setattr(opened_by, "PATIENCE", 0.01)
    with Store.open(sqlite_url) as store:
        with store.read(), pytest.raises(Busy), store.read():
            pass
        with store.read() as connection:
            assert events(connection) == 0


# --- SQLite's settings ------------------------------------------------------------------------


def test_sqlite_is_set_up_to_lose_nothing(sqlite_url: str) -> None:
    with Store.open(sqlite_url) as store:

        def settings(connection: Connection) -> list[object]:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

        assert store.write(settings) == ["wal", 2, 1, 30_000]
        loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict"
        with store.read() as connection:
            found = set(connection.execute(text(loose)).scalars())
        assert found <= {"alembic_version", "sqlite_schema", "sqlite_stat1"}


def test_only_its_user_can_read_the_file_and_what_lies_beside_it(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/new.db") as store:
        settle(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["new.db", "new.db-wal", "new.db-shm", "new.db.turn"], 0o600)


def test_after_closing_all_is_in_one_file(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/new.db") as store:
        settle(store)
    assert {path.name for path in tmp_path.iterdir()} == {"new.db", "new.db.turn"}


@pytest.mark.parametrize(
    ("version", "is_told"),
    [((3, 6, 23), False), ((3, 7, 0), True), ((3, 46, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)],
)
def test_versions_that_can_corrupt_the_log_are_told_to_the_operator(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], is_told: bool
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    with Store.open(sqlite_url) as store:
        assert bool(store.notices) is is_told


def test_postgresql_needs_no_such_notice(postgresql_url: str) -> None:
    with Store.open(postgresql_url) as store:
        assert store.notices == ()


# --- opening ----------------------------------------------------------------------------------


def refused(url: str) -> str:
    with pytest.raises(OperatorError) as raised:
        Store.open(url)
    assert raised.value.fix
    return raised.value.message


@pytest.mark.parametrize("url", ["", "records.db", "mysql://a/b", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    assert refused(url)


def test_a_folder_that_is_not_there_and_a_file_of_another_kind_are_told(tmp_path: Path) -> None:
    assert "không có thư mục" in refused(f"sqlite:///{tmp_path}/a/b.db")
    other = tmp_path / "letter.txt"
    other.write_text("Kính gửi Sở Y tế, " * 100, encoding="utf-8")
    assert "letter.txt" in refused(f"sqlite:///{other}")
    assert other.read_text(encoding="utf-8").startswith("Kính gửi")


def test_nothing_stays_open_of_what_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*given: Any, **named: Any) -> sqlite3.Connection:
        made.append(connect(*given, **named))
        return made[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    other = tmp_path / "letter.txt"
    other.write_text("Kính gửi Sở Y tế, " * 100, encoding="utf-8")
    refused(f"sqlite:///{other}")
    newer = text("UPDATE alembic_version SET version_num = '9999_later'")
    with Store.open(f"sqlite:///{tmp_path}/new.db") as store:
        store.write(lambda connection: connection.execute(newer))
    refused(f"sqlite:///{tmp_path}/new.db")
    with pytest.raises(OperatorError):
        restore(other, f"sqlite:///{tmp_path}/again.db")
    assert len(made) >= 4
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_server_that_is_not_there_is_told_without_its_password(tmp_path: Path) -> None:
    told = refused(f"postgresql://me:secret@/records?host={tmp_path}")
    assert "secret" not in told
    assert "***" in told


def test_a_database_of_newer_software_is_left_alone(village: Village, url: str) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999_later'")
    village.store.write(lambda connection: connection.execute(newer))
    assert "mới hơn" in refused(url)


def test_a_database_keeps_its_id(url: str) -> None:
    with Store.open(url) as store:
        first = store.identity
    with Store.open(url) as store:
        assert store.identity == first


# --- backup and restore -----------------------------------------------------------------------


def test_a_backup_taken_while_others_write_is_whole(sqlite_url: str, tmp_path: Path, clock: Clock) -> None:
    with Store.open(sqlite_url, clock=clock) as store:
        settle(store)
        for n in range(1, 51):
            store.append(answered(n)).result()
        stop = threading.Event()

        def client() -> None:
            n = 51
            while not stop.is_set():
                store.append(answered(n, f"p{n % 6}")).result()
                n += 1

        writing = threading.Thread(target=client)
        writing.start()
        store.backup(tmp_path / "backup.db")
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
        village = settle(store)
        store.append(answered(1)).result()
        start = access.sessions.start
        token = store.write(lambda within: start(within, person="p0", now=clock(), random=lambda n: bytes(n)))
        before, first = village.see(computed), store.identity
        store.backup(tmp_path / "backup.db")
    restored = restore(tmp_path / "backup.db", f"sqlite:///{tmp_path}/again.db", clock=clock)
    with Store.open(f"sqlite:///{tmp_path}/again.db", clock=clock) as store:
        assert store.identity == restored != first
        with store.read() as connection:
            assert computed(connection) == before
            assert access.session(connection, token, now=clock()) is None
            ids = (
                connection.execute(select(schema.identity.c.id).order_by(schema.identity.c.number))
                .scalars()
                .all()
            )
            assert ids == [first, restored]


def test_a_backup_overwrites_nothing_and_a_restore_neither(sqlite_url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("kept", encoding="utf-8")
    with Store.open(sqlite_url) as store:
        store.backup(tmp_path / "backup.db")
        with pytest.raises(OperatorError, match="đã có tệp"):
            store.backup(kept)
        with pytest.raises(OperatorError, match="không ghi được"):
            store.backup(tmp_path / "nowhere" / "backup.db")
    with pytest.raises(OperatorError, match="đã có tệp"):
        restore(tmp_path / "backup.db", f"sqlite:///{kept}")
    assert kept.read_text(encoding="utf-8") == "kept"


def test_a_backup_that_is_none_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Kính gửi Sở Y tế, " * 100, encoding="utf-8")
    for backup in (letter, tmp_path / "nothing.db"):
        with pytest.raises(OperatorError, match="không chép được"):
            restore(backup, f"sqlite:///{tmp_path}/again.db")
        assert not (tmp_path / "again.db").exists()


def test_postgresql_is_backed_up_by_its_own_tools(postgresql_url: str, tmp_path: Path) -> None:
    with Store.open(postgresql_url) as store, pytest.raises(OperatorError) as raised:
        store.backup(tmp_path / "backup.db")
    assert "pg_dump" in raised.value.fix
    with pytest.raises(OperatorError) as raised:
        restore(tmp_path / "backup.db", postgresql_url)
    assert "pg_restore" in raised.value.fix


# --- the tables -------------------------------------------------------------------------------


def shape(connection: sqlite3.Connection) -> list[list[str]]:
    """Every statement that made the tables, its parts in alphabetical order."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE name <> 'alembic_version'")
    made = [" ".join(sql.replace('"', "").replace(")", " , )").split()) for (sql,) in rows if sql]
    return sorted(sorted(part.strip() for part in one.split(",")) for one in made)


def test_migrating_makes_the_tables_that_the_schema_says(
    postgres: Engine, pattern: Path, tmp_path: Path
) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from generator.records.schema.triggers import statements

    address = postgres.url.set(database="pattern")
    for engine in (create_engine(address), create_engine(f"sqlite:///{pattern}")):
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, schema.METADATA) == []
        engine.dispose()
    made = create_engine(f"sqlite:///{tmp_path}/made.db")
    with made.begin() as connection:
        schema.METADATA.create_all(connection)
        for statement in statements("sqlite"):
            connection.exec_driver_sql(statement)
    made.dispose()
    one, other = sqlite3.connect(pattern), sqlite3.connect(tmp_path / "made.db")
    assert shape(one) == shape(other)
    one.close()
    other.close()


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from generator.records.store.migrating import SCRIPTS

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    settings.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(settings)
    assert scripts.get_heads() == [schema.REVISION]
    assert [script.revision for script in scripts.walk_revisions()][-1] == "0001_records"

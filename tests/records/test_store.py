"""The store: opened, read by many, copied and restored. Its one writer has a file of its own."""

from __future__ import annotations

import re
import sqlite3
import stat
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from clocks import Clock
from fixtures_province import OFFICE, Province, answered, append, events, set_up_province
from programmes import REPOSITORY
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from taphuan.errors import OperatorError
from taphuan.records import Busy, Store, people, restore, schema
from taphuan.records.people import NewPerson
from taphuan.records.schema.columns import trigger_statements
from taphuan.records.store import engines as opened_by
from taphuan.records.store.database_errors import is_out_of_reach
from taphuan.records.store.store import SCRIPTS

# --- reading ----------------------------------------------------------------------------------


def test_a_reader_cannot_write(province: Province) -> None:
    row = {"number": 9, "id": "x", "since": province.store.now()}
    with pytest.raises(DBAPIError, match=r"read-?only"), province.store.read() as connection:
        connection.execute(insert(schema.identity), row)


def test_a_reader_sees_one_moment(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        set_up_province(store)
        with store.read() as connection:
            assert events(connection) == 0
            append(store, answered(1)).result()
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
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
            return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

        assert store.write(settings) == ["wal", 2, 1, 30_000, 1]
        loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict"
        with store.read() as connection:
            found = set(connection.execute(text(loose)).scalars())
        assert found <= {"alembic_version", "sqlite_schema", "sqlite_stat1"}


def test_only_its_user_can_read_the_file_and_what_lies_beside_it(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/new.db") as store:
        set_up_province(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["new.db", "new.db-wal", "new.db-shm", "new.db.turn"], 0o600)


def test_after_closing_all_is_in_one_file(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path}/new.db") as store:
        set_up_province(store)
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
        assert bool(store.caution) is is_told


WAITS = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
    "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
)


def test_what_a_server_does_unless_told_otherwise_changes_nothing(postgres: Engine, clock: Clock) -> None:
    with postgres.connect() as connection:
        connection.execute(text("CREATE DATABASE habits TEMPLATE pattern"))
        for habit in ("default_transaction_isolation = 'repeatable read'", "datestyle = 'German, DMY'"):
            connection.execute(text(f"ALTER DATABASE habits SET {habit}"))
    url = postgres.url.set(database="habits").render_as_string(hide_password=False)
    with Store.open(url, clock=clock) as one, Store.open(url, clock=clock) as other:
        set_up_province(one)

        def late(connection: Connection) -> None:
            someone = NewPerson(full_name="Lò Văn Muộn", position=None, unit="03388")
            people.add_persons(connection, [someone], by=OFFICE, now=clock())

        def first(connection: Connection) -> Future[None]:
            waiting = other.submit(late)
            while not connection.scalar(WAITS):
                pass
            late(connection)
            return waiting

        one.write(first).result()
        assert one.verify() == ()


def test_postgresql_needs_no_such_notice(postgresql_url: str) -> None:
    with Store.open(postgresql_url) as store:
        assert store.caution == ""


# --- opening ----------------------------------------------------------------------------------


def refused(url: str) -> str:
    with pytest.raises(OperatorError) as raised:
        Store.open(url)
    assert raised.value.fix
    return raised.value.message


@pytest.mark.parametrize(
    "url",
    ["", "records.db", "mysql://a/b", "sqlite://", "sqlite:///:memory:", "sqlite:///~/x.db", "sqlite:////"],
)
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


def test_a_database_of_newer_software_is_left_alone(province: Province, url: str) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999_later'")
    province.store.write(lambda connection: connection.execute(newer))
    assert "mới hơn" in refused(url)


def test_a_database_keeps_its_id(url: str) -> None:
    with Store.open(url) as store:
        first = store.identity
    with Store.open(url) as store:
        assert store.identity == first


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

    address = postgres.url.set(database="pattern")
    for engine in (create_engine(address), create_engine(f"sqlite:///{pattern}")):
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, schema.METADATA) == []
        engine.dispose()
    made = create_engine(f"sqlite:///{tmp_path}/made.db")
    with made.begin() as connection:
        schema.METADATA.create_all(connection)
        for statement in trigger_statements("sqlite"):
            connection.exec_driver_sql(statement)
    made.dispose()
    one, other = sqlite3.connect(pattern), sqlite3.connect(tmp_path / "made.db")
    assert shape(one) == shape(other)
    one.close()
    other.close()


def test_the_newest_migration_is_the_one_that_the_schema_names() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS))
    settings.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(settings)
    assert scripts.get_heads() == [schema.REVISION]
    assert [script.revision for script in scripts.walk_revisions()][-1] == "0001_records"


def test_the_first_migration_is_written_out_once_there_is_a_release() -> None:
    """Until then it follows the schema (decision 15), and no database of before has to be brought up."""
    is_released = re.search(
        r"^## (?!Unreleased)", (REPOSITORY / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    first = (SCRIPTS / "versions" / "0001_records.py").read_text("utf-8")
    assert ("METADATA" in first) == (is_released is None)


# --- faults -------------------------------------------------------------------------------------


def fault(store: Store, sql: str) -> BaseException | None:
    with pytest.raises(DBAPIError) as told, store.read() as connection:
        connection.exec_driver_sql(sql)
    return told.value.orig


@pytest.mark.parametrize("sql", ["SELECT nope", "SELECT 1 FROM nowhere", "SELEKT", "DELETE FROM event"])
def test_a_statement_that_is_wrong_is_no_database_out_of_reach(store: Store, sql: str) -> None:
    is_readers = sql.startswith("DELETE")
    assert is_out_of_reach(fault(store, sql)) == is_readers


def test_a_file_that_is_gone_or_no_database_is_out_of_reach(tmp_path: Path) -> None:
    for content in (None, b"no database" * 100):
        path = tmp_path / "gone.db"
        if content:
            path.write_bytes(content)
        with pytest.raises(sqlite3.Error) as told:
            opened_by.connection_to(path, "ro").execute("SELECT 1 FROM event")
        assert is_out_of_reach(told.value)


def test_a_server_that_is_not_there_is_out_of_reach() -> None:
    engine = opened_by.read_only_engine("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DBAPIError) as told:
        engine.connect()
    engine.dispose()
    assert is_out_of_reach(told.value.orig)

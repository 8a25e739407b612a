"""A ledger that is only read: told where there is none, never changed, read where nobody can write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from clocks import Clock
from fixtures_province import answered, append, events, set_up_province
from later_release import install_later_release
from sqlalchemy import Connection, Engine, create_engine, text
from wrong_databases import FOREIGN, KINDS, contents, make_database, set_version

from taphuan.errors import OperatorError
from taphuan.records import Store
from taphuan.records.events.row_digests import current_head
from taphuan.records.ledger_verification import verify_ledger
from taphuan.records.store import read_ledger, state_at


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_no_ledger_of_ours_is_told_by_its_name_and_stays_as_it_is(
    kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "so.db"
    make_database(path, kind)
    if kind == "older":
        install_later_release(monkeypatch, tmp_path_factory.mktemp("later") / "migrations")
    before = contents(tmp_path)
    with pytest.raises(OperatorError) as raised:
        read_ledger(f"sqlite:///{path}", current_head)
    assert str(path) in raised.value.message
    assert KINDS[kind] in raised.value.message
    assert raised.value.fix
    assert contents(tmp_path) == before


@pytest.mark.parametrize("kind", ["letter", "folder", "foreign", "alembic", "newer"])
def test_who_opens_to_write_changes_nothing_that_is_not_ours_either(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "so.db"
    make_database(path, kind)
    before = contents(tmp_path)
    with pytest.raises(OperatorError, match=KINDS[kind]):
        Store.open(f"sqlite:///{path}")
    assert contents(tmp_path) == before


def test_who_makes_a_ledger_or_brings_it_up_is_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/so.db"
    assert state_at(url) == "nothing"
    told = []
    for _ in range(2):
        with Store.open(url) as store:
            told.append([one for one in store.notices if one.startswith("Đã")])
    assert told == [[f"Đã tạo sổ mới: {tmp_path}/so.db"], []]


# --- PostgreSQL -------------------------------------------------------------------------------


@pytest.fixture
def hollow(postgres: Engine) -> Iterator[str]:
    """Of a database without a table."""
    with postgres.connect() as connection:
        connection.execute(text("CREATE DATABASE hollow TEMPLATE template0"))
    yield postgres.url.set(database="hollow").render_as_string(hide_password=False)
    with postgres.connect() as connection:
        connection.execute(text("DROP DATABASE hollow WITH (FORCE)"))


def tables(url: str) -> set[str]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        names = set(found.scalars())
    engine.dispose()
    return names


def test_postgresql_without_our_tables_stays_without_them(hollow: str) -> None:
    with pytest.raises(OperatorError, match=r"hollow.*trống, chưa có sổ theo dõi nào"):
        read_ledger(hollow, current_head)
    assert tables(hollow) == set()
    engine = create_engine(hollow.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text(FOREIGN))
    engine.dispose()
    for opening in (lambda: read_ledger(hollow, current_head), lambda: Store.open(hollow)):
        with pytest.raises(OperatorError, match=r"hollow.*của phần mềm khác"):
            opening()
    assert tables(hollow) == {"invoice"}


def test_postgresql_of_newer_software_is_left_as_it_is(postgresql_url: str) -> None:
    set_version(postgresql_url, "9999_later")
    with pytest.raises(OperatorError, match="mới hơn"):
        read_ledger(postgresql_url, current_head)
    assert state_at(postgresql_url) == "newer"


def test_postgresql_of_older_software_is_left_as_it_is(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(postgresql_url).close()
    install_later_release(monkeypatch, tmp_path / "migrations")
    with pytest.raises(OperatorError, match="cũ hơn"):
        read_ledger(postgresql_url, current_head)
    assert state_at(postgresql_url) == "older"


def test_a_server_or_a_database_that_is_not_there_is_told(postgres: Engine, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="không mở được") as raised:
        read_ledger(f"postgresql://me:secret@/records?host={tmp_path}", current_head)
    assert "secret" not in raised.value.message
    with pytest.raises(OperatorError, match=r"không mở được.*nowhere"):
        read_ledger(postgres.url.set(database="nowhere"), current_head)


# --- reading ----------------------------------------------------------------------------------


def test_reading_says_how_much_was_read_again(url: str, clock: Clock) -> None:
    with Store.open(url, clock=clock) as store:
        set_up_province(store)
        for n in range(1, 4):
            append(store, answered(n)).result()
    found = read_ledger(url, verify_ledger)
    assert (found.events, found.persons, found.problems) == (3, 6, ())
    assert found.head.events == 3
    assert found.vouched > 18, "persons, the members of a roster, units"
    assert found.figures > 3, "the attempts, and what is counted of them"


def filled(path: Path, clock: Clock) -> None:
    with Store.open(f"sqlite:///{path}", clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()


def test_nothing_is_left_beside_a_ledger_that_was_read(tmp_path: Path, clock: Clock) -> None:
    filled(tmp_path / "so.db", clock)
    before = contents(tmp_path)
    assert read_ledger(f"sqlite:///{tmp_path}/so.db", verify_ledger).events == 1
    assert contents(tmp_path) == before


def test_rows_in_the_log_of_one_that_was_cut_off_are_read_too(tmp_path: Path, clock: Clock) -> None:
    with Store.open(f"sqlite:///{tmp_path}/so.db", clock=clock) as store:
        set_up_province(store)
        append(store, answered(1)).result()
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        for name in ("so.db", "so.db-wal"):
            shutil.copy(tmp_path / name, elsewhere / name)
    assert read_ledger(f"sqlite:///{elsewhere}/so.db", events) == 1


def test_what_was_read_while_somebody_began_to_write_is_read_again(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path}/so.db"
    filled(tmp_path / "so.db", clock)
    seen = []
    with Store.open(url, clock=clock) as store:

        def job(connection: Connection) -> int:
            if not seen:
                append(store, answered(2)).result()
            seen.append(events(connection))
            return seen[-1]

        assert read_ledger(url, job) == 2
    assert len(seen) == 2


# --- where nobody can write -------------------------------------------------------------------


@contextmanager
def nobody_writes(folder: Path, mode: int = 0o555) -> Iterator[None]:
    """Takes the right to write from a folder; from the superuser too, who steps down meanwhile."""
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(mode)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
@pytest.mark.parametrize("is_backup", [False, True])
def test_a_ledger_is_read_where_nobody_can_write(is_backup: bool, clock: Clock) -> None:
    folder = Path(tempfile.mkdtemp(prefix="taphuan-medium-"))
    try:
        filled(folder / "so.db", clock)
        if is_backup:
            with closing(sqlite3.connect(folder / "so.db")) as copy:
                copy.execute("PRAGMA journal_mode = DELETE")
        (folder / "so.db.turn").unlink()
        with nobody_writes(folder):
            with pytest.raises(PermissionError):
                (folder / "x").touch()
            assert read_ledger(f"sqlite:///{folder}/so.db", verify_ledger).events == 1
        assert [path.name for path in folder.iterdir()] == ["so.db"]
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_a_log_that_cannot_be_read_where_nobody_can_write_is_told(tmp_path: Path, clock: Clock) -> None:
    folder = Path(tempfile.mkdtemp(prefix="taphuan-medium-"))
    try:
        with Store.open(f"sqlite:///{tmp_path}/so.db", clock=clock) as store:
            set_up_province(store)
            for name in ("so.db", "so.db-wal"):
                shutil.copy(tmp_path / name, folder / name)
        with nobody_writes(folder), pytest.raises(OperatorError) as raised:
            read_ledger(f"sqlite:///{folder}/so.db", verify_ledger)
        assert "-wal" in raised.value.fix
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights there")
def test_a_folder_that_may_not_be_entered_is_told(clock: Clock) -> None:
    folder = Path(tempfile.mkdtemp(prefix="taphuan-medium-"))
    try:
        filled(folder / "so.db", clock)
        with nobody_writes(folder, 0o444), pytest.raises(OperatorError, match="không đọc được"):
            state_at(f"sqlite:///{folder}/so.db")
    finally:
        shutil.rmtree(folder)

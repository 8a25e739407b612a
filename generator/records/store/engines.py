"""Engines (SQLAlchemy): one writer and many readers of either database; the write lock of a SQLite file.

SQLite 3.7.0 to 3.51.2 can corrupt the write-ahead log when two connections write or checkpoint at once, and
Debian's is one of them. SQLite's own locks keep two writes apart, not a write and a checkpoint; the write
lock does.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy import event as hooks
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from ...errors import OperatorError, reason

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class WriteLock:
    """A lock file beside the database, held from before a transaction until after its checkpoint."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> None:
        if sys.platform == "win32":
            while not self._is_ours():
                time.sleep(0.01)
        else:
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.platform == "win32":
            msvcrt.locking(self._file, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    if sys.platform == "win32":

        def _is_ours(self) -> bool:
            try:
                msvcrt.locking(self._file, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

    def close(self) -> None:
        os.close(self._file)


#: The number of readers that read at once; more wait.
READERS = 8
#: Seconds that a statement waits for a lock, or a reader for a connection.
PATIENCE = 30
#: Any number, the same for all of us: PostgreSQL's lock that makes one writer of many processes.
ADVISORY_LOCK = 7_402_611
#: Seconds for which closing waits for others who read: a machine that is shut down gives no more.
LAST_PATIENCE = 5


@dataclass(frozen=True, kw_only=True)
class Engines:
    """The two engines of a database. A transaction of the writer runs within `write_lock`."""

    url: URL
    writer: Engine
    reader: Engine
    write_lock: WriteLock | AbstractContextManager[None]
    path: Path | None
    place: str

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()
        if isinstance(self.write_lock, WriteLock):
            self.write_lock.close()


def open_engines(url: str | URL) -> Engines:
    """Returns the engines for a database URL. Raises OperatorError for one that cannot be used."""
    parsed, path, place = locate(url)
    if path is None:
        writer = create_engine(
            parsed,
            connect_args=_connected(synchronous_commit="on"),
            # A writer that has waited for the lock has to see what was written meanwhile.
            isolation_level="READ COMMITTED",
            poolclass=NullPool,
        )
        _begin(writer, f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        write_lock: WriteLock | AbstractContextManager[None] = nullcontext()
    else:
        write_lock = _write_lock(path)
        writer = create_engine(parsed, creator=partial(connection_to, path, "rw"), poolclass=NullPool)
        _begin(writer, "BEGIN IMMEDIATE")
    return Engines(
        url=parsed, writer=writer, reader=read_only_engine(url), write_lock=write_lock, path=path, place=place
    )


def read_only_engine(url: str | URL, mode: str = "ro") -> Engine:
    """Returns an engine that cannot write. `mode` may say that a SQLite file does not change either."""
    parsed, path, _ = locate(url)
    pool = {"pool_size": READERS, "max_overflow": 0, "pool_timeout": PATIENCE}
    if path is None:
        return create_engine(
            parsed,
            connect_args=_connected(default_transaction_read_only="on"),
            isolation_level="REPEATABLE READ",
            pool_pre_ping=True,
            **pool,
        )
    engine = create_engine(parsed, creator=partial(connection_to, path, mode), poolclass=QueuePool, **pool)
    _begin(engine, "BEGIN")
    return engine


class Located(NamedTuple):
    """The place of a database: its address, its file if it is SQLite, and its name for the operator."""

    url: URL
    path: Path | None
    place: str


def locate(url: str | URL) -> Located:
    """Returns where a database is. Raises OperatorError for an address that cannot be used."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        path = _file(parsed.database or "")
        return Located(parsed, path, str(path))
    place = parsed.set(drivername="postgresql").render_as_string(hide_password=True)
    return Located(parsed.set(drivername="postgresql+psycopg"), None, place)


def _file(name: str) -> Path:
    if name.startswith("~"):
        # No shell expands `~` within an address; a folder of that name would be made.
        raise OperatorError.of("ledger-file.home")
    if os.path.isdir(name):
        raise OperatorError.of("ledger-file.folder", name=name)
    return Path(name).absolute()


def _parsed(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
        name = parsed.get_backend_name()
    except (ArgumentError, ValueError):
        raise _unreadable_address(str(url)) from None
    if name == "postgres":
        raise OperatorError.of("address.postgres")
    if name not in {"sqlite", "postgresql"}:
        raise OperatorError.of("address.kind", name=name)
    if name == "sqlite" and parsed.host:
        raise OperatorError.of("address.slash", host=parsed.host)
    if name == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise OperatorError.of("address.memory")
    return parsed.set(drivername="sqlite") if name == "sqlite" else parsed


def _unreadable_address(url: str) -> OperatorError:
    """Returns the refusal of what is no address; never repeats a password."""
    if "://" not in url and url.strip():
        return OperatorError.of("address.file", url=url)
    shown = "" if "@" in url else f" “{url}”"
    return OperatorError.of("address.unread", shown=shown)


# --- SQLite -----------------------------------------------------------------------------------


def _write_lock(path: Path) -> WriteLock:
    """Makes the file and its lock, where they are not there yet."""
    if not path.parent.is_dir():
        raise OperatorError.of("ledger-file.no-folder", folder=path.parent)
    try:
        _make_file(path)
        return WriteLock(path.with_name(path.name + ".turn"))
    except OSError as fault:
        raise OperatorError.of("ledger-file.unwritten", path=path, reason=reason(fault)) from None


def _make_file(path: Path) -> None:
    """Makes the file readable to its user alone; the log and the lock get the same mode.

    A file that is there is not touched: closing it again would drop SQLite's locks on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def connection_to(path: Path, mode: str) -> sqlite3.Connection:
    """Opens a file that is there: `rw`, `ro`, or `ro&immutable=1`."""
    # Without recursive triggers INSERT OR REPLACE would remove a row that must stay, unseen by any trigger.
    settings = ["foreign_keys = ON", "recursive_triggers = ON", f"busy_timeout = {round(PATIENCE * 1000)}"]
    if mode == "rw":
        # Erases from the file too, not only from the table; not every SQLite does so unasked.
        settings += ["secure_delete = ON"]
        settings += ["journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"]
    else:
        settings += ["query_only = ON", "cache_size = -16384"]
    address = f"file:{quote(str(path))}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, check_same_thread=False, isolation_level=None, cached_statements=512
    )
    try:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
    except sqlite3.Error:
        # SQLite finds out only here that a file is no database.
        connection.close()
        raise
    return connection


def checkpoint_log(path: Path) -> bool:
    """Moves what the log holds into the file itself; returns whether all of it is there now.

    Is called once no connection of this process is left, since readers are what a log is kept for.
    """
    log = path.with_name(path.name + "-wal")
    with suppress(sqlite3.Error), closing(connection_to(path, "rw")) as connection:
        connection.execute(f"PRAGMA busy_timeout = {round(LAST_PATIENCE * 1000)}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    # SQLite removes the log with the last connection; emptied, it may stay while others read.
    return not log.exists() or not log.stat().st_size


def _begin(engine: Engine, statement: str) -> None:
    """Makes each transaction begin with a statement; the driver's own ways are switched off."""
    hooks.listen(engine, "begin", lambda connection: connection.exec_driver_sql(statement))


# --- PostgreSQL -------------------------------------------------------------------------------


def _connected(**options: Any) -> dict[str, Any]:
    # The driver reads days in ISO form only, and a server may be set to write others.
    options = {"datestyle": "ISO", **options}
    settings = " ".join(f"-c {name}={value}" for name, value in options.items())
    return {"options": settings, "connect_timeout": 10}

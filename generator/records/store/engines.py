"""Connections: SQLAlchemy's engines, set up for one writer and many readers of either database."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy import event as hooks
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from ...errors import OperatorError
from .turns import Turn

#: How many readers can read at once; more wait.
READERS = 8
#: Seconds that a statement waits for a lock, or a reader for a connection.
PATIENCE = 30
#: Any number, the same for all of us: PostgreSQL's lock that makes one writer of many processes.
LOCK = 7_402_611
EXAMPLE = "“sqlite:///du-lieu/so-theo-doi.db” hoặc “postgresql://tên@máy/cơ_sở”"


@dataclass(frozen=True, kw_only=True)
class Engines:
    """The two engines of a database. A transaction of the writer runs within `turn`."""

    url: URL
    writer: Engine
    reader: Engine
    turn: Turn | AbstractContextManager[None]
    path: Path | None

    def close(self) -> None:
        self.reader.dispose()
        self.writer.dispose()
        if isinstance(self.turn, Turn):
            self.turn.close()


def engines(url: str) -> Engines:
    """The engines for a database URL. Raises OperatorError for one that cannot be used."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return _postgresql(parsed.set(drivername="postgresql+psycopg"))


def _parsed(url: str) -> URL:
    fix = f"ghi địa chỉ như {EXAMPLE}"
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise OperatorError("địa chỉ cơ sở dữ liệu không đọc được", fix=fix) from None
    name = parsed.get_backend_name()
    if name not in {"sqlite", "postgresql"}:
        raise OperatorError(f"không dùng được cơ sở dữ liệu loại “{name}”", fix=fix)
    if name == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise OperatorError("sổ theo dõi phải nằm trong một tệp, không trong bộ nhớ", fix=fix)
    return parsed


# --- SQLite -----------------------------------------------------------------------------------


def _sqlite(url: URL) -> Engines:
    path = Path(url.database or "").absolute()
    if not path.parent.is_dir():
        raise OperatorError(
            f"không có thư mục “{path.parent}”", fix="tạo thư mục ấy trước, hoặc chọn đường dẫn khác"
        )
    try:
        _made(path)
        turn = Turn(path.with_name(path.name + ".turn"))
    except OSError as fault:
        raise OperatorError(
            f"không ghi được tệp “{path}”: {fault.strerror}", fix="xem lại quyền ghi của tệp và thư mục"
        ) from None
    writer = create_engine(url, creator=_opener(path, "rw"), poolclass=NullPool)
    reader = create_engine(
        url,
        creator=_opener(path, "ro"),
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=PATIENCE,
    )
    _begin(writer, "BEGIN IMMEDIATE")
    _begin(reader, "BEGIN")
    return Engines(url=url, writer=writer, reader=reader, turn=turn, path=path)


def _made(path: Path) -> None:
    """Makes the file readable to its user alone; the log and the lock get the same mode.

    A file that is there is not touched: closing it again would drop SQLite's locks on it.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _opener(path: Path, mode: str) -> Callable[[], sqlite3.Connection]:
    # Without recursive triggers INSERT OR REPLACE would remove a row that must stay, and no trigger see it.
    settings = ["foreign_keys = ON", "recursive_triggers = ON", f"busy_timeout = {round(PATIENCE * 1000)}"]
    if mode == "rw":
        settings += ["journal_mode = WAL", "synchronous = FULL", "cache_size = -65536"]
    else:
        settings += ["query_only = ON", "cache_size = -16384"]

    def opened() -> sqlite3.Connection:
        address = f"file:{quote(str(path))}?mode={mode}"
        connection = sqlite3.connect(
            address, uri=True, check_same_thread=False, isolation_level=None, cached_statements=512
        )
        try:
            for setting in settings:
                connection.execute(f"PRAGMA {setting}")
        except sqlite3.Error:
            # What is no database is found out only here.
            connection.close()
            raise
        return connection

    return opened


def _begin(engine: Engine, statement: str) -> None:
    """Has each transaction begin with a statement; the driver's own ways are switched off."""

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    hooks.listen(engine, "begin", begin)


# --- PostgreSQL -------------------------------------------------------------------------------


def _postgresql(url: URL) -> Engines:
    def connected(**options: Any) -> dict[str, Any]:
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        return {"options": settings, "connect_timeout": 10}

    writer = create_engine(url, connect_args=connected(synchronous_commit="on"), poolclass=NullPool)
    reader = create_engine(
        url,
        connect_args=connected(default_transaction_read_only="on"),
        isolation_level="REPEATABLE READ",
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
    )
    _begin(writer, f"SELECT pg_advisory_xact_lock({LOCK})")
    return Engines(url=url, writer=writer, reader=reader, turn=nullcontext(), path=None)

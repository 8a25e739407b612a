"""Opening a database: what it holds, migrating it, reading it as it stands, and `Store`, which writes.

Reading a ledger makes, migrates and leaves nothing beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ...errors import OperatorError, reason, wording
from .. import schema
from ..audit_trail import Clock, NewId, new_id, utc_now
from ..errors import Busy
from ..events import projections
from ..events.ledger import LedgerFault
from ..ledger_verification import verify_ledger
from . import database_errors
from .engines import Engines, Located, checkpoint_log, locate, open_engines, read_only_engine
from .writer import GROUP, Job, Returned, Writer

SCRIPTS = Path(__file__).parent.parent / "migrations"
#: Tables that every database of ours has had from the first migration on.
OURS = frozenset({"alembic_version", "event", "identity", "unit"})

#: No table; a ledger of an older, this or a newer version; or tables that are not ours.
DatabaseState = Literal["nothing", "older", "current", "newer", "foreign"]


def database_state(connection: Connection) -> DatabaseState:
    """Returns what the database holds. Writes nothing."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return "nothing"
    if not tables >= OURS:
        return "foreign"
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision == schema.REVISION:
        return "current"
    return "older" if revision in _revisions() else "newer"


def migrate(connection: Connection, place: str) -> DatabaseState:
    """Applies missing migrations in the open transaction; returns the state from before.

    Raises OperatorError for a newer database, and for one that is not ours.
    """
    before = database_state(connection)
    require_ours(before, place)
    if before != "current":
        settings = _alembic_settings()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
    return before


def require_ours(state: DatabaseState, place: str) -> None:
    """Raises OperatorError for a newer database, and for one that is not ours."""
    if state == "newer":
        raise OperatorError.of("ledger.newer", place=place)
    if state == "foreign":
        raise OperatorError.of("ledger.other", place=place)


def _revisions() -> frozenset[str]:
    return frozenset(
        script.revision for script in ScriptDirectory.from_config(_alembic_settings()).walk_revisions()
    )


def _alembic_settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


R = TypeVar("R")
#: Numbers that say that a file is as it was.
Stamp = tuple[int, int, int]


def state_at(url: str | URL) -> DatabaseState:
    """Returns what is there. Raises OperatorError where it cannot be reached, or is no database at all."""
    where = locate(url)
    with _with_refusals(where):
        return _read_within(where, database_state) if _is_there(where) else "nothing"


def read_ledger(url: str | URL, job: Callable[[Connection], R], *, even_older: bool = False) -> R:
    """Runs a job that reads one moment of a ledger, and returns its result.

    A job may run twice, where somebody began to write meanwhile. Raises OperatorError where there is no
    ledger, or one that is not ours, is newer than we are, or older (unless that is welcome).
    """
    where = locate(url)

    def required(connection: Connection) -> R:
        _require_state(database_state(connection), where.place, even_older=even_older)
        return job(connection)

    with _with_refusals(where):
        if not _is_there(where):
            raise database_errors.missing_database(where.place, is_there=False)
        return _read_within(where, required)


def _require_state(state: DatabaseState, place: str, *, even_older: bool) -> None:
    require_ours(state, place)
    if state == "nothing":
        raise database_errors.missing_database(place, is_there=True)
    if state == "older" and not even_older:
        raise OperatorError.of("ledger.older", place=place)


def _is_there(where: Located) -> bool:
    return where.path is None or where.path.exists()


def _read_within(where: Located, job: Callable[[Connection], R]) -> R:
    def connected(mode: str) -> R:
        engine = read_only_engine(where.url, mode)
        try:
            with engine.connect() as connection:
                connection.begin()
                try:
                    return job(connection)
                finally:
                    # There is nothing to commit, and of a damaged file SQLite refuses even that.
                    with suppress(DBAPIError):
                        connection.rollback()
        finally:
            engine.dispose()

    return connected("ro") if where.path is None else read_steadily(where.path, connected)


@contextmanager
def _with_refusals(where: Located) -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        raise database_errors.unopened_database(where.place, fault, is_file=where.path is not None) from None
    except OSError as fault:
        why = reason(fault)
        raise database_errors.OutOfReach.of("ledger.unread", place=where.place, reason=why) from None


def read_steadily(path: Path, job: Callable[[str], R]) -> R:
    """Runs a job that reads a SQLite file, given the mode to open it in.

    While nobody has it open, SQLite is told that it does not change: it then needs no log, which it could not
    make on a read-only medium and would leave behind elsewhere. Where the file did change meanwhile, the
    result is thrown away, and the job runs again beside those who write.
    """
    before = _stamp(path)
    if before is not None:
        try:
            result = job("ro&immutable=1")
        except (DBAPIError, OperatorError, sqlite3.Error):
            if _stamp(path) == before:
                raise
        else:
            if _stamp(path) == before:
                return result
    return job("ro")


def _stamp(path: Path) -> Stamp | None:
    """Returns the stamp of a file; None while a log says that somebody writes or was cut off writing."""
    for log in (path.with_name(path.name + ending) for ending in ("-wal", "-journal")):
        if log.exists() and log.stat().st_size:
            return None
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


T = TypeVar("T")

#: The first SQLite whose write-ahead log two connections can corrupt, and the first that is mended.
FAULTY, MENDED = (3, 7, 0), (3, 51, 3)


class Store:
    """The records of one database. Writes go through one writer, reads through read-only connections.

    `notices` say in Vietnamese what opening it made or changed; `caution` says what the operator of the
    machine should know of it, or nothing.
    """

    def __init__(
        self, engines: Engines, clock: Clock, identity: str, group: int, before: DatabaseState
    ) -> None:
        self._engines, self.now = engines, clock
        self._writer = Writer(engines, clock, group=group)
        self.submit_to = self._writer.put
        self.identity = identity
        self.notices = _what_opening_changed(engines.place, before)
        self.caution = _sqlite_caution(engines)

    @classmethod
    def open(
        cls, url: str | URL, *, clock: Clock = utc_now, new_id: NewId = new_id, group: int = GROUP
    ) -> Self:
        """Opens `sqlite:///path` or `postgresql://…`; makes it or brings it to the newest tables.

        `group` is the most writes that share a transaction.

        Raises OperatorError where it cannot be reached, is no database of ours, or is newer than we are.
        """
        require_ours(state_at(url), locate(url).place)
        opened = open_engines(url)
        try:
            with opened.write_lock, opened.writer.connect() as connection, connection.begin():
                before = migrate(connection, opened.place)
                identity = _identity(connection) or write_identity(connection, new_id(), clock())
        except DBAPIError as fault:
            opened.close()
            raise database_errors.unopened_database(
                opened.place, fault, is_file=opened.path is not None
            ) from None
        except OperatorError:
            opened.close()
            raise
        return cls(opened, clock, identity, group, before)

    # --- writing and reading ------------------------------------------------------------------

    def submit(self, job: Job[T]) -> Future[T]:
        """Runs a job in a savepoint of the writer's transaction; the future has its result once on disk.

        A fault that the job returns, and does not raise, is its result. The call itself raises Busy.
        """
        return self._writer.put(lambda connection, _items, _now: [Returned(job(connection))], None)

    def write(self, job: Job[T]) -> T:
        """Runs a job as `submit` does, and waits for its result."""
        return self.submit(job).result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Opens a connection that cannot write, and sees one moment. Raises Busy when none gets free."""
        try:
            connection = self._engines.reader.connect()
        except PoolTimeout:
            raise Busy from None
        with connection, connection.begin():
            yield connection

    def look(self, job: Job[T]) -> T:
        """Returns what a job reads. Raises Busy."""
        with self.read() as connection:
            return job(connection)

    # --- care ---------------------------------------------------------------------------------

    def verify(self) -> tuple[LedgerFault, ...]:
        """Returns the faults of the ledger's chain and of the counts. Reads everything."""
        return self.look(verify_ledger).problems

    def rebuild(self) -> int:
        """Makes the projections afresh from the ledger; returns the number of its events.

        Other writes wait.
        """
        return self.write(projections.rebuild)

    def close(self) -> str:
        """Writes what still waits, and lets go of the database, whose file is then whole by itself.

        Where it is not, since somebody else reads it, returns what to know before copying the file; else "".
        """
        self._writer.close()
        self._engines.reader.dispose()
        path = self._engines.path
        with self._engines.write_lock:
            is_whole = path is None or checkpoint_log(path)
        self._engines.close()
        return "" if path is None or is_whole else _require_no_split(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _identity(connection: Connection) -> str | None:
    table = schema.identity.c
    return connection.scalar(select(table.id).order_by(table.number.desc()).limit(1))


def write_identity(connection: Connection, id: str, now: datetime) -> str:
    table = schema.identity
    last = connection.scalar(select(table.c.number).order_by(table.c.number.desc()).limit(1)) or 0
    connection.execute(insert(table), {"number": last + 1, "id": id, "since": now})
    return id


def _what_opening_changed(place: str, before: DatabaseState) -> tuple[str, ...]:
    """Returns what opening changed: a ledger made, or brought up from an earlier software."""
    if before == "nothing":
        return (wording("ledger.made", place=place)[0],)
    return (wording("ledger.upgraded", place=place)[0],) if before == "older" else ()


def _require_no_split(path: Path) -> str:
    return wording("ledger.split", name=path.name)[0]


def _sqlite_caution(engines: Engines) -> str:
    if engines.path is None or not FAULTY <= sqlite3.sqlite_version_info < MENDED:
        return ""
    mended = ".".join(map(str, MENDED))
    version = sqlite3.sqlite_version
    return wording("ledger.caution", name=engines.path.name, version=version, mended=mended)[0]

"""`Store`: a database opened for records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import URL, Connection, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ...errors import OperatorError
from .. import projections, schema
from ..attribution import Clock, NewId, new_id, now
from ..ledger import Appended, Event, LedgerFault
from ..refusals import Busy
from ..verification import verified
from . import refusing
from .engines import Engines, engines, located, settle_log
from .migrating import Found, migrate, require_ours
from .reading import found_at
from .writing import GROUP, Job, S, Said, Writer

T = TypeVar("T")

#: Versions of SQLite whose write-ahead log two connections can corrupt, and the first that is mended.
FAULTY, MENDED = (3, 7, 0), (3, 51, 3)


class Store:
    """Records in one database. Writes go through one writer, reads through a pool of read-only connections.

    `notices` say what opening it made or changed, in Vietnamese; `caution` what whoever runs the machine
    should know of it, or nothing.
    """

    def __init__(self, engines: Engines, clock: Clock, identity: str, group: int, before: Found) -> None:
        self._engines, self._clock = engines, clock
        self._writer = Writer(engines, clock, group=group)
        self.identity = identity
        self.notices = _brought(engines.place, before)
        self.caution = _caution(engines)

    @classmethod
    def open(cls, url: str | URL, *, clock: Clock = now, new_id: NewId = new_id, group: int = GROUP) -> Self:
        """Opens `sqlite:///path` or `postgresql://…`; makes it or brings it to the newest tables.

        `group` is the most writes that share a transaction.

        Raises OperatorError where it cannot be reached, is no database of ours, or is newer than we are.
        """
        require_ours(found_at(url), located(url).place)
        opened = engines(url)
        try:
            with opened.turn, opened.writer.connect() as connection, connection.begin():
                before = migrate(connection, opened.place)
                identity = _identity(connection) or identify(connection, new_id(), clock())
        except DBAPIError as fault:
            opened.close()
            raise refusing.unopened(opened.place, fault, is_file=opened.path is not None) from None
        except OperatorError:
            opened.close()
            raise
        return cls(opened, clock, identity, group, before)

    def now(self) -> datetime:
        return self._clock()

    # --- writing and reading ------------------------------------------------------------------

    def append(self, event: Event) -> Future[Appended]:
        """Records an event; the fast way, since all that wait become one batch. Answers once it is on disk.

        The future raises Conflict, Malformed, Unattributed or Unknown; the call itself Busy.
        """
        return self._writer.append(event)

    def state(
        self, make: Callable[[Connection, Sequence[Said]], Sequence[S | Exception]], said: Said
    ) -> Future[tuple[S, Appended]]:
        """As `append`, for an event that depends on what is recorded: `make` reads, and states it.

        `make` gets all that is said to it at the moment, writes nothing, and answers each; what it reads
        does not change before the events are there. The future raises what it refused, too.
        """
        return self._writer.state(make, said)

    def submit(self, job: Job[T]) -> Future[T]:
        """Runs a job in a savepoint of the writer's transaction; its result once that is on disk."""
        return self._writer.submit(job)

    def write(self, job: Job[T]) -> T:
        """As `submit`, and waits."""
        return self.submit(job).result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that cannot write, and sees one moment. Raises Busy when none gets free."""
        try:
            connection = self._engines.reader.connect()
        except PoolTimeout:
            raise Busy from None
        with connection, connection.begin():
            yield connection

    # --- care ---------------------------------------------------------------------------------

    def verify(self) -> tuple[LedgerFault, ...]:
        """What is wrong with the ledger's chain, or with the counts. Reads everything."""
        with self.read() as connection:
            return verified(connection).problems

    def rebuild(self) -> int:
        """Makes the projections afresh from the ledger; the number of its events. Other writes wait."""
        return self.write(projections.rebuild)

    def close(self) -> str:
        """Writes what still waits, and lets go of the database, whose file is then whole by itself.

        Where it is not, as somebody else reads it, returns what whoever copies the file should know.
        """
        self._writer.close()
        self._engines.reader.dispose()
        path = self._engines.path
        with self._engines.turn:
            is_whole = path is None or settle_log(path)
        self._engines.close()
        return "" if path is None or is_whole else _split(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _identity(connection: Connection) -> str | None:
    table = schema.identity.c
    return connection.scalar(select(table.id).order_by(table.number.desc()).limit(1))


def identify(connection: Connection, id: str, now: datetime) -> str:
    table = schema.identity
    last = connection.scalar(select(table.c.number).order_by(table.c.number.desc()).limit(1)) or 0
    connection.execute(insert(table), {"number": last + 1, "id": id, "since": now})
    return id


def _brought(place: str, before: Found) -> tuple[str, ...]:
    """Returns what opening changed: a ledger made, or brought up from an earlier software."""
    if before == "nothing":
        return (f"Đã tạo sổ mới: {place}",)
    return (f"Đã nâng cấp sổ theo bản phần mềm này: {place}",) if before == "older" else ()


def _split(path: Path) -> str:
    return (
        f"Lưu ý: chương trình khác đang mở sổ, nên phần mới ghi còn ở tệp {path.name}-wal cạnh tệp "
        f"{path.name}. Không mất dữ liệu; nhưng nếu chép sổ sang nơi khác thì chép cả hai tệp, hoặc dùng "
        "taphuan records backup."
    )


def _caution(engines: Engines) -> str:
    if engines.path is None or not FAULTY <= sqlite3.sqlite_version_info < MENDED:
        return ""
    version, mended = sqlite3.sqlite_version, ".".join(map(str, MENDED))
    return (
        f"Lưu ý cho người cài máy: khi dịch vụ đang chạy, đừng mở tệp sổ {engines.path.name} bằng chương "
        f"trình khác; sao lưu bằng taphuan records backup. SQLite {version} trên máy này còn một lỗi khi hai "
        f"chương trình cùng ghi một tệp; phần mềm này đã tránh được, và từ SQLite {mended} thì hết lỗi ấy."
    )

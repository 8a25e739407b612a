"""Backups of a ledger, and restoring one; both verify what they have written.

Both verify what they have written.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import URL, Connection, delete

from ...errors import OperatorError, reason
from .. import schema
from ..audit_trail import Clock, NewId, new_id, utc_now
from ..ledger_verification import Verification, verify_ledger
from .database_errors import OutOfReach, explain_fault
from .engines import connection_to, locate
from .store import DatabaseState, Store, database_state, read_ledger, read_steadily, state_at, write_identity


def copy_database(source: Path, target: Path, is_welcome: Callable[[Path], bool]) -> None:
    """Copies by SQLite's online backup while others write; names the copy once `is_welcome` accepts it.

    Raises OperatorError where `target` exists or cannot be written, or `source` is no sound database.
    """
    require_free(target)
    try:
        with TemporaryDirectory(prefix=f"{target.name}.part-", dir=target.parent) as folder:
            part = Path(folder, "part")
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            read_steadily(source, lambda mode: _copy(source, part, mode))
            _synced(part)
            if is_welcome(part):
                part.rename(target)
        _synced(target.parent)
    except OSError as fault:
        raise OutOfReach.of("backup.unwritten", target=target, reason=reason(fault)) from None
    except sqlite3.Error as fault:
        what, _ = explain_fault(fault)
        raise OutOfReach.of("backup.uncopied", source=source, what=what) from None


def require_free(target: Path) -> None:
    """Raises OperatorError where a file is, or the log of a lost one, which SQLite would read."""
    for path in (target, *sidecar_files(target)):
        if path.exists():
            raise OperatorError.of("backup.taken", path=path)


def sidecar_files(path: Path) -> tuple[Path, ...]:
    """Returns the files in which SQLite keeps what is not yet in the file itself."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def _copy(source: Path, target: Path, mode: str) -> None:
    with closing(connection_to(source, mode)) as original, closing(sqlite3.connect(target)) as copied:
        original.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE")
        if copied.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise _damaged()


def _damaged() -> sqlite3.DatabaseError:
    fault = sqlite3.DatabaseError("integrity_check")
    fault.sqlite_errorcode, fault.sqlite_errorname = sqlite3.SQLITE_CORRUPT, "SQLITE_CORRUPT"
    return fault


def _synced(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    # Windows flushes only what is open for writing; a folder elsewhere cannot be.
    file = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


class Restored(NamedTuple):
    """The new id of a restored ledger, what it was before it was brought up, and how sound it is."""

    identity: str
    before: DatabaseState
    verification: Verification


def backup(url: str, target: Path) -> Verification:
    """Copies a ledger to a new file while it is in use, and verifies the copy; it stays only if it is sound.

    Raises OperatorError on PostgreSQL, where there is no ledger of ours, or where `target` cannot be written.
    """
    source = _file(url)
    read_ledger(url, database_state, even_older=True)
    verifications: list[Verification] = []

    def is_sound(part: Path) -> bool:
        verifications.append(_verified(part))
        return verifications[-1].is_sound

    copy_database(source, target, is_sound)
    return verifications[-1]


def _verified(part: Path) -> Verification:
    """Reads a copy again; an older ledger is verified on a second copy that is brought up."""
    if state_at(_address(part)) == "older":
        part = Path(shutil.copy(part, part.with_name("newer")))
        Store.open(_address(part)).close()
    return read_ledger(_address(part), verify_ledger)


def restore(source: Path, url: str, *, clock: Clock = utc_now, new_id: NewId = new_id) -> Restored:
    """Makes a ledger of a backup, with a new id, and verifies it. Nobody stays signed in.

    The ledger stays even if it is not sound, since it may be all that is left. Raises OperatorError where the
    database exists, or the backup is none.
    """
    target = _file(url)
    require_free(target)
    before = read_ledger(_address(source), database_state, even_older=True)
    copy_database(source, target, lambda part: True)
    with _whole_or_gone(target):
        with Store.open(url, clock=clock) as store:
            identity = store.write(lambda connection: _renewed(connection, new_id, clock))
        return Restored(identity, before, read_ledger(url, verify_ledger))


def _renewed(connection: Connection, new_id: NewId, clock: Clock) -> str:
    connection.execute(delete(schema.session))
    return write_identity(connection, new_id(), clock())


@contextmanager
def _whole_or_gone(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in (target, *sidecar_files(target), target.with_name(target.name + ".turn")):
            path.unlink(missing_ok=True)
        raise


def _file(url: str) -> Path:
    path = locate(url).path
    if path is None:
        raise OperatorError.of("backup.no-file")
    return path


def _address(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))

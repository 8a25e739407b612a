"""Reads a ledger as it stands, even where nobody can write. Nothing is made, migrated, or left beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError
from . import refusing
from .engines import Located, located, reader
from .migrating import Found, found, require_ours

T = TypeVar("T")
#: What says, by numbers, that a file is as it was.
Stamp = tuple[int, int, int]


def found_at(url: str | URL) -> Found:
    """Returns what is there. Raises OperatorError where it cannot be reached, or is no database at all."""
    where = located(url)
    with _told(where):
        return _within(where, found) if _is_there(where) else "nothing"


def see(url: str | URL, job: Callable[[Connection], T], *, even_older: bool = False) -> T:
    """Runs a job that reads on one moment of a ledger, and gives back what it found.

    A job may run twice, where somebody began to write meanwhile. Raises OperatorError where there is no
    ledger, or one that is not ours, is newer than we are, or older (unless that is welcome).
    """
    where = located(url)

    def required(connection: Connection) -> T:
        _require(found(connection), where.place, even_older=even_older)
        return job(connection)

    with _told(where):
        if not _is_there(where):
            raise refusing.missing(where.place, is_there=False)
        return _within(where, required)


def _require(found: Found, place: str, *, even_older: bool) -> None:
    require_ours(found, place)
    if found == "nothing":
        raise refusing.missing(place, is_there=True)
    if found == "older" and not even_older:
        raise refusing.older(place)


def _is_there(where: Located) -> bool:
    return where.path is None or where.path.exists()


def _within(where: Located, job: Callable[[Connection], T]) -> T:
    def connected(mode: str) -> T:
        engine = reader(where.url, mode)
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

    return connected("ro") if where.path is None else steadily(where.path, connected)


@contextmanager
def _told(where: Located) -> Iterator[None]:
    try:
        yield
    except DBAPIError as fault:
        raise refusing.unopened(where.place, fault, is_file=where.path is not None) from None
    except OSError as fault:
        raise refusing.unreadable(where.place, fault) from None


def steadily(path: Path, job: Callable[[str], T]) -> T:
    """Runs a job that reads a SQLite file, given the mode to open it in.

    As long as nobody has it open, SQLite is told that it does not change: so it needs no log, which it
    could not make on a read-only medium and would leave behind elsewhere. Where it did change meanwhile,
    what was found is thrown away, and the job runs again along with those who write.
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
    """Returns nothing while there is a log, which says that somebody writes or was cut off while writing."""
    for log in (path.with_name(path.name + ending) for ending in ("-wal", "-journal")):
        if log.exists() and log.stat().st_size:
            return None
    now = path.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns

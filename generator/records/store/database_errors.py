"""Database errors: what a driver says, shown in Vietnamese with what the operator can do."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from sqlalchemy.exc import DBAPIError

from ...errors import OperatorError, wording


class DatabaseFault(NamedTuple):
    """A fault of a database in words, and what the operator can do."""

    what: str
    fix: str


#: Faults by the primary code of SQLite, as keys of the table `database` of `errors.toml`.
SQLITE_FAULTS: Mapping[int, str] = {
    sqlite3.SQLITE_CORRUPT: "damaged",
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM), "closed"),
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL), "held"),
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_NOMEM: "memory",
}
#: Faults by the state that PostgreSQL gives, or by how that begins.
STATES: Mapping[str, str] = {
    "28": "password",
    "3D": "no-database",
    "42501": "no-right",
    "25006": "secondary",
    "53100": "server-full",
    "53300": "connections",
    "55P03": "ledger-held",
    "57": "lost",
    "08": "lost",
}
#: Faults by what a driver says before a server gives it any state.
PHRASES: Mapping[str, str] = {
    "password authentication failed": "password",
    "no password supplied": "password",
    "no pg_hba.conf entry": "password",
    "authentication failed": "password",
    "connection refused": "not-running",
    "no such file or directory": "not-running",
    "failed to resolve host": "no-host",
    "could not translate host name": "no-host",
    "timeout": "slow",
    "network is unreachable": "slow",
    "no route to host": "slow",
    "permission denied": "no-right",
    "server closed the connection": "lost",
}


def explain_fault(fault: BaseException | None) -> DatabaseFault:
    """Returns what a driver's fault means; an unknown fault is named as the driver names it."""
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        known = SQLITE_FAULTS.get(code & 0xFF) if code is not None else None
        return _fault(known or "sqlite", name=getattr(fault, "sqlite_errorname", "?"))
    message = str(fault).strip()
    key = _server_fault(message, getattr(fault, "sqlstate", None) or "")
    return _fault(key, first=message.partition("\n")[0])


def _fault(key: str, **values: object) -> DatabaseFault:
    return DatabaseFault(*wording(f"database.{key}", **values))


def _server_fault(message: str, state: str) -> str:
    for prefix in (state, state[:2]):
        if prefix and prefix in STATES:
            return STATES[prefix]
    if 'database "' in message and "does not exist" in message:
        return "no-database"
    if 'role "' in message and "does not exist" in message:
        return "password"
    return next((fault for phrase, fault in PHRASES.items() if phrase in message.lower()), "server")


#: The first letters of states in which a server, its machine or another transaction stands in the way.
OUT_OF_REACH_STATES = ("08", "28", "3D", "40", "53", "57", "58", "25006", "42501", "55P03")


def is_out_of_reach(fault: BaseException | None) -> bool:
    """Returns whether a driver's fault says that a database cannot be had now; others are our bugs."""
    # By its code: SQLAlchemy's OperationalError is also a table that is missing, which is ours.
    if isinstance(fault, sqlite3.Error):
        code = getattr(fault, "sqlite_errorcode", None)
        return code is not None and (code & 0xFF) in {*SQLITE_FAULTS, sqlite3.SQLITE_NOTADB}
    state = getattr(fault, "sqlstate", None)
    if state:
        return bool(state.startswith(OUT_OF_REACH_STATES))
    # A server that is not there, or went in the middle of an answer, gives no state.
    return type(fault).__name__ in {"OperationalError", "ConnectionTimeout"}


class OutOfReach(OperatorError):
    """A database that the machine or its server does not give."""

    exit_status = 3


def missing_database(place: str, *, is_there: bool) -> OperatorError:
    """Returns the refusal of a database that is not there, or has no table."""
    return OperatorError.of("ledger.empty" if is_there else "ledger.none", place=place)


def unopened_database(place: str, fault: DBAPIError, *, is_file: bool) -> OperatorError:
    """Returns what the driver's fault means: another kind of file, a damaged one, or one out of reach."""
    code = getattr(fault.orig, "sqlite_errorcode", None) if is_file else None
    if code != sqlite3.SQLITE_NOTADB:
        what, fix = explain_fault(fault.orig)
        return OutOfReach.of("ledger.unopened", place=place, what=what, fix=fix)
    if _begins_with_nothing(place):
        what, fix = _fault("damaged")
        return OutOfReach.of("ledger.zeros", place=place, what=what, fix=fix)
    return OperatorError.of("ledger.no-database", place=place)


def _begins_with_nothing(place: str) -> bool:
    """Returns whether a file has zeros where every database has its name, which a failed disk leaves."""
    with suppress(OSError), open(place, "rb") as file:
        return file.read(16) == bytes(16)
    return False

"""Whether a SQLite file is sound, by SQLite's own checks and by `records verify`."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from taphuan.errors import OperatorError
from taphuan.records.ledger_verification import verify_ledger
from taphuan.records.store import read_ledger

CHECKS = ("integrity_check", "foreign_key_check")


def copied(database: Path, folder: Path) -> Path:
    """Copies a file with its log, as whoever cuts the power finds them; what is in memory is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (database, database.with_name(database.name + "-wal")):
        target = folder / path.name
        target.unlink(missing_ok=True)
        if path.exists():
            shutil.copyfile(path, target)
    return folder / database.name


def sqlite_problems(database: Path) -> list[str]:
    """What is wrong with a file that nobody else has open; nothing, if it is sound."""
    return list(_unsound(database))


def _unsound(database: Path) -> Iterator[str]:
    try:
        with closing(sqlite3.connect(database)) as connection:
            for check in CHECKS:
                rows = connection.execute(f"PRAGMA {check}").fetchall()
                yield from (f"{check}: {row}" for row in rows if row != ("ok",))
        yield from map(str, read_ledger(f"sqlite:///{database}", verify_ledger).problems)
    except (sqlite3.Error, OperatorError) as fault:
        yield repr(fault)

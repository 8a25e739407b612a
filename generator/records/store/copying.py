"""Backup of a running SQLite database, and restoring one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from ...errors import OperatorError
from .. import heads
from ..heads import Head


def copy(source: Path, target: Path) -> None:
    """Copies a database by SQLite's online backup while others write, to one file, whole or not there.

    Raises OperatorError where `target` exists or cannot be written, or `source` is no sound database.
    """
    if target.exists():
        raise OperatorError(f"đã có tệp “{target}”", fix="chọn tên khác; tệp cũ được giữ nguyên")
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        _copy(source, part)
        _synced(part)
        part.rename(target)
        _synced(target.parent)
    except OSError as fault:
        raise OperatorError(
            f"không ghi được tệp “{target}”: {fault.strerror}", fix="xem đĩa còn chỗ và quyền ghi"
        ) from None
    except sqlite3.Error as fault:
        raise OperatorError(
            f"không chép được “{source}”: {fault}", fix="xem tệp có đúng là sổ theo dõi không"
        ) from None
    finally:
        part.unlink(missing_ok=True)


def head_of(backup: Path) -> Head:
    """Where the ledger of a backup ends."""
    engine = create_engine("sqlite://", creator=lambda: _opened(backup), poolclass=NullPool)
    with engine.connect() as connection:
        return heads.head(connection)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(_opened(source)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        if there.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")


def _synced(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)

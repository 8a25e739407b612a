"""Copies a SQLite database while it is in use, to one file, whole or not there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from ...errors import OperatorError, reason
from .engines import connection_to
from .faults import meaning
from .reading import steadily
from .refusing import OutOfReach


def copy(source: Path, target: Path, is_welcome: Callable[[Path], bool]) -> None:
    """Copies by SQLite's online backup while others write. The copy gets its name where it is welcome.

    Raises OperatorError where `target` exists or cannot be written, or `source` is no sound database.
    """
    require_free(target)
    try:
        with TemporaryDirectory(prefix=f"{target.name}.part-", dir=target.parent) as folder:
            part = Path(folder, "part")
            os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            steadily(source, lambda mode: _copy(source, part, mode))
            _synced(part)
            if is_welcome(part):
                part.rename(target)
        _synced(target.parent)
    except OSError as fault:
        raise OutOfReach(
            f"không ghi được tệp “{target}”: {reason(fault)}",
            fix="xem thư mục ấy đã có chưa, đĩa còn chỗ không, có quyền ghi không",
        ) from None
    except sqlite3.Error as fault:
        raise OutOfReach(
            f"không chép được “{source}”: {meaning(fault).what}",
            fix="giữ nguyên tệp ấy; xem đĩa còn chỗ không, rồi kiểm tra tệp bằng taphuan records verify",
        ) from None


def require_free(target: Path) -> None:
    """Raises OperatorError where a file is, or the log of one that is gone, which SQLite would read."""
    for one in (target, *beside(target)):
        if one.exists():
            raise OperatorError(f"đã có tệp “{one}”", fix="chọn tên khác; tệp cũ được giữ nguyên")


def beside(path: Path) -> tuple[Path, ...]:
    """The files in which SQLite keeps what is not yet in the file itself."""
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))


def _copy(source: Path, target: Path, mode: str) -> None:
    with closing(connection_to(source, mode)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
        if there.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
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

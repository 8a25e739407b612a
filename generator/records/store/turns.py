"""Turns between processes: at most one of them writes to a SQLite file or checkpoints it.

SQLite 3.7.0 to 3.51.2 can corrupt the write-ahead log when two connections do so at once, and
Debian's is one of them. SQLite's own locks keep two writes apart, not a write and a checkpoint.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Turn:
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

"""Files that a verb writes where it was told to: each whole or not there, and one that is refused is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import OperatorError, reason


class Unwritten(OperatorError):
    """A file that the machine does not take."""

    exit_status = 3


def put(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: half a report opens, or is taken for one."""
    try:
        path.write_bytes(content)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def told_unwritten(path: Path, *, fix: str) -> Iterator[None]:
    """Raises Unwritten where the machine does not take a file or a folder."""
    try:
        yield
    except OSError as fault:
        where = fault.filename2 or fault.filename or path
        raise Unwritten(f"không ghi được {where}: {reason(fault)}", fix=fix) from None

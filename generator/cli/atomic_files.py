"""Files written whole or not at all: a new one, one put in another's place, several together."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import OperatorError, reason
from .words import pair, refusal


class Unwritten(OperatorError):
    """A file that the machine does not take."""

    exit_status = 3


def write_new(path: Path, content: bytes) -> None:
    """Writes a file whole or not at all: half a report would open, or be taken for a whole one."""
    try:
        path.write_bytes(content)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def explain_unwritten(path: Path, *, fix: str) -> Iterator[None]:
    """Raises Unwritten where the machine does not take a file or a folder."""
    try:
        yield
    except OSError as fault:
        where = fault.filename2 or fault.filename or path
        what, advice = pair("files.unwritten", path=where, reason=reason(fault), fix=fix)
        raise Unwritten(what, fix=advice) from None


def write_whole(path: Path, content: bytes, *, accept: Callable[[Path], bool] = lambda _: True) -> bool:
    """Writes beside the file, under a hidden name, and puts it in its place if `accept` agrees to it.

    Raises OperatorError where the folder or the disk refuses; the file is then as it was.
    """
    path = path.resolve()  # a link stays a link
    beside = path.with_name(f".{path.name}.moi")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(content)
            if accepted := accept(beside):
                if path.exists():
                    shutil.copymode(path, beside)
                beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise refusal("files.not-whole", path=path, reason=reason(error)) from error
    return accepted


@dataclass(frozen=True, kw_only=True)
class FileChange:
    """A file with what it holds and what it is to hold."""

    path: Path
    before: bytes
    after: bytes


@contextmanager
def replace_together(changes: Iterable[FileChange]) -> Iterator[None]:
    """Puts the files in place for good; where that, or the block that looks at them, fails, puts them back.

    Each is written beside its place first, so that nobody ever reads half of one. Raises OperatorError
    where a file cannot be written, or was changed by somebody else in the meantime.
    """
    changes, coming, done = tuple(changes), {}, []
    try:
        for change in changes:
            coming[change.path] = _written_beside(change.path, change.after)
        for change in changes:
            _require_untouched(change)
            os.replace(coming[change.path], change.path.resolve())
            done.append(change)
        yield
    except BaseException as error:
        _put_back(done)
        if isinstance(error, OSError):
            raise _unwritable(error) from None
        raise
    finally:
        for path in coming.values():
            path.unlink(missing_ok=True)


def _written_beside(path: Path, content: bytes) -> Path:
    """Writes a hidden file in the same folder, with the rights of the one it is to replace."""
    place = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".tmp", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(place, name)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return Path(name)


def _require_untouched(change: FileChange) -> None:
    if change.path.read_bytes() != change.before:
        raise refusal("files.touched", path=change.path)


def _put_back(done: Iterable[FileChange]) -> None:
    lost = []
    for change in done:
        try:
            os.replace(_written_beside(change.path, change.before), change.path.resolve())
        except OSError:
            lost.append(str(change.path))
    if lost:
        raise refusal("files.lost", files=", ".join(lost))


def _unwritable(fault: OSError) -> OperatorError:
    # Windows lets nobody replace a file that another program holds open.
    return refusal("files.unwritable", path=fault.filename2 or fault.filename, reason=reason(fault))

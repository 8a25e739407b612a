"""Several files changed together: all of them, or none."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...errors import OperatorError, reason
from .approval import FileChange


@contextmanager
def replaced(changes: Iterable[FileChange]) -> Iterator[None]:
    """Puts the files in place for good; where that, or the block that looks at them, fails, puts them back.

    Each is written beside its place first, so that nobody ever reads half of one. Raises OperatorError
    where a file cannot be written, or was changed by somebody else in the meantime.
    """
    changes, coming, done = tuple(changes), {}, []
    try:
        for change in changes:
            coming[change.path] = _beside(change.path, change.after)
        for change in changes:
            _require_untouched(change)
            os.replace(coming[change.path], change.path.resolve())
            done.append(change)
        yield
    except BaseException as error:
        _put_back(done)
        if isinstance(error, OSError):
            raise _refusal(error) from None
        raise
    finally:
        for path in coming.values():
            path.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
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
        raise OperatorError(
            f"tệp {change.path} vừa bị một người hay một chương trình khác sửa",
            fix="chưa ghi gì; chạy lại lệnh để xem bản mới",
        )


def _put_back(done: Iterable[FileChange]) -> None:
    lost = []
    for change in done:
        try:
            os.replace(_beside(change.path, change.before), change.path.resolve())
        except OSError:
            lost.append(str(change.path))
    if lost:
        raise OperatorError(
            f"đã dừng giữa chừng, và không trả về như cũ được: {', '.join(lost)}",
            fix="mở từng tệp ấy, sửa lại phần review bằng tay",
        )


def _refusal(fault: OSError) -> OperatorError:
    # Windows lets nobody replace a file that another program holds open.
    return OperatorError(
        f"không ghi được “{fault.filename2 or fault.filename}”: {reason(fault)}",
        fix="chưa ghi gì; đóng chương trình đang mở tệp, xem quyền ghi của thư mục, rồi chạy lại",
    )

"""Files that are written whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from ...errors import OperatorError


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
        raise OperatorError(
            f"chưa ghi được {path}: {error.strerror or error}",
            fix="xem lại quyền ghi vào thư mục và chỗ trống trên đĩa, đóng tệp nếu đang mở ở nơi khác",
        ) from error
    return accepted

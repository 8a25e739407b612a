"""The files of a folder as they lie in it: nothing that leads elsewhere is followed, and no device is opened.

Every file of an author is found by `Folder` and read by `read_plain`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath

#: Folders of Windows that lead to another one; `os.path.isjunction` came with Python 3.12.
JUNCTION = 0xA0000003


class NotPlain(OSError):
    """A link, a folder, a device or a pipe stands where a file was expected."""


class Folder:
    """A folder and all below it, looked at once. One that is `named` on the command line may be a link."""

    def __init__(self, path: Path, *, named: bool = False) -> None:
        self.path, self.named = path, named

    @cached_property
    def entries(self) -> tuple[tuple[Path, os.stat_result], ...]:
        """Everything in it, by name; what is no plain file and no folder is not entered."""
        return tuple(_below(self.path)) if self.named or _is_folder(self.path) else ()

    @cached_property
    def files(self) -> frozenset[Path]:
        return frozenset(path for path, status in self.entries if stat.S_ISREG(status.st_mode))

    @cached_property
    def others(self) -> tuple[tuple[Path, bool], ...]:
        """Everything that leads elsewhere or is no file, each with whether it is a link."""
        if not self.named and os.path.lexists(self.path) and not _is_folder(self.path):
            return ((self.path, _leads_elsewhere(os.lstat(self.path))),)
        return tuple(
            (path, _leads_elsewhere(status)) for path, status in self.entries if not _is_plain(status)
        )

    def matching(self, pattern: str, within: Path) -> list[Path]:
        """Returns what a pattern like `*.yml` names, or `**/*.md` for those in folders below `within` too.

        Hidden files are left out: editors and USB sticks leave them beside the real ones.
        Large and small letters of an end are told apart on every system, as on that of the server.
        """
        name, is_deep = PurePosixPath(pattern).name, "/" in pattern
        return sorted(
            path
            for path, status in self.entries
            if _is_plain(status)
            and fnmatchcase(path.name, name)
            and (path.is_relative_to(within) if is_deep else path.parent == within)
            and not path.name.startswith((".", "~$"))
        )


def _is_folder(path: Path) -> bool:
    """Whether it is a folder itself, not a way to one."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and not _leads_elsewhere(status)


def _is_plain(status: os.stat_result) -> bool:
    is_known = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return is_known and not _leads_elsewhere(status)


def _leads_elsewhere(status: os.stat_result) -> bool:
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == JUNCTION


def read_plain(path: Path, most: int) -> bytes | None:
    """Returns the bytes of a plain file, or None where it has more than `most`. Raises OSError, NotPlain.

    Neither a link put there since is followed, nor does a pipe make anybody wait.
    """
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotPlain(path)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotPlain(path)
        raw = file.read(most + 1)
    return raw if len(raw) <= most else None


def _below(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """A folder that may not be looked into is empty."""
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
    except OSError:
        return
    for name in names:
        path = folder / name
        try:
            status = os.lstat(path)
        except OSError:
            continue
        yield path, status
        if stat.S_ISDIR(status.st_mode) and not _leads_elsewhere(status):
            yield from _below(path)

"""What a service did to its database and told its learners, in order, out of its system calls by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: In hexadecimal and whole; `-y` names the file of each descriptor.
CALLS = "pwrite64,write,sendto,ftruncate,fsync,fdatasync,unlink,openat"
STRACE = ("strace", "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-e", "signal=none")
CALL = re.compile(r"(\d+) +(\w+)\((.*)")
RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
DESCRIPTOR = re.compile(r"\d+<((?:\\x[0-9a-f]{2})*)>")
PLACE = re.compile(r'", (\d+), (\d+)')
SIZE = re.compile(r">, (\d+)")
CREATED, RESULT = b"HTTP/1.1 201 ", re.compile(rb'\{"attempt":"([0-9a-f-]{36})","course"')


@dataclass(frozen=True, slots=True)
class Write:
    file: int
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """A file gets a name in the folder of the database, or with none loses it."""

    name: str
    file: int | None


@dataclass(frozen=True, slots=True)
class Sync:
    """All that was written to a file is on disk; with none, the names in the folder are."""

    file: int | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A learner begins to be told that an attempt was taken."""

    attempt: str


Operation = Write | Truncate | Name | Sync | Answered


def can_trace() -> bool:
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def operations(trace: Path, database: Path) -> list[Operation]:
    """Reads a trace. The database is file 0 and was there before; what is in memory only is left out."""
    with trace.open() as lines:
        return _Reading(database).read(lines)


class _Reading:
    """Files by number, since one that is made again under its name is another."""

    def __init__(self, database: Path) -> None:
        self._folder = str(database.parent)
        self._kept = {str(database), f"{database}-wal", f"{database}-journal"}
        self._files, self._made = {str(database): 0}, 1
        self._unfinished: dict[str, Sync] = {}
        self._done: list[Operation] = []
        # Where a reply's head was sent, by the connection; its body says which attempt it is about.
        self._begun: dict[str, int] = {}

    def read(self, lines: Iterable[str]) -> list[Operation]:
        for line in lines:
            if resumed := RESUMED.match(line):
                self._done += self._resumed(*resumed.groups())
            elif call := CALL.match(line):
                self._done += self._called(*call.groups())
        return [operation for operation in self._done if operation != Answered("")]

    def _called(self, process: str, name: str, rest: str) -> Iterator[Operation]:
        """A write counts from its beginning on, a sync from its end."""
        if name in {"write", "sendto"}:
            yield from self._sent(rest)
        elif name in {"openat", "unlink"}:
            yield from self._named(name, rest)
        else:
            yield from self._of_file(process, name, rest)

    def _sent(self, rest: str) -> Iterator[Operation]:
        """Learners are told as soon as the head of the reply is sent."""
        connection, sent = rest.partition("<")[0], _bytes(TEXT.search(rest))
        if sent.startswith(CREATED):
            self._begun[connection] = len(self._done)
            yield Answered("")
        if (result := RESULT.search(sent)) and connection in self._begun:
            self._done[self._begun.pop(connection)] = Answered(result[1].decode())

    def _named(self, name: str, rest: str) -> Iterator[Operation]:
        path = _bytes(TEXT.search(rest)).decode(errors="replace")
        if path not in self._kept or "= -1" in rest:
            return
        if name == "unlink":
            del self._files[path]
            yield Name(path, None)
        elif "O_CREAT" in rest and path not in self._files:
            self._files[path], self._made = self._made, self._made + 1
            yield Name(path, self._files[path])

    def _of_file(self, process: str, name: str, rest: str) -> Iterator[Operation]:
        path = _bytes(DESCRIPTOR.match(rest)).decode(errors="replace")
        if path != self._folder and path not in self._kept:
            return
        assert "= -1" not in rest, rest[-200:]
        file = self._files.get(path)
        if name.endswith("sync"):
            if rest.endswith("<unfinished ...>\n") or "<unfinished" in rest:
                self._unfinished[process] = Sync(file)
            else:
                yield Sync(file)
            return
        assert file is not None
        if name == "ftruncate":
            yield Truncate(file, int(SIZE.search(rest)[1]))  # type: ignore[index]
        else:
            content = _bytes(TEXT.search(rest))
            length, offset = map(int, PLACE.search(rest).groups())  # type: ignore[union-attr]
            assert length == len(content)
            yield Write(file, offset, content)

    def _resumed(self, process: str, name: str, rest: str) -> Iterator[Operation]:
        if name.endswith("sync") and (sync := self._unfinished.pop(process, None)):
            assert rest.rstrip().endswith("= 0"), rest
            yield sync


def _bytes(match: re.Match[str] | None) -> bytes:
    return bytes.fromhex(match[1].replace("\\x", "")) if match else b""

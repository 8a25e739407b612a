"""What a disk may hold after the power went off: all that was synced, of the rest some, none, or pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from system_calls import Answered, Name, Operation, Sync, Truncate, Write

#: A write is torn where a sector ends, or where a page does.
SECTORS = (512, 4096)


class Disk:
    """What is safe, and what was asked for since and may be lost."""

    def __init__(self, database: str, content: bytes) -> None:
        self._names: dict[str, int] = {database: 0}
        self._contents = {0: bytearray(content)}
        self._pending: list[Operation] = []
        self.answered: set[str] = set()

    def do(self, operation: Operation, *, syncs: bool = True) -> None:
        if isinstance(operation, Answered):
            self.answered.add(operation.attempt)
        elif not isinstance(operation, Sync):
            self._pending.append(operation)
        elif syncs:
            self._sync(operation)

    def _sync(self, sync: Sync) -> None:
        left = []
        for operation in self._pending:
            if isinstance(operation, Name) if sync.file is None else _is_in(operation, sync.file):
                _apply(operation, self._names, self._contents)
            else:
                left.append(operation)
        self._pending = left

    def cut(self, random: Random) -> dict[str, bytes]:
        """The files as they may be found when the power is cut now."""
        names, contents = (
            dict(self._names),
            {file: bytearray(content) for file, content in self._contents.items()},
        )
        lost = random.choice((0.05, 0.3, 0.5, 0.9))
        for operation in self._pending:
            for kept in _kept(operation, random, lost):
                _apply(kept, names, contents)
        return {name: bytes(contents.get(file, b"")) for name, file in names.items()}


def _is_in(operation: Operation, file: int) -> bool:
    return isinstance(operation, (Write, Truncate)) and operation.file == file


def _kept(operation: Operation, random: Random, lost: float) -> Iterator[Operation]:
    """What stays of an operation: all, nothing, or of a write some of its sectors."""
    if random.random() < lost:
        return
    if not isinstance(operation, Write) or random.random() < 0.5:
        yield operation
        return
    yield from (piece for piece in _sectors(operation, random.choice(SECTORS)) if random.random() < 0.5)


def _sectors(write: Write, size: int) -> Iterator[Write]:
    begin, end = write.offset, write.offset + len(write.content)
    while begin < end:
        next = min((begin // size + 1) * size, end)
        yield Write(write.file, begin, write.content[begin - write.offset : next - write.offset])
        begin = next


def _apply(operation: Operation, names: dict[str, int], contents: dict[int, bytearray]) -> None:
    if isinstance(operation, Name):
        if operation.file is None:
            names.pop(operation.name, None)
        else:
            names[operation.name] = operation.file
    elif isinstance(operation, (Write, Truncate)):
        _change(operation, contents.setdefault(operation.file, bytearray()))


def _change(operation: Write | Truncate, content: bytearray) -> None:
    if isinstance(operation, Truncate):
        del content[operation.size :]
        content.extend(bytes(operation.size - len(content)))
        return
    end = operation.offset + len(operation.content)
    content.extend(bytes(max(end - len(content), 0)))
    content[operation.offset : end] = operation.content


def images(
    database: Path,
    before: bytes,
    operations: Iterable[Operation],
    places: Iterable[int],
    *,
    syncs: bool = True,
) -> Iterator[tuple[dict[str, bytes], frozenset[str]]]:
    """Yields the files at each place where the power is cut, and the attempts acknowledged by then."""
    disk, cuts = Disk(str(database), before), set(places)
    for place, operation in enumerate(operations):
        disk.do(operation, syncs=syncs)
        if place in cuts:
            yield disk.cut(Random(place)), frozenset(disk.answered)


def laid(files: dict[str, bytes], folder: Path) -> Path:
    """Writes the files of an image into a folder that it empties; returns where the database is."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / Path(name).name).write_bytes(content)
    return folder / Path(next(iter(files))).name

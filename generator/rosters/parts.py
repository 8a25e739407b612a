"""The parts of a workbook or document as its readers get them: by pieces, only so much of one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile, ZipInfo

from .limits import ListTooLarge

PIECE = 256 * 1024
#: A row of sixty cells of 32,767 characters, the most that Excel has, would be six megabytes; none is.
MOST_HELD = 4 * 1024 * 1024
#: Excel's own widest row, 16,384 formatted cells, has 50,000 tags and attributes.
MOST_MARKS = 200_000
#: Each name of a tag or an attribute stays in memory until its part is read; a format has some hundred.
MOST_NAMES = 2_000


class ArchivePart:
    """One part being read. Raises TooMuch where more is held of it than any list needs."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self._held = self._marks = 0

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; all that remain, by pieces too, where no size is asked for.

        `ZipExtFile` itself would then unpack all that there is and cut it afterwards.
        """
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(PIECE), b""))
        piece = self._opened.read(size)
        self._held += len(piece)
        self._marks += piece.count(b"<") + piece.count(b"=")
        if self._held > MOST_HELD or self._marks > MOST_MARKS:
            raise ListTooLarge("part-too-big")
        return piece

    def dropped(self) -> None:
        """Says that nothing of what was read so far is kept as XML."""
        self._held = self._marks = 0

    def close(self) -> None:
        self._opened.close()

    def __enter__(self) -> ArchivePart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Parts(ZipFile):
    """An archive that hands out its parts in pieces only; whoever wants a whole one gets a small one."""

    def open(self, name: str | ZipInfo, mode: Any = "r", *given: Any, **named: Any) -> Any:
        return ArchivePart(super().open(name, mode, *given, **named))


def walk(part: ArchivePart) -> Iterator[tuple[str, list[Element]]]:
    """Yields each `start` and `end` of an element with the way to it from the root. Raises TooMuch."""
    path: list[Element] = []
    names: set[str] = set()
    for event, element in iterparse(part, ("start", "end")):
        if event == "start":
            path.append(element)
            names.add(element.tag)
            names.update(element.keys())
            if len(names) > MOST_NAMES:
                raise ListTooLarge("part-too-big")
        yield event, path
        if event == "end":
            path.pop()


def elements(part: ArchivePart, depth: int) -> Iterator[tuple[str, Element]]:
    """The elements at a depth, the root's being 1, each with the tag of what holds it.

    Each is dropped once the next is asked for. Raises TooMuch.
    """
    for event, path in walk(part):
        if event == "start":
            continue
        if len(path) == depth:
            yield path[-2].tag if depth > 1 else "", path[-1]
        if 1 < len(path) <= depth:
            path[-2].clear()
            part.dropped()

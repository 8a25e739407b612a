"""How much a drawing draws: a few lines that name one another can stand for millions of shapes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from .styling import addresses

#: Shapes that a browser draws before a reader notices.
MOST_DRAWN = 200_000
#: A chain of parts that name one another; editors make two or three.
LONGEST_CHAIN = 40


@dataclass
class Weight:
    """Elements in the order of the file, where each ends, and which parts of the drawing each names."""

    ends: list[int] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    named: list[tuple[int, str]] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _known: dict[int, int] = field(default_factory=dict)

    def open(self, attributes: list[tuple[str, str]]) -> None:
        number = len(self.ends)
        self._open.append(number)
        self.ends.append(number)
        for name, value in attributes:
            if name == "id":
                self.ids.setdefault(value, number)
        self.named += [(number, part) for part in _parts_named(attributes)]

    def close(self) -> None:
        self.ends[self._open.pop()] = len(self.ends)

    def is_too_much(self) -> bool:
        """Whether more is drawn than anybody waits for, or a part stands for itself."""
        return bool(self.ends) and self._drawn(0, LONGEST_CHAIN) > MOST_DRAWN

    def _drawn(self, element: int, left: int) -> int:
        """Returns how many elements are drawn for one; what cannot be counted counts as too many."""
        if element in self._known:
            return self._known[element]
        if not left:
            return MOST_DRAWN + 1
        end = self.ends[element]
        self._known[element] = MOST_DRAWN + 1  # what it is while it is being counted: its own part
        drawn = end - element
        for _, part in self.named[
            bisect_left(self.named, (element, "")) : bisect_left(self.named, (end, ""))
        ]:
            if part in self.ids and drawn <= MOST_DRAWN:
                drawn += self._drawn(self.ids[part], left - 1)
        self._known[element] = drawn
        return drawn


def _parts_named(attributes: list[tuple[str, str]]) -> Iterator[str]:
    for name, value in attributes:
        if name in {"href", "xlink:href"} and value.startswith("#"):
            yield value[1:]
        elif "url(" in value:
            yield from addresses(value)

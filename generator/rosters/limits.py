"""How much of a list is read at most, whatever its format, so that reading it never fills the memory."""

from __future__ import annotations

from dataclasses import dataclass

from .book import GridRow
from .notices import FILE, Notice, Spot

#: 50,000 people with six cells each; in memory some 300 bytes a cell, and as much again for its person.
MOST_CELLS = 300_000
#: In characters, each of up to four bytes; 50,000 people have five million.
MOST_TEXT = 10_000_000


class ListTooLarge(ValueError):
    """More than a list of people has. Carries the notice."""

    def __init__(self, code: str, most: int | None = None, spot: Spot = FILE) -> None:
        super().__init__(code)
        self.notice = Notice(
            code=code, spot=spot, values={} if most is None else {"most": f"{most:,}".replace(",", ".")}
        )


@dataclass(kw_only=True)
class Contents:
    """Counts what was read of a file so far."""

    cells: int = 0
    text: int = 0

    def take(self, cells: int, text: int) -> None:
        """Adds to it. Raises TooMuch."""
        self.cells += cells
        self.text += text
        if self.cells > MOST_CELLS:
            raise ListTooLarge("too-many-cells", MOST_CELLS)
        if self.text > MOST_TEXT:
            raise ListTooLarge("too-much-text", MOST_TEXT)

    def take_row(self, row: GridRow) -> GridRow:
        """The row, once it is added. Raises TooMuch."""
        self.take(len(row.cells), sum(len(cell.text) for cell in row.cells.values()))
        return row

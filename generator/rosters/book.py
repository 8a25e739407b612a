"""What a file holds, whatever its format: sheets of rows of typed cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .notices import Notice, Spot

CellKind = Literal["text", "number", "date", "formula", "error", "flag", "overlong"]
MOST_ROWS = 50_000
#: Columns further right are not read.
MOST_COLUMNS = 60
#: No name, position or unit comes near; more is not kept.
LONGEST_CELL = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class GridCell:
    """A cell that is not empty. `text` is as written: a whole number without `.0`, a date as ISO.

    Of a formula it is what the spreadsheet had last computed, as whoever looks at the sheet sees it; the
    formula itself only where nothing was computed.
    """

    text: str
    kind: CellKind = "text"
    is_computed: bool = False

    @classmethod
    def of(cls, text: str, kind: CellKind, *, is_computed: bool = False) -> GridCell:
        """A cell of a file, cut where it is too long to be of use."""
        if len(text) <= LONGEST_CELL:
            return cls(text=text, kind=kind, is_computed=is_computed)
        return cls(text=text[:LONGEST_CELL], kind="overlong")


@dataclass(frozen=True, kw_only=True, slots=True)
class GridRow:
    """The cells of a row by column, 1-based; `struck` are the columns whose text is struck out."""

    number: int
    cells: Mapping[int, GridCell]
    is_hidden: bool = False
    struck: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """Merged cells, all bounds included."""

    top: int
    left: int
    bottom: int
    right: int


def titled(file: str, sheet: str) -> str:
    """Returns what a sheet of a file is called; of one file alone, by its own name."""
    return " › ".join(filter(None, (file, sheet)))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet; rows without a value are left out. `file` is said where there are several.

    The first `lines_above` rows of a table of a document are what is written over it; places are told by
    the rows of the table alone, as its reader counts them.
    """

    name: str
    rows: tuple[GridRow, ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    lines_above: int = 0
    file: str = ""

    @property
    def title(self) -> str:
        """Returns what the sheet is called: by its file too where there are several."""
        return titled(self.file, self.name)

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Returns where a cell is told to be; the whole sheet for a line above its table."""
        if 0 < row <= self.lines_above:
            return Spot(sheet=self.title)
        return Spot(sheet=self.title, row=max(0, row - self.lines_above), column=column)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A file that was read, or `notices` why it could not be. `sha256` is of its bytes."""

    name: str
    sha256: str
    grids: tuple[Grid, ...] = ()
    notices: tuple[Notice, ...] = ()

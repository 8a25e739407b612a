"""The content of a file, whatever its format: sheets of typed cells, their places and the notices on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ..programme.model.values import NOTHING

DIGITS = "0123456789"


def column_letters(column: int) -> str:
    """Returns `A` for 1, `AA` for 27."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def cell_ranges(cells: Sequence[str]) -> tuple[str, ...]:
    """Returns the addresses, each run of rows as one range: D2, D3, D4 and D7 as D2:D4 and D7."""
    runs: list[list[str]] = []
    for cell in dict.fromkeys(cells):
        if runs and _is_next_cell(runs[-1][-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return tuple(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in runs)


def _is_next_cell(first: str, second: str) -> bool:
    """Returns whether the second address is that right below the first."""
    letters = first.rstrip(DIGITS)
    number, other = first[len(letters) :], second[len(letters) :]
    is_same = second.startswith(letters) and number.isdecimal() and other.isdecimal()
    return is_same and int(other) == int(number) + 1


#: Topics that may be inferred from a list; the office confirms each once.
Topic = Literal["font", "names", "units"]
Answers = Mapping[Topic, bool]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A cell (1-based row and column), a whole row or column (0 for the other), a worksheet, or the file."""

    worksheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The address: `C5`; `C` for a whole column, `5` for a whole row, "" for the worksheet."""
        return column_letters(self.column) + (str(self.row) if self.row else "")


FILE = Spot()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`code` names the sentence in `messages.toml`; `values` fill its placeholders."""

    code: str
    spot: Spot = FILE
    values: Mapping[str, str] = field(default=NOTHING, hash=False)
    suggestion: str = ""

    def at(self, spot: Spot) -> Notice:
        return replace(self, spot=spot)


#: Enough for 50,000 people with six cells; memory takes some 300 bytes a cell, and as many for its person.
MOST_CELLS = 300_000
#: Characters of up to four bytes; 50,000 people have five million.
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

    def take(self, texts: Collection[str]) -> None:
        """Adds the texts of cells. Raises ListTooLarge."""
        self.cells += len(texts)
        self.text += sum(map(len, texts))
        if self.cells > MOST_CELLS:
            raise ListTooLarge("too-many-cells", MOST_CELLS)
        if self.text > MOST_TEXT:
            raise ListTooLarge("too-much-text", MOST_TEXT)


CellKind = Literal["text", "number", "date", "formula", "error", "flag", "overlong"]
MOST_ROWS = 50_000
#: Columns further right are not read.
MOST_COLUMNS = 60
#: No name, position or unit is nearly so long; more is not kept.
LONGEST_CELL = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class GridCell:
    """A cell that is not empty. `text` is as written: a whole number without `.0`, a date as ISO.

    For a formula it is what the spreadsheet last computed, which a reader of the sheet sees; the formula
    itself only where nothing was computed.
    """

    text: str
    kind: CellKind = "text"
    is_computed: bool = False

    @classmethod
    def of(cls, text: str, kind: CellKind, *, is_computed: bool = False) -> GridCell:
        """Returns a cell of a file, cut where it is too long to be of use."""
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


def title_in_file(file: str, worksheet: str) -> str:
    return " › ".join(filter(None, (file, worksheet)))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One worksheet; rows without a value are left out. `file` is set where there are several.

    The first `lines_above` rows of a table in a document are the text over it; places count only the rows of
    the table, as a reader counts them.
    """

    name: str
    rows: tuple[GridRow, ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False
    lines_above: int = 0
    file: str = ""

    @property
    def title(self) -> str:
        """The sheet's name, with its file's where there are several."""
        return title_in_file(self.file, self.name) if self.file else self.name

    def spot(self, row: int = 0, column: int = 0) -> Spot:
        """Returns the place of a cell; the whole sheet for a line above its table."""
        if 0 < row <= self.lines_above:
            return Spot(worksheet=self.title)
        return Spot(worksheet=self.title, row=max(0, row - self.lines_above), column=column)


@dataclass(frozen=True, kw_only=True)
class Book:
    """A file that was read, or `notices` why it could not be. `sha256` is of its bytes."""

    name: str
    sha256: str
    grids: tuple[Grid, ...] = ()
    notices: tuple[Notice, ...] = ()

"""What reading and checking return: a code, the values its sentence needs, and the cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ..errors import Severity
from ..programme.model.base import NOTHING
from .cells import address, ranges

#: What may be inferred of a list; the office says of each once whether it is so.
Topic = Literal["font", "names", "units"]
Answers = Mapping[Topic, bool]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A cell (1-based row and column), a whole row or column (0 for the other), a sheet, or the file."""

    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        return address(self.row, self.column)


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


@dataclass(frozen=True, kw_only=True)
class CellFinding:
    """One thing the sender of a list should put right. `cells` are all of a sheet that share it.

    With a topic it says what was inferred: right when the office agrees, else to be put right as well.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    sheet: str = ""
    cells: tuple[str, ...] = ()
    topic: Topic | None = None

    @property
    def cell(self) -> str:
        return self.cells[0] if self.cells else ""

    @property
    def places(self) -> tuple[str, ...]:
        """The cells, those below each other as one range: D2:D4."""
        return ranges(self.cells)

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

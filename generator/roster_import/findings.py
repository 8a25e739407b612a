"""Findings of a list: notices, cell addresses, and the sentences of `messages.toml`."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Literal

from ..errors import Severity
from ..programme.model.base import NOTHING
from .vocabulary import toml_table

DIGITS = "0123456789"


def column_letters(column: int) -> str:
    """Returns `A` for 1, `AA` for 27."""
    letters = ""
    while column > 0:
        column, left = divmod(column - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def cell_address(row: int, column: int) -> str:
    """Returns `C5`; `C` for a whole column, `5` for a whole row, "" for the worksheet."""
    return column_letters(column) + (str(row) if row else "")


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
        return cell_address(self.row, self.column)


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
    """A finding for the sender of a list. `cells` are all cells of a worksheet that share it.

    With a topic it says what was inferred: right when the office agrees, else to be put right as well.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    worksheet: str = ""
    cells: tuple[str, ...] = ()
    topic: Topic | None = None

    @property
    def cell(self) -> str:
        return self.cells[0] if self.cells else ""

    @property
    def places(self) -> tuple[str, ...]:
        """The cells, those below each other as one range: D2:D4."""
        return cell_ranges(self.cells)

    @property
    def is_error(self) -> bool:
        return self.severity == "error"


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """Returns the catalogue: severity, text and fix of every code; the topic of what is inferred."""
    return toml_table("messages.toml")


def findings_of(notices: Iterable[Notice], worksheets: tuple[str, ...] = ()) -> tuple[CellFinding, ...]:
    """Returns findings in the order of the file: first those on all of it, then by worksheet and row."""
    places = {name: number for number, name in enumerate(worksheets, 1)}
    groups: dict[Hashable, list[Notice]] = {}
    for notice in sorted(set(notices), key=lambda notice: _notice_order(notice, places)):
        groups.setdefault(_notice_group(notice), []).append(notice)
    return tuple(map(_finding, groups.values()))


def _notice_order(notice: Notice, places: Mapping[str, int]) -> tuple[int, int, int, str, tuple[str, ...]]:
    spot = notice.spot
    return (places.get(spot.worksheet, 0), spot.row, spot.column, notice.code, tuple(notice.values.values()))


def _notice_group(notice: Notice) -> Hashable:
    """Returns the key of notices that become one finding; `together` in the catalogue ignores values."""
    shared = () if messages()[notice.code].get("together") else _shared_values(notice)
    return notice.code, notice.spot.worksheet, notice.spot.column, shared, bool(notice.spot.row)


def _shared_values(notice: Notice) -> tuple[tuple[str, str], ...]:
    """Returns the values that are the same for several people; not the number of a person in a cell."""
    return tuple((name, value) for name, value in notice.values.items() if name != "number")


def _finding(notices: list[Notice]) -> CellFinding:
    first = notices[0]
    message = messages()[first.code]
    fix = message["fix"] if first.suggestion or "otherwise" not in message else message["otherwise"]
    values = {
        "understood": "",
        **first.values,
        "suggestion": first.suggestion,
        "column": column_letters(first.spot.column),
        "people": str(len(notices)),
    }
    return CellFinding(
        code=first.code,
        severity=message.get("severity", "error"),
        message=message["text"].format(**values),
        fix=fix.format(**values),
        worksheet=first.spot.worksheet,
        cells=tuple(notice.spot.cell for notice in notices if notice.spot.cell),
        topic=message.get("topic"),
    )

"""The lists of a sheet: one, several below each other, or two side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .book import Grid, GridRow
from .headings import Headings, headings, headings_at, is_headings, roles, rows_after
from .vocabulary import heading

#: More lists than these in a sheet are no lists of people.
MOST_TABLES = 100
#: A number among people.
NUMBER = re.compile(r"\d{1,5}[.)]?")
#: A cell that may be the heading of names: short, and with the letters of such a heading.
MAYBE_NAMES = re.compile(r"\s*(?:h|t|f)[^\d]{1,28}\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class PeopleTable:
    """A list: its headings, the rows under them, and those of them that say the headings again."""

    grid: Grid
    headings: Headings
    rows: tuple[GridRow, ...]
    repeated: frozenset[int] = frozenset()
    is_continued: bool = False


def tables(grid: Grid) -> list[PeopleTable]:
    """The lists of a sheet in their order; none where it has no headings."""
    return [table for part in _parts(grid) for table in _below_each_other(part)]


def continued(grid: Grid, before: PeopleTable) -> PeopleTable | None:
    """The sheet as going on with the list before it: its people are numbered in the same columns."""
    columns = before.headings.columns
    ordinal, name = columns.get("ordinal", 0), columns["name"]
    numbered = [row for row in grid.rows if NUMBER.fullmatch(_text(row, ordinal).strip())]
    named = [row for row in numbered if len(_text(row, name).split()) > 1 and _text(row, name)[:1].isalpha()]
    if not numbered or len(named) * 2 <= len(numbered):
        return None
    first = numbered[0].number
    found = replace(before.headings, row=first, last_row=first - 1, others={})
    rows = tuple(rows_after(grid, first - 1))
    return PeopleTable(grid=grid, headings=found, rows=rows, is_continued=True)


def _text(row: GridRow, column: int) -> str:
    return row.cells[column].text if column in row.cells else ""


def _parts(grid: Grid) -> list[Grid]:
    """The sheet, or each of its parts where its headings name people more than once."""
    found = headings(grid)
    if found is None:
        return []
    row = next(row for row in grid.rows if row.number == found.row)
    starts = _starts({column: cell.text for column, cell in row.cells.items()})
    if len(starts) < 2:
        return [grid]
    ends = [*starts[1:], max(max(each.cells) for each in grid.rows) + 1]
    return [_columns(grid, found.row, start, end) for start, end in zip([1, *starts[1:]], ends, strict=True)]


def _starts(texts: dict[int, str]) -> list[int]:
    """Where each list of a row of headings begins; more than one only if each says more than a name."""
    known = roles(texts)
    names = known.get("name") or known["family_name"]
    ordinals = known.get("ordinal", [])
    starts = [
        max((column for column in ordinals if last < column < name), default=name)
        for last, name in zip([0, *names], names, strict=False)
    ]
    ends = [*starts[1:], max(texts, default=0) + 1]
    of_each = [
        {role for role, columns in known.items() if any(start <= each < end for each in columns)}
        for start, end in zip(starts, ends, strict=True)
    ]
    are_lists = all(len(each - {"ordinal"}) > 1 for each in of_each) or all(
        "ordinal" in each for each in of_each
    )
    return starts if are_lists else starts[:1]


def _columns(grid: Grid, first: int, start: int, end: int) -> Grid:
    """The columns of a list; what stands above its headings stays whole."""
    rows = []
    for row in grid.rows:
        cells = {column: cell for column, cell in row.cells.items() if start <= column < end}
        if row.number < first and (not cells or len(row.cells) == 1 or len(cells) == len(row.cells)):
            rows.append(row)
        elif cells:
            rows.append(replace(row, cells=cells))
    merged = tuple(area for area in grid.merged if area.top < first or start <= area.left < end)
    return replace(grid, rows=tuple(rows), merged=merged)


def _below_each_other(grid: Grid) -> Iterator[PeopleTable]:
    found = headings(grid)
    count = 0
    while found is not None:
        table, next_one = _table(grid, found, is_last=count + 1 == MOST_TABLES)
        yield table
        found, count = headings_at(grid, next_one) if next_one else None, count + 1


def _table(grid: Grid, found: Headings, *, is_last: bool) -> tuple[PeopleTable, GridRow | None]:
    """The list under some headings, and the row of the next one's, if there is one."""
    said, depth = _said(grid, found), found.last_row - found.row
    rows: list[GridRow] = []
    repeated: set[int] = set()
    for row in rows_after(grid, found.last_row):
        if _may_be_headings(row):
            if said == {column: heading(cell.text) for column, cell in row.cells.items()}:
                repeated |= set(range(row.number, row.number + depth + 1))
            elif not is_last:
                return PeopleTable(
                    grid=grid, headings=found, rows=tuple(rows), repeated=frozenset(repeated)
                ), row
        rows.append(row)
    return PeopleTable(grid=grid, headings=found, rows=tuple(rows), repeated=frozenset(repeated)), None


def _said(grid: Grid, found: Headings) -> dict[int, str]:
    row = next(rows_after(grid, found.row - 1))
    return {column: heading(cell.text) for column, cell in row.cells.items()}


def _may_be_headings(row: GridRow) -> bool:
    likely = any(MAYBE_NAMES.fullmatch(cell.text) for cell in row.cells.values())
    return likely and is_headings(row)

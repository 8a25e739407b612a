"""Where a sheet's list begins, and which column says what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from .book import MOST_COLUMNS, Grid, GridRow
from .notices import Notice
from .spelling import shown, words
from .vocabulary import heading, vocabulary

Role = Literal["name", "position", "unit", "note", "ordinal", "family_name", "given_name"]
#: What has to be there for a row to be the headings.
NEEDED: tuple[Role, ...] = ("name", "unit")
READ: tuple[Role, ...] = ("name", "position", "unit", "note")
ROLES: frozenset[str] = frozenset(get_args(Role))
#: In how many rows the headings are looked for.
DEEPEST = 40
#: How many rows headings may be merged over.
DEEPEST_HEADINGS = 3


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The row of headings. `columns` of each role that is read, `district` the column of districts."""

    row: int
    last_row: int
    columns: Mapping[Role, int]
    others: Mapping[int, str]
    district: int | None = None


def roles(texts: Mapping[int, str]) -> dict[Role, list[int]]:
    """The columns of each role among a row's texts."""
    found: dict[Role, list[int]] = {}
    for column, text in texts.items():
        if (known := vocabulary().headings.get(heading(text))) in ROLES:
            found.setdefault(known, []).append(column)  # type: ignore[arg-type]  # one of ROLES
    return found


def headings(grid: Grid) -> Headings | None:
    """The first row with a column of names and one of units; else the one that comes closest."""
    near = grid.rows[:DEEPEST]
    rows = [row for row in near if _is_headings(roles(_texts(row)))]
    rows.sort(key=lambda row: (-sum(role in roles(_texts(row)) for role in NEEDED), row.number))
    return _headings(grid, rows[0]) if rows else None


def _is_headings(found: Mapping[Role, list[int]]) -> bool:
    """A name's column and any other: a word such as “Họ tên” alone may stand in a title."""
    has_name = "name" in found or {"family_name", "given_name"} <= set(found)
    return has_name and len(found) > 1


def _texts(row: GridRow) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items() if column <= MOST_COLUMNS}


def _headings(grid: Grid, row: GridRow) -> Headings:
    texts = _texts(row)
    columns = {role: found[0] for role, found in roles(texts).items()}
    others = {column: text for column, text in texts.items() if column not in columns.values()}
    return Headings(
        row=row.number,
        last_row=_last_row(grid, row.number, {columns[role] for role in READ if role in columns}),
        columns=columns,
        others=others,
        district=next((column for column, text in others.items() if is_district(text)), None),
    )


def _last_row(grid: Grid, first: int, read: set[int]) -> int:
    """The last row that headings are merged down to; one with a value in a column that is read is none."""
    lowest = max((area.bottom for area in grid.merged if area.top == first), default=first)
    below = [row for row in grid.rows if first < row.number <= first + DEEPEST_HEADINGS]
    filled = min((row.number for row in below if read & set(row.cells)), default=lowest + 1)
    return min(lowest, filled - 1, first + DEEPEST_HEADINGS)


def is_district(text: str) -> bool:
    """Whether a heading speaks of districts: Huyện, Quận/huyện, Huyện, thị xã."""
    found = words(text)
    return any(
        found[start : start + len(name)] == name
        for name in vocabulary().district_headings
        for start in range(len(found))
    )


def is_private(text: str) -> bool:
    """Whether a heading asks for something that is never stored."""
    found = heading(text)
    known = vocabulary()
    return found in known.private_exactly or any(f" {name} " in f" {found} " for name in known.private)


# --- what to say of them --------------------------------------------------------------------


def notices(grid: Grid, found: Headings) -> Iterator[Notice]:
    """Everything about the headings that the sender should know or change."""
    if found.row > 1:
        yield Notice(code="headings-not-first", spot=grid.spot(found.row), values={"row": str(found.row)})
    yield from _missing(grid, found)
    yield from _twice(grid, found)
    for column, text in found.others.items():
        if vocabulary().headings.get(heading(text)) not in ROLES:
            yield _other(text).at(grid.spot(found.row, column))
    yield from _nameless(grid, found)


def _missing(grid: Grid, found: Headings) -> Iterator[Notice]:
    spot = grid.spot(found.row)
    is_split = "name" not in found.columns or "family_name" in found.columns
    if is_split and {"family_name", "given_name"} & set(found.columns):
        yield Notice(code="split-name", spot=spot)
    if "unit" not in found.columns:
        yield Notice(code="no-unit-column", spot=spot)
    if "position" not in found.columns:
        yield Notice(code="no-position-column", spot=spot)


def _twice(grid: Grid, found: Headings) -> Iterator[Notice]:
    row = next(row for row in grid.rows if row.number == found.row)
    texts = _texts(row)
    for role, columns in roles(texts).items():
        for column in columns[1:] if role in READ else ():
            values = {"heading": shown(texts[column]), "first": shown(texts[columns[0]])}
            yield Notice(code="column-twice", spot=grid.spot(found.row, column), values=values)


def _other(text: str) -> Notice:
    values = {"heading": shown(text)}
    if is_private(text):
        return Notice(code="private-column", values=values)
    return Notice(code="district-column" if is_district(text) else "ignored-column", values=values)


def _nameless(grid: Grid, found: Headings) -> Iterator[Notice]:
    """Columns that have values but no heading; those of a merged heading among them."""
    known = {*found.columns.values(), *found.others}
    below = (row for row in grid.rows if row.number > found.last_row)
    used = {column for row in below for column in row.cells}
    for column in sorted(used - known):
        code = "too-many-columns" if column > MOST_COLUMNS else "nameless-column"
        yield Notice(code=code, spot=grid.spot(0, column), values={"most": str(MOST_COLUMNS)})

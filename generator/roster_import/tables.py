"""The lists of a sheet: where their headings are, the role of each column, which rows are theirs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, get_args

from .grid import MOST_COLUMNS, Grid, GridRow
from .vocabulary import Words, contains, heading_key, vocabulary, words

Role = Literal[
    "name", "position", "unit", "note", "ordinal", "family_name", "given_name", "post_and_unit", "department",
    "other_post",
]  # fmt: skip
#: The columns of a complete row of headings.
NEEDED: tuple[Role, ...] = ("name", "unit")
READ: tuple[Role, ...] = ("name", "position", "unit", "note")
ROLES: frozenset[str] = frozenset(get_args(Role))
#: The rows in which headings are looked for.
DEEPEST = 40
#: The most rows that headings may be merged over.
DEEPEST_HEADINGS = 3
#: The rows that are read to see what a column without a heading has.
SAMPLE = 200


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The row of headings. `columns` of each role that is read, `district` the column of districts.

    `given` is the column of given names where a name stands in two, `more_posts` are other columns of posts.
    `covered` are columns that a heading which is not read is merged over: Năm sinh, over Nam and Nữ.
    """

    row: int
    last_row: int
    columns: Mapping[Role, int]
    others: Mapping[int, str]
    district: int | None = None
    given: int | None = None
    more_posts: tuple[int, ...] = ()
    covered: frozenset[int] = frozenset()


def column_roles(texts: Mapping[int, str]) -> dict[Role, list[int]]:
    """Returns the columns of each role among a row's texts.

    Unknown words after a post belong to it: Chức vụ/Môn dạy.
    """
    known, columns_by_role = vocabulary().headings, dict[Role, list[int]]()
    for column, text in texts.items():
        role, (first, *more) = known.get(heading_key(text)), text.split("/")
        if not role and more and not is_private(text) and known.get(heading_key(first)) == "position":
            role = "position"
        if role in ROLES:
            columns_by_role.setdefault(role, []).append(column)  # type: ignore[arg-type]  # one of ROLES
    return columns_by_role


def find_headings(grid: Grid) -> Headings | None:
    """Returns the first row with a column of names and one of units; else the closest, or None.

    A better row that people stand above is the next list's.
    """
    near = grid.rows[:DEEPEST]
    rows = [row for row in near if is_headings(row)]
    if not rows:
        return None
    best = min(
        rows, key=lambda row: (-sum(role in column_roles(row_texts(row)) for role in NEEDED), row.number)
    )
    first = headings_at(grid, rows[0])
    between = (row for row in near if first.last_row < row.number < best.number)
    name = first.columns["name"]
    has_people = any(name in row.cells and len(words(row.cells[name].text)) > 1 for row in between)
    return first if has_people else headings_at(grid, best)


def rows_after(grid: Grid, number: int) -> Iterator[GridRow]:
    return islice(grid.rows, bisect_right(grid.rows, number, key=lambda row: row.number), None)


def is_headings(row: GridRow) -> bool:
    """Returns whether a row has a name column and another; “Họ tên” alone may stand in a title."""
    roles = column_roles(row_texts(row))
    has_name = "name" in roles or {"family_name", "given_name"} <= set(roles)
    return has_name and len(roles) > 1


def row_texts(row: GridRow) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items() if column <= MOST_COLUMNS}


def headings_at(grid: Grid, row: GridRow) -> Headings:
    """Returns the headings that begin in a row, those in the rows merged below it among them."""
    texts, below = row_texts(row), _under(grid, row)
    parts = {role: places[0] for each in below for role, places in column_roles(row_texts(each)).items()}
    columns = {role: places[0] for role, places in column_roles(texts).items()}
    columns |= {role: column for role, column in parts.items() if role not in columns}
    posts, given = _combined_columns(column_roles(texts), columns)
    read = {*columns.values(), *posts}
    others = {column: text for column, text in texts.items() if column not in read}
    last = max((each.number for each in below), default=row.number)
    known = {*texts, *parts.values(), *(column for each in below for column in each.cells)}
    return Headings(
        row=row.number,
        last_row=max(last, _last_row(grid, row.number, {columns[role] for role in READ if role in columns})),
        columns=columns,
        others=others,
        district=next((column for column, text in others.items() if is_district(text)), None),
        given=given or _nameless_given(grid, row, columns, known, last),
        more_posts=(*_merged_columns(grid, row, columns.get("position", 0)), *posts),
        covered=frozenset(each for column in others for each in _merged_columns(grid, row, column)) - read,
    )


def _merged_columns(grid: Grid, row: GridRow, column: int) -> tuple[int, ...]:
    """Returns the columns that a heading is merged over, beside its own."""
    area = next((area for area in grid.merged if area.top == row.number and area.left == column), None)
    right = min(area.right, MOST_COLUMNS) if area else column
    return tuple(each for each in range(column + 1, right + 1) if each not in row.cells)


def _combined_columns(
    by_role: Mapping[Role, list[int]], columns: dict[Role, int]
) -> tuple[list[int], int | None]:
    """Returns the columns of more posts and that of given names; settles which one others count as.

    The columns of posts after the first, that of `position`, are Chức vụ Đảng, Chức vụ khác. Family names
    stand in the name's column. Departments count as units if there are none.
    """
    columns.pop("other_post", None)
    first, *posts = sorted([*by_role.get("position", ()), *by_role.get("other_post", ())]) or [0]
    if first:
        columns["position"] = first
    family, given = columns.pop("family_name", None), columns.pop("given_name", None)
    if given is not None and family is not None and columns.get("name", family) == family:
        columns["name"] = family
    elif "name" not in columns or given != columns["name"] + 1:
        given = None
    shared, department = columns.pop("post_and_unit", None), columns.pop("department", None)
    if department is not None:
        columns.setdefault("unit", department)
    if shared is not None:
        columns.setdefault("position", shared)
    return posts, given


def _under(grid: Grid, first: GridRow) -> list[GridRow]:
    """Returns the rows right below that a merged heading falls into: Họ và đệm, Tên; Đảng, Chính quyền."""
    across = {
        column
        for area in grid.merged
        if area.top == area.bottom == first.number and area.right > area.left
        for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
    }
    headings_below: list[GridRow] = []
    for row in islice(rows_after(grid, first.number), DEEPEST_HEADINGS - 1):
        names = column_roles(texts := row_texts(row))
        is_known = all(
            heading_key(text) in vocabulary().headings or is_private(text) for text in texts.values()
        )
        is_part = bool(names) and is_known and "name" not in names
        is_next = row.number == first.number + len(headings_below) + 1 and not _is_of_people(first, texts)
        if not is_next or not (is_part or (set(texts) <= across and len(texts) > 1)):
            break
        headings_below.append(row)
    return headings_below


def _is_of_people(first: GridRow, texts: Mapping[int, str]) -> bool:
    """Returns whether a row under headings has a person in its name columns, or a unit by its kind."""
    known = column_roles(row_texts(first))
    names = [
        texts[column] for role in ("name", "family_name") for column in known.get(role, ()) if column in texts
    ]
    kinds = {words(kind) for kind in vocabulary().kinds}
    has_unit = any(words(text)[:1] in kinds and len(words(text)) > 1 for text in texts.values())
    return has_unit or any(heading_key(text) not in vocabulary().headings for text in names)


def _nameless_given(
    grid: Grid, row: GridRow, columns: Mapping[Role, int], known: set[int], last: int
) -> int | None:
    """Returns the column after the name's, if it has no heading and parts of names in it; else None."""
    name = columns.get("name")
    if name is None or (given := name + 1) in known:
        return None
    below = [each for each in islice(rows_after(grid, last), SAMPLE) if {name, given} <= set(each.cells)]
    names = [words(each.cells[given].text) for each in below]
    are_short = all(len(each) in (1, 2) and not re.search(r"\d", "".join(each)) for each in names)
    if not names or not are_short or _are_private(names):
        return None
    is_likely = sum(map(len, names)) * 2 < len(names) * 3 and len(set(names)) * 2 > len(names)
    return given if is_likely or given in _merged_columns(grid, row, name) else None


def _are_private(column_words: list[Words]) -> bool:
    """Returns whether a column has nothing but private values, such as men and women."""
    return all(heading_key(" ".join(each)) in vocabulary().private_exactly for each in column_words)


def _last_row(grid: Grid, first: int, read: set[int]) -> int:
    """Returns the last row that headings are merged down to; never one with a value in a column read."""
    lowest = max((area.bottom for area in grid.merged if area.top == first), default=first)
    below = [
        row
        for row in islice(rows_after(grid, first), DEEPEST_HEADINGS)
        if row.number <= first + DEEPEST_HEADINGS
    ]
    filled = min((row.number for row in below if read & set(row.cells)), default=lowest + 1)
    return min(lowest, filled - 1, first + DEEPEST_HEADINGS)


def is_district(text: str) -> bool:
    """Returns whether a heading speaks of districts: Huyện, Quận/huyện, Huyện, thị xã."""
    return contains(words(text), vocabulary().district_headings)


def is_private(text: str) -> bool:
    """Returns whether a heading asks for something that is never stored."""
    key = heading_key(text)
    known = vocabulary()
    return key in known.private_exactly or any(f" {name} " in f" {key} " for name in known.private)


#: More lists than these in a sheet are no lists of people.
MOST_TABLES = 100
#: A number among people.
NUMBER = re.compile(r"\d{1,5}[.)]?")
#: A cell that may be the heading of names: short, and with the letters of such a heading.
MAYBE_NAMES = re.compile(r"\s*(?:h|t|f)[^\d]{1,28}\s*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class PeopleTable:
    """A list: its headings, the rows under them, and those of them that repeat the headings."""

    grid: Grid
    headings: Headings
    rows: tuple[GridRow, ...]
    repeated: frozenset[int] = frozenset()
    is_continued: bool = False


def find_tables(grid: Grid) -> list[PeopleTable]:
    """Returns the lists of a sheet in their order; none where it has no headings.

    Its parts are read by themselves where its headings name people more than once, side by side.
    """
    headings = find_headings(grid)
    if headings is None:
        return []
    row = next(rows_after(grid, headings.row - 1))
    _, *others = _list_starts({column: cell.text for column, cell in row.cells.items()})
    starts, ends = [1, *others], [*others, max(max(each.cells) for each in grid.rows) + 1]
    parts = [
        _columns(grid, headings.row, start, end) if others else grid
        for start, end in zip(starts, ends, strict=True)
    ]
    return [table for part in parts for table in _below_each_other(part)]


def continued_table(grid: Grid, before: PeopleTable) -> PeopleTable | None:
    """Returns a sheet as going on with the list before it, numbered in the same columns; else None."""
    columns = before.headings.columns
    ordinal, name = columns.get("ordinal", 0), columns["name"]
    numbered = [row for row in grid.rows if NUMBER.fullmatch(_text(row, ordinal).strip())]
    named = [row for row in numbered if len(_text(row, name).split()) > 1 and _text(row, name)[:1].isalpha()]
    if not numbered or len(named) * 2 <= len(numbered):
        return None
    first = numbered[0].number
    headings = replace(before.headings, row=first, last_row=first - 1, others={})
    rows = tuple(rows_after(grid, first - 1))
    return PeopleTable(grid=grid, headings=headings, rows=rows, is_continued=True)


def _text(row: GridRow, column: int) -> str:
    return row.cells[column].text if column in row.cells else ""


def _list_starts(texts: dict[int, str]) -> list[int]:
    """Returns each list's first column in a row of headings; several only if each has more than a name."""
    known = column_roles(texts)
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
    """Returns the columns of a list; the rows above its headings stay whole."""
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
    """Yields the lists under each other's rows; headings that stand there again begin no list."""
    headings, count = find_headings(grid), 0
    while headings is not None:
        first, count = next(rows_after(grid, headings.row - 1)), count + 1
        keys = {column: heading_key(cell.text) for column, cell in first.cells.items()}
        rows: list[GridRow] = []
        repeated: set[int] = set()
        following = None
        for row in rows_after(grid, headings.last_row):
            if any(MAYBE_NAMES.fullmatch(cell.text) for cell in row.cells.values()) and is_headings(row):
                if keys == {column: heading_key(cell.text) for column, cell in row.cells.items()}:
                    repeated |= set(range(row.number, row.number + headings.last_row - headings.row + 1))
                elif count < MOST_TABLES:
                    following = headings_at(grid, row)
                    break
            rows.append(row)
        yield PeopleTable(grid=grid, headings=headings, rows=tuple(rows), repeated=frozenset(repeated))
        headings = following

"""Where a sheet's list begins, and which column says what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal, get_args

from .book import MOST_COLUMNS, Grid, GridRow
from .spelling import words
from .vocabulary import Words, heading, vocabulary

Role = Literal[
    "name", "position", "unit", "note", "ordinal", "family_name", "given_name", "post_and_unit", "department",
    "other_post",
]  # fmt: skip
#: What a row of headings has at best.
NEEDED: tuple[Role, ...] = ("name", "unit")
READ: tuple[Role, ...] = ("name", "position", "unit", "note")
ROLES: frozenset[str] = frozenset(get_args(Role))
#: In how many rows the headings are looked for.
DEEPEST = 40
#: How many rows headings may be merged over.
DEEPEST_HEADINGS = 3
#: How many rows are looked at to see what a column without a heading has.
SAMPLE = 200


@dataclass(frozen=True, kw_only=True)
class Headings:
    """The row of headings. `columns` of each role that is read, `district` the column of districts.

    `given` is the column of given names where a name stands in two; `posts_have_units` where one column
    says both, `more_posts` other columns of posts. `covered` are columns that a heading which is not read is
    merged over: Năm sinh, over Nam and Nữ.
    """

    row: int
    last_row: int
    columns: Mapping[Role, int]
    others: Mapping[int, str]
    district: int | None = None
    given: int | None = None
    posts_have_units: bool = False
    more_posts: tuple[int, ...] = ()
    covered: frozenset[int] = frozenset()


def roles(texts: Mapping[int, str]) -> dict[Role, list[int]]:
    """The columns of each role among a row's texts."""
    found: dict[Role, list[int]] = {}
    for column, text in texts.items():
        if (known := _role(text)) in ROLES:
            found.setdefault(known, []).append(column)  # type: ignore[arg-type]  # one of ROLES
    return found


def _role(text: str) -> str | None:
    """Returns what a heading asks for; what is unknown after a post is taken with it: Chức vụ/Môn dạy."""
    known, (first, *more) = vocabulary().headings, text.split("/")
    role = known.get(heading(text))
    if role or not more or is_private(text):
        return role
    return "position" if known.get(heading(first)) == "position" else None


def headings(grid: Grid) -> Headings | None:
    """The first row with a column of names and one of units; else the one that comes closest.

    Where people stand above a better row, that is the next list's.
    """
    near = grid.rows[:DEEPEST]
    rows = [row for row in near if is_headings(row)]
    if not rows:
        return None
    best = min(rows, key=lambda row: (-sum(role in roles(texts_of(row)) for role in NEEDED), row.number))
    first = headings_at(grid, rows[0])
    between = (row for row in near if first.last_row < row.number < best.number)
    name = first.columns["name"]
    has_people = any(name in row.cells and len(words(row.cells[name].text)) > 1 for row in between)
    return first if has_people else headings_at(grid, best)


def rows_after(grid: Grid, number: int) -> Iterator[GridRow]:
    return islice(grid.rows, bisect_right(grid.rows, number, key=lambda row: row.number), None)


def is_headings(row: GridRow) -> bool:
    """A name's column and any other: a word such as “Họ tên” alone may stand in a title."""
    found = roles(texts_of(row))
    has_name = "name" in found or {"family_name", "given_name"} <= set(found)
    return has_name and len(found) > 1


def texts_of(row: GridRow) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items() if column <= MOST_COLUMNS}


def headings_at(grid: Grid, row: GridRow) -> Headings:
    """The headings that begin in a row, those in the rows merged below it among them."""
    texts, below = texts_of(row), _under(grid, row)
    parts = {role: found[0] for each in below for role, found in roles(texts_of(each)).items()}
    columns = {role: found[0] for role, found in roles(texts).items()}
    columns |= {role: column for role, column in parts.items() if role not in columns}
    posts = _posts(roles(texts), columns)
    given = _given(columns)
    posts_have_units = _shared(columns)
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
        posts_have_units=posts_have_units,
        more_posts=(*_across(grid, row, columns.get("position", 0)), *posts),
        covered=frozenset(each for column in others for each in _across(grid, row, column)) - read,
    )


def _across(grid: Grid, row: GridRow, column: int) -> tuple[int, ...]:
    """The columns that a heading is merged over, beside its own."""
    area = next((area for area in grid.merged if area.top == row.number and area.left == column), None)
    right = min(area.right, MOST_COLUMNS) if area else column
    return tuple(each for each in range(column + 1, right + 1) if each not in row.cells)


def _posts(found: Mapping[Role, list[int]], columns: dict[Role, int]) -> list[int]:
    """The columns of posts after the first, which is that of `position`: Chức vụ Đảng, Chức vụ khác."""
    columns.pop("other_post", None)
    first, *more = sorted([*found.get("position", ()), *found.get("other_post", ())]) or [0]
    if first:
        columns["position"] = first
    return more


def _given(columns: dict[Role, int]) -> int | None:
    """The column of given names; that of family names is then the name's."""
    family, given = columns.pop("family_name", None), columns.pop("given_name", None)
    if given is not None and family is not None and columns.get("name", family) == family:
        columns["name"] = family
        return given
    name = columns.get("name")
    return given if given is not None and name is not None and given == name + 1 else None


def _shared(columns: dict[Role, int]) -> bool:
    """Whether posts stand with their units; a column of departments is one of units if there is none."""
    shared, department = columns.pop("post_and_unit", None), columns.pop("department", None)
    if department is not None:
        columns.setdefault("unit", department)
    if shared is None or "position" in columns:
        return False
    columns["position"] = shared
    return True


def _under(grid: Grid, first: GridRow) -> list[GridRow]:
    """The rows right below that say what a merged heading falls into: Họ và đệm, Tên; Đảng, Chính quyền."""
    across = {
        column
        for area in grid.merged
        if area.top == area.bottom == first.number and area.right > area.left
        for column in range(area.left, min(area.right, MOST_COLUMNS) + 1)
    }
    found: list[GridRow] = []
    for row in islice(rows_after(grid, first.number), DEEPEST_HEADINGS - 1):
        names = roles(texts := texts_of(row))
        is_known = all(heading(text) in vocabulary().headings or is_private(text) for text in texts.values())
        is_part = bool(names) and is_known and "name" not in names
        is_next = row.number == first.number + len(found) + 1 and not _is_of_people(first, texts)
        if not is_next or not (is_part or (set(texts) <= across and len(texts) > 1)):
            break
        found.append(row)
    return found


def _is_of_people(first: GridRow, texts: Mapping[int, str]) -> bool:
    """Whether a row under headings has somebody in their columns of names, or a unit by its kind."""
    known = roles(texts_of(first))
    names = [
        texts[column] for role in ("name", "family_name") for column in known.get(role, ()) if column in texts
    ]
    kinds = {words(kind) for kind in vocabulary().kinds}
    has_unit = any(words(text)[:1] in kinds and len(words(text)) > 1 for text in texts.values())
    return has_unit or any(heading(text) not in vocabulary().headings for text in names)


def _nameless_given(
    grid: Grid, row: GridRow, columns: Mapping[Role, int], known: set[int], last: int
) -> int | None:
    """The column after the name's, where it has no heading of its own and parts of names in it."""
    name = columns.get("name")
    if name is None or (given := name + 1) in known:
        return None
    below = [each for each in islice(rows_after(grid, last), SAMPLE) if {name, given} <= set(each.cells)]
    found = [words(each.cells[given].text) for each in below]
    are_short = all(len(each) in (1, 2) and not re.search(r"\d", "".join(each)) for each in found)
    if not found or not are_short or _are_private(found):
        return None
    is_likely = sum(map(len, found)) * 2 < len(found) * 3 and len(set(found)) * 2 > len(found)
    return given if is_likely or given in _across(grid, row, name) else None


def _are_private(found: list[Words]) -> bool:
    """Whether a column says men and women."""
    return all(heading(" ".join(each)) in vocabulary().private_exactly for each in found)


def _last_row(grid: Grid, first: int, read: set[int]) -> int:
    """The last row that headings are merged down to; one with a value in a column that is read is none."""
    lowest = max((area.bottom for area in grid.merged if area.top == first), default=first)
    below = [
        row
        for row in islice(rows_after(grid, first), DEEPEST_HEADINGS)
        if row.number <= first + DEEPEST_HEADINGS
    ]
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

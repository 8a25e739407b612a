"""Checks of a list as a whole: headings, hidden rows, people who stand twice, how many would leave."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from .grid import MOST_COLUMNS, Grid, Notice
from .person_names import is_like_name
from .proposal import (
    SAME_POST,
    SAME_WITHOUT_MARKS,
    Decisions,
    Key,
    KnownPerson,
    Matches,
    ProposedRow,
    group_by_key,
    likeness,
)
from .tables import (
    READ,
    ROLES,
    Headings,
    PeopleTable,
    column_roles,
    find_headings,
    is_district,
    is_private,
    row_texts,
    rows_after,
)
from .vocabulary import begins_with, comparable, heading_key, plain, quoted, vocabulary, words


def check_table(table: PeopleTable) -> Iterator[Notice]:
    """Yields everything about the headings and hidden rows that the sender should know or change."""
    grid, headings = table.grid, table.headings
    yield from (Notice(code="hidden-row", spot=grid.spot(row.number)) for row in table.rows if row.is_hidden)
    if table.is_continued:
        yield Notice(code="headings-before", spot=grid.spot())
        return
    spot = grid.spot(headings.row)
    if spot.row > 1:
        yield Notice(code="headings-not-first", spot=spot, values={"row": str(spot.row)})
        yield from _people_above(grid, headings)
    if "position" not in headings.columns:
        yield Notice(code="no-position-column", spot=spot)
    texts = row_texts(next(rows_after(grid, headings.row - 1)))
    for role, columns in column_roles(texts).items():
        for column in columns[1:] if role in READ and role != "position" else ():
            values = {"heading": quoted(texts[column]), "first": quoted(texts[columns[0]])}
            yield Notice(code="column-twice", spot=grid.spot(headings.row, column), values=values)
    for column, text in headings.others.items():
        if vocabulary().headings.get(heading_key(text)) not in ROLES:
            yield _unread_columns(text).at(grid.spot(headings.row, column))
    yield from _nameless(grid, headings)


def _people_above(grid: Grid, headings: Headings) -> Iterator[Notice]:
    """Yields a notice for rows that look like people above the first list of a sheet."""
    first, known = find_headings(grid), vocabulary()
    above = (
        [row for row in grid.rows if row.number < headings.row] if first and first.row == headings.row else []
    )
    for row in above:
        for column, cell in row.cells.items():
            is_body = begins_with(words(cell.text), (*known.inner, *known.agencies))
            if is_like_name(plain(cell.text), is_strict=True) and not is_body:
                values = {"written": quoted(cell.text)}
                yield Notice(code="name-above", spot=grid.spot(row.number, column), values=values)


def _unread_columns(text: str) -> Notice:
    values = {"heading": quoted(text)}
    if is_private(text):
        return Notice(code="private-column", values=values)
    return Notice(code="district-column" if is_district(text) else "ignored-column", values=values)


def _nameless(grid: Grid, headings: Headings) -> Iterator[Notice]:
    """Yields columns that have values but no heading; those of a merged heading among them."""
    known = {
        *headings.columns.values(),
        *headings.others,
        headings.given,
        *headings.more_posts,
        *headings.covered,
    }
    below = rows_after(grid, headings.last_row)
    used = {column for row in below for column in row.cells}
    for column in sorted(used - known):
        code = "too-many-columns" if column > MOST_COLUMNS else "nameless-column"
        yield Notice(code=code, spot=grid.spot(0, column), values={"most": str(MOST_COLUMNS)})


#: The known people, and their percentage that leaves, from which leaving is pointed out.
FEWEST_KNOWN, MANY_LEAVING = 10, 20


Rows = Iterable[ProposedRow]


UnitNames = Mapping[str, str]


def check_people(
    matches: Matches,
    known: Collection[KnownPerson],
    decisions: Decisions,
    scope: Collection[str] | None,
    unit_names: UnitNames,
) -> Iterator[Notice]:
    undecided = [row for row in matches.rows if row.key not in decisions]
    for first, *others in _sharing(undecided, SAME_POST):
        yield from (_pair("person-twice", row, first, unit_names) for row in others)
    yield from _namesakes(matches.rows, decisions, unit_names)
    for first, *others in _sharing(undecided, SAME_WITHOUT_MARKS):
        name = comparable(first.entry.full_name)
        almost = (row for row in others if comparable(row.entry.full_name) != name)
        yield from (_pair("almost-twice", row, first, unit_names) for row in almost)
    for row in matches.rows:
        if scope is not None and row.entry.unit not in scope:
            yield Notice(code="out-of-scope", spot=row.spot, values={"unit": unit_names[row.entry.unit]})
    if not matches.rows:
        return
    # A shorter list raises the trained share, which it never does in silence.
    active, count = sum(person.is_active for person in known), len(matches.leaving)
    if active >= FEWEST_KNOWN and count * 100 >= active * MANY_LEAVING:
        yield Notice(code="many-leaving", values={"count": str(count), "known": str(active)})
    listed = {row.entry.unit for row in matches.rows}
    absent = dict.fromkeys(person.unit for person in matches.leaving if person.unit not in listed)
    if absent:
        names = ", ".join(unit_names.get(unit, unit) for unit in absent)
        yield Notice(code="unit-absent", values={"units": names, "count": str(len(absent))})


def _namesakes(rows: Rows, decisions: Decisions, unit_names: UnitNames) -> Iterator[Notice]:
    """Yields questions on possible doubles; not on people whom records or the office know apart."""
    asked = [row for row in rows if row.fate != "new" or row.key not in decisions]
    for group in _sharing(asked, likeness):
        first, *others = sorted(group, key=lambda row: row.fate == "new")
        for row in others:
            is_new = row.fate == "new"
            if is_new and comparable(row.entry.position) != comparable(first.entry.position):
                yield _pair("same-name-in-unit", row, first, unit_names)


def _sharing(rows: Rows, key: Key) -> Iterator[list[ProposedRow]]:
    """Yields the groups of two and more with the same key."""
    groups = group_by_key((key(row.entry), row) for row in rows)
    yield from (group for group in groups.values() if len(group) > 1)


def _pair(code: str, row: ProposedRow, first: ProposedRow, unit_names: UnitNames) -> Notice:
    values = {
        "name": row.entry.full_name,
        "position": row.entry.position or "…",
        "unit": unit_names[row.entry.unit],
        "other": f"{first.spot.worksheet}!{first.spot.cell}",
        "other_name": first.entry.full_name,
        "other_position": first.entry.position or "…",
    }
    return Notice(code=code, spot=row.spot, values=values)

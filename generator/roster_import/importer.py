"""The import: holds a book of lists against the known units and people, and says what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ..programme.model.registers import Units
from ..programme.model.values import NOTHING
from .gazetteer import build_gazetteer
from .grid import MOST_COLUMNS, Answers, Book, Grid, Notice, Spot
from .letterhead import NOWHERE, unit_between, unit_of_worksheet
from .person_names import is_like_name
from .proposal import (
    SAME_POST,
    SAME_WITHOUT_MARKS,
    Decisions,
    Key,
    KnownPerson,
    Matches,
    Proposal,
    ProposedRow,
    findings_of,
    group_by_key,
    likeness,
    match_rows,
    messages,
)
from .row_people import ReadRow, read_rows
from .tables import (
    READ,
    ROLES,
    Headings,
    PeopleTable,
    column_roles,
    continued_table,
    find_headings,
    find_tables,
    is_district,
    is_private,
    row_texts,
    rows_after,
)
from .template import own_worksheets
from .unit_lookup import UnitReader
from .vocabulary import begins_with, comparable, heading_key, plain, quoted, vocabulary, words

#: The lists of each worksheet that has any.
Lists = list[list[PeopleTable]]


def find_lists(book: Book) -> Iterator[list[PeopleTable]]:
    """Yields the lists of each sheet that has any; one without headings may go on with those before it."""
    last: PeopleTable | None = None
    for grid in book.grids:
        tables = [] if grid.is_hidden else find_tables(grid)
        is_next = last is not None and last.grid.file == grid.file and not grid.is_hidden
        if not tables and last and is_next and (more := continued_table(grid, last)):
            tables = [more]
        if tables:
            last = tables[-1]
            yield tables


def read_people(lists: Lists, read: UnitReader, book_name: str) -> Iterator[ReadRow]:
    """Yields the people of all lists; one that goes on from a sheet to the next keeps its unit."""
    last = NOWHERE
    for tables in lists:
        before: PeopleTable | None = None
        for table in tables:
            section = None
            if before and before.grid is table.grid:
                section = unit_between(before, table.headings.row, read)
            else:
                file_name = "" if table.is_continued else table.grid.file or book_name
                named = unit_of_worksheet(table.grid, table.headings.row, read, file_name)
                list_origin = last if table.is_continued and named is NOWHERE else named
            rows_read = list(read_rows(table, read, list_origin, section))
            yield from _without_units(table, rows_read) if "unit" not in table.headings.columns else rows_read
            last = next((line.origin for line in reversed(rows_read) if line.origin), list_origin)
            before = table


def _without_units(table: PeopleTable, rows_read: list[ReadRow]) -> Iterator[ReadRow]:
    """Yields one notice for a list without units, instead of one for each row."""
    if any(line.people for line in rows_read):
        yield from rows_read
        return
    spot = table.grid.spot(table.headings.row)
    missing = [notice for line in rows_read for notice in line.notices if notice.code == "missing-unit"]
    if missing:
        yield ReadRow(notices=(Notice(code="no-unit-column", spot=spot),), file=table.grid.file)
    for line in rows_read:
        yield replace(line, notices=tuple(each for each in line.notices if each not in missing))


def propose(
    book: Book,
    units: Units,
    known: Collection[KnownPerson] = (),
    *,
    decisions: Decisions = NOTHING,
    scope: Collection[str] | None = None,
    answers: Answers = NOTHING,
) -> Proposal:
    """Returns what the list in `book` would change, with all there is to put right.

    A known person who is not on the list is leaving. `scope`, unit ids, leaves everybody else alone: neither
    listed nor leaving. `decisions` settle the rows that may be several persons, `answers` what was inferred.
    """
    known = [person for person in known if scope is None or person.unit in scope]
    places = build_gazetteer(units)
    unit_names = {seat.id: seat.name for seat in places.seats}
    lists = list(find_lists(book))
    rows_read = list(read_people(lists, UnitReader(places), book.name))
    matches = match_rows(
        (person for line in rows_read for person in line.people), known, decisions, unit_names
    )
    marks = {line.is_synthetic for line in rows_read if line.people}
    code = "synthetic-list" if marks == {True} else "synthetic-among-real"
    notices = (
        *book.notices,
        *_worksheet_notices(book, lists, rows_read),
        *(notice for tables in lists for table in tables for notice in check_table(table)),
        *(notice for line in rows_read for notice in line.notices),
        *matches.notices,
        *check_people(matches, known, decisions, scope, unit_names),
        *([Notice(code=code)] if True in marks else []),
    )
    worksheets = dict.fromkeys(title for grid in book.grids for title in (grid.file, grid.title))
    return Proposal(
        source_sha256=book.sha256,
        rows=matches.rows,
        leaving=matches.leaving,
        findings=findings_of(notices, tuple(worksheets)),
        is_synthetic=any(line.is_synthetic for line in rows_read),
        answers=answers,
    )


def _worksheet_notices(book: Book, lists: Lists, rows_read: list[ReadRow]) -> Iterator[Notice]:
    """Yields the notices of each file's worksheets."""
    for file in dict.fromkeys(grid.file for grid in book.grids):
        spot, read = Spot(worksheet=file), [tables[0].grid for tables in lists if tables[0].grid.file == file]
        if not read:
            yield Notice(code="no-headings", spot=spot)
            continue
        if not any(line.people or _is_about_people(line) for line in rows_read if line.file == file):
            yield Notice(code="no-people", spot=spot)
        if len(read) > 1:
            names = ", ".join(grid.name for grid in read)
            yield Notice(code="several-sheets", spot=spot, values={"sheets": names, "count": str(len(read))})
        titles = {grid.title for grid in read}
        for grid in book.grids:
            is_unread = grid.file == file and grid.title not in titles and grid.rows
            if is_unread and (grid.is_hidden or grid.name not in own_worksheets()):
                yield Notice(code=_code_of_unread(grid), spot=grid.spot(), values={"sheet": grid.name})


def _is_about_people(line: ReadRow) -> bool:
    entries = (messages()[notice.code] for notice in line.notices)
    return any("severity" not in each and "topic" not in each for each in entries)


def _code_of_unread(grid: Grid) -> str:
    if grid.is_hidden:
        return "hidden-sheet"
    texts = (cell.text for row in grid.rows for cell in row.cells.values())
    return (
        "other-sheet-with-names"
        if any(is_like_name(each, is_strict=True) for each in texts)
        else "other-sheet"
    )


# --- checks of a list as a whole ------------------------------------------------------------


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

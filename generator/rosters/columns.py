"""What there is to say of the columns of a list: those missing, double, private or without a heading."""

from __future__ import annotations

from collections.abc import Iterator

from .book import MOST_COLUMNS, Grid
from .headings import READ, ROLES, Headings, headings, is_district, is_private, roles, rows_after, texts_of
from .names import is_like_name
from .notices import Notice
from .spelling import plain, shown, words
from .vocabulary import begins, heading, vocabulary


def notices(grid: Grid, found: Headings) -> Iterator[Notice]:
    """Everything about the headings that the sender should know or change."""
    spot = grid.spot(found.row)
    if spot.row > 1:
        yield Notice(code="headings-not-first", spot=spot, values={"row": str(spot.row)})
        yield from _people_above(grid, found)
    yield from _missing(grid, found)
    yield from _twice(grid, found)
    for column, text in found.others.items():
        if vocabulary().headings.get(heading(text)) not in ROLES:
            yield _other(text).at(grid.spot(found.row, column))
    yield from _nameless(grid, found)


def _people_above(grid: Grid, found: Headings) -> Iterator[Notice]:
    """Yields what looks like people above the first list of a sheet."""
    first, known = headings(grid), vocabulary()
    above = [row for row in grid.rows if row.number < found.row] if first and first.row == found.row else []
    for row in above:
        for column, cell in row.cells.items():
            is_body = begins(words(cell.text), (*known.inner, *known.agencies))
            if is_like_name(plain(cell.text), is_strict=True) and not is_body:
                values = {"written": shown(cell.text)}
                yield Notice(code="name-above", spot=grid.spot(row.number, column), values=values)


def _missing(grid: Grid, found: Headings) -> Iterator[Notice]:
    if "position" not in found.columns:
        yield Notice(code="no-position-column", spot=grid.spot(found.row))


def _twice(grid: Grid, found: Headings) -> Iterator[Notice]:
    row = next(rows_after(grid, found.row - 1))
    texts = texts_of(row)
    for role, columns in roles(texts).items():
        for column in columns[1:] if role in READ and role != "position" else ():
            values = {"heading": shown(texts[column]), "first": shown(texts[columns[0]])}
            yield Notice(code="column-twice", spot=grid.spot(found.row, column), values=values)


def _other(text: str) -> Notice:
    values = {"heading": shown(text)}
    if is_private(text):
        return Notice(code="private-column", values=values)
    return Notice(code="district-column" if is_district(text) else "ignored-column", values=values)


def _nameless(grid: Grid, found: Headings) -> Iterator[Notice]:
    """Columns that have values but no heading; those of a merged heading among them."""
    known = {*found.columns.values(), *found.others, found.given, *found.more_posts, *found.covered}
    below = rows_after(grid, found.last_row)
    used = {column for row in below for column in row.cells}
    for column in sorted(used - known):
        code = "too-many-columns" if column > MOST_COLUMNS else "nameless-column"
        yield Notice(code=code, spot=grid.spot(0, column), values={"most": str(MOST_COLUMNS)})

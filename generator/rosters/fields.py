"""The name and the post of a row as one text each, whatever columns and rows they are spread over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .belonging import SAME_AS_ABOVE, Above
from .book import GridCell
from .headings import Role
from .names import Cleaned, position
from .notices import Notice
from .rows import PeopleRow
from .spelling import keyed, plain, shown


def raw(row: PeopleRow, role: Role) -> str:
    cell = row.cell(role)
    return cell.text if cell else ""


def whole_name(row: PeopleRow) -> tuple[GridCell | None, tuple[Notice, ...]]:
    """The cell of the name, joined with that of the given name where it has one of its own."""
    cell, given = row.cell("name"), row.row.cells.get(row.found.given or 0)
    if given is None or given.kind != "text" or (cell and cell.kind != "text"):
        return cell, ()
    family = plain(cell.text) if cell else ""
    if keyed(family).endswith(f" {keyed(given.text)}"):
        return cell, ()
    whole = f"{family} {plain(given.text)}".strip()
    spot = row.grid.spot(row.row.number, row.found.given or 0)
    return replace(given, text=whole), (
        Notice(code="name-joined", spot=spot, values={"written": shown(whole)}),
    )


def cleaned(
    row: PeopleRow, role: Role, cell: GridCell | None, clean: Callable[[GridCell], Cleaned], missing: str
) -> Cleaned:
    spot = row.spot(role)
    if role not in row.found.columns:
        return Cleaned(text="")
    if cell is None or not plain(cell.text):
        return Cleaned(text="", notices=(Notice(code=missing, spot=spot),))
    found = clean(cell)
    return Cleaned(text=found.text, notices=tuple(notice.at(spot) for notice in found.notices))


def post_of(row: PeopleRow, said: Above, text: str | None = None) -> Cleaned:
    """Returns the post; as the row above says where the cell refers to it or is merged with it."""
    cell, joined = _whole_post(row)
    written = plain(text if text is not None else cell.text if cell else "")
    above = said.posts.get(area, "") if (area := row.area("position")) else ""
    if SAME_AS_ABOVE.fullmatch(written.casefold()):
        above = said.post
    elif written:
        above = ""
    if above:
        values = {"position": shown(above)}
        return Cleaned(
            text=above, notices=(Notice(code="position-as-above", spot=row.spot("position"), values=values),)
        )
    if text is not None:
        cell = replace(cell, text=text) if cell else GridCell(text=text)
    found = cleaned(row, "position", cell, position, "missing-position")
    return replace(found, notices=(*joined, *found.notices))


def _whole_post(row: PeopleRow) -> tuple[GridCell | None, tuple[Notice, ...]]:
    """The cell of the post, joined with those of the other columns under its heading."""
    cell = row.cell("position")
    others = [row.row.cells[column] for column in row.found.more_posts if column in row.row.cells]
    cells = [each for each in (cell, *others) if each]
    if not others or any(each.kind != "text" for each in cells):
        return cell, ()
    whole = ", ".join(plain(each.text) for each in cells)
    said = Notice(code="posts-joined", spot=row.spot("position"), values={"position": shown(whole)})
    return replace(cells[0], text=whole), (said,) if len(cells) > 1 else ()

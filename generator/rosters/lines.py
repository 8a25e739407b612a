"""The rows of a list, each as the people it names or as what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import belonging, several
from .belonging import Above, UnitColumn, column_of
from .book import Area, GridCell
from .communes import UNKNOWN, Meaning
from .entry import RosterEntry
from .fields import cleaned, post_of, raw, whole_name
from .headings import Role
from .letterhead import Origin
from .names import is_like_name, person_name
from .notices import Notice
from .proposal import ProposedRow
from .rows import ENUMERATOR, PeopleRow, merged
from .sections import section
from .signature import begins_signature, is_person, may_be_person
from .spelling import plain, shown, words
from .tables import PeopleTable
from .unitreader import UnitReader
from .vocabulary import begins, holds, vocabulary

#: How many rows of a signature look like somebody's: the one with the names of those who sign.
MOST_SIGNING = 1


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """A row says people, or the notices why not, or both. `origin` is what stands above it."""

    people: tuple[ProposedRow, ...] = ()
    is_synthetic: bool = False
    notices: tuple[Notice, ...] = ()
    origin: Origin | None = None
    file: str = ""


@dataclass(kw_only=True)
class _List:
    """A list while it is read: what the rows so far say, and the lines of a signature."""

    table: PeopleTable
    read: UnitReader
    above: Above
    column: UnitColumn
    is_numbered: bool
    signed: list[int] = field(default_factory=list)
    doubtful: int = 0
    named: int = 0
    style: str = ""


def lines(
    table: PeopleTable, read: UnitReader, sheet: Origin, before: Origin | None = None
) -> Iterator[ReadRow]:
    """One for each row under the headings that says something. `before` is a section that goes on."""
    areas = merged(table)
    found = _List(
        table=table,
        read=read,
        above=Above(sheet=sheet, section=before),
        column=column_of(table, read),
        is_numbered=any(PeopleRow(table, row, areas).is_numbered for row in table.rows),
    )
    for row in table.rows:
        line = replace(
            _line(found, PeopleRow(table, row, areas)), origin=found.above.origin, file=table.grid.file
        )
        if line.people or line.notices:
            yield line
    yield from _signature(found)


def _line(found: _List, row: PeopleRow) -> ReadRow:
    if row.row.number in found.table.repeated:
        return ReadRow(notices=(Notice(code="repeated-headings", spot=row.grid.spot(row.row.number)),))
    if all(map(ENUMERATOR.fullmatch, row.texts.values())):
        return ReadRow()
    if found.signed and not is_person(row, found.read):
        found.signed.append(row.row.number)
        found.doubtful += may_be_person(row)
        found.named += bool(is_like_name(row.text("name"), is_strict=True))
        return ReadRow()
    signed = tuple(_signature(found))
    line = _unsigned(found, row)
    return replace(line, notices=(*(notice for each in signed for notice in each.notices), *line.notices))


def _signature(found: _List) -> Iterator[ReadRow]:
    """Yields what is said of the lines of a signature, once they end."""
    if found.signed:
        spot, last = map(found.table.grid.spot, (found.signed[0], found.signed[-1]))
        values = {"first": str(spot.row), "last": str(last.row)}
        is_plain = max(found.doubtful, found.named) <= MOST_SIGNING
        code = "signature" if is_plain else "signature-or-people"
        found.signed.clear()
        found.doubtful = found.named = 0
        yield ReadRow(notices=(Notice(code=code, spot=spot, values=values),))


def _unsigned(found: _List, row: PeopleRow) -> ReadRow:
    first = next(iter(row.texts.values()))
    if _is_footer(row, first):
        code = "part-or-person" if is_like_name(row.text("name")) else "footer-row"
        return ReadRow(notices=(Notice(code=code, spot=row.spot(), values={"written": shown(first)}),))
    if begins_signature(row, found.read):
        found.signed.append(row.row.number)
        return ReadRow()
    if said := section(row, found.read, is_numbered_list=found.is_numbered, style=found.style):
        if said.origin:
            found.style = said.style
            found.above.section, found.above.unit = said.origin, UNKNOWN
        return ReadRow(notices=said.notices)
    line = _person(found, row) if row.says_a_person else ReadRow()
    if row.found.columns["name"] in row.row.struck:
        return ReadRow(notices=(Notice(code="struck-out", spot=row.spot()),))
    return line


def _is_footer(row: PeopleRow, first: str) -> bool:
    """A line of a sum: it names nobody, or a count in the place of a name."""
    found = words(first)
    if found[:-1] in vocabulary().sums and found[-1].isdecimal():
        return True
    has_person = (
        row.text("name") and row.text("unit") and not re.search(r"\d", row.text("name") + row.text("unit"))
    )
    return not has_person and begins(found, vocabulary().footers)


# --- people ---------------------------------------------------------------------------------


def _person(found: _List, row: PeopleRow) -> ReadRow:
    if faults := tuple(
        _merge(row, area, roles)
        for area, roles in row.areas().items()
        if _is_unclear(found, row, area, roles)
    ):
        return ReadRow(notices=faults)
    name, joined = whole_name(row)
    cut = several.people(name.text, raw(row, "position")) if name and name.kind == "text" else []
    line = _several(found, row, cut) if len(cut) > 1 else _one(found, row, name)
    if gone := next((text for text in (row.text("note"), row.text("position")) if _is_gone(text)), ""):
        said = Notice(code="gone-away", spot=row.spot(), values={"written": shown(gone)})
        line = replace(line, notices=(*line.notices, said))
    note = " ".join(words(vocabulary().synthetic)) in " ".join(words(row.text("note")))
    return replace(line, is_synthetic=note, notices=(*joined, *line.notices))


def _is_gone(text: str) -> bool:
    found, known = words(text), vocabulary()
    if begins(found, known.gone_away):
        return True
    return not begins(found, known.instead_of) and holds(found, known.gone_away_within)


def _is_unclear(found: _List, row: PeopleRow, area: Area, roles: list[Role]) -> bool:
    """Whether merged cells leave open whose their value is: only a unit or a post may be that of several."""
    if len(roles) > 1 or area.top <= found.table.headings.last_row:
        return True
    if area.top == area.bottom:
        return False
    if roles == ["unit"]:
        return False
    return roles != ["position"]


def _merge(row: PeopleRow, area: Area, roles: list[Role]) -> Notice:
    """Only the first of merged cells holds the value, so none of them is guessed at."""
    first, last = row.grid.spot(area.top, area.left), row.grid.spot(area.bottom, area.right)
    return Notice(code="merged-cells", spot=row.spot(roles[0]), values={"cells": f"{first.cell}:{last.cell}"})


def _one(found: _List, row: PeopleRow, name: GridCell | None) -> ReadRow:
    name_of = cleaned(row, "name", name, person_name, "missing-name")
    post = post_of(row, found.above)
    place = belonging.belonging(row, post.text or "", found.read, found.above, found.column)
    _remember(found, row, post.text or "", place.unit)
    if name_of.text == "":
        return ReadRow(notices=name_of.notices)
    person = _proposed(row, name_of.text, place.post if post.text is not None else None, place.unit)
    return ReadRow(
        people=(person,) if person else (),
        notices=(*name_of.notices, *post.notices, *place.unit.notices),
    )


def _several(found: _List, row: PeopleRow, names: list[str]) -> ReadRow:
    """The people of one cell, each with a post and a unit of their own where there are as many."""
    count = len(names)
    posts, units = several.parts(raw(row, "position"), count), several.parts(raw(row, "unit"), count)
    if posts is None or units is None:
        return ReadRow(
            notices=(Notice(code="several-names", spot=row.spot(), values={"written": row.text("name")}),)
        )
    people: list[ProposedRow] = []
    whose = "; ".join(
        f"{name} – {post}" if post.strip() else name for name, post in zip(names, posts, strict=True)
    )
    values = {"written": shown(row.text("name")), "count": str(count), "names": plain(whose)}
    notices: list[Notice] = [Notice(code="names-split", spot=row.spot(), values=values)]
    for number, (name, text, unit) in enumerate(zip(names, posts, units, strict=True), 1):
        if "position" in row.found.columns:
            name, text = several.with_post(name, text)
        name_of = cleaned(row, "name", GridCell(text=name), person_name, "missing-name")
        post = post_of(row, found.above, text)
        place = belonging.belonging(row, post.text or "", found.read, found.above, found.column, plain(unit))
        person = _proposed(
            row, name_of.text, place.post if post.text is not None else None, place.unit, number
        )
        people += [person] if person else []
        unit_notices = [_of_number(notice, number) for notice in place.unit.notices]
        notices += [*name_of.notices, *post.notices, *unit_notices]
        _remember(found, row, post.text or "", place.unit)
    return ReadRow(people=tuple(people), notices=tuple(notices))


def _of_number(notice: Notice, number: int) -> Notice:
    """The notice as that of one of the people of a cell, so that each of them is counted."""
    return notice if number == 1 else replace(notice, values={**notice.values, "number": str(number)})


def _remember(found: _List, row: PeopleRow, post: str, unit: Meaning) -> None:
    """Keeps what the rows below may refer to."""
    above = found.above
    above.post = post or above.post
    above.unit = UNKNOWN if any(each.code == "missing-unit" for each in unit.notices) else unit
    if (area := row.area("unit")) and area.top == row.row.number:
        above.units[area] = unit
    if (area := row.area("position")) and area.top == row.row.number:
        above.posts[area] = post


def _proposed(
    row: PeopleRow, name: str | None, post: str | None, unit: Meaning, number: int = 1
) -> ProposedRow | None:
    """New until it is held against the records; nobody where a part cannot be used."""
    if not name or post is None or not unit.seat:
        return None
    entry = RosterEntry(full_name=name, position=post, unit=unit.seat.id, level=unit.seat.level)
    return ProposedRow(spot=row.spot(), entry=entry, fate="new", written=row.text("name"), number=number)

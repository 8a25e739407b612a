"""The people of each row of a list, with post and unit; or the reason why a row names nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from . import person_names, row_units
from .gazetteer import UNKNOWN, Meaning
from .grid import Area, GridCell, Notice
from .letterhead import Origin
from .person_names import Cleaned, clean_name, clean_position, is_like_name
from .proposal import ProposedRow, RosterEntry
from .row_units import SAME_AS_ABOVE, Above, UnitColumn, section_of, unit_column
from .rows import ENUMERATOR, PeopleRow, merged_areas
from .tables import PeopleTable, Role
from .unit_lookup import UnitReader
from .vocabulary import begins_with, comparable, contains, plain, quoted, vocabulary, words


def raw_text(row: PeopleRow, role: Role) -> str:
    cell = row.cell(role)
    return cell.text if cell else ""


def whole_name(row: PeopleRow) -> tuple[GridCell | None, tuple[Notice, ...]]:
    """Returns the cell of the name, joined with that of the given name where it has one of its own."""
    cell, given = row.cell("name"), row.row.cells.get(row.headings.given or 0)
    if given is None or given.kind != "text" or (cell and cell.kind != "text"):
        return cell, ()
    family = plain(cell.text) if cell else ""
    if comparable(family).endswith(f" {comparable(given.text)}"):
        return cell, ()
    whole = f"{family} {plain(given.text)}".strip()
    spot = row.grid.spot(row.row.number, row.headings.given or 0)
    return replace(given, text=whole), (
        Notice(code="name-joined", spot=spot, values={"written": quoted(whole)}),
    )


def clean_whole_name(
    row: PeopleRow, role: Role, cell: GridCell | None, clean: Callable[[GridCell], Cleaned], missing: str
) -> Cleaned:
    spot = row.spot(role)
    if role not in row.headings.columns:
        return Cleaned(text="")
    if cell is None or not plain(cell.text):
        return Cleaned(text="", notices=(Notice(code=missing, spot=spot),))
    cleaned = clean(cell)
    return Cleaned(text=cleaned.text, notices=tuple(notice.at(spot) for notice in cleaned.notices))


def post_of_row(row: PeopleRow, rows_above: Above, text: str | None = None) -> Cleaned:
    """Returns the post; that of the row above where the cell refers to it or is merged with it."""
    cell, joined = _whole_post(row)
    written = plain(text if text is not None else cell.text if cell else "")
    above = rows_above.posts.get(area, "") if (area := row.area("position")) else ""
    if SAME_AS_ABOVE.fullmatch(written.casefold()):
        above = rows_above.post
    elif written:
        above = ""
    if above:
        values = {"position": quoted(above)}
        return Cleaned(
            text=above, notices=(Notice(code="position-as-above", spot=row.spot("position"), values=values),)
        )
    if text is not None:
        cell = replace(cell, text=text) if cell else GridCell(text=text)
    cleaned = clean_whole_name(row, "position", cell, clean_position, "missing-position")
    return replace(cleaned, notices=(*joined, *cleaned.notices))


def _whole_post(row: PeopleRow) -> tuple[GridCell | None, tuple[Notice, ...]]:
    """Returns the cell of the post, joined with those of the other columns under its heading."""
    cell = row.cell("position")
    others = [row.row.cells[column] for column in row.headings.more_posts if column in row.row.cells]
    cells = [each for each in (cell, *others) if each]
    if not others or any(each.kind != "text" for each in cells):
        return cell, ()
    whole = ", ".join(plain(each.text) for each in cells)
    notice = Notice(code="posts-joined", spot=row.spot("position"), values={"position": quoted(whole)})
    return replace(cells[0], text=whole), (notice,) if len(cells) > 1 else ()


#: Sìn Hồ, ngày 5 tháng 6 năm 2026.
DAY = re.compile(r"\bngày\b.{0,40}\btháng\b.{0,40}\bnăm\b", re.IGNORECASE)
#: No line of a signature is longer.
LONGEST = 120
#: Short forms of signing for others, which posts have too: only in capitals, before other words.
SIGNED_FOR = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ)\b[ .]+\S")


def begins_signature(row: PeopleRow, read: UnitReader) -> bool:
    """Returns whether a row is the first line of a signature or of a letterhead."""
    if is_person(row, read) or may_be_person(row):
        return False
    texts = [text for text in row.texts.values() if len(text) <= LONGEST]
    return bool(texts) and (any(map(_is_line, texts)) or all(map(_is_signer, texts)))


def _is_signer(text: str) -> bool:
    return words(text) in vocabulary().signers


def _is_line(text: str) -> bool:
    return (
        bool(DAY.search(text))
        or bool(SIGNED_FOR.match(text))
        or begins_with(words(text), vocabulary().signature)
        or begins_with(words(text), vocabulary().mottos)
    )


def may_be_person(row: PeopleRow) -> bool:
    """Returns whether it has a name and a post, which a person has, and a signature's two signers too."""
    name, post = row.text("name"), row.text("position")
    has_both = len(words(name)) > 1 and bool(post)
    return has_both and not (_is_line(name) or _is_signer(name) or _is_line(post))


def is_person(row: PeopleRow, read: UnitReader) -> bool:
    """Returns whether a row is somebody's without a doubt: numbered, or with a unit."""
    if len(words(row.text("name"))) < 2:
        return False
    return row.is_numbered or bool(row.text("unit") and read(row.text("unit")).seat)


#: The rows of a signature that look like a person's: the one with the names of those who sign.
MOST_SIGNING = 1


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """A row's people, or the notices why not, or both. `origin` is the unit named above it."""

    people: tuple[ProposedRow, ...] = ()
    is_synthetic: bool = False
    notices: tuple[Notice, ...] = ()
    origin: Origin | None = None
    file: str = ""


@dataclass(kw_only=True)
class _ListReading:
    """A list while it is read: the people of the rows so far, and the lines of a signature."""

    table: PeopleTable
    read: UnitReader
    above: Above
    column: UnitColumn
    is_numbered: bool
    signed: list[int] = field(default_factory=list)
    doubtful: int = 0
    named: int = 0
    style: str = ""


def read_rows(
    table: PeopleTable, read: UnitReader, list_origin: Origin, before: Origin | None = None
) -> Iterator[ReadRow]:
    """Yields one value for each row with content under the headings. `before` is a section that goes on."""
    areas = merged_areas(table)
    reading = _ListReading(
        table=table,
        read=read,
        above=Above(list_origin=list_origin, section=before),
        column=unit_column(table, read),
        is_numbered=any(PeopleRow(table, row, areas).is_numbered for row in table.rows),
    )
    for row in table.rows:
        line = replace(
            _read_row(reading, PeopleRow(table, row, areas)),
            origin=reading.above.origin,
            file=table.grid.file,
        )
        if line.people or line.notices:
            yield line
    yield from _signature(reading)


def _read_row(reading: _ListReading, row: PeopleRow) -> ReadRow:
    if row.row.number in reading.table.repeated:
        return ReadRow(notices=(Notice(code="repeated-headings", spot=row.grid.spot(row.row.number)),))
    if all(map(ENUMERATOR.fullmatch, row.texts.values())):
        return ReadRow()
    if reading.signed and not is_person(row, reading.read):
        reading.signed.append(row.row.number)
        reading.doubtful += may_be_person(row)
        reading.named += bool(is_like_name(row.text("name"), is_strict=True))
        return ReadRow()
    signed = tuple(_signature(reading))
    line = _unsigned(reading, row)
    return replace(line, notices=(*(notice for each in signed for notice in each.notices), *line.notices))


def _signature(reading: _ListReading) -> Iterator[ReadRow]:
    """Yields the notices of a signature's lines, once they end."""
    if reading.signed:
        spot, last = map(reading.table.grid.spot, (reading.signed[0], reading.signed[-1]))
        values = {"first": str(spot.row), "last": str(last.row)}
        is_plain = max(reading.doubtful, reading.named) <= MOST_SIGNING
        code = "signature" if is_plain else "signature-or-people"
        reading.signed.clear()
        reading.doubtful = reading.named = 0
        yield ReadRow(notices=(Notice(code=code, spot=spot, values=values),))


def _unsigned(reading: _ListReading, row: PeopleRow) -> ReadRow:
    first = next(iter(row.texts.values()))
    if _is_footer(row, first):
        code = "part-or-person" if is_like_name(row.text("name")) else "footer-row"
        return ReadRow(notices=(Notice(code=code, spot=row.spot(), values={"written": quoted(first)}),))
    if begins_signature(row, reading.read):
        reading.signed.append(row.row.number)
        return ReadRow()
    if section := section_of(row, reading.read, is_numbered_list=reading.is_numbered, style=reading.style):
        if section.origin:
            reading.style = section.style
            reading.above.section, reading.above.unit = section.origin, UNKNOWN
        return ReadRow(notices=section.notices)
    line = _person(reading, row) if row.says_a_person else ReadRow()
    if row.headings.columns["name"] in row.row.struck:
        return ReadRow(notices=(Notice(code="struck-out", spot=row.spot()),))
    return line


def _is_footer(row: PeopleRow, first: str) -> bool:
    """Returns whether a row is a sum: it names nobody, or has a count in the place of a name."""
    text_words = words(first)
    if text_words[:-1] in vocabulary().sums and text_words[-1].isdecimal():
        return True
    has_person = (
        row.text("name") and row.text("unit") and not re.search(r"\d", row.text("name") + row.text("unit"))
    )
    return not has_person and begins_with(text_words, vocabulary().footers)


# --- people ---------------------------------------------------------------------------------


def _person(reading: _ListReading, row: PeopleRow) -> ReadRow:
    if faults := tuple(
        _merge(row, area, roles)
        for area, roles in row.areas().items()
        if _is_unclear(reading, row, area, roles)
    ):
        return ReadRow(notices=faults)
    name, joined = whole_name(row)
    cut = (
        person_names.split_people(name.text, raw_text(row, "position"))
        if name and name.kind == "text"
        else []
    )
    line = _several_people(reading, row, cut) if len(cut) > 1 else _one_person(reading, row, name)
    if gone := next((text for text in (row.text("note"), row.text("position")) if _is_gone(text)), ""):
        notice = Notice(code="gone-away", spot=row.spot(), values={"written": quoted(gone)})
        line = replace(line, notices=(*line.notices, notice))
    note = " ".join(words(vocabulary().synthetic)) in " ".join(words(row.text("note")))
    return replace(line, is_synthetic=note, notices=(*joined, *line.notices))


def _is_gone(text: str) -> bool:
    text_words, known = words(text), vocabulary()
    if begins_with(text_words, known.gone_away):
        return True
    return not begins_with(text_words, known.instead_of) and contains(text_words, known.gone_away_within)


def _is_unclear(reading: _ListReading, row: PeopleRow, area: Area, roles: list[Role]) -> bool:
    """Returns whether merged cells leave open whose value it is: several may share only a unit or post."""
    if len(roles) > 1 or area.top <= reading.table.headings.last_row:
        return True
    if area.top == area.bottom:
        return False
    if roles == ["unit"]:
        return False
    return roles != ["position"]


def _merge(row: PeopleRow, area: Area, roles: list[Role]) -> Notice:
    """Returns the notice of merged cells: only the first holds the value, and none is guessed at."""
    first, last = row.grid.spot(area.top, area.left), row.grid.spot(area.bottom, area.right)
    return Notice(code="merged-cells", spot=row.spot(roles[0]), values={"cells": f"{first.cell}:{last.cell}"})


def _one_person(reading: _ListReading, row: PeopleRow, name: GridCell | None) -> ReadRow:
    name_of = clean_whole_name(row, "name", name, clean_name, "missing-name")
    post = post_of_row(row, reading.above)
    place = row_units.unit_of_row(row, post.text or "", reading.read, reading.above, reading.column)
    _remember_row(reading, row, post.text or "", place.unit)
    if name_of.text == "":
        return ReadRow(notices=name_of.notices)
    person = _proposed_row(row, name_of.text, place.post if post.text is not None else None, place.unit)
    return ReadRow(
        people=(person,) if person else (),
        notices=(*name_of.notices, *post.notices, *place.unit.notices),
    )


def _several_people(reading: _ListReading, row: PeopleRow, names: list[str]) -> ReadRow:
    """Returns the people of one cell, each with a post and unit of their own if there are as many."""
    count = len(names)
    posts, units = (
        person_names.split_for_people(raw_text(row, "position"), count),
        person_names.split_for_people(raw_text(row, "unit"), count),
    )
    if posts is None or units is None:
        return ReadRow(
            notices=(Notice(code="several-names", spot=row.spot(), values={"written": row.text("name")}),)
        )
    people: list[ProposedRow] = []
    described = "; ".join(
        f"{name} – {post}" if post.strip() else name for name, post in zip(names, posts, strict=True)
    )
    values = {"written": quoted(row.text("name")), "count": str(count), "names": plain(described)}
    notices: list[Notice] = [Notice(code="names-split", spot=row.spot(), values=values)]
    for number, (name, text, unit) in enumerate(zip(names, posts, units, strict=True), 1):
        if "position" in row.headings.columns:
            name, text = person_names.split_post(name, text)
        name_of = clean_whole_name(row, "name", GridCell(text=name), clean_name, "missing-name")
        post = post_of_row(row, reading.above, text)
        place = row_units.unit_of_row(
            row, post.text or "", reading.read, reading.above, reading.column, plain(unit)
        )
        person = _proposed_row(
            row, name_of.text, place.post if post.text is not None else None, place.unit, number
        )
        people += [person] if person else []
        unit_notices = [_notice_of_person(notice, number) for notice in place.unit.notices]
        notices += [*name_of.notices, *post.notices, *unit_notices]
        _remember_row(reading, row, post.text or "", place.unit)
    return ReadRow(people=tuple(people), notices=tuple(notices))


def _notice_of_person(notice: Notice, number: int) -> Notice:
    """Returns the notice for one of the people of a cell, so that each of them is counted."""
    return notice if number == 1 else replace(notice, values={**notice.values, "number": str(number)})


def _remember_row(reading: _ListReading, row: PeopleRow, post: str, unit: Meaning) -> None:
    """Keeps what the rows below may refer to."""
    above = reading.above
    above.post = post or above.post
    above.unit = UNKNOWN if any(each.code == "missing-unit" for each in unit.notices) else unit
    if (area := row.area("unit")) and area.top == row.row.number:
        above.units[area] = unit
    if (area := row.area("position")) and area.top == row.row.number:
        above.posts[area] = post


def _proposed_row(
    row: PeopleRow, name: str | None, post: str | None, unit: Meaning, number: int = 1
) -> ProposedRow | None:
    """Returns a new row, until it is held against the records; None where a part cannot be used."""
    if not name or post is None or not unit.seat:
        return None
    entry = RosterEntry(full_name=name, position=post, unit=unit.seat.id, level=unit.seat.level)
    return ProposedRow(spot=row.spot(), entry=entry, fate="new", written=row.text("name"), number=number)

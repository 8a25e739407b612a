"""The people of each row of a list, with post and unit; or the reason why a row names nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from .gazetteer import UNKNOWN, Meaning
from .grid import GridCell, Notice
from .letterhead import Origin
from .person_names import (
    Cleaned,
    clean_name,
    clean_position,
    is_like_name,
    split_for_people,
    split_people,
    split_post,
)
from .proposal import ProposedRow, RosterEntry, group_by_key
from .row_units import SAME_AS_ABOVE, Above, UnitColumn, section_of, unit_column, unit_of_row
from .rows import ENUMERATOR, PERSON, Merged, PeopleRow
from .tables import NUMBER, PeopleTable, Role
from .unit_lookup import UnitReader
from .vocabulary import begins_with, comparable, contains, plain, quoted, vocabulary, words


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
    cell, joined = _whole_post(row) if row.headings.more_posts else (row.cell("position"), ())
    written = plain(text if text is not None else cell.text if cell else "")
    above = rows_above.posts.get(row.areas["position"], "") if "position" in row.areas else ""
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
    return has_both and not (_is_line(name) or words(name) in vocabulary().signers or _is_line(post))


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
    columns = table.headings.columns
    areas = table.grid.merged
    merged = {role: Merged(areas, columns[role]) for role in PERSON if role in columns} if areas else {}
    ordinals = (row.cells.get(columns.get("ordinal", 0)) for row in table.rows)
    reading = _ListReading(
        table=table,
        read=read,
        above=Above(origin=before or list_origin, is_section=before is not None),
        column=unit_column(table, read),
        is_numbered=any(cell and NUMBER.fullmatch(plain(cell.text)) for cell in ordinals),
    )
    for row in table.rows:
        line = _read_row(reading, PeopleRow(table, row, merged))
        if line.people or line.notices:
            yield replace(line, origin=reading.above.origin, file=table.grid.file)
    if reading.signed:
        yield ReadRow(notices=_signature(reading))


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
    signed = _signature(reading) if reading.signed else ()
    line = _unsigned(reading, row)
    return replace(line, notices=(*signed, *line.notices))


def _signature(reading: _ListReading) -> tuple[Notice]:
    """Returns the notice of a signature's lines, once they end."""
    spot, last = map(reading.table.grid.spot, (reading.signed[0], reading.signed[-1]))
    values = {"first": str(spot.row), "last": str(last.row)}
    is_plain = max(reading.doubtful, reading.named) <= MOST_SIGNING
    code = "signature" if is_plain else "signature-or-people"
    reading.signed.clear()
    reading.doubtful = reading.named = 0
    return (Notice(code=code, spot=spot, values=values),)


def _unsigned(reading: _ListReading, row: PeopleRow) -> ReadRow:
    first = next(iter(row.texts.values()))
    if _is_footer(row, first):
        code = "part-or-person" if is_like_name(row.text("name")) else "footer-row"
        return ReadRow(notices=(Notice(code=code, spot=row.spot(), values={"written": quoted(first)}),))
    texts = [text for text in row.texts.values() if len(text) <= LONGEST]
    are_signers = all(words(text) in vocabulary().signers for text in texts)
    begins_signature = bool(texts) and (are_signers or any(map(_is_line, texts)))
    if begins_signature and not is_person(row, reading.read) and not may_be_person(row):
        reading.signed.append(row.row.number)
        return ReadRow()
    if section := section_of(row, reading.read, is_numbered_list=reading.is_numbered, style=reading.style):
        if section.origin:
            reading.style = section.style
            reading.above.origin, reading.above.is_section = section.origin, True
            reading.above.unit = UNKNOWN
        return ReadRow(notices=section.notices)
    line = _person(reading, row) if any(map(row.cell, PERSON)) else ReadRow()
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
    if faults := _unclear_areas(reading, row) if row.areas else ():
        return ReadRow(notices=faults)
    name, joined = whole_name(row) if row.headings.given else (row.cell("name"), ())
    post = row.cell("position")
    cut = split_people(name.text, post.text if post else "") if name and name.kind == "text" else []
    line = _several_people(reading, row, cut) if len(cut) > 1 else _one_person(reading, row, name)
    known = vocabulary()
    for text, text_words in ((text, words(text)) for text in (row.text("note"), row.text("position"))):
        is_instead = begins_with(text_words, known.instead_of)
        is_within = not is_instead and contains(text_words, known.gone_away_within)
        if is_within or begins_with(text_words, known.gone_away):
            notice = Notice(code="gone-away", spot=row.spot(), values={"written": quoted(text)})
            line = replace(line, notices=(*line.notices, notice))
            break
    note = " ".join(words(known.synthetic)) in " ".join(words(row.text("note")))
    return replace(line, is_synthetic=note, notices=(*joined, *line.notices))


def _unclear_areas(reading: _ListReading, row: PeopleRow) -> tuple[Notice, ...]:
    """Returns notices of merged cells that leave open whose value it is: none is guessed at.

    Only the first cell holds the value. Several rows may share only a unit or a post.
    """
    notices = []
    for area, roles in group_by_key((area, role) for role, area in row.areas.items()).items():
        is_shared = area.top == area.bottom or roles in (["unit"], ["position"])
        if len(roles) > 1 or area.top <= reading.table.headings.last_row or not is_shared:
            first, last = row.grid.spot(area.top, area.left), row.grid.spot(area.bottom, area.right)
            values = {"cells": f"{first.cell}:{last.cell}"}
            notices.append(Notice(code="merged-cells", spot=row.spot(roles[0]), values=values))
    return tuple(notices)


def _one_person(
    reading: _ListReading,
    row: PeopleRow,
    name: GridCell | None,
    texts: tuple[str | None, str | None] = (None, None),
    number: int = 1,
) -> ReadRow:
    """Returns a row's person; the `number`th of a cell has `texts` of its own for post and unit.

    A row is new until it is held against the records; there is none where a part of it cannot be used.
    """
    name_of = clean_whole_name(row, "name", name, clean_name, "missing-name")
    post = post_of_row(row, reading.above, texts[0])
    place = unit_of_row(row, post.text or "", reading.read, reading.above, reading.column, texts[1])
    _remember_row(reading, row, post.text or "", place.unit)
    if name_of.text == "":
        return ReadRow(notices=name_of.notices)
    seat, notices = place.unit.seat, place.unit.notices
    if number > 1:  # so that each of them is counted
        notices = tuple(replace(each, values={**each.values, "number": str(number)}) for each in notices)
    notices = (*name_of.notices, *post.notices, *notices)
    if not name_of.text or post.text is None or not seat:
        return ReadRow(notices=notices)
    entry = RosterEntry(full_name=name_of.text, position=place.post, unit=seat.id, level=seat.level)
    person = ProposedRow(spot=row.spot(), entry=entry, fate="new", written=row.text("name"), number=number)
    return ReadRow(people=(person,), notices=notices)


def _several_people(reading: _ListReading, row: PeopleRow, names: list[str]) -> ReadRow:
    """Returns the people of one cell, each with a post and unit of their own if there are as many."""
    count, cells = len(names), (row.cell("position"), row.cell("unit"))
    posts, units = (split_for_people(cell.text if cell else "", count) for cell in cells)
    if posts is None or units is None:
        values = {"written": row.text("name")}
        return ReadRow(notices=(Notice(code="several-names", spot=row.spot(), values=values),))
    described = "; ".join(
        f"{name} – {post}" if post.strip() else name for name, post in zip(names, posts, strict=True)
    )
    values = {"written": quoted(row.text("name")), "count": str(count), "names": plain(described)}
    people: list[ProposedRow] = []
    notices = [Notice(code="names-split", spot=row.spot(), values=values)]
    for number, (name, post, unit) in enumerate(zip(names, posts, units, strict=True), 1):
        if "position" in row.headings.columns:
            name, post = split_post(name, post)
        line = _one_person(reading, row, GridCell(text=name), (post, plain(unit)), number)
        people += line.people
        notices += line.notices
    return ReadRow(people=tuple(people), notices=tuple(notices))


def _remember_row(reading: _ListReading, row: PeopleRow, post: str, unit: Meaning) -> None:
    """Keeps what the rows below may refer to."""
    above = reading.above
    above.post = post or above.post
    above.unit = UNKNOWN if any(each.code == "missing-unit" for each in unit.notices) else unit
    for role, area in row.areas.items():
        if area.top == row.row.number and role == "unit":
            above.units[area] = unit
        elif area.top == row.row.number and role == "position":
            above.posts[area] = post

"""Reads uploaded files into one book of sheets, a CSV too; what is wrong with a file becomes a notice."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice

from ..programme.model.values import NOTHING
from ..programme.vietnamese import FONTS, OldFont, count_misspelt, find_old_font
from . import file_kinds
from .file_kinds import MEGABYTE
from .grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Answers,
    Book,
    Contents,
    Grid,
    GridCell,
    GridRow,
    ListTooLarge,
    Notice,
    Spot,
    cell_ranges,
    title_in_file,
)
from .office_file import Grids, read_office_file, refused
from .tables import column_roles
from .vocabulary import quoted

MOST_BYTES = 10 * MEGABYTE
OfficeReader = Callable[[bytes], Grids]


def read_file(
    content: bytes, name: str, answers: Answers = NOTHING, read_office: OfficeReader = read_office_file
) -> Book:
    """Returns the sheets of a spreadsheet or CSV, or the tables of a DOCX; the bytes say which it is.

    `name` is only shown. `answers` may say that letters of an old font are none. Whoever is not trusted has
    their files read by `read_in_own_process`.
    """
    given, (*notices,) = _grids(content, read_office)
    grids = []
    for grid in given:
        font = find_old_font(cell.text for row in grid.rows for cell in row.cells.values())
        if font:
            values = {"font": font.name, **_font_values(grid, font)}
            notices.append(Notice(code="old-font", spot=grid.spot(), values=values))
        if font and answers.get("font", True):
            grid = replace(grid, rows=tuple(_converted_row(row, font.texts) for row in grid.rows))
        grids.append(grid)
    digest = hashlib.sha256(content).hexdigest()
    return Book(name=name, sha256=digest, grids=tuple(grids), notices=tuple(notices))


def _grids(content: bytes, read_office: OfficeReader) -> Grids:
    if len(content) > MOST_BYTES:
        return refused("file-too-big", most=str(MOST_BYTES // MEGABYTE))
    if not content.strip():
        return refused("empty-file")
    if content.startswith((file_kinds.ZIP_START, file_kinds.COMPOUND_START)):
        return read_office(content)
    if refusal := file_kinds.file_refusal(content):
        return (), (refusal,)
    text, notices = decode(content)
    if not text.strip():
        return (), notices if notices and not text else (Notice(code="empty-file"),)
    named = NAMED_SEPARATOR.match(text)
    rows = _read_rows(text, named[1] if named else likely_separator(text))
    try:
        return (Grid(name=WORKSHEET, rows=tuple(rows)),), notices
    except csv.Error:
        return (), (*notices, Notice(code="broken-csv"))
    except ListTooLarge as error:
        return (), (*notices, error.notice)


#: A file's name, and what it holds.
NamedFile = tuple[str, bytes]


def read_files(
    files: Sequence[NamedFile], answers: Answers = NOTHING, read_office: OfficeReader = read_office_file
) -> Book:
    """Reads one file after the other; what is wrong with one is a notice that does not stop the others.

    The limits of a list hold for all of them together. A file that was sent twice is read once.
    """
    if len(files) == 1:
        ((name, content),) = files
        return read_file(content, name, answers, read_office)
    books = tuple(_read_named(distinct_names(files), answers, read_office))
    digests = "".join(sorted({book.sha256 for book in books}))
    return Book(
        name="; ".join(book.name for book in books),
        sha256=hashlib.sha256(digests.encode()).hexdigest(),
        grids=tuple(grid for book in books for grid in book.grids),
        notices=tuple(notice for book in books for notice in book.notices),
    )


def distinct_names(files: Sequence[NamedFile]) -> list[NamedFile]:
    """Returns the files, with numbers added to names that several share, so that a finding leads to one."""
    taken: set[str] = set()
    renamed = []
    for name, content in files:
        numbers, own = count(2), name
        while own in taken:
            own = f"{name} ({next(numbers)})"
        taken.add(own)
        renamed.append((own, content))
    return renamed


def _read_named(files: Sequence[NamedFile], answers: Answers, read_office: OfficeReader) -> Iterator[Book]:
    contents, first = Contents(), dict[str, str]()
    for name, content in files:
        digest, spot = hashlib.sha256(content).hexdigest(), Spot(worksheet=name)
        if digest in first:
            twice = Notice(code="same-file", spot=spot, values={"other": first[digest]})
            yield Book(name=name, sha256=digest, notices=(twice,))
            continue
        first[digest] = name
        book = read_file(content, name, answers, read_office)
        try:
            for row in (row for grid in book.grids for row in grid.rows):
                contents.take([cell.text for cell in row.cells.values()])
        except ListTooLarge as error:
            yield Book(name=name, sha256=digest, notices=(error.notice.at(spot),))
            continue
        yield _with_file_name(book)


def _with_file_name(book: Book) -> Book:
    """Returns the sheets with their file's name; a CSV has no sheets, so it is called by its file alone."""
    grids = (
        replace(grid, file=book.name, name="" if grid.name == WORKSHEET else grid.name) for grid in book.grids
    )
    notices = (
        notice.at(replace(notice.spot, worksheet=title_in_file(book.name, notice.spot.worksheet)))
        for notice in book.notices
    )
    return replace(book, grids=tuple(grids), notices=tuple(notices))


# --- old fonts -----------------------------------------------------------------------------

#: How many ranges of cells are named.
MOST_RANGES = 5


def _converted_row(row: GridRow, texts: dict[str, str]) -> GridRow:
    cells = {
        column: GridCell.of(texts[cell.text], cell.kind) if cell.text in texts else cell
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _font_values(grid: Grid, font: OldFont) -> dict[str, str]:
    """Returns which cells are in an old font, and how some of them read."""
    cells = sorted(
        (column, row.number)
        for row in grid.rows
        for column, cell in row.cells.items()
        if cell.text in font.texts
    )
    spots = (grid.spot(row, column) for column, row in cells)
    places = cell_ranges([spot.cell for spot in spots if spot.row])
    more = ["…"] if len(places) > MOST_RANGES else []
    samples = (f"“{quoted(old)}” đọc là “{quoted(new)}”" for old, new in list(font.texts.items())[:3])
    return {
        "samples": "; ".join(samples),
        "count": str(len(cells)),
        "cells": ", ".join([*places[:MOST_RANGES], *more]) or grid.name,
    }


# --- CSV -----------------------------------------------------------------------------------

WORKSHEET = "CSV"
SEPARATORS = ",;\t"
#: Lines in which the headings are looked for, and the characters of each that are read.
SAMPLE, LONGEST_SAMPLE = 30, 50_000
#: Characters that are searched for the letters of an old font.
SAMPLED = 200_000
#: Excel's own widest row has 16,383.
MOST_SEPARATORS = 20_000
#: Excel's own first line, which names the separator.
NAMED_SEPARATOR = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(content: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Returns the text, "" where it is none, and the notices about its encoding.

    Bytes that are not UTF are taken for Windows-1258, and the sender is asked to look at the marks.
    """
    even, odd = content[:2_000:2].count(0), content[1:2_000:2].count(0)
    encodings = ["utf-8-sig", "cp1258"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif even or odd:
        encodings = ["utf-16-le" if odd > even else "utf-16-be"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not BINARY.search(text):
            return _legacy_text(content, text) if encoding == "cp1258" else (text, ())
    return "", (Notice(code="unknown-encoding"),)


def _legacy_text(content: bytes, text: str) -> tuple[str, tuple[Notice, ...]]:
    """Returns a text of Windows-1258, its tones joined, which that keeps apart.

    The bytes are read as old fonts show them, if twice as much then makes sense.
    """
    western = content.decode("latin-1")
    sample, other = western[:SAMPLED], unicodedata.normalize("NFC", text[:SAMPLED])
    font = find_old_font(re.split(r"[,;\t\r\n\"]", sample))
    if font and count_misspelt(FONTS[font.name](sample)) * 2 < count_misspelt(other):
        return western, ()
    return unicodedata.normalize("NFC", text), (Notice(code="legacy-encoding"),)


def likely_separator(text: str) -> str:
    """Returns the separator that recognises most headings; among equals, that which makes most fields."""
    sample = [line[:LONGEST_SAMPLE] for line in islice(io.StringIO(text, newline=""), SAMPLE)]
    fits = {}
    for separator in SEPARATORS:
        try:
            rows = list(csv.reader(sample, delimiter=separator))
        except csv.Error:
            rows = []
        headings = max((len(column_roles(dict(enumerate(row)))) for row in rows), default=0)
        fits[separator] = headings, sum(map(len, rows))
    return max(SEPARATORS, key=lambda separator: fits[separator])


def _read_rows(text: str, separator: str) -> Iterator[GridRow]:
    """Yields rows as a spreadsheet would number them. Raises csv.Error or ListTooLarge.

    The reader is strict, because a quote left open would otherwise swallow people without a word. Excel
    writes 16,384 columns where a whole row was formatted, so empty ones at the end are cut: only of a line
    that begins a row and has no quote, as within quotes a separator is text.
    """
    begins, separators = True, 0

    def lines() -> Iterator[str]:
        nonlocal begins, separators
        for line in io.StringIO(text, newline=""):
            cut = line.rstrip(f"\r\n{separator}") + "\n" if begins and '"' not in line else line
            begins, separators = False, separators + cut.count(separator)
            if separators > MOST_SEPARATORS:
                raise ListTooLarge("part-too-big")
            yield cut

    contents, filled = Contents(), 0
    for number, row in enumerate(csv.reader(lines(), delimiter=separator, strict=True), 1):
        begins, separators = True, 0
        fields = [(column, field) for column, field in enumerate(row[: MOST_COLUMNS + 1], 1) if field.strip()]
        filled += bool(fields)
        if filled > MOST_ROWS:
            raise ListTooLarge("too-many-rows", MOST_ROWS, Spot(worksheet=WORKSHEET))
        if fields:  # a formula is a text that a spreadsheet would compute
            cells = {
                column: GridCell.of(field, "formula" if field.lstrip().startswith("=") else "text")
                for column, field in fields
            }
            contents.take([cell.text for cell in cells.values()])
            yield GridRow(number=number, cells=cells)
